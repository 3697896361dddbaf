"""How far the numbers can be trusted: the age of the data, what was odd, what was left out."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pmreport.metrics.catalog import DEFINITIONS
from pmreport.metrics.quality.finding import Finding, Grade
from pmreport.model.problem import ProblemKind, counts_by_kind
from pmreport.report import dimensions, links
from pmreport.report.draft import KEY
from pmreport.report.inputs import Inputs
from pmreport.report.view import (
    Block,
    Column,
    Inline,
    Item,
    Items,
    Link,
    Mark,
    Moment,
    Number,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    Text,
    Tone,
)
from pmreport.report.words import counted, inline_list, listed, lower, plural

_KINDS: Mapping[ProblemKind, str] = {
    ProblemKind.HISTORY_MISMATCH: "The last change of a field does not lead to its value today",
    ProblemKind.HISTORY_TRUNCATED: "Jira keeps more changes of an item than it gave",
    ProblemKind.UNKNOWN_FIELD: "A field was renamed or is unknown",
    ProblemKind.UNKNOWN_STATUS: "A status that was deleted from Jira still stands in the history",
    ProblemKind.UNREADABLE_VALUE: "A value could not be read",
    ProblemKind.UNREADABLE_STAMP: "A time could not be read",
    ProblemKind.SPRINT_WITHOUT_START: "A sprint has no start",
    ProblemKind.SPRINT_CLOSED_BEFORE_START: "A sprint closed before it started",
    ProblemKind.BOARD_UNREADABLE: "A board could not be read",
    ProblemKind.TOTAL_MISMATCH: "Jira counts more than it shows",
    ProblemKind.TWO_ESTIMATE_FIELDS: "Two estimate fields are in use",
    ProblemKind.ABSURD_ESTIMATE: "An estimate is negative or far too large",
    ProblemKind.CENSUS_STOPPED: "So much was out of sight in a project that nothing was taken for deleted",
    ProblemKind.BROKEN_IDENTITY: "The numbers of a sprint do not add up",
    ProblemKind.JOURNAL_TORN: "The last entry of your journal was cut off",
    ProblemKind.JOURNAL_UNREADABLE: "A line of your journal cannot be read",
    ProblemKind.JOURNAL_NEWER: "A newer pmreport wrote an entry of your journal",
    ProblemKind.JOURNAL_REPEATED: "An entry of your journal stands there twice",
    ProblemKind.BARE_KEY: "An entry of the draft is an issue key without words",
    ProblemKind.DRAFT_TOO_LONG: "The draft has more entries under a heading than a report shows",
    ProblemKind.DRAFT_TOO_WORDY: "The draft says more than is read in sixty seconds",
    ProblemKind.SAME_BOTTOM_LINE: "The bottom line is that of last week",
    ProblemKind.PROMISE_UNKNOWN: "The draft tells a result of what was not in last week's plan",
    ProblemKind.OVERRIDE_EXPIRED: "An override of a colour has expired and was ignored",
    ProblemKind.FROZEN_UNREADABLE: "A report that was sent cannot be read any more",
    ProblemKind.WATERMELON: "A dimension is reported green while its measure is red",
}

_MOST_CHECKS = 5
_MOST_RESTATED = 5
_MOST_NAMED = 4  # numbers that a check blocks


def section(inputs: Inputs, *missing: str) -> Section:
    """What to know before relying on a number; `missing` names what this report does not tell yet."""
    entries = [
        Item(text=_age(inputs)),
        *_lost(inputs),
        *_restated(inputs),
        *_held(inputs),
        *_checks(inputs),
        Item(text=_oddities(inputs)),
        *(Item(text=_left_out(reason, count)) for reason, count in inputs.left_out if count),
        *((Item(text=(f"Not told yet: {listed(missing)}.",)),) if missing else ()),
    ]
    blocks: list[Block] = [Items(items=tuple(entries)), *_problems(inputs)]
    return Section(id="confidence", title="Data confidence", blocks=tuple(blocks))


def _age(inputs: Inputs) -> Text:
    age = dimensions.data_age(inputs)
    if inputs.data_as_of is None or age is None:
        return ("No sync has completed yet: the numbers may be incomplete.",)
    text: tuple[Inline, ...] = ("The last complete sync was at ", Moment(inputs.data_as_of))
    return (*text, ", ", counted(age, "working day"), " before this report.") if age else (*text, ".")


def _lost(inputs: Inputs) -> Iterator[Item]:
    """That the words of a day in the past are not known, where they are not."""
    if inputs.draft_is_lost:
        yield Item(
            text=("The draft of that day is not known: no report was made from it by then.",),
            detail=("What was written later is left out.",),
        )


def _restated(inputs: Inputs) -> Iterator[Item]:
    """A line for each number of the last report sent that is another one now, and why."""
    for one in inputs.restatements[:_MOST_RESTATED]:
        text = f" {lower(one.label)} in {one.period} was {one.was}, is {one.now}: "
        why = f"{one.why}." if one.why else "nothing that Jira keeps says why."
        yield Item(text=(Strong("Restatement:"), text, *links.words(inputs, why)))
    more = len(inputs.restatements) - _MOST_RESTATED
    if more > 0:
        yield Item(text=(counted(more, "more number"), " of that report changed."))


def _held(inputs: Inputs) -> tuple[Item, ...]:
    if inputs.issues_known is None:
        return ()
    if inputs.issues_known == 0:
        return (Item(text=("No issue is known, so there is nothing to count.",)),)
    return (Item(text=(counted(inputs.issues_known, "issue"), " with their histories are known.")),)


def _checks(inputs: Inputs) -> tuple[Item, ...]:
    """The checks of the data quality that are red, with the numbers they block; how many others passed."""
    if not inputs.findings:
        return ()
    red = [one for one in inputs.findings if one.grade is Grade.RED]
    made = [one for one in inputs.findings if one.grade not in {Grade.UNKNOWN, Grade.NONE}]
    amber = sum(one.grade is Grade.AMBER for one in made)
    limits = f", {amber} with a remark" if amber else ""
    entries = [Item(text=(counted(len(made), "check"), f" of the data: {len(red)} failed{limits}."))]
    for one in red[:_MOST_CHECKS]:
        names = [DEFINITIONS[each].name for each in one.touched]
        if len(names) > _MOST_CHECKS:
            names[_MOST_NAMED:] = [f"{len(names) - _MOST_NAMED} more"]
        entries.append(
            Item(
                text=(Mark(one.check.code, Tone.BAD), f" {one.check.title}: {_part(one)}; {one.check.bias}"),
                detail=_beside(names, _found(inputs, one)),
            )
        )
    return tuple(entries)


def _beside(names: list[str], found: Link | None) -> Text:
    blocks = f"No green rests on: {listed(names)}." if names else ""
    link: Text = () if found is None else (found,)
    return (blocks, " ", *link) if blocks and link else ((blocks,) if blocks else link)


def _found(inputs: Inputs, one: Finding) -> Link | None:
    """A way to what a check found, where it found issues that may be named."""
    known = {card.key for card in inputs.cards.values() if card.key}
    keys = [key for key in one.subjects if key in known][: links.KEYS_IN_A_LINK]
    told = "These items in Jira" if len(keys) == one.count else f"{len(keys)} of them in Jira"
    return links.keys(inputs, keys, told)


def _part(one: Finding) -> str:
    return f"{one.count} of {one.population} {one.check.population}"


def _oddities(inputs: Inputs) -> Text:
    count = len(inputs.problems)
    if count == 0:
        return ("Nothing odd was found in the data.",)
    return (
        counted(count, "oddity", "oddities"),
        f" {plural(count, 'was', 'were')} found in the data; many are no mistake.",
    )


def _left_out(reason: str, count: int) -> Text:
    several = f"issues{reason.removeprefix('issue')}" if reason.startswith("issue ") else None
    return ("Left out: ", counted(count, reason, several), ".")


def _problems(inputs: Inputs) -> tuple[Table | Paragraph, ...]:
    kinds = counts_by_kind(inputs.problems)
    if not kinds:
        return ()
    rows = tuple(
        Row(
            cells=(
                (_KINDS.get(kind, kind.value),),
                (Number(value=Decimal(count)),),
                _examples(inputs, kind),
            )
        )
        for kind, count in kinds.items()
    )
    columns = (
        Column(title="What was seen"),
        Column(title="How often", numeric=True),
        Column(title="For example"),
    )
    return (Table(id="problems", caption="What was odd in the data", columns=columns, rows=rows),)


def _examples(inputs: Inputs, kind: ProblemKind) -> Text:
    subjects = sorted({problem.subject for problem in inputs.problems if problem.kind is kind})[:3]
    return inline_list([links.issue(inputs, one) if KEY.fullmatch(one) else one for one in subjects])
