"""What speaks against sending a report: each reason with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pmreport.goals.review import Audience
from pmreport.metrics.sprint import SprintLedger
from pmreport.model.problem import ProblemKind
from pmreport.report import dimensions, draft, narrative, rag, sprints
from pmreport.report.inputs import Inputs, Marker
from pmreport.report.restricted import withhold
from pmreport.report.view import Report
from pmreport.report.words import in_words, listed, plural

_WEEKLY = "weekly"
_REMARKS = {
    ProblemKind.BARE_KEY: "{one.detail} is only {one.subject}: say what it means to who does not know it",
    ProblemKind.DRAFT_TOO_LONG: "{one.detail} under {one.subject}, and five are shown",
    ProblemKind.DRAFT_TOO_WORDY: "the draft takes longer than sixty seconds to read: {one.detail}",
}
_WRITE = "`pmreport draft weekly` opens it: two or three sentences under `bottom_line`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One reason not to send: a name that is kept, a clause that says what is wrong, and the way out.

    One that is not `forcible` holds whatever reason a person gives.
    """

    id: str
    what: str
    hint: str
    forcible: bool = True


def objections(inputs: Inputs, report: Report) -> tuple[Objection, ...]:
    """Everything that speaks against sending this report made from these inputs; nothing is a good sign."""
    said = (*_bottom_line(inputs), *_watermelons(inputs)) if report.name == _WEEKLY else ()
    return (*_private(report), *_too_old(inputs), *_broken(inputs, report.name), *said)


def remarks(inputs: Inputs, name: str) -> tuple[str, ...]:
    """What to mend before a weekly report is sent, and need not be: entries that say nothing, or too much."""
    if name != _WEEKLY or inputs.draft is None:
        return ()
    found = draft.problems(inputs.draft, inputs.draft_before)
    return tuple(_REMARKS[one.kind].format(one=one) for one in found if one.kind in _REMARKS)


def occasion(inputs: Inputs, report: Report) -> str:
    """What the report is about, in words that stay the same when a sprint gets another name.

    It is the period, and for the sprint report the numbers of its sprints.
    """
    if report.name != "sprint":
        return report.period
    ids = sorted({ledger.sprint_id for ledger in sprints.chosen(inputs)})
    return f"sprint {'+'.join(map(str, ids))}" if ids else report.period


def _private(report: Report) -> Iterator[Objection]:
    if report.audience == Audience.PRIVATE.value:
        yield Objection(
            id="private",
            what="it holds private goals, which are for nobody but you",
            hint='read it where it lies; what your manager may see is a goal with `visibility = "manager"`',
            forcible=False,
        )


def _too_old(inputs: Inputs) -> Iterator[Objection]:
    age = dimensions.data_age(inputs)
    if age is None:
        what = "no sync has completed yet"
    elif Decimal(age) >= inputs.thresholds.data_age_days.red:
        what = f"its data were read {in_words(age, 'working day')} ago"
    else:
        return
    yield Objection(id="data-age", what=what, hint="run `pmreport sync` first")


def _broken(inputs: Inputs, name: str) -> Iterator[Objection]:
    known = withhold(inputs)
    told = {"weekly": sprints.told(known.ledgers), "sprint": sprints.chosen(known)}.get(name, ())
    for ledger in sprints.with_issues(dict.fromkeys(told)):
        if not ledger.identity_holds:
            yield Objection(
                id="broken-identity",
                what=f"the numbers of {ledger.name} do not add up{_named(ledger)}",
                hint="`pmreport doctor` compares the histories with what Jira said; "
                "`pmreport sync --rebuild` makes them anew",
            )


def _bottom_line(inputs: Inputs) -> Iterator[Objection]:
    """Nobody wrote one for this period, in the draft or in a comment; or it is that of the period before."""
    written = inputs.draft.bottom_line.strip() if inputs.draft else ""
    if not written and narrative.latest(withhold(inputs), Marker.SUMMARY) is None:
        yield Objection(
            id="blank-bottom-line", what=f"nobody wrote a bottom line for {inputs.period_label}", hint=_WRITE
        )
    elif inputs.draft and draft.same_bottom_line(inputs.draft, inputs.draft_before):
        yield Objection(
            id="same-bottom-line",
            what="its bottom line is word for word that of the week before",
            hint=f"say what is new; {_WRITE}",
        )


def _watermelons(inputs: Inputs) -> Iterator[Objection]:
    found = [one.name for one in rag.verdict(withhold(inputs)).watermelons]
    if found:
        yield Objection(
            id="watermelon",
            what=f"{listed(found)} {plural(len(found), 'is', 'are')} reported green while the measure is red",
            hint="take the override out of the draft, or make it amber or red",
        )


def _named(ledger: SprintLedger) -> str:
    keys = sprints.unbalanced(ledger)
    return f" ({keys})" if keys else ""
