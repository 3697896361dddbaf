"""Issues beyond the story, each computed from the seed and its number alone, when it is asked for."""

from dataclasses import dataclass

from pmreport.demo import tinkering
from pmreport.demo.catalogue import Board, Project, Site, Sprint
from pmreport.demo.changes import CLASSIC_POINTS
from pmreport.demo.dice import mixed_bits
from pmreport.demo.issue import Issue
from pmreport.demo.life import Life, play
from pmreport.demo.stamps import DAY_MS
from pmreport.demo.story import cast, diary

_SPREAD_MS = 340 * DAY_MS
_LAST_CREATED_MS = diary.NOW_MS - 15 * DAY_MS
_SPRINT_MS = 14 * DAY_MS
_FIRST_SPRINT = 1001
_WORK = ("Page", "Filter", "Price", "Photo", "Banner", "Menu", "Search box", "Footer")
_WISH = ("loads faster", "speaks Norwegian", "fits a phone", "keeps its place", "is easier to read")


@dataclass(frozen=True, slots=True)
class Bulk:
    """`count` issues of the project WEB, with ids from `first_id` on, created evenly over a year.

    `further` are the numbers of small edits that they have, each the lot of an equal share of them.
    """

    seed: int
    first_id: int
    count: int
    further: tuple[int, ...] = ()

    def has(self, issue_id: int) -> bool:
        """Whether the id is one of these."""
        return self.first_id <= issue_id < self.first_id + self.count

    def instants(self, issue_id: int) -> tuple[int, int]:
        """(created, updated), without building the issue."""
        n = issue_id - self.first_id
        bits = mixed_bits(self.seed, n)
        created = _LAST_CREATED_MS - _SPREAD_MS + _SPREAD_MS * n // self.count + bits % 1000
        return created, created + _life_ms(bits)

    def issue(self, issue_id: int, site: Site) -> Issue:
        """The issue with its whole past."""
        n = issue_id - self.first_id
        bits = mixed_bits(self.seed, n)
        created, updated = self.instants(issue_id)
        owner = cast.APP_TEAM[bits >> 8 & 3]
        life = Life(
            Issue(
                id=issue_id,
                key=f"WEB-{n + 1}",
                project=cast.WEB,
                type=(cast.STORY, cast.TASK, cast.BUG)[bits % 3],
                summary=f"{_WORK[bits >> 12 & 7]} {_WISH[(bits >> 16) % 5]} ({n + 1})",
                status=cast.TODO,
                created_ms=created,
                reporter=cast.PM,
                points={CLASSIC_POINTS: float((1, 2, 3, 5)[bits >> 20 & 3])},
                original_s=14_400,
                remaining_s=14_400,
                sprints=(self._sprint_at(created),) if bits >> 24 & 3 == 0 else (),
                labels=(("grow", "enhance", "keep", "debt")[bits >> 26 & 3],),
            )
        )
        self._steps(life, bits, owner, (created, updated))
        return play(life, site, updated)

    def _steps(self, life: Life, bits: int, owner: str, between: tuple[int, int]) -> None:
        created, updated = between
        gap = updated - created
        if not life.issue.sprints:
            life.at(created + gap // 8, cast.PM, "sprint+", self._sprint_at(created + gap // 8))
        life.at(created + gap // 4, owner, "assignee", owner)
        life.at(created + gap // 4, owner, "status", cast.DOING)
        if bits >> 30 & 3 == 0:
            life.at(created + gap // 3, cast.PM, "comment", ("Please show it to me first.", None))
        if bits >> 32 & 1:
            life.at(
                created + gap // 2,
                owner,
                "work",
                (created + gap // 2 - 3_600_000, 3600 * (1 + (bits >> 34 & 7)), ""),
            )
        life.at(created + gap * 3 // 4, owner, "status", cast.REVIEW)
        life.at(updated, owner, "status", cast.DONE)
        if self.further:
            amount = self.further[(bits >> 40) % len(self.further)]
            tinkering.plan(life, amount, bits, (created + gap // 4, updated))

    def _sprint_at(self, at_ms: int) -> int:
        return _FIRST_SPRINT + (at_ms - _first_start()) // _SPRINT_MS


def _life_ms(bits: int) -> int:
    return DAY_MS + bits % (13 * DAY_MS)


def _first_start() -> int:
    return _LAST_CREATED_MS - _SPREAD_MS


def extend(site: Site) -> None:
    """Give the site the project, the board and the sprints that the bulk issues belong to."""
    site.projects[cast.WEB] = Project(id=cast.WEB, key="WEB", name="Aurora Web", lead=cast.HEAD)
    site.boards[diary.WEB_BOARD] = Board(
        id=diary.WEB_BOARD,
        name="WEB board",
        kind="scrum",
        project=cast.WEB,
        filter_id="10404",
        filter_jql="project = WEB ORDER BY Rank ASC",
        columns=(
            ("To Do", (cast.TODO,)),
            ("In Progress", (cast.DOING, cast.REVIEW)),
            ("Done", (cast.DONE,)),
        ),
        estimation_field=CLASSIC_POINTS,
    )
    for n in range(-(-(diary.NOW_MS - _first_start()) // _SPRINT_MS)):
        start = _first_start() + n * _SPRINT_MS
        closed = start + _SPRINT_MS <= diary.NOW_MS
        site.sprints[_FIRST_SPRINT + n] = Sprint(
            id=_FIRST_SPRINT + n,
            board_id=diary.WEB_BOARD,
            name=f"WEB Sprint {n + 1}",
            state="closed" if closed else "active",
            created_ms=start - 7 * DAY_MS,
            start_ms=start,
            end_ms=start + _SPRINT_MS - 3_600_000,
            complete_ms=start + _SPRINT_MS - 1_800_000 if closed else None,
            goal="Ship what is ready",
        )
