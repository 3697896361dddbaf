"""The action log and the other workbooks as values."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmreport.app.formats import REPORTS
from pmreport.metrics.estimation import Miss
from pmreport.metrics.ledger import Unit
from pmreport.metrics.settings import FollowUpSettings
from pmreport.model.journal_kinds import FollowUpType
from pmreport.report.draft import Ask, Danger, Draft
from pmreport.report.inputs import Inputs, Marker
from pmreport.report.sheets import about
from pmreport.report.sheets.book import book
from pmreport.report.sheets.carry import key_of
from pmreport.report.sheets.shape import Sheet
from pmreport.report.view import Day, Link, Number
from tests.support.action_logs import EVIL, comment, logged_inputs
from tests.support.report_inputs import empty_inputs, frame_of, rich_inputs
from tests.unit.test_team_report import estimated, flowing


def log(inputs: Inputs) -> dict[str, list[Any]]:
    """The rows of the action log by their name, each cell as its plain value."""
    (sheet,) = book(inputs, "weekly").sheets
    return {key_of(row.cells): [_plain(cell) for cell in row.cells[1:]] for row in sheet.table.rows}


def _plain(cell: Any) -> Any:
    if not cell:
        return None
    return cell[0].value if isinstance(cell[0], Number | Day) else cell[0]


def named(inputs: Inputs, name: str, **how: bool) -> dict[str, Sheet]:
    """The sheets of a workbook by name."""
    return {sheet.name: sheet for sheet in book(inputs, name, **how).sheets}


def test_the_log_lists_what_is_late_first_and_what_is_over_last() -> None:
    """By working days late, then the next day due, then what has no day; closed entries come behind."""
    keys = list(log(logged_inputs()))

    assert keys[:3] == ["ACT-1", keys[1], "ACT-2"]
    assert keys[1].startswith("ask-")
    assert keys[-2:] == ["ACT-4", "ACT-5"]


def test_an_entry_has_every_column() -> None:
    """A late action: its text stays what it is, and the days late are working days."""
    told = log(logged_inputs())["ACT-1"]

    assert told == [
        "Action", EVIL, "Kim", "Open", "High", date(2026, 11, 2), date(2026, 11, 12), 6, "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "type_name", "status", "decision"),
    [
        ("ACT-2", "Question", "In progress", ""),
        ("ACT-3", "Decision", "Open", "Yes"),
        ("ACT-4", "Action", "Done", ""),
        ("ACT-5", "Risk", "Not done", ""),
        ("ACT-6", "Action", "Blocked", ""),
        ("WEB-4#900", "Decision", "Open", "Yes, from Finance"),
    ],
)
def test_types_and_statuses_are_a_few_words(key: str, type_name: str, status: str, decision: str) -> None:
    """Whatever Jira calls a status; an ask in a comment is a decision that is needed."""
    told = log(logged_inputs())[key]

    assert (told[0], told[3], told[8]) == (type_name, status, decision)


def test_what_the_draft_asks_and_fears_is_in_the_log() -> None:
    """Of whom it is asked, by when, and what waiting costs; not what a comment says in the same words."""
    told = {row[1]: row for key, row in log(logged_inputs()).items() if key.startswith(("ask-", "risk-"))}

    assert list(told) == ["Two test days", "A dry summer", "The provider is late. Impact: margin."]
    assert told["Two test days"][6:8] == [date(2026, 11, 19), 1]
    assert told["Two test days"][8] == "Yes, from Head of IT; waiting costs: no test"
    assert told["A dry summer"][2] == ""


def test_an_entry_of_the_draft_that_speaks_for_a_comment_stands_in_its_row() -> None:
    """With the words of the draft, which was filled in with the comment and edited; once, under its name."""
    known = logged_inputs()
    asked = next(note for note in known.notes if note.marker is Marker.ASK and note.text.endswith("page."))
    feared = replace(asked, marker=Marker.RISK, text="RISK: The provider may be late.", issue_key="SHOP-9")
    raised = comment(feared, FollowUpType.RISK, 905, owner="Kim")
    draft = known.draft or Draft()
    edited = replace(
        draft,
        harvested=asked.written,
        dangers=(*draft.dangers, Danger(what="The provider is slow and late")),
        asks=(*draft.asks[:1], Ask(what="Name an owner for our status page", by=date(2026, 11, 27))),
    )
    with_risk = replace(
        known,
        notes=(*known.notes, feared),
        tracked=replace(known.tracked, items=(*known.tracked.items, raised)) if known.tracked else None,
    )

    told = log(replace(with_risk, draft=edited))
    apart = log(replace(with_risk, draft=replace(edited, harvested=None)))

    assert told["SHOP-9#905"][1:3] == ["The provider is late. Impact: margin.", "Robin"]
    assert "The provider is slow and late" in {row[1] for key, row in told.items() if key.startswith("risk-")}
    (ask,) = (row for row in told.values() if "status page" in row[1])
    assert (ask[1], ask[6]) == ("Name an owner for our status page", date(2026, 11, 27))
    assert len(apart) == len(told) + 2
    over = replace(raised, closed=asked.written)
    items = (*known.tracked.items, over) if known.tracked else ()
    with_risk = replace(
        with_risk, tracked=replace(known.tracked, items=items) if known.tracked else None, draft=edited
    )
    assert log(with_risk)["SHOP-9#905"][1:4] == ["The provider is late. Impact: margin.", "Robin", "Done"]


def test_an_ask_without_a_calendar_is_not_late() -> None:
    """Where no follow-up was read there is none to count by."""
    known = replace(logged_inputs(), tracked=None)

    assert [row[7] for row in log(known).values()] == [None, None, None, None]
    assert log(replace(known, draft=None)) == {}


def test_what_is_restricted_typed_or_not_for_the_report_is_not_in_the_log() -> None:
    """Not by its text nor by its key; how many issues were left out is said."""
    known = logged_inputs()
    made = book(known, "weekly")
    told = repr(made)

    assert "Secretword" not in told
    assert "ACT-7" not in repr(made.sheets[0].table)
    assert "Is Restricted item the cause?" in told
    assert "A secret that stays inside" not in told
    assert "Not for the report" not in told
    assert "Typedword" not in told
    assert ("Left out", ("1 follow-up that not everybody may see is left out.",)) in made.about


def test_a_follow_up_out_of_a_restricted_comment_is_left_out_and_counted() -> None:
    """On an issue that everybody may see."""
    known = logged_inputs()
    assert known.tracked is not None
    items = tuple(replace(one, restricted=one.issue_key == "ACT-1") for one in known.tracked.items)
    made = book(replace(known, tracked=replace(known.tracked, items=items)), "weekly")

    assert "ACT-1" not in repr(made.sheets[0].table)
    assert ("Left out", ("2 follow-ups that not everybody may see are left out.",)) in made.about


def test_an_entry_leads_to_its_issue_or_its_comment() -> None:
    """A draft's leads nowhere."""
    (sheet,) = book(logged_inputs(), "weekly").sheets
    links = {key_of(row.cells): row.cells[0][0] for row in sheet.table.rows}

    assert links["ACT-1"] == Link("ACT-1", "https://acme.example/browse/ACT-1")
    assert links["WEB-4#900"] == Link("WEB-4#900", "https://acme.example/browse/WEB-4?focusedCommentId=900")
    assert [key for key, link in links.items() if isinstance(link, str)] == [
        key for key in links if key.startswith(("ask-", "risk-"))
    ]


