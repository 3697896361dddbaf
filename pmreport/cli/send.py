"""`pmreport send`: shows the mail of a report, and sends it when told to, to nobody twice."""

from typing import Any

import click

from pmreport.cli import ask, clock, moment
from pmreport.cli.screen import note
from pmreport.cli.session import Session, common, pass_session

NAMES = ("weekly", "sprint", "estimation", "team", "review")


@click.command("send", short_help="Show a report's mail, and send it when told to.")
@click.argument("name", metavar="NAME", type=click.Choice(NAMES))
@click.option("--to", multiple=True, metavar="ADDR", help="To ADDR instead of the list; may be repeated.")
@click.option("--period", metavar="PERIOD", help="e.g. 2026-W47 or 2026-Q4; default: the last complete one.")
@click.option("--sprint", type=int, metavar="ID", help="Only of `sprint`: this one.")
@click.option("--board", type=int, metavar="ID", help="Only of `sprint`: of this board.")
@moment.as_of_option
@click.option("--yes", is_flag=True, help="Send it without asking.")
@click.option("--again", is_flag=True, help="Also to those who have it, or may have it.")
@click.option("--force", metavar="REASON", help="Send it all the same; your journal keeps REASON.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; sends only with --yes.")
@common()
@pass_session
def command(session: Session, /, *, name: str, yes: bool, as_json: bool, **words: Any) -> int:
    """Show the mail of the report NAME, and send it when told to.

    NAME is weekly, sprint, estimation, team or review.

    On a terminal you are asked first; elsewhere nothing is sent without --yes. Nobody gets the same report of
    the same period twice: a second run sends to those who are still missing.
    """
    from pmreport.app import send
    from pmreport.cli import send_shapes

    workspace = session.workspace()
    prepared = send.prepare(workspace, _request(name, words, workspace.config.calendar.time_zone))
    if as_json and not yes:
        send_shapes.show_json(prepared, None)
        return 0
    if not yes:
        send_shapes.show(prepared)
        if not ask.can_ask():
            note(send_shapes.not_sent(prepared))
            return 0
        send.refuse(prepared)
        if prepared.plan.going and not ask.yes(send_shapes.question(prepared)):
            note("Nothing was sent.")
            return 0
    tell = note if ask.can_ask() else None
    delivery = send.send(workspace, prepared, now=clock.now(), tell=tell)
    if as_json:
        send_shapes.show_json(prepared, delivery)
    send_shapes.tell(prepared, delivery, as_json=as_json)
    return send_shapes.status(prepared, delivery)


def _request(name: str, words: dict[str, Any], zone: str) -> Any:
    """What was asked for, as the use case wants it."""
    from pmreport.app.reports import ReportRequest
    from pmreport.app.send import SendRequest
    from pmreport.errors import UsageError

    of_sprint = {key: words[key] for key in ("sprint", "board")}
    if name != "sprint" and any(value is not None for value in of_sprint.values()):
        raise UsageError("--sprint and --board are for the sprint report alone", hint="leave them out")
    as_of = words["as_of"]
    return SendRequest(
        report=ReportRequest(
            name=name,
            now=clock.now(),
            as_of=None if as_of is None else moment.asked(as_of, zone),
            period=words["period"],
            **of_sprint,
        ),
        to=words["to"],
        again=words["again"],
        force=words["force"],
    )
