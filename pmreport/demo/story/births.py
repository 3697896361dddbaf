"""How new work comes into the story: written down, sized sooner or later, put into a sprint."""

from datetime import timedelta
from math import exp

from pmreport.demo.dice import Dice
from pmreport.demo.life import Life
from pmreport.demo.stamps import DAY_MS, local_date
from pmreport.demo.story import cast
from pmreport.demo.story.desk import Desk
from pmreport.demo.story.diary import OFFICE, Span, moment, workday_after
from pmreport.demo.story.team import Entry, Team
from pmreport.demo.story.words import description, sentence

SECONDS_PER_POINT = 4 * 3600
_SIZES = (1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 5.0, 5.0, 8.0)
_BUDGET_STARTS = 13
_STILL_FORMER = 4
_MIX = ("grow", "grow", "enhance", "enhance", "keep", "debt")


def planned(desk: Desk, team: Team, span: Span, dice: Dice) -> Entry:
    """An item that is in the sprint when it starts."""
    entry = _written(desk, team, span, dice, span.start_ms - dice.between(3, 25) * DAY_MS)
    if dice.chance(0.2):
        entry.life.issue.sprints = (span.id,)  # born in the sprint: no changelog item tells
        return entry
    entry.life.at(span.start_ms - dice.between(8, 90) * 60_000, cast.PM, "sprint+", span.id)
    return entry


def added(desk: Desk, team: Team, span: Span, dice: Dice) -> Entry:
    """An item that enters the sprint after its start, often without anybody's approval at first."""
    into = moment(dice, dice.one(span.days[2:-3]))
    inside = dice.chance(0.4)
    entry = _written(desk, team, span, dice, into if inside else into - dice.between(2, 20) * DAY_MS)
    if inside:
        entry.life.issue.sprints = (span.id,)
    else:
        entry.life.at(into, dice.one((cast.PM, *team.people)), "sprint+", span.id)
    if dice.chance(0.35 + 0.6 * span.skill):
        entry.life.at(into + 45_000, cast.PM, "label+", "change-request")
    return entry


def _written(desk: Desk, team: Team, span: Span, dice: Dice, created_ms: int) -> Entry:
    bug = dice.chance(0.2)
    size = dice.one(_SIZES)
    reporter = (
        cast.FORMER
        if span.index < _STILL_FORMER and dice.chance(0.3)
        else dice.one((cast.PM, cast.PM, *team.people))
    )
    life = desk.open(
        team.project,
        team.bug if bug else dice.one((team.story, team.story, team.task)),
        sentence(dice, "bug" if bug else team.kind),
        created_ms,
        reporter=reporter,
        description=description(dice),
        priority=dice.one(("2", "3", "3", "3", "4")),
        labels=(dice.one(_MIX),) if dice.chance(0.6 + 0.35 * span.skill) else (),
        components=(dice.one(team.components),) if dice.chance(0.8) else (),
        parent=dice.one(team.epics).issue.id if dice.chance(0.7) else None,
        versions=_version(team, span, dice),
    )
    _completed_later(team, span, life, dice)
    entry = Entry(life=life, size=size, actual_s=_actual(size, span.skill, dice))
    _estimated(entry, span, dice)
    if dice.chance(0.15):
        life.issue.due = workday_after(local_date(span.start_ms, OFFICE), dice.between(5, 9)).isoformat()
    _divided(desk, team, entry, span, dice)
    return entry


def _completed_later(team: Team, span: Span, life: Life, dice: Dice) -> None:
    """Some items get their epic, or the release they belong to, only after they were written."""
    later = life.issue.created_ms + dice.between(1, 30) * 3_600_000
    if life.issue.parent is None and dice.chance(0.5):
        epic = dice.one(team.epics).issue
        life.at(later, cast.PM, "parent", (epic.id, epic.key, None))
    if not life.issue.versions and span.index >= _BUDGET_STARTS and dice.chance(0.2):
        life.at(later, cast.PM, "version+", team.second_version)


