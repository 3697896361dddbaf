"""`pmreport quality`: findings of the data quality that are as they should be."""

from datetime import datetime

import click

from pmreport.cli import clock
from pmreport.cli.group import Group
from pmreport.cli.session import Session, common, pass_session


@click.group("quality", cls=Group, short_help="Accept findings of the data quality.")
@common()
def command() -> None:
    """Accept findings of the data quality. `pmreport show quality` lists them."""


@command.command("accept")
@click.argument("check_id", metavar="CHECK")
@click.argument("key", metavar="KEY")
@click.option(
    "--until",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    required=True,
    metavar="DATE",
    help="The last day on which it is not counted, e.g. 2026-12-31.",
)
@click.option("--reason", required=True, help="Why it is as it should be; kept with it.")
@common()
@pass_session
def accept(session: Session, *, check_id: str, key: str, until: datetime, reason: str) -> None:
    """Set the finding of CHECK on KEY aside, up to and including a day.

    KEY is what `pmreport show quality --check CHECK` names: the key of an issue, or the name of a sprint, a
    board or a version.
    """
    from pmreport.app.numbers import quality
    from pmreport.cli import screen

    check = quality.check_named(check_id)
    accepted, is_found = quality.accept(
        session.workspace(), check, key, until=until.date(), reason=reason, now=clock.now()
    )
    if not is_found:
        screen.note(f"{accepted.check} finds nothing on {accepted.key} now; it is kept for when it does.")
    screen.note(
        f"{accepted.check} on {accepted.key} is accepted until {accepted.until} and not counted till then."
    )
