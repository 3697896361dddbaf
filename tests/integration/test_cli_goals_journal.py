"""`goals` and `journal` as a person uses them: what is written stays, and is shown where it may be."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pmreport.cli.boundary import run
from tests.support.configured import configured
from tests.support.schema import faults
from tests.support.simulator import Simulator

GOALS = """
[[goal]]
id = "estimation"
use = "catalogue:estimate-ahead"
target = 1.5
due = 2027-03-31
[[goal]]
id = "secret"
title = "The title MARKED"
why = "A reason MARKED"
visibility = "private"
[[goal.rule]]
id = "rule-marked"
jql = 'statusCategory = Done AND text !~ "MARKED"'
[[goal]]
id = "mixed"
title = "Keep promises"
visibility = "management"
active = false
"""


@pytest.fixture(scope="module")
def synced(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was synced once."""
    folder = tmp_path_factory.mktemp("goals")
    config = configured(folder, simulator.site, "SHOP")
    assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    return folder


@pytest.fixture
def desk(synced: Path, tmp_path: Path) -> Path:
    """The same store with goals and a journal of its own."""
    text = (synced / "pmreport.toml").read_text(encoding="utf-8")
    text = text.replace("duckdb:store.duckdb", f"duckdb:{synced / 'store.duckdb'}")
    (tmp_path / "pmreport.toml").write_text(text + GOALS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def empty_desk(tmp_path: Path) -> Path:
    """Goals before the first sync."""
    (tmp_path / "pmreport.toml").write_text(
        '[site]\nname = "sim"\nurl = "http://127.0.0.1:9"\nemail = "a@b.example"\n'
        '[scope]\nprojects = ["SHOP"]\n[store]\nurl = "duckdb:store.duckdb"\n[me]\nfolder = "."\n' + GOALS,
        encoding="utf-8",
    )
    return tmp_path


def said(desk: Path, capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> tuple[str, str]:
    """What a command writes to standard output and to standard error."""
    capsys.readouterr()
    assert run(["--config", str(desk / "pmreport.toml"), *words], {}) == status
    told = capsys.readouterr()
    return told.out, told.err


def shape(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """What a command prints as JSON."""
    out, _ = said(desk, capsys, *words, "--json")
    found: dict[str, Any] = json.loads(out)
    return found


def ids(desk: Path) -> list[str]:
    """The ids of the entries in the journal."""
    return [json.loads(line)["id"] for line in (desk / "journal.jsonl").read_bytes().splitlines()]


def test_before_the_first_sync_the_register_is_there(
    empty_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was written can be read and added to without a store; that nothing is measured is said."""
    said(empty_desk, capsys, "goals", "log", "secret", "a first note")

    out, _ = said(empty_desk, capsys, "goals")
    known = shape(empty_desk, capsys, "goals")

    assert "a first note [claimed]" in out
    assert "Nothing is measured: " in out
    assert "The rules have not looked yet: run `pmreport tag`." in out
    assert faults(known, "goals") == []
    assert faults(shape(empty_desk, capsys, "goals", "show", "secret"), "goals-show") == []


def test_a_goal_tells_what_was_written_agreed_and_forecast(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Notes, an action scored, a rating of each side, a range, and what the rules found."""
    said(desk, capsys, "tag")
    log = ("goals", "log", "estimation")
    said(desk, capsys, *log, "asked the team", "--at", "2026-01-05", "--link", "https://wiki.example/x")
    said(desk, capsys, *log, "ask earlier", "--kind", "action", "--due", "2099-01-01")
    said(desk, capsys, *log, "a habit nearly", "--kind", "rating", "--score", "4")
    said(desk, capsys, *log, "not yet", "--kind", "rating", "--score", "2", "--reviewer", "Head")
    note, action = ids(desk)[-4:-2]
    said(desk, capsys, "goals", "confirm", note[-6:], "--reviewer", "Head", "--note", "seen")
    said(desk, capsys, "goals", "score", action, "missed", "--reason", "a week of illness")
    forecast = ("--range", "20", "40.5", "--confidence", "80%", "--for", "shop-1", "--unit", "h")
    said(desk, capsys, *log, "the API", *forecast)

    known = shape(desk, capsys, "goals", "show", "estimation")
    out, _ = said(desk, capsys, "goals", "show", "estimation")

    assert faults(known, "goals-show") == []
    assert known["measures"][0]["promise"].startswith("From ")
    assert " to at most 1.5 x by 2027-03-31, measured by typical-factor, guard " in " ".join(out.split())
    entries = {one["text"]: one for one in known["entries"]}
    assert (entries["asked the team"]["on"], entries["asked the team"]["reviewer"]) == ("2026-01-05", "Head")
    assert entries["ask earlier"]["result"]["reason"] == "a week of illness"
    assert [entries[text]["claimed"] for text in ("a habit nearly", "not yet")] == [True, False]
    (said_range,) = known["forecasts"]
    assert (said_range["about"], said_range["high"], said_range["confidence"]) == ("SHOP-1", 40.5, 0.8)
    assert "missed " in out
    assert "(a week of illness)" in out
    assert "5 of 5" not in out
    overview, _ = said(desk, capsys, "goals")
    assert "estimation" in overview.splitlines()[3]


def test_a_sprint_may_be_given_by_its_name(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is kept by its number; a name that no sprint has is refused with those that are."""
    forecast = ("--range", "20", "40", "--confidence", "0.8", "--for")

    said(desk, capsys, "goals", "log", "estimation", "x", *forecast, "shop sprint 3")
    _, refused = said(desk, capsys, "goals", "log", "estimation", "x", *forecast, "Sprint ?", status=2)

    (kept,) = [json.loads(line)["payload"] for line in (desk / "journal.jsonl").read_bytes().splitlines()]
    assert kept["about"].isdecimal()
    assert "neither the key of an item nor a sprint" in refused
    assert "the newest sprints are" in refused


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("log", "estimat", "x"), "did you mean estimation?"),
        (("log", "nothing-near", "x"), "there are estimation, secret, mixed"),
        (("log", "estimation", " "), "there is no text"),
        (("log", "estimation", "x", "--unit", "h"), "--unit goes with a forecast"),
        (("log", "estimation", "x", "--kind", "forecast"), "a forecast needs a range"),
        (
            ("log", "estimation", "x", "--range", "1", "2", "--confidence", "0.8", "--at", "2026-01-01"),
            "--at does not go with a forecast",
        ),
        (("log", "estimation", "x", "--range", "1", "nan"), "is no number"),
        (("log", "estimation", "x", "--range", "1", "two"), "is no number"),
        (("confirm", "abcdef", "--reviewer", "Head"), "there is no entry abcdef"),
        (("confirm", "abcdef", "--reviewer", " "), "somebody has seen it"),
        (("score", "abcdef", "done"), "there is no entry abcdef"),
        (("show", "nothing"), "there is no goal nothing"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_way_out(
    empty_desk: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], problem: str
) -> None:
    """And the journal is as it was: there is none."""
    _, err = said(empty_desk, capsys, "goals", *words, status=2)

    assert problem in err
    assert not (empty_desk / "journal.jsonl").exists()


def test_an_entry_is_named_well_enough(empty_desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A part that two ids share is refused with both; a note is no action."""
    for text in ("one", "two"):
        said(empty_desk, capsys, "goals", "log", "secret", text)
    one, two = ids(empty_desk)

    _, several = said(empty_desk, capsys, "goals", "confirm", "01", "--reviewer", "H", status=2)
    _, no_action = said(empty_desk, capsys, "goals", "score", one, "done", status=2)

    assert "01 stands for 2 entries" in several
    assert one in several
    assert two in several
    assert "is no action" in no_action


def test_a_word_on_the_evidence_outlives_every_rule(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through the file of evidence being lost, the rule being edited, and the rule being gone."""
    key = shape(desk, capsys, "tag")["evidence"][-1]["key"]
    said(desk, capsys, "tag", "reject", key.lower(), "secret", "--note", "done by somebody else")

    def piece() -> dict[str, Any]:
        (found,) = (
            one for one in shape(desk, capsys, "goals", "show", "secret")["evidence"] if one["key"] == key
        )
        return {name: found[name] for name in ("state", "note", "matches", "rule_gone")}

    rejected = {"state": "rejected", "note": "done by somebody else"}
    assert piece() == {**rejected, "matches": True, "rule_gone": False}

    (desk / "evidence.json").unlink()
    assert piece() == {**rejected, "matches": False, "rule_gone": False}
    config = desk / "pmreport.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("statusCategory = Done", "statusCategory = Done AND key = SHOP-0"))
    said(desk, capsys, "tag")
    assert piece() == {**rejected, "matches": False, "rule_gone": False}
    config.write_text(text.replace("rule-marked", "another").replace("Done AND text", "Done OR text"))
    dry = shape(desk, capsys, "tag", "--dry-run")
    assert dry["path"] is None
    assert dry["added"]
    out, _ = said(desk, capsys, "tag")
    assert "because their rule is gone" in out


@pytest.mark.parametrize("metric", ["age-days", "idle-days", "actual-over-estimate", "due-moves", "reopened"])
def test_a_rule_may_ask_for_a_number(desk: Path, capsys: pytest.CaptureFixture[str], metric: str) -> None:
    """The clause says it, every item found has it, and `tag explain` shows it as the rule saw it."""
    config = desk / "pmreport.toml"
    text = config.read_text(encoding="utf-8")
    asked = f'jql = "created > 2000-01-01"\nmetric = "{metric}"\nabove = 0.5'
    config.write_text(text.replace(next(line for line in text.splitlines() if "MARKED\"'" in line), asked))

    found = [one for one in shape(desk, capsys, "tag")["evidence"] if one["goal_id"] == "secret"]
    told = shape(desk, capsys, "tag", "explain", found[0]["key"])

    (rule,) = (one for one in told["rules"] if one["goal_id"] == "secret")
    assert rule["matches"]
    assert rule["clauses"][-1]["text"] == f"{metric} > 0.5"
    assert float(rule["clauses"][-1]["seen"]) > 0.5
    assert {one["clause"] for one in found} == {f"created > 2000-01-01 AND {metric} > 0.5"}


def test_a_changed_target_is_written_down_by_the_next_tag(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, with the day and who; a dry run writes nothing."""
    said(desk, capsys, "tag")
    config = desk / "pmreport.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("target = 1.5", "target = 1.4"))

    assert shape(desk, capsys, "tag", "--dry-run")["terms_changed"] == ["estimation"]
    assert shape(desk, capsys, "tag")["terms_changed"] == ["estimation"]
    assert shape(desk, capsys, "tag")["terms_changed"] == []
    changes = shape(desk, capsys, "goals", "show", "estimation")["changes"]
    assert [one["what"] for one in changes] == ["target from 1.5 to 1.4"]


def rewritten(desk: Path, old: str, new: str) -> int:
    """Another text in place of the first line that holds `old`; the number of that line, from 1."""
    config = desk / "pmreport.toml"
    lines = config.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if old in line)
    lines[number] = new
    config.write_text("\n".join(lines), encoding="utf-8")
    return number + 1


@pytest.mark.parametrize(
    ("jql", "told"),
    [
        (
            "type = Bug AND statsu = Open",
            (
                "error: JQL, line 1, column 16: there is no field statsu on this site\n"
                "    type = Bug AND statsu = Open\n"
                "                   ^^^^^^\n"
                "  --> {place}:7\n"
                "  hint: Did you mean status?\n"
            ),
        ),
        (
            "status = Dnoe",
            (
                "error: JQL, line 1, column 10: status has no value Dnoe on this site\n"
                "    status = Dnoe\n"
                "             ^^^^\n"
                "  --> {place}:7\n"
                "  hint: Did you mean Done?\n"
            ),
        ),
        (
            "status = Done AND AND type = Bug",
            (
                "error: here stands AND, where a field is expected\n"
                "  --> {place}:26\n"
                "  25 | jql = 'status = Done AND AND type = Bug'\n"
                "     |                          ^^^\n"
            ),
        ),
    ],
    ids=["unknown field", "unknown value", "no JQL"],
)
def test_a_mistake_in_one_rule_stops_the_run_and_keeps_what_is_there(
    desk: Path, capsys: pytest.CaptureFixture[str], jql: str, told: str
) -> None:
    """Its place, the stretch that is wrong, and the nearest thing there is; not a byte is written."""
    said(desk, capsys, "tag")
    kept = {name: (desk / name).read_bytes() for name in ("evidence.json", "journal.jsonl")}
    line = rewritten(desk, "MARKED\"'", f"jql = '{jql}'")

    _, err = said(desk, capsys, "tag", status=78)

    assert err == told.format(place=f"{desk / 'pmreport.toml'}:{line}")
    assert {name: (desk / name).read_bytes() for name in kept} == kept


def test_rules_that_say_nothing_are_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that finds everything, a goal without any, and a mistake in one that waits on the shelf."""
    rewritten(desk, "MARKED\"'", "jql = 'created > 2000-01-01'")
    config = desk / "pmreport.toml"
    text = config.read_text(encoding="utf-8").replace('use = "catalogue:estimate-ahead"', 'title = "Bare"')
    shelf = '\n[[goal.rule]]\nid = "later"\njql = "statsu = Open"\n'
    config.write_text(text + shelf, encoding="utf-8")

    out, err = said(desk, capsys, "tag")

    words = " ".join(out.split())
    assert "Rule rule-marked of goal secret found every item." in words
    assert "Goal estimation has no rule, so no item can speak for it." in words
    assert (
        "Rule later of goal mixed, which waits on the shelf, cannot be asked: there is no field statsu"
        in words
    )
    assert f"did you mean status? ({config}:{len(config.read_text().splitlines())}:7)" in out.replace(
        "\n", " "
    )
    assert err == ""


def test_evidence_about_a_deleted_item_goes_and_a_word_on_it_stays(
    desk: Path, synced: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the rules found goes with the item; what the person said of it is shown as not found any more."""
    shutil.copy(synced / "store.duckdb", desk / "own.duckdb")
    rewritten(desk, "duckdb:", f'url = "duckdb:{desk / "own.duckdb"}"')
    found = [one["key"] for one in shape(desk, capsys, "tag")["evidence"] if one["goal_id"] == "secret"]
    judged, other = found[:2]
    said(desk, capsys, "tag", "accept", judged, "secret", "--note", "I did that")
    with duckdb.connect(desk / "own.duckdb") as connection:
        connection.execute(
            "UPDATE issue SET deleted_ms = updated_ms + 1 WHERE issue_key IN (?, ?)", [judged, other]
        )

    told = shape(desk, capsys, "tag")

    pieces = {one["key"]: one for one in told["evidence"] if one["goal_id"] == "secret"}
    assert other not in pieces
    assert {name: pieces[judged][name] for name in ("state", "note", "matches", "rule_gone")} == {
        "state": "accepted",
        "note": "I did that",
        "matches": False,
        "rule_gone": False,
    }
    assert {judged, other} <= {one["key"] for one in told["gone"]}
    out, _ = said(desk, capsys, "goals", "show", "secret")
    assert "not found any more" in out


def test_a_broken_line_of_the_journal_is_told_and_costs_nothing_else(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command that rests on the journal names it; the line stays, and what comes later is added."""
    said(desk, capsys, "tag")
    said(desk, capsys, "goals", "log", "secret", "before")
    path = desk / "journal.jsonl"
    broken = path.read_bytes() + b'{"half an entry\n'
    path.write_bytes(broken)
    place = f"journal.jsonl:{broken.count(bytes([10]))}"

    loud = [said(desk, capsys, *words) for words in (("tag",), ("goals",), ("goals", "show", "secret"))]
    loud.append(said(desk, capsys, "goals", "review", "--mine", "--out", str(desk / "made")))
    said(desk, capsys, "goals", "log", "secret", "after")

    for out, err in loud:
        assert place in out + err
    assert path.read_bytes().startswith(broken)
    texts = {one["text"] for one in shape(desk, capsys, "goals", "show", "secret")["entries"]}
    assert texts == {"before", "after"}


def test_coverage_is_what_the_schema_says(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Asked of the rules as they are now, and nothing is kept."""
    known = shape(desk, capsys, "tag", "coverage")
    out, _ = said(desk, capsys, "tag", "coverage")

    assert faults(known, "tag-coverage") == []
    assert "are spoken about by no rule." in out
    assert not (desk / "evidence.json").exists()


def test_what_no_rule_found_cannot_be_judged(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A word on it would say nothing about any rule; how to write it down otherwise is said."""
    _, err = said(desk, capsys, "tag", "accept", "SHOP-0", "secret", "--note", "mine", status=2)
    _, of_rule = said(
        desk, capsys, "tag", "accept", "SHOP-0", "secret", "--note", "mine", "--rule", "x", status=2
    )
    _, no_note = said(desk, capsys, "tag", "accept", "SHOP-0", "secret", "--note", " ", status=2)

    assert "no rule of secret has found SHOP-0" in err
    assert "goals log secret" in err
    assert "the rule x of the goal secret has not found SHOP-0" in of_rule
    assert "a judgement needs a note" in no_note


def test_the_evidence_is_a_file_for_its_reader(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, CSV and a workbook; the manager's holds no private goal, and no text of it is computed."""
    key = next(one["key"] for one in shape(desk, capsys, "tag")["evidence"] if one["goal_id"] == "secret")
    said(desk, capsys, "tag", "reject", key, "secret", "--note", "=1+1")
    export = ("goals", "evidence")

    managers = json.loads(said(desk, capsys, *export, "-", "--format", "json")[0])
    mine, _ = said(desk, capsys, *export, "-", "--format", "csv", "--visibility", "private")
    _, told = said(desk, capsys, *export, str(desk / "e.xlsx"), "--format", "xlsx", "--visibility", "private")
    _, refused = said(desk, capsys, *export, "-", "--format", "xlsx", status=2)
    said(desk, capsys, *export, str(desk / "e.csv"), "--format", "csv")

    assert faults(managers, "goals-evidence") == []
    assert {one["goal_id"] for one in managers["evidence"]} <= {"estimation"}
    assert "secret" not in (desk / "e.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(mine)))
    (rejected,) = (row for row in rows if row["state"] == "rejected")
    assert (rejected["item"], rejected["note"], rejected["goal"]) == (key, "'=1+1", "secret")
    assert "PRIVATE: it holds your private goals" in told
    assert "a workbook is no text" in refused
    with zipfile.ZipFile(desk / "e.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "=1+1" in sheet  # the text itself, within its cell


def test_a_copy_comes_in_once(empty_desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twice is once; what is there already stays as it is."""
    for text in ("eins", "zwei", "drei – ✓"):
        said(empty_desk, capsys, "goals", "log", "secret", text)
    before = (empty_desk / "journal.jsonl").read_bytes()
    copy = empty_desk / "copy.jsonl"
    _, told = said(empty_desk, capsys, "journal", "export", str(copy))
    assert "It holds private goals: keep it to yourself" in told
    (empty_desk / "journal.jsonl").unlink()

    first = said(empty_desk, capsys, "journal", "import", str(copy))[1]
    second = said(empty_desk, capsys, "journal", "import", str(copy))[1]

    assert "3 entries are new, 0 were there already." in first
    assert "0 entries are new, 3 were there already." in second
    assert (empty_desk / "journal.jsonl").read_bytes() == before
    assert copy.stat().st_mode & 0o077 == 0


def test_a_broken_line_is_named_and_the_others_come_in(
    empty_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 65 and the number of the line; mended and imported again, it is added and nothing twice."""
    for text in ("one", "two"):
        said(empty_desk, capsys, "goals", "log", "secret", text)
    first, second = (empty_desk / "journal.jsonl").read_bytes().splitlines(keepends=True)
    copy = empty_desk / "copy.jsonl"
    copy.write_bytes(second[:30] + b"\n" + first + first)
    (empty_desk / "journal.jsonl").unlink()

    _, told = said(empty_desk, capsys, "journal", "import", str(copy), status=65)
    copy.write_bytes(second + first)
    _, mended = said(empty_desk, capsys, "journal", "import", str(copy))

    assert "warning: copy.jsonl:1 is left out" in told
    assert "1 lines of copy.jsonl cannot be read" in told
    assert "1 entries are new, 1 were there already." in mended
    assert sorted((empty_desk / "journal.jsonl").read_bytes().splitlines(keepends=True)) == [first, second]


def test_the_journal_itself_is_no_place_for_a_copy(
    empty_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor is a file that is not there one to take in; many broken lines are not all listed."""
    said(empty_desk, capsys, "goals", "log", "secret", "one")
    (empty_desk / "bad.jsonl").write_text("x\n" * 15, encoding="utf-8")

    _, itself = said(empty_desk, capsys, "journal", "export", str(empty_desk / "journal.jsonl"), status=2)
    _, missing = said(empty_desk, capsys, "journal", "import", str(empty_desk / "no.jsonl"), status=65)
    _, many = said(empty_desk, capsys, "journal", "import", str(empty_desk / "bad.jsonl"), status=65)

    assert "that is the journal itself" in itself
    assert "cannot read it" in missing
    assert "and 5 more lines" in many


def test_a_copy_on_standard_output_is_plain_and_whole(
    empty_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Signs that a terminal would obey are escaped, and it comes in as it went out."""
    said(empty_desk, capsys, "goals", "log", "secret", "bell \a esc \x1b[31m ✓")

    out, _ = said(empty_desk, capsys, "journal", "export", "-")
    (empty_desk / "copy.jsonl").write_text(out, encoding="utf-8")
    _, told = said(empty_desk, capsys, "journal", "import", str(empty_desk / "copy.jsonl"))

    assert out.isascii()
    assert "\x1b" not in out
    assert "1 were there already" in told


def test_a_private_goal_is_seen_by_the_person_alone(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its title, its reason, its rule and what was written under it are in nothing that goes to others."""
    found = shape(desk, capsys, "tag")["evidence"]
    key = next(one["key"] for one in found if one["goal_id"] == "secret")
    said(desk, capsys, "goals", "log", "secret", "a note MARKED", "--reviewer", "Reviewer MARKED")
    forecast = ("--range", "1", "2", "--confidence", "0.8", "--for", "SHOP-1", "--unit", "h")
    said(desk, capsys, "goals", "log", "secret", "a range MARKED", *forecast)
    said(
        desk, capsys, "goals", "log", "secret", "an action MARKED", "--kind", "action", "--due", "2099-01-01"
    )
    said(desk, capsys, "tag", "accept", key, "secret", "--note", "my MARKED note")

    mine = said(desk, capsys, "goals")[0] + said(desk, capsys, "goals", "show", "secret")[0]
    shown = [said(desk, capsys, "show", name, "--json")[0] for name in ("estimates",)]
    shown += [said(desk, capsys, "journal", "export", "-", "--visibility", "manager")[0]]
    shown += [said(desk, capsys, "journal", "export", "-", "--visibility", "management")[0]]
    made = desk / "reports"
    for name in ("weekly", "review"):
        said(desk, capsys, "report", name, "--out", str(made / name), "--format", "txt,json")
    files = [path for path in made.rglob("*") if path.is_file()]

    assert "The title MARKED" in mine
    assert "my MARKED note" in mine
    assert len(files) >= 4
    for text in [*shown, *(path.read_bytes().decode("utf-8", "replace") for path in files)]:
        assert "MARKED" not in text
        assert "rule-marked" not in text
        assert "secret" not in text.casefold()


def test_a_killed_command_loses_nothing_that_was_told(empty_desk: Path) -> None:
    """Killed at any moment: what was said to be kept is there, and at most the last line is torn."""
    script = (
        "import sys\n"
        "from pmreport.cli.boundary import run\n"
        "for number in range(1000):\n"
        "    run(['--config', sys.argv[1], 'goals', 'log', 'secret', 'x' * 3000], {})\n"
        "    print(number, flush=True)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", script, str(empty_desk / "pmreport.toml")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert writer.stdout is not None
    told = 0
    for line in writer.stdout:
        told = int(line) + 1
        if told == 20:
            time.sleep(0.003)
            os.kill(writer.pid, signal.SIGKILL)
            break
    writer.wait(timeout=30)
    writer.stdout.close()
    before = (empty_desk / "journal.jsonl").read_bytes()

    assert run(["--config", str(empty_desk / "pmreport.toml"), "goals", "log", "secret", "after"], {}) == 0
    after = (empty_desk / "journal.jsonl").read_bytes()
    whole = [json.loads(line) for line in before.split(b"\n")[:-1]]
    assert len(whole) >= told
    assert after.startswith(before)
    assert json.loads(after.splitlines()[-1])["payload"]["text"] == "after"
