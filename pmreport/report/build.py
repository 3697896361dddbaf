"""The reports, each built from its inputs: weekly, sprint and review."""

from pmreport.goals.goal import Visibility
from pmreport.report import frame, narrative, rag
from pmreport.report.frame import Heading
from pmreport.report.inputs import Inputs
from pmreport.report.rag import Verdict
from pmreport.report.restricted import shown_to, withhold
from pmreport.report.sections import (
    accomplished,
    bottom_line,
    confidence,
    decisions,
    figures,
    followups,
    planned,
    risks,
    shared_goals,
    sprint_lines,
    state,
)
from pmreport.report.view import Callout, Report
from pmreport.report.words import capital, in_words

_NOT_YET = (
    "the promise check of last week's plan",
    "milestones",
    "the budget",
    "how many weeks the overall state has had its colour",
)


def weekly(inputs: Inputs) -> Report:
    """The status report for management: page one in sixty seconds, then what stands behind it.

    Holds no goal whose visibility is not `management`, whatever the inputs hold.
    """
    known = withhold(shown_to(inputs, Visibility.MANAGEMENT))
    verdict = rag.verdict(known)
    sections = (
        state.section(verdict),
        bottom_line.section(known),
        decisions.section(known),
        accomplished.section(known),
        planned.section(known),
        risks.section(known),
        figures.section(known),
        sprint_lines.section(known),
        followups.section(known),
        *shared_goals.sections(known),
        confidence.section(known, *_NOT_YET),
    )
    return frame.framed(known, _weekly_heading(known, verdict), sections)


def _weekly_heading(inputs: Inputs, verdict: Verdict) -> Heading:
    asks = decisions.asks(inputs)
    asked = f", {in_words(len(asks), 'ask')}" if asks else ""
    return Heading(
        name="weekly",
        audience="management",
        title=f"{inputs.product}: {verdict.state}",
        headline=Callout(tone=verdict.tone, lead=f"{capital(verdict.state)}.", text=(verdict.why,)),
        subject=f"{inputs.product} {inputs.period_label}: {verdict.state}{asked}",
        preheader=f"Asked of you: {narrative.spoken(asks[0])}" if asks else verdict.why,
    )
