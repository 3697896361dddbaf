"""When so many items will be finished, and how many in so many weeks: exact chances from past weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice

from pmreport.stats.convolution import chances_to_reach, ways_by_sum

PERCENTS = (50, 70, 85, 95)
FEWEST_WEEKS = 7
LONGEST_WEEKS = 520  # ten years: what lies beyond is no forecast
MOST_ITEMS = 20_000  # beyond, the exact reckoning takes longer than anybody waits


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """`weeks`: the fewest that finish the items with at least `percent` per cent; `chance` is exact."""

    percent: int
    weeks: int
    chance: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMany:
    """`items`: the most that are finished with at least `percent` per cent; `chance` is exact."""

    percent: int
    items: int
    chance: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What the `samples` (finished items by week, oldest first) say of finishing `low` to `high` items.

    Both answers come by rising percentage; `when` may lack the highest ones. `note` says why something is
    missing.
    """

    samples: tuple[int, ...]
    low: int
    high: int
    horizon_weeks: int
    when: tuple[When, ...]
    how_many: tuple[HowMany, ...]
    note: str = ""


def forecast(samples: Sequence[int], low: int, high: int, *, horizon_weeks: int) -> Forecast:
    """forecast-when, forecast-how-many: what drawing weeks like these again and again comes to.

    Every sampled week is as likely to come again as any other, zeros included. `low` to `high` is what is
    left to finish, every number of it as likely. Nothing left is finished in no week. Raises ValueError
    unless 0 <= low <= high and `horizon_weeks` is at least 1.
    """
    if not 0 <= low <= high or horizon_weeks < 1:
        raise ValueError(f"from {low} to {high} items in {horizon_weeks} weeks cannot be forecast")
    note = _refusal(samples, high)
    known = not note or high == 0
    return Forecast(
        samples=tuple(samples),
        low=low,
        high=high,
        horizon_weeks=horizon_weeks,
        when=when(samples, low, high) if known else (),
        how_many=how_many(samples, horizon_weeks) if any(samples) else (),
        note=note,
    )


def when(samples: Sequence[int], low: int, high: int) -> tuple[When, ...]:
    """forecast-when: the weeks that `low` to `high` items take, as far as ten years hold an answer.

    A range that begins at nothing left counts that case as finished at once.
    """
    if high == 0:
        return tuple(When(percent=percent, weeks=0, chance=Fraction(1)) for percent in PERCENTS)
    nothing = Fraction(low == 0, high - low + 1)  # the chance that there is nothing to do at all
    chances = (nothing + (1 - nothing) * chance for chance in chances_to_reach(samples, max(low, 1), high))
    answers: list[When] = []
    for weeks, chance in enumerate(chain((nothing,), islice(chances, LONGEST_WEEKS))):
        while len(answers) < len(PERCENTS) and chance * 100 >= PERCENTS[len(answers)]:
            answers.append(When(percent=PERCENTS[len(answers)], weeks=weeks, chance=chance))
        if len(answers) == len(PERCENTS):
            break
    return tuple(answers)


def how_many(samples: Sequence[int], weeks: int) -> tuple[HowMany, ...]:
    """forecast-how-many: the items that so many weeks finish."""
    ways = ways_by_sum(samples, weeks)
    outcomes = len(samples) ** weeks
    answers = []
    reached, items = outcomes, 0  # the ways to finish so many items or more
    for percent in reversed(PERCENTS):
        while (reached - ways[items]) * 100 >= percent * outcomes:
            reached -= ways[items]
            items += 1
        answers.append(HowMany(percent=percent, items=items, chance=Fraction(reached, outcomes)))
    return tuple(reversed(answers))


def _refusal(samples: Sequence[int], high: int) -> str:
    if len(samples) < FEWEST_WEEKS:
        return f"too few to say: {len(samples)} whole weeks are known, it needs {FEWEST_WEEKS}"
    if not any(samples):
        return "nothing was finished in these weeks"
    if high > MOST_ITEMS:
        return f"more than {MOST_ITEMS} items: ask for a board or an initiative"
    if sum(samples) * LONGEST_WEEKS < high * len(samples):
        return "at this rate it takes more than ten years"
    return ""
