"""What is measured for a goal: where the number comes from, where it should lie, and what guards it."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where an indicator's number comes from."""

    NUMBER = "number"  # one of the numbers of the catalogue of metrics
    EVIDENCE = "evidence"  # the items that rules of the goal found
    JOURNAL = "journal"  # what the person wrote into their own journal


class Aim(StrEnum):
    """On which side of its target an indicator should come to lie."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Where one number of a goal comes from. `id` is the catalogue id of a metric, or a name of its own.

    Shares are fractions of 1 here, whatever they are shown as; `is_share`: so much of n observations is a
    success. `pick` chooses among the values of one metric by the end of their id; where several are left
    (one an initiative), the one furthest from the target speaks. Of evidence, `hits` and `misses` are rules:
    the number is the share of the items that a hit found and no miss. Of the journal, it is how many entries
    of the `kinds` the last `days` days hold; with `goal_only` those logged under this goal, with
    `by_subject` how many different things they are about.
    """

    id: str
    source: Source = Source.NUMBER
    unit: str = ""
    is_share: bool = False
    pick: str = ""
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    days: int = 0
    goal_only: bool = False
    by_subject: bool = False

    @property
    def key(self) -> str:
        """What tells two bindings of one goal apart: two values of one metric have the same id."""
        return self.pick or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The counter-measure: what must not get worse than `limit` while the goal is pursued."""

    binding: Binding
    name: str
    aim: Aim
    limit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One measure of a goal. At `floor` it scores 0, at `target` 100; None: no score can be told.

    `is_context`: a number of the whole team, shown beside the goal and never scored as a person's.
    """

    binding: Binding
    name: str
    aim: Aim = Aim.AT_LEAST
    target: float | None = None
    floor: float | None = None
    guard: Guard | None = None
    is_context: bool = False
