"""How Jira answers: JSON, its error collection, and offset pages."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from pmreport.demo.refused import RefusedError

NO_ISSUE = "Issue does not exist or you do not have permission to see it."
BAD_PAYLOAD = "Invalid request payload. Refer to the REST API documentation and try again."
NOT_LOGGED_IN = "Client must be authenticated to access this resource."


def dumps(value: Any) -> str:
    """JSON as compact as Jira's."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def listing(members: Mapping[str, Any], name: str, texts: Iterable[str]) -> str:
    """The JSON of an object whose last member is a list of what is written already."""
    head = dumps({**{key: value for key, value in members.items() if key != name}, name: []})
    return f"{head[:-2]}{','.join(texts)}]}}"


def encoded(text: str) -> bytes:
    """JSON as bytes, half characters included."""
    return text.encode("utf-8", "surrogatepass")


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer; a text or bytes are taken to be JSON already."""
    if not isinstance(value, bytes):
        value = encoded(value if isinstance(value, str) else dumps(value))
    return Response(value, status, media_type="application/json")


def refusal(error: RefusedError) -> Response:
    """Jira's error collection."""
    if error.status == HTTPStatus.UNAUTHORIZED:
        return answer({"message": NOT_LOGGED_IN, "status-code": 401}, 401)
    return answer({"errorMessages": list(error.messages), "errors": {}}, error.status)


def number(text: Any, default: int, name: str) -> int:
    """A whole number from a query or a body. Raises RefusedError for anything else."""
    if text is None or text == "":
        return default
    try:
        return int(text)
    except (TypeError, ValueError):
        raise RefusedError(400, f"The value '{text}' for '{name}' is not a number.") from None


class Window(NamedTuple):
    """A page by offset: where it starts, the size it says it has, and where it really ends."""

    start: int
    size: int
    end: int


def struck(request: Request, kind: str) -> bool:
    """Whether a fault of this kind strikes the request."""
    fault = request.scope["simulator.fault"]
    return fault is not None and fault.kind == kind


def shortened(request: Request, size: int) -> int:
    """How many values a page really holds: half as many where the fault of short pages strikes."""
    return max(1, size // 2) if struck(request, "short-page") else size


def window(request: Request, default: int, cap: int) -> Window:
    """The page a request asks for, clamped as Jira clamps it."""
    start = max(0, number(request.query_params.get("startAt"), 0, "startAt"))
    size = number(request.query_params.get("maxResults"), default, "maxResults")
    size = min(cap, size) if size > 0 else min(cap, default)
    return Window(start, size, start + shortened(request, size))


def page_bean(values: Sequence[Any], page: Window, self_url: str | None = None) -> dict[str, Any]:
    """A page with startAt, maxResults, total, isLast and values."""
    start, size, end = page
    shown = list(values[start:end])
    is_last = start + len(shown) >= len(values)
    bean: dict[str, Any] = {
        "maxResults": size,
        "startAt": start,
        "total": len(values),
        "isLast": is_last,
        "values": shown,
    }
    if self_url is None:
        return bean
    joint = "&" if "?" in self_url else "?"
    bean = {"self": f"{self_url}{joint}startAt={start}&maxResults={size}", **bean}
    if not is_last:
        bean["nextPage"] = f"{self_url}{joint}startAt={start + len(shown)}&maxResults={size}"
    return bean


async def body(request: Request) -> dict[str, Any]:
    """The JSON object of a POST; null members count as left out. Raises RefusedError."""
    try:
        value = json.loads(await request.body() or b"{}")
    except ValueError:
        raise RefusedError(400, BAD_PAYLOAD) from None
    if not isinstance(value, dict):
        raise RefusedError(400, BAD_PAYLOAD)
    return {key: item for key, item in value.items() if item is not None}


def words(value: Any) -> list[str]:
    """A comma list, a repeated parameter or a JSON array, as a list of names."""
    parts = [value] if isinstance(value, str) else list(value or ())
    return [name.strip() for part in parts for name in str(part).split(",") if name.strip()]
