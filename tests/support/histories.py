"""Issues and their changelogs for tests, a line each."""

from collections.abc import Sequence

from pmreport.model.changelog import FieldKinds, Value
from pmreport.model.rows import IssueChangeRow
from pmreport.model.timeline import IssueState, Timeline, build

CREATED = 1_000
SPRINT = "customfield_10020"
POINTS = "customfield_10016"
KINDS = FieldKinds(
    sprint=SPRINT,
    estimates=frozenset({POINTS, "timeoriginalestimate"}),
    numbers=frozenset({"customfield_10030"}),
    multi_valued=frozenset({"customfield_10021"}),
    names={"story points": POINTS},
)

Side = str | tuple[str | None, str | None] | None


def change(at: int, field: str, old: Side, new: Side, *, history: int = 1, item: int = 0) -> IssueChangeRow:
    """One changelog item; a side is the value, or the value and its text."""
    from_value, from_text = old if isinstance(old, tuple) else (old, old)
    to_value, to_text = new if isinstance(new, tuple) else (new, new)
    return IssueChangeRow(
        history_id=history,
        item_no=item,
        issue_id=7,
        changed_ms=at,
        author_id=None,
        field_id=field,
        field_name=field,
        from_value=from_value,
        to_value=to_value,
        from_text=from_text,
        to_text=to_text,
    )


def timeline(
    field: str, now: Sequence[str | Value], *changes: IssueChangeRow, kinds: FieldKinds = KINDS
) -> Timeline:
    """The timeline of issue WEB-7, of which one field is looked at."""
    values = tuple(value if isinstance(value, Value) else Value(value, value) for value in now)
    issue = IssueState(issue_id=7, key="WEB-7", created_ms=CREATED, values={field: values})
    return build(issue, changes, kinds=kinds)
