"""`pmreport send`: shows the mail of a report, and sends it when told to, to nobody twice."""

from typing import Any

import click

from pmreport.cli import ask, clock, moment, own_report
from pmreport.cli.screen import note
from pmreport.cli.session import Session, common, pass_session


@click.command("send", short_help="Show a report's mail, and send it when told to.")
@click.argument("name", metavar="NAME", shell_complete=own_report.completed)
@click.option("--to", multiple=True, metavar="ADDR", help="To ADDR instead of the list; may be repeated.")
@click.option("--period", metavar="PERIOD", help="e.g. 2026-W47 or 2026-Q4; default: the last complete one.")
@click.option("--sprint", type=int, metavar="ID", help="Only of a sprint report: this one.")
@click.option("--board", type=int, metavar="ID", help="Only of a sprint report: of this board.")
@moment.as_of_option
@click.option("--yes", is_flag=True, help="Send it without asking.")
@click.option("--again", is_flag=True, help="Also to those who have it, or may have it.")
@click.option("--force", metavar="REASON", help="Send it all the same; your journal keeps REASON.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; sends only with --yes.")
@common()
@pass_session
def command(session: Session, /, *, name: str, yes: bool, as_json: bool, **words: Any) -> int:
    """Show the mail of the report NAME, and send it when told to.

    NAME is weekly, sprint, estimation, team, review, or a report of your own: it goes to the list of the one
    it is made from, and has a mail and a subject of its own where its folder has them.

    On a terminal you are asked first; elsewhere nothing is sent without --yes. Nobody gets the same report of
    the same period twice: a second run sends to those who are still missing.
    """
    from pmreport.app import send
    from pmreport.cli import send_shapes

    request = _request(session, name, words)
    workspace = session.workspace()
    prepared = send.prepare(workspace, request)
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


def _request(session: Session, name: str, words: dict[str, Any]) -> Any:
    """What was asked for, as the use case wants it."""
    from pmreport.app.reports import ReportRequest
    from pmreport.app.send import SendRequest
    from pmreport.errors import UsageError

    found = own_report.named(session, name, period=words["period"])
    of_sprint = {key: words[key] for key in ("sprint", "board")}
    if found.base != "sprint" and any(value is not None for value in of_sprint.values()):
        raise UsageError("--sprint and --board are for the sprint report alone", hint="leave them out")
    as_of, zone = words["as_of"], session.config().calendar.time_zone
    return SendRequest(
        report=ReportRequest(
            name=found.base,
            dress=found.dress,
            now=clock.now(),
            as_of=None if as_of is None else moment.asked(as_of, zone),
            period=words["period"],
            **of_sprint,
        ),
        to=words["to"],
        again=words["again"],
        force=words["force"],
    )
