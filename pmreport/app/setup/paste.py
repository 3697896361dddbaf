"""What was discovered, as TOML to paste into the configuration, with the reason of each choice."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from pmreport.app.setup.survey import BoardFound, BoardLayout, FieldSurvey, StatusSurvey
from pmreport.jira.fields import TIME_FIELDS, FieldChoice, Role
from pmreport.metrics.settings import DoneSettings
from pmreport.model.rows import BoardColumnRow, StatusRow

_WAITING = re.compile(r"(?i)review|wait|block|hold|pend|ready|approv|queue")
_CATEGORIES = {"new": "to do", "indeterminate": "in progress", "done": "done"}
_NOT_SHOWN = "its configuration may not be read"


def quoted(text: str) -> str:
    """A text as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def remark(text: str) -> str:
    """A text that can stand in a comment: one line, without control codes."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def board_lines(url: str, scope: Sequence[str], found: Sequence[BoardLayout]) -> str:
    """The boards of some projects: `[scope]` with every board, and the columns of each."""
    keys = ", ".join(quoted(key) for key in scope)
    lines = [f"# The boards of {', '.join(scope)} at {url}; leave out what you do not want.", "[scope]"]
    lines += [f"projects = [{keys}]", "boards = ["]
    lines += [f"    {one.board.board_id},{' ' * 6}# {_board_words(one)}" for one in found]
    lines += ["]", ""]
    for one in found:
        lines += _start_column(one)
    return "\n".join(lines).rstrip()


def field_lines(url: str, survey: FieldSurvey) -> str:
    """The fields by their parts, with the reasons; and the points of each project, which never add up."""
    lines = [
        f"# What pmreport found in the fields of {url}. It finds this anew by itself at every sync:",
        "# write a line only to overrule it.",
        "[fields]",
        *_points_lines(survey),
        *_sprint_lines(survey),
        "",
        "# Also known, without a key to overrule them:",
    ]
    others = (Role.EPIC_LINK, Role.FLAGGED, Role.RANK)
    lines += [_choice(survey, choice) for choice in survey.fields.choices if choice.role in others]
    return "\n".join(lines)


def status_lines(url: str, survey: StatusSurvey) -> str:
    """The statuses that look like waiting, the resolutions that look like dropped, where work starts."""
    columns = _columns_by_status(survey.boards)
    placed = [status for status in survey.statuses if status.status_id in columns]
    off = sorted({remark(s.name) for s in survey.statuses} - {remark(s.name) for s in placed})
    lines = [
        f"# The statuses of {url}. Take away the # of those in which an item waits for somebody.",
        "[flow]",
        "waiting_statuses = [",
        *_status_choices(placed, columns),
        "]",
        *([f"# on none of these boards: {', '.join(off)}"] if off else []),
        "",
        "# Take away the # of the resolutions by which an item is dropped and not delivered.",
        "[done]",
        "dropped_resolutions = [",
        *_resolution_choices(row.name for row in survey.resolutions),
        "]",
        "",
    ]
    for one in survey.boards:
        lines += _start_column(one)
    return "\n".join(lines).rstrip()


def points_reason(survey: FieldSurvey, project: str) -> str:
    """Where a project's points are looked for, and why there, in a sentence."""
    own = survey.fields.project_points.get(project)
    if own:
        which = [each.board.board_id for each in survey.boards if _speaks_for(each, project, own)]
        boards = f"board{'s' if len(which) > 1 else ''} {', '.join(map(str, which))}"
        verb = "estimate" if len(which) > 1 else "estimates"
        return f"{own} {quoted(survey.name_of(own))}: {boards} {verb} in it"
    found = [choice for choice in survey.fields.choices if choice.role is Role.POINTS]
    if not found:
        return "no field for story points was found"
    return "; else ".join(f"{c.field_id} {quoted(survey.name_of(c.field_id))}: {c.reason}" for c in found)


