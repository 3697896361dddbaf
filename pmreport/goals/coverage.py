"""How much of the work the rules speak about, and which rules say nothing that another does not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from pmreport.goals.evidence import Evidence

FEWEST_TOGETHER = 2  # that two rules found the same single item says nothing about the rules

RuleId = tuple[str, str]
"""Goal and rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Two rules that found the same items, all `items` of them: one of the two is enough."""

    first: RuleId
    second: RuleId
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the work the rules speak about.

    `items` and `tagged` count items; `untagged_share` is None when there are no items. `found` says of every
    rule, in its order, how many items it found. `silent` rules found nothing and `greedy` ones found every
    item: both say nothing about anything.
    """

    items: int
    tagged: int
    found: tuple[tuple[RuleId, int], ...]
    together: tuple[Together, ...]

    @property
    def untagged_share(self) -> float | None:
        """The share of the items that no rule speaks about, 0 to 1; None without items."""
        return None if self.items == 0 else 1 - self.tagged / self.items

    @property
    def silent(self) -> tuple[RuleId, ...]:
        """The rules that found nothing."""
        return tuple(rule for rule, count in self.found if count == 0)

    @property
    def greedy(self) -> tuple[RuleId, ...]:
        """The rules that found every item."""
        return tuple(rule for rule, count in self.found if count == self.items > 0)


def coverage(evidence: Iterable[Evidence], rules: Sequence[RuleId], items: int) -> Coverage:
    """What the rules found among `items` items; what a person made of it is of no matter here."""
    found: dict[RuleId, set[int]] = {rule: set() for rule in rules}
    for piece in evidence:
        if piece.matches:
            found.setdefault((piece.goal_id, piece.rule_id), set()).add(piece.issue_id)
    return Coverage(
        items=items,
        tagged=len(set[int]().union(*found.values())),
        found=tuple((rule, len(ids)) for rule, ids in found.items()),
        together=tuple(
            Together(first=one, second=other, items=len(found[one]))
            for one, other in combinations(found, 2)
            if len(found[one]) >= FEWEST_TOGETHER and found[one] == found[other]
        ),
    )
