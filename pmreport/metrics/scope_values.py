"""The numbers of a scope, each with what it rests on."""

from collections.abc import Iterator
from decimal import Decimal

from pmreport.metrics.ledger import Unit
from pmreport.metrics.scope_summary import Scope, ScopeLine, total
from pmreport.metrics.value import Value

_ITEMS, _SHARE = "issues", "%"
_HUNDRED = Decimal(100)
_HOUR = Decimal(3600)
_NO_BASELINE = "the baseline is empty"


def values(scope: Scope) -> tuple[Value, ...]:
    """Every number of one initiative, by items and by estimates; ids begin with its own."""
    return (
        *_line(scope, scope.counts, "items", _ITEMS),
        *_line(scope, scope.amounts, "estimates", unit_word(scope.unit)),
        *_approved(scope),
        *_completion(scope),
    )


def unit_word(unit: Unit) -> str:
    """What amounts are told in."""
    return "h" if unit is Unit.SECONDS else str(unit)


def told(amount: Decimal, unit: Unit) -> Decimal:
    """An amount in the unit that people read: hours for seconds."""
    return amount / _HOUR if unit is Unit.SECONDS else amount


def _line(scope: Scope, line: ScopeLine, measure: str, unit: str) -> Iterator[Value]:
    def amount(word: str, label: str, number: Decimal, note: str = "") -> Value:
        shown = told(number, scope.unit) if measure == "estimates" else number
        return _value(scope, f"scope-{word}", f"{label}, {measure}", shown, unit, note)

    def share(word: str, label: str, number: Decimal | None, note: str = "") -> Value:
        percent = None if number is None else number * _HUNDRED
        why = note if number is not None else _NO_BASELINE
        return _value(scope, word, f"{label}, {measure}", percent, _SHARE, why)

    yield amount("baseline", "Baseline", line.baseline)
    yield amount("added", "+ Added", line.added)
    if measure == "estimates":
        yield amount("re-estimated", "+ Re-estimated", line.reestimated)
    yield amount("removed", "- Removed", line.removed)
    sums = "" if line.identity_holds else "the lines above do not add up to this"
    yield amount("now", "= Now", line.now, sums)
    yield share("requirements-volatility", "Volatility", line.volatility)
    yield share("scope-growth", "Growth, net", line.net_growth)
    label = scope.change_label
    yield share("scope-creep", "Unapproved additions", line.creep, "" if label else "no change_label is set")


def _approved(scope: Scope) -> Iterator[Value]:
    additions = scope.additions
    approved = sum(event.is_approved for event in additions)
    share: Decimal | None = None
    why = "nothing was added" if not additions else "" if scope.change_label else "no change_label is set"
    if not why:
        share = Decimal(approved) / len(additions) * _HUNDRED
    yield Value(
        id=f"{scope.initiative_id}-approved-additions",
        definition="approved-additions",
        label="Additions approved",
        value=share,
        unit=_SHARE,
        n=len(additions),
        items=tuple(event.issue_key for event in additions if not event.is_approved),
        note=why,
    )
    yield Value(
        id=f"{scope.initiative_id}-re-estimated-items",
        definition="re-estimated-items",
        label="Planned items re-estimated",
        value=None if not scope.baseline else Decimal(len(scope.changed)) / len(scope.baseline) * _HUNDRED,
        unit=_SHARE,
        n=len(scope.baseline),
        items=scope.changed,
        note="" if scope.baseline else _NO_BASELINE,
    )


def _completion(scope: Scope) -> Iterator[Value]:
    done, planned = scope.delivered, scope.baseline
    keys = tuple(item.issue_key for item in done)
    of_time = sum((item.seconds or Decimal(0) for item in planned), Decimal(0))
    done_time = sum((item.seconds or Decimal(0) for item in done), Decimal(0))
    parts = [
        ("items", Decimal(len(done)), Decimal(len(planned)), 0),
        ("estimates", total(done), total(planned), sum(item.amount is None for item in planned)),
    ]
    if scope.unit is not Unit.SECONDS:
        parts.append(("time", done_time, of_time, sum(item.seconds is None for item in planned)))
    for measure, part, whole, unestimated in parts:
        yield Value(
            id=f"{scope.initiative_id}-scope-completion-{measure}",
            definition="scope-completion",
            label=f"Baseline delivered, {measure}",
            value=part / whole * _HUNDRED if whole > 0 else None,
            unit=_SHARE,
            n=len(planned) - unestimated,
            excluded=_left_out(unestimated),
            items=keys,
            note="" if whole > 0 else "nothing of it is estimated" if planned else _NO_BASELINE,
        )


def _value(scope: Scope, word: str, label: str, number: Decimal | None, unit: str, note: str) -> Value:
    measure = label.rpartition(", ")[2]
    items = scope.current if word == "scope-now" else scope.baseline
    unestimated = 0 if measure == "items" else sum(item.amount is None for item in items)
    return Value(
        id=f"{scope.initiative_id}-{word}-{measure}",
        definition=word,
        label=label,
        value=number,
        unit=unit,
        n=len(items) - unestimated,
        excluded=_left_out(unestimated),
        note=note,
    )


def _left_out(unestimated: int) -> tuple[tuple[str, int], ...]:
    return (("without an estimate", unestimated),) if unestimated else ()
