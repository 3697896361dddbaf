"""The JSON that commands print: exactly what docs/schemas/ promises."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from pmreport.cli import json_shapes
from pmreport.metrics.ledger import SprintLedger, Unit
from pmreport.model.problem import ProblemKind
from pmreport.sync.summary import IssueCounts, Outcome, SyncSummary
from tests.support import report_inputs
from tests.support.schema import ROOT, faults

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)


def test_a_sprint_is_printed_as_promised() -> None:
    """Amounts are numbers and event totals, ratios shares of 1, instants UTC with Z, counts beside."""
    shape = json_shapes.sprints([report_inputs.worked_sprint()])

    assert json.loads(json.dumps(shape)) == {
        "schema": 1,
        "sprints": [
            {
                "sprint_id": 10,
                "board_id": 7,
                "name": "Sprint 10",
                "state": "closed",
                "start": "2025-03-03T09:00:00Z",
                "close": "2025-03-14T16:30:00Z",
                "unit": "points",
                "commitment": 29,
                "added": 9,
                "removed": 10,
                "reestimated": 9,
                "completed": 19,
                "not_completed": 18,
                "completed_outside": 3,
                "completion_ratio": 19 / 29,
                "commitment_reliability": 12 / 29,
                "identity_holds": True,
                "incomplete": False,
                "counts": {
                    "commitment": 9,
                    "added": 4,
                    "removed": 3,
                    "reestimated": 0,
                    "completed": 6,
                    "not_completed": 4,
                    "completed_outside": 1,
                },
            }
        ],
    }
    assert faults(shape, "show-sprints") == []


def test_an_active_sprint_has_no_close_and_no_ratios() -> None:
    """What is not known is null, never 0."""
    shape = json_shapes.sprints([report_inputs.running_sprint()])

    sprint = shape["sprints"][0]
    assert (sprint["close"], sprint["completion_ratio"], sprint["commitment_reliability"]) == (
        None,
        None,
        None,
    )
    assert faults(shape, "show-sprints") == []


def test_an_incomplete_sprint_says_so_and_has_no_ratios() -> None:
    """It keeps its amounts; what they would be divided into is null."""
    sprint = replace(report_inputs.worked_sprint(), is_incomplete=True)

    shape = json_shapes.sprints([sprint])

    told = shape["sprints"][0]
    assert (told["incomplete"], told["completion_ratio"], told["commitment"]) == (True, None, 29)
    assert faults(shape, "show-sprints") == []


def test_half_points_and_seconds_are_numbers() -> None:
    """An amount is whole where it is whole, else a fraction; time stays in seconds."""
    sprint: SprintLedger = report_inputs.closed_sprint(23, 30, 20)
    halved = replace(sprint, unit=Unit.SECONDS, amounts=replace(sprint.amounts, added=Decimal("2.500")))

    shape = json_shapes.sprints([halved])["sprints"][0]

    assert (shape["unit"], json.dumps(shape["added"]), json.dumps(shape["commitment"])) == (
        "seconds",
        "2.5",
        "30",
    )


def test_no_sprint_is_an_empty_list() -> None:
    """A board without sprints is no error."""
    assert json_shapes.sprints([]) == {"schema": 1, "sprints": []}


def test_a_sync_is_summed_up_as_promised() -> None:
    """A scheduler reads what was new and whether it ended well."""
    summary = SyncSummary(
        status=Outcome.PARTIAL,
        issues=IssueCounts(seen=10, inserted=2, updated=3),
        changes=40,
        requests=5,
        retries=1,
        waited_seconds=0.5,
        seconds=2.25,
        problems={ProblemKind.HISTORY_MISMATCH: 1},
    )

    shape = json_shapes.sync_summary(summary)

    assert shape["problems"] == {"history-mismatch": 1}
    assert faults(json.loads(json.dumps(shape)), "sync") == []


def test_an_answer_keeps_what_json_can_say() -> None:
    """Decimals are numbers, dates text, lists lists; what JSON has no word for is null or text."""
    when = datetime(2026, 1, 2, 3, tzinfo=UTC)
    record = (
        1,
        None,
        True,
        Decimal("1.50"),
        float("nan"),
        date(2026, 1, 2),
        when,
        [Decimal(2)],
        {"a": when},
        b"x",
    )

    shape = json_shapes.answer([f"c{index}" for index in range(len(record))], [record])

    instant = "2026-01-02T03:00:00+00:00"
    assert shape["rows"] == [[1, None, True, 1.5, None, "2026-01-02", instant, [2], {"a": instant}, "b'x'"]]
    assert faults(shape, "sql") == []


def test_the_check_of_a_schema_finds_faults() -> None:
    """A missing key, a wrong type, a number out of bounds and an unknown key are all found."""
    shape = json_shapes.sprints([report_inputs.worked_sprint()])
    sprint = shape["sprints"][0]
    sprint |= {"board_id": "7", "commitment_reliability": 1.2, "close": "today", "unit": "days", "extra": 1}
    del sprint["name"]
    sprint["counts"]["added"] = True

    assert len(faults(shape, "show-sprints")) == 7


def test_every_schema_has_a_title_that_names_its_command() -> None:
    """Whoever opens a schema sees which command prints it."""
    for path in (ROOT / "docs" / "schemas").glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert schema["title"].startswith("pmreport ")
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
