"""What the reports look up beside the numbers: the site, its people, cards and notes."""

from datetime import datetime
from typing import NamedTuple

from pmreport.errors import BadDataError
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.query import Query, sql_text
from pmreport.report.inputs import Card, Marker, Note
from pmreport.store.session import Reader

_REWRITTEN = "this comment was written anew since, and Jira does not keep what it said then"


class SiteFacts(NamedTuple):
    """The site as the newest complete sync found it; `first_ms` None: it has no issue."""

    name: str
    browse_url: str
    time_zone: str
    account_id: str
    data_as_of_ms: int
    issues_known: int
    first_ms: int | None

    @property
    def data_as_of(self) -> datetime:
        """The newest complete sync."""
        return from_ms(self.data_as_of_ms)

    @property
    def first(self) -> datetime | None:
        """When the first issue was created; None without any."""
        return None if self.first_ms is None else from_ms(self.first_ms)


class PersonRow(NamedTuple):
    """A person's name, and on Data Center the one they log in with."""

    account_id: str
    display_name: str
    login: str | None


class CardRow(NamedTuple):
    """An issue as it stood."""

    issue_id: int
    issue_key: str
    summary: str
    type_name: str
    status_name: str
    status_category: str
    owner_name: str | None
    rank_text: str | None
    is_restricted: int
    priority_name: str


class NoteRow(NamedTuple):
    """A marked comment."""

    marker: str
    author_id: str | None
    author_name: str
    written_ms: int
    body: str
    issue_id: int
    issue_key: str
    is_rewritten: int
    is_restricted: int


class CountsRow(NamedTuple):
    """How many issues are in sight, and how many no number holds; None where there is no issue."""

    here: int | None
    subtasks: int | None
    incomplete: int | None
    deleted: int | None
    hidden: int | None
    moved: int | None


def site(reader: Reader, site_id: int) -> SiteFacts:
    """The facts of the site. Raises BadDataError before the first complete sync: half a store tells lies."""
    facts = reader.rows(Query(_text("site"), SiteFacts, {"site_id": site_id}))[0]
    if facts.data_as_of_ms is None:  # what NULL in SQL becomes, whatever the field says
        raise BadDataError(
            f"no sync of {facts.browse_url} has completed yet",
            hint="run `pmreport sync`: it goes on where it stopped",
        )
    return facts


def accounts(reader: Reader, site_id: int) -> list[PersonRow]:
    """Everybody whom Jira has named."""
    return reader.rows(Query(_text("people"), PersonRow, {"site_id": site_id}))


def people(reader: Reader, site_id: int) -> dict[str, str]:
    """Names by account."""
    return {row.account_id: row.display_name for row in accounts(reader, site_id)}


def cards(reader: Reader, site_id: int, as_of: datetime) -> dict[int, Card]:
    """Every issue by its id, as it stood at the moment."""
    rows = reader.rows(Query(_text("cards"), CardRow, {"site_id": site_id, "as_of_ms": to_ms(as_of)}))
    by_rank = sorted((row for row in rows if row.rank_text), key=lambda row: row.rank_text or "")
    ranks = {row.issue_id: place for place, row in enumerate(by_rank)}
    return {row.issue_id: _card(row, ranks.get(row.issue_id)) for row in rows}


def notes(reader: Reader, site_id: int, as_of: datetime, narrators: frozenset[str]) -> tuple[Note, ...]:
    """The marked comments of the narrators, oldest first; none with words that were written later."""
    rows = reader.rows(Query(_text("notes"), NoteRow, {"site_id": site_id, "as_of_ms": to_ms(as_of)}))
    return tuple(_note(row) for row in rows if row.author_id in narrators)


def left_out(reader: Reader, site_id: int, as_of: datetime) -> tuple[tuple[str, int], ...]:
    """What no number at the moment holds, by a singular noun."""
    row = _counts(reader, site_id, as_of)
    return (
        ("sub-task", row.subtasks or 0),
        ("issue with an incomplete history", row.incomplete or 0),
        ("deleted issue", row.deleted or 0),
        ("hidden or deleted issue", row.hidden or 0),
        ("issue moved to another project", row.moved or 0),
    )


def in_sight(reader: Reader, site_id: int, as_of: datetime) -> int:
    """How many issues there are at the moment, for all that is known now."""
    return _counts(reader, site_id, as_of).here or 0


def _counts(reader: Reader, site_id: int, as_of: datetime) -> CountsRow:
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of)}
    return reader.rows(Query(_text("issue_counts"), CountsRow, parameters))[0]


def _text(name: str) -> str:
    return sql_text("pmreport.app", f"texts/{name}.sql")


def _card(row: CardRow, rank: int | None) -> Card:
    return Card(
        key=row.issue_key,
        summary=row.summary,
        type_name=row.type_name,
        status=row.status_name,
        is_done=row.status_category == "done",
        in_progress=row.status_category == "indeterminate",
        owner=row.owner_name,
        rank=rank,
        restricted=bool(row.is_restricted),
        priority=row.priority_name,
    )


def _note(row: NoteRow) -> Note:
    return Note(
        marker=Marker(row.marker),
        author=row.author_name,
        written=from_ms(row.written_ms),
        text=f"{row.marker}: {_REWRITTEN}" if row.is_rewritten else row.body,
        issue_id=row.issue_id,
        issue_key=row.issue_key,
        restricted=bool(row.is_restricted),
    )
