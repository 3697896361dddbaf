"""The whole story, put together: the site, and the issues a seed gives it."""

from dataclasses import replace

from pmreport.demo.catalogue import Board, Site
from pmreport.demo.changes import CLASSIC_POINTS, TEAM_POINTS
from pmreport.demo.dice import Dice
from pmreport.demo.issue import Issue
from pmreport.demo.life import play
from pmreport.demo.story import (
    births,
    cases,
    cast,
    diary,
    followups,
    kanban,
    letters,
    oddities,
    scripts,
    sprints,
)
from pmreport.demo.story.desk import Desk
from pmreport.demo.story.fields import fields
from pmreport.demo.story.team import Entry, Team, app_team, shop_team

STORY_ISSUES = 1500
_CLASSIC = (
    ("To Do", (cast.TODO,)),
    ("In Progress", (cast.DOING,)),
    ("In Review", (cast.REVIEW,)),
    ("Done", (cast.DONE,)),
)
BOARDS = {
    b.id: b
    for b in (
        Board(
            id=diary.SHOP_BOARD,
            name="SHOP board",
            kind="scrum",
            project=cast.SHOP,
            filter_id="10401",
            filter_jql="project = SHOP ORDER BY Rank ASC",
            columns=_CLASSIC,
            estimation_field=CLASSIC_POINTS,
        ),
        Board(
            id=diary.APP_BOARD,
            name="APP board",
            kind="simple",
            project=cast.APP,
            filter_id="10402",
            filter_jql="project = APP ORDER BY Rank ASC",
            columns=(
                ("To Do", (cast.APP_TODO, cast.APP_ON_HOLD)),
                ("In Progress", (cast.APP_DOING,)),
                ("In Review", (cast.APP_REVIEW,)),
                ("Done", (cast.APP_DONE,)),
            ),
            estimation_field=TEAM_POINTS,
        ),
        Board(
            id=diary.OPS_BOARD,
            name="OPS board",
            kind="kanban",
            project=cast.OPS,
            filter_id="10403",
            filter_jql="project = OPS ORDER BY Rank ASC",
            columns=(
                ("Backlog", ()),
                ("To Do", (cast.TODO,)),
                ("In Progress", (cast.DOING, cast.ON_HOLD, cast.REVIEW)),
                ("Done", (cast.DONE,)),
            ),
        ),
    )
}


def site(seed: int) -> Site:
    """The site of the story without its issues."""
    return Site(
        base_url="https://aurora.example",
        title="Aurora Jira",
        email="ines.duarte@aurora.example",
        token="simulator-token-of-ines",  # noqa: S106 - opens nothing but the simulator
        me=cast.PM,
        users=dict(cast.USERS),
        statuses=dict(cast.STATUSES),
        types=dict(cast.TYPES),
        priorities=dict(cast.PRIORITIES),
        resolutions=dict(cast.RESOLUTIONS),
        projects=dict(cast.PROJECTS),
        versions=dict(cast.VERSIONS),
        components=dict(cast.COMPONENTS),
        boards=dict(BOARDS),
        sprints=diary.sprint_rows(seed),
        fields=fields(),
        points_fields={
            cast.SHOP: CLASSIC_POINTS,
            cast.APP: TEAM_POINTS,
            cast.OPS: CLASSIC_POINTS,
            cast.WEB: CLASSIC_POINTS,
        },
    )


def story(where: Site, seed: int) -> list[Issue]:
    """The 1 500 issues of the story as they stand this morning."""
    desk = Desk(where)
    shop, app = _with_epics(desk, shop_team(), seed), _with_epics(desk, app_team(), seed)
    _year(desk, shop, seed, {24: scripts.SHOP_25, 25: scripts.SHOP_26})
    _year(desk, app, seed, {24: scripts.APP_25})
    oddities.tell(desk, shop, app, diary.spans(where.sprints, diary.SHOP_BOARD), seed)
    followups.tell(desk, (shop, app), seed)
    kanban.tell(desk, seed)
    letters.tell(shop, app, seed)
    cases.tell(desk, shop, app)
    kanban.backlog(desk, seed, STORY_ISSUES)
    return [play(life, where, diary.NOW_MS) for life in desk.lives]


def _with_epics(desk: Desk, team: Team, seed: int) -> Team:
    spans = diary.spans(desk.site.sprints, team.board)
    return replace(team, epics=births.epics(desk, team, spans, Dice(seed, f"epics/{team.kind}")))


def _year(desk: Desk, team: Team, seed: int, written: dict[int, tuple[scripts.Row, ...]]) -> None:
    own = [row.id for row in desk.site.sprints.values() if row.board_id == team.board]
    carried: list[Entry] = []
    for span in diary.spans(desk.site.sprints, team.board):
        following = own[span.index + 1]
        if span.index in written:
            carried = scripts.tell(desk, team, span, following, written[span.index])
            continue
        carried = sprints.tell(desk, team, span, following, carried, seed)
        if span.index + 1 in written:
            _let_go(desk, following)


def _let_go(desk: Desk, following: int) -> None:
    """Before a sprint that is written out, what would be carried into it goes back to the backlog."""
    for life in desk.lives:
        life.steps = [step for step in life.steps if step[3:] != ("sprint+", following)]
