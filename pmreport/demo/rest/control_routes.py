"""What Jira does not have: the truth about the corpus, edits for tests, the token, the clock, the line."""

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.edits import apply
from pmreport.demo.faults import KINDS, Schedule, parse
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest.access import state_of
from pmreport.demo.rest.answers import answer, body, number
from pmreport.demo.truth import issue_truth, truth

MODES = ("ok", "dead", "captcha")


async def everything(request: Request) -> Response:
    """The counts of all that the token may see, and of each project."""
    return answer(truth(state_of(request).corpus))


async def one(request: Request) -> Response:
    """The counts of one issue."""
    issue = state_of(request).corpus.find(request.path_params["issue"])
    if issue is None:
        raise RefusedError(404, "No such issue in the corpus.")
    return answer(issue_truth(issue))


async def gone(request: Request) -> Response:
    """What became of each issue that the token does not see any more, by its id."""
    return answer(state_of(request).corpus.fates)


async def token(request: Request) -> Response:
    """Change what the credentials open.

    `mode` kills the token, brings it back, or asks for a captcha: "dead" | "ok" | "captcha". `basic` says
    whether a password is taken; `scopes` are those of the scoped token.
    """
    state, asked = state_of(request), await body(request)
    mode = asked.get("mode", state.credentials)
    if mode not in MODES:
        raise RefusedError(400, f"mode must be one of {', '.join(MODES)}.")
    state.credentials, state.basic = mode, bool(asked.get("basic", state.basic))
    state.scopes = frozenset(asked.get("scopes", state.scopes))
    return answer({"mode": mode, "basic": state.basic, "scopes": sorted(state.scopes)})


async def switches(request: Request) -> Response:
    """Switch parts of the product off and on: {"licensed": false} for boards, {"time_tracking": false}."""
    state, asked = state_of(request), await body(request)
    state.licensed = bool(asked.get("licensed", state.licensed))
    state.time_tracking = bool(asked.get("time_tracking", state.time_tracking))
    return answer({"licensed": state.licensed, "time_tracking": state.time_tracking})


async def faults(request: Request) -> Response:
    """The faults that are on and how often each has struck.

    POST {"faults": [{"kind": …, "rate": …, "seed": …, "times": …, "path": …}]} switches on exactly these,
    DELETE none.
    """
    state = state_of(request)
    if request.method == "POST":
        asked = await body(request)
        state.faults = Schedule(tuple(parse(fault) for fault in asked.get("faults", [asked])))
    elif request.method == "DELETE":
        state.faults = Schedule()
    on = [asdict(fault) for fault in state.faults.faults]
    return answer({"kinds": list(KINDS), "faults": on, "struck": dict(state.faults.struck)})


async def requests(request: Request) -> Response:
    """How often each path was asked for; DELETE starts to count anew."""
    state = state_of(request)
    if request.method == "DELETE":
        state.requests.clear()
    counts: dict[str, Any] = dict(state.requests.most_common())
    return answer({"total": sum(state.requests.values()), "paths": counts})


async def edit(request: Request) -> Response:
    """Apply edits in order, each at its instant: {"edits": [{"do": …, "at_ms": …, …}]}."""
    state, asked = state_of(request), await body(request)
    return answer(
        {
            "edited": [apply(state.corpus, change) for change in asked.get("edits", [asked])],
            "now_ms": state.corpus.now_ms,
        }
    )


async def clock(request: Request) -> Response:
    """The instant it is on the site; POST {"now_ms": …} moves it forward."""
    state = state_of(request)
    if request.method == "POST":
        asked = await body(request)
        state.corpus.now_ms = max(state.corpus.now_ms, int(asked.get("now_ms", 0)))
    return answer({"now_ms": state.corpus.now_ms})


async def latency(request: Request) -> Response:
    """How long each answer is on its way; POST {"ms": …} makes it longer or shorter."""
    state = state_of(request)
    if request.method == "POST":
        asked = await body(request)
        state.latency_ms = max(0, number(asked.get("ms"), 0, "ms"))
    return answer({"ms": state.latency_ms})


ROUTES = [
    Route("/__simulator/truth", everything),
    Route("/__simulator/truth/issue/{issue}", one),
    Route("/__simulator/truth/gone", gone),
    Route("/__simulator/token", token, methods=["POST"]),
    Route("/__simulator/switches", switches, methods=["POST"]),
    Route("/__simulator/faults", faults, methods=["GET", "POST", "DELETE"]),
    Route("/__simulator/requests", requests, methods=["GET", "DELETE"]),
    Route("/__simulator/edit", edit, methods=["POST"]),
    Route("/__simulator/clock", clock, methods=["GET", "POST"]),
    Route("/__simulator/latency", latency, methods=["GET", "POST"]),
]
