"""A report that was sent, built once more: for the same moment, or as it stands now."""

from dataclasses import replace
from datetime import datetime

from pmreport.app import building, digests
from pmreport.app.gather import Wish
from pmreport.app.moments import Moments
from pmreport.app.wiring import Workspace
from pmreport.errors import UsageError
from pmreport.model import period as periods
from pmreport.render.data import document
from pmreport.report import freeze
from pmreport.report.freeze import Frozen
from pmreport.report.objections import occasion

_SPRINT = "sprint"


def again(workspace: Workspace, sent: Frozen) -> Frozen:
    """The same report for the same moment, from today's history: what differs was changed in the past.

    It looks no further than the sync that the first one rested on. Raises as `building.inputs_of`.
    """
    told = sent.told
    read = told.data_as_of or told.as_of
    if told.name == _SPRINT:
        when = building.moments_of(workspace, told.name, asked=told.as_of, period=None)
    else:
        period = periods.parse(told.period, workspace.config.calendar.time_zone)
        when = Moments(as_of=told.as_of, looked_from=read, data_as_of=read, period=period)
    return _built(workspace, sent, replace(when, looked_from=read, data_as_of=read))


def now(workspace: Workspace, sent: Frozen, moment: datetime) -> Frozen:
    """The report about the same period as it stands at `moment`. Raises as `building.moments_of`."""
    period = None if sent.told.name == _SPRINT else sent.told.period
    when = building.moments_of(workspace, sent.told.name, asked=moment, period=period)
    return _built(workspace, sent, when)


def _built(workspace: Workspace, sent: Frozen, when: Moments) -> Frozen:
    name = sent.told.name
    wish = Wish(audience=building.audience(name), sprint_ids=_sprints(sent))
    inputs = building.inputs_of(workspace, name, when, wish)
    inputs = freeze.resting_on(inputs, sent.about)
    report = building.view(name, inputs)
    if occasion(inputs, report) != sent.about.period:
        raise UsageError(
            f"{sent.about.report} {sent.about.period} cannot be built again: a sprint of it is gone",
            hint=f"`pmreport report {name} --sprint ID` tells of one; two reports that were sent, as "
            "`pmreport report list` names them, can be held against each other",
        )
    about = replace(sent.about, settings=digests.settings(workspace.config))
    return Frozen(about=about, told=freeze.read_back(document(report)))


def _sprints(sent: Frozen) -> tuple[int, ...]:
    """The numbers of the sprints a report is about; none where it is about a period."""
    numbers = sent.about.period.removeprefix("sprint ").split("+")
    if sent.told.name != _SPRINT or not all(map(str.isdecimal, numbers)):
        return ()
    return tuple(map(int, numbers))
