"""The demonstration: a simulated Jira, and the real pmreport against it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pmreport.app import demo_talks, goals, pdf, reports, sync
from pmreport.app.demo_drafts import DRAFTS
from pmreport.app.files import write_whole
from pmreport.app.reports import ReportRequest
from pmreport.app.wiring import Workspace, open_workspace
from pmreport.config import load
from pmreport.demo import process
from pmreport.demo.process import RunningSimulator
from pmreport.errors import PmreportError, UsageError
from pmreport.sync.summary import Progress

_MARK = "# Made by `pmreport demo`; a new demo in this folder makes it anew."
_RATES = "rates.toml"
_RATES_TEXT = """\
# What an hour costs: a private file that nobody else may read. Budgets use it, no number ever names a person.
default = 80
hours_a_week = 20  # that each of the two teams is expected to log: the other half is support, in another tool

# [rates]  # of single people, from a day on
# "712020:1c9d7e34-6b20-4a15-92f8-0d3e5b7a6c41" = [{ rate = 75 }, { since = 2026-07-01, rate = 85 }]
"""
_SENDER = "product@aurora.example"
_MADE_ANEW = ("store.duckdb", "store.duckdb.wal", "evidence.json", "journal.jsonl")
_REPORTS = (
    ("weekly", ("html", "mail", "xlsx", "txt", "json")),
    ("sprint", ("html",)),
    ("estimation", ("html",)),
    ("team", ("html",)),
    ("review", ("html", "md")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """The files that were made, in the order in which they are worth opening, and how much was read.

    `no_pdf` says why there is no PDF among them; empty where there is one.
    """

    paths: tuple[Path, ...]
    issues: int
    changes: int
    no_pdf: str = ""


def run(
    out: Path, *, issues: int | None, dialect: str = "cloud", progress: Callable[[Progress], None]
) -> DemoResult:
    """Make every report from a simulated Jira, in `out` and nowhere else.

    Neither the user's configuration nor their keyring or environment is read, and the clock stands at the
    last instant of the simulated site. Raises UsageError for a folder that holds something else.
    """
    folder = out.resolve()
    _refuse_foreign(folder)
    progress(Progress(phase="starting a simulated Jira"))
    with process.start(issues=issues, dialect=dialect) as simulator:
        workspace = _prepare(folder, simulator)
        summary = sync.run(workspace, now=simulator.now, full=False, progress=progress)
    progress(Progress(phase="tagging items against goals"))
    tagged = goals.tag(workspace, now=simulator.now, dry_run=False)
    demo_talks.write(workspace, simulator.now)
    paths = [path for made in _reports(workspace, simulator.now, progress) for path in made]
    printed, no_pdf = _pdf(paths[0], simulator.now, progress)
    kept = [
        workspace.config.path,
        folder / _RATES,
        *(folder / "drafts" / name for name in DRAFTS),
        folder / "store.duckdb",
        folder / "journal.jsonl",
        *([tagged.path] if tagged.path else []),
    ]
    return DemoResult(
        paths=(*paths, *printed, *kept),
        issues=summary.issues.seen,
        changes=summary.changes,
        no_pdf=no_pdf,
    )


def _refuse_foreign(folder: Path) -> None:
    config = folder / "pmreport.toml"
    if not folder.exists() or not any(folder.iterdir()):
        return
    if config.is_file() and config.read_bytes().startswith(_MARK.encode()):
        return
    raise UsageError(
        "the folder holds something that no demo made, and a demo would write over it",
        where=str(folder),
        hint="name a new folder: pmreport demo --out DIR",
    )


def _prepare(folder: Path, simulator: RunningSimulator) -> Workspace:
    """The folder of the demo, made anew, with a configuration that a person could have written."""
    for name in _MADE_ANEW:
        (folder / name).unlink(missing_ok=True)
    path = folder / "pmreport.toml"
    write_whole(path, _configuration(simulator).encode())
    write_whole(folder / _RATES, _RATES_TEXT.encode())
    for name, text in DRAFTS.items():
        write_whole(folder / "drafts" / name, text.encode())
    return open_workspace(load(path), {"PMREPORT_JIRA_TOKEN": simulator.token})


def _reports(
    workspace: Workspace, now: datetime, progress: Callable[[Progress], None]
) -> Iterator[tuple[Path, ...]]:
    for name, formats in _REPORTS:
        progress(Progress(phase=f"writing the {name} report"))
        out = workspace.config.folder / "reports"
        yield reports.write(workspace, ReportRequest(name=name, now=now, formats=formats, out=out))


def _pdf(page: Path, now: datetime, progress: Callable[[Progress], None]) -> tuple[tuple[Path, ...], str]:
    """The first page printed by a browser of this computer, or why not: a demo goes on without."""
    progress(Progress(phase="printing the weekly report"))
    path = page.with_suffix(".pdf")
    try:
        write_whole(path, pdf.render(page.read_bytes(), None, as_of=now))
    except PmreportError as error:
        return (), error.what
    return (path,), ""


def _configuration(simulator: RunningSimulator) -> str:
    projects = ", ".join(f'"{key}"' for key in simulator.projects)
    login = f'email = "{simulator.email}"' if simulator.email else "# a personal access token needs no email"
    sender = f"{simulator.display_name} <{simulator.email or _SENDER}>"
    return _TEMPLATE.format(mark=_MARK, simulator=simulator, projects=projects, login=login, sender=sender)


_TEMPLATE = """{mark}
# The simulated Jira is gone; what it said is in the store, and these commands work on it:
#   pmreport --config pmreport.toml show sprints
#   pmreport --config pmreport.toml tag explain SHOP-1

[site]
name = "demo"
url = "{simulator.url}"
deployment = "{simulator.dialect}"
{login}

[scope]
projects = [{projects}]

[store]
url = "duckdb:store.duckdb"

[calendar]
time_zone = "{simulator.reporting_zone}"
holidays = "DE-BE"

[me]
account = "{simulator.account_id}"
name = "{simulator.display_name}"
folder = "."

[report]
product = "Aurora Shop"

[money]
currency = "EUR"
rates = "rates.toml"

[[initiative]]
id = "checkout"
name = "Checkout 2"
jql = 'fixVersion = "Checkout 2"'
start = 2026-09-01
finish = 2026-12-18
budget = 120000
change_label = "change-request"

[[initiative]]
id = "app-5"
name = "App 5.0"
jql = 'fixVersion = "App 5.0"'
start = 2026-09-01
finish = 2027-01-29
budget = 105000
change_label = "change-request"

[mail]
from = "{sender}"
allowed_domains = ["aurora.example"]

[mail.lists]
management = ["board@aurora.example"]
manager = ["head.of.product@aurora.example"]
team = ["team@aurora.example"]

[[goal]]
id = "estimation"
use = "catalogue:estimate-ahead"
visibility = "manager"
target = 1.5
due = 2027-03-31

[[goal]]
id = "follow-ups"
use = "catalogue:follow-up"
visibility = "manager"

[[goal]]
id = "scope"
use = "catalogue:on-scope"
visibility = "management"

[[goal]]
id = "budget"
use = "catalogue:on-budget"
active = false
visibility = "private"
"""
