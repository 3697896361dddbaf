"""Everything one report is built from, read in one look at the store."""

import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pmreport import __version__
from pmreport.app import goals as tagging
from pmreport.app import journal, lookups, past_evidence
from pmreport.app.calendar import calendar_of
from pmreport.app.lookups import SiteFacts
from pmreport.app.moments import Moments
from pmreport.app.numbers import estimates, followups, sprints, status
from pmreport.app.wiring import Workspace
from pmreport.goals import register, terms
from pmreport.goals.goal import Goal
from pmreport.goals.review import TALKERS, Audience, shown, visible
from pmreport.goals.talk import Talk, talk
from pmreport.metrics import flow, held_items
from pmreport.metrics import followups as following
from pmreport.metrics.estimation import EstimationSummary
from pmreport.metrics.flow import Finished, Flagged
from pmreport.metrics.followups import blocked, rows
from pmreport.metrics.followups.summary import Summary
from pmreport.metrics.ledger import SprintTotals
from pmreport.model.calendar import WorkCalendar
from pmreport.model.problem import Problem
from pmreport.report import measures, recent
from pmreport.report.inputs import Blocked, Delivered, Inputs, Marker
from pmreport.report.sprints import spoken_of
from pmreport.store.session import Reader
from pmreport.sync import record

