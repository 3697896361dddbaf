"""The pictures of a report: the one home of what each chart specification is given.

`at` is always an instant as ISO 8601 text with Z; amounts are numbers in the unit people read (points, hours,
items); every data set may be empty. A specification may rely on these names and on nothing else:

`burnup`: one sprint.
    `scope`     [{at, value}]           a step line: each value holds until the next instant
    `completed` [{at, value}]           drawn from point to point
    `ideal`     [{at, value}]           straight over working days, flat between; empty without planned end
    `notes`     [{at, value, text}]     what moved the scope line most: "+3 scope"; at most five
    `ends`      [{at, value, text, series}]  the label of each line's end; series is scope, completed or ideal

`velocity`: the last closed sprints of one board, oldest first.
    `sprints`   [{sprint, commitment, completed, ratio_text, board}]

`accuracy`: how far estimates lay from actuals, oldest sprint first; 1 is exact.
    `sprints`   [{sprint, index, factor}]  index counts from 1; factor is actual / estimate
    `target`    [{low, high}]              at most one row: the band aimed at
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pmreport.metrics.ledger import LedgerEvent, SprintLedger, SprintTotals
from pmreport.model.instant import to_iso, to_ms
from pmreport.report import sprints
from pmreport.report.inputs import Inputs
from pmreport.report.view import ChartValue
from pmreport.report.words import capital, local_day, lower, plain, plain_amount, rounded, scaled, times

NOTES = 5
LONGEST = 60  # days in a table; an open sprint that nobody closed must not fill the page

Points = tuple[Mapping[str, ChartValue], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Where the lines of a sprint stand after everything that happened at one instant."""

    at: datetime
    scope: Decimal
    completed: Decimal
    remaining: Decimal


def steps(ledger: SprintLedger) -> tuple[Step, ...]:
    """The lines of a sprint, one step an instant, from its start on; amounts in the board's unit."""
    walked = [Step(ledger.start, Decimal(0), Decimal(0), Decimal(0))]
    for event in ledger.events:
        last = walked[-1]
        step = Step(
            max(event.at, ledger.start),
            last.scope + event.scope_delta,
            last.completed + event.completed_delta,
            last.remaining + event.remaining_delta,
        )
        if step.at == last.at:
            walked.pop()
        walked.append(step)
    return tuple(walked)


def at(walked: Sequence[Step], instant: datetime) -> Step:
    """The step that holds at an instant; the first one before the start."""
    held = walked[0]
    for step in walked:
        if step.at > instant:
            break
        held = step
    return held


def told_until(inputs: Inputs, ledger: SprintLedger) -> datetime:
    """Where the lines of a sprint end: at its close, or at the report's moment while it is active."""
    return max(ledger.start, ledger.close or inputs.as_of)


def day_ends(inputs: Inputs, ledger: SprintLedger) -> list[tuple[date, datetime]]:
    """Every day of the sprint with its last instant; the last day ends where the lines end."""
    end = told_until(inputs, ledger)
    day, last = local_day(ledger.start, inputs.zone), local_day(end, inputs.zone)
    count = (last - day).days + 1
    days = [day + timedelta(days=offset) for offset in range(count)]
    midnights = (datetime.combine(one, time.max, ZoneInfo(inputs.zone)).astimezone(UTC) for one in days)
    return [(one, min(midnight, end)) for one, midnight in zip(days, midnights, strict=True)]


