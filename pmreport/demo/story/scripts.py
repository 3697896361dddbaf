"""Three sprints written out line by line, so that a person can work them by hand."""

from datetime import date

from pmreport.demo.life import Life
from pmreport.demo.stamps import DAY_MS, local_date, local_ms
from pmreport.demo.story import cast
from pmreport.demo.story.desk import Desk
from pmreport.demo.story.diary import OFFICE, Span, workday_after
from pmreport.demo.story.team import Entry, Team

HOURS_PER_POINT = 4
_CHUNK_S = 6 * 3600
_UNSIZED_S = 7200
Row = tuple[str, str, float | None, str]
# name, summary, size at the start (None: not estimated), then steps "MM-DD HH:MM what" in office time, 2026.
# in: planned before the start; born: created in the sprint at that time; add, out, done, doing, reopen,
# size N, carry (into the next sprint a few seconds after the close), late (done after the close), flag.

SHOP_25: tuple[Row, ...] = (
    ("A", "Pay with a saved card in one step", 5, "11-03 10:00 doing; 11-06 11:00 done"),
    ("B", "Wallet button on the basket page", 8, "11-04 09:30 doing; 11-11 15:00 done"),
    (
        "C",
        "Show the delivery date before payment",
        3,
        "11-04 10:15 size 5; 11-05 09:00 doing; 11-10 11:00 done",
    ),
    ("D", "Measure where guests give up", None, "11-03 14:00 size 2; 11-09 09:00 doing; 11-12 10:00 done"),
    ("E", "Split an order over two addresses", 5, "11-05 11:00 out"),
    ("F", "Round totals the way the bank does", 3, "11-06 09:10 add; 11-06 13:00 doing; 11-12 16:00 done"),
    ("G", "Voucher text in plain words", 3, "10-29 09:00 doing; 10-30 12:00 done"),
    (
        "H",
        "Retry a payment after a timeout",
        2,
        "11-03 11:00 doing; 11-05 15:00 done; 11-09 10:00 reopen; 11-11 12:00 done",
    ),
    ("I", "Refund to the wallet it came from", 3, "11-11 09:00 doing; carry; 11-19 15:00 done"),
    (
        "J",
        "Remember the last pickup point",
        3,
        "11-04 12:00 out; 11-06 12:00 add; 11-09 11:00 doing; 11-12 14:00 done",
    ),
    (
        "K",
        "Hide the wallet where it is not offered",
        1,
        "11-09 16:00 born; 11-10 09:00 doing; 11-10 15:00 done",
    ),
    ("L", "Log every refused card", 2, "11-12 09:00 doing; carry; 11-13 20:30 done"),
)
SHOP_26: tuple[Row, ...] = (
    ("N", "Guest checkout on one page", 5, "11-16 13:00 doing; 11-19 16:00 done"),
    ("O", "Invoice as a PDF after payment", 8, "11-17 09:00 doing"),
    ("P", "Tell the customer why a card was refused", 3, "11-16 14:00 doing; 11-20 11:00 done"),
    ("Q", "Tax of gift cards", 2, "11-18 10:00 flag"),
    ("R", "Switch between guest and account", 5, "11-17 10:00 doing"),
    ("S", "Show instalments for Norway", 3, "11-18 15:00 add"),
    ("T", "Save the basket of a guest", 2, "11-18 11:00 size 3; 11-19 09:00 doing"),
    ("U", "Compare delivery prices", 5, "11-19 14:00 out"),
)
APP_25: tuple[Row, ...] = (
    ("a", "Sign in with the face", 3, "10-29 10:00 doing; 11-02 15:00 done"),
    ("b", "Orders at a glance on the first screen", 5, "10-29 11:00 doing; 11-04 16:00 done"),
    ("c", "Pay in the app with a saved card", 8, "10-30 09:00 doing; 11-09 12:00 done"),
    ("d", "Mute push messages at night", 2, "11-02 10:00 size 3; 11-03 09:00 doing; 11-05 11:00 done"),
    ("e", "Larger letters in the profile", 1, "11-03 13:00 doing; 11-03 17:00 done"),
    ("f", "Fix the empty wish list", 2, "11-04 10:00 add; 11-05 09:00 doing; 11-06 12:00 done"),
    ("g", "Scan a parcel to return it", 3, "11-09 09:00 doing; carry; 11-16 12:00 done"),
    ("h", "Remove the old start screen", 0, "11-05 14:00 doing; 11-06 10:00 done"),
)


def tell(desk: Desk, team: Team, span: Span, following: int, rows: tuple[Row, ...]) -> list[Entry]:
    """Play the rows of one sprint. Returns what is carried into the following one."""
    carried = []
    for n, (_name, summary, size, steps) in enumerate(rows):
        life = _written(desk, team, span, (n, summary, size, steps))
        for text in steps.split("; "):
            _step(team, span, following, life, text)
        if "carry" in steps:
            carried.append(Entry(life=life, size=size, actual_s=0))
    return carried


def _at(text: str) -> int:
    day, clock = text.split(" ")[:2]
    return local_ms(date.fromisoformat(f"2026-{day}"), clock, OFFICE)


def _written(desk: Desk, team: Team, span: Span, row: tuple[int, str, float | None, str]) -> Life:
    n, summary, size, steps = row
    born = "born" in steps
    added = steps.split(";")[0].endswith("add")
    life = desk.open(
        team.project,
        team.story,
        summary,
        _at(steps) if born else span.start_ms - (12 + n) * DAY_MS,
        size=size,
        original_s=None if not size else round(size * HOURS_PER_POINT * 3600),
        assignee=team.people[n % 4],
        labels=("grow",) if n % 2 else ("enhance",),
        components=(team.components[n % 2],),
        parent=team.epics[5].issue.id,
        versions=(team.second_version,),
        sprints=(span.id,) if born else (),
    )
    if not born and not added:
        life.at(span.start_ms - (60 - n) * 60_000, cast.PM, "sprint+", span.id)
    return life


def _step(team: Team, span: Span, following: int, life: Life, text: str) -> None:
    owner = life.issue.assignee
    if text == "carry":
        life.at((span.close_ms or 0) + 4_000 + life.issue.id % 10 * 700, cast.PM, "sprint+", following)
        return
    what = text.split(" ")[2]
    at_ms = _at(text)
    match what:
        case "doing" | "reopen":
            life.at(at_ms, owner, "status", team.doing)
        case "done":
            life.at(at_ms, owner, "status", team.done)
            _log(life, owner, at_ms)
        case "add":
            life.at(at_ms, cast.PM, "sprint+", span.id)
            life.at(at_ms + 60_000, cast.PM, "label+", "change-request")
        case "out":
            life.at(at_ms, cast.PM, "sprint-", span.id)
        case "size":
            life.at(at_ms, cast.PM, "points", float(text.rsplit(" ", 1)[1]))
        case "flag":
            life.at(at_ms, owner, "flag", True)
        case _:
            pass  # born: the row was opened with it


def _log(life: Life, owner: str | None, done_ms: int) -> None:
    """A little more than the estimate, logged twice a day up to the moment it is done."""
    left = (life.issue.original_s or _UNSIZED_S) // 900 * (100 + life.issue.id % 30) // 100 * 900
    number = 0
    while left > 0:
        amount = min(_CHUNK_S, left)
        left -= amount
        day = workday_after(local_date(done_ms, OFFICE), -((number + 1) // 2))
        noted = local_ms(day, "17:00" if number % 2 else "12:30", OFFICE) if number else done_ms - 60_000
        life.at(noted, owner, "work", (noted - amount * 500, amount, ""))
        number += 1
