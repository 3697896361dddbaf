"""The public holidays of a country or a part of it, by the code in the configuration."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from functools import cache

from pmreport.errors import ConfigurationError


@cache
def _days(country: str, part: str | None, years: tuple[int, ...]) -> frozenset[date]:
    """Worked out once a run: a report asks for them several times."""
    import holidays  # slow to import, and most commands need no calendar

    return frozenset(holidays.country_holidays(country, subdiv=part, years=years))


def public_holidays(code: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of `DE` or `DE-BE` in these years; ConfigurationError for a code nobody knows."""
    import holidays  # slow to import, and most commands need no calendar

    country, _, part = code.partition("-")
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise _unknown(code, known)
    if part and part not in known[country]:
        raise _unknown(code, [country, *(f"{country}-{name}" for name in known[country])])
    return _days(country, part or None, tuple(years))


def _unknown(code: str, known: Iterable[str]) -> ConfigurationError:
    near = get_close_matches(code, list(known))
    return ConfigurationError(
        f"no public holidays are known for {code!r}",
        where="[calendar] holidays",
        hint=f"did you mean {near[0]!r}?"
        if near
        else "write a code like `DE` or `DE-BE`, or leave the key out",
    )
