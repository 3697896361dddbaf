"""What a search finds, and the faults that move or hide issues while somebody pages through it."""

from starlette.requests import Request

from pmreport.demo.dice import mixed_bits
from pmreport.demo.edits import apply
from pmreport.demo.jql_parse import JqlError
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest.access import is_anonymous, state_of
from pmreport.demo.rest.answers import struck

WARNING = "The query has too many clauses; some of them were not looked at."


def found(request: Request, jql: str, start: int = 0) -> list[int]:
    """The ids a JQL finds. Raises RefusedError for one that Jira does not understand."""
    state = state_of(request)
    try:
        ids = state.search(jql, anonymous=is_anonymous(request))
        if struck(request, "shift") and 0 < start <= len(ids):
            _touch(request, ids[:start])
            ids = state.search(jql, anonymous=is_anonymous(request))
    except JqlError as error:
        raise RefusedError(400, str(error)) from None
    return ids


def _touch(request: Request, read: list[int]) -> None:
    """Rank an issue of an earlier page anew, so that it moves and the pages after it shift."""
    state = state_of(request)
    bits = mixed_bits(request.scope["simulator.fault"].seed, state.faults.struck["shift"])
    edit = {
        "do": "rank",
        "issue": read[bits % len(read)],
        "value": "Ranked higher",
        "at_ms": state.corpus.now_ms,
    }
    apply(state.corpus, edit)


def shown(request: Request, page: list[int]) -> list[int]:
    """The ids of a page that are really told: one is missing where the fault of vanishing strikes."""
    if not struck(request, "vanish"):
        return page
    hidden = state_of(request).faults.hides(page)
    return [issue_id for issue_id in page if issue_id != hidden]
