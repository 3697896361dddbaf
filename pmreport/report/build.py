"""The reports, each built from its inputs: weekly, sprint, estimation, team and review."""

from dataclasses import replace

from pmreport.goals.review import Audience
from pmreport.metrics.sprint import SprintLedger
from pmreport.report import charts, frame, rag, sprints, terms
from pmreport.report import draft as drafting
from pmreport.report.frame import Heading
from pmreport.report.inputs import Inputs
from pmreport.report.rag import Verdict
from pmreport.report.restricted import shown_to, withhold
from pmreport.report.sections import (
    accomplished,
    bottom_line,
    confidence,
    decisions,
    estimate_sizes,
    estimates,
    figures,
    followups,
    held_up,
    initiative_bars,
    initiative_pictures,
    initiatives,
    milestones,
    planned,
    promises,
    prose,
    review_goal,
    review_items,
    review_overview,
    risks,
    shared_goals,
    sprint_lines,
    sprint_page,
    state,
    team_flow,
)
from pmreport.report.view import Callout, Report, Tone
from pmreport.report.words import capital, in_words, listed

_WEEKS_IN_COLOUR = "how many weeks the overall state has had its colour (no report was kept yet)"


def weekly(inputs: Inputs) -> Report:
    """The status report for management: page one in sixty seconds, then what stands behind it.

    Holds no goal whose visibility is not `management`, whatever the inputs hold.
    """
    known = withhold(shown_to(inputs, Audience.MANAGEMENT))
    verdict = rag.verdict(known)
    written = drafting.problems(known.draft, known.draft_before) if known.draft else ()
    known = replace(known, problems=(*known.problems, *written, *verdict.problems))
    sections = (
        state.section(verdict),
        bottom_line.section(known),
        decisions.section(known),
        accomplished.section(known),
        promises.section(known),
        planned.section(known),
        risks.section(known),
        figures.section(known),
        milestones.section(known),
        *initiative_bars.sections(known),
        initiatives.section(known),
        *initiative_pictures.sections(known),
        sprint_lines.section(known),
        followups.section(known),
        *shared_goals.sections(known),
        *prose.sections(known),
        confidence.section(known, *((_WEEKS_IN_COLOUR,) if verdict.weeks is None else ())),
    )
    return frame.framed(known, _weekly_heading(known, verdict), sections)


def _weekly_heading(inputs: Inputs, verdict: Verdict) -> Heading:
    asks = decisions.asks(inputs)
    asked = f", {in_words(len(asks), 'ask')}" if asks else ""
    said = asks[0] if asks else ""
    return Heading(
        name="weekly",
        audience=Audience.MANAGEMENT.value,
        title=f"{inputs.product}: {verdict.state}",
        headline=Callout(tone=verdict.tone, lead=f"{capital(verdict.state)}.", text=(verdict.why,)),
        subject=f"{inputs.product} {inputs.period_label}: {verdict.state}{asked}",
        preheader=f"Asked of you: {said}" if asks else verdict.why,
        marks=(
            terms.RAG,
            *(one.definition for one in verdict.dimensions if one.number.value is not None),
        ),
    )


def sprint(inputs: Inputs) -> Report:
    """The sprint report for the team: where each sprint stands, what changed, every item. Holds no goal."""
    known = withhold(shown_to(inputs, Audience.TEAM))
    shown = sprints.chosen(known)
    spoken_of = _over(known, shown)
    sections = (
        *sprint_page.sections(spoken_of, shown),
        sprint_page.velocities(spoken_of),
        estimates.section(spoken_of),
        confidence.section(spoken_of),
    )
    return frame.framed(spoken_of, _sprint_heading(spoken_of, shown), sections)


def _over(inputs: Inputs, shown: tuple[SprintLedger, ...]) -> Inputs:
    """The inputs with the sprints as their period; as they are where there is no sprint."""
    if not shown:
        return inputs
    ends = [one.close or one.planned_end or inputs.as_of for one in shown]
    start = min(one.start for one in shown)
    names = listed(list(dict.fromkeys(one.name for one in shown)))
    return replace(inputs, period_label=names, period_start=start, period_end=max(start, *ends))


def _sprint_heading(inputs: Inputs, shown: tuple[SprintLedger, ...]) -> Heading:
    if not shown:
        return _no_sprint(inputs)
    done = listed([charts.done_of_scope(one) for one in shown])
    lead = f"{done} completed." if len(shown) == 1 else f"{len(shown)} sprints."
    text = " ".join(f"{_stand(inputs, one, alone=len(shown) == 1)}." for one in shown)
    broken = any(not one.identity_holds for one in shown)
    title = f"{inputs.period_label} status"
    return Heading(
        name="sprint",
        audience=Audience.TEAM.value,
        title=title,
        headline=Callout(tone=Tone.BAD if broken else Tone.NEUTRAL, lead=lead, text=(text,)),
        subject=f"{inputs.product} {title}: {done} completed",
        preheader=text,
    )


