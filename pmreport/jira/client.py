"""The resources of a Jira site, read page by page as plain JSON objects. Nothing is ever written to Jira."""

import logging
from collections.abc import Iterator, Sequence
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from pmreport.errors import NotAuthorisedError, UnreachableError
from pmreport.jira import answers
from pmreport.jira.credential import Credential, redacted
from pmreport.jira.crew import Crew
from pmreport.jira.dialect import Dialect, dialect_of
from pmreport.jira.forgetting import Forgetting
from pmreport.jira.paging import (
    IssuePage,
    Json,
    objects,
    offset_pages,
    page_of_offset,
    page_of_tokens,
    token_pages,
)
from pmreport.jira.parse.values import integer
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import GATEWAY, Params, Patience, Traffic, Transport
from pmreport.model.forgotten import Forgotten

_LOG = logging.getLogger(__name__)

AGILE = "rest/agile/1.0"
_BOARD_PAGE = SPRINT_PAGE = 50  # the cap of the agile resources
_COMMENT_PAGE = 100
_WORKLOG_PAGE = 5000
_HISTORY_PAGE = 5000  # at most 10,000 allowed; one page of this size is a few megabytes
_FEED_PAGE_GUARD = 10_000
_BROWSE = "BROWSE_PROJECTS"


Shape = TypeVar("Shape")


