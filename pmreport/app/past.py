"""What earlier weekly reports told their readers, where the weekly of today goes on from them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from pmreport.app import frozen, gather, rebuilding
from pmreport.app.happened import happened
from pmreport.app.moments import Moments
from pmreport.app.wiring import Workspace
from pmreport.deliver.kept import Kept
from pmreport.errors import BadDataError, UsageError
from pmreport.model import period as periods
from pmreport.model.period import Period
from pmreport.model.problem import Problem, ProblemKind
from pmreport.report import restatements
from pmreport.report.colours import Colour
from pmreport.report.draft import Draft
from pmreport.report.freeze import Frozen
from pmreport.report.inputs import Inputs, Restatement
from pmreport.report.restricted import restricted_keys

WEEKLY = "weekly"

_Sent = Mapping[Period, Kept]  # the newest weekly that was sent about each week


def with_past(workspace: Workspace, inputs: Inputs, when: Moments) -> Inputs:
    """The inputs of a weekly report with what was reported before; as they are where nothing was.

    Only what was sent by the moment asked for counts, so a report of the past is what it was. A kept report
    that cannot be read is one of the problems, and stops nothing.
    """
    sent = _sent(workspace, when)
    if not sent:
        return inputs
    try:
        colours = tuple(reversed(tuple(_colours(workspace, sent, when.period))))
        last = frozen.load(workspace, sent[max(sent, key=_first_day)])
        told = replace(inputs, colours_before=colours, restatements=_restated(workspace, inputs, last, when))
        return _with_plan(workspace, told, sent.get(when.period.previous()))
    except BadDataError as error:
        problem = Problem(ProblemKind.FROZEN_UNREADABLE, error.where or "", error.what)
        return replace(inputs, problems=(*inputs.problems, problem))


def with_plan(workspace: Workspace, inputs: Inputs, when: Moments) -> Inputs:
    """The inputs with the plan that last week's readers were told, if any: what a draft goes on from."""
    return _with_plan(workspace, inputs, _sent(workspace, when).get(when.period.previous()))


def _sent(workspace: Workspace, when: Moments) -> _Sent:
    """The weekly reports about earlier weeks that somebody has, the one sent last for each week."""
    found: dict[Period, Kept] = {}
    for one in frozen.all_kept(workspace, by=when.as_of):
        if one.report == WEEKLY and one.recipients:
            about = _period(one, when.period.zone)
            if about is not None and about.first < when.period.first:
                found[about] = one
    return found


def _period(one: Kept, zone: str) -> Period | None:
    """The week a kept report is about; None where a hand has been at the journal."""
    try:
        return periods.parse(one.period, zone)
    except UsageError:
        return None


def _first_day(period: Period) -> date:
    return period.first


def _colours(workspace: Workspace, sent: _Sent, period: Period) -> Iterator[Colour | None]:
    """The overall colours, the newest first, as far back as they can matter: to the first other one."""
    first: Colour | None = None
    while True:
        period = period.previous()
        kept = sent.get(period)
        colour = frozen.load(workspace, kept).told.colour if kept else None
        if colour is not None or first is None:
            yield colour
        first = first or colour
        if colour is None or colour is not first:
            return


def _with_plan(workspace: Workspace, inputs: Inputs, kept: Kept | None) -> Inputs:
    """The plan as it was sent wins over the draft it was made from."""
    if kept is None:
        return inputs
    about = frozen.load(workspace, kept).about
    return replace(inputs, draft_before=replace(about.draft or Draft(), plan=about.plan), plan_sent=kept.at)


def _restated(workspace: Workspace, inputs: Inputs, last: Frozen, when: Moments) -> tuple[Restatement, ...]:
    """The numbers of the last report that are others now."""
    if last.told.data_as_of is None:
        return ()
    again = rebuilding.again(workspace, last)
    about = replace(when, period=periods.parse(last.told.period, when.period.zone))
    closed = restricted_keys(inputs)
    with workspace.store.reading() as reader:
        done = [
            "" if item.key in closed else item.key
            for item in gather.delivered(workspace, reader, about)
            if about.period.start_instant <= item.done < about.period.end_instant
        ]
        keys = restatements.keys_to_explain(last.told, again.told, done)
        site_id = workspace.site_id()
        fates = happened(reader, site_id, keys, last.told.data_as_of, when.looked_from)
    return restatements.restatements(last, again, done, fates)
