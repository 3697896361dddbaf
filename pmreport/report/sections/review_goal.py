"""One development goal on one page: why, where it stands, what speaks for and against it, what comes next."""

from dataclasses import replace

from pmreport.goals.evidence import Evidence
from pmreport.goals.goal import Aim, Goal, Polarity, Visibility
from pmreport.goals.talk import NOTHING
from pmreport.goals.terms import is_moved
from pmreport.report import links, tagged
from pmreport.report.inputs import Also, Inputs, Measure
from pmreport.report.pictures import progress
from pmreport.report.sections import review_talk
from pmreport.report.view import (
    Block,
    Chart,
    Day,
    Fact,
    Facts,
    Item,
    Items,
    Mark,
    Number,
    Panel,
    Panels,
    Paragraph,
    Section,
    Strong,
    Text,
    Tone,
    Trend,
)
from pmreport.report.words import capital, day_in_words, exact, in_words, local_day, plain, shortened_query

STRONGEST = 3
_SHOWN_TO = {
    Visibility.PRIVATE: Mark("Only you", Tone.WARN),
    Visibility.MANAGER: Mark("Manager"),
    Visibility.MANAGEMENT: Mark("Management"),
}
NOT_MEASURED = "no number was read for this goal"
_PERCENT = 100
_CLAUSE = 60  # letters of a query; the whole of it stands in the table of all items


def section(inputs: Inputs, goal: Goal) -> Section:
    """The page of one goal."""
    blocks: tuple[Block, ...] = (
        _status(inputs, goal),
        *_why(goal),
        _levels(goal),
        _measure(inputs, goal),
        *_progress(inputs, goal),
        *_fixed(inputs, goal),
        *_also(inputs, goal),
        _evidence(inputs, goal),
        *_show(goal),
        *review_talk.blocks(inputs, goal),
    )
    return Section(id=f"goal-{goal.id}", title=goal.title, blocks=blocks, brief=True, page_break_before=True)


def figure_number(measure: Measure | None) -> Number:
    """The measure of a goal as a number; unknown where there is none."""
    if measure is None:
        return Number(value=None)
    return Number(value=measure.value, unit=measure.unit, decimals=measure.decimals)


def target_number(goal: Goal, measure: Measure | None) -> Number | None:
    """The target in the unit of the measure; None where none is set."""
    if goal.target is None:
        return None
    if measure is None:
        return Number(value=exact(goal.target), decimals=2)
    return Number(value=exact(goal.target) * measure.scale, unit=measure.unit, decimals=measure.decimals)


def target_words(goal: Goal, measure: Measure | None) -> Text:
    """The target as it is read: "at most 1.5×"; nothing where none is set."""
    target = target_number(goal, measure)
    return () if target is None else (f"{goal.aim.value} ", target)


def verdict_words(measure: Measure | None) -> str:
    """What the numbers allow to say, or why there is no number."""
    if measure is not None and measure.verdict:
        return measure.verdict
    if measure is not None and measure.value is None:
        return f"Not measured yet: {measure.missing or NOT_MEASURED}."
    return "Too few to say whether it changed." if measure else f"Not measured yet: {NOT_MEASURED}."


def rule_in_words(rule_id: str) -> str:
    """The name of a rule as a person reads it: "Estimated in sprint". Its query stands in the items table."""
    return capital(rule_id.replace("-", " ").replace("_", " ").strip())


def shown_to(goal: Goal) -> Mark:
    """Who may see the goal, as a label."""
    return _SHOWN_TO[goal.visibility]


def _status(inputs: Inputs, goal: Goal) -> Paragraph:
    """Who sees the page, when something was noted last, and where everything lies that the rules found."""
    last = inputs.talks.get(goal.id, NOTHING).last
    noted: Text = ("nothing was noted yet.",) if last is None else ("last entry ", Day(last), ".")
    count = len({one.issue_id for one in tagged.of(inputs, goal)})
    found: Text = (
        (" ", links.anchor(in_words(count, "item"), f"items-{goal.id}"), " tagged.") if count else ()
    )
    return Paragraph(("Shown to ", shown_to(goal), ", ", *noted, *found), quiet=True)


def _why(goal: Goal) -> tuple[Paragraph, ...]:
    """Why it matters; a goal of one's own may leave it out."""
    return (Paragraph((Strong("Why it matters. "), goal.why)),) if goal.why else ()


def _show(goal: Goal) -> tuple[Paragraph, ...]:
    return (Paragraph((Strong("To show in the talk. "), goal.show)),) if goal.show else ()


def _levels(goal: Goal) -> Panels:
    return Panels(
        (
            Panel(title="Now", blocks=(Paragraph((goal.behaviour_now or "Not described.",)),)),
            Panel(title="Aimed at", blocks=(Paragraph((goal.target_behaviour or "Not described.",)),)),
        )
    )


def _measure(inputs: Inputs, goal: Goal) -> Facts:
    """The number with everything that makes it honest, in one row, the guard among it."""
    measure = inputs.measures.get(goal.id)
    known = measure or Measure(value=None)
    target = target_words(goal, measure)
    due: Text = (" by ", Day(goal.due)) if goal.due else ()
    shown = figure_number(measure) if known.value is not None else Mark("No data", Tone.UNKNOWN)
    read: tuple[Fact, ...] = ()
    if known.value is not None:
        read = (
            Fact(label="At first", text=_baseline(known)),
            *_trend(known),
            Fact(label="Rests on", text=_grounds(known)),
        )
    facts = (
        Fact(label=goal.indicator or "Measure", text=(shown,), definition=known.definition, main=True),
        Fact(label="Target", text=(*target, *due) if target else ("none set",)),
        *read,
        Fact(label="Guard", text=_guard(goal, known)),
    )
    return Facts(id=f"measure-{goal.id}", facts=facts, note=(verdict_words(measure),))


