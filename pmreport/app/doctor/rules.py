"""The queries of the goals and initiatives: whether the site has what they ask for."""

from collections.abc import Iterator
from datetime import datetime

from pmreport.app import goals as tagging
from pmreport.app.doctor.finding import Check, Finding, LeftOut, Remark, Severity
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError
from pmreport.goals import catalog
from pmreport.goals.context import JqlContext
from pmreport.goals.jql import parse
from pmreport.goals.jql_error import JqlError
from pmreport.goals.plan import resolve

_CORRECT = "write it as Jira shows it; `pmreport sync` brings in what is new there"


def findings(workspace: Workspace, now: datetime) -> Iterator[Remark]:
    """The queries of one's own that cannot be asked. A built-in rule that does not fit is no fault."""
    try:
        with workspace.store.reading() as reader:
            context = tagging.jql_context(workspace, reader, now)
    except BadDataError:  # no complete sync, which is told elsewhere
        yield LeftOut(check=Check.FIELDS, reason="the names in rules: no sync has completed yet")
        return
    for subject, jql in _own_queries(workspace):
        yield from _fault(subject, jql, context)


def _own_queries(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Each query with its place (file:line:column)."""
    config = workspace.config
    for goal in catalog.resolve(config.goals):
        for rule in goal.rules:
            if goal.active and rule.where is not None:
                yield rule.where, rule.jql
    for initiative in config.initiatives:
        yield initiative.where or f"[[initiative]] {initiative.id}", initiative.jql


def _fault(subject: str, jql: str, context: JqlContext) -> Iterator[Finding]:
    try:
        resolve(parse(jql), context)
    except JqlError as error:
        yield Finding(
            check=Check.FIELDS,
            severity=Severity.ERROR,
            subject=subject,
            what=error.problem,
            fix=error.hint or _CORRECT,
        )
