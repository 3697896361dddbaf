"""The command `pmreport`: its name, its version, its commands."""

import click

from pmreport import __version__
from pmreport.cli.group import LazyGroup
from pmreport.cli.session import common

COMMANDS = {  # in the order a newcomer and then a week need them
    "demo": "pmreport.cli.demo",
    "init": "pmreport.cli.init",
    "auth": "pmreport.cli.auth",
    "discover": "pmreport.cli.discover",
    "doctor": "pmreport.cli.doctor",
    "sync": "pmreport.cli.sync",
    "baseline": "pmreport.cli.baseline",
    "tag": "pmreport.cli.tag",
    "goals": "pmreport.cli.goals",
    "journal": "pmreport.cli.journal",
    "quality": "pmreport.cli.quality",
    "show": "pmreport.cli.show",
    "draft": "pmreport.cli.draft",
    "report": "pmreport.cli.report",
    "templates": "pmreport.cli.templates",
    "preview": "pmreport.cli.preview",
    "send": "pmreport.cli.send",
    "schedule": "pmreport.cli.schedule",
    "sql": "pmreport.cli.sql",
    "export": "pmreport.cli.export",
    "forget": "pmreport.cli.forget",
    "completion": "pmreport.cli.completion",
}


@click.group(
    cls=LazyGroup,
    modules=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="New here? `pmreport demo` makes every report from a simulated Jira: no account, no network.",
)
@click.version_option(__version__, prog_name="pmreport", message="%(prog)s %(version)s")
@common(hidden=False)
def pmreport() -> None:
    """Weekly status reports and development goals from the history of a Jira site.

    Data goes to standard output, everything else to standard error. pmreport only reads Jira.
    """
