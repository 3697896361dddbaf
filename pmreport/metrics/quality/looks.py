"""Checks that need no table: sprints beside each other, the calendar, and what the sync found odd."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from pmreport.metrics.quality.rows import PERIOD, SiteRow, SprintRow
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms
from pmreport.model.problem import Problem, ProblemKind

_DAY_MS = 86_400_000
_MINUTE_MS = 60_000
_SHORTEST, _LONGEST, _OFF = 3, 45, 3  # days
_DAY = timedelta(days=1)
_KINDS: Mapping[str, tuple[ProblemKind, ...]] = {
    "H1": (ProblemKind.HISTORY_MISMATCH,),
    "H2": (ProblemKind.UNKNOWN_FIELD,),
    "P2": (ProblemKind.TOTAL_MISMATCH, ProblemKind.CENSUS_STOPPED),
}
SEEN_BY_SYNC = tuple(_KINDS)


@dataclass(frozen=True, slots=True)
class Look:
    """How many one check looked at, and which of them are odd; `unnamed` more may not be named."""

    check_id: str
    population: int
    subjects: tuple[str, ...]
    unnamed: int = 0


def of_sprints(sprints: Iterable[SprintRow], as_of: datetime) -> Iterator[Look]:
    """S1, S3, S4, S5, S6 and S8: sprints by their names, with their numbers where two have one name."""
    held = tuple(sprints)
    closed = [sprint for sprint in held if sprint.close_ms is not None]
    yield _look("S1", held, (sprint for sprint in held if not sprint.goal.strip()))
    planned = (sprint for sprint in held if not sprint.is_clicked and sprint.start_ms % _MINUTE_MS == 0)
    yield _look("S3", held, planned)
    yield _look("S4", held, (sprint for sprint in held if _is_odd_length(sprint, to_ms(as_of))))
    yield _look("S5", closed, (sprint for sprint in closed if sprint.closings > 1))
    yield _look("S6", held, _overlapping(held, to_ms(as_of)))
    yield _look("S8", closed, (sprint for sprint in closed if _is_off(sprint)))


def of_problems(problems: Iterable[Problem], site: SiteRow, hidden: Collection[str]) -> Iterator[Look]:
    """H1, H2 and P2: what the sync found odd in what Jira said, but of issues that are `hidden`."""
    subjects: defaultdict[ProblemKind, dict[str, None]] = defaultdict(dict)
    for problem in problems:
        if problem.subject not in hidden:
            subjects[problem.kind].setdefault(problem.subject)
    populations = {"H1": site.known - site.gone, "H2": site.fields, "P2": site.projects}
    for check_id, kinds in _KINDS.items():
        found = dict.fromkeys(subject for kind in kinds for subject in subjects[kind])
        yield Look(check_id, max(populations[check_id], len(found)), tuple(found))


def of_site(site: SiteRow) -> Look:
    """P3: what went out of sight, unnamed."""
    return Look("P3", site.known, (), unnamed=site.gone)


def of_calendar(calendar: WorkCalendar, as_of: datetime, profile_zone: str) -> Iterator[Look]:
    """T1, T2 and T4: the zone of the profile, days of another length, and a year without holidays."""
    today = calendar.local_day(as_of)
    days = [today - n * _DAY for n in range(PERIOD // _DAY)]
    spans = {day: calendar.day_span(day) for day in days}
    odd = tuple(day.isoformat() for day, (start, end) in spans.items() if end - start != _DAY)
    has_holidays = any(day.year == today.year for day in calendar.holidays)
    yield Look("T1", 1, () if profile_zone == calendar.zone else (profile_zone,))
    yield Look("T2", len(days), odd)
    yield Look("T4", 1, () if has_holidays else (str(today.year),))


def _look(check_id: str, held: Iterable[SprintRow], odd: Iterable[SprintRow]) -> Look:
    sprints = tuple(held)
    names = [sprint.sprint_name for sprint in sprints]
    found = {
        sprint.sprint_name
        if names.count(sprint.sprint_name) == 1
        else f"{sprint.sprint_name} ({sprint.sprint_id})": None
        for sprint in odd
    }
    return Look(check_id, len(sprints), tuple(found))


def _is_odd_length(sprint: SprintRow, now_ms: int) -> bool:
    """A sprint that still runs may not be too short yet."""
    lasted = (sprint.close_ms if sprint.close_ms is not None else now_ms) - sprint.start_ms
    is_short = sprint.close_ms is not None and lasted < _SHORTEST * _DAY_MS
    return is_short or lasted > _LONGEST * _DAY_MS


def _is_off(sprint: SprintRow) -> bool:
    if sprint.planned_ms is None or sprint.close_ms is None:
        return False
    return abs(sprint.close_ms - sprint.planned_ms) > _OFF * _DAY_MS


def _overlapping(sprints: Iterable[SprintRow], now_ms: int) -> Iterator[SprintRow]:
    """A day is allowed: the next sprint is often started before the last one is closed."""
    boards: defaultdict[int, list[SprintRow]] = defaultdict(list)
    for sprint in sprints:
        boards[sprint.board_id].append(sprint)
    for held in boards.values():
        for one, other in combinations(held, 2):
            ends = min(each.close_ms if each.close_ms is not None else now_ms for each in (one, other))
            if ends - max(one.start_ms, other.start_ms) > _DAY_MS:
                yield from (one, other)
