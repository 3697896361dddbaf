"""The critical path of a plan: what must come first, what may slip by how much, and what costs a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A piece of work: how long it takes, and the ids of what has to be finished before it starts."""

    id: str
    duration: Decimal
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """An activity in time, counted from the start of the plan (0).

    It may start from `earliest_start` on and must not start after `latest_start`; the difference is its
    `total_float`. `free_float` is what it may slip without moving anything else.
    """

    id: str
    duration: Decimal
    earliest_start: Decimal
    earliest_finish: Decimal
    latest_start: Decimal
    latest_finish: Decimal
    free_float: Decimal

    @property
    def total_float(self) -> Decimal:
        """What it may slip without moving the end."""
        return self.latest_start - self.earliest_start

    @property
    def is_critical(self) -> bool:
        """A day later here is a day later at the end."""
        return self.total_float == ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A plan: `activities` in an order that can be worked, and one longest chain as `critical_path`.

    `cycles` are the groups of activities that would have to wait for themselves, ids in the order given; the
    links inside a group are left out. `unknown` counts links to what is not in the plan, which are left out.
    """

    duration: Decimal
    activities: tuple[Scheduled, ...]
    critical_path: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pert:
    """The expected duration of three guesses, and its standard deviation."""

    mean: Decimal
    deviation: Decimal


def pert(optimistic: Decimal, likely: Decimal, pessimistic: Decimal) -> Pert:
    """(O + 4M + P) / 6 and (P - O) / 6. Raises ValueError unless 0 <= O <= M <= P."""
    if not ZERO <= optimistic <= likely <= pessimistic:
        raise ValueError(f"{optimistic}, {likely}, {pessimistic} do not rise from 0 on")
    return Pert(mean=(optimistic + 4 * likely + pessimistic) / 6, deviation=(pessimistic - optimistic) / 6)


def network(activities: Iterable[Activity]) -> Network:
    """plan-duration: the plan by the critical path method, finish to start, as early as possible.

    Raises ValueError for an id that occurs twice, or a duration below 0.
    Source: Kelley and Walker, Critical-path planning and scheduling, 1959.
    """
    by_id = _by_id(activities)
    known = {
        one.id: tuple(dict.fromkeys(each for each in one.after if each in by_id)) for one in by_id.values()
    }
    unknown = sum(len(set(one.after)) for one in by_id.values()) - sum(map(len, known.values()))
    group_of, cycles = _cycles(known)
    before = {
        id_: tuple(each for each in after if group_of[each] != group_of[id_]) for id_, after in known.items()
    }
    told = _scheduled(by_id, before)
    return Network(
        duration=max((one.earliest_finish for one in told), default=ZERO),
        activities=told,
        critical_path=_longest(told, before),
        cycles=cycles,
        unknown=unknown,
    )


def _scheduled(by_id: Mapping[str, Activity], before: Mapping[str, tuple[str, ...]]) -> tuple[Scheduled, ...]:
    """Each activity as early and as late as it can be; none stands before what it waits for."""
    order = _order(before)
    after = _reversed(before)
    starts: dict[str, Decimal] = {}
    finishes: dict[str, Decimal] = {}
    for id_ in order:
        starts[id_] = max((finishes[each] for each in before[id_]), default=ZERO)
        finishes[id_] = starts[id_] + by_id[id_].duration
    end = max(finishes.values(), default=ZERO)
    latest: dict[str, Decimal] = {}
    for id_ in reversed(order):
        latest[id_] = min((latest[each] - by_id[each].duration for each in after[id_]), default=end)
    return tuple(
        Scheduled(
            id=id_,
            duration=by_id[id_].duration,
            earliest_start=starts[id_],
            earliest_finish=finishes[id_],
            latest_start=latest[id_] - by_id[id_].duration,
            latest_finish=latest[id_],
            free_float=min((starts[each] for each in after[id_]), default=end) - finishes[id_],
        )
        for id_ in order
    )


def _by_id(activities: Iterable[Activity]) -> dict[str, Activity]:
    by_id: dict[str, Activity] = {}
    for one in activities:
        if one.id in by_id:
            raise ValueError(f"{one.id} occurs twice")
        if not one.duration >= ZERO:
            raise ValueError(f"{one.id} takes {one.duration}")
        by_id[one.id] = one
    return by_id


def _cycles(before: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], tuple[tuple[str, ...], ...]]:
    """The group of each id, ids that wait for each other sharing one, and the groups that are circles.

    Source: Tarjan, Depth-first search and linear graph algorithms, 1972; with a stack of its own, since a
    chain may be longer than Python can call.
    """
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    group_of: dict[str, int] = {}
    waiting: list[str] = []
    groups: list[list[str]] = []
    for root in before:
        if root in index:
            continue
        path = [(root, iter(before[root]))]
        index[root] = lowest[root] = len(index)
        waiting.append(root)
        while path:
            id_, ahead = path[-1]
            following = next(ahead, None)
            if following is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[id_])
                if lowest[id_] == index[id_]:
                    at = waiting.index(id_)
                    group_of |= dict.fromkeys(waiting[at:], len(groups))
                    groups.append(waiting[at:])
                    del waiting[at:]
            elif following not in index:
                index[following] = lowest[following] = len(index)
                waiting.append(following)
                path.append((following, iter(before[following])))
            elif following not in group_of:
                lowest[id_] = min(lowest[id_], index[following])
    place = {id_: at for at, id_ in enumerate(before)}
    circles = (
        tuple(sorted(group, key=place.__getitem__))
        for group in groups
        if len(group) > 1 or group[0] in before[group[0]]
    )
    return group_of, tuple(sorted(circles, key=lambda circle: place[circle[0]]))


def _order(before: Mapping[str, Sequence[str]]) -> list[str]:
    """An order in which everything comes after what it waits for; otherwise as given."""
    left = {id_: len(each) for id_, each in before.items()}
    after = _reversed(before)
    order = [id_ for id_, count in left.items() if count == 0]
    for id_ in order:
        for each in after[id_]:
            left[each] -= 1
            if left[each] == 0:
                order.append(each)
    return order


def _reversed(before: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = {id_: [] for id_ in before}
    for id_, each in before.items():
        for one in each:
            after[one].append(id_)
    return after


def _longest(told: Sequence[Scheduled], before: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """One chain without float from the start to the end; the first as given where there are several."""
    by_id = {one.id: one for one in told}
    last = max(told, key=lambda one: one.earliest_finish, default=None)
    path: list[str] = []
    while last is not None:
        path.append(last.id)
        starts = last.earliest_start
        earlier = (by_id[each] for each in before[last.id])
        last = next((one for one in earlier if one.earliest_finish == starts), None)
    return tuple(reversed(path))
