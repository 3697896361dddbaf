"""Reports that were sent, and what the next ones make of them: a small site with a year of its past."""

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pmreport.app import comparing, frozen, rebuilding, reports, send
from pmreport.app.numbers import sprints
from pmreport.app.reports import ReportRequest
from pmreport.app.send import SendRequest
from pmreport.app.wiring import Workspace, open_workspace
from pmreport.cli import clock
from pmreport.cli.boundary import run
from pmreport.config import load
from pmreport.demo.dialect import CLOUD
from pmreport.errors import BadDataError, UsageError
from pmreport.report import draft_text
from pmreport.report.colours import Colour
from tests.support.configured import configured
from tests.support.report_inputs import section_of, told
from tests.support.schema import faults
from tests.support.simulator import serving
from tests.support.small_sites import motley

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)  # when the site was read
A_WEEK = timedelta(days=7)
MAIL = """
[report]
product = "Acme"
[mail]
transport = "folder"
folder = "."
from = "pm@acme.example"
allowed_domains = ["acme.example"]
[mail.lists]
management = ["boss@acme.example"]
manager = ["lead@acme.example"]
team = ["team@acme.example"]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was synced on a Monday morning."""
    folder = tmp_path_factory.mktemp("frozen")
    with (
        serving(motley(CLOUD, ("SHOP",), of_each=10, oldest=5)) as simulator,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(clock, "now", lambda: NOW)
        config = configured(folder, simulator.site, "SHOP", more=MAIL)
        assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    return folder


@dataclass(frozen=True, slots=True)
class Desk:
    """A journal and reports of one's own, over a copy of the store."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def workspace(self) -> Workspace:
        """The parts, opened anew."""
        return open_workspace(load(self.folder / "pmreport.toml"), {})

    def built(self, period: str, at: datetime) -> reports.Built:
        """A weekly, built at a moment."""
        return reports.built(self.workspace, ReportRequest(name="weekly", now=at, period=period))

    def send(self, period: str, at: datetime, name: str = "weekly") -> None:
        """Send a report at a moment."""
        asked = SendRequest(report=ReportRequest(name=name, now=at, period=period), force="a test")
        workspace = self.workspace
        send.send(workspace, send.prepare(workspace, asked), now=at, tell=None)

    def write_plan(self, period: str, item: str) -> None:
        """Write a draft that plans one thing."""
        path = self.folder / "drafts" / f"{period}.weekly.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'+++\n[[next]]\nitem = "{item}"\n+++\n', encoding="utf-8")

    def says(self, *words: str, status: int = 0) -> str:
        """What a command prints."""
        self.capsys.readouterr()
        assert run(["--config", str(self.folder / "pmreport.toml"), *words], {}) == status
        out, err = self.capsys.readouterr()
        return out if status == 0 else err

    def rewrite(self, *statements: str) -> None:
        """Let something happen in Jira that changes the past, as the next sync would find it."""
        with duckdb.connect(self.folder / "store.duckdb") as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture
def desk(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Nothing was sent from here yet."""
    for name in ("pmreport.toml", "store.duckdb"):
        shutil.copy(home / name, tmp_path / name)
    return Desk(tmp_path, capsys)


LAST = NOW - A_WEEK  # the Monday before


def test_the_next_weekly_goes_on_from_the_one_that_was_sent(desk: Desk) -> None:
    """It says how the colour moved, and scores the plan as it was sent, whatever became of its draft."""
    before = desk.built("2026-W47", NOW)
    desk.write_plan("2026-W46", "SHOP-474 Invoice as a PDF")
    desk.send("2026-W46", LAST)
    desk.write_plan("2026-W46", "Something easier")
    after = desk.built("2026-W47", NOW)

    assert "no report was kept yet" in " ".join(told(section_of(before.report, "confidence")))
    assert before.inputs.colours_before == ()
    (colour,) = after.inputs.colours_before
    state = " ".join(told(section_of(after.report, "state")))
    assert colour is Colour.RED
    assert "better than last week." in state
    assert "no report was kept yet" not in " ".join(told(section_of(after.report, "confidence")))
    checked = told(section_of(after.report, "promises"))
    assert checked[0] == "The one planned entry is not done. By the plan sent on 2026-11-16."
    assert "Invoice as a PDF" in checked[1]
    assert after.inputs.restatements == ()
    assert "[[promise]]" in draft_text.text(after.inputs)


def test_only_what_was_sent_by_then_counts(desk: Desk) -> None:
    """A report of the past is what it was; one that was sent about this very week is none of its past."""
    desk.send("2026-W46", NOW)
    desk.send("2026-W47", NOW)
    early = ReportRequest(name="weekly", now=NOW, period="2026-W47", as_of=NOW - timedelta(hours=8))

    assert len(desk.built("2026-W47", NOW).inputs.colours_before) == 1
    assert reports.built(desk.workspace, early).inputs.colours_before == ()
    assert desk.built("2026-W46", NOW).inputs.colours_before == ()


def test_a_past_that_changed_is_restated_with_its_cause(desk: Desk) -> None:
    """What was done and was reopened; `report diff` tells the same of a past that was rewritten."""
    desk.send("2026-W46", LAST)
    sent = frozen.listed(desk.workspace)[0].told
    figure = sent.figure("delivered") if sent else None
    assert figure is not None
    assert figure.value is not None
    key, *_ = figure.keys
    of_issue = f"issue_id = (SELECT issue_id FROM issue WHERE issue_key = '{key}')"  # noqa: S608 - our own key
    since = int((LAST + timedelta(days=2)).timestamp() * 1000)
    desk.rewrite(f"UPDATE issue_status SET valid_to_ms = {since} WHERE {of_issue} AND valid_to_ms > {since}")  # noqa: S608
    (line,) = desk.built("2026-W47", NOW).inputs.restatements
    same = json.loads(desk.says("report", "diff", "weekly:2026-W46", "again", "--json"))
    desk.rewrite(f"UPDATE issue SET is_subtask = TRUE WHERE {of_issue}")  # noqa: S608
    shape = json.loads(desk.says("report", "diff", "weekly:2026-W46:1", "again", "--json"))

    assert (line.was, line.now) == (figure.text, str(len(figure.keys) - 1))
    assert line.why == f"{key} was reopened"
    assert (same["restatement"], same["figures"], same["causes"]) == (True, [], [])
    assert faults(shape, "report-diff") == []
    (found,) = [one for one in shape["figures"] if one["id"] == "delivered"]
    assert (found["was"], found["now"], found["gone"]) == (figure.value, figure.value - 1, [key])
    assert "Restated numbers" in desk.says("report", "diff", "weekly:2026-W46", "again")


def test_two_that_were_sent_are_held_against_each_other(desk: Desk) -> None:
    """By their names; `now` is the report as it stands, and what was never sent is told with what was."""
    assert "no report was sent yet" in desk.says("report", "diff", "weekly:2026-W46", "now", status=2)
    desk.send("2026-W46", LAST)
    desk.send("2026-W47", NOW)
    said = desk.says("report", "diff", "weekly:2026-W46", "weekly:2026-W47")

    assert "weekly 2026-W46 and weekly 2026-W47" in said
    assert "2026-11-16 07:30" in said
    now = comparing.difference(desk.workspace, "weekly:2026-W47", "now", moment=NOW)
    assert now.is_empty
    assert "the newest: weekly:2026-W46:1, weekly:2026-W47:1" in desk.says(
        "report", "diff", "weekly:2026-W40", "now", status=2
    )


def test_a_sprint_report_is_built_again_by_its_sprints(desk: Desk) -> None:
    """The same ones, several of them too; where one is gone there is nothing to hold it against."""
    asked = SendRequest(report=ReportRequest(name="sprint", now=NOW))
    workspace = desk.workspace
    send.send(workspace, send.prepare(workspace, asked), now=NOW, tell=None)
    (one,) = frozen.all_kept(workspace)
    name = one.name.rpartition(":")[0]

    assert comparing.difference(workspace, name, "again", moment=NOW).is_empty
    kept = frozen.load(workspace, one)
    started = sorted({each.sprint_id for each in sprints.sprints(workspace, as_of=NOW)})
    both = replace(kept.about, period=f"sprint {started[-2]}+{started[-1]}")
    told = rebuilding.now(workspace, replace(kept, about=both), NOW).told
    assert told.period.count(" and ") == 1
    with pytest.raises(UsageError, match="a sprint of it is gone") as caught:
        rebuilding.again(workspace, replace(kept, about=replace(kept.about, period="sprint 1+2")))
    assert "pmreport report list" in str(caught.value.hint)


def test_a_kept_report_that_is_spoilt_stops_no_weekly(desk: Desk) -> None:
    """It is one of the oddities, and the report says so; `diff` is refused."""
    desk.send("2026-W46", LAST)
    (file,) = (desk.folder / "frozen").iterdir()
    file.write_text("{}", encoding="utf-8")

    built = desk.built("2026-W47", NOW)
    assert "A report that was sent cannot be read any more" in " ".join(
        told(section_of(built.report, "confidence"))
    )
    with pytest.raises(BadDataError, match="it is no frozen report"):
        comparing.difference(desk.workspace, "weekly:2026-W46", "now", moment=NOW)


def test_a_year_of_weeklies_is_written_in_one_go(desk: Desk) -> None:
    """Each in its own folder, as it stood when its week ended; each goes on from the one before."""
    request = ReportRequest(name="weekly", now=NOW, period="2025-W48..2026-W47", formats=("json", "md"))
    made = list(reports.write_each(desk.workspace, request))

    assert len(made) == 104
    weeks = [json.loads(path.read_text(encoding="utf-8")) for path in made[::2]]
    assert [path.parent.name for path in made[::2]] == [week["period"] for week in weeks]
    assert (weeks[0]["period"], weeks[-1]["period"]) == ("2025-W48", "2026-W47")
    assert weeks[0]["as_of"] == "2025-11-30T23:59:59.999Z"
    delivered = [_figure(week, "delivered") for week in weeks]
    assert sum(one["number"]["value"] for one in delivered) > 10
    moved = [before["number"]["value"] != after["was"]["value"] for before, after in pairwise(delivered)]
    assert sum(moved) <= 3  # what was reopened within a week


def _figure(report: dict[str, Any], name: str) -> Any:
    """A headline number of a weekly."""
    blocks = [block for section in report["sections"] for block in section["blocks"]]
    found = [one for block in blocks if block["kind"] == "figures" for one in block["figures"]]
    return next(one for one in found if one["id"] == name)


def test_the_same_data_give_the_same_bytes(desk: Desk) -> None:
    """In every format, twice; and one week alone, looked at from its last day, is that of the span."""
    forms = "html,md,txt,json,mail"
    span, alone = desk.folder / "a", desk.folder / "b"
    desk.says("report", "weekly", "--period", "2026-W45..2026-W46", "--format", forms, "--out", str(span))
    words = ("--as-of", "2026-11-15", "--format", forms, "--out", str(alone))
    desk.says("report", "weekly", "--period", "2026-W46", *words)

    first, second = (sorted(folder.iterdir()) for folder in (span / "2026-W46", alone))
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert (span / "2026-W45" / "weekly.html").exists()


def test_of_a_span_that_cannot_be_told_nothing_is_written(desk: Desk) -> None:
    """One that reaches into the future is refused before its first week."""
    said = desk.says("report", "weekly", "--period", "2026-W40..2099-W01", status=2)

    assert "2099-W01 has not begun yet" in said
    assert not (desk.folder / "reports").exists()


def test_a_span_that_ends_early_leaves_the_weeks_before_it(desk: Desk) -> None:
    """Also the one whose pictures are still being drawn while the draft of the next is refused."""
    draft = desk.folder / "drafts" / "2026-W48.weekly.md"
    draft.parent.mkdir(exist_ok=True)
    draft.write_bytes(b"\xff\xfe broken")

    said = desk.says("report", "weekly", "--period", "2026-W45..2026-W48", status=65)

    assert "2026-W48.weekly.md" in said
    written = sorted(path.parent.name for path in (desk.folder / "reports").rglob("weekly.html"))
    assert written == ["2026-W45", "2026-W46", "2026-W47"]
