"""What a site consists of beside its issues: fields, lists, projects, boards."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmreport.jira.client import JiraClient
from pmreport.jira.fields import FieldMap
from pmreport.metrics.settings import FieldSettings
from pmreport.model.problem import Problem
from pmreport.model.rows import ProjectRow
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from pmreport.sync import boards, known_boards, site_answers, site_batch
from pmreport.sync.boards import BoardReading
from pmreport.sync.settings import ScopeSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the site is to be read; `full`: also what is known, with documents that are damaged by now.

    `cursors` are those that the runs before left.
    """

    scope: ScopeSettings
    fields: FieldSettings
    cursors: Mapping[str, str]
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReading:
    """The site without its issues, and the batch that brings the store up to date with it."""

    projects: tuple[ProjectRow, ...]
    fields: FieldMap
    boards: tuple[BoardReading, ...]
    batch: Batch
    problems: tuple[Problem, ...]

    @property
    def board_ids(self) -> tuple[int, ...] | None:
        """Which boards there are; None where Jira would not list them."""
        if any(each.subject == boards.EVERY_BOARD for each in self.problems):
            return None
        return tuple(each.row.board_id for each in self.boards)


def read(
    client: JiraClient,
    store: Store,
    site_id: int,
    wanted: Wanted,
    now_ms: int,
) -> SiteReading:
    """Everything but the issues. Raises ConfigurationError for a project that is not there."""
    before = wanted.cursors.get(known_boards.SCOPE)
    known = known_boards.load(store, site_id, before, now_ms=now_ms, anew=wanted.full)
    answers = site_answers.ask(client, wanted.scope, wanted.fields, known)
    return SiteReading(
        projects=answers.projects,
        fields=answers.known,
        boards=answers.boards,
        batch=site_batch.build(answers, store, site_id, now_ms, anew=wanted.full),
        problems=answers.problems,
    )