def _progress(inputs: Inputs, goal: Goal) -> tuple[Chart, ...]:
    """The last values of the number, drawn where there are enough."""
    measure = inputs.measures.get(goal.id)
    drawn = None if measure is None else progress.picture(goal, measure)
    return () if drawn is None else (drawn,)


def _fixed(inputs: Inputs, goal: Goal) -> tuple[Paragraph, ...]:
    """The target of the period where another one stands in the configuration now; else nothing."""
    known = inputs.talks.get(goal.id, NOTHING)
    if known.fixed is None or not is_moved(goal, known.fixed):
        return ()
    fixed = known.fixed
    then = replace(
        goal, target=None if fixed.target is None else float(fixed.target), aim=Aim(fixed.aim or goal.aim)
    )
    target = target_words(then, inputs.measures.get(goal.id)) or ("none",)
    due: Text = (" by ", Day(fixed.due)) if fixed.due else ()
    moved = "".join(f" On {day_in_words(one.on)}: {one.text}." for one in known.moved)
    counts = ". What was changed since counts from the next one on."
    return (Paragraph((Strong("Target of this period: "), *target, *due, f"{counts}{moved}")),)


def _also(inputs: Inputs, goal: Goal) -> tuple[Items, ...]:
    """The further measures, a line each: the number, its target, what it rests on, its guard, the verdict."""
    items = tuple(_one_more(one) for one in inputs.also.get(goal.id, ()))
    return (Items(items=items),) if items else ()


def _one_more(one: Also) -> Item:
    measure = one.measure
    if measure.value is None:
        target = f" Target {one.target}." if one.target else ""
        return Item(
            text=(f"{one.name}: ", Mark("No data", Tone.UNKNOWN)), detail=(f"{measure.missing}.{target}",)
        )
    target = f"target {one.target}, " if one.target else ""
    guard = f". {measure.guarded}" if measure.guarded else "."
    return Item(
        text=(f"{one.name}: ", figure_number(measure)),
        detail=(target, *_grounds(measure), f"{guard} {first_sentence(verdict_words(measure))}"),
    )


def first_sentence(text: str) -> str:
    """The verdict alone, without what it rests on."""
    head, stop, _ = text.partition(". ")
    return f"{head}." if stop else text


def _guard(goal: Goal, measure: Measure) -> Text:
    """What must not get worse meanwhile: as it was read, else in words."""
    return (measure.guarded or goal.guard or "none set",)


def _baseline(measure: Measure) -> Text:
    if measure.baseline is None:
        return ("not known",)
    return (Number(value=measure.baseline, unit=measure.unit, decimals=measure.decimals),)


def _trend(measure: Measure) -> tuple[Fact, ...]:
    """The last values as a line, if there are two; what may be claimed of them is the verdict's."""
    known = [value for value in measure.trend if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return ()
    numbers = (Number(value=value, unit=measure.unit, decimals=measure.decimals) for value in measure.trend)
    return (Fact(label="Last values", text=(Trend(tuple(numbers)),)),)


def _grounds(measure: Measure) -> Text:
    """How many observations, how sure, and what was left out: a number without these is an opinion."""
    if measure.n is None:
        return ("not known",)
    parts: list[Text] = [(f"n = {measure.n}",)]
    if measure.interval is not None:
        low, high = (
            Number(value=end, unit=measure.unit, decimals=measure.decimals) for end in measure.interval
        )
        parts.append((f"{plain(measure.confidence * _PERCENT)} % sure: ", low, " to ", high))
    parts += [(f"{count} left out: {reason}",) for reason, count in measure.excluded if count]
    return tuple(part for index, one in enumerate(parts) for part in ((", ", *one) if index else one))


def _evidence(inputs: Inputs, goal: Goal) -> Panels:
    """The strongest of both sides, each beside the other."""
    told = (
        (Polarity.EVIDENCE, "Speaks for it", "No item speaks for this goal yet."),
        (Polarity.COUNTER, "Speaks against it", "No item speaks against it."),
    )
    return Panels(
        tuple(
            _side(inputs, tagged.standing(inputs, goal, polarity), title, empty)
            for polarity, title, empty in told
        )
    )


def _side(inputs: Inputs, found: tuple[Evidence, ...], title: str, empty: str) -> Panel:
    pieces = tuple(_piece(inputs, one) for one in found[:STRONGEST])
    counted = in_words(len(found), "item")
    if len(found) > STRONGEST:
        counted = f"the strongest {STRONGEST} of {counted}"
    return Panel(title=f"{title}: {counted}" if found else title, blocks=(Items(items=pieces, empty=empty),))


def _piece(inputs: Inputs, found: Evidence) -> Item:
    """The item with its link, then the rule, the clause that matched, since when, and how strong it is."""
    card = inputs.cards.get(found.issue_id)
    name: Text = (links.named(inputs, found.issue_key),)
    summary = f" {card.summary}" if card and found.issue_key else ""
    note = f" ({found.note})" if found.note else ""
    return Item(
        text=(*name, summary) if summary else name,
        detail=(
            f"{rule_in_words(found.rule_id)}, since ",
            Day(local_day(found.since, inputs.zone)),
            f", strength {found.strength} of 3: {shortened_query(found.clause, _CLAUSE)}{note}",
        ),
    )
