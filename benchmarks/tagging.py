"""`pmreport tag` with twenty rules over large histories, and `tag explain` of one item.

Stores of synthetic issues, twelve changes each, as in `metrics.py`. Each command is a process of its own,
measured from its start to its end. `--keep` writes the figures into RESULTS.md.
"""

import argparse
import os
import tempfile
from pathlib import Path

import commands
import figures
import large_store

_FEW, _MANY = 20_000, 1_000_000
_LIMITS = {("tag", _FEW): 2, ("tag", _MANY): 60, ("tag explain", _FEW): 1, ("tag explain", _MANY): 1}
RULES = (  # twenty, of every kind that a person writes: fields, words, numbers, dates, sprints, the past
    "status = Done AND assignee = currentUser()",
    "assignee IS EMPTY AND statusCategory != Done",
    "type = Bug AND statusCategory = Done AND resolved >= startOfYear()",
    '"Story Points" IS EMPTY AND sprint IN openSprints()',
    '"Story Points" >= 5 AND sprint IN closedSprints() AND statusCategory != Done',
    "labels = approved AND type = Story",
    'fixVersion = "Release 40" AND statusCategory != Done',
    "due < now() AND resolution IS EMPTY",
    "due IS NOT EMPTY AND status = Done AND resolved > startOfMonth(-3)",
    'summary ~ "item" AND priority = High',
    'text ~ "question*" AND reporter = currentUser()',
    "status CHANGED TO Done AFTER startOfWeek(-4w)",
    'status CHANGED FROM "In Review" TO "In Progress" DURING (startOfMonth(-2), endOfMonth(-1))',
    'status WAS "In Review" ON startOfMonth()',
    'status WAS NOT "In Progress" AND created < -30d',
    "assignee WAS currentUser() AND assignee != currentUser()",
    "priority CHANGED AFTER startOfYear()",
    "originalEstimate > 2d AND timespent > 3d",
    "parent IS EMPTY AND type IN (Action, Question)",
    'component = "Part 3" AND updated >= -60d',
)
_GOAL = '[[goal]]\nid = "goal-{0}"\ntitle = "Goal {0}"\n'
_RULE = "[[goal.rule]]\nid = \"rule-{0}\"\njql = '''{1}'''\n"


def main() -> None:
    """Measure, print, and keep what was measured."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--issues", type=int, nargs="+", default=[_FEW, _MANY])
    words.add_argument("--rounds", type=int, default=2, help="the quickest of so many runs counts")
    words.add_argument("--keep", action="store_true", help="write the figures into RESULTS.md")
    words.add_argument("--folder", type=Path, help="where the stores are made; default: a new one")
    asked = words.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        runs = [each for issues in asked.issues for each in _measured(Path(folder), issues, asked.rounds)]
    text = commands.tell(runs, _LIMITS, figures.machine(load, asked.rounds))
    print(text)
    if asked.keep:
        figures.keep("tagging", text)


def _measured(folder: Path, issues: int, rounds: int) -> list[commands.Taken]:
    home = folder / str(issues)
    home.mkdir()
    large_store.make(home / "store.duckdb", issues)
    config = large_store.configuration(home)
    with config.open("a", encoding="utf-8") as file:
        file.write(goals())
    explained = ("tag", "explain", f"BIG-{issues // 2}", "--json")
    return [
        commands.best(rounds, config, "tag", issues, "tag", "--json"),
        commands.best(rounds, config, "tag explain", issues, *explained),
    ]


def goals() -> str:
    """Three active goals that share the rules."""
    parts = [[*enumerate(RULES)][first::3] for first in range(3)]
    return "".join(
        _GOAL.format(number) + "".join(_RULE.format(*rule) for rule in part)
        for number, part in enumerate(parts)
    )


if __name__ == "__main__":
    main()
