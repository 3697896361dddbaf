"""When items were in a done status, and since when they have been done for good: the middle of a question."""

from pmreport.model.query import sql_text


def finishes() -> str:
    """The text that goes on after `held (of_issue)` at `$as_of_ms`, for metrics and goals alike.

    It gives `stretches (of_issue, begins_ms, ends_ms, finished, was_finished)`, and of the items that are
    done `finishes (of_issue, finish_ms)`.
    """
    return sql_text("pmreport.model", "sql/finishes.sql")
