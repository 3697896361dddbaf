"""A set of issues over time: who belonged to it, from when until when."""

from collections.abc import Mapping
from typing import NamedTuple

from pmreport.model.query import Query, Row, Scalar, sql_text


class MemberRow(NamedTuple):
    """A half-open stretch in which an issue belonged to the set; the stretches of one issue never touch.

    An issue out of sight (deleted, hidden, moved away) belongs to nothing from that moment on. Sub-tasks are
    members like others: each number says what it does with them.
    """

    issue_id: int
    valid_from_ms: int
    valid_to_ms: int


def everything(site_id: int) -> Query[MemberRow]:
    """Every issue of the site, from its creation on."""
    return Query(sql_text("pmreport.model", "sql/everything.sql"), MemberRow, {"site_id": site_id})


def among(
    members: Query[MemberRow], text: str, row: type[Row], parameters: Mapping[str, Scalar]
) -> Query[Row]:
    """A question about the issues of a set.

    `text` goes on after the common table expression `members (of_issue, from_ms, until_ms)`: it begins with
    a comma and the next one, or with its SELECT. Raises ValueError where a parameter has two values.
    """
    shared = {name for name, value in parameters.items() if members.parameters.get(name, value) != value}
    if shared:
        raise ValueError(f"the set and the question disagree about {', '.join(sorted(shared))}")
    beginning = sql_text("pmreport.model", "sql/members.sql").format(members=members.sql)
    return Query(beginning + text, row, {**members.parameters, **parameters})
