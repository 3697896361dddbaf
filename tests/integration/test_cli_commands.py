"""Every command against a simulated site: what goes to standard output, and that a schema describes it."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pmreport.app import journal
from pmreport.app.wiring import open_workspace
from pmreport.cli.boundary import run
from pmreport.config import load_found
from pmreport.model.journal_kinds import FollowUp, FollowUpType, Range
from tests.support.configured import GOAL, configured
from tests.support.schema import faults
from tests.support.simulator import Simulator
from tests.support.terminal import seen_on_a_terminal

MORE = f"account = '{{site.account_id}}'\n{GOAL}"


@pytest.fixture(scope="module")
def desk(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration and a store that was synced once."""
    folder = tmp_path_factory.mktemp("desk")
    config = configured(folder, simulator.site, "SHOP", more=MORE.format(site=simulator.site))
    assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    return folder


def said(
    desk: Path, capsys: pytest.CaptureFixture[str], *words: str, status: int = 0, token: str = ""
) -> str:
    """What a command writes to standard output."""
    capsys.readouterr()
    assert run([*words, "--config", str(desk / "pmreport.toml")], {"PMREPORT_JIRA_TOKEN": token}) == status
    return capsys.readouterr().out


def told(desk: Path, capsys: pytest.CaptureFixture[str], *words: str, token: str = "") -> Any:
    """The JSON that a command writes to standard output, and nothing else."""
    return json.loads(said(desk, capsys, *words, "--json", token=token))