def _points_lines(survey: FieldSurvey) -> Iterator[str]:
    each = {project: survey.fields.points_of(project) for project in survey.projects}
    firsts = {fields for fields in each.values() if fields}
    if len(firsts) == 1 and len(only := next(iter(firsts))) == 1 and all(each.values()):
        reasons = {remark(points_reason(survey, project)) for project in survey.projects}
        yield f"story_points = {quoted(only[0])}  # {' / '.join(sorted(reasons))}"
        return
    if not firsts:
        yield '# story_points = "customfield_..."  # no field for story points was found'
        yield from _timed(survey)
        return
    yield "# Story points, project by project: the first field with a value counts, they are never summed."
    yield "# One line for story_points would hold for all of them."
    for project in survey.projects:
        yield f"#   {project}: {remark(points_reason(survey, project))}"
    for field_id in survey.fields.points:
        yield f"# story_points = {quoted(field_id)}  # {remark(survey.name_of(field_id))}"


def _timed(survey: FieldSurvey) -> Iterator[str]:
    numbers = [
        str(each.board.board_id)
        for each in survey.boards
        if each.estimate and each.estimate.field_id in TIME_FIELDS
    ]
    if numbers:
        yield f"# (estimates are in time on board {', '.join(numbers)})"


def _sprint_lines(survey: FieldSurvey) -> Iterator[str]:
    found = [choice for choice in survey.fields.choices if choice.role is Role.SPRINT]
    for choice in found:
        name = remark(survey.name_of(choice.field_id))
        yield f"sprint = {quoted(choice.field_id)}  # {name}: {remark(choice.reason)}"
    if not found:
        yield '# sprint = "customfield_..."  # no sprint field was found'


def _choice(survey: FieldSurvey, choice: FieldChoice) -> str:
    part = choice.role.value.replace("_", " ")
    name = quoted(remark(survey.name_of(choice.field_id)))
    return f"#   {part}: {choice.field_id} {name}: {remark(choice.reason)}"


def _speaks_for(layout: BoardLayout, project: str, field_id: str) -> bool:
    estimate = layout.estimate
    return estimate is not None and (estimate.project_key, estimate.field_id) == (project, field_id)


def board_words(board: BoardFound) -> str:
    """A board's name and kind, for a comment or a list."""
    return f"{remark(board.name)} ({board.kind or 'of an unknown kind'})"


def _board_words(layout: BoardLayout) -> str:
    if layout.columns is None:
        return f"{board_words(layout.board)}; {_NOT_SHOWN}"
    estimates = layout.estimate.field_id if layout.estimate else None
    return f"{board_words(layout.board)}; estimates in {estimates or 'no field'}"


def _start_column(layout: BoardLayout) -> list[str]:
    if not layout.columns:
        return []
    names = _column_names(layout.columns)
    begin = names[1] if len(names) > 1 else names[0]
    choice = f"of {' | '.join(map(remark, names))}; default: the first that is in progress"
    return [
        f'[board."{layout.board.board_id}"]  # {board_words(layout.board)}',
        f"# start_column = {quoted(begin)}  # {choice}",
        "",
    ]


def _column_names(columns: Iterable[BoardColumnRow]) -> list[str]:
    ordered = sorted(columns, key=lambda column: column.position)
    return list(dict.fromkeys(column.column_name for column in ordered))


def _columns_by_status(layouts: Iterable[BoardLayout]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for layout in layouts:
        for column in layout.columns or ():
            words = f"column {quoted(remark(column.column_name))} of board {layout.board.board_id}"
            found.setdefault(column.status_id, []).append(words)
    return found


def _status_choices(statuses: Iterable[StatusRow], columns: dict[str, list[str]]) -> Iterator[str]:
    named: dict[str, list[StatusRow]] = {}
    for status in statuses:
        named.setdefault(status.name, []).append(status)
    order = list(_CATEGORIES)
    for name, rows in sorted(named.items(), key=lambda item: order.index(_category(item[1][0]))):
        where = ", ".join(dict.fromkeys(place for row in rows for place in columns[row.status_id]))
        waits = rows[0].category == "indeterminate" and _WAITING.search(name)
        yield f"    {'' if waits else '# '}{quoted(name)},  # {_CATEGORIES[_category(rows[0])]}; {where}"


def _category(status: StatusRow) -> str:
    return status.category if status.category in _CATEGORIES else "new"


def _resolution_choices(names: Iterable[str]) -> Iterator[str]:
    usual = {name.casefold() for name in DoneSettings().dropped_resolutions}
    for name in dict.fromkeys(names):
        yield f"    {'' if name.casefold() in usual else '# '}{quoted(name)},"
