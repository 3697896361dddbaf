"""What a run of the rules would change: pieces of evidence that come, go, or say something else."""

from collections.abc import Iterable
from dataclasses import dataclass

from pmreport.goals.evidence import Evidence, key_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A piece that stays and says something else: another clause, moment, strength or side."""

    before: Evidence
    after: Evidence

    @property
    def what(self) -> tuple[str, ...]:
        """What differs, in words."""
        return tuple(
            word for word, name in _COMPARED if getattr(self.before, name) != getattr(self.after, name)
        )


_COMPARED = (("clause", "clause"), ("moment", "since"), ("strength", "strength"), ("side", "polarity"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """By goal, rule and item."""

    added: tuple[Evidence, ...]
    gone: tuple[Evidence, ...]
    changed: tuple[Changed, ...]


def difference(old: Iterable[Evidence], new: Iterable[Evidence]) -> Difference:
    """What came, went and changed between two runs, among what the rules find: a judgement is no change."""
    before = {key_of(piece): piece for piece in old if piece.matches}
    after = {key_of(piece): piece for piece in new if piece.matches}
    both = (Changed(before[key], after[key]) for key in sorted(before.keys() & after.keys()))
    return Difference(
        added=tuple(after[key] for key in sorted(after.keys() - before.keys())),
        gone=tuple(before[key] for key in sorted(before.keys() - after.keys())),
        changed=tuple(one for one in both if one.what),
    )
