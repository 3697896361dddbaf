"""`pmreport schedule`: the text of a schedule, which a person installs."""

import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from pmreport.app import formats
from pmreport.cli import clock, own_report
from pmreport.cli.formats import FormatList
from pmreport.cli.place import Place
from pmreport.cli.screen import in_lines, note, say
from pmreport.cli.session import Session, common, pass_session

if TYPE_CHECKING:
    from pmreport.app.schedule.job import Job

SYSTEMS = ("systemd", "cron", "windows", "github")


@click.command("schedule", short_help="Print the text of a schedule; installs nothing.")
@click.argument("system", type=click.Choice(SYSTEMS))
@click.option("--at", default="Mon 08:30", show_default=True, metavar="WHEN", help="In the reporting zone.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    default=["weekly"],
    show_default=True,
    shell_complete=own_report.completed,
    metavar="NAME",
    help="Which report to make, shipped or your own; may be repeated.",
)
@click.option(
    "--format",
    "formats",
    type=FormatList(formats.NAMES),
    default="html",
    show_default=True,
    metavar="LIST",
    help="What to write, as for `pmreport report`.",
)
@click.option("--send", "sends", is_flag=True, help="Also send each of them to its list.")
@click.option("--tell", metavar="ADDR", help="Who hears of a failure; default: you, as sender.")
@click.option("--token-file", type=Place(), metavar="FILE", help="The file with the token.")
@common()
@pass_session
def command(  # noqa: PLR0913 - one word an option
    session: Session,
    *,
    system: str,
    at: str,
    reports: tuple[str, ...],
    formats: tuple[str, ...],
    sends: bool,
    tell: str | None,
    token_file: Path | None,
) -> None:
    """Print what makes SYSTEM run sync, tag and report each week, and send with --send.

    Each is run only when the one before has succeeded. What could not be reached is tried again; of other
    failures you hear, and nobody else. Nothing is installed: the text says how to.
    """
    from pmreport.app.schedule.plan import Wish, plan
    from pmreport.app.schedule.when import parse_when

    names = tuple(dict.fromkeys(reports))
    wish = Wish(
        when=parse_when(at),
        reports=names,
        formats=",".join(formats),
        sent=names if sends else (),
        program=_program(),
        flock=shutil.which("flock"),
        tell=tell,
        token_file=token_file,
        has_keyring=system == "windows",
    )
    job = plan(session.config(), wish, session.environ)
    say(_text(system, job).rstrip("\n"))
    if system != "github":
        for path in (path for path in job.secrets.values() if not path.is_file()):
            missing = f"There is no {path} yet: a file with the secret alone, which only you can read"
            note(in_lines(f"{missing} (chmod 600)."))


def _text(system: str, job: "Job") -> str:
    from pmreport.app.schedule import cron, github, systemd, windows

    match system:
        case "systemd":
            return systemd.text(job)
        case "cron":
            return cron.text(job)
        case "github":
            return github.text(job)
        case _:
            today = clock.now().astimezone(ZoneInfo(job.zone)).date()
            return windows.text(job, today + timedelta(days=1))


def _program() -> tuple[str, ...]:
    """The words that start this very pmreport from anywhere."""
    beside = Path(sys.executable).with_name("pmreport.exe" if sys.platform == "win32" else "pmreport")
    return (str(beside),) if beside.is_file() else (sys.executable, "-m", "pmreport")
