"""Worklogs: those of an issue, and those of the site that changed."""

from collections.abc import Sequence

from pmreport.jira import answers
from pmreport.jira.paging import Json, objects
from pmreport.jira.resources.connection import Connection

_WORKLOG_PAGE = 5000
_FEED_PAGE_GUARD = 10_000


class WorklogResources(Connection):
    """Who logged how much work."""

    def worklogs(self, issue_id: int) -> list[Json]:
        """Every worklog of an issue that the user may see."""
        path = f"{self.dialect.api}/issue/{issue_id}/worklog"
        pages = self._pages(path, "worklogs", size=_WORKLOG_PAGE)
        return [self.forgetting.clean(each) for page in pages for each in page]

    def deleted_worklogs(self, since_ms: int) -> tuple[list[Json], int]:
        """The worklogs deleted since then, and the instant from which to ask the next time.

        Site wide: ids of other projects are among them. The server holds the last minute back. A site that
        refuses the question keeps no such list; the same instant is to be asked from again.
        """
        return self._feed(f"{self.dialect.api}/worklog/deleted", since_ms)

    def updated_worklogs(self, since_ms: int) -> tuple[list[Json], int]:
        """The same for worklogs that were written or edited."""
        return self._feed(f"{self.dialect.api}/worklog/updated", since_ms)

    def listed_worklogs(self, worklog_ids: Sequence[int]) -> list[Json]:
        """Up to 1000 worklogs by their ids; those the user may not see are left out."""
        path = f"{self.dialect.api}/worklog/list"
        found = self._transport.ask(self.dialect, "POST", path, body={"ids": list(worklog_ids)})
        listed = objects(self._expect(list, path, found))
        return [
            self.forgetting.clean(each)
            for each in listed
            if not self.forgetting.is_issue(str(each.get("issueId")))
        ]

    def _feed(self, path: str, since_ms: int) -> tuple[list[Json], int]:
        found: list[Json] = []
        for _ in range(_FEED_PAGE_GUARD):
            try:
                page = self._object(path, {"since": since_ms})
            except answers.RefusedError:
                break
            found += objects(page.get("values"))
            until = page.get("until")
            if not isinstance(until, int) or until <= since_ms:
                break
            since_ms = until
            if page.get("lastPage", page.get("isLastPage", True)):
                break
        return found, since_ms
