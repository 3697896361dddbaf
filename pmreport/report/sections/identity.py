"""The identity of a sprint: what came in and what went out, adding up."""

from decimal import Decimal

from pmreport.metrics.sprint import Amounts, SprintLedger, Unit
from pmreport.report import sprints
from pmreport.report.view import Callout, Number, Text, Tone
from pmreport.report.words import bare, units

_MINUS = "−"


def line(ledger: SprintLedger) -> Text:
    """The identity in the board's unit: 32 committed + 9 added + … = 19 completed + 18 not completed."""
    return (f"In {units(ledger.unit)}: ", *equation(ledger.amounts, ledger.unit), ".")


def in_issues(ledger: SprintLedger) -> Text:
    """The same in issues."""
    return ("In issues: ", *equation(ledger.counts, Unit.ISSUES), ".")


def equation(amounts: Amounts, unit: Unit) -> Text:
    """The identity of one set of amounts; re-estimates carry their own sign."""
    sign = _MINUS if amounts.reestimated < 0 else "+"
    return (
        _number(amounts.commitment, unit),
        " committed + ",
        _number(amounts.added, unit),
        f" added {sign} ",
        _number(abs(amounts.reestimated), unit),
        f" re-estimated {_MINUS} ",
        _number(amounts.removed, unit),
        " removed = ",
        _number(amounts.completed, unit),
        " completed + ",
        _number(amounts.not_completed, unit),
        " not completed",
    )


def warning(ledger: SprintLedger) -> tuple[Callout, ...]:
    """A callout when the numbers of a sprint do not add up, naming the items; nothing when they do."""
    if ledger.identity_holds:
        return ()
    named = sprints.unbalanced(ledger)
    where = f" Look at {named} first." if named else ""
    text = f"Read the numbers of {ledger.name} with care.{where}"
    return (Callout(tone=Tone.BAD, lead="The numbers do not add up.", text=(text,)),)


def incomplete(ledger: SprintLedger) -> tuple[Callout, ...]:
    """A callout for a sprint of which only a part was read; nothing for any other."""
    if not ledger.is_incomplete:
        return ()
    text = f"{ledger.name} {sprints.BEGAN_BEFORE}, so items of it may be missing. It enters no ratio."
    return (Callout(tone=Tone.WARN, lead="The numbers are incomplete.", text=(text,)),)


def _number(value: Decimal, unit: Unit) -> Number:
    return bare(value, unit)
