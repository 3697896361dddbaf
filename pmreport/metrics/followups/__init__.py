"""Follow-ups: what was agreed, asked, decided or feared, by whom it is owed, and what became of it."""

from pmreport.metrics.followups.open_items import FollowUp, FollowUps, of, unnamed, week_before

__all__ = ["FollowUp", "FollowUps", "of", "unnamed", "week_before"]
