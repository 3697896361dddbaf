"""The questions about the past as SQL: since when an item has had a value, or a change, at some time.

What has been stays so: every stretch here is open to the end.
"""

from collections.abc import Sequence

from pmreport.goals.check import Change, Check, During, Was
from pmreport.goals.sweep import sweep
from pmreport.model.query import Scalar, sql_text


def was_there(asked: Was, check: Check, wanted: str | None, any_value: str) -> str:
    """Since when one of the wanted values has been there within the time asked for."""
    parts = [] if wanted is None else [wanted]
    if asked.or_empty:
        parts.append(sweep(((_text("lifetime", condition="1 = 1"), 1), (any_value, -1)), needed=1))
    stretches = " UNION ALL ".join(parts) or _text("lifetime", condition="1 = 0")
    if asked.during.people is not None:
        people = _listed("b", check, asked.during.people)
        stretches = _text("was_by", stretches=stretches, field=f"$c{check.number}", people=people)
    return _text("was", stretches=stretches, number=check.number)


def was_parameters(asked: Was, check: Check) -> dict[str, Scalar]:
    """The values bound in `was_there`, beside those of the field's own history."""
    bound = _time(check, asked.during) | _bound("b", check, asked.during.people or ())
    if asked.during.people is not None:
        bound |= {f"c{check.number}": check.field.ids[0]}
    return bound


def changes(asked: Change, check: Check) -> str:
    """Since when there has been a change of the kind asked for, within the time asked for."""
    conditions = [
        f"COALESCE(g.{column}, '') IN ({_listed(prefix, check, values)})"
        for column, prefix, values in _sides(asked)
        if values is not None
    ]
    return _text(
        "changed", number=check.number, conditions="".join(f" AND {condition}" for condition in conditions)
    )


def change_parameters(asked: Change, check: Check) -> dict[str, Scalar]:
    """The values bound in `changes`."""
    bound = _time(check, asked.during) | {f"c{check.number}": check.field.ids[0]}
    for _, prefix, values in _sides(asked):
        bound |= _bound(prefix, check, values or ())
    return bound


def _sides(asked: Change) -> tuple[tuple[str, str, tuple[str, ...] | None], ...]:
    return (
        ("from_value", "x", asked.before),
        ("to_value", "y", asked.after),
        ("author_id", "b", asked.during.people),
    )


def _time(check: Check, during: During) -> dict[str, Scalar]:
    return {f"since{check.number}": during.from_ms, f"until{check.number}": during.until_ms}


def _bound(prefix: str, check: Check, values: Sequence[str]) -> dict[str, Scalar]:
    return {f"{prefix}{check.number}_{index}": value for index, value in enumerate(values)}


def _listed(prefix: str, check: Check, values: Sequence[str]) -> str:
    return ", ".join(f"${prefix}{check.number}_{index}" for index, _ in enumerate(values))


def _text(name: str, **parts: str | int) -> str:
    return sql_text("pmreport.goals", f"sql/{name}.sql").format(**parts)