def _stand(inputs: Inputs, one: SprintLedger, *, alone: bool) -> str:
    """Where a sprint stands; beside others it also says what it completed, which else is the headline."""
    stand = charts.stand(inputs, one)
    if alone:
        return capital(stand)
    return f"{one.name}: {charts.done_of_scope(one)} completed, {stand}"


def _no_sprint(inputs: Inputs) -> Heading:
    title, text = f"{inputs.product}: no sprint", "No board has a sprint that has started."
    return Heading(
        name="sprint",
        audience=Audience.TEAM.value,
        title=title,
        headline=Callout(tone=Tone.UNKNOWN, lead="No sprint to show.", text=(text,)),
        subject=title,
        preheader=text,
    )


def estimation(inputs: Inputs) -> Report:
    """How good estimates are: by sprint with a verdict on the trend, by size, and the worst misses."""
    known = withhold(shown_to(inputs, Audience.TEAM))
    told = replace(estimates.section(known), brief=True)
    sections = (
        told,
        *estimates.bias_section(known),
        *estimate_sizes.sections(known),
        confidence.section(known),
    )
    return frame.framed(known, _estimation_heading(known), sections)


def _estimation_heading(inputs: Inputs) -> Heading:
    lead, text = estimates.headline(inputs)
    title = f"{inputs.product}: estimates"
    return Heading(
        name="estimation",
        audience=Audience.TEAM.value,
        title=title,
        headline=Callout(tone=Tone.NEUTRAL, lead=lead, text=(text,)),
        subject=f"{title}, {inputs.period_label}: {lead.rstrip('.')}",
        preheader=text,
        marks=(terms.BIAS_FACTOR, terms.TYPICAL_FACTOR),
    )


def team(inputs: Inputs) -> Report:
    """The team's week: flow, ageing work, what is blocked and why, and dependencies. Nobody is ranked."""
    known = withhold(shown_to(inputs, Audience.TEAM))
    sections = (*team_flow.sections(known), *held_up.sections(known), confidence.section(known))
    return frame.framed(known, _team_heading(known), sections)


def _team_heading(inputs: Inputs) -> Heading:
    boards = [board.summary for board in inputs.flow]
    slow = sum(item.is_slow for board in boards for item in board.ageing.items)
    going = sum(board.ageing.n for board in boards)
    lead = f"{capital(in_words(len(inputs.delivered), 'item'))} delivered."
    text = (
        f"{capital(in_words(going, 'item'))} in progress, {slow} older than usual; "
        f"{len(inputs.blocked)} blocked, "
        f"{in_words(len(inputs.dependencies), 'open dependency', 'open dependencies')}."
    )
    title = f"{inputs.product}: the team's week"
    return Heading(
        name="team",
        audience=Audience.TEAM.value,
        title=title,
        headline=Callout(tone=Tone.NEUTRAL, lead=lead, text=(text,)),
        subject=f"{title}, {inputs.period_label}: {len(inputs.blocked)} blocked",
        preheader=text,
    )


def review(inputs: Inputs, *, mine: bool = False) -> Report:
    """The goal review for the conversation between a product manager and their manager.

    Private goals are in it only when it is `mine`; then it is for the person alone, and its title says so.
    """
    known = withhold(shown_to(inputs, Audience.PRIVATE if mine else Audience.MANAGER))
    active = tuple(goal for goal in known.goals if goal.active)
    sections = (
        review_overview.section(known),
        *(review_goal.section(known, goal) for goal in active),
        *review_items.sections(known, active),
        confidence.section(known),
    )
    return frame.framed(known, _review_heading(known, is_private=mine), sections)


def _review_heading(inputs: Inputs, *, is_private: bool) -> Heading:
    active = sum(1 for goal in inputs.goals if goal.active)
    title = f"Goal review, {inputs.author}"
    lead = f"{capital(in_words(active, 'active goal'))}." if active else "No active goal."
    evidence = "Evidence comes from rules over Jira items; what it means is for the conversation."
    tally = review_overview.tally(inputs) if active else "no active goal"
    text = f"{tally} {evidence}" if active else evidence
    return Heading(
        name="review",
        audience=(Audience.PRIVATE if is_private else Audience.MANAGER).value,
        title=f"PRIVATE: {title}" if is_private else title,
        headline=Callout(tone=Tone.NEUTRAL if active else Tone.UNKNOWN, lead=lead, text=(text,)),
        subject=f"{'PRIVATE: ' if is_private else ''}{title}, {inputs.period_label}: {tally.rstrip('.')}",
        preheader=text,
    )
