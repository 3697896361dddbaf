"""Values as JSON objects, as the schemas in `docs/schemas/` describe them.

Amounts are numbers in `unit`, ratios are 0 to 1 or more, null is "not known", instants are ISO 8601 in UTC.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from pmreport.cli.json_values import SCHEMA, Json, instant, iso_date, number
from pmreport.metrics.ledger import Amounts, SprintTotals
from pmreport.sync.summary import SyncSummary

if TYPE_CHECKING:  # it brings the client of Jira along
    from pmreport.app.setup.tokens import TokenStatus


def sprints(ledgers: Iterable[SprintTotals]) -> Json:
    """`show sprints`."""
    return {"schema": SCHEMA, "sprints": [_sprint(ledger) for ledger in ledgers]}


def token_status(found: "TokenStatus") -> Json:
    """`auth status`: where the token lies and whose it is, never the token."""
    access = found.access
    return {
        "schema": SCHEMA,
        "site": found.url,
        "places": list(found.places),
        "taken": access is not None,
        "account": access.account if access else None,
        "name": access.name if access else None,
        "expires": iso_date(found.expires),
        "trouble": found.trouble.what if found.trouble else None,
    }


def sync_summary(summary: SyncSummary) -> Json:
    """`sync`."""
    return {
        "schema": SCHEMA,
        "status": str(summary.status),
        "issues": {
            "seen": summary.issues.seen,
            "inserted": summary.issues.inserted,
            "updated": summary.issues.updated,
            "moved": summary.issues.moved,
            "hidden": summary.issues.hidden,
            "deleted": summary.issues.deleted,
        },
        "changes": summary.changes,
        "requests": summary.requests,
        "retries": summary.retries,
        "waited_seconds": summary.waited_seconds,
        "seconds": summary.seconds,
        "problems": {str(kind): count for kind, count in summary.problems.items()},
    }


def answer(columns: Iterable[str], records: Iterable[Iterable[Any]]) -> Json:
    """`sql`: rows as arrays, since two columns may have one name."""
    return {
        "schema": SCHEMA,
        "columns": list(columns),
        "rows": [[_cell(cell) for cell in record] for record in records],
    }


def _sprint(ledger: SprintTotals) -> Json:
    return {
        "sprint_id": ledger.sprint_id,
        "board_id": ledger.board_id,
        "name": ledger.name,
        "state": ledger.state,
        "start": instant(ledger.start),
        "close": instant(ledger.close),
        "unit": str(ledger.unit),
        **_amounts(ledger.amounts),
        "completion_ratio": number(ledger.completion_ratio),
        "commitment_reliability": number(ledger.commitment_reliability),
        "identity_holds": ledger.identity_holds,
        "incomplete": ledger.is_incomplete,
        "counts": _amounts(ledger.counts),
    }


def _amounts(amounts: Amounts) -> Json:
    return {
        "commitment": number(amounts.commitment),
        "added": number(amounts.added),
        "removed": number(amounts.removed),
        "reestimated": number(amounts.reestimated),
        "completed": number(amounts.completed),
        "not_completed": number(amounts.not_completed),
        "completed_outside": number(amounts.completed_outside),
    }


def _cell(cell: Any) -> Any:
    match cell:
        case None | bool() | int() | str():
            return cell
        case float() | Decimal():
            return number(cell) if isfinite(cell) else None  # JSON has no infinity
        case Mapping():
            return {str(key): _cell(value) for key, value in cell.items()}
        case list() | tuple():
            return [_cell(value) for value in cell]
        case _:
            return cell.isoformat() if isinstance(cell, date) else str(cell)