TELLING_MORE = ("weekly", "team", "estimation")
_WEEK = timedelta(days=7)
_WEEKS_SHOWN = 6
_MARKED = re.compile(rf"\s*(?:{'|'.join(Marker)})\b[^:\n]*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the report is to show, and to whom. `sprint_ids` and `board_id` narrow the sprint report.

    `with_log`: every follow-up is read, as only the action log needs it.
    """

    audience: Audience
    sprint_ids: tuple[int, ...] = ()
    board_id: int | None = None
    with_log: bool = False


def inputs(workspace: Workspace, reader: Reader, facts: SiteFacts, moments: Moments, wish: Wish) -> Inputs:
    """The inputs of one report, with the goals its audience may see and no others."""
    config, site_id, moment = workspace.config, workspace.site_id(), moments.looked_from
    calendar = calendar_of(config, moment)
    period = moments.period
    ledgers, odd = sprints.read(
        reader, workspace, moment, lambda known: spoken_of(known, wish.board_id, wish.sprint_ids)
    )
    accuracy = estimates.read(reader, workspace, moment, ledgers)
    finished = delivered(workspace, reader, moments)
    goals = visible(tagging.goals_at(workspace, moments.as_of), wish.audience)
    tagged = past_evidence.known_at(workspace, reader, goals, as_of=moment, typed_by=moments.as_of)
    known = shown(goals, tagged.evidence, wish.audience)
    people = lookups.people(reader, site_id)
    cards = lookups.cards(reader, site_id, moment)
    me = config.me.account or facts.account_id
    return Inputs(
        site_url=facts.browse_url,
        product=config.report.product or " and ".join(config.scope.projects),
        author=config.report.author or config.me.name or people.get(me, config.site.name),
        period_label=period.name,
        period_start=period.start_instant,
        period_end=period.end_instant,
        zone=config.calendar.time_zone,
        as_of=moments.as_of,
        data_as_of=moments.data_as_of,
        generator=f"pmreport {__version__}",
        thresholds=config.report.thresholds,
        ledgers=ledgers,
        estimation=accuracy,
        tracked=followups.tracked(reader, workspace, moment) if wish.with_log else None,
        delivered=tuple(item for item in finished if period.start_instant <= item.done < period.end_instant),
        delivered_by_week=_by_week([item.done for item in finished], period.end_instant),
        blocked=_blocked(reader, site_id, moment, calendar, with_reasons=wish.audience is Audience.TEAM),
        notes=lookups.notes(reader, site_id, moment, frozenset(config.report.narrators or (me,))),
        goals=known.goals,
        evidence=known.evidence,
        evidence_as_of=tagged.looked_at,
        measures=measures.of_goals(known.goals, ledgers, accuracy),
        talks=_talks(workspace, known.goals, moments) if wish.audience in TALKERS else {},
        problems=(
            *_problems(reader, site_id, moments.as_of, frozenset(card.key for card in cards.values())),
            *odd,
        ),
        left_out=lookups.left_out(reader, site_id, moment),
        working_days=_working_days(ledgers, moments, calendar),
        cards=cards,
        people=people,
        issues_known=lookups.in_sight(reader, site_id, moment),
        sprint_ids=wish.sprint_ids,
        board_id=wish.board_id,
    )


def numbers(workspace: Workspace, name: str, moments: Moments, wish: Wish) -> Callable[[Inputs], Inputs]:
    """Read the numbers that the report `name` tells besides; what adds them to its inputs.

    The database answers while Python waits: another thread may read the inputs meanwhile. Where the report is
    one that is `TELLING_MORE`, the calendar of the moment has to be stored before.
    """
    now = moments.looked_from
    if name == "weekly":
        known = status.status(workspace, as_of=now, typed_by=moments.as_of)
        told = followups.followups(workspace, as_of=now, typed_by=moments.as_of)
        return lambda found: _weekly(workspace, found, known, told, now)
    if name == "team":
        with workspace.store.reading() as reader:
            waiting = reader.rows(held_items.query(workspace.site_id(), now))
        flowing = status.board_flow(workspace, as_of=now, board=wish.board_id)
        return lambda found: replace(found, flow=flowing, dependencies=held_items.from_rows(waiting))
    if name == "estimation":
        judged = estimates.estimates(workspace, as_of=now)
        return lambda found: replace(found, estimates=judged)
    return lambda found: found


def _weekly(
    workspace: Workspace, found: Inputs, known: status.Status, told: Summary, now: datetime
) -> Inputs:
    has_sprints = any(ledger.is_own for ledger in found.ledgers)
    before, accuracy = _week_before(workspace, found, now - _WEEK)
    return replace(
        found,
        ledgers_before=before,
        estimation_before=accuracy,
        followups=following.of(told),
        followups_before=following.week_before(told),
        initiatives=known.initiatives,
        milestones=known.milestones,
        findings=known.findings,
        flow=() if has_sprints else status.board_flow(workspace, as_of=now),
    )


def _week_before(
    workspace: Workspace, found: Inputs, moment: datetime
) -> tuple[tuple[SprintTotals, ...], EstimationSummary]:
    """The sprints and their accuracy as they stood a week before, as far back as a report looks at them."""
    ids = recent.closed_by(moment, found.ledgers, found.estimation)
    with workspace.store.reading() as reader:
        ledgers = sprints.totals(reader, workspace, moment, sprint_ids=ids)
        return ledgers, estimates.read(reader, workspace, moment, ledgers, sprint_ids=ids)


def _talks(workspace: Workspace, goals: Iterable[Goal], moments: Moments) -> dict[str, Talk]:
    """What the journal says of these goals, as it stood at the moment asked for; of no other goal a word."""
    zone, start = ZoneInfo(workspace.config.calendar.time_zone), moments.period.start_instant
    entries = journal.read(workspace).entries
    seen = register.terms(entries, moments.as_of)
    told: dict[str, Talk] = {}
    for goal in goals:
        fixed, moved = terms.held_against(seen.get(goal.id, ()), start, zone)
        said = talk(register.written(entries, moments.as_of, goal.id), start.astimezone(zone).date())
        told[goal.id] = replace(said, fixed=fixed, moved=moved)
    return told


def delivered(workspace: Workspace, reader: Reader, moments: Moments) -> tuple[Delivered, ...]:
    """What was delivered in the period and the weeks before it."""
    start, end = moments.period.start_instant, moments.period.end_instant
    first = min(start, end - _WEEKS_SHOWN * _WEEK)
    question = flow.finished_query(workspace.site_id(), first, end, as_of=moments.looked_from)
    dropped = workspace.config.done.dropped_resolutions
    found = flow.finished_from_rows(reader.rows(question), dropped_resolutions=dropped)
    return tuple(_one_delivered(item) for item in found if not item.dropped)


def _one_delivered(item: Finished) -> Delivered:
    return Delivered(
        issue_id=item.issue_id,
        key=item.issue_key,
        summary=item.summary,
        type_name=item.type_name,
        done=item.done,
        points=item.points,
        epic_key=item.parent_key,
        epic=item.parent_summary,
        is_epic=item.type_name == "Epic",
    )


def _by_week(instants: Iterable[datetime], end: datetime) -> tuple[int, ...]:
    """How many in each of the last weeks, zeros included, the newest last."""
    ages = [(end - instant - timedelta(microseconds=1)) // _WEEK for instant in instants]
    return tuple(ages.count(weeks) for weeks in reversed(range(_WEEKS_SHOWN)))


def _blocked(
    reader: Reader, site_id: int, moment: datetime, calendar: WorkCalendar, *, with_reasons: bool
) -> tuple[Blocked, ...]:
    """What is held up. Reasons are words of the team for the team: management hears the narrators alone.

    Neither a restricted comment is a reason, nor one that was written for a report.
    """
    found = flow.flagged_from_rows(reader.rows(flow.flagged_query(site_id, moment)))
    beside = [
        row
        for row in (reader.rows(rows.flags_query(site_id, moment)) if with_reasons else ())
        if not row.is_restricted and not _MARKED.match(row.body)
    ]
    reasons = {item.issue_key: item.reason for item in blocked.blocked(found, beside)}
    return tuple(_one_blocked(item, moment, calendar, reasons[item.issue_key]) for item in found)


def _one_blocked(item: Flagged, moment: datetime, calendar: WorkCalendar, reason: str) -> Blocked:
    today, since = calendar.local_day(moment), calendar.local_day(item.since)
    return Blocked(
        issue_id=item.issue_id,
        key=item.issue_key,
        summary=item.summary,
        working_days=calendar.working_days_between(since, today),
        owner=item.owner,
        since=item.since,
        reason=reason or None,
    )


def _problems(reader: Reader, site_id: int, when: datetime, keys: AbstractSet[str]) -> tuple[Problem, ...]:
    """What the sync that was newest then found odd in what Jira said.

    An issue that is none of `keys` is not named: nobody knows whether the reader may hear of it.
    """
    found = record.problems_from_rows(reader.rows(record.detail_query(site_id, when)))
    return tuple(each for each in found if each.subject in keys or not record.names_issue(each))


def _working_days(
    ledgers: tuple[SprintTotals, ...], moments: Moments, calendar: WorkCalendar
) -> tuple[date, ...]:
    """The working days around every sprint that could be shown."""
    instants = [moments.as_of, moments.data_as_of]
    instants += [at for ledger in ledgers for at in (ledger.start, ledger.planned_end, ledger.close) if at]
    first, last = calendar.local_day(min(instants)), calendar.local_day(max(instants))
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return tuple(day for day in days if calendar.is_workday(day))
