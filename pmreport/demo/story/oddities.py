"""The awkward cases that real sites have, each on an issue of its own."""

from datetime import date

from pmreport.demo.dice import Dice
from pmreport.demo.stamps import DAY_MS, local_ms
from pmreport.demo.story import cast
from pmreport.demo.story.desk import Desk
from pmreport.demo.story.diary import NOW_MS, OFFICE, Span
from pmreport.demo.story.team import Team
from pmreport.demo.story.words import sentence

_LOGGED = 45
_HOSTILE = (
    "<script>alert(1)</script> & co",
    '=HYPERLINK("http://evil.example","x")',
    "\u202egnp.exe\u202c shows as a picture \U0001f389\U0001f469\u200d\U0001f680",
    "A summary that never ends: " + "and then the customer goes back, " * 6,
    "Comma, \"quotes\", 'single', |pipe|, back`tick and \\slash",
)


def tell(desk: Desk, shop: Team, app: Team, spans: list[Span], seed: int) -> None:
    """Hostile texts, a move between projects, very long histories, links, a hidden comment."""
    dice = Dice(seed, "oddities")
    _hostile(desk, shop)
    _moved(desk, shop, app, spans[9])
    _long(desk, dice)
    _linked(desk, shop, dice)
    _secret(desk)


def _hostile(desk: Desk, team: Team) -> None:
    for n, summary in enumerate(_HOSTILE):
        life = desk.open(
            cast.SHOP,
            team.bug,
            summary,
            local_ms(date(2026, 10, 19 + n), "10:00", OFFICE),
            reporter=cast.FORMER,
            description=f"{summary}\n{{code}}rm -rf /{{code}}",
            labels=("keep",),
        )
        life.at(life.issue.created_ms + DAY_MS, cast.JONAS, "comment", (summary, None))
        life.at(
            life.issue.created_ms + 2 * DAY_MS,
            cast.HEAD,
            "comment",
            ("RISK: only for the board.", "Administrators"),
        )


def _moved(desk: Desk, shop: Team, app: Team, span: Span) -> None:
    """An issue that was in a sprint of the shop and then went to the app, with a new key and the same id."""
    life = desk.open(
        cast.SHOP,
        shop.story,
        "Scan a voucher with the camera",
        span.start_ms - 9 * DAY_MS,
        size=3.0,
        assignee=cast.AYLIN,
    )
    life.at(span.start_ms - 3_600_000, cast.PM, "sprint+", span.id)
    key = desk.next_key(desk.site.projects[cast.APP])
    life.at(span.start_ms + 20 * DAY_MS, cast.PM, "move", (cast.APP, key, app.story, app.todo))
    life.at(span.start_ms + 20 * DAY_MS, cast.PM, "points", 5.0)  # the other field; the old one keeps its 3


def _long(desk: Desk, dice: Dice) -> None:
    """More histories, worklogs and comments than fit on a page."""
    start = local_ms(date(2026, 6, 1), "10:00", OFFICE)
    life = desk.open(
        cast.OPS,
        cast.TASK,
        "Nightly import of prices",
        start,
        assignee=cast.MAREK,
        description="Runs at two.",
    )
    for n in range(130):
        at_ms = start + (n + 1) * DAY_MS
        life.at(at_ms, cast.MAREK if n % 7 else None, "priority", "2" if n % 2 == 0 else "3")
        life.at(at_ms + 60_000, cast.MAREK, "comment", (sentence(dice, "note"), None))
        if n < _LOGGED:
            life.at(at_ms + 120_000, cast.MAREK, "work", (at_ms, 1800, ""))
    life.at(start + 140 * DAY_MS, cast.MAREK, "status", cast.DOING)


def _linked(desk: Desk, team: Team, dice: Dice) -> None:
    own = [
        life for life in desk.lives if life.issue.project == team.project and life.issue.type == team.story
    ]
    for n in range(6, len(own) - 12, 6):
        first, second = own[n], own[n + dice.between(1, 9)]
        at_ms = max(first.issue.created_ms, second.issue.created_ms) + 7_200_000
        if at_ms < NOW_MS - DAY_MS:
            desk.link(dice.one(("Blocks", "Blocks", "Relates")), first, second, at_ms, cast.PM)


def _secret(desk: Desk) -> None:
    """An issue with a security level: it never belongs into a mail."""
    created = local_ms(date(2026, 10, 12), "09:00", OFFICE)
    life = desk.open(
        cast.SHOP,
        cast.TASK,
        "Prices of the next supplier contract",
        created,
        restricted=True,
        assignee=cast.PM,
    )
    life.at(created + DAY_MS, cast.PM, "comment", ("DECISION: we leave the supplier in spring.", None))
