"""The goals at a glance, as a table and as a JSON object."""

from decimal import ROUND_HALF_EVEN, Decimal

from pmreport.app.register import Overview
from pmreport.cli.goals.written_shapes import written_json, written_words
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA, Json, instant, iso_date, number
from pmreport.cli.tables import NOT_KNOWN, day
from pmreport.goals.glance import Glance
from pmreport.goals.goal import Goal
from pmreport.report.inputs import Measure

_COLUMNS = (
    Column(title="Goal", whole=True),
    Column(title="Title"),
    Column(title="Active", short="On", whole=True),
    Column(title="Seen by", whole=True),
    Column(title="Now", is_number=True),
    Column(title="Target", is_number=True),
    Column(title="For", short="+", is_number=True),
    Column(title="Against", short="-", is_number=True),
    Column(title="Last entry"),
)
_SHORT = "On: active; no is on the shelf; +: items that speak for the goal; -: items that speak against it."


def overview_tables(known: Overview) -> tuple[Grid, ...]:
    """A row for each goal, the active ones first."""
    return (
        Grid(
            title="Goals",
            columns=_COLUMNS,
            rows=tuple(_row(one, known) for one in known.goals),
            empty="You have no goal yet: see [[goal]] in config.example.toml.",
            notes=tuple(_notes(known)),
            short_note=_SHORT,
        ),
    )


def overview_json(known: Overview) -> Json:
    """`goals`."""
    return {
        "schema": SCHEMA,
        "tagged_at": instant(known.tagged_at),
        "goals": [_goal_json(one, known) for one in known.goals],
        "unmeasured": known.unmeasured,
        "problems": [problem.subject for problem in known.problems],
    }


def measure_words(measure: Measure | None) -> str:
    """The number as it is read, with what it rests on; a dash where there is none."""
    if measure is None or measure.value is None:
        return NOT_KNOWN
    return f"{_rounded(measure.value, measure.decimals)}{_unit(measure.unit)}"


def target_words(goal: Goal, measure: Measure | None) -> str:
    """The target with the side it is read from; a dash where none is set."""
    if goal.target is None:
        return NOT_KNOWN
    side = "≤" if goal.aim.value == "at most" else "≥"
    target = Decimal(repr(goal.target)) * (measure.scale if measure else 1)
    return f"{side} {target.normalize():f}{_unit(measure.unit) if measure else ''}"


def measure_json(measure: Measure | None) -> Json | None:
    """A measure; null where nothing was read."""
    if measure is None:
        return None
    return {
        "value": number(measure.value),
        "unit": measure.unit,
        "n": measure.n,
        "baseline": number(measure.baseline),
        "note": measure.verdict or measure.missing,
    }


def _row(one: Glance, known: Overview) -> tuple[str, ...]:
    goal, measure = one.goal, known.measures.get(one.goal.id)
    last = "nothing yet" if one.last is None else f"{one.last.logged.on}: {written_words(one.last)}"
    return (
        goal.id,
        goal.title,
        "yes" if goal.active else "no",
        goal.visibility.value,
        measure_words(measure),
        target_words(goal, measure),
        str(len(one.speaks_for)),
        str(len(one.speaks_against)),
        last,
    )


def _notes(known: Overview) -> list[str]:
    actions = sum(one.open_actions for one in known.goals)
    notes = [f"{actions} agreed {'action is' if actions == 1 else 'actions are'} open."] if actions else []
    if known.tagged_at is None:
        notes.append("The rules have not looked yet: run `pmreport tag`.")
    else:
        notes.append(f"The rules last looked at {day(known.tagged_at, known.zone)}.")
    if known.unmeasured:
        notes.append(f"Nothing is measured: {known.unmeasured}.")
    notes += [f"{problem.subject}: {problem.detail}; it is left out." for problem in known.problems]
    return notes


def _goal_json(one: Glance, known: Overview) -> Json:
    goal = one.goal
    return {
        "id": goal.id,
        "title": goal.title,
        "active": goal.active,
        "visibility": goal.visibility.value,
        "target": number(goal.target),
        "aim": goal.aim.value,
        "due": iso_date(goal.due),
        "measure": measure_json(known.measures.get(goal.id)),
        "for": list(one.speaks_for),
        "against": list(one.speaks_against),
        "judged": one.judged,
        "open_actions": one.open_actions,
        "last_entry": None if one.last is None else written_json(one.last),
    }


def _rounded(value: Decimal, decimals: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN):f}"


def _unit(unit: str) -> str:
    return f" {unit}" if unit else ""
