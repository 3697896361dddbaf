"""The draft that a person starts from: a form, filled in with what Jira and last week's draft know."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pmreport.report import narrative
from pmreport.report.draft import Ask, Planned, PromiseResult, promised
from pmreport.report.inputs import Card, Inputs, Marker, Note
from pmreport.report.sections import accomplished, planned
from pmreport.report.words import capital, days_in_words, local_day

_MOST = 5
_NEWEST = 3  # summaries: the older ones are told already
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_KEPT_OPEN = 12  # weeks: an ask older than that is asked anew or let go


def text(inputs: Inputs) -> str:
    """The whole file: TOML front matter between two lines of +++, then room for prose.

    `inputs` must hold nothing that may not be named. Comments of the narrators and open asks of last week are
    entries; what else may be of use stands in comments, to be taken or left.
    """
    parts = (_head(inputs), _bottom_line(inputs), _asks(inputs), _accomplished(inputs))
    rest = (_promises(inputs), _plan(inputs), _risks(inputs), _override())
    front = "\n\n".join("\n".join(part) for part in (*parts, *rest))
    below = (
        "<!-- What is longer than a line goes here, in paragraphs; it stands near the end of the report. -->"
    )
    return f"+++\n{front}\n+++\n\n{below}\n"


def _head(inputs: Inputs) -> Iterator[str]:
    first = local_day(inputs.period_start, inputs.zone)
    last = max(first, local_day(inputs.period_end - timedelta(microseconds=1), inputs.zone))
    yield from _said(f"{inputs.product}, {inputs.period_label}, {days_in_words(first, last)}.")
    yield from _said("The report reads this file; pmreport never writes over it. A line with # is a comment.")
    yield "# Comments of Jira written up to this moment are filled in below; the report adds newer ones."
    known = min(inputs.as_of, inputs.data_as_of or inputs.as_of)
    yield f"harvested = {known:%Y-%m-%dT%H:%M:%SZ}"


def _bottom_line(inputs: Inputs) -> Iterator[str]:
    yield "# The bottom line: two or three sentences to take away. Different from last week's:"
    if inputs.draft_before is not None and inputs.draft_before.bottom_line:
        yield from _said(f"  {inputs.draft_before.bottom_line}")
    for note in narrative.open_notes(inputs, [Marker.SUMMARY])[-_NEWEST:]:
        yield from _said(f"{_source(inputs, note)}: {narrative.spoken(inputs, note)}")
    yield 'bottom_line = """\n"""'


def _asks(inputs: Inputs) -> Iterator[str]:
    yield "# What is needed from others: at most five."
    for note in narrative.open_notes(inputs, [Marker.DECISION]):
        yield from _said(f"Decided, told from its comment: {narrative.spoken(inputs, note)}")
    notes = narrative.open_notes(inputs, [Marker.ASK])
    for note in notes:
        if narrative.is_stale(inputs, note):
            yield from _said(f"Asked more than six weeks ago: {narrative.spoken(inputs, note)}")
    fresh = [note for note in notes if not narrative.is_stale(inputs, note)]
    entries = [*_asked_before(inputs), *_asked_in_jira(inputs, fresh)]
    for ask, source in entries:
        yield from _said(source)
        yield "[[ask]]"
        yield _pair("what", ask.what)
        yield _pair("from_whom", ask.from_whom)
        yield f"by = {ask.by}" if ask.by else f"# by = {_friday_after(inputs)}"
        yield _pair("cost_of_delay", ask.cost_of_delay)
        yield f"raised = {ask.raised}\n"
    if not entries:
        yield from _example(
            "[[ask]]", 'what = "Sign the contract"', 'from_whom = "Board"', f"by = {_friday_after(inputs)}"
        )
        yield '# cost_of_delay = "The launch moves day for day"'


def _asked_before(inputs: Inputs) -> Iterator[tuple[Ask, str]]:
    """The asks of last week's draft: nobody but the person knows whether they were answered."""
    if inputs.draft_before is None:
        return
    last_week = local_day(inputs.period_start - timedelta(days=1), inputs.zone)
    oldest = last_week - timedelta(weeks=_KEPT_OPEN)
    for ask in inputs.draft_before.asks:
        raised = ask.raised or last_week
        if raised >= oldest:
            kept = Ask(
                what=ask.what,
                from_whom=ask.from_whom,
                by=ask.by,
                cost_of_delay=ask.cost_of_delay,
                raised=raised,
            )
            yield kept, "From last week's draft. Take it out once it is answered."


