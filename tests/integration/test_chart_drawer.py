"""The process that draws: what it cannot draw, what it never ends, and what goes on after that."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from pmreport.errors import BadDataError, ExitStatus, PmreportError
from pmreport.render import chart_process, charts, page
from pmreport.render.chart_drawer import ChartDrawer, UndrawnError, UnstartedError
from pmreport.render.sample.reports import everything
from pmreport.render.templates import load

DOT = {"data": {"values": [{"a": 1}]}, "mark": "point"}
_TANGLED = f"test('^(a+)+$', '{'a' * 60}b')"  # a search that doubles with every letter
ENDLESS = {**DOT, "transform": [{"calculate": _TANGLED, "as": "b"}]}


@pytest.fixture
def drawer() -> Iterator[ChartDrawer]:
    """One that has little patience."""
    made = ChartDrawer(patience_seconds=1.5)
    yield made
    made.close()


def test_a_chart_without_end_is_given_up_and_the_next_one_is_drawn(drawer: ChartDrawer) -> None:
    """A person's own chart may say what it likes: the report ends with a sentence."""
    first, second = drawer.begin("svg", ENDLESS, {}), drawer.begin("svg", DOT, {})

    with pytest.raises(UndrawnError, match="it took longer than 2 seconds, or ended the process"):
        first.result()
    assert second.result().startswith(b"<svg")


def test_what_vega_refuses_is_told_and_the_process_lives(drawer: ChartDrawer) -> None:
    """The reason comes back in Vega's own words."""
    with pytest.raises(ValueError, match="conversion failed"):
        drawer.begin("svg", {"mark": 1}, {}).result()
    before = drawer._process
    assert drawer.begin("png", DOT, {"scale": 1}).result().startswith(b"\x89PNG")
    assert drawer._process is before


def test_a_process_that_was_ended_is_started_again(drawer: ChartDrawer) -> None:
    """Somebody, or the system when memory is short, has killed it between two charts."""
    drawer.begin("svg", DOT, {}).result()
    assert drawer._process is not None
    os.kill(drawer._process.pid, signal.SIGKILL)

    drawer._process.wait()

    assert drawer.begin("svg", DOT, {}).result().startswith(b"<svg")


@pytest.mark.parametrize(
    ("python", "told"),
    [("/nowhere/python", "No such file"), (None, "does not know where it lies"), ("false", "ended at once")],
)
def test_without_a_process_no_chart_is_drawn_and_who_waits_is_told(
    drawer: ChartDrawer, monkeypatch: pytest.MonkeyPatch, python: str | None, told: str
) -> None:
    """Python itself is gone, say in the middle of an upgrade, or a limit lets it not start."""
    monkeypatch.setattr("sys.executable", shutil.which(python or "") or python)

    for _ in range(2):
        with pytest.raises(UnstartedError, match=told):
            drawer.begin("svg", DOT, {}).result(timeout=30)


def test_what_nobody_waits_for_any_more_is_not_drawn(drawer: ChartDrawer) -> None:
    """A page that came to nothing leaves its charts behind, and the next page shall not wait for them."""
    first, left, last = (drawer.begin("svg", spec, {}) for spec in (DOT, ENDLESS, DOT))

    left.cancel()

    assert first.result() == last.result()


def test_a_page_that_fails_gives_its_pictures_up(
    drawer: ChartDrawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever mends a template in the preview does not wait for those that the last try has asked for."""
    monkeypatch.setattr(charts, "DRAWER", drawer)
    (tmp_path / "weekly").mkdir()
    (tmp_path / "weekly" / "page.html.j2").write_text("{{ report.nothing.at_all }}")
    templates = load(tmp_path)
    written = page.begin(everything("weekly"), templates)
    ((_, begun),) = templates.pictures._begun.values()

    with pytest.raises(BadDataError):
        written()

    with pytest.raises(CancelledError):
        next(reversed(begun.values())).svg()


def test_where_no_process_starts_the_report_says_so_and_blames_no_chart(
    drawer: ChartDrawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits of the machine are no fault of a spec."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    monkeypatch.setattr(charts, "DRAWER", drawer)
    pen = charts.Pen(theme=load().theme, settings={}, zone="UTC")
    picture = charts.Picture(id="a", caption="", description="", data={})

    with pytest.raises(PmreportError, match=r"the process that draws does not start: .*No such file") as told:
        charts.draw(picture, {"mark": "point"}, pen, narrow=False, where="a.vl.json")

    assert (told.value.where, told.value.status) == (None, ExitStatus.OTHER)


def test_nothing_is_drawn_after_the_end(drawer: ChartDrawer) -> None:
    """A Ctrl-C leaves charts in the row: no new process is started for them."""
    first, _, last = (drawer.begin("svg", spec, {}) for spec in (DOT, ENDLESS, DOT))
    first.result()

    drawer.close()

    assert isinstance(last.exception(), UnstartedError)
    with pytest.raises(UnstartedError, match="pmreport ends"):
        drawer.begin("svg", DOT, {}).result()


def test_the_process_goes_with_the_one_that_asks() -> None:
    """However that ends: nobody would wait for the chart without end that it is at."""
    if sys.platform != "linux":
        pytest.skip("needs Linux, which ends a process with its parent")
    asking = (
        "import os, sys, time; from pmreport.render.chart_drawer import ChartDrawer as D\n"
        "d = D(); d.begin('svg', {'mark': 'point'}, {}).result()\n"
        f"d.begin('svg', {ENDLESS!r}, {{}}); print(d._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", asking], stdout=subprocess.PIPE) as asker:
        assert asker.stdout
        drawing = Path("/proc", asker.stdout.readline().decode().strip(), "stat")
        asker.kill()

    for _ in range(100):
        if not drawing.exists() or " Z " in drawing.read_text():
            return
        time.sleep(0.1)
    pytest.fail("it draws on")


def test_nothing_of_the_folder_where_a_person_stands_is_run(
    drawer: ChartDrawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project may have a file json.py, and a stranger's may have it on purpose."""
    for name in ("json.py", "vl_convert.py", "base64.py"):
        (tmp_path / name).write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)

    assert drawer.begin("svg", DOT, {}).result().startswith(b"<svg")


def test_the_process_fetches_nothing() -> None:
    """Also not for a chart that came past the reader of specs."""
    spec = b'{"mark": "point", "data": {"url": "http://127.0.0.1:9/a.json"}}'

    told = chart_process.answer(b'{"form": "svg", "options": {}, "spec": %s}' % spec)

    assert "127.0.0.1:9" in told["error"]


@pytest.mark.parametrize("used", ["a", "b"])
def test_data_is_drawn_whatever_vega_makes_of_its_name(used: str) -> None:
    """A set that the spec does not use has no place in it, one that it uses twice may get two."""
    rows = {"a": [{"x": 1}, {"x": 2}, {"x": 3}], "b": [{"x": 4}]}
    layer = {
        "data": {"name": used},
        "mark": "point",
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
    }
    dated = {**layer, "data": {"name": used, "format": {"parse": {"x": "number"}}}}
    spec = {"datasets": rows, "layer": [layer, dated]}
    line = json.dumps({"form": "svg", "options": {}, "spec": spec}).encode()

    points = chart_process.answer(line)["svg"].count('aria-roledescription="point"')

    assert points == 2 * len(rows[used])
