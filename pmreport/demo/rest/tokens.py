"""The tokens by which Cloud's pages follow each other."""

import base64
import binascii
import json
from typing import Any

from starlette.requests import Request

from pmreport.demo.refused import RefusedError
from pmreport.demo.rest.access import state_of
from pmreport.demo.rest.answers import dumps, struck

_BAD = "The provided next page token is invalid or expired."
_KEPT = 40


def next_token(request: Request, token: Any, start: int, about: str) -> str:
    """The token of the page that starts there; the one that was sent, where a fault repeats it."""
    if token and struck(request, "repeated-token"):
        return str(token)
    turn = state_of(request).faults.struck["empty-page"] if struck(request, "empty-page") else 0
    return base64.urlsafe_b64encode(dumps([start, about[:_KEPT], turn]).encode()).decode()


def start_of(token: Any, about: str) -> int:
    """Where the page of a token starts. Raises RefusedError for a token of something else."""
    if not token:
        return 0
    try:
        start, begin, _turn = json.loads(base64.urlsafe_b64decode(str(token)))
    except (ValueError, TypeError, binascii.Error):
        raise RefusedError(400, _BAD) from None
    if begin != about[:_KEPT] or not isinstance(start, int):
        raise RefusedError(400, _BAD)
    return start
