"""Reports of a person's own, by the names of their folders."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from pmreport.app.formats import REPORTS
from pmreport.cli.group import Group
from pmreport.cli.session import Session
from pmreport.errors import ConfigurationError

if TYPE_CHECKING:  # it imports what `--help` must not
    from pmreport.app.own_reports import Named


class ReportGroup(Group):
    """A group in which a word that is none of its commands may be a report of one's own.

    Whether it is one the configuration says, which is read when all options are known: `own` is that command.
    """

    own: click.Command | None = None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names, else `own` under that word."""
        word = args[0]
        if self.own is None or word in self.commands or word.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        return word, self.own, args[1:]


def completed(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """The shipped reports that a word may become; those of one's own the configuration would say."""
    del ctx, param
    return [name for name in REPORTS if name.startswith(begun)]


def named(session: Session, name: str, **about: object) -> "Named":
    """The report of this name, as `pmreport.app.own_reports.named`.

    A shipped name that is misspelt is told even where there is no configuration to look for others in.
    """
    from pmreport.app import own_reports
    from pmreport.render.own_reports import shipped_names

    try:
        config = session.config()
    except ConfigurationError:
        if name not in shipped_names() and get_close_matches(name, shipped_names(), n=1):
            raise own_reports.unknown(name) from None
        raise
    return own_reports.named(config, name, **about)
