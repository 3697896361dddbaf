"""`goals plan` and its sisters against a simulated site, and the measures of every built-in goal."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pmreport.app import bound_readings, goals_measures, journal, past_evidence
from pmreport.app.numbers import together
from pmreport.app.numbers.moment import moment
from pmreport.app.wiring import Workspace, open_workspace
from pmreport.cli.boundary import run
from pmreport.config import load_found
from pmreport.goals.catalog import load, resolve
from pmreport.goals.goal import GoalRule
from pmreport.goals.indicator import Aim, Binding
from pmreport.goals.indicators import Verdict
from pmreport.goals.settings import GoalSettings
from pmreport.metrics.value import Value
from pmreport.model.journal_goals import Logged, LogKind
from pmreport.model.journal_kinds import DraftVersion, Sending, Sent
from tests.support.configured import configured
from tests.support.schema import faults
from tests.support.simulator import Simulator

INITIATIVE = """
[[initiative]]
id = "checkout"
name = "Checkout 2"
jql = 'fixVersion = "Checkout 2"'
start = 2026-09-01
finish = 2026-12-18
budget = 120000
change_label = "change-request"
"""
DRAFT = """+++
bottom_line = "Checkout is live in two shops"
[[ask]]
what = "A tester"
[[next]]
item = "Wallets"
+++
"""
COMMANDS = ("plan", "dependencies", "glossary", "product", "priorities", "stakeholders", "mix")
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was synced once, and a journal with a line of every kind that is counted."""
    folder = tmp_path_factory.mktemp("helpers")
    path = configured(folder, simulator.site, "SHOP", more=INITIATIVE)
    assert run(["--config", str(path), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    workspace = opened(folder)
    for what, subject in (
        (LogKind.NOTE, "Basket"),
        (LogKind.GLOSSARY, "SEPA"),
        (LogKind.GLOSSARY, ""),
        (LogKind.TOUCH_POINT, "Sales"),
        (LogKind.RESEARCH, "A rival"),
    ):
        line = Logged(
            goal="any",
            text="what it is for",
            what=what,
            on=NOW.date(),
            subject=subject,
            link="https://x.example",
        )
        journal.write(workspace, line, now=NOW)
    return folder


def opened(folder: Path) -> Workspace:
    """The workspace of a folder."""
    return open_workspace(load_found(folder / "pmreport.toml", {}), {})


def said(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command writes to standard output."""
    capsys.readouterr()
    assert run(["goals", *words, "--as-of", "2026-11-23", "--config", str(desk / "pmreport.toml")], {}) == 0
    return capsys.readouterr().out


def told(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The JSON of a command."""
    return json.loads(said(desk, capsys, *words, "--json"))


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_helper_tells_follows_its_schema(
    name: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON as described, and a table that says the same, with what the numbers mean on request."""
    shape = told(desk, capsys, name)
    table = said(desk, capsys, name, "--explain")

    assert faults(shape, f"goals-{name}") == []
    assert "What the numbers mean" in table
    assert "nan" not in json.dumps(shape).lower()
    assert all(value["label"] in table or name == "mix" for value in shape["values"])


def test_a_plan_adds_up(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The items on the critical path last as long as the plan, and no float is negative."""
    (plan,) = told(desk, capsys, "plan", "--initiative", "checkout")["plans"]
    by_key = {item["key"]: item for item in plan["items"]}

    assert plan["items"]
    assert sum(by_key[key]["duration"] for key in plan["critical_path"]) == pytest.approx(plan["duration"])
    assert all(0 <= item["free_float"] <= item["total_float"] for item in plan["items"])


def test_the_journal_stands_beside_the_items(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A component that a note names, a contact that a touch-point names."""
    noted = {one["name"]: one["note"] for one in told(desk, capsys, "product")["components"]}
    met = {one["name"]: one["came_of_it"] for one in told(desk, capsys, "stakeholders")["contacts"]}

    assert noted["Basket"] == "what it is for"
    assert noted["Payment"] is None
    assert met["Sales"] == "what it is for"


def test_every_built_in_goal_is_measured(desk: Path) -> None:
    """Each has its measures, with a reason where there is no number, and never a score without data."""
    workspace = opened(desk)
    as_of = moment(workspace, NOW)
    found = goals_measures.measured(workspace, load().values(), as_of=as_of, typed_by=NOW, with_baseline=True)

    assert set(found) == set(load())
    for measure in (one for several in found.values() for one in several):
        if measure.reading.value is None:
            assert (measure.verdict, measure.score) == (Verdict.NO_DATA, None)
            assert measure.reading.note
        if measure.interval is not None:
            assert measure.interval.low <= measure.interval.high
    assert found["market-research"][0].reading.value == 1
    assert found["estimate-ahead"][0].trend != "No trend shown."
    assert found["estimate-ahead"][0].baseline is not None


def test_a_family_that_cannot_be_asked_says_why(desk: Path, tmp_path: Path) -> None:
    """Without an initiative there is no budget; the goal says so, and the other goals are still measured."""
    text = (desk / "pmreport.toml").read_text(encoding="utf-8").replace(INITIATIVE, "")
    text = text.replace("duckdb:store.duckdb", f"duckdb:{desk / 'store.duckdb'}")
    (tmp_path / "pmreport.toml").write_text(text, encoding="utf-8")
    workspace = opened(tmp_path)
    goals = [load()[name] for name in ("on-budget", "mini-project-plan", "know-the-direction")]

    found = goals_measures.measured(workspace, goals, as_of=moment(workspace, NOW))

    assert "no initiative" in found["on-budget"][0].reading.note
    assert found["mini-project-plan"][0].reading.note == "nothing was measured"
    assert found["know-the-direction"][0].reading.value is not None


def a_value(id_: str, amount: float | None, **more: Any) -> Value:
    """A number of the metric `cpi`."""
    return Value(id=id_, definition="cpi", label="", value=amount, unit=more.pop("unit", "x"), n=9, **more)


def test_of_several_values_the_worst_one_speaks() -> None:
    """One good initiative hides no bad one; what has no number is passed over, unless nothing has one."""
    values = [a_value("a-cpi", 1.2), a_value("b-cpi", 0.8), a_value("c-cpi", None, note="no plan")]
    binding = Binding(id="cpi")

    low = bound_readings.reading_of(binding, Aim.AT_LEAST, values, {})
    high = bound_readings.reading_of(binding, Aim.AT_MOST, values, {"a-cpi": "It fell."})
    picked = bound_readings.reading_of(Binding(id="cpi", pick="c-cpi"), Aim.AT_LEAST, values, {})

    assert (low.value, low.note) == (0.8, "the worst of 2: b-cpi")
    assert (high.value, high.trend) == (1.2, "It fell.")
    assert (picked.value, picked.note) == (None, "no plan")


def test_updates_are_what_was_sent_noted_and_drafted(desk: Path, tmp_path: Path) -> None:
    """Three weeks in a row: sent over a red measure, noted under the goal, drafted and no more."""
    text = (desk / "pmreport.toml").read_text(encoding="utf-8")
    text = text.replace("duckdb:store.duckdb", f"duckdb:{desk / 'store.duckdb'}")
    goal = '\n[[goal]]\nid = "updates"\nuse = "catalogue:concise-updates"\n'
    (tmp_path / "pmreport.toml").write_text(text + goal, encoding="utf-8")
    workspace = opened(tmp_path)
    mail = {"site": "s", "report": "weekly", "period": "2026-W45", "recipient": "a@b.example"}
    ids = {"message_id": "<1@b.example>", "body_sha256": ""}
    note = Logged(goal="updates", text="told at the round", what=LogKind.NOTE, on=date(2026, 11, 10))
    drafts = (
        DraftVersion(report="weekly", period="2026-W47", text=DRAFT),
        DraftVersion(report="weekly", period="2026-W44", text="---\nno draft"),
    )
    written = (Sending(**mail, **ids, objections=("watermelon",)), Sent(**mail, **ids), note, *drafts)
    journal.write_all(workspace, written, now=NOW)

    found = together.updates(workspace, as_of=NOW, typed_by=NOW)
    (kept,) = goals_measures.measured(workspace, [load()["concise-updates"]], as_of=NOW).values()

    assert [(one.period, one.is_sent, one.is_green_over_red, one.words) for one in found] == [
        ("2026-W45", True, True, None),
        ("2026-W46", True, False, None),
        ("2026-W47", False, False, 9),
    ]
    assert found[-1].is_whole
    assert (kept[0].reading.n, kept[0].reading.successes) == (3, 2)


def test_a_share_of_the_evidence_has_a_baseline(desk: Path) -> None:
    """The same rules asked of a day 13 weeks ago; of a day before the first issue, nothing."""
    workspace = opened(desk)
    goals = [load()[name] for name in ("written-list", "communication", "chain-of-command")]

    then = past_evidence.evidence_then(workspace, goals, NOW - timedelta(weeks=13), said_by=NOW)
    found = goals_measures.measured(workspace, goals, as_of=moment(workspace, NOW), with_baseline=True)

    assert {piece.rule_id for piece in then} >= {"traced", "described"}
    assert found["chain-of-command"][0].baseline is not None
    assert (found["chain-of-command"][0].baseline.n or 0) > 0
    assert past_evidence.evidence_then(workspace, goals, datetime(1990, 1, 1, tzinfo=UTC), said_by=NOW) == ()
    wrong = GoalRule(id="traced", jql="statsu = Open", where="p.toml:1:1")
    (broken,) = resolve([GoalSettings(id="c", use="chain-of-command", rules=(wrong,))])
    assert past_evidence.evidence_then(workspace, [broken], NOW, said_by=NOW) == ()
