"""Jira Agile Metrics over issues from a file: its numbers without its charts, in its own environment.

Only its calculators are timed: reading the file and building the issue objects, which it would have from
Jira, costs it nothing.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from jira.resources import Issue
from jira_agile_metrics.calculator import run_calculators
from jira_agile_metrics.config import CALCULATORS, config_to_options
from jira_agile_metrics.querymanager import QueryManager

CONFIG = """\
Connection:
  Domain: https://large.example
Query: project = BIG
Workflow:
  To Do: To Do
  In Progress: In Progress
  In Review: In Review
  Done: Done
Output:
  Cycle time data: cycletime.csv
  CFD data: cfd.csv
  Scatterplot data: scatterplot.csv
  Histogram data: histogram.csv
  Percentiles data: percentiles.csv
  Throughput data: throughput.csv
"""


class Shelf:
    """What it takes for a connection to Jira: the issues are there already."""

    _options = {"server": "https://large.example"}  # noqa: RUF012 - as the library has it

    def __init__(self, issues: list[Issue]) -> None:
        self._issues = issues

    def fields(self) -> list[dict[str, str]]:
        """The fields it looks for by name."""
        return [{"id": "status", "name": "Status"}, {"id": "flag", "name": "Flagged"}]

    def search_issues(self, *_words: object, **_more: object) -> list[Issue]:
        """Every issue."""
        return self._issues


def main() -> None:
    """Calculate, write, and say what it took."""
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    with source.open(encoding="utf-8") as lines:
        shelf = Shelf([Issue({}, None, raw=json.loads(line)) for line in lines])
    options = config_to_options(CONFIG)
    os.chdir(folder)
    began, processor = time.perf_counter(), time.process_time()
    run_calculators(CALCULATORS, QueryManager(shelf, options["settings"]), options["settings"])
    wall, spent = time.perf_counter() - began, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    made = sorted(each.name for each in folder.glob("*.csv"))
    print(json.dumps({"wall": wall, "processor": spent, "peak_mb": peak, "files": made}))


main()
