"""Follow-ups as JSON, beside the numbers."""

from pmreport.cli.json_values import Json, instant, iso_date
from pmreport.metrics.followups.item import Item, working_days
from pmreport.metrics.followups.summary import Summary


def more(told: Summary) -> Json:
    """Every open follow-up, and what the numbers are made of."""
    return {
        "window": {"first": told.window.first.isoformat(), "end": told.window.end.isoformat()},
        "followups": [_item(item, told) for item in told.open_items],
        "age_histogram": [{"working_days": name, "n": count} for name, count in told.age_histogram],
        "mentions": [
            {
                "key": each.issue_key,
                "who": each.who,
                "said": instant(each.said),
                "age_working_days": each.age(told.today, told.calendar),
            }
            for each in told.mentions
        ],
        "blocked": [
            {
                "key": each.issue_key,
                "summary": each.summary,
                "owner": each.owner,
                "since": instant(each.since),
                "working_days": working_days(each.since, told.today, told.calendar),
                "reason": each.reason or None,
            }
            for each in told.blocked
        ],
        "weeks": [
            {
                "first": week.first.isoformat(),
                "opened": week.opened,
                "closed": week.closed,
                "balance": week.balance,
            }
            for week in told.weeks
        ],
        "changes": [
            {"id": change.item.id, "key": change.item.issue_key, "what": change.what.value}
            for change in told.changes
        ],
    }


def _owned(item: Item, told: Summary) -> int | None:
    """How long the owner of today has had it."""
    return None if item.owned is None else working_days(item.owned, told.today, told.calendar)


def _item(item: Item, told: Summary) -> Json:
    alert = told.alert_of(item)
    return {
        "id": item.id,
        "kind": item.kind.value,
        "source": item.source.value,
        "key": item.issue_key,
        "summary": item.statement,
        "owner": item.owner,
        "owner_working_days": _owned(item, told),
        "raised": instant(item.raised),
        "due": iso_date(item.due),
        "first_due": iso_date(item.first_due),
        "due_moves": item.due_moves,
        "status": item.status,
        "alert": alert.value if alert else None,
        "first_response": instant(item.answered),
        "chases": item.chases,
        "age_working_days": item.age(told.today, told.calendar),
        "working_days_late": item.lateness(told.today, told.calendar),
    }
