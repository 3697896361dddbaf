"""The questions about data quality to the store: one text for each family of checks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from pmreport.model.instant import to_ms
from pmreport.model.journal_kinds import QualityException
from pmreport.model.query import Query, Scalar, sql_text

PERIOD = timedelta(weeks=26)  # what happened is looked at so far back; what stands is looked at as it stands
_CLOCKS = timedelta(minutes=5)  # two clocks may differ by so much
EVERYTHING = 1_000_000_000

FAMILIES = {
    "history": ("quality_living.sql", "quality_history.sql"),
    "boards": ("quality_living.sql", "quality_boards.sql"),
    "estimates": ("quality_living.sql", "quality_estimates.sql"),
    "flow": ("quality_living.sql", "quality_finished.sql", "quality_flow.sql"),
    "worklogs": ("quality_living.sql", "quality_finished.sql", "quality_worklogs.sql"),
    "dates": ("quality_living.sql", "quality_finished.sql", "quality_dates.sql"),
}


class FoundRow(NamedTuple):
    """A subject that a check found; None: it found nothing. `found` is how many there are in all."""

    check_id: str
    population: int
    found: int
    is_accepted: int
    subject: str | None


class SprintRow(NamedTuple):
    """A sprint of the period; `is_clicked` 1: Jira tells the click that started it.

    `planned_ms` is its planned end, `close_ms` when it was closed; None: without one, still open.
    """

    sprint_id: int
    sprint_name: str
    board_id: int
    goal: str
    start_ms: int
    is_clicked: int
    planned_ms: int | None
    close_ms: int | None
    closings: int


class SiteRow(NamedTuple):
    """Counts of the site, and when the newest sync ended that came to an end; None: none has."""

    known: int
    gone: int
    projects: int
    fields: int
    read_ms: int | None


class HiddenRow(NamedTuple):
    """An issue that is out of sight."""

    issue_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the checks need to know.

    `robots` are the automation accounts, `rated` the accounts with a rate, `accepted` the findings that were
    accepted. `read` is when the newest sync ended. Of each check the first `most` subjects are told.
    """

    site_id: int
    as_of: datetime
    calendar_id: str
    read: datetime
    robots: Iterable[str] = ()
    rated: Iterable[str] = ()
    accepted: Iterable[QualityException] = ()
    most: int = EVERYTHING


def queries(asked: Asked) -> tuple[Query[FoundRow], ...]:
    """All families."""
    return tuple(query(asked, family) for family in FAMILIES)


def query(asked: Asked, family: str) -> Query[FoundRow]:
    """One family."""
    text = "".join(_text(name) for name in (*FAMILIES[family], "quality_ending.sql"))
    known: dict[str, Scalar] = {
        "site_id": asked.site_id,
        "as_of_ms": to_ms(asked.as_of),
        "from_ms": to_ms(asked.as_of - PERIOD),
        "latest_ms": to_ms(asked.read + _CLOCKS),
        "calendar_id": asked.calendar_id,
        "robots": _list(asked.robots),
        "rated": _list(asked.rated),
        "accepted": _list(f"{each.check} {each.key}" for each in asked.accepted),
        "mark": "\n",
        "most": asked.most,
    }
    return Query(text, FoundRow, {name: value for name, value in known.items() if f"${name}" in text})


def sprints_query(site_id: int, as_of: datetime) -> Query[SprintRow]:
    """The sprints that ran in the period."""
    return Query(_text("quality_sprints.sql"), SprintRow, _period(site_id, as_of))


def site_query(site_id: int, as_of: datetime) -> Query[SiteRow]:
    """The counts of the site."""
    return Query(_text("quality_gone.sql"), SiteRow, _period(site_id, as_of))


def hidden_query(site_id: int, as_of: datetime) -> Query[HiddenRow]:
    """The issues out of sight: whoever reads this may not know of them."""
    return Query(_text("quality_hidden.sql"), HiddenRow, {"site_id": site_id, "as_of_ms": to_ms(as_of)})


def _period(site_id: int, as_of: datetime) -> dict[str, Scalar]:
    return {"site_id": site_id, "as_of_ms": to_ms(as_of), "from_ms": to_ms(as_of - PERIOD)}


def _list(words: Iterable[str]) -> str:
    return "\n" + "".join(f"{word}\n" for word in words)


def _text(name: str) -> str:
    return sql_text("pmreport.metrics", f"sql/{name}")
