"""Odd data, counted."""

from pmreport.model.problem import Problem, ProblemKind, counts_by_kind


def test_problems_are_counted_by_kind_the_most_frequent_first() -> None:
    """Kinds that are equally frequent stand in the order of their names."""
    kinds = (ProblemKind.UNKNOWN_STATUS, ProblemKind.HISTORY_MISMATCH, ProblemKind.UNREADABLE_STAMP)
    problems = [Problem(kind, "WEB-1") for kind in (*kinds, ProblemKind.UNREADABLE_STAMP)]

    assert list(counts_by_kind(problems).items()) == [
        (ProblemKind.UNREADABLE_STAMP, 2),
        (ProblemKind.HISTORY_MISMATCH, 1),
        (ProblemKind.UNKNOWN_STATUS, 1),
    ]


def test_no_problems_are_no_counts() -> None:
    """A clean history says nothing."""
    assert counts_by_kind([]) == {}
