"""The kinds of values a configuration holds: a key, an address, a zone, a day, a length of time."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from ipaddress import ip_address
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from pmreport.config.complaint import holds_a_secret
from pmreport.goals.catalog import load
from pmreport.goals.jql_error import JqlError
from pmreport.model.public_holidays import countries, is_known
from pmreport.model.settings import Weekday

Choice = TypeVar("Choice", bound=Enum)
_MOST_DIGITS = 15
_LEAST_AMOUNT = Decimal("0.01")  # a cent: what is divided by less has no end of digits
_YEARS = range(1970, 2200)  # a day near an end of time has no day before or after it, or no midnight
_LENGTHS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def fault(what: str, **told: Any) -> PydanticCustomError:
    """An error in our own words; braces in them are no placeholders. `told` narrows the place down."""
    return PydanticCustomError("fault", "{what}", {"what": what, **told})


def nearest(word: str, known: list[str]) -> str | None:
    """The known word most like this one, or None when none is like it."""
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def suggestion(word: str, known: list[str]) -> str:
    """`; did you mean "x"?`, or nothing."""
    near = nearest(word, known)
    return f'; did you mean "{near}"?' if near else ""


def one_of(known: dict[str, Choice]) -> Callable[[Any], Choice]:
    """A validator that takes one of these words."""

    def chosen(value: Any) -> Choice:
        if not isinstance(value, str) or value not in known:
            words = ", ".join(f'"{word}"' for word in known)
            near = suggestion(value, list(known)) if isinstance(value, str) else ""
            raise fault(f"one of {words} is wanted here{near}")
        return known[value]

    return chosen


def choice_of(kind: type[Choice]) -> Callable[[Any], Choice]:
    """A validator that takes one of the values of an enumeration."""
    return one_of({str(member.value): member for member in kind})


def plain(value: str) -> str:
    """A validator that refuses what no text may hold: a token, and the character NUL."""
    if holds_a_secret(value):
        raise fault("this looks like a token")
    if "\0" in value:
        raise fault("no text holds the character NUL")
    return value


def _jql(value: str) -> str:
    """What is wrong with the words of a rule; whether the site has what they name is seen by `tag`."""
    from pmreport.goals.jql import parse  # 0.1 s: only where somebody wrote a rule

    try:
        parse(value)
    except JqlError as error:
        hint = f"; {error.hint[0].lower()}{error.hint[1:].rstrip('.')}" if error.hint else ""
        place = {"within": value, "start": error.span.start, "length": error.span.length}
        raise fault(f"{error.problem}{hint}", **place) from None
    return value


def _built_in_goal(value: str) -> str:
    known = list(load())
    if value.removeprefix("catalogue:") not in known:
        near = suggestion(value.removeprefix("catalogue:"), known) or f"; there are {', '.join(known)}"
        raise fault(f"there is no built-in goal of this name{near}")
    return value


def _base_url(value: str) -> str:
    try:
        parts = urlsplit(value.strip())
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise fault('this is no address; a Jira address looks like "https://acme.atlassian.net"') from None
    if len(value.split()) != 1 or not (host is None or _is_host(host)):
        raise fault("no machine can have this name; check the address")
    if parts.username or parts.password:
        raise fault("an address holds no user and no password")
    if parts.scheme not in {"https", "http"} or not host:
        raise fault('a Jira address begins with https://, e.g. "https://acme.atlassian.net"')
    if parts.scheme == "http" and not is_loopback(host):
        raise fault("plain http would send the token unprotected; write https://")
    if parts.query or parts.fragment:
        raise fault("only the base address of Jira is wanted, without ? and #")
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path.rstrip("/"), "", ""))


def _is_host(host: str) -> bool:
    """Whether a machine can have this name, as the net spells it: letters, digits and dashes between dots."""
    if ":" in host:  # IPv6; urlsplit has seen the brackets
        return True
    try:
        labels = host.rstrip(".").encode("idna").decode("ascii").split(".")
    except UnicodeError:
        return False
    return all(re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?", label) for label in labels)


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _store_url(value: str) -> str:
    plain(value)
    scheme, _, rest = value.partition(":")
    if scheme == "duckdb":
        if re.match(r"[A-Za-z][\w+.-]+:", rest) and rest != ":memory:":
            raise fault('the store is a file on this machine, e.g. "duckdb:store.duckdb"')
        if rest.startswith("//") and not rest.startswith("///"):
            raise fault('a path stands after "duckdb:", without slashes, e.g. "duckdb:store.duckdb"')
        if not rest.strip("/") or rest == ":memory:":
            raise fault('the store needs a file, e.g. "duckdb:store.duckdb"')
        return value
    if scheme in {"postgresql", "postgres"}:
        parts = urlsplit(value)
        if parts.password or "password" in dict(parse_qsl(parts.query)):
            raise fault("the password of the store does not belong here; set PMREPORT_STORE_PASSWORD")
        return value
    raise fault('the store is "duckdb:" and a path, or "postgresql://user@host/database"')


def _zone(value: str) -> str:
    from zoneinfo import available_timezones

    known = available_timezones()
    if value not in known:
        raise fault(f"there is no time zone of this name{suggestion(value, sorted(known))}")
    return value


def _holiday_code(value: str) -> str:
    country, _, part = value.partition("-")
    if is_known(country, ""):
        if is_known(country, part):
            return value
        parts = ", ".join(countries()[country])
        raise fault(f"{country} has no part of this name; its parts: {parts or 'none'}")
    raise fault('a holiday calendar is a country, e.g. "DE", or a part of one, e.g. "DE-BE"')


def _hour(value: Any) -> time:
    if isinstance(value, time):  # TOML has times of its own: 09:00:00
        return value
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return time.fromisoformat(value)
    raise fault('a time of day looks like "09:00"')


def _day(value: date) -> date:
    if value.year not in _YEARS:
        raise fault(f"a day from {_YEARS[0]} to {_YEARS[-1]} is wanted here")
    return value


def _length_of_time(value: Any) -> timedelta:
    match = re.fullmatch(r"([1-9]\d{0,3})([hdw])", value) if isinstance(value, str) else None
    if not match:
        raise fault('a length of time is a number and h, d or w, e.g. "7d"')
    return int(match[1]) * _LENGTHS[match[2]]


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise fault("a number is wanted here, without quotation marks")
    number = Decimal(value)
    if not number.is_finite():
        raise fault("a number is wanted here")
    if number.adjusted() > _MOST_DIGITS:
        raise fault("this number is too large")
    return number


def _amount(value: Decimal) -> Decimal:
    if value < _LEAST_AMOUNT:
        raise fault(f"at least {_LEAST_AMOUNT} is wanted here")
    return value


def address_of(value: str) -> str:
    """The bare address of `Name <address>`, or the value itself."""
    match = re.fullmatch(r"[^<>]*<([^<>]+)>", value.strip())
    return match[1] if match else value.strip()


def _mail_address(value: str) -> str:
    if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", address_of(value)):
        raise fault('a mail address looks like "pm@acme.example"')
    return value.strip()


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(plain)]
Texts = list[Text]
Jql = Annotated[Text, AfterValidator(_jql)]
SiteName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
ProjectKey = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]+$")]
FieldId = Annotated[str, StringConstraints(pattern=r"^customfield_\d+$")]
GoalId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
CatalogueName = Annotated[
    str, StringConstraints(pattern=r"^catalogue:[a-z0-9-]+$"), AfterValidator(_built_in_goal)
]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
StoreUrl = Annotated[str, AfterValidator(_store_url)]
Zone = Annotated[str, AfterValidator(_zone)]
HolidayCode = Annotated[str, AfterValidator(_holiday_code)]
DayName = Annotated[Weekday, BeforeValidator(one_of({day.name.lower(): day for day in Weekday}))]
Hour = Annotated[time, BeforeValidator(_hour)]
Day = Annotated[date, AfterValidator(_day)]
LengthOfTime = Annotated[timedelta, BeforeValidator(_length_of_time)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Amount = Annotated[Number, AfterValidator(_amount)]
Share = Annotated[Number, Field(gt=0, le=1)]
Threshold = Annotated[list[Number], Field(min_length=2, max_length=2)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
