"""The items of a set at a moment, and when each was done for good: the beginning of a question."""

from collections.abc import Mapping

from pmreport.model.finishes import finishes
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, Row, Scalar, sql_text


def among_standing(
    members: Query[MemberRow], ending: str, row: type[Row], parameters: Mapping[str, Scalar]
) -> Query[Row]:
    """A question about the items of a set at `$as_of_ms`.

    The text `ending` goes on after `held (of_issue)` and, of those that are done, `finishes (of_issue,
    finish_ms)`. It begins with a comma and the next common table expression.
    """
    before, after = (sql_text("pmreport.metrics", f"sql/{name}") for name in ("standing_items.sql", ending))
    return among(members, f"{before}{finishes()}{after}", row, parameters)
