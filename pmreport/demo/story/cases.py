"""The hard cases: what makes numbers wrong on real sites, each on an issue of its own.

Every row tells the whole life of one issue, so that a person can work out by hand what must come out of it.
They lie in sprints of the past winter and spring, a few points in each, and leave the last sprints alone.
"""

import re
from dataclasses import replace
from datetime import date

from pmreport.demo.catalogue import Site
from pmreport.demo.changes import TEAM_POINTS
from pmreport.demo.life import Life
from pmreport.demo.stamps import DAY_MS, HOUR_MS, local_ms
from pmreport.demo.story import cast
from pmreport.demo.story.desk import Desk
from pmreport.demo.story.diary import OFFICE, workday_after
from pmreport.demo.story.team import Team

Row = tuple[str, float | None, str]
# summary, size when it is written down (None: not estimated), then steps "when what".
# when: "MM-DD HH:MM" in office time, 2026; or start92-1h, close92, close92+400ms: about the sprint 92.
# what: born [N] (written down, in sprint N at once; without it: twelve days before its first step),
#   in N, out N (of a sprint), drag A,B (all its sprints at once), drag - (out of all), size N, size -,
#   doing, review, testing, hold, done, todo, nobody (no owner), move N (to the app, with that size there),
#   part N (a sub-task of that size, done within the hour it was estimated at).

SHOP_CASES: tuple[Row, ...] = (
    (
        "Show the voucher under the price",
        2,
        "start84-1h in 84; close84+5s in 86; 03-12 10:00 drag 84,88; 03-25 09:00 doing; 03-26 11:00 done",
    ),
    (
        "Keep the basket when the session ends",
        2,
        "start84-2d in 84; start84-1d out 84; start84-2h in 84; 02-25 09:00 doing; 02-27 15:00 done",
    ),
    (
        "Explain the delivery fee before payment",
        2,
        "start86-1h in 86; 03-11 10:00 size 3; 03-12 09:00 doing; 03-18 15:00 done; close86+2d size 8",
    ),
    (
        "Print the packing slip in the language of the customer",
        3,
        (
            "start88-1h in 88; 03-24 09:00 doing; 03-26 15:00 done; 03-31 10:00 doing; "
            "close88+6s in 90; 04-09 15:00 done"
        ),
    ),
    ("Sort the payment methods by country", 1, "start90-1h in 90; 04-16 10:00 doing; close90 done"),
    ("Hide sold-out sizes", 1, "start90-1h in 90; 04-16 11:00 doing; close90+400ms done"),
    ("Show the shop hours on the pickup page", 2, "start90-1h in 90; close90 out 90"),
    (
        "Warn before a voucher runs out",
        1,
        "start90-1h in 90; close90+400ms in 92; 04-21 09:00 doing; 04-22 15:00 done",
    ),
    ("Ask for the house number only once", 2, "04-17 14:00 in 92; 04-21 10:00 doing; 04-23 11:00 done"),
    ("Send the receipt to two addresses", 1, "04-16 10:00 in 92; 04-17 15:00 out 92"),
    (
        "Compare two baskets side by side",
        2,
        (
            "start94-1h in 94; close94+5s in 96; close96+5s in 98; close98+5s in 100; "
            "06-17 09:00 doing; 06-19 15:00 done"
        ),
    ),
    (
        "Pay with two gift cards at once",
        3,
        "start94-1h in 94; 05-05 09:00 part 1; 05-06 09:00 part 2; 05-07 09:00 doing; 05-12 15:00 done",
    ),
    ("Show prices with and without tax", 2, "start94-1h in 94; 05-06 10:00 doing; 05-08 15:00 done"),
    ("Rename the wish list", 1, "start96-3d in 96"),
    (
        "Check the card before the order is sent",
        2,
        "start96-1h in 96; 05-19 09:00 doing; 05-20 09:00 testing; 05-27 15:00 done",
    ),
    (
        "Show why an address was refused",
        1,
        "start98-1h in 98; 06-09 09:00 doing; 06-10 09:00 testing; close98+1h review; close98+5d done",
    ),
    (
        "Collect an order at the station",
        2,
        "start98-1h in 98; 06-03 09:00 hold; 06-08 09:00 doing; 06-10 15:00 done",
    ),
    (
        "Round the points of the loyalty card",
        2,
        "start100-1h in 100; 06-17 10:00 size -; 06-17 11:00 nobody; 06-22 15:00 done",
    ),
    ("Translate the size guide into Finnish", 1, "start100-1h in 100; 06-18 10:00 out 100"),
    ("Translate the size guide into Greek", 1, "start100-1h in 100; 06-18 10:30 drag -"),
    (
        "Scan the code of a gift card",
        2,
        "start90-1h in 90; 04-09 10:00 move 5; 04-10 09:00 doing; 04-14 15:00 done",
    ),
)
APP_CASES: tuple[Row, ...] = (
    (
        "Show the order in the lock screen",
        2,
        "start91-1h in 91; 04-17 09:00 hold; 04-21 09:00 doing; 04-23 15:00 done",
    ),
)
OPS_CASES: tuple[Row, ...] = (
    ("Clear the queue of refunds", None, "09-02 10:00 born; 09-04 09:00 doing; 09-06 23:40 done"),
    ("Renew the certificate of the shop", None, "09-02 11:00 born; 09-04 10:00 doing; 09-07 00:20 done"),
    (
        "Move the price import to the new server",
        None,
        "03-27 10:00 born; 03-29 01:30 doing; 03-29 03:30 done",
    ),
    (
        "Restart the search after the clocks went back",
        None,
        "10-30 10:00 born; 11-01 06:30 doing; 11-01 07:30 done",
    ),
)
_TWO_SIZES = "Show prices with and without tax"
_OTHER_SIZE = 8.0
_RANKED = "Count the parcels that came back"
_RANKS = 100
_MOMENT = re.compile(r"(start|close)(\d+)(?:([+-]\d+)(ms|s|h|d))?")
_UNITS = {"ms": 1, "s": 1000, "h": HOUR_MS, "d": DAY_MS}
_OPS_PEOPLE = (cast.MAREK, cast.OSKAR, cast.JONAS, cast.MAREK)


