"""What Jira answers when it is asked for a site without its issues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmreport.jira.client import JiraClient
from pmreport.jira.fields import FieldMap, discover
from pmreport.jira.parse import lists
from pmreport.metrics.settings import FieldSettings
from pmreport.model.problem import Problem
from pmreport.model.rows import ProjectRow
from pmreport.sync import boards, project_lists, small_lists
from pmreport.sync.boards import BoardReading
from pmreport.sync.known_boards import KnownBoards, Shown
from pmreport.sync.project_lists import ProjectListing
from pmreport.sync.settings import ScopeSettings
from pmreport.sync.small_lists import SMALL_LISTS

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAnswers:
    """Fields, lists, projects and boards as Jira gave them.

    `known` are the fields by their parts. `lists` go by the names of `SMALL_LISTS`; `projects` and `listed`
    are the same projects, in the same order. `shown` is what to remember of which boards there are.
    """

    fields: Sequence[Json]
    known: FieldMap
    lists: Mapping[str, Sequence[Json]]
    projects: tuple[ProjectRow, ...]
    listed: Sequence[ProjectListing]
    boards: tuple[BoardReading, ...]
    shown: Shown
    problems: tuple[Problem, ...]

    @property
    def versions(self) -> Mapping[int, Sequence[Json]]:
        """The versions of each project, by its id."""
        pairs = zip(self.projects, self.listed, strict=True)
        return {project.project_id: listed.versions for project, listed in pairs}


def ask(client: JiraClient, scope: ScopeSettings, settings: FieldSettings, known: KnownBoards) -> SiteAnswers:
    """Everything but the issues; of boards that are `known` what can have changed.

    Raises ConfigurationError for a project that is not there.
    """
    fields, *found_lists = client.crew.together([client.fields, *small_lists.calls(client)])
    listed = project_lists.read(client, scope.projects)
    projects = tuple(filter(None, (lists.project(each.found) for each in listed)))
    problems: list[Problem] = []
    keys = [each.project_key for each in projects]
    read_boards, shown = boards.read(client, keys, scope.boards, known, problems)
    return SiteAnswers(
        fields=fields,
        known=discover(
            fields,
            [each.estimate for each in read_boards if each.estimate],
            story_points=settings.story_points,
            sprint=settings.sprint,
        ),
        lists=dict(zip(SMALL_LISTS, found_lists, strict=True)),
        projects=projects,
        listed=listed,
        boards=read_boards,
        shown=shown,
        problems=(*problems, *(problem for each in read_boards for problem in each.problems)),
    )
