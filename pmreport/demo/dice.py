"""Chance that comes out the same each time it is asked with the same words."""

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
_MASK = (1 << 64) - 1


class Dice:
    """A row of throws that the seed and a name decide."""

    def __init__(self, seed: int, name: str) -> None:
        self._random = random.Random(f"{seed}/{name}")  # noqa: S311 - a story, not a secret

    def chance(self, share: float) -> bool:
        """True in that share of throws."""
        return self._random.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return int(low + self._random.random() * (high - low + 1))

    def spread(self, low: float, high: float) -> float:
        """A number between the two."""
        return low + self._random.random() * (high - low)

    def bell(self, middle: float, width: float) -> float:
        """A normally distributed number."""
        return self._random.gauss(middle, width)

    def one(self, things: Sequence[Thing]) -> Thing:
        """One of the things."""
        return things[int(self._random.random() * len(things))]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """The same things in another order."""
        mixed = list(things)
        self._random.shuffle(mixed)
        return mixed


def mixed_bits(seed: int, number: int) -> int:
    """64 bits that look random, from a seed and a number (splitmix64): cheap enough for 100 000 issues."""
    value = (seed * 0x9E3779B97F4A7C15 + number * 0xBF58476D1CE4E5B9 + 0x94D049BB133111EB) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)