def tell(desk: Desk, shop: Team, app: Team) -> None:
    """Play every row, in the order above: the keys follow from it."""
    ops = replace(shop, project=cast.OPS, people=_OPS_PEOPLE)
    for team, rows in ((shop, SHOP_CASES), (app, APP_CASES), (ops, OPS_CASES)):
        for n, row in enumerate(rows):
            _play(desk, team, app, (n, row))
    _ranked(desk)


def _play(desk: Desk, team: Team, app: Team, numbered: tuple[int, Row]) -> None:
    n, (summary, size, text) = numbered
    steps = [_step(desk.site, step.strip()) for step in text.split(";")]
    first, what = steps[0]
    born = what.split()[0] == "born"
    life = desk.open(
        team.project,
        team.story if team.project != cast.OPS else team.task,
        summary,
        first if born else first - 12 * DAY_MS,
        size=None if size is None else float(size),
        assignee=team.people[n % len(team.people)],
    )
    if summary == _TWO_SIZES:
        life.issue.points[TEAM_POINTS] = _OTHER_SIZE  # somebody filled in the field of the other kind too
    for at_ms, what in steps:
        _happen(desk, (team, app), life, at_ms, what)


def _step(site: Site, text: str) -> tuple[int, str]:
    """When and what."""
    moment, _, what = text.partition(" ")
    found = _MOMENT.fullmatch(moment)
    if found is None:
        clock, _, what = what.partition(" ")
        return local_ms(date.fromisoformat(f"2026-{moment}"), clock, OFFICE), what
    sprint = site.sprints[int(found[2])]
    at_ms = sprint.start_ms if found[1] == "start" else sprint.complete_ms
    return (at_ms or 0) + int(found[3] or 0) * _UNITS[found[4] or "ms"], what


def _happen(desk: Desk, teams: tuple[Team, Team], life: Life, at_ms: int, what: str) -> None:
    team, app = teams
    moved = any(act == "move" for _at, _n, _who, act, _value in life.steps)
    statuses = _statuses(app if moved else team)
    verb, _, value = what.partition(" ")
    match verb:
        case "in" | "out":
            life.at(at_ms, cast.PM, "sprint+" if verb == "in" else "sprint-", int(value))
        case "drag":
            life.at(at_ms, cast.PM, "sprints", None if value == "-" else tuple(map(int, value.split(","))))
        case "size":
            life.at(at_ms, cast.PM, "points", None if value == "-" else float(value))
        case "nobody":
            life.at(at_ms, cast.PM, "assignee", None)
        case "move":
            key = desk.next_key(desk.site.projects[app.project])
            life.at(at_ms, cast.PM, "move", (app.project, key, app.story, app.todo))
            life.at(at_ms, cast.PM, "points", float(value))
        case "part":
            _part(desk, team, life, at_ms, float(value))
        case "born":
            pass  # the row was opened with it
        case _:
            life.at(at_ms, life.issue.assignee, "status", statuses[verb])


def _statuses(team: Team) -> dict[str, str]:
    hold = cast.APP_ON_HOLD if team.project == cast.APP else cast.ON_HOLD
    return {
        "todo": team.todo,
        "doing": team.doing,
        "review": team.review,
        "testing": cast.TESTING,
        "hold": hold,
        "done": team.done,
    }


def _part(desk: Desk, team: Team, life: Life, at_ms: int, size: float) -> None:
    """A sub-task with points and hours of its own, in the sprint of its parent from its birth."""
    parent, owner = life.issue, life.issue.assignee
    sprints = tuple(value for _at, _n, _who, act, value in life.steps if act == "sprint+")
    part = desk.open(
        team.project,
        team.subtask,
        f"{parent.summary}: part {size:g}",
        at_ms,
        size=size,
        parent=parent.id,
        sprints=sprints,
        original_s=3600,
        assignee=owner,
    )
    part.at(at_ms + HOUR_MS, owner, "work", (at_ms, 3600, ""))
    part.at(at_ms + HOUR_MS, owner, "status", team.done)


def _ranked(desk: Desk) -> None:
    """A hundred logs of 1, 2, 3, … minutes, one a working day, written down out of order."""
    day = date(2026, 1, 12)
    life = desk.open(
        cast.OPS, cast.TASK, _RANKED, local_ms(day, "09:00", OFFICE), assignee=cast.MAREK, labels=("keep",)
    )
    for n in range(_RANKS):
        minutes = 1 + n * 37 % _RANKS
        noted = local_ms(workday_after(day, n), "17:00", OFFICE)
        life.at(noted, cast.MAREK, "work", (noted - minutes * 60_000, minutes * 60, ""))
