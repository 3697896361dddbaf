"""What the product manager writes on the epics: the remarks a report is made from."""

from datetime import date, timedelta

from pmreport.demo.dice import Dice
from pmreport.demo.stamps import local_ms
from pmreport.demo.story import cast
from pmreport.demo.story.diary import OFFICE
from pmreport.demo.story.team import Team
from pmreport.demo.story.words import sentence

_LAST_WEEKS = (
    ("2026-11-06 16:40", 5, "SUMMARY: Checkout on one page works for saved cards; wallets follow next week."),
    (
        "2026-11-10 11:20",
        4,
        "RISK: the wallet provider has not signed; without it a tenth of the orders stays on the old page.",
    ),
    (
        "2026-11-12 15:05",
        5,
        "DECISION: instalments start in Norway only, the other countries wait for legal.",
    ),
    (
        "2026-11-13 16:50",
        5,
        "SUMMARY: Wallet refunds go back to the wallet; the old refund page is switched off.",
    ),
    (
        "2026-11-17 10:15",
        5,
        "ASK: two days of the load test team before 4 December, or the campaign runs untested.",
    ),
    (
        "2026-11-18 09:30",
        5,
        f"ACTION [~accountid:{cast.TOMAS}] by 2026-11-27: book the load test for Checkout 2.",
    ),
    (
        "2026-11-18 09:35",
        4,
        f"QUESTION [~accountid:{cast.HEAD}]: who owns the voucher rules after the campaign?",
    ),
    (
        "2026-11-19 14:10",
        5,
        "DECISION: comparing delivery prices leaves this sprint; guests on one page come first.",
    ),
    (
        "2026-11-20 15:45",
        5,
        "SUMMARY: Guest checkout is on one page for everybody; fewer guests give up at the address.",
    ),
    ("2026-11-20 15:50", 4, "RISK: gift card tax is unclear for Austria; finance answers by Wednesday."),
)


def tell(shop: Team, app: Team, seed: int) -> None:
    """A remark a week on an epic of each team through the year; the last ones written out."""
    day = date(2025, 12, 5)
    while day < date(2026, 11, 1):
        for team in (shop, app):
            dice = Dice(seed, f"letter/{team.kind}/{day}")
            ready = [e for e in team.epics if e.issue.created_ms < local_ms(day, "08:00", OFFICE)]
            life = dice.one(ready or team.epics[:1])
            life.at(
                local_ms(day, "15:30", OFFICE) + dice.between(0, 3_600_000),
                cast.PM,
                "comment",
                (sentence(dice, "note"), None),
            )
        day += timedelta(days=7)
    for when, epic, text in _LAST_WEEKS:
        at_ms = local_ms(date.fromisoformat(when[:10]), when[11:], OFFICE)
        shop.epics[epic].at(at_ms, cast.PM, "comment", (text, None))
