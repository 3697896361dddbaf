"""`pmreport discover`: what the site has, as lines for the configuration."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pmreport.cli.group import Group
from pmreport.cli.screen import say
from pmreport.cli.session import Session, common, pass_session

if TYPE_CHECKING:
    from pmreport.config import Config
    from pmreport.jira.client import JiraClient


@click.group("discover", cls=Group, short_help="Show what your Jira has, as lines for the configuration.")
@common()
def command() -> None:
    """Show what your Jira has, as TOML to paste into the configuration."""


@command.command("boards")
@common()
@pass_session
def boards(session: Session) -> None:
    """Every board of your projects, with its columns."""
    from pmreport.app.setup import paste, survey

    with _opened(session) as (client, config):
        keys = config.scope.projects
        found = survey.layouts(client, survey.boards(client, keys))
    say(paste.board_lines(config.site.url, keys, found))


@command.command("fields")
@common()
@pass_session
def fields(session: Session) -> None:
    """Which field holds the story points and the sprint, project by project, and why that one."""
    from pmreport.app.setup import paste, survey

    with _opened(session) as (client, config):
        found = survey.in_scope(client, config.scope)
        surveyed = survey.fields(client, config.scope.projects, found, config.fields)
    say(paste.field_lines(config.site.url, surveyed))


@command.command("statuses")
@common()
@pass_session
def statuses(session: Session) -> None:
    """The statuses and resolutions, those that look like waiting or dropped chosen already."""
    from pmreport.app.setup import paste, survey

    with _opened(session) as (client, config):
        surveyed = survey.statuses(client, survey.in_scope(client, config.scope))
    say(paste.status_lines(config.site.url, surveyed))


@contextmanager
def _opened(session: Session) -> Iterator[tuple["JiraClient", "Config"]]:
    """The configured site, signed in; its projects are there."""
    from pmreport.app.setup import access, survey
    from pmreport.secrets import jira_token

    config = session.config()
    token = jira_token(config.site, session.environ)
    with access.opened(config.site, token.secret) as client:
        survey.chosen(config.scope.projects, survey.projects(client))
        yield client, config