class JiraClient:
    """One site as one user sees it. `myself` comes first: it alone tells a dead token for certain."""

    def __init__(
        self,
        site: SiteSettings,
        credential: Credential,
        *,
        patience: Patience | None = None,
        connections: int = 4,
        gateway: str = GATEWAY,
        forgotten: Forgotten | None = None,
    ) -> None:
        self.site = site
        self.dialect: Dialect = dialect_of(site.deployment)
        self._transport = Transport(site, credential, patience=patience or Patience(), gateway=gateway)
        self._connections = connections
        self._crew: Crew | None = None
        self._warnings: set[str] = set()
        self.forgetting = Forgetting(forgotten or Forgotten(site.url))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        if self._crew is not None:
            self._crew.close()
        self._transport.close()

    @property
    def crew(self) -> Crew:
        """As many workers as the server bears; so it is asked for only after the server was."""
        if self._crew is None:
            self._crew = Crew(min(self._connections, self.dialect.parallel_requests))
        return self._crew

    @property
    def traffic(self) -> Traffic:
        """Requests, repeats and waits so far."""
        return self._transport.traffic

    # -- who and where

    def myself(self) -> Json:
        """The token's user. From here on every answer must name the same one."""
        found = self._object("rest/api/2/myself")  # both products have version 2
        user = found.get("accountId") or found.get("key") or found.get("name")
        if not user:
            raise NotAuthorisedError(
                "Jira does not say whose token this is.",
                where=self._transport.base,
                hint=answers.NEW_TOKEN,
            )
        return found

    def server_info(self) -> Json:
        """Version, kind and clock of the server. Settles the dialect where the configuration says `auto`."""
        found = self._object("rest/api/2/serverInfo")
        self.dialect = dialect_of(self.site.deployment, found.get("deploymentType"))
        return found

    def sign_in(self) -> tuple[Json, Json]:
        """The token's user and the server, in the order that finds a dead token first."""
        user, server = self.myself(), self.server_info()
        self._transport.account = user.get(self.dialect.user_key)
        return user, server

    def cloud_id(self) -> str | None:
        """The id of a Cloud site, by which Atlassian's gateway knows it; None where the site does not say it.

        Asked of the site itself and without a need for a token. It is on no list of promises of Atlassian's.
        """
        found = self._object("_edge/tenant_info").get("cloudId")
        return found if isinstance(found, str) and found else None

    def token_list(self) -> list[Json]:
        """The user's own personal access tokens, of Data Center alone: names and days, never the tokens."""
        return self._list("rest/pat/latest/tokens")

    # -- small lists

    def fields(self) -> list[Json]:
        """Every field of the site."""
        return self._list(f"{self.dialect.api}/field")

    def statuses(self) -> list[Json]:
        """Every status with its category."""
        return self._list(f"{self.dialect.api}/status")

    def priorities(self) -> list[Json]:
        """Every priority."""
        return self._list(f"{self.dialect.api}/priority")

    def resolutions(self) -> list[Json]:
        """Every resolution."""
        return self._list(f"{self.dialect.api}/resolution")

    def issue_types(self) -> list[Json]:
        """Every issue type."""
        return self._list(f"{self.dialect.api}/issuetype")

    def projects(self) -> Iterator[list[Json]]:
        """Pages of the projects that the user can see."""
        if self.dialect.project_pages:
            return self._pages(f"{self.dialect.api}/project/search", "values")
        return iter([self._list(f"{self.dialect.api}/project")])

    def project(self, key: str) -> Json:
        """A project, with its versions and components; also by a key from before it was renamed."""
        return self._cleaned(self._object(f"{self.dialect.api}/project/{key}"))

    def versions(self, project: str) -> list[Json]:
        """The versions of a project, by its key or id."""
        return self._list(f"{self.dialect.api}/project/{project}/versions")

    def components(self, project: str) -> list[Json]:
        """The components of a project, by its key or id."""
        return [
            self.forgetting.clean(each)
            for each in self._list(f"{self.dialect.api}/project/{project}/components")
        ]

    # -- boards

    def boards(self, project: str) -> Iterator[list[Json]]:
        """Pages of the boards that show a project."""
        return self._pages(f"{AGILE}/board", "values", {"projectKeyOrId": project})

    def first_boards(self) -> tuple[list[Json], bool]:
        """The first page of all boards of the site, and whether there are no others."""
        page = self._object(f"{AGILE}/board", {"maxResults": _BOARD_PAGE, "startAt": 0})
        return objects(page.get("values")), page.get("isLast") is True

    def board(self, board_id: int) -> Json:
        """One board."""
        return self._object(f"{AGILE}/board/{board_id}")

    def board_configuration(self, board_id: int) -> Json:
        """Columns, estimation field and filter of a board."""
        return self._object(f"{AGILE}/board/{board_id}/configuration")

    def board_projects(self, board_id: int) -> list[Json]:
        """The projects whose issues a board shows."""
        pages = self._pages(f"{AGILE}/board/{board_id}/project", "values")
        return [each for page in pages for each in page]

    def filter(self, filter_id: str) -> Json:
        """A saved filter with its JQL."""
        return self._cleaned(self._object(f"{self.dialect.api}/filter/{filter_id}"))

    def sprints(self, board_id: int, start: int = 0) -> Iterator[list[Json]]:
        """Pages of the sprints that a board shows, other boards' too; RefusedError 400 without any.

        Closed ones come first, in their order; `start` passes over so many.
        """
        return self._pages(f"{AGILE}/board/{board_id}/sprint", "values", size=SPRINT_PAGE, start=start)

    # -- issues

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

    def _kept(self, page: IssuePage) -> IssuePage:
        """The page without issues that are to be forgotten; where the next one begins was known before."""
        return IssuePage(self.forgetting.kept(page.issues), page.go_on)

    def _searched(self, body: Json) -> Json:
        """A page of a search. What Jira warns of, a clause that is cut for instance, is logged once."""
        found = self._post(self._search_path, body)
        for words in (found.get("warnings"), found.get("warningMessages")):
            for warning in words if isinstance(words, list) else ():
                if (said := redacted(str(warning))) not in self._warnings:
                    self._warnings.add(said)
                    _LOG.warning("Jira warns of a search: %s", said)
        return found

    def count(self, jql: str) -> int | None:
        """How many issues match, without an order in the query; None where the server does not say."""
        if self.dialect.token_search:
            found = self._post(f"{self.dialect.api}/search/approximate-count", {"jql": jql}).get("count")
        else:
            body = {"jql": jql, "fields": ["key"], "maxResults": 0, "startAt": 0}
            found = self._post(self._search_path, body).get("total")
        return found if isinstance(found, int) else None

    @property
    def _search_path(self) -> str:
        return f"{self.dialect.api}/{self.dialect.search_path}"

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

    def may_browse(self, project: str) -> bool:
        """Whether the token's user may see the issues of a project at all, by its key."""
        asked = {"projectKey": project, "permissions": _BROWSE}
        try:
            found = self._object(f"{self.dialect.api}/mypermissions", asked).get("permissions")
        except answers.RefusedError as error:
            if error.status_code != answers.NOT_FOUND:  # a project that may not be seen is not found
                raise
            return False
        told = found.get(_BROWSE) if isinstance(found, dict) else None
        return isinstance(told, dict) and told.get("havePermission") is True

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

    def _search_pages(self, jql: str, fields: Sequence[str], most: int) -> Iterator[list[Json]]:
        """Pages of a search that finds at most so many issues; a page may hold fewer than were asked for."""
        go_on: str | int | None = None
        for _ in range(most):
            page = self.search(jql, fields, size=most, go_on=go_on)
            yield page.issues
            go_on = page.go_on
            if go_on is None:
                return

    def _one(self, name: str, fields: Sequence[str]) -> list[Json]:
        params = {"fields": ",".join(fields), "expand": "changelog"}
        try:
            return self.forgetting.kept([self._object(f"{self.dialect.api}/issue/{name}", params)])
        except answers.RefusedError:
            return []

    def worklogs(self, issue_id: int) -> list[Json]:
        """Every worklog of an issue that the user may see."""
        path = f"{self.dialect.api}/issue/{issue_id}/worklog"
        pages = self._pages(path, "worklogs", size=_WORKLOG_PAGE)
        return [self.forgetting.clean(each) for page in pages for each in page]

    def comments(self, issue_id: int) -> list[Json]:
        """Every comment of an issue that the user may see."""
        path = f"{self.dialect.api}/issue/{issue_id}/comment"
        pages = self._pages(path, "comments", size=_COMMENT_PAGE)
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

    # -- shapes

    def _cleaned(self, found: Json) -> Json:
        """An answer without what is to be forgotten."""
        return {name: self.forgetting.clean(held) for name, held in found.items()}

    def _pages(
        self, path: str, items: str, params: Params | None = None, *, size: int = _BOARD_PAGE, start: int = 0
    ) -> Iterator[list[Json]]:
        asked = {**(params or {}), "maxResults": size}
        return offset_pages(lambda first: self._object(path, {**asked, "startAt": first}), items, start)

    def _object(self, path: str, params: Params | None = None) -> Json:
        return self._expect(dict, path, self._transport.ask(self.dialect, "GET", path, params=params))

    def _list(self, path: str) -> list[Json]:
        return objects(self._expect(list, path, self._transport.ask(self.dialect, "GET", path)))

    def _post(self, path: str, body: Json) -> Json:
        return self._expect(dict, path, self._transport.ask(self.dialect, "POST", path, body=body))

    def _expect(self, shape: type[Shape], path: str, found: Any) -> Shape:
        if isinstance(found, shape):
            return found
        raise UnreachableError(
            "Something other than Jira answers at this address.",
            where=f"{self._transport.base}/{path}",
            hint="Check `url` under [site], with its context path.",
        )
