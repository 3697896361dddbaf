"""The numbers about follow-ups, each with what it rests on."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pmreport.metrics.followups.item import Item, working_days
from pmreport.metrics.followups.summary import Summary
from pmreport.metrics.followups.waiting import FEWEST, Waiting
from pmreport.metrics.value import Value
from pmreport.stats.percentile import nearest_rank
from pmreport.stats.proportion import Interval, wilson

_HUNDRED = 100
_DAYS = "working days"


def values(told: Summary) -> tuple[Value, ...]:
    """Every number, in the order in which they are read."""
    return (
        *_open(told),
        *_promises(told),
        *_ages(told),
        *_shares(told),
        *_waits(told),
        *_mentions(told),
        *_idle(told),
        *_movement(told),
    )


def _open(told: Summary) -> tuple[Value, ...]:
    items = told.open_items
    late = [item for item in items if item.lateness(told.today, told.calendar) > 0]
    alone = [item for item in items if item.owner is None]
    sources = ", ".join(
        f"{count} {word}"
        for word, count in (
            ("issues", sum(item.source == "issue" for item in items)),
            ("comments", sum(item.source == "comment" for item in items)),
            ("typed here", sum(item.source == "typed" for item in items)),
        )
        if count
    )
    return (
        _count("follow-ups-open", "Open follow-ups", items, len(items), sources),
        _count("follow-ups-overdue", "Overdue follow-ups", late, len(items)),
        _count("follow-ups-unowned", "Unowned follow-ups", alone, len(items)),
    )


def _promises(told: Summary) -> tuple[Value, ...]:
    held = told.promises
    kept = _rate(
        "promises-kept",
        "Promises kept by their first day",
        len(held.kept),
        held.due,
        nothing="no promise fell due in the window",
        excluded=held.excluded,
        items=[item.name for item in (*held.broken, *held.kept)],
    )
    ahead = held.due - held.adherable
    current = _rate(
        "due-adherence",
        "The same, by the day that holds now",
        held.adhered,
        held.adherable,
        nothing="no promise fell due in the window",
        excluded=(("moved to a day still ahead", ahead),) if ahead else (),
        items=[item.name for item in (*held.broken, *held.kept)],
    )
    moved = Value(
        id="promise-moves",
        definition="promise-moves",
        label="Due dates moved, of these promises",
        value=Decimal(held.moves),
        unit="moves",
        n=held.due,
    )
    return kept, current, moved


def _ages(told: Summary) -> tuple[Value, ...]:
    ages = told.ages
    few = f"{len(ages)} open: too few for a median" if ages else "none is open"
    median = nearest_rank(ages, 50) if len(ages) >= FEWEST else None
    oldest = [item.name for item in told.open_items if item.age(told.today, told.calendar) == ages[-1]]
    return (
        Value(
            id="open-age-median",
            definition="open-age",
            label="Age of open follow-ups, median",
            value=None if median is None else Decimal(median),
            unit=_DAYS,
            n=len(ages),
            note="; ".join(f"{name}: {count}" for name, count in told.age_histogram)
            if median is not None
            else few,
        ),
        Value(
            id="open-age-oldest",
            definition="open-age",
            label="Age of the oldest",
            value=Decimal(ages[-1]) if ages else None,
            unit=_DAYS,
            n=len(ages),
            items=_once(oldest),
            note="" if ages else "none is open",
        ),
    )


def _shares(told: Summary) -> tuple[Value, ...]:
    items, none = told.open_items, "none is open"
    alone = [item.name for item in items if item.owner is None]
    dateless = [item.name for item in items if item.due is None]
    return (
        _rate("ownerless-share", "Open without an owner", len(alone), len(items), nothing=none, items=alone),
        _rate(
            "dateless-share", "Open without a day", len(dateless), len(items), nothing=none, items=dateless
        ),
    )


def _waits(told: Summary) -> tuple[Value, ...]:
    silent = told.unanswered
    ages = [item.age(told.today, told.calendar) for item in silent]
    return (
        _wait("first-response", "Time to the first response, median", told.first_response),
        _wait("time-to-answer", "Time to an answer or a decision, median", told.answer),
        Value(
            id="unanswered",
            definition="first-response",
            label="Open and unanswered",
            value=Decimal(len(silent)),
            unit="items",
            n=len(told.open_items),
            items=_once(item.name for item in silent),
            note=f"the oldest: {max(ages)} {_DAYS}" if ages else "",
        ),
        Value(
            id="chases",
            definition="chases",
            label="Asked again before a response",
            value=Decimal(told.chases),
            unit="comments",
            n=told.first_response.n,
            items=_once(told.chased),
        ),
    )


def _mentions(told: Summary) -> tuple[Value, ...]:
    ages = [each.age(told.today, told.calendar) for each in told.mentions]
    return (
        _wait("mention-response", "Time until somebody named responds, median", told.mention_response),
        Value(
            id="mentions-unanswered",
            definition="mentions-unanswered",
            label="Mentions without an answer",
            value=Decimal(len(ages)),
            unit="mentions",
            n=len(ages),
            items=_once(each.issue_key for each in told.mentions),
            note=f"the oldest: {max(ages)} {_DAYS}" if ages else "",
        ),
    )


def _idle(told: Summary) -> tuple[Value, ...]:
    held = [working_days(each.since, told.today, told.calendar) for each in told.blocked]
    found = [
        _rate(
            f"stale-items-{word}",
            f"Items {label} that stand still",
            idle.stale,
            idle.items,
            nothing="there is none",
            items=idle.keys,
            definition="stale-items",
            note=f"the longest: {idle.longest} {_DAYS}" if idle.stale else "",
        )
        for word, label, idle in (
            ("in-work", "in work", told.in_work),
            ("not-started", "not started", told.not_started),
        )
    ]
    blocked = Value(
        id="blocked-items",
        definition="blocked-items",
        label="Items held up by a flag",
        value=Decimal(len(held)),
        unit="items",
        n=len(held),
        items=tuple(each.issue_key for each in told.blocked),
        note=f"the longest: {max(held)} {_DAYS}" if held else "",
    )
    return (*found, blocked)


def _movement(told: Summary) -> tuple[Value, ...]:
    weeks, undone = told.weeks, told.reopened
    return (
        Value(
            id="closure-balance",
            definition="closure-balance",
            label="Closed minus raised, in the window",
            value=Decimal(sum(week.balance for week in weeks)),
            unit="items",
            n=sum(week.opened + week.closed for week in weeks),
            note="by week: " + ", ".join(f"{week.balance:+d}" for week in weeks),
        ),
        _rate(
            "reopened-soon",
            "Reopened within 30 days",
            len(undone.reopened),
            undone.closings,
            nothing="none was closed in the window",
            items=undone.reopened,
            note=f"{undone.recent} closed less than 30 days ago may still be" if undone.recent else "",
        ),
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once: several follow-ups may stand on one issue."""
    return tuple(dict.fromkeys(names))


