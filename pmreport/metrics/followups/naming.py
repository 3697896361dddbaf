"""Who is meant by an @ in the text of a comment: the store keeps the name a person read, not the account."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Names = Mapping[str, tuple["Person", ...]]  # by the first two letters, the longest name first
_KEY = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A name, and the accounts that have it: two people of one name cannot be told apart.

    `shown` is what they are called: their own name, where a text names them by their login.
    """

    name: str
    accounts: frozenset[str]
    shown: str


def known_names(people: Iterable[tuple[str, str, str | None]]) -> Names:
    """The people of the site by name; each is an account, a name and a login. All three name them."""
    accounts: dict[str, set[str]] = {}
    shown: dict[str, str] = {}
    for account, name, login in people:
        for each in {name.strip(), account, login or ""} - {""}:
            accounts.setdefault(each, set()).add(account)
            shown[each] = name.strip() or each
    names: dict[str, list[Person]] = {}
    for name in sorted(accounts, key=lambda name: (-len(name), name)):
        names.setdefault(name[:_KEY], []).append(Person(name, frozenset(accounts[name]), shown[name]))
    return {key: tuple(found) for key, found in names.items()}


def named(text: str, names: Names) -> tuple[Person, ...]:
    """The people whom a text names with an @, each once, in the order of the text.

    The longest known name behind the @ counts; an @ inside a word, as in an address, names nobody.
    """
    return tuple(dict.fromkeys(_found(text, names)))


def _found(text: str, names: Names) -> Iterator[Person]:
    place = text.find("@")
    while place >= 0:
        if place == 0 or not text[place - 1].isalnum():
            yield from _first(text[place + 1 :].lstrip("@"), names)
        place = text.find("@", place + 1)


def _first(text: str, names: Names) -> Iterator[Person]:
    for person in names.get(text[:_KEY], ()):
        if text.startswith(person.name) and not text[len(person.name) : len(person.name) + 1].isalnum():
            yield person
            return
