"""The store against itself: what is made once more of Jira's words must be what the tables hold."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pmreport.app.doctor.finding import Check, Finding, LeftOut, Remark, Severity, counted
from pmreport.app.doctor.retold import Comparison, Difference
from pmreport.app.doctor.stored import Stored
from pmreport.model.query import Query
from pmreport.store.engine import Store
from pmreport.sync import plan, rebuild
from pmreport.sync.run import SyncRequest
from pmreport.sync.sample import sample
from pmreport.sync.stored_issues import Wanted

SAMPLE_SIZE = 200
_AT_ONCE = 400
_NAMED = 3
_REBUILD = "pmreport sync --rebuild"
_REREAD = "pmreport sync --full"


class IssueName(NamedTuple):
    """An issue, its key, and its project's key."""

    issue_id: int
    issue_key: str
    project_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspects:
    """The issues to be looked at, with what a rebuild would make of them.

    `settled` are the keys of the projects that were read with just these fields; of others only what every
    site has is compared.
    """

    issues: tuple[IssueName, ...]
    wanted: Wanted
    settled: frozenset[str]


def names_query(site_id: int) -> Query[IssueName]:
    """Every issue that is not deleted."""
    text = (
        "SELECT i.issue_id AS issue_id, i.issue_key AS issue_key, p.project_key AS project_key FROM issue i"
        " JOIN project p ON p.site_id = i.site_id AND p.project_id = i.project_id"
        " WHERE i.site_id = $site_id AND i.deleted_ms IS NULL"
    )
    return Query(text, IssueName, {"site_id": site_id})


def findings(store: Store, facts: Stored, request: SyncRequest, *, seed: int | None) -> Iterator[Remark]:
    """The documents that cannot be read, and the tables that tell another history than they do.

    Of all issues where `seed` is None, else of a sample; another seed chooses another one.
    """
    yield from _twice(facts)
    if facts.damaged:  # nothing can be made of any issue without these
        yield _unread(f"a stored document is damaged: {_listed(facts.damaged, 'more document')}")
        yield LeftOut(check=Check.STORE, reason="issues: a document of their site is damaged")
        return
    yield from _of_issues(store, facts.site_id, _suspects(store, facts, request, seed))


def _suspects(store: Store, facts: Stored, request: SyncRequest, seed: int | None) -> Suspects:
    wanted = rebuild.wanted(store, facts.site_id, request)
    asked = plan.digest(wanted.fields.asked)
    cursors = {row.project_key: plan.parse_cursor(row.position) for row in facts.reach}
    names = {row.issue_id: row for row in store.rows(names_query(facts.site_id))}
    chosen = sorted(names) if seed is None else sample(names, SAMPLE_SIZE, seed)
    return Suspects(
        issues=tuple(names[issue_id] for issue_id in chosen),
        wanted=wanted,
        settled=frozenset(key for key, at in cursors.items() if at.fields == asked and at.began_ms is None),
    )


def _of_issues(store: Store, site_id: int, looked_at: Suspects) -> Iterator[Remark]:
    keys = {each.issue_id: each.issue_key for each in looked_at.issues}
    settled = [each.issue_id for each in looked_at.issues if each.project_key in looked_at.settled]
    others = sorted({*keys} - {*settled})
    comparison = Comparison(site_id=site_id, wanted=replace(looked_at.wanted, as_read=True))
    _look(store, comparison, settled)
    found = comparison.found
    _look(store, replace(comparison, wanted=replace(looked_at.wanted, as_read=False)), others)
    yield from (_torn(table, difference, keys) for table, difference in found.tables.items())
    if found.unreadable:
        yield _unread(f"a stored document is damaged or lost: of {_keys(found.unreadable, keys)}")
    if found.untold:
        yield _unread(f"the store has no document of {_keys(found.untold, keys)}")
    if others:
        reason = "custom fields: others are asked for since the last complete sync"
        yield LeftOut(check=Check.STORE, reason=reason)


def _look(store: Store, comparison: Comparison, issue_ids: Sequence[int]) -> None:
    for some in plan.chunks(issue_ids, _AT_ONCE):
        with store.reading() as reader:
            comparison.look(reader, some)


def _torn(table: str, difference: Difference, keys: dict[int, str]) -> Finding:
    wrong, lacking = len(difference.wrong), len(difference.lacking)
    parts = (
        f"{counted(wrong, 'row is', 'rows are')} wrong",
        f"{counted(lacking, 'row is', 'rows are')} missing",
    )
    told = [part for part, number in zip(parts, (wrong, lacking), strict=True) if number]
    issues = _keys({*difference.wrong, *difference.lacking}, keys)
    return Finding(
        check=Check.STORE,
        severity=Severity.ERROR,
        subject=table,
        what=f"the table {table} tells another history of {issues} than Jira does: {' and '.join(told)}",
        fix=_REBUILD,
    )


def _twice(facts: Stored) -> Iterator[Finding]:
    for table, number in facts.twins.items():
        yield Finding(
            check=Check.STORE,
            severity=Severity.ERROR,
            subject=table,
            what=f"the table {table} has {counted(number, 'row')} too many, with the keys of others",
            fix=_REREAD if table == "raw_document" else _REBUILD,
        )


def _unread(what: str) -> Finding:
    return Finding(check=Check.STORE, severity=Severity.ERROR, subject="raw_document", what=what, fix=_REREAD)


def _keys(issue_ids: Collection[int], keys: dict[int, str]) -> str:
    return _listed([keys[each] for each in sorted(issue_ids)], "more issue")


def _listed(names: Sequence[str], noun: str) -> str:
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return f"{shown} and {counted(more, noun)}" if more > 0 else shown
