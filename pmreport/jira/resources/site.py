"""Who asks, and what a site has as a whole: its server, lists and projects."""

from collections.abc import Iterator

from pmreport.errors import NotAuthorisedError
from pmreport.jira import answers
from pmreport.jira.dialect import dialect_of
from pmreport.jira.paging import Json
from pmreport.jira.resources.connection import Connection

_BROWSE = "BROWSE_PROJECTS"


class SiteResources(Connection):
    """The site itself. `myself` comes first: it alone tells a dead token for certain."""

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
