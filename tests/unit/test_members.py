"""A set of issues over time, as the beginning of a question."""

import pytest

from pmreport.model.members import MemberRow, among, everything
from pmreport.model.query import Query


def test_a_question_goes_on_after_the_set() -> None:
    """The set is the first common table expression, and its parameters are bound beside the question's."""
    asked = among(everything(1), "SELECT m.of_issue AS issue_id FROM members m", MemberRow, {"as_of_ms": 5})

    assert "WITH members AS (" in asked.sql
    assert asked.sql.endswith("FROM members m")
    assert asked.parameters == {"site_id": 1, "as_of_ms": 5}


def test_one_parameter_has_one_value() -> None:
    """Two sites in one question would silently mix them."""
    other: Query[MemberRow] = everything(2)

    with pytest.raises(ValueError, match="disagree about site_id"):
        among(other, "SELECT 1", MemberRow, {"site_id": 1})
