"""Bars of text, for tables that show how numbers lie beside each other."""

from collections.abc import Sequence

_FULL = "█"
_PARTS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_WIDTH = 20


def bars(numbers: Sequence[int], *, width: int = _WIDTH) -> tuple[str, ...]:
    """A bar for each number, the largest `width` signs long; nothing for 0, at least a sliver above it."""
    most = max(numbers, default=0)
    if most <= 0:
        return tuple("" for _ in numbers)
    return tuple(_bar(max(number, 0) * width * len(_PARTS) // most, is_some=number > 0) for number in numbers)


def _bar(eighths: int, *, is_some: bool) -> str:
    whole, part = divmod(max(eighths, int(is_some)), len(_PARTS))
    return _FULL * whole + _PARTS[part]
