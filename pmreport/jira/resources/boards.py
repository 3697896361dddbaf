"""The boards of a site, and their sprints."""

from collections.abc import Iterator

from pmreport.jira.paging import Json, objects
from pmreport.jira.resources.connection import AGILE_PAGE, Connection

_AGILE = "rest/agile/1.0"
SPRINT_PAGE = AGILE_PAGE


class BoardResources(Connection):
    """Boards with what they show."""

    def boards(self, project: str) -> Iterator[list[Json]]:
        """Pages of the boards that show a project."""
        return self._pages(f"{_AGILE}/board", "values", {"projectKeyOrId": project})

    def first_boards(self) -> tuple[list[Json], bool]:
        """The first page of all boards of the site, and whether there are no others."""
        page = self._object(f"{_AGILE}/board", {"maxResults": AGILE_PAGE, "startAt": 0})
        return objects(page.get("values")), page.get("isLast") is True

    def board(self, board_id: int) -> Json:
        """One board."""
        return self._object(f"{_AGILE}/board/{board_id}")

    def board_configuration(self, board_id: int) -> Json:
        """Columns, estimation field and filter of a board."""
        return self._object(f"{_AGILE}/board/{board_id}/configuration")

    def board_projects(self, board_id: int) -> list[Json]:
        """The projects whose issues a board shows."""
        pages = self._pages(f"{_AGILE}/board/{board_id}/project", "values")
        return [each for page in pages for each in page]

    def filter(self, filter_id: str) -> Json:
        """A saved filter with its JQL."""
        return self._cleaned(self._object(f"{self.dialect.api}/filter/{filter_id}"))

    def sprints(self, board_id: int, start: int = 0) -> Iterator[list[Json]]:
        """Pages of the sprints that a board shows, other boards' too; RefusedError 400 without any.

        Closed ones come first, in their order; `start` passes over so many.
        """
        return self._pages(f"{_AGILE}/board/{board_id}/sprint", "values", size=SPRINT_PAGE, start=start)
