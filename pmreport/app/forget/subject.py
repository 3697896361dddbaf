"""Whom or what the words on the command line mean: an issue or a person, with all their names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from pmreport.errors import BadDataError, UsageError
from pmreport.model.forgotten import Forgotten, Mark, Subject, mark
from pmreport.model.query import Query
from pmreport.store.session import Reader

_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")
_ISSUE = """
SELECT i.issue_id AS name FROM issue i WHERE i.site_id = $site_id AND i.issue_key = $asked
UNION
SELECT c.issue_id AS name FROM issue_change c
WHERE c.site_id = $site_id AND c.field_name = 'Key' AND c.from_text = $asked
"""
_KEYS = """
SELECT i.issue_key AS name FROM issue i WHERE i.site_id = $site_id AND i.issue_id = $issue_id
UNION
SELECT c.from_text AS name FROM issue_change c
WHERE c.site_id = $site_id AND c.issue_id = $issue_id AND c.field_name = 'Key' AND c.from_text IS NOT NULL
"""
_SUMMARIES = """
SELECT i.summary AS name FROM issue i WHERE i.site_id = $site_id AND i.issue_id = $issue_id
UNION
SELECT v.value_text AS name FROM issue_value v
WHERE v.site_id = $site_id AND v.issue_id = $issue_id AND v.field_id = 'summary' AND v.value_text IS NOT NULL
"""
_ALL_KEYS = "SELECT i.issue_key AS name FROM issue i WHERE i.site_id = $site_id"
_PEOPLE = """
SELECT u.account_id AS account_id, u.display_name AS display_name, u.login AS login
FROM user_account u WHERE u.site_id = $site_id ORDER BY u.account_id
"""
_OWNER = "SELECT s.account_id AS name FROM site s WHERE s.site_id = $site_id"


class _Name(NamedTuple):
    name: str


class _Id(NamedTuple):
    name: int


class _Person(NamedTuple):
    account_id: str
    display_name: str
    login: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """By what a person may be asked for."""
        return tuple(filter(None, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is to be forgotten: its mark, what people call it, and the words that stand for it in texts.

    `issue_id` None: it is a person, or an issue that the store knows no more. `names` are ids and keys,
    `words` what else tells of it: the summaries of an issue, the names and addresses of a person.
    """

    mark: Mark
    title: str
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    issue_id: int | None = None

    @property
    def is_issue(self) -> bool:
        """Whether it is an issue."""
        return self.mark.subject is Subject.ISSUE


def find(reader: Reader, site_id: int, asked: str, forgotten: Forgotten) -> Found:
    """The issue with this key, or the person with this account, login or whole name.

    One that was forgotten before is found again by what it was called, so that what was interrupted can be
    finished. Raises UsageError with the nearest for anything else, and BadDataError for the account that
    reads the site.
    """
    key = asked.strip().upper()
    if _KEY.fullmatch(key):
        found = _issue(reader, site_id, key, forgotten)
        return found or _known(forgotten, Subject.ISSUE, key) or _refused_key(reader, site_id, key)
    people = reader.rows(Query(_PEOPLE, _Person, {"site_id": site_id}))
    same = [one for one in people if asked.casefold() in map(str.casefold, one.names)]
    if len(same) > 1:
        raise UsageError(
            f'{len(same)} people are called "{asked}"', hint=f"name one by the account: {_listed(same)}"
        )
    if not same:
        return _known(forgotten, Subject.PERSON, asked) or _refused_person(people, asked)
    _refuse_owner(reader, site_id, same[0])
    return _person(same[0], forgotten)


def _issue(reader: Reader, site_id: int, key: str, forgotten: Forgotten) -> Found | None:
    ids = reader.rows(Query(_ISSUE, _Id, {"site_id": site_id, "asked": key}))
    if not ids:
        return None
    issue_id = ids[0].name
    of_it = {"site_id": site_id, "issue_id": issue_id}
    keys = sorted({key, *(row.name for row in reader.rows(Query(_KEYS, _Name, of_it)))})
    words = tuple(row.name for row in reader.rows(Query(_SUMMARIES, _Name, of_it)))
    return Found(
        mark=mark(forgotten.site, Subject.ISSUE, (str(issue_id), *keys)),
        title=f"the issue {key}",
        names=tuple(keys),
        words=words,
        issue_id=issue_id,
    )


def _person(found: _Person, forgotten: Forgotten) -> Found:
    names = tuple(filter(None, (found.account_id, found.login)))
    before = forgotten.found(Subject.PERSON, found.account_id)
    number = before.number if before else forgotten.next_number
    return Found(
        mark=mark(forgotten.site, Subject.PERSON, names, number=number),
        title=f"{found.display_name} ({found.account_id})",
        names=names,
        words=(found.display_name,),
    )


def _known(forgotten: Forgotten, subject: Subject, asked: str) -> Found | None:
    """One that was forgotten before; what it was called otherwise nobody knows any more."""
    found = forgotten.found(subject, asked)
    title = f"the issue {asked}" if subject is Subject.ISSUE else asked
    return None if found is None else Found(mark=found, title=title, names=(asked,))


def _refuse_owner(reader: Reader, site_id: int, found: _Person) -> None:
    (owner,) = reader.rows(Query(_OWNER, _Name, {"site_id": site_id}))
    if owner.name == found.account_id:
        raise BadDataError(
            "this is the account that reads the site: each sync would write it down again",
            where=found.account_id,
            hint="run `pmreport sync` with the token of another account first, and give [me] another account",
        )


def _refused_key(reader: Reader, site_id: int, key: str) -> Found:
    known = [row.name for row in reader.rows(Query(_ALL_KEYS, _Name, {"site_id": site_id}))]
    raise UsageError(f"there is no issue {key} in the store", hint=_nearest(key, known))


def _refused_person(people: Iterable[_Person], asked: str) -> Found:
    by_name = {name: one for one in people for name in one.names}
    near = [by_name[name] for name in get_close_matches(asked, by_name, n=1, cutoff=0.5)]
    hint = (
        f"did you mean {_listed(near)}?" if near else 'ask with the key of an issue ("WEB-12") or an account'
    )
    raise UsageError(f'nobody in the store is called "{asked}"', hint=hint)


def _nearest(asked: str, known: Iterable[str]) -> str:
    near = get_close_matches(asked, list(known), n=1)
    return f"did you mean {near[0]}?" if near else "`pmreport sql` shows the keys that there are"


def _listed(people: Iterable[_Person]) -> str:
    return ", ".join(f"{one.account_id} ({one.display_name})" for one in people)