def _count(id_: str, label: str, items: Iterable[Item], n: int, note: str = "") -> Value:
    names = tuple(item.name for item in items)
    return Value(
        id=id_,
        definition=id_,
        label=label,
        value=Decimal(len(names)),
        unit="items",
        n=n,
        items=_once(names),
        note=note,
    )


def _rate(  # noqa: PLR0913 - what makes a share honest
    id_: str,
    label: str,
    part: int,
    whole: int,
    *,
    nothing: str,
    items: Sequence[str],
    excluded: tuple[tuple[str, int], ...] = (),
    definition: str = "",
    note: str = "",
) -> Value:
    """A share in per cent with Wilson's interval; None, and `nothing` in words, where there is no whole."""
    edges = wilson(part, whole)
    few = f"only {whole}: read the items, not the share" if 0 < whole < FEWEST else ""
    return Value(
        id=id_,
        definition=definition or id_,
        label=label,
        value=Decimal(_HUNDRED * part) / whole if whole else None,
        unit="%",
        n=whole,
        excluded=excluded,
        interval=None if edges is None else Interval(_HUNDRED * edges.low, _HUNDRED * edges.high),
        items=_once(items),
        note="; ".join(each for each in (few, note) if each) if whole else nothing,
    )


def _wait(id_: str, label: str, waiting: Waiting) -> Value:
    if waiting.n == 0:
        note = "nothing was asked since the window began"
    elif waiting.ended < FEWEST:
        note = f"{waiting.ended} of {waiting.n} so far: too few for a median"
    elif waiting.median_hours is None:
        note = "more than half still wait"
    else:
        note = ""
    still = f"{len(waiting.still)} still wait" if waiting.still else ""
    return Value(
        id=id_,
        definition=id_,
        label=label,
        value=waiting.median_hours,
        unit="working hours",
        n=waiting.n,
        excluded=waiting.excluded,
        items=_once(waiting.names),
        note="; ".join(each for each in (note, still) if each),
    )
