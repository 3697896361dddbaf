"""The private file of rates: what an hour of whose work costs."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pmreport.config import Config
from pmreport.errors import ConfigurationError
from pmreport.metrics.rates import Rate, Rates

_EXAMPLE = """\
write it like this:

[rates]                            # per hour
"712020:…" = 80
"712020:…" = [{ rate = 75 }, { since = 2026-07-01, rate = 80 }]

[hours_a_week]                     # that somebody is expected to log; else the hours of the calendar
"712020:…" = 20"""
_SECTIONS = {"rates", "hours_a_week"}


def rates_of(config: Config) -> Rates | None:
    """The rates in the currency of `[money]`; None where no file is named, and budgets then run in hours.

    Raises ConfigurationError for a file that is not there or not as it should be; it never says a rate.
    """
    if config.money.rates is None:
        return None
    path = Path(config.money.rates)
    data = _read(path)
    spare = sorted(set(data) - _SECTIONS)
    if spare or not isinstance(data.get("rates"), dict):
        what = f"the section [{spare[0]}] is not known here" if spare else "the section [rates] is missing"
        raise ConfigurationError(what, where=str(path), hint=_EXAMPLE)
    hours = data.get("hours_a_week", {})
    if not isinstance(hours, dict):
        raise _wrong(path, "hours_a_week", "")
    return Rates(
        currency=config.money.currency,
        by_account={account: _dated(path, account, told) for account, told in data["rates"].items()},
        hours_a_week={
            account: _number(path, "hours_a_week", account, told) for account, told in hours.items()
        },
    )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        why = (error.strerror or "cannot be read").lower()
        raise ConfigurationError(
            f"the file of rates cannot be read: {why}",
            where=str(path),
            hint="write it, or remove the line `rates` from [money]: budgets then run in hours",
        ) from error
    except (ValueError, RecursionError):  # no cause: its message may quote a rate
        raise ConfigurationError("the file of rates is not TOML", where=str(path), hint=_EXAMPLE) from None


def _dated(path: Path, account: str, told: Any) -> tuple[Rate, ...]:
    if not isinstance(told, list):
        return (Rate(None, _number(path, "rates", account, told)),)
    if not told or not all(
        isinstance(one, dict) and "rate" in one and set(one) <= {"since", "rate"} for one in told
    ):
        raise _wrong(path, "rates", account)
    rates = tuple(
        Rate(_day(path, account, one.get("since")), _number(path, "rates", account, one["rate"]))
        for one in told
    )
    if len({rate.since for rate in rates}) < len(rates):
        raise ConfigurationError(
            f'two rates of "{account}" begin on the same day', where=f"{path} [rates]", hint=_EXAMPLE
        )
    return rates


def _day(path: Path, account: str, told: Any) -> date | None:
    if told is None or type(told) is date:
        return told
    raise _wrong(path, "rates", account)


def _number(path: Path, section: str, account: str, told: Any) -> Decimal:
    """A number of at least 0 and below a million; a rate of 0 is one."""
    most = 1_000_000
    if isinstance(told, bool) or not isinstance(told, int | Decimal):
        raise _wrong(path, section, account)
    number = Decimal(told)
    if not number.is_finite() or not 0 <= number < most:
        raise _wrong(path, section, account)
    return number


def _wrong(path: Path, section: str, account: str) -> ConfigurationError:
    of = f' of "{account}"' if account else ""
    return ConfigurationError(
        f"what stands in [{section}]{of} cannot be used", where=f"{path} [{section}]", hint=_EXAMPLE
    )
