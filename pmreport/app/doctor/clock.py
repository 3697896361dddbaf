"""This machine's clock against Jira's: what is new is told by stamps of both."""

from collections.abc import Iterator

from pmreport.app.doctor.finding import Check, Finding, Severity
from pmreport.app.doctor.visit import ClockReading

_DOUBTFUL_MS = 60_000
_WRONG_MS = 300_000  # half of what a sync looks back to find what the search index was late with
_MINUTE_MS, _HOUR_MS, _DAY_MS = 60_000, 3_600_000, 86_400_000


def findings(reading: ClockReading | None) -> Iterator[Finding]:
    """A minute apart is doubtful, five are wrong. None: Jira did not say what time it has."""
    if reading is None:
        return
    apart = abs(reading.skew_ms)
    if apart <= _DOUBTFUL_MS:
        return
    direction = "ahead of" if reading.skew_ms > 0 else "behind"
    yield Finding(
        check=Check.CLOCK,
        severity=Severity.ERROR if apart > _WRONG_MS else Severity.WARNING,
        subject="this machine",
        what=f"the clock is {_length(apart)} {direction} Jira's, so that ages and days late come out wrong",
        fix="let the system set its clock by itself (Linux: timedatectl set-ntp true), then `pmreport sync`",
    )


def _length(apart_ms: int) -> str:
    if apart_ms < 2 * _MINUTE_MS:
        return f"{apart_ms // 1000} seconds"
    if apart_ms < 2 * _HOUR_MS:
        return f"{apart_ms // _MINUTE_MS} minutes"
    if apart_ms < 2 * _DAY_MS:
        return f"{apart_ms // _HOUR_MS} hours"
    return f"{apart_ms // _DAY_MS} days"
