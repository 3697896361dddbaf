"""All that is known about estimates, and each of its numbers with what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pmreport.metrics.calibration import NO_RANGES, Calibrations
from pmreport.metrics.commitments import BoardCommitments
from pmreport.metrics.consistency import Consistency, Restatement
from pmreport.metrics.effort import Effort, Group
from pmreport.metrics.estimation import Accuracy, EstimationSummary
from pmreport.metrics.improvement import LEAST_P, Trend, verdict_words
from pmreport.metrics.ledger import Unit
from pmreport.metrics.value import Value
from pmreport.stats.gates import DOTS_ONLY_BELOW
from pmreport.stats.proportion import Interval, wilson
from pmreport.stats.ranks import Agreement
from pmreport.stats.resampling import FEWEST_TO_TRUST

Reasons = tuple[tuple[str, int], ...]
_HOUR = 3600
_PER_CENT = 100
_TOO_FEW = f"fewer than {DOTS_ONLY_BELOW}: too few to say"
_COMPARISON = "for comparison only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """Closed sprints (`summary`, `boards`), delivered items (the rest), and the PM's own ranges."""

    summary: EstimationSummary
    effort: Effort
    effort_left_out: Reasons
    after_done: int
    groups: tuple[Group, ...]
    consistency: Consistency
    sizes_left_out: Reasons
    elapsed: Agreement | None
    elapsed_n: int
    time_anew: Restatement
    points_anew: Restatement
    boards: tuple[BoardCommitments, ...] = ()
    ranges: Calibrations = field(default=NO_RANGES)


def values(known: Estimates) -> tuple[Value, ...]:
    """Every number of `show estimates`, the headline pair first."""
    return (
        *_pair("items", "Completed in sprints", known.summary.items),
        *_pair("commitments", "Commitments of sprints", known.summary.commitments),
        *_trend("items", known.summary.item_trend),
        *_trend("commitments", known.summary.commitment_trend),
        *_effort(known),
        *_agreement(
            "size",
            "Larger points take longer",
            known.consistency.agreement,
            known.consistency.n,
            known.sizes_left_out,
        ),
        *_agreement("elapsed", "Longer estimates take longer", known.elapsed, known.elapsed_n, ()),
        _anew("time", "Time", known.time_anew),
        _anew("points", "Points", known.points_anew),
        *(value for board in known.boards for value in _board(board)),
        *_ranges(known.ranges),
    )


def _pair(of: str, label: str, told: Accuracy) -> tuple[Value, Value]:
    note = _TOO_FEW if told.n < DOTS_ONLY_BELOW else ""
    bias, typical = (
        Value(
            id=f"{of}-{kind}-factor",
            definition=f"{kind}-factor",
            label=f"{label}: {kind} factor",
            value=value,
            unit="x",
            n=told.n,
            excluded=told.excluded,
            note=note,
        )
        for kind, value in (("bias", told.bias_factor), ("typical", told.typical_factor))
    )
    return bias, typical


def _trend(of: str, trend: Trend) -> Iterable[Value]:
    interval = (
        None
        if trend.slope_low is None or trend.slope_high is None
        else Interval(trend.slope_low, trend.slope_high)
    )
    enough = trend.n >= DOTS_ONLY_BELOW
    yield Value(
        id=f"{of}-trend",
        definition="estimation-trend",
        label=f"{of.capitalize()}: change of |ln| a sprint",
        value=trend.slope if enough else None,
        unit="",
        n=trend.n,
        interval=interval if enough else None,
        note=verdict_words(trend),
    )


def _effort(known: Estimates) -> Iterable[Value]:
    told, guess = known.effort, known.effort.guessing
    later = f"{known.after_done} with work logged after done, not counted" if known.after_done else ""
    close = None if told.close is None else told.close * _PER_CENT
    found = (
        ("bias-factor", "bias factor", told.bias_factor, "x", later),
        ("typical-factor", "typical factor", told.typical_factor, "x", ""),
        ("median-factor", "median factor", told.median_factor, "x", ""),
        ("mean-error", "mean error", _hours(told.error), "h", ""),
        ("mean-absolute-error", "mean absolute error", _hours(told.absolute_error), "h", ""),
        (
            "standardised-accuracy",
            "standardised accuracy",
            guess.accuracy if guess else None,
            "",
            _guess_words(told),
        ),
        ("mmre", "MMRE", told.mmre, "", _COMPARISON),
        ("close-estimates", "PRED(25)", close, "%", _COMPARISON),
    )
    enough = told.n >= DOTS_ONLY_BELOW
    for definition, label, value, unit, note in found:
        yield Value(
            id=f"effort-{definition}",
            definition=definition,
            label=f"Delivered items: {label}",
            value=value if enough else None,
            unit=unit,
            n=told.n,
            excluded=known.effort_left_out,
            interval=told.median_interval if enough and definition == "median-factor" else None,
            note=note if enough else _TOO_FEW,
        )


def _guess_words(told: Effort) -> str:
    if told.guessing is None:
        return "all took the same: nothing to guess"
    effect = f"effect {told.guessing.effect:.2f}"
    if told.guessing.p is None:
        return f"{effect}; too many items to count p exactly"
    p = "p below 0.001" if told.guessing.p < LEAST_P else f"p = {told.guessing.p:.2g}"
    return f"{effect}; a guesser does as well with {p} (exact)"


