"""What an answer of Jira means: data, a dead end, or a reason to ask again.

Jira answers a dead token as an anonymous visitor, with status 200 and nothing in it. So who was recognised
is checked on every answer, whatever its status.
"""

import json
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

import orjson

from pmreport.errors import BadDataError, NotAuthorisedError, PmreportError
from pmreport.jira.credential import Credential, redacted
from pmreport.jira.dialect import Dialect

_REFUSED_REASONS = ("AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED")
NEW_TOKEN = (
    "Make a new token, then put it where the old one was: `pmreport auth status` names the place, "  # noqa: S105 - a sentence
    "`pmreport auth login` asks for the new one."
)
_FORBIDDEN = 403
NOT_FOUND = 404
_ODD_ESCAPE = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")  # halves of characters, and NUL
_FOLD, _UNFOLD = b"[" * 200, b"]" * 200
_LONGEST = 19  # characters of a whole number: as long as the largest that a database holds
_HUGE = b"0" * _LONGEST
_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"000000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer: `path` is what was asked, without parameters. Header names ignore case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    path: str


class RefusedError(BadDataError):
    """Jira understood the request and said no (400, 404, 410, ...). 404 also means "you may not see it"."""

    def __init__(self, status_code: int, reason: str, *, where: str, hint: str | None = None) -> None:
        super().__init__(f"Jira refused a request ({status_code}): {reason}", where=where, hint=hint)
        self.status_code = status_code
        self.reason = reason


class ForbiddenError(NotAuthorisedError):
    """The user is known and may not do this (403)."""


class ScopeError(NotAuthorisedError):
    """The token is good, and its scopes do not cover this."""


class CaptchaError(NotAuthorisedError):
    """Too many failed logins: no token is looked at any more, until a human has logged in."""


class UnreadableAnswerError(Exception):
    """The body is no JSON: cut off on its way, or a page of something that stands before Jira."""


def check_identity(answer: Answer, credential: Credential, dialect: Dialect, account: str | None) -> None:
    """Raise NotAuthorisedError when Jira did not take the caller for the owner of the token.

    `account` is what `/myself` said (in the words of `dialect.user_key`), None before that.
    """
    reason = answer.headers.get("X-Seraph-LoginReason", "").upper()
    if _wants_captcha(answer) or any(word in reason for word in _REFUSED_REASONS):
        raise _refused_token(answer)
    name = answer.headers.get(dialect.user_header)
    if name and account and account.casefold() not in (name.casefold(), unquote_plus(name).casefold()):
        seen = "an anonymous visitor" if name == "anonymous" else "somebody else"
        raise NotAuthorisedError(
            f"Jira took us for {seen}, not for the owner of the token.",
            where=answer.path,
            hint=NEW_TOKEN,
        )
    if answer.status == 401:  # noqa: PLR2004 - HTTP
        raise _unauthorised(answer, credential)


def _refused_token(answer: Answer) -> NotAuthorisedError:
    if _wants_captcha(answer):
        return CaptchaError(
            "Jira wants a CAPTCHA solved after too many failed logins.",
            where=answer.path,
            hint="Log in to Jira once in a browser, then run the command again.",
        )
    return NotAuthorisedError(
        "Jira refused the token and treated us as an anonymous visitor.", where=answer.path, hint=NEW_TOKEN
    )


def _wants_captcha(answer: Answer) -> bool:
    return "CAPTCHA" in answer.headers.get("X-Authentication-Denied-Reason", "").upper()


def _unauthorised(answer: Answer, credential: Credential) -> NotAuthorisedError:
    reason = reason_of(answer, credential)
    if "scope" in reason.lower():
        return ScopeError(
            f"The token may not do this: {reason}",
            where=answer.path,
            hint="Give the token the read scopes for Jira work, users, boards and sprints.",
        )
    return NotAuthorisedError(
        "Jira refused the token: it is mistyped, expired or revoked, or belongs to another email.",
        where=answer.path,
        hint=f"{NEW_TOKEN} Under [site] a Cloud token with scopes also needs `cloud_id`, and a personal"
        " access token of Data Center goes without `email`.",
    )


