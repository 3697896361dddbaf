"""When a failed request is asked again, and when a run had better stop."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How patient the client is.

    A wait longer than `longest_wait` seconds (a used-up hourly quota asks for half an hour) ends the run,
    which can be resumed; a scheduled command must not sleep that long.
    """

    tries: int = 4
    first_wait: float = 2.0
    cap: float = 30.0
    longest_wait: float = 120.0


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """What `Retry-After` asks for: whole or broken seconds, or a date read against the answer's own `Date`.

    None without the header, or where it makes no sense.
    """
    asked = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d*)?", asked):
        return float(asked)
    until, said = _http_date(asked), _http_date(headers.get("Date", ""))
    if until is None or said is None:
        return None
    return max(0.0, (until - said).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None


def is_quota(headers: Mapping[str, str]) -> bool:
    """Whether the hourly quota is used up, as opposed to a burst that is over in a second."""
    return "quota" in headers.get("RateLimit-Reason", "").lower()


def wait_seconds(policy: RetryPolicy, attempt: int, asked: float | None, jitter: float) -> float:
    """How long to wait before try number `attempt` + 1; `jitter` lies in [0, 1).

    What the server asks for is kept exactly, with up to a tenth (at most a second) on top, never less.
    Without a wish the wait doubles from `first_wait` to `cap`, times 0.7 to 1.3.
    """
    if asked is not None:
        return asked + jitter * min(1.0, max(asked, 1.0) * 0.1)
    return min(policy.cap, policy.first_wait * 2.0 ** (attempt - 1)) * (0.7 + 0.6 * jitter)
