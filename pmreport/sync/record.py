"""What a run leaves about itself: how it went, and what was odd in the data it read."""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.query import Query

SHOWN_OF_A_KIND = 1000  # so that a site of a million issues does not fill the row

_ISSUE_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")


class RunDetail(NamedTuple):
    """What a run said about the data."""

    detail: str | None


def detail_query(site_id: int, when: datetime | None = None) -> Query[RunDetail]:
    """What the newest run said that came to an end, whole or not; of those that had begun by `when`."""
    text = (
        "SELECT r.detail AS detail FROM sync_run r WHERE r.site_id = $site_id AND r.finished_ms IS NOT NULL"
        " AND r.started_ms <= $when_ms ORDER BY r.started_ms DESC, r.finished_ms DESC, r.run_id LIMIT 1"
    )
    when_ms = OPEN_END_MS if when is None else to_ms(when)
    return Query(text, RunDetail, {"site_id": site_id, "when_ms": when_ms})


def as_detail(problems: Sequence[Problem]) -> str | None:
    """Problems as they are stored: so many of each kind with their subject, and how many more there are."""
    by_kind: dict[ProblemKind, dict[Problem, None]] = {}
    for problem in problems:
        by_kind.setdefault(problem.kind, {}).setdefault(problem)
    shown = [each for kind in by_kind.values() for each in list(kind)[:SHOWN_OF_A_KIND]]
    more = {kind: len(each) - SHOWN_OF_A_KIND for kind, each in by_kind.items()}
    if not shown:
        return None
    listed = [[each.kind, each.subject, each.detail] for each in shown]
    return json.dumps({"problems": listed, "more": {kind: n for kind, n in more.items() if n > 0}})


def problems_from_rows(rows: Iterable[RunDetail]) -> tuple[Problem, ...]:
    """The problems of a run, those with a subject; what cannot be read is left out."""
    return tuple(problem for row in rows for problem in _read(row.detail))


def _read(detail: str | None) -> Iterable[Problem]:
    try:
        found = json.loads(detail or "{}")
        listed = [(ProblemKind(kind), str(subject), str(more)) for kind, subject, more in found["problems"]]
    except (ValueError, KeyError, TypeError):
        return ()
    return [Problem(*each) for each in listed]


def carried(before: Iterable[Problem], read_again: Collection[str]) -> list[Problem]:
    """The problems of issues that were not read this time: nobody has seen them solved.

    What is odd about boards and fields is looked at by every run, so it is not carried on.
    """
    return [each for each in before if names_issue(each) and each.subject not in read_again]


def names_issue(problem: Problem) -> bool:
    """Whether a problem was found on an issue, whose key is its subject then."""
    return _ISSUE_KEY.fullmatch(problem.subject) is not None