def _version(team: Team, span: Span, dice: Dice) -> tuple[str, ...]:
    if not dice.chance(0.6):
        return ()
    return (team.first_version if span.index < _BUDGET_STARTS else team.second_version,)


def _actual(size: float, skill: float, dice: Dice) -> int:
    """What it really takes: twice the estimate at first, and within a fifth of it a year later."""
    miss = dice.bell(0.62 * (1 - skill) + 0.05, 0.42 * (1 - skill) + 0.17)
    quarters = max(1, round(size * SECONDS_PER_POINT * exp(miss) / 900))
    return quarters * 900


def _estimated(entry: Entry, span: Span, dice: Dice) -> None:
    issue, size = entry.life.issue, entry.size or 0.0
    hours = round(size * SECONDS_PER_POINT)
    if issue.created_ms < span.start_ms and dice.chance(0.25 * (1 - span.skill) + 0.02):
        late = moment(dice, dice.one(span.days[1:4]))
        entry.life.at(late, dice.one((cast.PM, cast.TOMAS)), "points", size)
        entry.life.at(late, cast.PM, "original", hours)
    elif dice.chance(0.5) or issue.created_ms >= span.start_ms:
        entry.life.issue.points[POINTS[issue.project]] = size
        issue.original_s = issue.remaining_s = hours
    else:
        refined = issue.created_ms + dice.between(1, 40) * 3_600_000
        entry.life.at(min(refined, span.start_ms - 3_000_000), cast.PM, "points", size)
        if dice.chance(0.9):
            entry.life.at(min(refined + 20_000, span.start_ms - 2_900_000), cast.PM, "original", hours)


POINTS = {cast.SHOP: "customfield_10026", cast.APP: "customfield_10016"}


def _divided(desk: Desk, team: Team, entry: Entry, span: Span, dice: Dice) -> None:
    if not dice.chance(0.3):
        return
    parent = entry.life.issue
    day = max(parent.created_ms, span.start_ms) + dice.between(1, 20) * 60_000
    for part in dice.shuffled(("write the tests", "check the texts", "measure it"))[: dice.between(1, 3)]:
        sub = desk.open(
            team.project,
            team.subtask,
            f"{parent.summary}: {part}",
            day,
            reporter=dice.one(team.people),
            parent=parent.id,
            sprints=(span.id,),
            original_s=3600 * dice.between(1, 4),
        )
        entry.subtasks.append(sub)


def epics(desk: Desk, team: Team, spans: list[Span], dice: Dice) -> list[Life]:
    """The large aims of a team, one opened about every three sprints."""
    opened = []
    for n, name in enumerate(_EPICS[team.kind]):
        span = spans[min(n * 3, len(spans) - 1)]
        created = span.start_ms - dice.between(20, 30) * DAY_MS
        life = desk.open(
            team.project, team.epic, name, created, description=f"{name}: why, for whom, and until when."
        )
        life.at(span.start_ms + 3_600_000, cast.PM, "status", team.doing)
        if n < len(_EPICS[team.kind]) // 2:
            ended = spans[min(n * 3 + 10, len(spans) - 1)]
            life.at(
                ended.start_ms + timedelta(days=9) // timedelta(milliseconds=1), cast.PM, "status", team.done
            )
        opened.append(life)
    return opened


_EPICS = {
    "shop": (
        "Guest checkout",
        "Vouchers that explain themselves",
        "Refunds within a day",
        "Search by nickname",
        "Wallet payment",
        "Checkout on one page",
        "Invoices for firms",
        "Campaign pages",
    ),
    "app": (
        "Sign-in in ten seconds",
        "Push messages people want",
        "Orders at a glance",
        "Profile and privacy",
        "Pay in the app",
        "Scan to return",
        "Wish lists to share",
        "Offline catalogue",
    ),
}