def _asked_in_jira(inputs: Inputs, notes: Iterable[Note]) -> Iterator[tuple[Ask, str]]:
    before = inputs.draft_before
    for note in notes:
        if before is not None and before.harvested is not None and note.written <= before.harvested:
            continue  # last week's draft spoke for it: what is left of it is an entry there
        who, by = narrative.asked_of(inputs, note)
        ask = Ask(
            what=capital(narrative.spoken(inputs, note)),
            from_whom=who,
            by=_day(by),
            raised=local_day(note.written, inputs.zone),
        )
        yield ask, _source(inputs, note)


def _accomplished(inputs: Inputs) -> Iterator[str]:
    yield "# Outcomes in the past tense, three to five. Without an entry the report tells what was delivered:"
    for item in accomplished.largest_first(one for one in inputs.delivered if one.key)[:_MOST]:
        yield from _said(f"  {item.key} {item.summary}")
    yield from _example("[[accomplished]]", 'what = "Guests can pay without an account (SHOP-12)"')


def _promises(inputs: Inputs) -> Iterator[str]:
    before = inputs.draft_before
    if before is None or not before.plan:
        yield "# There was no plan last week, so there is no promise to check."
        return
    yield '# What became of last week\'s plan: "done", "not done" with a reason; "unplanned" for what came.'
    cards = {card.key: card for card in inputs.cards.values() if card.key}
    for key, entry in promised(before.plan):
        card = cards.get(key)
        yield from _said(_planned_words(entry, card))
        yield "[[promise]]"
        yield _pair("id", key)
        done = card is not None and card.is_done
        yield _pair("result", (PromiseResult.DONE if done else PromiseResult.NOT_DONE).value)
        yield _pair("reason", "") + "\n"


def _planned_words(entry: Planned, card: Card | None) -> str:
    return entry.item + (f" (now: {card.status})" if card is not None and card.status else "")


def _plan(inputs: Inputs) -> Iterator[str]:
    yield "# The plan for next week, three to five entries. Without one the report tells of the sprint:"
    for issue, _ in [pair for pair in planned.waiting(inputs) if pair[0].issue_key][:_MOST]:
        yield from _said(f"  {issue.issue_key} {issue.summary}")
    example = ('item = "SHOP-14 One-click payment"', 'owner = "Kim"', 'done_means = "live for all shops"')
    yield from _example("[[next]]", *example)


def _risks(inputs: Inputs) -> Iterator[str]:
    yield "# Risks: at most five. Blocked items are added by the report."
    notes = [
        note for note in narrative.open_notes(inputs, [Marker.RISK]) if not narrative.is_stale(inputs, note)
    ]
    for note in notes[-_MOST:]:
        yield from _said(_source(inputs, note))
        yield "[[risk]]"
        yield _pair("what", capital(narrative.spoken(inputs, note)))
        yield from (_pair(key, "") for key in ("impact", "owner", "mitigation"))
        yield _pair("path_to_green", "") + "\n"
    if not notes:
        example = ('what = "…"', 'impact = "…"', 'owner = "…"', 'mitigation = "…"', 'path_to_green = "…"')
        yield from _example("[[risk]]", *example)


def _override() -> Iterator[str]:
    yield "# Another colour than the measured one; it is told with its reason, and only up to its last day."
    dimension = 'dimension = "schedule"   # schedule, scope, budget, quality or data'
    yield from _example("[[override]]", dimension, 'colour = "amber"', 'reason = "…"', "until = 2026-12-31")


def _source(inputs: Inputs, note: Note) -> str:
    return f"{note.author} on {note.issue_key}, {local_day(note.written, inputs.zone)}"


def _friday_after(inputs: Inputs) -> date:
    day = local_day(inputs.period_end, inputs.zone)
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _said(words: str) -> Iterator[str]:
    """A comment: whatever it says stays on its line."""
    yield f"# {_UNPRINTABLE.sub(' ', words)}".rstrip()


def _example(*lines: str) -> Iterable[str]:
    return (f"# {line}" for line in lines)


def _pair(key: str, value: str) -> str:
    """A key and its text as TOML, which writes it as JSON does."""
    return f"{key} = {json.dumps(_UNPRINTABLE.sub(' ', value), ensure_ascii=False)}"
