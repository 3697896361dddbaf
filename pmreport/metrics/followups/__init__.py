"""Follow-ups: what was agreed, asked, decided or feared, by whom it is owed, and what became of it."""

from pmreport.metrics.followups.open_items import FollowUp, FollowUpRow, FollowUps, from_rows, query

__all__ = ["FollowUp", "FollowUpRow", "FollowUps", "from_rows", "query"]
