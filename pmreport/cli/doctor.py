"""`pmreport doctor`: what is wrong here, and how to mend it."""

import click

from pmreport.cli import clock
from pmreport.cli.session import Session, common, pass_session


@click.command("doctor", short_help="Look for what is wrong, with the fix of each fault.")
@click.option("--offline", is_flag=True, help="Leave out Jira and the mail server.")
@click.option("--all", "whole", is_flag=True, help="Compare the history of every issue, not of some.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@common()
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, *, offline: bool, whole: bool, as_json: bool) -> None:
    """Look for what is wrong, and say how to mend it.

    Looked at are the configuration and its files, the token and what it opens, the clock, the last sync, the
    fields and statuses, the store, and the mail server. Nothing is changed, and no mail is sent. The exit
    status is 1 where something is broken.
    """
    from pmreport.app.doctor.run import Extent, diagnose
    from pmreport.cli import doctor_shapes, screen

    extent = Extent(offline=offline, whole=whole)
    diagnosis = diagnose(session.config, session.environ, clock=clock.now, extent=extent)
    if as_json:
        screen.say_json(doctor_shapes.diagnosis_json(diagnosis))
    else:
        doctor_shapes.show(diagnosis)
    if diagnosis.has_errors:
        ctx.exit(1)
