"""The small edits of everyday that fill a changelog, beside the steps by which an issue gets done."""

from collections import Counter
from math import exp
from statistics import NormalDist, fmean

from pmreport.demo.dice import mixed_bits
from pmreport.demo.life import Life
from pmreport.demo.stamps import DAY_MS, zulu
from pmreport.demo.story import cast

_OWN_HISTORIES = 5.25  # what the way through the columns leaves: four or five, and logged time on every other
_WIDTH = (
    0.9  # of the bell curve of the logarithms: half have few, one in two hundred has seven times the mean
)
_CLASSES = 1024
_MOST = 900  # so that histories, and what else is numbered within an issue, stay below a thousand
_TEXT = (
    "As a customer I want this to work on my phone as well, so that I can order on the way home.",
    "Done when it is in the shop, the analytics event arrives and support has seen it. See the drawing.",
    "Out of scope: the old app, prices in other currencies, and whatever needs the new payment service.",
)
_KINDS = (
    *("rank", "rank", "rank", "rank", "description", "description", "assignee", "assignee"),
    *("status", "status", "label", "label", "points", "priority", "due", "flag"),
)
_BACK_AND_FORTH: dict[str, tuple[tuple[str, object], tuple[str, object]]] = {
    "rank": (("rank", "Ranked higher"), ("rank", "Ranked lower")),
    "status": (("status", cast.TODO), ("status", cast.DOING)),
    "label": (("label+", "customer"), ("label-", "customer")),
    "points": (("points", 8.0), ("points", 13.0)),
    "priority": (("priority", "2"), ("priority", "3")),
    "flag": (("flag", True), ("flag", False)),
}


def classes(histories: int | None) -> tuple[int, ...]:
    """How many further histories an issue has, one number for each equal share of the issues.

    Their mean and the steps on the way together make `histories`; None makes nothing further.
    """
    mean = (histories or 0) - _OWN_HISTORIES
    if mean <= 0:
        return ()
    bell = NormalDist(0, _WIDTH)
    shape = [exp(bell.inv_cdf((n + 0.5) / _CLASSES)) for n in range(_CLASSES)]
    scale = mean / fmean(shape)
    return tuple(min(_MOST, round(scale * each)) for each in shape)


def plan(life: Life, amount: int, bits: int, between: tuple[int, int]) -> None:
    """Plan so many edits within the span, none of which leaves the issue as it is."""
    low, high = between
    done: Counter[str] = Counter()
    for n in range(amount):
        at_ms = low + (high - low) * (n + 1) // (amount + 1)
        chance = mixed_bits(bits, n)
        kind = _KINDS[chance & 15]
        author = (cast.PM, *cast.APP_TEAM)[(chance >> 4) % (1 + len(cast.APP_TEAM))]
        life.at(at_ms, author, *_edit(kind, done[kind], bits, low))
        done[kind] += 1


def _edit(kind: str, turn: int, bits: int, since_ms: int) -> tuple[str, object]:
    """The act and its value; each turn undoes or outdoes the one before."""
    if kind == "description":
        return kind, "\n".join((*_TEXT[: 1 + turn % 3], f"Version {turn + 1}."))
    if kind == "due":
        return kind, zulu(since_ms + (20 + turn) * DAY_MS)[:10]
    if kind == "assignee":
        return kind, cast.APP_TEAM[((bits >> 8) + 1 - turn % 2) % 4]  # the owner has it in every other turn
    return _BACK_AND_FORTH[kind][turn % 2]
