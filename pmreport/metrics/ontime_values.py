"""The numbers of on-time delivery, each with what it rests on."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from pmreport.metrics.ontime import EARLY_DAYS, FEWEST_FOR_A_MEDIAN, FEWEST_FOR_P85, Adherence, OnTime
from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.stats.proportion import Interval

_DAYS = "days"
_FEWEST_TO_JUDGE = 11


class Calibration(StrEnum):
    """What a rate says about promises that were meant to be kept in a given share of cases."""

    TOO_FEW = "too few to say"
    CALIBRATED = "as promised"
    OPTIMISTIC = "promises are too early"
    PADDED = "promises are padded"


def calibration(adherence: Adherence, share: Decimal) -> Calibration:
    """promise-calibration: whether the rate of the first due days agrees with the share meant to be kept.

    Said of eleven or more; as promised while the share lies within the interval of the rate.
    """
    interval = adherence.interval
    if interval is None or adherence.n < _FEWEST_TO_JUDGE:
        return Calibration.TOO_FEW
    if interval.high < share:
        return Calibration.OPTIMISTIC
    return Calibration.PADDED if interval.low > share else Calibration.CALIBRATED


def values(found: OnTime, *, share: Decimal) -> tuple[Value, ...]:
    """Every number; `share` is the part of the promises that is meant to be kept."""
    return (
        _rate("on-time-first", "On time, by the first due day", found.first),
        _rate("on-time-current", "On time, by the current due day", found.current),
        _moves(found),
        _slip(found),
        _warned(found),
        *_lateness(found.first),
        _judged(found.first, share),
        _coverage(found),
        _back_dated(found),
    )


def _rate(definition: str, label: str, adherence: Adherence) -> Value:
    interval = adherence.interval
    note = f"{adherence.late} late, {adherence.overdue} overdue and open"
    return Value(
        id=definition,
        definition=definition,
        label=label,
        value=None if adherence.rate is None else adherence.rate * 100,
        unit="%",
        n=adherence.n,
        excluded=adherence.excluded,
        interval=None if interval is None else Interval(interval.low * 100, interval.high * 100),
        note=note if adherence.n else "nothing was due",
    )


def _moves(found: OnTime) -> Value:
    later = sum(slip > 0 for slip in found.slips)
    return Value(
        id="due-date-moves",
        definition="due-date-moves",
        label="Due dates moved",
        value=Decimal(len(found.slips)),
        unit="moves",
        n=len(found.slips),
        note=f"{later} to a later day" if found.slips else "",
    )


def _slip(found: OnTime) -> Value:
    return Value(
        id="median-slip",
        definition="median-slip",
        label="Median slip of a move",
        value=found.median_slip,
        unit=_DAYS,
        n=len(found.slips),
        note="" if found.slips else "no due date was moved",
    )


def _warned(found: OnTime) -> Value:
    """early-warning: the days that did not hold and were moved in good time, of all that did not hold."""
    return share_value(
        "early-warning",
        f"Slips told {EARLY_DAYS} working days ahead",
        (found.told_early, found.told),
        nothing="no day slipped",
    )


def _lateness(adherence: Adherence) -> Iterator[Value]:
    few = f"fewer than {FEWEST_FOR_A_MEDIAN}: too few for a median"
    yield Value(
        id="lateness",
        definition="lateness",
        label="Median lateness of what is done",
        value=adherence.median_lateness,
        unit=_DAYS,
        n=len(adherence.lateness),
        note=few if adherence.median_lateness is None else "",
    )
    yield Value(
        id="tardiness-median",
        definition="tardiness-median",
        label="Median tardiness",
        value=adherence.median_tardiness,
        unit=_DAYS,
        n=adherence.n,
        note=few if adherence.median_tardiness is None else "",
    )
    most = f"; the most so far: {adherence.tardiness[-1]} days" if adherence.tardiness else ""
    yield Value(
        id="tardiness-high",
        definition="tardiness-high",
        label="85 % are at most so late",
        value=adherence.high_tardiness,
        unit=_DAYS,
        n=adherence.n,
        note=f"fewer than {FEWEST_FOR_P85}{most}" if adherence.high_tardiness is None else "",
    )


def _judged(adherence: Adherence, share: Decimal) -> Value:
    verdict = calibration(adherence, share)
    return Value(
        id="promise-calibration",
        definition="promise-calibration",
        label="Share of promises meant to be kept",
        value=share * 100,
        unit="%",
        n=adherence.n,
        note=str(verdict),
    )


def _coverage(found: OnTime) -> Value:
    note = f"{found.by_release} by the release of their version" if found.by_release else ""
    return Value(
        id="due-coverage",
        definition="due-coverage",
        label="Done items that had a due day",
        value=None if found.coverage is None else found.coverage * 100,
        unit="%",
        n=found.done,
        note=note if found.done else "nothing was done",
    )


def _back_dated(found: OnTime) -> Value:
    return Value(
        id="back-dated",
        definition="back-dated",
        label="Due dates written at or after done",
        value=Decimal(found.back_dated),
        unit="items",
        n=found.done,
    )
