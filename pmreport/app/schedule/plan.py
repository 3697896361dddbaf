"""A schedule as the configuration wants it: what to run, in which zone, with which secrets, whom to tell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pmreport.app import addressees, own_reports
from pmreport.app.schedule.job import Job
from pmreport.app.schedule.when import When
from pmreport.config import Config
from pmreport.config.source import user_folder
from pmreport.deliver.addresses import parse
from pmreport.deliver.settings import MailTransport
from pmreport.errors import UsageError

_JIRA = "PMREPORT_JIRA_TOKEN_FILE"
_STORE = "PMREPORT_STORE_PASSWORD_FILE"
_MAIL = "PMREPORT_MAIL_PASSWORD_FILE"
_NAMES = {_JIRA: "jira-token", _STORE: "store-password", _MAIL: "mail-password"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asked for. `tell` and `token_file` are None where the configuration shall say it.

    `has_keyring`: the runs can open the keyring, and need no file that nobody has named.
    """

    when: When
    reports: tuple[str, ...]
    formats: str
    sent: tuple[str, ...]
    program: tuple[str, ...]
    flock: str | None = None
    tell: str | None = None
    token_file: Path | None = None
    has_keyring: bool = False


def plan(config: Config, wish: Wish, environ: Mapping[str, str]) -> Job:
    """The job. Nothing is looked up but the configuration.

    Raises:
        ConfigurationError, BadDataError: a report that is to be sent has nobody who may get it, or who is to
            hear of a failure has no address.
        UsageError: a report is none, or a path holds what no schedule can say.
    """
    bases = {name: own_reports.named(config, name).base for name in (*wish.reports, *wish.sent)}
    for name in wish.sent:
        addressees.sender(config.mail)
        addressees.recipients(config.mail, bases[name], (), called=name)
    job = Job(
        name=f"pmreport-{_slug(config.site.name)}-{_slug('-'.join(wish.reports))}",
        program=wish.program,
        config=config.path.absolute(),
        own_folder=config.own_folder.absolute(),
        when=wish.when,
        zone=config.calendar.time_zone,
        reports=wish.reports,
        formats=wish.formats,
        sent=wish.sent,
        tags=any(goal.active for goal in config.goals),
        secrets=_secrets(config, wish, environ),
        tell=_tell(config, wish),
        flock=wish.flock,
    )
    _refuse_odd(job)
    return job


def _secrets(config: Config, wish: Wish, environ: Mapping[str, str]) -> dict[str, Path]:
    named = {name: _named(name, wish, environ) for name in _wanted(config, sends=bool(wish.sent))}
    usual = {} if wish.has_keyring else {name: user_folder() / _NAMES[name] for name in named}
    return usual | {name: path.expanduser().absolute() for name, path in named.items() if path}


def _wanted(config: Config, *, sends: bool) -> Iterator[str]:
    yield _JIRA
    if config.store.url.startswith("postgresql:"):
        yield _STORE
    if sends and config.mail.transport is MailTransport.SMTP and config.mail.user:
        yield _MAIL


def _named(variable: str, wish: Wish, environ: Mapping[str, str]) -> Path | None:
    if variable == _JIRA and wish.token_file is not None:
        return wish.token_file
    return Path(environ[variable]) if environ.get(variable) else None


def _tell(config: Config, wish: Wish) -> str | None:
    written = wish.tell or config.mail.sender or config.site.email or ""
    return parse(written, where="who hears of a failure").address if written else None


def _refuse_odd(job: Job) -> None:
    """Raise UsageError for a path that would end a line or escape what follows."""
    for path in (*job.program, str(job.config), *map(str, job.secrets.values())):
        if not path.isprintable() or (path.startswith("/") and ("\\" in path or '"' in path)):
            hint = "make another way to it, by a link for instance"
            raise UsageError("a schedule cannot hold this path", where=repr(path), hint=hint)


def _slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "site"
