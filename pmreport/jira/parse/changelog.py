"""The history of an issue as rows of changes."""

from collections.abc import Iterable
from operator import attrgetter

from pmreport.jira.fields import FieldMap
from pmreport.jira.parse.values import Json, instant_ms, integer, members, text, user_id
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import IssueChangeRow


def changes(
    histories: Iterable[Json], issue_id: int, fields: FieldMap
) -> tuple[list[IssueChangeRow], list[Problem]]:
    """Every item of every history, oldest first; items of one history keep their order."""
    rows: list[IssueChangeRow] = []
    problems: list[Problem] = []
    known: dict[tuple[str | None, str], str] = {}  # the same few fields over and over
    for history in histories:
        history_id, changed = integer(history.get("id")), instant_ms(history.get("created"))
        if history_id is None or changed is None:
            problems.append(
                Problem(ProblemKind.UNREADABLE_STAMP, str(issue_id), f"history {history.get('id')}")
            )
        else:
            # missing for deleted people, visitors and automation
            author = user_id(history.get("author"))
            for number, item in enumerate(members(history.get("items"))):
                named = (text(item.get("fieldId")), text(item.get("field")) or "")
                field_id = known.get(named)
                if field_id is None:
                    field_id = known[named] = fields.field_id_of(*named)
                rows.append(
                    IssueChangeRow(
                        history_id,
                        number,
                        issue_id,
                        changed,
                        author,
                        field_id,
                        named[1],
                        _word(item.get("from")),
                        _word(item.get("to")),
                        _word(item.get("fromString")),
                        _word(item.get("toString")),
                    )
                )
    rows.sort(key=_IN_ORDER)
    return rows, problems


_IN_ORDER = attrgetter("changed_ms", "history_id", "item_no")


def _word(value: object) -> str | None:
    """A value as text. Empty and null mean the same in a changelog: nothing."""
    if isinstance(value, str):
        return value or None
    return None if value is None else str(value)
