"""The amounts of sprints, added up by the store: all that is needed where no single issue is named."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from pmreport.metrics.ledger import Amounts, SprintTotals
from pmreport.metrics.sprint import StartedSprintRow, frame, steps_query
from pmreport.model.instant import from_ms
from pmreport.model.query import Query


class TotalsRow(NamedTuple):
    """The amounts of one sprint on one board, in thousandths of its unit and in issues."""

    board_id: int
    sprint_id: int
    commitment_milli: int
    added_milli: int
    removed_milli: int
    reestimated_milli: int
    churn_milli: int
    completed_milli: int
    not_completed_milli: int
    completed_outside_milli: int
    committed_completed_milli: int
    commitment_issues: int
    added_issues: int
    removed_issues: int
    completed_issues: int
    not_completed_issues: int
    completed_outside_issues: int
    committed_completed_issues: int
    unestimated_issues: int
    below_zero_issues: int


def query(
    site_id: int, as_of: datetime, *, board_id: int | None = None, sprint_ids: Collection[int] | None = None
) -> Query[TotalsRow]:
    """The amounts of these sprints up to their close, or up to `as_of` while they were active."""
    return steps_query(
        ("sprint_events.sql", "sprint_totals.sql"),
        TotalsRow,
        site_id=site_id,
        as_of=as_of,
        board_id=board_id,
        sprint_ids=sprint_ids,
    )


def from_rows(
    sprints: Iterable[StartedSprintRow], rows: Iterable[TotalsRow], *, known_since: datetime | None = None
) -> tuple[SprintTotals, ...]:
    """The totals of all sound sprints, also of those without an issue, by board, start and id.

    They agree with the ledgers (`sprint.ledgers_from_rows`) to the last digit. A sprint that began before
    `known_since` is incomplete; None: all history was read.
    """
    totals_of = {(row.board_id, row.sprint_id): row for row in rows}
    found = (
        _totals(sprint, from_ms(sprint.start_ms), known_since, totals_of)
        for sprint in sprints
        if sprint.soundness == "sound" and sprint.start_ms is not None
    )
    return tuple(sorted(found, key=lambda each: (each.board_id, each.start, each.sprint_id)))


def _totals(
    sprint: StartedSprintRow,
    start: datetime,
    known_since: datetime | None,
    totals_of: dict[tuple[int, int], TotalsRow],
) -> SprintTotals:
    key = (sprint.board_id, sprint.sprint_id)
    row = totals_of.get(key, TotalsRow(*key, *(0,) * (len(TotalsRow._fields) - len(key))))
    return SprintTotals(
        **frame(sprint, start, known_since),
        amounts=_amounts(row),
        counts=_counts(row),
        churn=_units(row.churn_milli),
        unestimated=row.unestimated_issues,
    )


def _amounts(row: TotalsRow) -> Amounts:
    return Amounts(
        commitment=_units(row.commitment_milli),
        added=_units(row.added_milli),
        removed=_units(row.removed_milli),
        reestimated=_units(row.reestimated_milli),
        completed=_units(row.completed_milli),
        not_completed=_units(row.not_completed_milli),
        completed_outside=_units(row.completed_outside_milli),
        committed_completed=_units(row.committed_completed_milli),
    )


def _counts(row: TotalsRow) -> Amounts:
    return Amounts(
        commitment=Decimal(row.commitment_issues),
        added=Decimal(row.added_issues),
        removed=Decimal(row.removed_issues),
        reestimated=Decimal(0),
        completed=Decimal(row.completed_issues),
        not_completed=Decimal(row.not_completed_issues),
        completed_outside=Decimal(row.completed_outside_issues),
        committed_completed=Decimal(row.committed_completed_issues),
    )


def _units(milli: int) -> Decimal:
    return Decimal(milli) / 1000