def _agreement(of: str, label: str, told: Agreement | None, n: int, excluded: Reasons) -> Iterable[Value]:
    why = _TOO_FEW if n < DOTS_ONLY_BELOW else "all of one size, or all as quick: no order"
    if told is not None:
        why = "too many different values for an interval" if told.rho_interval is None else ""
        if n < FEWEST_TO_TRUST:
            why = f"fewer than {FEWEST_TO_TRUST}: the interval is too narrow"
    for name, symbol in (("rho", "rho"), ("tau", "tau-b")):
        yield Value(
            id=f"{of}-{name}",
            definition=f"{of}-agreement",
            label=f"{label}: {symbol}",
            value=None if told is None else getattr(told, name),
            unit="",
            n=n,
            excluded=excluded,
            interval=None if told is None else getattr(told, f"{name}_interval"),
            note=why,
        )


def _anew(of: str, label: str, told: Restatement) -> Value:
    share = wilson(told.changed, told.n)
    enough = told.n >= DOTS_ONLY_BELOW and share is not None
    ways = (
        (told.up, "up"),
        (told.down, "down"),
        (told.first_time, "for the first time"),
        (told.taken_away, "taken away"),
    )
    words = ", ".join(f"{count} {way}" for count, way in ways if count)
    size = "" if told.median_factor is None else f"; the median change was to {told.median_factor:.2f}x"
    return Value(
        id=f"{of}-anew",
        definition="estimated-anew",
        label=f"{label} estimated anew after commitment",
        value=told.changed * _PER_CENT / told.n if enough else None,
        unit="%",
        n=told.n,
        interval=Interval(share.low * _PER_CENT, share.high * _PER_CENT) if enough and share else None,
        note=f"{words}{size}" if enough else _TOO_FEW,
    )


def _board(board: BoardCommitments) -> Iterable[Value]:
    enough = board.n >= DOTS_ONLY_BELOW
    dots = f"dots: {', '.join(f'{_in_unit(each, board.unit):g}' for each in board.completed)}"
    few = "" if board.n >= FEWEST_TO_TRUST else f"fewer than {FEWEST_TO_TRUST}, interval too narrow; {dots}"
    ratio = board.ratio_interval
    yield Value(
        id=f"board-{board.board_id}-{board.unit}-ratio",
        definition="commitment-ratio",
        label=f"{board.board_name}: completed of committed",
        value=None if board.ratio is None else board.ratio * _PER_CENT,
        unit="%",
        n=board.n,
        interval=None if ratio is None else Interval(ratio.low * _PER_CENT, ratio.high * _PER_CENT),
        note=few if enough else f"{_TOO_FEW}; {dots}",
    )
    for name, words, value in (
        ("last", "as last sprint", board.skill_over_last),
        ("three", "the mean of the last three", board.skill_over_three),
    ):
        yield Value(
            id=f"board-{board.board_id}-{board.unit}-skill-{name}",
            definition="commitment-skill",
            label=f"{board.board_name}: skill over {words}",
            value=value,
            unit="",
            n=board.compared,
            note=_skill_words(value, board.compared),
        )
    limits = board.limits
    yield Value(
        id=f"board-{board.board_id}-{board.unit}-ordinary",
        definition="natural-limits",
        label=f"{board.board_name}: ordinary sprint",
        value=None if limits is None else _in_unit(limits.mean, board.unit),
        unit={Unit.POINTS: "pt", Unit.SECONDS: "h", Unit.ISSUES: "items"}[board.unit],
        n=board.n,
        interval=None
        if limits is None
        else Interval(_in_unit(max(0.0, limits.low), board.unit), _in_unit(limits.high, board.unit)),
        note=_TOO_FEW if limits is None else _signal_words(len(limits.signals)),
    )


def _skill_words(value: float | None, compared: int) -> str:
    if value is not None:
        return "the trivial forecast is better" if value < 0 else ""
    return _TOO_FEW if compared < DOTS_ONLY_BELOW else "the trivial forecast is never wrong"


def _signal_words(signals: int) -> str:
    noun = "sprint" if signals == 1 else "sprints"
    return f"{signals} {noun} outside it or in a run of eight" if signals else "no signal"


def _ranges(told: Calibrations) -> Iterable[Value]:
    for claim in told.claims:
        percent = round(claim.confidence * _PER_CENT)
        enough = claim.n >= DOTS_ONLY_BELOW
        interval = claim.interval if enough else None
        width = "" if claim.width is None else f"; median width {claim.width:.2f} of the middle"
        yield Value(
            id=f"ranges-{percent}",
            definition="range-hit-rate",
            label=f"Own ranges of {percent} % that held",
            value=claim.hits * _PER_CENT / claim.n if enough else None,
            unit="%",
            n=claim.n,
            excluded=told.excluded,
            interval=None
            if interval is None
            else Interval(interval.low * _PER_CENT, interval.high * _PER_CENT),
            note=f"{claim.hits} of {claim.n}; p = {claim.p:.2g} if {percent} % were true{width}",
        )
    if not told.claims:
        yield Value(
            id="ranges",
            definition="range-hit-rate",
            label="Own ranges that held",
            value=None,
            unit="%",
            n=0,
            excluded=told.excluded,
            note="no range was given in advance" if not told.excluded else "no range can be judged yet",
        )
    else:
        yield from _certainty(told)


def _certainty(told: Calibrations) -> Iterable[Value]:
    """range-brier, range-width."""
    enough = told.n >= DOTS_ONLY_BELOW
    for name, definition, label, value in (
        ("brier", "range-brier", "Own ranges: Brier score of their certainty", told.brier),
        ("width", "range-width", "Own ranges: width over the middle, of the widest", told.width),
    ):
        yield Value(
            id=f"ranges-{name}",
            definition=definition,
            label=label,
            value=value if enough else None,
            unit="",
            n=told.n,
            note="" if enough else _TOO_FEW,
        )


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / _HOUR


def _in_unit(amount: float, unit: Unit) -> float:
    return amount / _HOUR if unit is Unit.SECONDS else amount
