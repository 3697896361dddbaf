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

default = 70                       # per hour, of everybody who is not named; may be left out

[rates]
"712020:…" = 80
"712020:…" = [{ rate = 75 }, { since = 2026-07-01, rate = 80 }]

[hours_a_week]                     # that somebody is expected to log; else the hours of the calendar
"712020:…" = 20                    # `hours_a_week = 20` above all sections is for everybody"""
_SECTIONS = {"currency", "default", "rates", "hours_a_week"}


def rates_of(config: Config) -> Rates | None:
    """The rates in the currency of `[money]`; None where no file is named, and budgets then run in hours.

    Raises ConfigurationError for a file that is not there or not as it should be; it never says a rate.
    """
    if config.money.rates is None:
        return None
    path = Path(config.money.rates)
    data = _read(path)
    _check(data, config.money.currency, path)
    everybody, hours = _hours(data, path)
    return Rates(
        currency=config.money.currency,
        by_account={
            account: _dated(path, account, told) for account, told in _section(data, "rates", path).items()
        },
        default=_dated(path, "default", data["default"]) if "default" in data else (),
        default_hours_a_week=everybody,
        hours_a_week=hours,
    )


def _check(data: Mapping[str, Any], currency: str, path: Path) -> None:
    """Refuse a key that is not known, a file without any rate, and rates in another currency."""
    what = next((f'"{key}" is not known here' for key in sorted(set(data) - _SECTIONS)), "")
    if not what and "rates" not in data and "default" not in data:
        what = "there is neither a section [rates] nor a default"
    if not what and data.get("currency", currency) != currency:
        what = f"the currency is not the one of [money], {currency}: there is one currency"
    if what:
        raise ConfigurationError(what, where=str(path), hint=_EXAMPLE)


def _hours(data: Mapping[str, Any], path: Path) -> tuple[Decimal | None, Mapping[str, Decimal]]:
    """The hours a week of everybody, None where the calendar says them, and those of people by account."""
    told = data.get("hours_a_week", {})
    if not isinstance(told, dict):
        return _number(path, "hours_a_week", "", told), {}
    return None, {account: _number(path, "hours_a_week", account, one) for account, one in told.items()}


def _section(data: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise _wrong(path, name, "")
    return section


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
