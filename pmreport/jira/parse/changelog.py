"""The history of an issue as rows of changes."""

from collections.abc import Iterable, Iterator

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
    for history in histories:
        history_id, changed = integer(history.get("id")), instant_ms(history.get("created"))
        if history_id is None or changed is None:
            problems.append(
                Problem(ProblemKind.UNREADABLE_STAMP, str(issue_id), f"history {history.get('id')}")
            )
        else:
            rows.extend(_items(history, history_id, issue_id, changed, fields))
    rows.sort(key=_order)
    return rows, problems


def _order(row: IssueChangeRow) -> tuple[int, int, int]:
    return row.changed_ms, row.history_id, row.item_no


def _items(
    history: Json, history_id: int, issue_id: int, changed_ms: int, fields: FieldMap
) -> Iterator[IssueChangeRow]:
    author = user_id(history.get("author"))  # missing for deleted people, visitors and automation
    for number, item in enumerate(members(history.get("items"))):
        name = text(item.get("field")) or ""
        yield IssueChangeRow(
            history_id=history_id,
            item_no=number,
            issue_id=issue_id,
            changed_ms=changed_ms,
            author_id=author,
            field_id=fields.field_id_of(text(item.get("fieldId")), name),
            field_name=name,
            from_value=_word(item.get("from")),
            to_value=_word(item.get("to")),
            from_text=_word(item.get("fromString")),
            to_text=_word(item.get("toString")),
        )


def _word(value: object) -> str | None:
    """A value as text. Empty and null mean the same in a changelog: nothing."""
    return None if value is None or value == "" else str(value)
