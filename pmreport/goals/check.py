"""One clause of a rule, ready for one site: which field it asks about, and what it asks."""

from dataclasses import dataclass

from pmreport.goals.context import JqlField, SprintState


@dataclass(frozen=True, slots=True)
class Among:
    """One of the values is wanted."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A value lies before or behind the wanted one: `operator` is one of `< <= > >=`."""

    operator: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in lower case. `open_end`: the last may go on, as in `check*`."""

    words: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Every phrase stands in one text."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class During:
    """When something has to have happened, [from_ms, until_ms), and by whom; `people` None is anybody."""

    from_ms: int
    until_ms: int
    people: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """One of the wanted values was there at some time; with `or_empty` also: there was none at some time."""

    during: During
    or_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The value was changed: from one of `before`, to one of `after`; None is any, an empty text no value."""

    during: During
    before: tuple[str, ...] | None = None
    after: tuple[str, ...] | None = None


Asked = Among | Bound | Search | Was | Change
AMONG = Among()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One clause about one field.

    With `Among`, it holds where one of the field's values is among `wanted` (ids; numbers, moments and days
    as text; an issue's key or id), where the field is a sprint in one of `sprint_states`, or where it has no
    value and `or_empty` is set. The other things that can be `asked` say for themselves when they hold.
    `negated`: holds where the field has a value and none of them is wanted: JQL's `!=` never matches EMPTY.
    Of the past: where it was never so. `number` tells the clauses of a rule apart, from 0; `text` is the
    clause as it was written.
    """

    number: int
    field: JqlField
    wanted: tuple[str, ...] = ()
    or_empty: bool = False
    sprint_states: tuple[SprintState, ...] = ()
    negated: bool = False
    asked: Asked = AMONG
    text: str

    @property
    def names_values(self) -> bool:
        """Whether anything but EMPTY is asked for."""
        return bool(self.wanted) or bool(self.sprint_states) or self.asked is not AMONG

    @property
    def of_the_past(self) -> bool:
        """Whether it asks what has ever been, which only more history can change."""
        return isinstance(self.asked, Was | Change)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Node", ...]


Node = Check | AllOf | AnyOf
