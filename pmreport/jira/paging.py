"""Page after page of a list, without going round in circles."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmreport.errors import TryLaterError

Json = dict[str, Any]

PAGE_CAP = 50_000  # of 100 issues each: five million, more than any site holds
EMPTY_CAP = 50  # an empty page with a token is allowed, a hundred of them are a fault


@dataclass(frozen=True, slots=True)
class IssuePage:
    """Some of the issues that match. `go_on` asks for the next page: a token or an offset; None: the end."""

    issues: list[Json]
    go_on: str | int | None


def page_of_tokens(page: Json) -> IssuePage:
    """A page whose successor is named by a token. `isLast` and an absent token both end the list."""
    token = page.get("nextPageToken")
    last = page.get("isLast") is True or not isinstance(token, str) or not token
    return IssuePage(objects(page.get("issues")), None if last else token)


def page_of_offset(page: Json, start: int) -> IssuePage:
    """A page whose successor begins where this one ended: what came counts, not what was asked for."""
    found = objects(page.get("issues"))
    total = page.get("total")
    last = not found or (isinstance(total, int) and start + len(found) >= total)
    return IssuePage(found, None if last else start + len(found))


def token_pages(fetch: Callable[[str | None], Json], items: str, where: str) -> Iterator[list[Json]]:
    """The lists under `items`, following `nextPageToken` until it is absent or the page says `isLast`.

    A token that was seen before would lead round for ever: TryLaterError, what was read so far stays.
    """
    seen: set[str] = set()
    token: str | None = None
    empty = 0
    for _ in range(PAGE_CAP):
        page = fetch(token)
        found = objects(page.get(items))
        empty = 0 if found else empty + 1
        if found:
            yield found
        token = page.get("nextPageToken")
        if page.get("isLast") is True or not token:
            return
        if token in seen or empty > EMPTY_CAP:
            break
        seen.add(token)
    raise TryLaterError(
        "Jira's pages go round in circles.",
        where=where,
        hint="Run the sync again; it goes on where it stopped.",
    )


def offset_pages(fetch: Callable[[int], Json], items: str, start: int = 0) -> Iterator[list[Json]]:
    """The lists under `items`, by offset from `start` on, each element once.

    Goes on past a short page (Jira may give fewer than asked); stops at `isLast`, at the total, at an empty
    page, and at a page that holds nothing new (a server that ignores the offset).
    """
    seen: set[Any] = set()
    for _ in range(PAGE_CAP):
        page = fetch(start)
        found = objects(page.get(items))
        fresh = [item for item in found if item.get("id") not in seen]
        if not fresh:
            return
        seen.update(item.get("id") for item in fresh)
        yield fresh
        start += len(found)
        if _is_last(page, start):
            return


def _is_last(page: Mapping[str, Any], start: int) -> bool:
    if page.get("isLast") is not None:
        return bool(page["isLast"])
    total = page.get("total")
    return isinstance(total, int) and start >= total


def objects(value: Any) -> list[Json]:
    """The JSON objects of a list; anything else is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
