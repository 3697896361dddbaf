"""The words of the query language: its keywords, those it keeps for itself, and its functions."""

from pmreport.model.query import sql_text

KEYWORDS = {
    "and": "AND", "or": "OR", "not": "NOT", "in": "IN", "is": "IS", "was": "WAS", "changed": "CHANGED",
    "empty": "EMPTY", "null": "EMPTY", "order": "ORDER", "by": "BY", "asc": "ASC", "desc": "DESC",
    "after": "AFTER", "before": "BEFORE", "on": "ON", "during": "DURING", "from": "FROM", "to": "TO",
}  # fmt: skip

# Jira refuses these as bare words, so a rule that is to work in Jira too must quote them.
RESERVED = frozenset(sql_text("pmreport.goals", "jql_reserved.txt").split())

BUILT_FUNCTIONS = ("currentUser", "openSprints", "standardIssueTypes", "subTaskIssueTypes")

LATER_FUNCTIONS = (
    "approved", "approver", "cascadeOption", "closedSprints", "componentsLeadByUser", "currentLogin",
    "earliestUnreleasedVersion", "endOfDay", "endOfMonth", "endOfWeek", "endOfYear", "futureSprints",
    "issueHistory", "issuesWithRemoteLinksByGlobalId", "lastLogin", "latestReleasedVersion",
    "linkedIssues", "membersOf", "now", "parentEpic", "pendingBy", "projectsLeadByUser",
    "projectsWhereUserHasPermission", "projectsWhereUserHasRole", "releasedVersions", "startOfDay",
    "startOfMonth", "startOfWeek", "startOfYear", "unreleasedVersions", "updatedBy", "votedIssues",
    "watchedIssues",
)  # fmt: skip
