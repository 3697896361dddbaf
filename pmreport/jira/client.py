"""The client of a Jira site: all of its resources behind one connection."""

from pmreport.jira.resources.boards import BoardResources
from pmreport.jira.resources.issues import IssueResources
from pmreport.jira.resources.site import SiteResources
from pmreport.jira.resources.worklogs import WorklogResources


class JiraClient(SiteResources, BoardResources, IssueResources, WorklogResources):
    """One site as one user sees it."""
