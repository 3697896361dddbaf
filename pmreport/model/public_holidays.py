"""The public holidays of a country or a part of it, by the code in the configuration."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache

from pmreport.errors import ConfigurationError

_CODE = re.compile("[A-Z]{2,3}")


@cache
def _days(country: str, part: str | None, years: tuple[int, ...]) -> frozenset[date]:
    """Worked out once a run: a report asks for them several times."""
    import holidays  # slow to import, and most commands need no calendar

    return frozenset(holidays.country_holidays(country, subdiv=part, years=years))


def public_holidays(code: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of `DE` or `DE-BE` in these years; ConfigurationError for a code nobody knows."""
    country, _, part = code.partition("-")
    if not is_known(country, part):
        known = countries()
        near = [country, *(f"{country}-{name}" for name in known[country])] if country in known else known
        raise _unknown(code, near)
    return _days(country, part or None, tuple(years))


def is_known(country: str, part: str) -> bool:
    """Whether there are holidays of this country, and of this part of it where one is named."""
    import holidays  # slow to import, and most commands need no calendar

    if not _CODE.fullmatch(country):
        return False
    try:
        found = holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        return False
    return hasattr(found, "country")  # the exchanges of the world have holidays too


def countries() -> Mapping[str, list[str]]:
    """Every country by its code, with the names of its parts. It takes a tenth of a second."""
    import holidays

    return holidays.list_supported_countries(include_aliases=True)


def _unknown(code: str, known: Iterable[str]) -> ConfigurationError:
    near = get_close_matches(code, list(known))
    return ConfigurationError(
        f"no public holidays are known for {code!r}",
        where="[calendar] holidays",
        hint=f"did you mean {near[0]!r}?"
        if near
        else "write a code like `DE` or `DE-BE`, or leave the key out",
    )