def test_the_query_of_the_log_finds_the_follow_ups() -> None:
    """By labels and types, quoted as JQL wants it."""
    tracked = logged_inputs().tracked
    assert tracked is not None
    odd = replace(tracked, settings=FollowUpSettings(labels=('a "b"\\',), action_types=("To do",)))

    query = about.followed(odd)

    assert "Left out" not in dict(
        book(replace(logged_inputs(), tracked=replace(odd, items=())), "weekly").about
    )
    assert query.startswith('labels in ("a \\"b\\"\\\\") OR issuetype in ("To do", ')
    assert about.followed(replace(odd, settings=FollowUpSettings(labels=()))).startswith("issuetype in (")


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_a_workbook_of_nothing(name: str) -> None:
    """A site of which nothing is known makes one too, and it says how it was counted."""
    made = book(empty_inputs(), name)

    assert all(not sheet.table.rows for sheet in made.sheets)
    assert "How it was counted" in dict(made.about)


def test_the_workbook_of_a_sprint_lists_items_and_changes() -> None:
    """By sprint; where sprints count in different units, each says in which."""
    known = rich_inputs()
    other = frame_of("Ops 1", 77, "2026-11-16 08:00", "2026-11-27 16:00", None)
    mixed = replace(known, ledgers=(*known.ledgers, replace(other, board_id=8, unit=Unit.SECONDS)))

    sheets = named(known, "sprint")

    assert [row.cells[0] for row in sheets["Items"].table.rows] == [("Sprint 24",)] * 6
    assert len(sheets["Changes"].table.rows) == 3
    assert named(mixed, "sprint")["Items"].table.rows[0].cells[0] == ("Sprint 24, in points",)


def test_the_workbook_of_the_team_leaves_nothing_out() -> None:
    """All that is in progress, blocked and waiting."""
    sheets = named(flowing(), "team")

    assert [(name, len(sheet.table.rows)) for name, sheet in sheets.items()] == [
        ("Ageing", 2), ("Blocked", 1), ("Dependencies", 0),
    ]  # fmt: skip
    assert all(sheet.table.more == 0 for sheet in sheets.values())


def test_the_workbook_of_the_estimates_holds_every_pair() -> None:
    """Also those that the page has no room for."""
    miss = Miss(
        issue_id=1, issue_key="WEB-1", sprint_id=1, estimate_seconds=3600, actual_seconds=7200,
        after_done_seconds=0, log_ratio=0.69,
    )  # fmt: skip

    sheets = named(estimated(misses=(miss,) * 12), "estimation")

    assert {name: len(sheet.table.rows) for name, sheet in sheets.items()} == {"Pairs": 12, "By sprint": 6}


def test_the_workbook_of_a_review_holds_no_private_goal_unless_it_is_mine() -> None:
    """Neither its title nor a word of its talk."""
    shared, mine = book(rich_inputs(), "review"), book(rich_inputs(), "review", mine=True)

    assert [sheet.name for sheet in shared.sheets] == ["Goals", "Actions", "Evidence"]
    assert "Read the open list aloud on Mondays" in repr(shared)
    assert "Privatewords" not in repr(shared)
    assert "Privatewords: speak up in planning" in repr(mine)
