"""Issues by their ids and keys: what they hold, their histories and comments."""

from collections.abc import Sequence
from functools import partial

from pmreport.jira import answers
from pmreport.jira.paging import Json, objects, token_pages
from pmreport.jira.parse.values import integer
from pmreport.jira.resources.search import SearchResources

_COMMENT_PAGE = 100
_HISTORY_PAGE = 5000  # at most 10,000 allowed; one page of this size is a few megabytes


class IssueResources(SearchResources):
    """Issues that are known already."""

    def issues(self, issue_ids: Sequence[int], fields: Sequence[str]) -> list[Json]:
        """Up to `dialect.by_id` issues; one that is gone, or may not be seen, is left out without a word."""
        if not self.dialect.bulk_reads:
            return self._named("id", [str(each) for each in issue_ids], fields)
        path = f"{self.dialect.api}/issue/bulkfetch"
        body = {"issueIdsOrKeys": [str(each) for each in issue_ids], "fields": list(fields)}
        return self.forgetting.kept(objects(self._post(path, body).get("issues")))

    def whereabouts(self, issue_ids: Sequence[int], fields: Sequence[str]) -> list[Json]:
        """Up to `dialect.by_id` issues wherever they are now, from the database and not the search index.

        One that is gone, or may not be seen, is left out without a word; where the server says that it exists
        and may not be seen, it is there without `fields`. Raises RefusedError for any other refusal.
        """
        if self.dialect.bulk_reads:
            return self.issues(issue_ids, fields)
        calls = [partial(self._whereabouts, each, fields) for each in issue_ids]
        return [found for one in self.crew.together(calls) for found in one]

    def _whereabouts(self, issue_id: int, fields: Sequence[str]) -> list[Json]:
        try:
            return self.forgetting.kept(
                [self._object(f"{self.dialect.api}/issue/{issue_id}", {"fields": ",".join(fields)})]
            )
        except answers.ForbiddenError:
            return [{"id": str(issue_id)}]
        except answers.RefusedError as error:
            if error.status_code != answers.NOT_FOUND:
                raise
            return []

    def issue_ids(self, keys: Sequence[str]) -> dict[str, int]:
        """The ids of up to `dialect.by_id` issues by their keys, also by a key from before a move."""
        found = {str(each["key"]): int(each["id"]) for each in self._named("key", keys, ("updated",))}
        for key in keys:
            if key not in found:
                found.update((key, int(each["id"])) for each in self._one(key, ("updated",)))
        return found

    def _named(self, by: str, names: Sequence[str], fields: Sequence[str]) -> list[Json]:
        """Issues by id or key in one search; one by one where a name that is gone spoils it."""
        jql = f"{by} in ({', '.join(names)}) ORDER BY key ASC"
        try:
            return [found for page in self._search_pages(jql, fields, len(names)) for found in page]
        except answers.RefusedError:
            return [found for name in names for found in self._one(name, fields)]

    def _one(self, name: str, fields: Sequence[str]) -> list[Json]:
        params = {"fields": ",".join(fields), "expand": "changelog"}
        try:
            return self.forgetting.kept([self._object(f"{self.dialect.api}/issue/{name}", params)])
        except answers.RefusedError:
            return []

    def changelogs(self, issue_ids: Sequence[int]) -> dict[int, list[Json]]:
        """The complete histories of up to 1000 issues, by issue id; an issue without any is left out.

        Jira sorts by date and cuts anywhere, so one issue's histories come on several pages.
        """
        path = f"{self.dialect.api}/changelog/bulkfetch"
        asked = {"issueIdsOrKeys": [str(each) for each in issue_ids], "maxResults": _HISTORY_PAGE}

        def by_token(token: str | None) -> Json:
            return self._post(path, asked if token is None else {**asked, "nextPageToken": token})

        found: dict[int, dict[str, Json]] = {}
        for page in token_pages(by_token, "issueChangeLogs", path):
            for log in page:
                if (issue_id := integer(log.get("issueId"))) is not None:
                    histories = found.setdefault(issue_id, {})
                    listed = objects(log.get("changeHistories"))
                    histories.update((str(each.get("id")), each) for each in listed)
        clean = self.forgetting.clean
        return {issue_id: clean(list(histories.values())) for issue_id, histories in found.items()}

    def history(self, issue_id: int) -> Json:
        """One issue's embedded history: `histories`, and their `total`."""
        params = {"fields": "updated", "expand": "changelog"}
        log = self._object(f"{self.dialect.api}/issue/{issue_id}", params).get("changelog")
        return self._cleaned(log) if isinstance(log, dict) else {}

    def comments(self, issue_id: int) -> list[Json]:
        """Every comment of an issue that the user may see."""
        path = f"{self.dialect.api}/issue/{issue_id}/comment"
        pages = self._pages(path, "comments", size=_COMMENT_PAGE)
        return [self.forgetting.clean(each) for page in pages for each in page]
