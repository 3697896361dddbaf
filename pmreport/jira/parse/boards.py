"""Boards, their columns and their sprints as rows."""

from collections.abc import Sequence

from pmreport.jira.fields import BoardEstimate
from pmreport.jira.parse.values import Json, instant_ms, integer, member, members, text
from pmreport.model.rows import BoardColumnRow, BoardRow, SprintRow


def board(found: Json, configuration: Json, *, filter_jql: str | None, has_sprints: bool) -> BoardRow | None:
    """A board. `configuration` is {} where it may not be read."""
    board_id = integer(found.get("id"))
    if board_id is None:
        return None
    estimation = estimation_field(configuration)
    name, kind = text(found.get("name")) or "", text(found.get("type")) or ""
    return BoardRow(board_id, name, kind, filter_jql, estimation, has_sprints)


def columns(board_id: int, configuration: Json) -> list[BoardColumnRow]:
    """The board's statuses with their columns; the last column that has a status is the done column.

    A status that is mapped to no column has no row. One that stands in two columns keeps the first.
    """
    layout = members((configuration.get("columnConfig") or {}).get("columns"))
    mapped = [(place, each, members(each.get("statuses"))) for place, each in enumerate(layout)]
    last = max((place for place, _, statuses in mapped if statuses), default=-1)
    rows: dict[str, BoardColumnRow] = {}
    for place, each, statuses in mapped:
        for status_id in (member(one, "id") for one in statuses):
            if status_id is not None and status_id not in rows:
                name = text(each.get("name")) or ""
                rows[status_id] = BoardColumnRow(board_id, status_id, name, place, place == last)
    return list(rows.values())


def estimation_field(configuration: Json) -> str | None:
    """The id of the field that the board estimates in; None when it counts issues or does not say."""
    estimation = configuration.get("estimation")
    if not isinstance(estimation, dict) or estimation.get("type") != "field":
        return None
    return member(estimation.get("field"), "fieldId")


def board_estimate(found: Json, configuration: Json, projects: Sequence[Json] = ()) -> BoardEstimate | None:
    """What the board estimates in, for the discovery of fields.

    A board belongs to the project of its location; one that has none, to the only one of `projects`.
    """
    board_id, field_id = integer(found.get("id")), estimation_field(configuration)
    if board_id is None or field_id is None:
        return None
    shown = {member(each, "key") for each in projects}
    project_key = _home(found.get("location")) or (shown.pop() if len(shown) == 1 else None)
    return BoardEstimate(board_id=board_id, project_key=project_key, field_id=field_id)


def _home(location: object) -> str | None:
    """The project in which a board lies, by its key; a list and a configuration name it differently."""
    in_project = member(location, "type") == "project"
    return member(location, "projectKey") or (member(location, "key") if in_project else None)


def filter_id(configuration: Json) -> str | None:
    """The id of the board's saved filter."""
    return member(configuration.get("filter"), "id")


def sprint(found: Json) -> SprintRow | None:
    """A sprint. A future one may have no dates; only Data Center tells the click from the planned start."""
    sprint_id = integer(found.get("id"))
    if sprint_id is None:
        return None
    return SprintRow(
        sprint_id=sprint_id,
        origin_board_id=integer(found.get("originBoardId")),
        name=text(found.get("name")) or "",
        state=str(found.get("state") or "future").lower(),
        goal=text(found.get("goal")),
        start_ms=instant_ms(found.get("startDate")),
        activated_ms=instant_ms(found.get("activatedDate")),
        end_ms=instant_ms(found.get("endDate")),
        complete_ms=instant_ms(found.get("completeDate")),
    )
