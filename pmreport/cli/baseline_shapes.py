"""Baselines as a table and as a JSON object."""

from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA, Json, instant, iso_date, number
from pmreport.cli.show.answer import money, rounded
from pmreport.cli.tables import NOT_KNOWN, calendar_day
from pmreport.metrics.ledger import Unit
from pmreport.metrics.scope import items_recorded
from pmreport.metrics.scope_summary import total
from pmreport.metrics.scope_values import told, unit_word
from pmreport.model.journal import Entry
from pmreport.model.journal_kinds import Baseline


def tables(entries: Iterable[Entry], unit: Unit, zone: str) -> tuple[Grid, ...]:
    """Every baseline with what it holds, in the order they were set."""
    held = [(entry, entry.payload) for entry in entries if isinstance(entry.payload, Baseline)]
    return (
        Grid(
            title="Baselines",
            columns=(
                Column(title="Initiative", whole=True),
                Column(title="As of", whole=True),
                Column(title="Items", is_number=True),
                Column(title=unit_word(unit).capitalize(), is_number=True),
                Column(title="Unestimated", short="Unest.", is_number=True),
                Column(title="Start", whole=True),
                Column(title="Finish", whole=True),
                Column(title="Budget", is_number=True),
                Column(title="Reason"),
            ),
            rows=tuple(_row(baseline, unit, ZoneInfo(zone)) for _, baseline in held),
            empty="No baseline was set: pmreport baseline set INITIATIVE --reason TEXT",
            notes=("The first of an initiative is in force; none is ever changed.",) if held else (),
            short_note="Unest.: items without an estimate.",
        ),
    )


def shape(entries: Iterable[Entry]) -> Json:
    """`baseline list`."""
    return {
        "schema": SCHEMA,
        "baselines": [
            _baseline(entry, entry.payload) for entry in entries if isinstance(entry.payload, Baseline)
        ],
    }


def _row(baseline: Baseline, unit: Unit, zone: ZoneInfo) -> tuple[str, ...]:
    items = items_recorded(baseline.items, unit)
    return (
        baseline.initiative,
        baseline.as_of.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        str(len(items)),
        rounded(told(total(items), unit)),
        str(sum(item.amount is None for item in items)),
        calendar_day(baseline.start),
        calendar_day(baseline.finish),
        _budget(baseline.budget, baseline.currency),
        baseline.reason,
    )


def _budget(budget: Decimal | None, currency: str) -> str:
    if budget is None:
        return NOT_KNOWN
    return f"{currency} {money(budget)}" if currency else f"{rounded(budget)} h"


def _baseline(entry: Entry, baseline: Baseline) -> Json:
    return {
        "id": entry.id,
        "set_at": instant(entry.at),
        "set_by": entry.by,
        "initiative": baseline.initiative,
        "reason": baseline.reason,
        "as_of": instant(baseline.as_of),
        "jql": baseline.jql,
        "start": iso_date(baseline.start),
        "finish": iso_date(baseline.finish),
        "budget": number(baseline.budget),
        "currency": baseline.currency,
        "items": [
            {
                "issue_id": item.issue_id,
                "key": item.key,
                "points": number(item.points),
                "estimate_seconds": item.estimate_seconds,
                "subtask": item.is_subtask,
            }
            for item in baseline.items
        ],
    }
