"""What a person reads of `show estimates` below the numbers."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from math import exp

from pmreport.cli.grid import Column, Grid
from pmreport.cli.show.answer import rounded, values_table
from pmreport.cli.tables import NOT_KNOWN
from pmreport.metrics.consistency import Bucket, Consistency
from pmreport.metrics.effort import Group
from pmreport.metrics.estimates import Estimates
from pmreport.metrics.estimation import Accuracy, EstimationSummary, Miss
from pmreport.metrics.improvement import verdict_words
from pmreport.metrics.value import Value

_WORST = 10
_NEWEST = 12
_HOUR = 3600
_DOTS_SHOWN = 4
_BASE_RATE = (
    "Days are calendar days from first start to done. A rho of 0.4 is normal: in 37 open-source projects it"
    " was strong in 7 %, medium in 58 %, low in 35 % (Tawosi et al. 2022)."
)


def tables(known: Estimates, told: Iterable[Value]) -> tuple[Grid, ...]:
    """By sprint, over all delivered items, by board, by points, by group, the worst misses, and the ranges.

    What rests on nothing has no line; the last table says what that is.
    """
    held = tuple(told)
    return (
        _sprints(known.summary),
        *_numbers("Delivered items against the work logged on them", held, ("effort-",)),
        *_numbers("Commitments of boards", held, ("board-",)),
        *_sizes(known.consistency),
        *_numbers("Consistency", held, ("size-", "elapsed-", "time-", "points-")),
        *_groups(known.groups),
        *_misses(known.summary.misses),
        *_numbers("Your own ranges", held, ("ranges",)),
        *_unknown(held),
    )


def _numbers(title: str, told: Iterable[Value], beginnings: tuple[str, ...]) -> tuple[Grid, ...]:
    kept = [value for value in told if value.id.startswith(beginnings) and value.n]
    if not kept:
        return ()
    reasons = dict.fromkeys(value.excluded for value in kept if value.excluded)
    said = (", ".join(f"{count} {reason}" for reason, count in each) for each in reasons)
    grid = values_table((replace(value, label=_short(value.label)) for value in kept), title)
    return (replace(grid, notes=tuple(f"Left out: {words}." for words in said)),)


def _short(label: str) -> str:
    plain = label.removeprefix("Delivered items: ")
    return plain[:1].upper() + plain[1:]


def _unknown(told: Iterable[Value]) -> tuple[Grid, ...]:
    rows = tuple((value.label, value.note) for value in told if not value.n)
    if not rows:
        return ()
    columns = (Column(title="Number"), Column(title="Why"))
    return (Grid(title="What cannot be said yet", columns=columns, rows=rows),)


def _sprints(summary: EstimationSummary) -> Grid:
    newest = summary.sprints[-_NEWEST:]
    rows = [
        (
            one.sprint_name,
            *_accuracy(one.items),
            NOT_KNOWN if one.log_ratio is None else _factor(exp(one.log_ratio)),
        )
        for one in newest
    ]
    rows.append(("All items", *_accuracy(summary.items), ""))
    rows.append(
        ("All commitments", *_accuracy(summary.commitments), _factor(summary.commitments.bias_factor))
    )
    older = len(summary.sprints) - len(newest)
    return Grid(
        title="Estimates against what it took, by sprint",
        columns=(
            Column(title="Sprint"),
            *(Column(title=title, is_number=True) for title in ("Bias", "Typical", "n", "Left out")),
            Column(title="Completed of committed", short="Done/com.", is_number=True),
        ),
        rows=tuple(rows),
        short_note="Done/com.: completed of committed.",
        notes=(
            "Bias: it takes this many times what we say. Typical: usually within this factor.",
            *((f"{older} earlier sprints are in the sums, and in --json.",) if older else ()),
            f"Items: {verdict_words(summary.item_trend)}",
            f"Commitments: {verdict_words(summary.commitment_trend)}",
            *_left_out("items", summary.items),
            *_left_out("commitments", summary.commitments),
        ),
    )


def _sizes(known: Consistency) -> tuple[Grid, ...]:
    if not known.buckets:
        return ()
    titles = ("Points", "n", "Median", "Quartiles", "P85", "Per point", "Over smaller")
    return (
        Grid(
            title="Cycle time by points, in days",
            columns=tuple(Column(title=title, is_number=True) for title in titles),
            rows=tuple(_size(bucket) for bucket in known.buckets),
            notes=(
                "Over smaller: how often one takes longer than one of the next smaller size; 0.5: neither.",
                "Below five items only they themselves are shown; P85 and quartiles from 20 on.",
                _BASE_RATE,
            ),
        ),
    )


def _size(bucket: Bucket) -> tuple[str, ...]:
    if bucket.dots:
        shown = ", ".join(str(day) for day in bucket.dots[:_DOTS_SHOWN])
        return (rounded(bucket.points), str(bucket.n), shown, *([NOT_KNOWN] * 4))
    quartiles = (
        NOT_KNOWN if bucket.low is None or bucket.high is None else f"{bucket.low:g} to {bucket.high:g}"
    )
    return (
        rounded(bucket.points),
        str(bucket.n),
        _number(bucket.median_days),
        quartiles,
        _number(bucket.p85_days),
        _number(bucket.days_per_point),
        _number(bucket.over_smaller),
    )


def _groups(groups: Iterable[Group]) -> tuple[Grid, ...]:
    rows = [
        (
            by if at == 0 else "",
            group.name or "(no type)",
            _factor(group.bias_factor),
            _factor(group.typical_factor),
            str(group.n),
        )
        for by, same in groupby(groups, key=lambda one: one.by)
        for at, group in enumerate(same)
    ]
    if not rows:
        return ()
    return (
        Grid(
            title="Delivered items by estimate, type and component",
            columns=(
                Column(title="By", whole=True),
                Column(title="Which"),
                *(Column(title=title, is_number=True) for title in ("Bias", "Typical", "n")),
            ),
            rows=tuple(rows),
            notes=("An item with two components counts in both.",),
        ),
    )


def _misses(misses: tuple[Miss, ...]) -> tuple[Grid, ...]:
    if not misses:
        return ()
    return (
        Grid(
            title=f"The {min(_WORST, len(misses))} furthest off",
            columns=(
                Column(title="Item", whole=True),
                *(Column(title=title, is_number=True) for title in ("Estimate", "Took", "Factor")),
            ),
            rows=tuple(
                (
                    miss.issue_key,
                    f"{rounded(miss.estimate_seconds / _HOUR)} h",
                    f"{rounded(miss.actual_seconds / _HOUR)} h",
                    _factor(exp(miss.log_ratio)),
                )
                for miss in misses[:_WORST]
            ),
        ),
    )


def _accuracy(accuracy: Accuracy) -> tuple[str, ...]:
    left_out = sum(count for _, count in accuracy.excluded)
    return (_factor(accuracy.bias_factor), _factor(accuracy.typical_factor), str(accuracy.n), str(left_out))


def _factor(factor: float | None) -> str:
    return NOT_KNOWN if factor is None else f"{factor:.2f} x"


def _number(value: float | None) -> str:
    return NOT_KNOWN if value is None else rounded(value)


def _left_out(what: str, accuracy: Accuracy) -> tuple[str, ...]:
    reasons = ", ".join(f"{count} {reason}" for reason, count in accuracy.excluded)
    return (f"Left out of {what}: {reasons}.",) if reasons else ()
