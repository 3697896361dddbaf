"""The queries of the goals and initiatives: whether the site has what they ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
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
    for query in _own_queries(workspace):
        yield from _fault(query, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Query:
    """A query of one's own, with its place (file:line:column), and whether anything asks it already."""

    subject: str
    jql: str
    is_asked: bool = True


def _own_queries(workspace: Workspace) -> Iterator[_Query]:
    """Those of the goals, on the shelf too, and those of the initiatives."""
    config = workspace.config
    for goal in catalog.resolve(config.goals):
        for rule in goal.rules:
            if rule.where is not None:
                yield _Query(subject=rule.where, jql=rule.jql, is_asked=goal.active)
    for initiative in config.initiatives:
        yield _Query(subject=initiative.where or f"[[initiative]] {initiative.id}", jql=initiative.jql)


def _fault(query: _Query, context: JqlContext) -> Iterator[Finding]:
    try:
        resolve(parse(query.jql), context)
    except JqlError as error:
        yield Finding(
            check=Check.FIELDS,
            severity=Severity.ERROR if query.is_asked else Severity.WARNING,
            subject=query.subject,
            what=error.problem,
            fix=error.hint or _CORRECT,
        )
