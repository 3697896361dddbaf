"""Agreed tasks and open questions: forgotten at first, closed in time more and more often."""

from datetime import date, timedelta

from pmreport.demo.dice import Dice
from pmreport.demo.stamps import local_date
from pmreport.demo.story import cast
from pmreport.demo.story.desk import Desk
from pmreport.demo.story.diary import NOW_MS, OFFICE, moment, workday_after
from pmreport.demo.story.team import Team
from pmreport.demo.story.words import sentence

_FIRST_DAY = date(2025, 12, 3)
_EVERY_DAYS = 3
_ONE_SPELLING = 0.3


def tell(desk: Desk, teams: tuple[Team, ...], seed: int) -> None:
    """A year of follow-ups, then the ones that stand open this morning."""
    last = local_date(NOW_MS, OFFICE) - timedelta(days=12)
    total = (last - _FIRST_DAY).days
    for n in range(0, total, _EVERY_DAYS):
        dice = Dice(seed, f"follow-up/{n}")
        _one(desk, dice, workday_after(_FIRST_DAY + timedelta(days=n), 1), n / total, dice.one(teams))
    for row in _OPEN:
        _open(desk, Dice(seed, row[2]), row)


def _one(desk: Desk, dice: Dice, raised: date, skill: float, team: Team) -> None:
    promised = workday_after(raised, dice.between(4, 9))
    created = moment(dice, raised)
    kind, type_id = dice.one((("action", cast.ACTION), ("action", cast.ACTION), ("question", cast.QUESTION)))
    in_app = team.project == cast.APP
    life = desk.open(
        team.project,
        team.task if in_app else type_id,
        sentence(dice, kind),
        created,
        due=promised.isoformat() if dice.chance(0.75 + 0.22 * skill) else None,
        assignee=dice.one((cast.PM, cast.PM, *team.people)) if dice.chance(0.7 + 0.25 * skill) else None,
        labels=("followup" if skill < _ONE_SPELLING and dice.chance(0.3) else "follow-up",),
    )
    kept = dice.chance(0.32 + 0.56 * skill)
    done = workday_after(promised, -dice.between(0, 2) if kept else dice.between(1, 12 - round(7 * skill)))
    if not kept and dice.chance(0.5):
        life.at(
            moment(dice, workday_after(promised, -1)), cast.PM, "due", workday_after(promised, 4).isoformat()
        )
    if dice.chance(0.3 + 0.6 * skill):
        answered = created + dice.between(1, 30) * 3_600_000
        life.at(answered, dice.one(team.people), "comment", (sentence(dice, "note"), None))
    closed = max(created + 1_800_000, moment(dice, done))
    if life.issue.assignee is None:
        life.at(closed - 900_000, cast.PM, "assignee", cast.PM)
    life.at(closed, life.issue.assignee or cast.PM, "status", team.done)
    if dice.chance(0.08 * (1 - skill)):
        life.at(closed + 90_000_000, cast.PM, "status", team.todo)
        life.at(closed + 270_000_000, cast.PM, "status", team.done)


# The ones open now: project, type, summary, raised, due, owner. Written out, for a test can count them.
_OPEN: tuple[tuple[str, str, str, str, str | None, str | None], ...] = (
    (
        cast.SHOP,
        cast.ACTION,
        "Get the signed contract of the wallet provider",
        "2026-11-03",
        "2026-11-13",
        cast.PM,
    ),
    (
        cast.SHOP,
        cast.ACTION,
        "Ask legal about the new refund wording",
        "2026-11-05",
        "2026-11-18",
        cast.SOFIA,
    ),
    (
        cast.APP,
        cast.APP_TASK,
        "Send Petra the numbers on push consent",
        "2026-11-09",
        "2026-11-20",
        cast.NADIA,
    ),
    (
        cast.SHOP,
        cast.QUESTION,
        "Who owns the voucher rules after the campaign?",
        "2026-11-10",
        "2026-11-24",
        None,
    ),
    (cast.SHOP, cast.ACTION, "Book the load test for Checkout 2", "2026-11-12", "2026-11-27", cast.TOMAS),
    (cast.SHOP, cast.QUESTION, "Does finance need the tax split in the export?", "2026-11-16", None, cast.PM),
    (cast.APP, cast.APP_TASK, "Agree with support on the sign-in texts", "2026-11-17", None, None),
    (
        cast.SHOP,
        cast.ACTION,
        "Write down who decides on the return label",
        "2026-11-19",
        "2026-12-01",
        cast.AYLIN,
    ),
)


def _open(desk: Desk, dice: Dice, row: tuple[str, str, str, str, str | None, str | None]) -> None:
    project, type_id, summary, raised, due, owner = row
    created = moment(dice, date.fromisoformat(raised))
    life = desk.open(project, type_id, summary, created, due=due, assignee=owner, labels=("follow-up",))
    if owner not in {None, cast.PM}:
        asked = workday_after(date.fromisoformat(raised), 2)
        life.at(moment(dice, asked), cast.PM, "comment", (f"[~accountid:{owner}] how far are we?", None))
