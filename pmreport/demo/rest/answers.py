"""How Jira answers: JSON, its error collection, and offset pages."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from pmreport.demo.refused import RefusedError

NO_ISSUE = "Issue does not exist or you do not have permission to see it."
NOT_LOGGED_IN = "Client must be authenticated to access this resource."


def dumps(value: Any) -> str:
    """JSON as compact as Jira's."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer; a text is taken to be JSON already."""
    text = value if isinstance(value, str) else dumps(value)
    return Response(text.encode("utf-8", "surrogatepass"), status, media_type="application/json")


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


def window(request: Request, default: int, cap: int) -> tuple[int, int]:
    """(startAt, maxResults) of a request, clamped as Jira clamps them."""
    start = max(0, number(request.query_params.get("startAt"), 0, "startAt"))
    size = number(request.query_params.get("maxResults"), default, "maxResults")
    return start, min(cap, size) if size > 0 else min(cap, default)


def page_bean(values: Sequence[Any], start: int, size: int, self_url: str | None = None) -> dict[str, Any]:
    """A page with startAt, maxResults, total, isLast and values."""
    shown = list(values[start : start + size])
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
        bean["nextPage"] = f"{self_url}{joint}startAt={start + size}&maxResults={size}"
    return bean


async def body(request: Request) -> dict[str, Any]:
    """The JSON object of a POST; null members count as left out. Raises RefusedError."""
    try:
        value = json.loads(await request.body() or b"{}")
    except ValueError:
        raise RefusedError(
            400, "Invalid request payload. Refer to the REST API documentation and try again."
        ) from None
    if not isinstance(value, dict):
        raise RefusedError(400, "Invalid request payload. Refer to the REST API documentation and try again.")
    return {key: item for key, item in value.items() if item is not None}


def words(value: Any) -> list[str]:
    """A comma list, a repeated parameter or a JSON array, as a list of names."""
    parts = [value] if isinstance(value, str) else list(value or ())
    return [name.strip() for part in parts for name in str(part).split(",") if name.strip()]
