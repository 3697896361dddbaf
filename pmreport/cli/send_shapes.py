"""A mail before and after it was sent, in words and as JSON."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from pmreport.app.send import Prepared
from pmreport.cli import json_values
from pmreport.cli.json_values import SCHEMA, Json
from pmreport.cli.screen import note, one_line, say, say_json
from pmreport.deliver.parcel import Delivery, Refused
from pmreport.deliver.sent import Standing, State
from pmreport.errors import ExitStatus
from pmreport.model.period import long_date

_KILO = 1000
_RULE = "-" * 78


def show(prepared: Prepared) -> None:
    """The mail as a person looks at it before it goes: to whom, what, and what speaks against it."""
    rows = [
        ("Report", f"{prepared.occasion.report}, {prepared.occasion.period}"),
        ("From", str(prepared.sender)),
        *_whom(prepared),
        ("Subject", prepared.letter.subject),
        ("Size", f"{_kilobytes(len(prepared.content))}, through {prepared.way}"),
        *(("To mend", one) for one in prepared.remarks),
        *((_label(prepared, one.forcible), f"{one.what}; {one.hint}") for one in prepared.objections),
        *((("Forced", prepared.forced),) if prepared.forced and prepared.objections else ()),
    ]
    wide = max(len(label) for label, _ in rows)
    for label, text in rows:
        say(f"{label + ':':<{wide + 1}} {one_line(text)}")
    say(f"{_RULE}\n{prepared.letter.text.rstrip()}\n{_RULE}")


def not_sent(prepared: Prepared) -> str:
    """Why this run sends nothing, and what would."""
    if prepared.held_back:
        return "Nothing was sent, and it would be refused; see above."
    if not prepared.plan.going:
        return "Nothing was sent, and nobody is left to send it to."
    return "Nothing was sent; --yes sends it."


def question(prepared: Prepared) -> str:
    """The question before it goes, naming everybody who gets it."""
    return f"Send {prepared.occasion.report} to {_listed(one.address for one in prepared.plan.going)}?"


def tell(prepared: Prepared, delivery: Delivery, *, as_json: bool) -> None:
    """Say who got it (a program has been told), who did not, and who may have."""
    if delivery.accepted and not as_json:
        taken = _listed(mailbox.address for mailbox in delivery.accepted)
        say(f"Sent {prepared.occasion.report} to {taken} through {prepared.way}.")
    for one in delivery.refused:
        note(f"Not sent to {one.mailbox.address}: the mail server says {_said(one)}")
    for standing in prepared.plan.held:
        note(f"Not sent to {standing.mailbox.address}: {_doubt(prepared, standing)}")
    if prepared.plan.held:
        note("  hint: ask them; --again sends it to them once more, --to ADDR --again to one of them.")
    if not prepared.plan.going and not prepared.plan.held:
        note("Nothing was sent: everybody has it already. --again sends it once more.")


def status(prepared: Prepared, delivery: Delivery) -> ExitStatus:
    """How the command ends: a refused send where somebody's mail has an unknown fate."""
    return delivery.status or (ExitStatus.BAD_DATA if prepared.plan.held else ExitStatus.OK)


def show_json(prepared: Prepared, delivery: Delivery | None) -> None:
    """The same for a program; `delivery` None: nothing was sent."""
    say_json(shape(prepared, delivery))


def shape(prepared: Prepared, delivery: Delivery | None) -> Json:
    """The object that docs/schemas/send.json describes."""
    report, letter = prepared.report, prepared.letter
    return {
        "schema": SCHEMA,
        "report": prepared.occasion.report,
        "period": prepared.occasion.period,
        "as_of": json_values.instant(report.as_of),
        "data_as_of": json_values.instant(report.data_as_of),
        "from": prepared.sender.address,
        "subject": letter.subject,
        "text": letter.text,
        "size_bytes": len(prepared.content),
        "message_id": prepared.message_id,
        "body_sha256": prepared.body_sha256,
        "way": prepared.way,
        "sent": bool(delivery and delivery.accepted),
        "recipients": [_recipient(prepared, one, delivery) for one in prepared.plan.standings],
        "objections": [
            {"id": one.id, "what": one.what, "hint": one.hint, "forcible": one.forcible}
            for one in prepared.objections
        ],
        "remarks": list(prepared.remarks),
        "refused": bool(prepared.held_back),
        "forced": prepared.forced,
    }


def _recipient(prepared: Prepared, standing: Standing, delivery: Delivery | None) -> Json:
    mailbox = standing.mailbox
    refused = next((one for one in delivery.refused if one.mailbox == mailbox), None) if delivery else None
    state, at = standing.state.value, standing.at
    if delivery and mailbox in delivery.accepted:
        state, at = State.SENT.value, None
    elif refused:
        state = "refused"
    return {
        "address": mailbox.address,
        "name": mailbox.name,
        "state": state,
        "since": json_values.instant(at),
        "goes": mailbox in prepared.plan.going,
        "code": refused.code if refused else None,
        "sentence": refused.sentence if refused else None,
        "temporary": refused.is_temporary if refused else None,
    }


def _whom(prepared: Prepared) -> Iterable[tuple[str, str]]:
    plan = prepared.plan
    if plan.going:
        yield "To", _listed(map(str, plan.going))
    for standing in plan.done:
        yield "Has it", f"{standing.mailbox}, since {_when(prepared, standing.at)}"
    for standing in plan.held:
        yield "Held", f"{standing.mailbox}: {_doubt(prepared, standing)}"


def _doubt(prepared: Prepared, standing: Standing) -> str:
    when = _when(prepared, standing.at)
    return f"a sending began at {when}, and how it ended is not known: it may have arrived"


def _when(prepared: Prepared, at: datetime | None) -> str:
    if at is None:
        return "now"
    local = at.astimezone(ZoneInfo(prepared.report.time_zone))
    return f"{long_date(local.date())}, {local:%H:%M}"


def _label(prepared: Prepared, forcible: bool) -> str:  # noqa: FBT001 - one place, two labels
    return "Overruled" if prepared.forced and forcible else "Against it"


def _said(refused: Refused) -> str:
    later = " (it may work later)" if refused.is_temporary else ""
    return one_line(f"{refused.code} {refused.sentence}{later}")


def _kilobytes(size: int) -> str:
    return f"{max(1, round(size / _KILO))} kB"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
