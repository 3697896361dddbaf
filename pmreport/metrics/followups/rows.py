"""The questions about follow-ups to the store, and the shapes of their answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from pmreport.metrics.settings import FollowUpSettings
from pmreport.model.instant import to_ms
from pmreport.model.query import LIST_MARK, Query, Row, Scalar, marked_list, sql_text

NEAR = timedelta(minutes=10)  # a reason is written beside the flag, not later that day
_MOST = 20  # so many keys are told of each number of idle days


class IssueRow(NamedTuple):
    """An issue that is a follow-up: `called` is the type or label that makes it one, behind a digit."""

    issue_id: int
    issue_key: str
    summary: str
    called: str
    raiser_id: str | None
    raised_ms: int
    owner_id: str | None
    owner: str | None
    owned_ms: int | None
    status_name: str | None
    first_due: str | None
    promised_ms: int | None
    due_date: str | None
    due_moves: int
    resolution: str | None
    is_restricted: int = 0


class TurnRow(NamedTuple):
    """An issue came into done (`is_done` 1), or left it again."""

    issue_id: int
    at_ms: int
    is_done: int


class CommentRow(NamedTuple):
    """A comment that begins with a marker."""

    comment_id: int
    issue_id: int
    issue_key: str
    author_id: str | None
    author_name: str | None
    raised_ms: int
    marker: str
    body: str
    is_restricted: int = 0


class DeedRow(NamedTuple):
    """What a person did on an issue: comment, worklog, or the id of the field they changed."""

    issue_id: int
    actor_id: str
    at_ms: int
    deed: str
    says_done: int


class MentionRow(NamedTuple):
    """A comment with an @ in it, and the first deed of one person afterwards; None: nobody did anything."""

    comment_id: int
    issue_key: str
    author_id: str
    said_ms: int
    body: str
    is_done: int
    actor_id: str | None
    answered_ms: int | None


class IdleRow(NamedTuple):
    """An open item, and how many stood still as many working days; `in_work` 1: it was started."""

    in_work: int
    idle_days: int
    example: str
    items: int


class FlagRow(NamedTuple):
    """A flag that stands, who put it up, and a comment written about then."""

    issue_id: int
    since_ms: int
    raised_by: str | None
    comment_id: int
    author_id: str | None
    said_ms: int
    body: str
    is_restricted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which follow-ups: those of a moment that are open, were done since, or were commented on since."""

    site_id: int
    as_of: datetime
    since: datetime
    settings: FollowUpSettings


def issues_query(wanted: Wanted) -> Query[IssueRow]:
    """The issues that are follow-ups, open or not."""
    return _about("followup_issues.sql", IssueRow, wanted)


def turns_query(wanted: Wanted) -> Query[TurnRow]:
    """When these issues, and those with a marked comment, came into done and left it."""
    return _about("followup_turns.sql", TurnRow, wanted)


def comments_query(wanted: Wanted) -> Query[CommentRow]:
    """The marked comments on open issues, and those written since."""
    return _about("followup_comments.sql", CommentRow, wanted)


def deeds_query(wanted: Wanted, *, robots: Iterable[str]) -> Query[DeedRow]:
    """What people did on the follow-ups that are open or were raised since."""
    return _about("followup_activity.sql", DeedRow, wanted, robots=accounts(robots))


def mentions_query(
    site_id: int, as_of: datetime, *, since: datetime, robots: Iterable[str]
) -> Query[MentionRow]:
    """The comments since then that may name somebody, and who did something afterwards."""
    return Query(
        _text("mention_answers.sql"),
        MentionRow,
        {
            "site_id": site_id,
            "as_of_ms": to_ms(as_of),
            "since_ms": to_ms(since),
            "robots": accounts(robots),
            "mark": "\n",
        },
    )


def idle_query(site_id: int, as_of: datetime, *, calendar_id: str, robots: Iterable[str]) -> Query[IdleRow]:
    """All open items by the working days since a person last touched them."""
    return Query(
        _text("staleness.sql"),
        IdleRow,
        {
            "site_id": site_id,
            "as_of_ms": to_ms(as_of),
            "calendar_id": calendar_id,
            "robots": accounts(robots),
            "mark": "\n",
            "most": _MOST,
        },
    )


def flags_query(site_id: int, as_of: datetime) -> Query[FlagRow]:
    """The comments beside the flags that stand."""
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of), "near_ms": NEAR // timedelta(milliseconds=1)}
    return Query(_text("flag_reasons.sql"), FlagRow, parameters)


def accounts(robots: Iterable[str]) -> str:
    """Accounts as one text with a mark around and between them, as they are written."""
    return "\n" + "".join(f"{account}\n" for account in robots)


def _names(settings: FollowUpSettings) -> dict[str, Scalar]:
    """The types and labels of follow-ups, as the questions take them."""
    return {"types": marked_list(settings.types), "labels": marked_list(settings.labels), "mark": LIST_MARK}


def _about(ending: str, row: type[Row], wanted: Wanted, **more: Scalar) -> Query[Row]:
    parameters: dict[str, Scalar] = {
        "site_id": wanted.site_id,
        "as_of_ms": to_ms(wanted.as_of),
        "from_ms": to_ms(wanted.since),
        **_names(wanted.settings),
        **more,
    }
    return Query(_text("followup_set.sql") + _text(ending), row, parameters)


def _text(name: str) -> str:
    return sql_text("pmreport.metrics", f"sql/{name}")
