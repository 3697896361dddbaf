"""The search for issues, a page at a time."""

from collections.abc import Iterator, Sequence

from pmreport.jira.paging import IssuePage, Json, page_of_offset, page_of_tokens
from pmreport.jira.resources.connection import Connection


class SearchResources(Connection):
    """What a query finds, and how much of it there is."""

    def search(
        self,
        jql: str,
        fields: Sequence[str],
        *,
        size: int,
        go_on: str | int | None = None,
        histories: bool = True,
    ) -> IssuePage:
        """One page of the issues that match, each with the named fields only.

        `go_on` is what the page before said. With `histories` each issue brings its whole history where the
        product has no other way to it.
        """
        asked: Json = {"jql": jql, "fields": list(fields), "maxResults": size}
        if self.dialect.token_search:
            body = asked if go_on is None else {**asked, "nextPageToken": go_on}
            return self._kept(page_of_tokens(self._searched(body)))
        start = go_on if isinstance(go_on, int) else 0
        whole = {"expand": ["changelog"]} if histories else {}
        return self._kept(page_of_offset(self._searched({**asked, "startAt": start, **whole}), start))

    def _search_pages(self, jql: str, fields: Sequence[str], most: int) -> Iterator[list[Json]]:
        """Pages of a search that finds at most so many issues; a page may hold fewer than were asked for."""
        go_on: str | int | None = None
        for _ in range(most):
            page = self.search(jql, fields, size=most, go_on=go_on)
            yield page.issues
            go_on = page.go_on
            if go_on is None:
                return

    def count(self, jql: str) -> int | None:
        """How many issues match, without an order in the query; None where the server does not say."""
        if self.dialect.token_search:
            found = self._post(f"{self.dialect.api}/search/approximate-count", {"jql": jql}).get("count")
        else:
            body = {"jql": jql, "fields": ["key"], "maxResults": 0, "startAt": 0}
            found = self._post(self._search_path, body).get("total")
        return found if isinstance(found, int) else None

    def _kept(self, page: IssuePage) -> IssuePage:
        """The page without issues that are to be forgotten; where the next one begins was known before."""
        return IssuePage(self.forgetting.kept(page.issues), page.go_on)

    def _searched(self, body: Json) -> Json:
        """A page of a search. What Jira warns of, a clause that is cut for instance, is logged once."""
        found = self._post(self._search_path, body)
        for words in (found.get("warnings"), found.get("warningMessages")):
            for warning in words if isinstance(words, list) else ():
                self._warn(str(warning))
        return found

    @property
    def _search_path(self) -> str:
        return f"{self.dialect.api}/{self.dialect.search_path}"
