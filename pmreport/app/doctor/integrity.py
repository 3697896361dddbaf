"""The store against itself: intervals built once more from Jira's words must be those that are stored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pmreport.app.doctor.finding import Check, Finding, LeftOut, Remark, Severity, counted
from pmreport.app.doctor.stored import Stored
from pmreport.jira.parse.issue import IssueFields
from pmreport.store.engine import Store
from pmreport.store.session import Reader
from pmreport.sync import intervals, kept_issues, plan, stored
from pmreport.sync.intervals import Difference
from pmreport.sync.kept_issues import IssueName, KeptIssue
from pmreport.sync.run import SyncRequest
from pmreport.sync.sample import sample

SAMPLE_SIZE = 200
_AT_ONCE = 250
_NAMED = 3
_REBUILD = "pmreport sync --rebuild"
_REREAD = "pmreport sync --full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspects:
    """The issues to be looked at, and the fields with which their projects were read.

    `settled` are the keys of the projects that were read with just these fields; of others only what every
    site has is compared.
    """

    issues: tuple[IssueName, ...]
    fields: IssueFields
    settled: frozenset[str]


def suspects(store: Store, facts: Stored, request: SyncRequest, *, seed: int | None) -> Suspects:
    """All issues where `seed` is None, else a sample; another seed chooses another one."""
    fields = intervals.stored_fields(
        facts.field_documents,
        [(each.field_id, each.role) for each in facts.fields],
        request.fields,
        request.further_fields,
    )
    asked = plan.digest(fields.asked)
    cursors = {row.project_key: plan.parse_cursor(row.position) for row in facts.reach}
    names = {row.issue_id: row for row in store.rows(kept_issues.names_query(facts.site_id))}
    chosen = sorted(names) if seed is None else sample(names, SAMPLE_SIZE, seed)
    return Suspects(
        issues=tuple(names[issue_id] for issue_id in chosen),
        fields=fields,
        settled=frozenset(key for key, at in cursors.items() if at.fields == asked and at.began_ms is None),
    )


def findings(store: Store, facts: Stored, looked_at: Suspects) -> Iterator[Remark]:
    """The tables that tell another history than Jira's documents, each with its issues."""
    torn: defaultdict[str, list[tuple[IssueName, Difference]]] = defaultdict(list)
    bare: list[str] = []
    damaged = list(facts.damaged)
    for some in plan.chunks(looked_at.issues, _AT_ONCE):
        with store.reading() as reader:
            found = kept_issues.issues(reader, facts.site_id, [each.issue_id for each in some])
            epics = _epics(reader, facts.site_id, found.values(), looked_at.fields)
        for name in some:
            issue = found[name.issue_id]
            if issue.is_damaged:
                damaged.append(name.issue_key)
            elif issue.document is None:
                bare.append(name.issue_key)
            for difference in _compared(issue, name, looked_at, epics):
                torn[difference.table].append((name, difference))
    yield from (_torn(table, cases) for table, cases in torn.items())
    yield from _unread(damaged, "the stored document of", "is damaged")
    yield from _unread(bare, "the store has no document of", "")
    yield from _left_out(looked_at)


def _epics(
    reader: Reader, site_id: int, issues: Iterable[KeptIssue], fields: IssueFields
) -> Mapping[str, int]:
    keys = {
        key
        for issue in issues
        if issue.document is not None and (key := intervals.epic_of(issue.document, fields.known))
    }
    return stored.issue_ids(reader, site_id, sorted(keys)) if keys else {}


def _compared(
    issue: KeptIssue, name: IssueName, looked_at: Suspects, epics: Mapping[str, int]
) -> Iterable[Difference]:
    if issue.document is None or issue.is_damaged:
        return ()
    fields = looked_at.fields
    built = intervals.timeline_of(issue.document, issue.histories, fields, epics)
    if built is None:  # a sync could not read it either, and said so
        return ()
    compared = (
        intervals.all_fields(fields) if name.project_key in looked_at.settled else intervals.system_fields()
    )
    epic = intervals.epic_of(issue.document, fields.known)
    if epic is not None and epic not in epics:  # it has got another key, or is not in the store
        compared -= {"parent"}
    return intervals.differences(built, issue.intervals, compared)


def _torn(table: str, cases: Sequence[tuple[IssueName, Difference]]) -> Finding:
    wrong = sum(difference.wrong for _, difference in cases)
    lacking = sum(difference.lacking for _, difference in cases)
    parts = (
        f"{counted(wrong, 'row is', 'rows are')} wrong",
        f"{counted(lacking, 'row is', 'rows are')} missing",
    )
    told = [part for part, number in zip(parts, (wrong, lacking), strict=True) if number]
    return Finding(
        check=Check.STORE,
        severity=Severity.ERROR,
        subject=table,
        what=f"the table {table} tells another history of {_listed([name.issue_key for name, _ in cases])} "
        f"than Jira does: {' and '.join(told)}",
        fix=_REBUILD,
    )


def _unread(keys: Sequence[str], begin: str, end: str) -> Iterator[Finding]:
    if keys:
        yield Finding(
            check=Check.STORE,
            severity=Severity.ERROR,
            subject="raw_document",
            what=f"{begin} {_listed(keys)} {end}".strip(),
            fix=_REREAD,
        )


def _listed(keys: Sequence[str]) -> str:
    shown = ", ".join(keys[:_NAMED])
    more = len(keys) - _NAMED
    return f"{shown} and {counted(more, 'more issue')}" if more > 0 else shown


def _left_out(looked_at: Suspects) -> Iterator[LeftOut]:
    if {each.project_key for each in looked_at.issues} - looked_at.settled:
        reason = "custom fields: others are asked for since the last complete sync"
        yield LeftOut(check=Check.STORE, reason=reason)
