"""How a sprint looks: as the agile API tells it, and as it stands within an issue."""

from typing import Any

from pmreport.demo.catalogue import Site, Sprint
from pmreport.demo.rest.shapes import agile, spoken
from pmreport.demo.stamps import clock_of, zulu

# Data Center does not promise an order of the members within the text.
_DATES = "startDate endDate completeDate activatedDate"
_ORDERS = (
    f"id rapidViewId state name {_DATES} sequence goal autoStartStop synced",
    f"rapidViewId state name goal {_DATES} autoStartStop synced sequence id",
    f"goal name id synced rapidViewId {_DATES} state sequence autoStartStop",
)


def _instants(site: Site, row: Sprint) -> dict[str, str]:
    """The dates that are known. On Data Center the click that started the sprint stands beside its plan."""
    known = {"startDate": row.start_ms, "endDate": row.end_ms, "completeDate": row.complete_ms}
    if site.product.clicks_as_start:
        return {key: zulu(ms) for key, ms in known.items() if ms is not None}
    known |= {"startDate": row.planned_start_ms or row.start_ms, "activatedDate": row.start_ms}
    write = clock_of(site.zones.site).colon_stamp
    return {key: write(ms) for key, ms in known.items() if ms is not None}


def sprint(site: Site, row: Sprint) -> dict[str, Any]:
    """A sprint of its own."""
    shape: dict[str, Any] = {
        "id": row.id,
        "self": f"{agile(site)}/sprint/{row.id}",
        "state": row.state,
        "name": row.name,
        **_instants(site, row),
        "createdDate": zulu(row.created_ms),
        "originBoardId": row.board_id,
        "goal": row.goal,
    }
    if not site.product.clicks_as_start:
        shape |= {"synced": False, "autoStartStop": False}
    return spoken(site, "sprint", shape)


def within(site: Site, row: Sprint) -> dict[str, Any] | str:
    """A sprint as a value of an issue: an object on Cloud, a text of Java's on Data Center."""
    if site.product.sprints_as_text:
        return _text(site, row)
    shape = {"id": row.id, "name": row.name, "state": row.state, "boardId": row.board_id, "goal": row.goal}
    return shape | _instants(site, row)


def _text(site: Site, row: Sprint) -> str:
    empty = "<null>" if row.id % 2 else ""
    values = {
        "id": str(row.id),
        "rapidViewId": str(row.board_id),
        "state": row.state.upper(),
        "name": row.name,
        "sequence": str(row.id),
        "goal": row.goal or empty,
        "autoStartStop": "false",
        "synced": "false",
        **_instants(site, row),
    }
    names = _ORDERS[row.id % len(_ORDERS)].split()
    members = ",".join(f"{name}={values.get(name, '<null>')}" for name in names)
    return f"com.atlassian.greenhopper.service.sprint.Sprint@{row.id * 2654435761 % 2**32:x}[{members}]"
