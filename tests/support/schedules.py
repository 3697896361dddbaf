"""Schedules of misfortune: which faults, killings, cuts and edits befall a sync, drawn from a seed."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from zlib import crc32

from pmreport.demo.dialect import CLOUD, DATACENTER
from pmreport.demo.dice import mixed_bits
from pmreport.demo.faults import KINDS, Fault, Schedule

STALL_SECONDS = 0.6  # longer than the impatient client waits
_PATHS = ("", "", "/search", "/changelog", "/board", "/sprint", "/worklog", "/issue", "/version", "/field")
_SCOPES = (("SHOP", "APP", "OPS"), ("SHOP", "APP"), ("OPS", "SHOP"), ("SHOP",), ("APP",), ("APP",), ("OPS",))
_MOMENTS = ("/search", "/search", "/bulkfetch", "/worklog", "/sprint", "/deleted")
_KINDS = sorted(KINDS)
_ALL_BITS = 1 << 64

Moment = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """When the process is gone: at a word of progress, at a wait between two tries, or at a statement."""

    at: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One sync and what befalls it.

    `edits` happen before it, `meanwhile` at the given requests: the end of a path, and its first, second, ...
    time. `cut` is the request at which the line breaks, and after how many waits it is mended.
    """

    edits: int
    page_size: int
    connections: int
    full: bool = False
    faults: tuple[Fault, ...] = ()
    kill: Kill | None = None
    cut: tuple[Moment, int] | None = None
    meanwhile: tuple[Moment, ...] = ()

    @property
    def stalls(self) -> bool:
        """Whether answers may never quite arrive, so that the client must not wait for long."""
        return any(fault.kind == "stalled" for fault in self.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A small site and the runs that try to read it. `shipped`: with the store opened anew for each batch."""

    seed: int
    product: str
    projects: tuple[str, ...]
    shipped: bool
    runs: tuple[Run, ...]


def plan(seed: int) -> Plan:
    """The schedule of a seed: the same one for ever."""
    dice = random.Random(seed)  # noqa: S311 - a story, no secret
    shipped = seed % 50 == 0
    return Plan(
        seed=seed,
        product=(CLOUD.name, DATACENTER.name)[seed % 2],
        projects=dice.choice(_SCOPES),
        shipped=shipped,
        runs=tuple(_run(dice, seed + n, shipped=shipped) for n in range(dice.choice((1, 1, 1, 1, 2, 3)))),
    )


def _run(dice: random.Random, number: int, *, shipped: bool) -> Run:
    misfortune = dice.choice(("faults", "faults", "faults", "kill", "both", "cut"))
    kinds = [_KINDS[number % len(_KINDS)], *dice.sample(_KINDS, dice.randint(0, 3))]  # each in its turn
    return Run(
        edits=dice.choice((0, 1, 3, 5, 12)),
        page_size=dice.choice((1, 2, 3, 5, 10, 50)),
        connections=dice.randint(1, 4),
        full=dice.random() < 0.1,
        faults=tuple(_fault(dice, kind) for kind in kinds) if misfortune in {"faults", "both"} else (),
        kill=_kill(dice, shipped=shipped) if misfortune in {"kill", "both"} else None,
        cut=(_moment(dice), dice.randint(1, 5)) if misfortune == "cut" else None,
        meanwhile=tuple(_moment(dice) for _ in range(dice.choice((0, 0, 1, 2)))),
    )


def _moment(dice: random.Random) -> Moment:
    return dice.choice(_MOMENTS), dice.randint(1, 4)


def _fault(dice: random.Random, kind: str) -> Fault:
    if kind == "stalled":  # the only one that takes real time
        return Fault(kind=kind, rate=0.05, times=1, seed=dice.randrange(1000), seconds=STALL_SECONDS)
    return Fault(
        kind=kind,
        rate=dice.choice((0.03, 0.1, 0.3, 1.0)),
        seed=dice.randrange(1000),
        times=dice.choice((None, 1, 2, 3)),
        path=dice.choice(_PATHS) if KINDS[kind]("/anywhere") else "",
    )


def _kill(dice: random.Random, *, shipped: bool) -> Kill:
    at = dice.choice(("progress", "wait") if shipped else ("statement", "statement", "progress", "wait"))
    most = {"statement": 200, "progress": 9, "wait": 3}[at]
    return Kill(at=at, count=dice.randint(0, most))


@dataclass(slots=True)
class SteadyFaults(Schedule):
    """Faults that fall alike whatever the order in which parallel requests arrive: by path and turn.

    `acts` are what happens at a request, once.
    """

    acts: dict[Moment, Callable[[], None]] = field(default_factory=dict)
    _turns: Counter[str] = field(default_factory=Counter)
    _hits: Counter[tuple[int, str]] = field(default_factory=Counter)

    def next(self, path: str) -> Fault | None:
        """The fault that strikes this request; the first of the schedule wins."""
        turn, self._turns[path] = self._turns[path], self._turns[path] + 1
        for moment in [each for each in self.acts if each[1] == turn + 1]:
            if path.removesuffix("/jql").endswith(moment[0]):
                self.acts.pop(moment)()
        for number, fault in enumerate(self.faults):
            if fault.applies(path) and self._strikes(number, fault, path, turn):
                self._hits[number, path] += 1
                self.struck[fault.kind] += 1
                return fault
        return None

    def _strikes(self, number: int, fault: Fault, path: str, turn: int) -> bool:
        if fault.times is not None and self._hits[number, path] >= fault.times:
            return False
        bits = mixed_bits(fault.seed + 1000 * number, crc32(path.encode()) + turn)
        return bits < fault.rate * _ALL_BITS
