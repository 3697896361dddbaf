"""A report as values: from what the store and the configuration say at a moment to the view model."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from pmreport.app import choice, gather, goals_measures, lookups
from pmreport.app.gather import Wish
from pmreport.app.moments import Moments, moments
from pmreport.app.numbers.days import stored_calendar
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError
from pmreport.goals.review import Audience
from pmreport.report import build as builders
from pmreport.report import indicators
from pmreport.report.inputs import Inputs
from pmreport.report.view import Report

_AUDIENCES = {
    "weekly": Audience.MANAGEMENT,
    "sprint": Audience.TEAM,
    "estimation": Audience.TEAM,
    "team": Audience.TEAM,
    "review": Audience.MANAGER,
}
_BUILDERS = {
    "weekly": builders.weekly,
    "sprint": builders.sprint,
    "estimation": builders.estimation,
    "team": builders.team,
    "review": builders.review,
}
_REVIEW = "review"
_NO_ISSUE = "check `projects` and `since` under [scope], then run `pmreport sync`"


def moments_of(
    workspace: Workspace,
    name: str,
    *,
    asked: datetime,
    period: str | None,
    board: int | None = None,
    sprint: int | None = None,
) -> Moments:
    """The moments of a report. Raises BadDataError without any issue, and UsageError as `moments`."""
    site_id = workspace.site_id()
    with workspace.store.reading() as reader:
        facts = lookups.site(reader, site_id)
        if not facts.issues_known:
            raise BadDataError("there is no issue to report on", where=facts.browse_url, hint=_NO_ISSUE)
        zone = workspace.config.calendar.time_zone
        when = moments(name, facts, asked=asked, period=period, zone=zone)
        choice.check(reader, site_id, when.looked_from, board=board, sprint=sprint)
    return when


def audience(name: str, *, mine: bool = False) -> Audience:
    """Who reads the report `name`; `mine`: the person alone."""
    return Audience.PRIVATE if mine else _AUDIENCES[name]


def inputs_of(workspace: Workspace, name: str, when: Moments, wish: Wish | None = None) -> Inputs:
    """What the report `name` is built from, but for what a person wrote and what was reported before."""
    wanted = wish or Wish(audience=audience(name))
    if name in gather.TELLING_MORE:
        stored_calendar(workspace, when.looked_from)  # while one thread reads, no other can write
    with ThreadPoolExecutor(max_workers=1) as beside:
        adding = beside.submit(gather.numbers, workspace, name, when, wanted)
        with workspace.store.reading() as reader:
            facts = lookups.site(reader, workspace.site_id())
            found = gather.inputs(workspace, reader, facts, when, wanted)
        whole = adding.result()(found)
    return _measured(workspace, whole, when) if name == _REVIEW else whole


def view(name: str, inputs: Inputs, *, mine: bool = False) -> Report:
    """The report of these inputs."""
    return builders.review(inputs, mine=True) if mine else _BUILDERS[name](inputs)


def _measured(workspace: Workspace, inputs: Inputs, when: Moments) -> Inputs:
    """The inputs of a review with every measure of its active goals."""
    active = tuple(goal for goal in inputs.goals if goal.active)
    judged = goals_measures.measured(
        workspace, active, as_of=when.looked_from, typed_by=when.as_of, with_baseline=True
    )
    return indicators.with_indicators(inputs, judged)
