"""Follow-ups that are late or that nobody owns."""

from decimal import Decimal

from pmreport.metrics.followups import FollowUp, FollowUps
from pmreport.report import links, terms
from pmreport.report.inputs import Inputs
from pmreport.report.view import Column, Day, Mark, Number, Paragraph, Row, Section, Table, Text, Tone
from pmreport.report.words import capital, counted, in_words, local_day, plural

SHOWN = 10
_WHY = "not everybody may read where it stands, or the product manager noted it for themselves"
_COLUMNS = (
    Column(title="Follow-up"),
    Column(title="Owner", definition=terms.UNOWNED),
    Column(title="Due"),
    Column(title="State", definition=terms.OVERDUE),
    Column(title="Raised"),
    Column(title="Age in working days", numeric=True),
)


def section(inputs: Inputs) -> Section:
    """How many are late or unowned, in one sentence, then the latest ten of them."""
    if inputs.followups is None:
        blocks: tuple[Paragraph | Table, ...] = (Paragraph(("Follow-ups were not read for this report.",)),)
    else:
        needy = tuple(item for item in inputs.followups.open_items if item.is_overdue or item.is_unowned)
        named = tuple(item for item in needy if item.named)
        said = (*_sentence(inputs.followups), *_promises(inputs.followups), *_mentions(inputs.followups))
        blocks = (Paragraph(said), *_tables(inputs, named), *_unnamed(len(needy) - len(named)))
    return Section(id="followups", title="Follow-ups", blocks=blocks)


def _sentence(known: FollowUps) -> Text:
    open_count, overdue, unowned = len(known.open_items), len(known.overdue), len(known.unowned)
    if open_count == 0:
        return ("No follow-up is open.",)
    of: Text = (f", of {open_count} open.",)
    if not overdue and not unowned:
        return ("None is overdue and every one has an owner", *of)
    late: Text = (counted(overdue, "follow-up"), f" {plural(overdue, 'is', 'are')} overdue")
    alone = f"{plural(unowned, 'has', 'have')} no owner"
    if overdue and unowned:
        return (*late, f" and {unowned} {alone}", *of)
    return (*late, *of) if overdue else (counted(unowned, "follow-up"), f" {alone}", *of)


def _promises(known: FollowUps) -> Text:
    if not known.promised:
        return ()
    weeks = in_words(known.weeks, "week")
    due = counted(known.promised, "promise")
    was = plural(known.kept, "was", "were")
    return (" Of ", due, f" that fell due in the last {weeks}, {known.kept} {was} kept by the first day.")


def _mentions(known: FollowUps) -> Text:
    if not known.mentions:
        return ()
    wait = plural(known.mentions, "waits", "wait")
    return (" ", counted(known.mentions, "mention"), f" in comments {wait} for an answer.")


def _unnamed(count: int) -> tuple[Paragraph, ...]:
    if not count:
        return ()
    more = f"{in_words(count, 'more', 'more')} {plural(count, 'is', 'are')} counted and not named"
    return (Paragraph((f"{more}: {_WHY}.",), quiet=True),)


def _tables(inputs: Inputs, needy: tuple[FollowUp, ...]) -> tuple[Table, ...]:
    if not needy:
        return ()
    in_jira = links.keys(inputs, (item.issue_key for item in needy), "All of them in Jira")
    table = Table(
        id="followups-table",
        caption="Overdue or without an owner, the latest first",
        columns=_COLUMNS,
        rows=tuple(_row(inputs, item) for item in needy[:SHOWN]),
        note=() if in_jira is None else (in_jira,),
        more=max(0, len(needy) - SHOWN),
    )
    return (table,)


def _row(inputs: Inputs, item: FollowUp) -> Row:
    late = in_words(item.working_days_late, "working day")
    state = Mark(f"Late {late}", Tone.BAD) if item.is_overdue else Mark("Not late")
    return Row(
        cells=(
            (links.named(inputs, item.issue_key, capital(item.summary)),),
            (item.owner if item.owner is not None else Mark("No owner", Tone.WARN),),
            ("No date agreed",) if item.due is None else (Day(item.due),),
            (state,),
            (Day(local_day(item.raised, inputs.zone)),),
            (Number(value=Decimal(item.age_working_days)),),
        )
    )
