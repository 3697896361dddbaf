"""The sum of so many draws from a few counts, each as likely as the others: exactly, in whole numbers.

With n counts there are n^k equally likely ways to draw k of them, one after the other. A probability is a
number of ways over n^k, so there is no seed, no rounding and no noise: the same question has the same answer
everywhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

_BITS_A_BYTE = 8
_FIRST_DRAWS = 32  # room for so many draws to begin with; it doubles when they are used up


def ways_by_sum(counts: Sequence[int], draws: int) -> tuple[int, ...]:
    """In how many ways `draws` draws add up to 0, 1, 2, ...; together they are len(counts) ** draws.

    Raises ValueError without counts, for a count below zero, and for fewer than no draws.
    """
    _check(counts)
    if draws < 0:
        raise ValueError(f"{draws} draws cannot be made")
    weights, width = Counter(counts), _width(len(counts), draws)
    packed = 1
    for _ in range(draws):
        packed = _drawn(packed, weights, width)
    return tuple(_unpacked(packed, max(weights) * draws + 1, width))


def chances_to_reach(counts: Sequence[int], low: int, high: int) -> Iterator[Fraction]:
    """The probability that 1, 2, 3, ... draws add up to a total that is anything from `low` to `high`.

    Every total of the range is as likely as the others; a single one is asked for with `low` == `high`. The
    iterator never ends: where all counts are 0 it gives 0 for ever. One step costs time in proportion to
    `high` and holds one number of `high` times the bits of n^k: 10 kB for a hundred items, 1 MB for ten
    thousand. Raises ValueError for counts that `ways_by_sum` refuses, and unless 1 <= low <= high.
    """
    _check(counts)
    if not 1 <= low <= high:
        raise ValueError(f"from {low} to {high} is no range of totals")
    return _chances(Counter(counts), len(counts), low, high)


def _chances(weights: Counter[int], n: int, low: int, high: int) -> Iterator[Fraction]:
    """Only the ways that stay below `high` are kept; what is shifted beyond has reached every total."""
    draws, room, size = 0, _FIRST_DRAWS, high - low + 1
    width = _width(n, room)
    packed = below = outcomes = 1
    while True:
        if draws == room:
            room *= 2
            packed, width = _repacked(packed, high, width, _width(n, room)), _width(n, room)
        bits = width * _BITS_A_BYTE
        packed = _drawn(packed, weights, width)
        kept = high * bits
        below = below * n - sum(_unpacked(packed >> kept, max(weights), width))
        packed &= (1 << kept) - 1
        draws, outcomes = draws + 1, outcomes * n
        undecided = _unpacked(packed >> low * bits, high - low, width)
        missed = size * below - sum(place * ways for place, ways in enumerate(undecided, start=1))
        yield Fraction(size * outcomes - missed, size * outcomes)


def _drawn(packed: int, weights: Mapping[int, int], width: int) -> int:
    """The ways after one draw more, by sum; they lie side by side in one long number, each in `width` bytes.

    A few shifts and additions of long numbers in C: a thousand times faster than a loop over the sums.
    """
    return sum(weight * packed << count * width * _BITS_A_BYTE for count, weight in weights.items())


def _width(n: int, draws: int) -> int:
    """Bytes that hold the number of all ways."""
    return int(n**draws).bit_length() // _BITS_A_BYTE + 1


def _unpacked(packed: int, numbers: int, width: int) -> list[int]:
    data = packed.to_bytes(numbers * width, "little")
    return [int.from_bytes(data[at : at + width], "little") for at in range(0, len(data), width)]


def _repacked(packed: int, numbers: int, width: int, wider: int) -> int:
    data = b"".join(each.to_bytes(wider, "little") for each in _unpacked(packed, numbers, width))
    return int.from_bytes(data, "little")


def _check(counts: Sequence[int]) -> None:
    if not counts or min(counts) < 0:
        raise ValueError("draws need at least one count, and none below zero")
