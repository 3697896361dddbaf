"""From when until when an item had a value of a field, or one that a rule wants, as SQL.

Every text here selects `item_id`, `began_at`, `ended_at`: half-open stretches of an item's life. Only names
and placeholders of our own making are put together; every value is bound.
"""

from collections.abc import Callable, Sequence
from typing import assert_never

from pmreport.goals.context import FieldKind, Source
from pmreport.goals.plan import Check
from pmreport.model.query import Scalar, sql_text

_COLUMNS = {Source.STATUS: "status_id", Source.SPRINT: "sprint_id", Source.VALUE: "value_id"}


def lifetime() -> str:
    """One stretch for each item: from its creation on."""
    return _text("lifetime", condition="1 = 1")


def any_value(check: Check) -> str:
    """The stretches in which the field had a value at all."""
    return lifetime() if check.field.always_set else _stretches(check, "1 = 1")


def wanted_value(check: Check) -> str:
    """The stretches in which the field had a value that the clause names; several may overlap."""
    stretches = []
    if check.wanted:
        stretches.append(_stretches(check, f"({_is_wanted(check)})"))
    if check.open_sprints:
        stretches.append(_text("open_sprints"))
    return " UNION ALL ".join(stretches) or _text("lifetime", condition="1 = 0")


def parameters(check: Check) -> dict[str, Scalar]:
    """The values bound in the texts of a clause."""
    bound: dict[str, Scalar] = {}
    if check.field.source is Source.VALUE:
        bound |= {_name("f", check, index): field_id for index, field_id in enumerate(check.field.ids)}
    return bound | {
        _name("w", check, index): _typed(check, value) for index, value in enumerate(check.wanted)
    }


def _stretches(check: Check, condition: str) -> str:
    match check.field.source:
        case Source.ISSUE:
            return _text("lifetime", condition=condition)
        case Source.STATUS:
            return _text("stretches", history="issue_status", condition=condition)
        case Source.SPRINT:
            return _text("stretches", history="issue_sprint", condition=condition)
        case Source.VALUE:
            fields = _listed("f", check, range(len(check.field.ids)))
            return _text(
                "stretches", history="issue_value", condition=f"v.field_id IN ({fields}) AND {condition}"
            )
        case _:
            assert_never(check.field.source)


def _is_wanted(check: Check) -> str:
    match check.field.source, check.field.kind:
        case Source.ISSUE, _:
            return _issues(check, "v.issue_id", lambda keys: f"v.issue_key IN ({keys})")
        case Source.VALUE, FieldKind.ISSUE:
            return _issues(check, "v.value_id", lambda keys: _text("issue_ids", keys=keys))
        case Source.VALUE, FieldKind.NUMBER:
            column = "value_number"
        case _:
            column = _COLUMNS[check.field.source]
    return f"v.{column} IN ({_listed('w', check, range(len(check.wanted)))})"


def _issues(check: Check, id_column: str, by_key: Callable[[str], str]) -> str:
    """Issues named by id, by key, or some by each."""
    ids = [index for index, value in enumerate(check.wanted) if value.isdecimal()]
    keys = [index for index, value in enumerate(check.wanted) if not value.isdecimal()]
    conditions = [f"{id_column} IN ({_listed('w', check, ids)})"] if ids else []
    return " OR ".join(conditions + ([by_key(_listed("w", check, keys))] if keys else []))


def _typed(check: Check, value: str) -> Scalar:
    if check.field.kind is FieldKind.NUMBER:
        return float(value)
    is_number = check.field.source in (Source.ISSUE, Source.SPRINT) and value.isdecimal()
    return int(value) if is_number else value


def _listed(prefix: str, check: Check, indexes: Sequence[int]) -> str:
    return ", ".join(f"${_name(prefix, check, index)}" for index in indexes)


def _name(prefix: str, check: Check, index: int) -> str:
    return f"{prefix}{check.number}_{index}"


def _text(name: str, **parts: str) -> str:
    return sql_text("pmreport.goals", f"sql/{name}.sql").format(**parts)
