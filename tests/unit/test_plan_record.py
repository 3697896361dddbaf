"""What a run leaves about the data it read."""

import json

import pytest

from pmreport.model.problem import Problem, ProblemKind
from pmreport.sync import record
from pmreport.sync.record import RunDetail

CUT = Problem(ProblemKind.HISTORY_TRUNCATED, "WEB-1")
BOARD = Problem(ProblemKind.BOARD_UNREADABLE, "board 7", "filter: no")


def test_problems_survive_the_store_with_their_subjects() -> None:
    """A count alone sends nobody to the issue that is odd."""
    detail = record.as_detail([CUT, BOARD, CUT])

    assert record.problems_from_rows([RunDetail(detail)]) == (CUT, BOARD)


def test_no_problems_leave_no_detail() -> None:
    """The column stays empty."""
    assert record.as_detail([]) is None
    assert record.problems_from_rows([RunDetail(None)]) == ()


def test_what_is_too_much_to_name_is_counted() -> None:
    """A site where everything is odd does not fill the store with saying so."""
    detail = record.as_detail(
        [Problem(CUT.kind, f"WEB-{n}") for n in range(record.SHOWN_OF_A_KIND + 7)] + [BOARD]
    )

    assert detail is not None
    found = json.loads(detail)
    assert len(found["problems"]) == record.SHOWN_OF_A_KIND + 1
    assert found["more"] == {"history-truncated": 7}


@pytest.mark.parametrize(
    "detail", ["", "no json", "[]", '{"history-truncated": 3}', '{"problems": [["unheard-of", "A-1", ""]]}']
)
def test_a_detail_of_another_version_says_nothing(detail: str) -> None:
    """It is no reason to stop a report."""
    assert record.problems_from_rows([RunDetail(detail)]) == ()


def test_problems_of_issues_stay_until_the_issue_is_read_again() -> None:
    """A run reads what has changed; nobody has seen the other problems solved. Boards are always read."""
    other = Problem(ProblemKind.HISTORY_TRUNCATED, "WEB-2")

    assert record.carried([CUT, BOARD, other], {"WEB-1"}) == [other]
