"""The words of the query language: its keywords, those it keeps for itself, and its functions."""

from pmreport.model.query import sql_text

KEYWORDS = {
    "and": "AND", "or": "OR", "not": "NOT", "in": "IN", "is": "IS", "was": "WAS", "changed": "CHANGED",
    "empty": "EMPTY", "null": "EMPTY", "order": "ORDER", "by": "BY", "asc": "ASC", "desc": "DESC",
    "after": "AFTER", "before": "BEFORE", "on": "ON", "during": "DURING", "from": "FROM", "to": "TO",
}  # fmt: skip

# Jira refuses these as bare words, so a rule that is to work in Jira too must quote them.
RESERVED = frozenset(sql_text("pmreport.goals", "jql_reserved.txt").split())

DATE_FUNCTIONS = (
    "now", "startOfDay", "startOfWeek", "startOfMonth", "startOfYear",
    "endOfDay", "endOfWeek", "endOfMonth", "endOfYear",
)  # fmt: skip

VERSION_FUNCTIONS = ("releasedVersions", "unreleasedVersions")

BUILT_FUNCTIONS = (
    "currentUser", "openSprints", "closedSprints", "futureSprints", "standardIssueTypes", "subTaskIssueTypes",
    *VERSION_FUNCTIONS, *DATE_FUNCTIONS,
)  # fmt: skip

# Groups, leads, links, votes and logins are not in the store: only Jira can answer these.
FOREIGN_FUNCTIONS = (
    "approved", "approver", "cascadeOption", "componentsLeadByUser", "currentLogin",
    "earliestUnreleasedVersion", "issueHistory", "issuesWithRemoteLinksByGlobalId", "lastLogin",
    "latestReleasedVersion", "linkedIssues", "membersOf", "parentEpic", "pendingBy", "projectsLeadByUser",
    "projectsWhereUserHasPermission", "projectsWhereUserHasRole", "updatedBy", "votedIssues", "watchedIssues",
)  # fmt: skip
