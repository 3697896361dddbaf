"""Credentials and permissions: whether the token opens what a sync reads, told by one visit to Jira."""

from collections.abc import Iterator, Sequence

from pmreport.app.doctor.finding import Check, Finding, LeftOut, Remark, Severity, of_error, sentence
from pmreport.app.doctor.visit import MYSELF, Failure, Resource, Visit
from pmreport.errors import (
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    TryLaterError,
    UnreachableError,
)
from pmreport.jira.answers import ForbiddenError, RefusedError, ScopeError
from pmreport.jira.dialect import dialect_of
from pmreport.jira.settings import Deployment, SiteSettings

_NEEDS_JIRA = (Check.PERMISSIONS, Check.CLOCK)
_WHERE_SCOPES_ARE = "id.atlassian.com, Security, API tokens"
_ADDRESS = "write `url` under [site] as Jira's own start page shows it, with its context path"
_NOT_FOUND = 404


def no_token(error: NotAuthorisedError) -> tuple[Remark, ...]:
    """There is no token, or what was found cannot be one."""
    return (
        of_error(Check.CREDENTIALS, error, subject="the token"),
        *_unasked("there is no token to ask Jira with"),
    )


def offline() -> tuple[Remark, ...]:
    """Jira was not to be asked."""
    return (LeftOut(check=Check.CREDENTIALS, reason="--offline"), *_unasked("--offline"))


def _unasked(reason: str) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(check=check, reason=reason) for check in _NEEDS_JIRA)


def caution(words: str | None, source: str) -> Iterator[Finding]:
    """The token does not lie well where it was found; `words` are a sentence, `;`, and what to do."""
    if words:
        what, _, fix = words.partition("; ")
        yield Finding(
            check=Check.CREDENTIALS,
            severity=Severity.WARNING,
            subject=source,
            what=what,
            fix=fix.removeprefix("run `").removesuffix("`"),
        )


def findings(seen: Visit, site: SiteSettings, projects: Sequence[str]) -> Iterator[Remark]:
    """What the token does not open, by the scope or the permission that is missing."""
    yield from _missing_scopes(seen)
    for failure in seen.failures:
        if not isinstance(failure.error, ScopeError):
            yield _told(failure, site)
    ended = seen.ended_early
    if ended is not None:
        yield from _unasked(_why_not(ended.error))
    for project in projects:
        if seen.may_browse.get(project) is False:
            yield _unseen(project)
    yield from _other_product(seen, site)


def _why_not(error: PmreportError) -> str:
    if isinstance(error, NotAuthorisedError):
        return "the token was refused"
    return "Jira did not answer"


def _told(failure: Failure, site: SiteSettings) -> Finding:
    error = failure.error
    match error:
        case RefusedError() | ForbiddenError() if failure.resource is not MYSELF:
            return _refused(failure, error)
        case TryLaterError():
            return _access(site.url, error.what, "wait, then run `pmreport doctor` again", Severity.WARNING)
        case UnreachableError():
            hint, _, _ = (error.hint or "check the network").partition(" Run the sync again")
            return _access(site.url, error.what, hint)
        case ConfigurationError() | NotAuthorisedError():
            return of_error(Check.CREDENTIALS, error, subject=site.url)
        case _:
            return _access(site.url, f"no Jira answers at this address: {error.what}", _ADDRESS)


def _access(subject: str, what: str, fix: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        check=Check.CREDENTIALS, severity=severity, subject=subject, what=sentence(what), fix=sentence(fix)
    )


def _missing_scopes(seen: Visit) -> Iterator[Finding]:
    """One for each scope, with all that it would open."""
    closed: dict[str, dict[str, Resource]] = {}
    for failure in seen.failures:
        if isinstance(failure.error, ScopeError):
            closed.setdefault(failure.resource.scope, {})[failure.resource.name] = failure.resource
    for scope, resources in closed.items():
        also = next((each.also for each in resources.values() if each.also), "")
        together = f" (and {also}, which goes with it)" if also else ""
        what = f"the token lacks the scope {scope}, so these cannot be read: {', '.join(resources)}"
        yield _access(scope, what, f"make a token with the scope {scope}{together} at {_WHERE_SCOPES_ARE}")


def _refused(failure: Failure, error: RefusedError | ForbiddenError) -> Finding:
    hidden = isinstance(error, RefusedError) and error.status_code == _NOT_FOUND
    if hidden and failure.project:
        return _unseen(failure.project)
    return Finding(
        check=Check.PERMISSIONS,
        severity=Severity.ERROR,
        subject=failure.project or failure.resource.name,
        what=f"{failure.resource.name} cannot be read: {sentence(error.what)}",
        fix="ask an administrator of Jira to let the token's user read this",
    )


def _unseen(project: str) -> Finding:
    return Finding(
        check=Check.PERMISSIONS,
        severity=Severity.ERROR,
        subject=project,
        what=f"the token's user may not see the issues of {project}, or there is no such project",
        fix=f'ask an administrator of {project} for the permission "Browse projects", '
        "or take the project out of `projects` under [scope]",
    )


def _other_product(seen: Visit, site: SiteSettings) -> Iterator[Finding]:
    if seen.kind is None or site.deployment is Deployment.AUTO:
        return
    found = dialect_of(Deployment.AUTO, seen.kind).deployment
    if found is not site.deployment:
        yield Finding(
            check=Check.CONFIGURATION,
            severity=Severity.ERROR,
            subject="[site] deployment",
            what=f'the site calls itself "{seen.kind}", the configuration says "{site.deployment}"',
            fix=f'[site]\ndeployment = "{found}"',
        )