def refusal(answer: Answer, credential: Credential) -> PmreportError:
    """The error that a 3xx or 4xx answer stands for (401 and 429 are dealt with before)."""
    reason = reason_of(answer, credential)
    if answer.status == _FORBIDDEN:
        return ForbiddenError(f"Jira forbids this to the token's user: {reason}", where=answer.path)
    hint = "A newer pmreport may know the new address." if answer.status == 410 else None  # noqa: PLR2004 - HTTP
    return RefusedError(answer.status, reason, where=answer.path, hint=hint)


def reason_of(answer: Answer, credential: Credential) -> str:
    """What the body says went wrong, in one safe line; the status alone where it says nothing readable."""
    try:
        said = _messages(_read(answer.body))
    except (ValueError, RecursionError):
        said = []
    return redacted("; ".join(said), credential) or f"status {answer.status}, without a reason"


def _messages(body: Any) -> list[str]:
    if not isinstance(body, dict):
        return []
    listed = body.get("errorMessages")
    messages = [str(text) for text in listed] if isinstance(listed, list) else []
    named = body.get("errors")
    if isinstance(named, dict):
        messages += [f"{field}: {text}" for field, text in named.items()]
    return messages or [str(body[name]) for name in ("message", "errorMessage") if body.get(name)]


def parsed(answer: Answer) -> Any:
    """The JSON of the body.

    A number that is none, or that no database holds, is None. Raises UnreadableAnswerError for anything else
    than JSON, and BadDataError for JSON that is folded too deeply.
    """
    try:
        found = _read(answer.body)
        return _storable(found) if _ODD_ESCAPE.search(answer.body) else found
    except ValueError:
        what = "a web page" if answer.body.lstrip()[:1] == b"<" else "an answer that breaks off"
        raise UnreadableAnswerError(what) from None
    except RecursionError:
        raise BadDataError(
            "An answer of Jira is folded too deeply to be read.",
            where=answer.path,
            hint="Look for a text with very many nested lists or tables, made by an import for instance.",
        ) from None


def _has_huge_number(body: bytes) -> bool:
    """Whether a number may be too long for 64 bits. Digits in a text rarely stand behind such a sign."""
    *before, _ = body.translate(_DIGITS_AS_ZEROS).split(_HUGE)
    return any(piece.rstrip(b" \t\r\n-")[-1:] in b":[," for piece in before)


def _read(body: bytes) -> Any:
    """The JSON, if it leaves some folds to spare: whoever works with it later stands deeper than we do."""
    found = _by_either(body)
    for _ in _FOLD:
        [found] = found
    return found


def _by_either(body: bytes) -> Any:
    """The folded JSON by the fast parser; by the patient one where that refuses it, or would round a number.

    It refuses half a character and NaN.
    """
    if not _has_huge_number(body):
        with suppress(ValueError):
            return orjson.loads(_FOLD + body + _UNFOLD)
    text = f"{_FOLD.decode()}{_decoded(body)}{_UNFOLD.decode()}"
    return json.loads(text, parse_int=_whole, parse_float=_broken, parse_constant=_nothing)


def _decoded(body: bytes) -> str:
    """The body as text; half a character becomes a question mark."""
    encoding = json.detect_encoding(body)
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return body.decode(encoding, "surrogatepass").encode("utf-8", "replace").decode()


def _whole(digits: str) -> int | None:
    """A whole number; thousands of digits would be too much for Python itself, twenty are for a database."""
    return int(digits) if len(digits) <= _LONGEST else None


def _broken(digits: str) -> float | None:
    found = float(digits)
    return found if math.isfinite(found) else None


def _nothing(_name: str) -> None:
    """What NaN and Infinity stand for: they are no JSON, yet some servers write them."""


def _storable(found: Any) -> Any:
    """The same with a replacement character for what is no text: half an emoji, cut off by a length limit."""
    text = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
    return json.loads(text.replace(rb"\u0000", rb"\ufffd"))
