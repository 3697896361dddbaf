"""`pmreport show`: the numbers, in the terminal or as JSON."""

import click

from pmreport.cli.group import LazyGroup
from pmreport.cli.session import common

NUMBERS = {
    "sprints": "pmreport.cli.show.sprints",
    "estimates": "pmreport.cli.show.estimates",
    "flow": "pmreport.cli.show.flow",
    "forecast": "pmreport.cli.show.forecast",
    "scope": "pmreport.cli.show.scope",
    "budget": "pmreport.cli.show.budget",
    "ontime": "pmreport.cli.show.ontime",
    "followups": "pmreport.cli.show.followups",
    "quality": "pmreport.cli.show.quality",
}


@click.group("show", cls=LazyGroup, modules=NUMBERS)
@common()
def command() -> None:
    """Show numbers in the terminal, or as JSON."""
