"""The process that draws: what it cannot draw, what it never ends, and what goes on after that."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmreport.render import chart_process
from pmreport.render.chart_drawer import ChartDrawer, UndrawnError

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


def test_without_a_process_the_chart_is_not_drawn(
    drawer: ChartDrawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python itself is gone, say in the middle of an upgrade."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")

    with pytest.raises(UndrawnError, match=r"cannot be asked: .*No such file"):
        drawer.begin("svg", DOT, {}).result()


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