def test_sprints_are_told_as_json_and_as_a_table(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every sprint of the board, its identity kept; the table names the same ones."""
    shape = told(desk, capsys, "show", "sprints")
    table = said(desk, capsys, "show", "sprints")

    assert faults(shape, "show-sprints") == []
    assert len(shape["sprints"]) > 20
    assert all(sprint["identity_holds"] for sprint in shape["sprints"])
    assert all(sprint["name"] in table for sprint in shape["sprints"])


def test_one_sprint_of_one_board_in_the_past_can_be_asked_for(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--board and --sprint choose; --as-of goes back to when the sprint still ran."""
    last = told(desk, capsys, "show", "sprints")["sprints"][3]
    board, sprint = str(last["board_id"]), str(last["sprint_id"])

    then = told(
        desk, capsys, "show", "sprints", "--board", board, "--sprint", sprint, "--as-of", last["start"]
    )

    assert [one["sprint_id"] for one in then["sprints"]] == [last["sprint_id"]]
    assert then["sprints"][0]["close"] is None
    assert then["sprints"][0]["commitment"] == last["commitment"]


def test_estimates_are_told_as_json_and_as_a_table(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The two factors with their n, and a line a sprint."""
    shape = told(desk, capsys, "show", "estimates")

    assert faults(shape, "show-estimates") == []
    assert shape["values"][0]["n"] > 0
    table = said(desk, capsys, "show", "estimates", "--explain")
    assert "All items" in table
    assert "Cycle time by points, in days" in table
    assert "What the numbers mean" in table
    assert all(group["name"] in table for group in shape["groups"])


def test_ranges_of_the_journal_are_judged(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of an item in hours, one of a sprint in its own unit, one of an item that nobody knows."""
    shape = told(desk, capsys, "show", "estimates")
    item, sprint = shape["misses"][0]["key"], str(shape["sprints"][0]["sprint_id"])
    workspace = open_workspace(load_found(desk / "pmreport.toml", {}), {})
    for number, about in enumerate((item, sprint, "NOPE-1"), start=1):
        said_of = Range(about=about, low=Decimal(0), high=Decimal(10_000), confidence=Decimal("0.8"))
        journal.write(workspace, said_of, now=datetime(2020, 1, number, tzinfo=UTC))

    judged = told(desk, capsys, "show", "estimates")
    table = said(desk, capsys, "show", "estimates")
    journal.path(workspace).unlink()

    assert faults(judged, "show-estimates") == []
    assert [(one["confidence"], one["hits"], one["n"]) for one in judged["ranges"]] == [(0.8, 2, 2)]
    value = next(one for one in judged["values"] if one["id"] == "ranges-80")
    assert value["excluded"] == [{"reason": "not done, or nothing to compare with", "n": 1}]
    assert "Your own ranges" in table


def test_follow_ups_are_told_as_json_and_as_a_table(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The open ones, and how many are late."""
    shape = told(desk, capsys, "show", "followups")

    assert faults(shape, "show-followups") == []
    assert f"of {len(shape['followups'])} open follow-ups" in said(desk, capsys, "show", "followups")
    longer = told(desk, capsys, "show", "followups", "--window", "8")
    assert len(longer["weeks"]) == 8
    assert "What the numbers mean" in said(desk, capsys, "show", "followups", "--explain")


def test_what_was_typed_is_a_follow_up_and_what_cannot_be_read_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry of the journal stands among the others; a line that is none is named and left out."""
    workspace = open_workspace(load_found(desk / "pmreport.toml", {}), {})
    typed = FollowUp(type=FollowUpType.RISK, statement="The \x1b[31mvendor is late", owner="Zoe")
    written = journal.write(workspace, typed, now=datetime(2020, 1, 6, 9, tzinfo=UTC))
    with journal.path(workspace).open("ab") as file:
        file.write(b"no entry\n{}\n")

    shape = told(desk, capsys, "show", "followups")
    (one,) = (each for each in shape["followups"] if each["source"] == "typed")
    assert (one["id"], one["kind"], one["owner"], one["key"]) == (written.id, "risk", "Zoe", "")
    capsys.readouterr()
    assert run(["show", "followups", "--config", str(desk / "pmreport.toml")], {}) == 0
    output = capsys.readouterr()
    assert "of your journal is not counted" in output.err
    assert "and 1 more line" in output.err
    assert "\x1b" not in output.out


def test_the_quality_is_told_as_json_and_as_a_table(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every check, what red ones block, and one by its id; an unknown one is refused."""
    shape = told(desk, capsys, "show", "quality")

    assert faults(shape, "show-quality") == []
    assert len(shape["checks"]) == len(shape["values"]) >= 43
    assert "Data quality: " in said(desk, capsys, "show", "quality")
    assert "What the numbers mean" in said(desk, capsys, "show", "quality", "--check", "e1", "--explain")
    said(desk, capsys, "show", "quality", "--check", "S9", status=2)


def test_an_accepted_finding_is_set_aside_until_its_day(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In whichever capitals; a day that is over, no reason and an unknown check are refused."""

    def one() -> Any:
        shape = told(desk, capsys, "show", "quality")
        return next(each for each in shape["checks"] if each["id"] == "E2")

    before = one()
    key = before["items"][0]
    words = ("quality", "accept", "e2", key.lower())
    said(desk, capsys, *words, "--until", "9999-12-31", "--reason", "=as agreed")
    after = one()
    assert (after["count"], after["population"]) == (before["count"] - 1, before["population"])
    assert after["accepted"] == [{"key": key, "until": "9999-12-31", "reason": "=as agreed"}]
    assert key not in after["items"]
    said(desk, capsys, *words, "--until", "2000-01-01", "--reason", "so", status=2)
    said(desk, capsys, *words, "--until", "9999-12-31", "--reason", " ", status=2)
    said(desk, capsys, "quality", "accept", "XX", key, "--until", "9999-12-31", "--reason", "so", status=2)
    said(desk, capsys, "quality", "accept", "E2", "NO-1", "--until", "9999-12-31", "--reason", "so")


def test_tagging_is_told_as_json_and_as_a_table(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run keeps nothing; the real one keeps the evidence in the person's own folder."""
    dry = told(desk, capsys, "tag", "--dry-run")
    kept = told(desk, capsys, "tag")

    assert (faults(dry, "tag"), faults(kept, "tag")) == ([], [])
    assert dry["path"] is None
    assert kept["path"] == str(desk / "evidence.json")
    assert "estimation: " in said(desk, capsys, "tag")


def test_an_item_is_explained(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its key, also in small letters; a key that is none ends with 65."""
    key = told(desk, capsys, "tag")["evidence"][0]["key"]

    shape = told(desk, capsys, "tag", "explain", key.lower())

    assert faults(shape, "tag-explain") == []
    assert any(rule["matches"] for rule in shape["rules"])
    assert f"{key}: every rule" in said(desk, capsys, "tag", "explain", key)
    said(desk, capsys, "tag", "explain", "NOPE-1", status=65)


def test_a_census_tells_what_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fresh_simulator: Simulator
) -> None:
    """Asked for by --census; as a sentence, as JSON, and as a warning where it is not to be believed."""
    site = fresh_simulator.site
    configured(tmp_path, site, "OPS", more=MORE.format(site=site))
    said(tmp_path, capsys, "sync", token=site.token)
    fresh_simulator.edit(do="delete", issue="OPS-9")

    shape = told(tmp_path, capsys, "sync", "--census", token=site.token)
    fresh_simulator.edit(do="delete", issue="OPS-10")
    sentence = said(tmp_path, capsys, "sync", "--census", token=site.token)
    for number in range(11, 41):
        fresh_simulator.edit(do="hide", issue=f"OPS-{number}")
    status = run(
        ["sync", "--census", "--config", str(tmp_path / "pmreport.toml")], {"PMREPORT_JIRA_TOKEN": site.token}
    )

    assert faults(shape, "sync") == []
    assert {name: shape["issues"][name] for name in ("moved", "hidden", "deleted")} == {
        "moved": 0,
        "hidden": 1,
        "deleted": 0,
    }
    assert "0 moved, 1 out of sight, 0 deleted" in sentence
    warned = capsys.readouterr().err
    assert (status, "nothing was noted as deleted in OPS: more than 11 of its" in warned) == (0, True), warned


def test_a_second_sync_tells_that_little_is_new(
    desk: Path, capsys: pytest.CaptureFixture[str], simulator: Simulator
) -> None:
    """The summary goes to standard output, the progress does not."""
    shape = told(desk, capsys, "sync", token=simulator.site.token)

    assert faults(shape, "sync") == []
    assert shape["status"] == "complete"
    assert shape["issues"]["inserted"] == 0


def test_a_question_is_answered_as_table_csv_and_json(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One answer in three forms, for eyes, spreadsheets and programs."""
    sql = "SELECT issue_key, points FROM issue ORDER BY issue_id LIMIT 2"

    table = said(desk, capsys, "sql", sql)
    text = said(desk, capsys, "sql", sql, "--format", "csv")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    shape = json.loads(said(desk, capsys, "sql", sql, "--format", "json"))

    assert text.startswith("\ufeff")  # by which a spreadsheet knows UTF-8
    assert faults(shape, "sql") == []
    assert rows[0] == shape["columns"] == ["issue_key", "points"]
    assert [row[0] for row in rows[1:]] == [row[0] for row in shape["rows"]]
    assert all(row[0] in table for row in shape["rows"])


def test_a_report_is_written_and_its_files_are_named(
    desk: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One line a file, in the order of the formats asked for."""
    out = said(desk, capsys, "report", "weekly", "--format", "txt,html,txt", "--out", str(tmp_path / "out"))

    assert out == f"{tmp_path}/out/weekly.txt\n{tmp_path}/out/weekly.html\n"
    assert (tmp_path / "out" / "weekly.html").read_text(encoding="utf-8").startswith("<!")


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_fits_the_terminal(desk: Path, columns: int) -> None:
    """Names stay whole at 80 columns, where short headings are explained; at 120 they are written out."""
    seen = seen_on_a_terminal(desk, "-m", "pmreport", "show", "sprints", columns=columns)

    lines = seen.split("\n")
    assert max(len(line) for line in lines) <= columns
    assert any("Sprint 2 " in line and " %" in line for line in lines)
    assert ("Committed" in seen) == (columns == 120)
    assert ("Com: committed" in seen) == (columns == 80)


PROGRESS = """
import time
from pmreport.cli.progress import shown
from pmreport.sync.summary import Progress
with shown() as report:
    report(Progress(phase="reading [issues]", done=1, total=3))
    report(Progress(phase="reading [issues]", done=3, total=3))
    report(Progress(phase="building histories"))
"""


def test_progress_on_a_terminal_is_drawn_as_bars(tmp_path: Path) -> None:
    """Each phase has a bar, and is ticked off at the end."""
    seen = seen_on_a_terminal(tmp_path, "-c", PROGRESS, columns=80)

    assert "reading [issues]" in seen
    assert "3 of 3" in seen
    assert "✓ building histories" in seen


def test_a_question_may_begin_with_a_comment(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two dashes and a blank are SQL and no option."""
    out = said(desk, capsys, "sql", "-- how many\nSELECT 7 AS n", "--format", "csv")

    assert out == "\ufeffn\n7\n"


def test_a_long_table_says_that_there_is_more(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A thousand rows are for eyes; all of them are for programs."""
    capsys.readouterr()
    words = ["--config", str(desk / "pmreport.toml"), "sql", "SELECT * FROM range(1001)"]
    assert run(words, {}) == 0
    table = capsys.readouterr()
    shape = json.loads(said(desk, capsys, "sql", "SELECT * FROM range(1001)", "--format", "json"))

    assert len(table.out.splitlines()) == 1002
    assert table.err == "These are the first 1000 rows; there are more. `--format csv` gives all.\n"
    assert faults(shape, "sql") == []
    assert shape["rows"][-1] == [1000]
