"""The findings of all checks: what the store says, what needs no table, and what nobody can know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pmreport.metrics.definitions.check import Check
from pmreport.metrics.definitions.quality import CHECKS
from pmreport.metrics.quality.finding import Finding
from pmreport.metrics.quality.looks import Look
from pmreport.metrics.quality.rows import FoundRow
from pmreport.model.journal_kinds import QualityException

NO_RATES = "no file of rates is configured: [money] rates"
NO_SYNC = "no sync had looked by then"
_NEVER = {
    "B3": "whether a board shows an issue is decided by its filter in Jira, which is not evaluated here",
    "W5": "the hours that could be worked are told by initiative: see `pmreport show budget`",
}


def findings(
    rows: Iterable[FoundRow],
    looks: Iterable[Look],
    accepted: Iterable[QualityException],
    *,
    unknown: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """A finding for every check, in their order: none is silent.

    `accepted` are the findings that hold today; they are told apart and not counted. `unknown` are checks
    that cannot be made now, with the reason.
    """
    reasons = _NEVER | dict(unknown or {})
    said: defaultdict[str, dict[str, QualityException]] = defaultdict(dict)
    for each in accepted:
        said[each.check][each.key] = each
    by_check: defaultdict[str, list[FoundRow]] = defaultdict(list)
    for row in rows:
        by_check[row.check_id].append(row)
    seen = {look.check_id: look for look in looks}
    return tuple(
        _finding(
            check, by_check[check.code], seen.get(check.code), said[check.code], reasons.get(check.code, "")
        )
        for check in CHECKS
    )


def _finding(
    check: Check,
    rows: list[FoundRow],
    look: Look | None,
    said: Mapping[str, QualityException],
    reason: str,
) -> Finding:
    if reason:
        return Finding(check=check, unknown=reason)
    if look is not None:
        odd = tuple(subject for subject in look.subjects if subject not in said)
        return Finding(
            check=check,
            population=look.population,
            count=len(odd) + look.unnamed,
            subjects=odd,
            accepted=tuple(said[subject] for subject in look.subjects if subject in said),
        )
    standing = [row for row in rows if not row.is_accepted]
    taken = [row.subject for row in rows if row.is_accepted and row.subject is not None]
    return Finding(
        check=check,
        population=rows[0].population if rows else 0,
        count=standing[0].found if standing else 0,
        subjects=tuple(row.subject for row in standing if row.subject is not None),
        accepted=tuple(said[subject] for subject in taken if subject in said),
    )
