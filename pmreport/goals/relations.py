"""From when until when an item had a value of a field, or one that a rule wants, as SQL.

Every text here selects `item_id`, `began_at`, `ended_at`: half-open stretches of an item's life. Only names
and placeholders of our own making are put together; every value is bound.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from pmreport.goals import search_sql
from pmreport.goals.check import Bound, Change, Check, Search, Was
from pmreport.goals.context import FieldKind, Source
from pmreport.goals.past_sql import change_parameters, changes, was_parameters, was_there
from pmreport.model.query import Scalar, sql_text

_OF_THE_ISSUE = {Source.ISSUE: "v.issue_id", Source.CREATED: "v.created_ms"}
_HISTORIES = {
    Source.STATUS: ("issue_status", "v.status_id"),
    Source.SPRINT: ("issue_sprint", "v.sprint_id"),
}
_PLACEHOLDER = re.compile(r"\$(\w+)")
_NOTHING = "1 = 0"
_ANYTHING = "1 = 1"


def lifetime() -> str:
    """One stretch for each item: from its creation on."""
    return _text("lifetime", condition=_ANYTHING)


def any_value(check: Check) -> str:
    """The stretches in which the field had a value at all; of a question about the past, the whole life."""
    if check.field.always_set or check.of_the_past:
        return lifetime()
    return _stretches(check, lambda _column: _ANYTHING)


def wanted_value(check: Check) -> str:
    """The stretches in which what the clause asks held; several may overlap."""
    match check.asked:
        case Was() as asked:
            wanted = _stretches(check, _is_wanted(check)) if check.wanted else None
            return was_there(asked, check, wanted, any_now(check))
        case Change() as asked:
            return changes(asked, check)
        case _:
            return _present(check)


def _present(check: Check) -> str:
    stretches = [_text(f"{state}_sprints") for state in check.sprint_states]
    if check.wanted or isinstance(check.asked, Search):
        stretches.insert(0, _stretches(check, _is_wanted(check)))
    return " UNION ALL ".join(stretches) or _text("lifetime", condition=_NOTHING)


def any_now(check: Check) -> str:
    """The stretches in which the field had a value."""
    return lifetime() if check.field.always_set else _stretches(check, lambda _column: _ANYTHING)


def bound_in(text: str, checks: Iterable[Check]) -> dict[str, Scalar]:
    """The values of the clauses that a text uses: an engine refuses a spare one."""
    used = set(_PLACEHOLDER.findall(text))
    values = (item for check in checks for item in parameters(check).items())
    return {name: value for name, value in values if name in used}


def parameters(check: Check) -> dict[str, Scalar]:
    """The values that the texts of a clause may use."""
    if isinstance(check.asked, Change):
        return change_parameters(check.asked, check)
    bound: dict[str, Scalar] = {}
    if check.field.source is Source.VALUE:
        bound |= {_name("f", check, index): field_id for index, field_id in enumerate(check.field.ids)}
    bound |= {_name("w", check, index): _typed(check, value) for index, value in enumerate(check.wanted)}
    if isinstance(check.asked, Was):
        bound |= was_parameters(check.asked, check)
    if isinstance(check.asked, Search):
        bound |= search_sql.parameters(check.asked, check.number)
    return bound


def _stretches(check: Check, condition: Callable[[str], str]) -> str:
    """The stretches of the field's own history whose value, in the column named, meets a condition."""
    source = check.field.source
    if source in _OF_THE_ISSUE:
        return _text("lifetime", condition=condition(_OF_THE_ISSUE[source]))
    if source is Source.UPDATED:
        return _text("updates", condition=condition("u.u_at"))
    if source is Source.PROSE:
        return " UNION ALL ".join(_prose(part, condition) for part in check.field.ids)
    if source in _HISTORIES:
        history, column = _HISTORIES[source]
        return _text("stretches", history=history, condition=condition(column))
    return _text("stretches", history="issue_value", condition=_value_condition(check, condition))


def _value_condition(check: Check, condition: Callable[[str], str]) -> str:
    if check.field.source is Source.RESOLVED:  # from when the resolution was set
        return f"v.field_id = 'resolution' AND {condition('v.valid_from_ms')}"
    fields = _listed("f", check, range(len(check.field.ids)))
    return f"v.field_id IN ({fields}) AND {condition(_value_column(check))}"


def _prose(part: str, condition: Callable[[str], str]) -> str:
    match part:
        case "description":
            held = f"v.description IS NOT NULL AND {condition('v.description')}"
            return _text("lifetime", condition=held)
        case "comment":
            return _text("comments", condition=condition("v.body"))
        case _:
            held = f"v.field_id = 'summary' AND {condition('COALESCE(v.value_text, v.value_id)')}"
            return _text("stretches", history="issue_value", condition=held)


def _value_column(check: Check) -> str:
    match check.field.kind:
        case FieldKind.NUMBER | FieldKind.DURATION:
            return "v.value_number"
        case FieldKind.TEXT:
            return "COALESCE(v.value_text, v.value_id)"
        case _:
            return "v.value_id"


def _is_wanted(check: Check) -> Callable[[str], str]:
    """The condition on the column of a value."""
    asked = check.asked
    if isinstance(asked, Search):
        return lambda column: search_sql.condition(asked, check.number, column)
    if isinstance(asked, Bound):
        return lambda column: f"{column} {asked.operator} ${_name('w', check, 0)}"
    if check.field.source is Source.ISSUE:
        return lambda column: _issues(check, column, lambda keys: f"v.issue_key IN ({keys})")
    if check.field.kind is FieldKind.ISSUE:
        return lambda column: _issues(check, column, lambda keys: _text("issue_ids", keys=keys))
    return lambda column: f"{column} IN ({_listed('w', check, range(len(check.wanted)))})"


def _issues(check: Check, id_column: str, by_key: Callable[[str], str]) -> str:
    """Issues named by id, by key, or some by each."""
    ids = [index for index, value in enumerate(check.wanted) if value.isdecimal()]
    keys = [index for index, value in enumerate(check.wanted) if not value.isdecimal()]
    conditions = [f"{id_column} IN ({_listed('w', check, ids)})"] if ids else []
    return f"({' OR '.join(conditions + ([by_key(_listed('w', check, keys))] if keys else []))})"


def _typed(check: Check, value: str) -> Scalar:
    if check.field.kind in (FieldKind.NUMBER, FieldKind.DURATION):
        return float(value)
    if check.field.kind is FieldKind.INSTANT:
        return int(value)
    is_number = check.field.source in (Source.ISSUE, Source.SPRINT) and value.isdecimal()
    return int(value) if is_number else value


def _listed(prefix: str, check: Check, indexes: Sequence[int]) -> str:
    return ", ".join(f"${_name(prefix, check, index)}" for index in indexes)


def _name(prefix: str, check: Check, index: int) -> str:
    return f"{prefix}{check.number}_{index}"


def _text(name: str, **parts: str) -> str:
    return sql_text("pmreport.goals", f"sql/{name}.sql").format(**parts)
