"""What the statistics allow to be said about a trend, in a sentence."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from pmreport.metrics.improvement import FEWEST_FOR_A_CLAIM, SIGNIFICANT, Trend, Verdict
from pmreport.report.words import exact, in_words, plain
from pmreport.stats.trend import mann_kendall

_LEAST_P = Decimal("0.001")
_CARRIED = "carried work ties neighbouring sprints together, so this is on the hopeful side"


def trend_words(trend: Trend) -> str:
    """The verdict with what it rests on: n, p and the medians of both halves; a whole sentence."""
    over = in_words(trend.n, "sprint")
    if trend.verdict is Verdict.TOO_FEW:
        return f"Too few to say whether it changed: {over} of the {FEWEST_FOR_A_CLAIM} that a claim needs."
    if trend.verdict is Verdict.NO_TREND:
        return f"No trend shown over {over} ({_p(trend.p_adjusted)})."
    word = "nearer" if trend.verdict is Verdict.IMPROVING else "further off"
    return f"It came {word}: {_halves(trend)} over {over} ({_p(trend.p_adjusted)}; {_CARRIED})."


def trend_in_short(trend: Trend) -> str:
    """The verdict alone, for a card: better or worse with both medians, or that nothing can be said."""
    if trend.verdict is Verdict.TOO_FEW:
        return "too few sprints for a trend"
    if trend.verdict is Verdict.NO_TREND or trend.first is None or trend.last is None:
        return f"no trend shown over {in_words(trend.n, 'sprint')}"
    word = "better" if trend.verdict is Verdict.IMPROVING else "worse"
    halves = f"median {plain(exact(trend.first), 2)}× in the first half, {plain(exact(trend.last), 2)}× since"
    return f"{word} over {in_words(trend.n, 'sprint')}: {halves}"


def change_words(shares: Sequence[float], time: str) -> str:
    """Whether the shares of each `time`, such as "sprint", rose or fell, by Mann and Kendall; a sentence.

    The oldest share comes first.
    """
    tested = mann_kendall(shares)
    over = in_words(tested.n, time)
    if tested.n < FEWEST_FOR_A_CLAIM:
        return f"Too early to call: {over} of the {FEWEST_FOR_A_CLAIM} that a claim needs."
    if tested.p > SIGNIFICANT:
        return f"No trend shown over {over} ({_p(tested.p)})."
    half = tested.n // 2
    first, last = (plain(100 * exact(median(part)), 0) for part in (shares[:half], shares[-half:]))
    word = "rose" if tested.s > 0 else "fell"
    tied = f"; {_CARRIED}" if time == "sprint" else ""
    halves = f"the median went from {first} % to {last} % over {over}"
    return f"It {word}: {halves} ({_p(tested.p)}{tied})."


def _halves(trend: Trend) -> str:
    if trend.first is None or trend.last is None:
        return "the typical factor moved"
    return f"the median factor went from {plain(exact(trend.first), 2)}× to {plain(exact(trend.last), 2)}×"


def _p(value: float) -> str:
    p = exact(value)
    return "p below 0.001" if p < _LEAST_P else f"p = {plain(p, 3)}"