@dataclass(frozen=True, slots=True)
class Ideal:
    """The even pace from nothing at the start to all of the final scope at the planned end.

    Straight over working time and flat between; where the calendar knows no working day in the sprint, all
    days count.
    """

    spans: tuple[tuple[datetime, datetime], ...]  # working days within the sprint, oldest first
    goal: Decimal

    def value(self, instant: datetime) -> Decimal:
        """What would be completed at an instant."""
        worked = sum((min(max(instant, begin), end) - begin for begin, end in self.spans), timedelta())
        whole = sum((end - begin for begin, end in self.spans), timedelta())
        return self.goal * (worked // timedelta(milliseconds=1)) / (whole // timedelta(milliseconds=1))

    def corners(self) -> tuple[datetime, ...]:
        """The instants at which the line may bend."""
        return tuple(sorted({corner for span in self.spans for corner in span}))


def ideal(inputs: Inputs, ledger: SprintLedger) -> Ideal | None:
    """The ideal line of a sprint; None without a planned end after its start."""
    end = ledger.planned_end
    if end is None or end - ledger.start < timedelta(milliseconds=1):
        return None
    spans = tuple(
        (max(begin, ledger.start), min(finish, end))
        for begin, finish in (_day_span(day, inputs.zone) for day in sorted(set(inputs.working_days)))
        if finish > ledger.start and begin < end
    )
    return Ideal(spans or ((ledger.start, end),), ledger.amounts.final_scope)


def behind(inputs: Inputs, ledger: SprintLedger) -> Decimal | None:
    """How much less is completed than the ideal line asks (negative: more).

    None without an ideal line, and where nothing could be completed: 0 of 0 is no pace.
    """
    line = ideal(inputs, ledger)
    if line is None or nothing(ledger):
        return None
    return line.value(told_until(inputs, ledger)) - ledger.amounts.completed


def nothing(ledger: SprintLedger) -> str:
    """Why there is nothing to complete in a sprint: no item, or none with an estimate; else empty."""
    known = ledger.amounts
    if known.commitment or known.final_scope or known.completed:
        return ""
    held = any(issue.outcome in sprints.ON_THE_BOARD for issue in ledger.issues)
    return "none of its items is estimated" if held else "it holds no item"


def finding(inputs: Inputs, ledger: SprintLedger) -> str:
    """What a burn-up shows, for its caption: "14 points behind the ideal line, and scope grew twice"."""
    return f"{_pace(inputs, ledger)}, and {_scope_story(inputs, ledger)}"


def stand(inputs: Inputs, ledger: SprintLedger) -> str:
    """Where a sprint stands beyond what is completed: its pace while it runs, its ratios once closed."""
    first = _pace(inputs, ledger) if ledger.close is None else ratio_words(ledger)
    return f"{lower(first)}, and {_scope_story(inputs, ledger)}"


def burnup(inputs: Inputs, ledger: SprintLedger) -> Mapping[str, Points]:
    """The data sets of a burn-up."""
    walked = steps(ledger)
    end = told_until(inputs, ledger)
    drawn = [*walked, Step(end, walked[-1].scope, walked[-1].completed, walked[-1].remaining)]
    line = ideal(inputs, ledger)
    corners = () if line is None else line.corners()
    return {
        "scope": _points(ledger, [(step.at, step.scope) for step in drawn]),
        "completed": _points(ledger, [(step.at, step.completed) for step in drawn]),
        "ideal": ()
        if line is None
        else _points(ledger, [(corner, line.value(corner)) for corner in corners]),
        "notes": _notes(inputs, ledger, walked),
        "ends": tuple(_ends(inputs, ledger, drawn[-1], line)),
    }


def velocity(ledgers: Iterable[SprintTotals]) -> Mapping[str, Points]:
    """The data sets of a velocity chart, from the closed sprints of one board, oldest first."""
    return {
        "sprints": tuple(
            {
                "sprint": ledger.name,
                "commitment": _drawn(ledger, ledger.amounts.commitment),
                "completed": _drawn(ledger, ledger.amounts.completed),
                "ratio_text": ratio_words(ledger),
                "board": ledger.board_name,
            }
            for ledger in ledgers
        )
    }


def accuracy(factors: Iterable[tuple[str, Decimal]]) -> Mapping[str, Points]:
    """The data sets of an accuracy chart, from (sprint, typical factor); no band is aimed at yet."""
    return {
        "sprints": tuple(
            {"sprint": name, "index": index, "factor": float(rounded(factor, 3))}
            for index, (name, factor) in enumerate(factors, start=1)
        ),
        "target": (),
    }


def ratio_words(ledger: SprintTotals) -> str:
    """Both ratios of a closed sprint: "66 % completed, 41 % as committed"."""
    completed, reliable = ledger.completion_ratio, ledger.commitment_reliability
    if ledger.is_incomplete:
        return "numbers incomplete"
    if completed is None or reliable is None:
        return "no commitment" if ledger.amounts.commitment == 0 else "still active"
    return f"{plain(completed * 100, 0)} % completed, {plain(reliable * 100, 0)} % as committed"


def _pace(inputs: Inputs, ledger: SprintLedger) -> str:
    gap, why = behind(inputs, ledger), nothing(ledger)
    if why and ledger.close is None:
        return capital(why)
    if gap is None or ledger.close is not None:
        return f"{done_of_scope(ledger)} completed"
    if rounded(scaled(gap, ledger.unit)) == 0:
        return "On the ideal line"
    side = "behind" if gap > 0 else "ahead of"
    return f"{plain_amount(abs(gap), ledger.unit)} {side} the ideal line"


def done_of_scope(ledger: SprintLedger) -> str:
    """What is completed of the scope: "22 of 46 points"."""
    done = plain(scaled(ledger.amounts.completed, ledger.unit))
    return f"{done} of {plain_amount(ledger.amounts.final_scope, ledger.unit)}"


def _scope_story(inputs: Inputs, ledger: SprintLedger) -> str:
    moves = [delta for _, delta in scope_days(inputs, ledger)]
    grew, shrank = sum(1 for move in moves if move > 0), sum(1 for move in moves if move < 0)
    told = [f"{verb} {times(count)}" for verb, count in (("grew", grew), ("shrank", shrank)) if count]
    return f"scope {' and '.join(told)}" if told else "scope did not change"


def scope_days(inputs: Inputs, ledger: SprintLedger) -> tuple[tuple[LedgerEvent, Decimal], ...]:
    """The days on which scope changed after the start: the last event that did, and the day's net change.

    A day on which changes cancel out is no change.
    """
    days: dict[date, tuple[LedgerEvent, Decimal]] = {}
    for event in sprints.changes(ledger):
        if event.scope_delta:
            day = local_day(event.at, inputs.zone)
            net = days[day][1] if day in days else Decimal(0)
            days[day] = (event, net + event.scope_delta)
    return tuple((event, net) for event, net in days.values() if net)


def _notes(inputs: Inputs, ledger: SprintLedger, walked: Sequence[Step]) -> Points:
    largest = sorted(scope_days(inputs, ledger), key=lambda pair: (-abs(pair[1]), pair[0].at))[:NOTES]
    return tuple(
        {
            "at": _iso(event.at),
            "value": _drawn(ledger, at(walked, event.at).scope),
            "text": f"{'+' if net > 0 else '−'}{plain(abs(scaled(net, ledger.unit)))} scope",
        }
        for event, net in sorted(largest, key=lambda pair: pair[0].at)
    )


def _ends(
    inputs: Inputs, ledger: SprintLedger, last: Step, line: Ideal | None
) -> Iterable[Mapping[str, ChartValue]]:
    yield _end(ledger, last.at, last.scope, "scope", f"Scope {plain(scaled(last.scope, ledger.unit))}")
    yield _end(ledger, last.at, last.completed, "completed", _completed_label(inputs, ledger))
    if line is not None:
        yield _end(ledger, line.corners()[-1], line.goal, "ideal", "Ideal")


def _end(
    ledger: SprintLedger, where: datetime, value: Decimal, series: str, text: str
) -> Mapping[str, ChartValue]:
    return {"at": _iso(where), "value": _drawn(ledger, value), "text": text, "series": series}


def _completed_label(inputs: Inputs, ledger: SprintLedger) -> str:
    done = f"{plain(scaled(ledger.amounts.completed, ledger.unit))} done"
    gap = behind(inputs, ledger)
    if gap is None or ledger.close is not None or rounded(scaled(gap, ledger.unit)) == 0:
        return done
    return f"{done}, {plain(scaled(abs(gap), ledger.unit))} {'behind' if gap > 0 else 'ahead'}"


def _points(ledger: SprintLedger, values: Iterable[tuple[datetime, Decimal]]) -> Points:
    return tuple({"at": _iso(instant), "value": _drawn(ledger, value)} for instant, value in values)


def _drawn(ledger: SprintTotals, value: Decimal) -> float:
    return float(rounded(scaled(value, ledger.unit), 3))


def _iso(instant: datetime) -> str | None:
    return to_iso(to_ms(instant))


def _day_span(day: date, zone: str) -> tuple[datetime, datetime]:
    # In UTC: datetimes of one zone are subtracted by the clock on the wall, wrong where summer time changes.
    midnights = (
        datetime.combine(midnight, time(), ZoneInfo(zone)) for midnight in (day, day + timedelta(days=1))
    )
    begin, end = (midnight.astimezone(UTC) for midnight in midnights)
    return begin, end
