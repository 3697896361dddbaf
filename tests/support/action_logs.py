"""A week with all that an action log lists: issues, marked comments, a draft, and what is not named."""

from dataclasses import replace
from datetime import date

from pmreport.metrics.followups.item import Item, Source
from pmreport.metrics.settings import FollowUpSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.journal_kinds import FollowUpType as Kind
from pmreport.report.draft import Ask, Danger, Draft
from pmreport.report.inputs import Blocked, Card, Inputs, Marker, Note, Tracked
from tests.support.report_inputs import rich_inputs, utc

EVIL = '=HYPERLINK("http://evil.example","x")'


def issue(number: int, kind: Kind, summary: str, **facts: object) -> Item:
    """A follow-up issue ACT-number."""
    key = f"ACT-{number}"
    known = Item(
        id=key,
        kind=kind,
        source=Source.ISSUE,
        issue_key=key,
        statement=summary,
        raised=utc("2026-11-02 09:00"),
    )
    return replace(known, **facts)  # type: ignore[arg-type]  # any field of it


def comment(note: Note, kind: Kind, number: int, **facts: object) -> Item:
    """The follow-up that a marked comment makes."""
    known = Item(
        id=f"{note.issue_key}#{number}",
        kind=kind,
        source=Source.COMMENT,
        issue_key=note.issue_key,
        statement=note.text.partition(":")[2].strip(),
        raised=note.written,
    )
    return replace(known, **facts)  # type: ignore[arg-type]  # any field of it


def card(number: int, **facts: object) -> Card:
    """The card of ACT-number."""
    return replace(Card(key=f"ACT-{number}", summary="", priority="High"), **facts)  # type: ignore[arg-type]


def logged_inputs() -> Inputs:
    """The sample week with a log of it."""
    known = rich_inputs()
    asks = [note for note in known.notes if note.marker is Marker.ASK]
    named = next(note for note in asks if note.text.endswith("status page."))
    secret = next(note for note in known.notes if note.restricted)
    unheard = replace(asks[0], written=utc("2026-11-12 09:00"), text="ASK: Not for the report.")
    items = (
        issue(1, Kind.ACTION, EVIL, owner="Kim", due=date(2026, 11, 12)),
        issue(2, Kind.QUESTION, "Is ACT-7 the cause?", due=date(2026, 11, 27)),
        issue(3, Kind.DECISION, "Choose a provider", owner="Robin"),
        issue(4, Kind.ACTION, "Book the lab", closed=utc("2026-11-18 09:00")),
        issue(5, Kind.RISK, "Fees may rise", closed=utc("2026-11-18 09:00"), dropped=True),
        issue(6, Kind.ACTION, "Call the bank"),
        issue(7, Kind.ACTION, "Secretword of the board"),
        comment(asks[0], Kind.QUESTION, 900, owner="Finance"),
        comment(named, Kind.QUESTION, 903),
        comment(secret, Kind.QUESTION, 901),
        comment(unheard, Kind.QUESTION, 902),
        replace(issue(8, Kind.ACTION, "Typedword"), id="01J", issue_key="", source=Source.TYPED),
    )
    return replace(
        known,
        blocked=(*known.blocked, Blocked(issue_id=106, key="ACT-6", summary="Call the bank", working_days=2)),
        cards={
            **known.cards,
            **{100 + number: card(number) for number in (1, 3, 4, 5, 6)},
            102: card(2, in_progress=True),
            107: card(7, restricted=True),
        },
        tracked=Tracked(
            items=items, calendar=WorkCalendar(zone="Europe/Berlin"), settings=FollowUpSettings()
        ),
        draft=Draft(
            asks=(
                Ask(
                    what="two test days", from_whom="Head of IT", by=date(2026, 11, 19),
                    cost_of_delay="no test", raised=date(2026, 11, 16),
                ),
                Ask(what="Name an owner for the status page."),
            ),
            dangers=(
                Danger(what="The provider is late.", impact="margin", owner="Robin"),
                Danger(what="A dry summer"),
            ),
        ),
    )  # fmt: skip
