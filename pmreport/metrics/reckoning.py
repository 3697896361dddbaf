"""A number that was worked out, or the reason why it could not be."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reckoning:
    """An exact number; `number` None: it cannot be said, and `reason` says why in words for a reader."""

    number: Decimal | None
    reason: str = ""


def known(number: Decimal | int) -> Reckoning:
    """A number that is simply there."""
    return Reckoning(Decimal(number))


def unknown(reason: str) -> Reckoning:
    """No number, and why."""
    return Reckoning(None, reason)


def reckon(compute: Callable[..., Decimal | str], *inputs: Reckoning) -> Reckoning:
    """What `compute` makes of the numbers; text from it is the reason why there is none.

    Where an input is missing its own reason is handed on, the first one first.
    """
    numbers = [each.number for each in inputs if each.number is not None]
    if len(numbers) < len(inputs):
        return unknown(next(each.reason for each in inputs if each.number is None))
    result = compute(*numbers)
    return unknown(result) if isinstance(result, str) else known(result)
