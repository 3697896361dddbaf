"""A report, from the store to the files a person opens."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pmreport.app import choice, drafts, formats, gather, goals_measures, lookups, workbooks
from pmreport.app.drafts import Drafts
from pmreport.app.files import slug, write_all
from pmreport.app.gather import Wish
from pmreport.app.moments import Moments, moments
from pmreport.app.rendering import MAKERS, Making
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError
from pmreport.goals.review import Audience
from pmreport.render.templates import Templates, load
from pmreport.report import build as builders
from pmreport.report import draft_text, indicators
from pmreport.report.inputs import Inputs
from pmreport.report.restricted import withhold
from pmreport.report.view import Report
from pmreport.report.words import local_day

_AUDIENCES = {
    "weekly": Audience.MANAGEMENT,
    "sprint": Audience.TEAM,
    "estimation": Audience.TEAM,
    "team": Audience.TEAM,
    "review": Audience.MANAGER,
}
_BUILDERS = {
    "weekly": builders.weekly,
    "sprint": builders.sprint,
    "estimation": builders.estimation,
    "team": builders.team,
    "review": builders.review,
}
_REVIEW = "review"
_NO_ISSUE = "check `projects` and `since` under [scope], then run `pmreport sync`"
_ELSEWHERE = "name another folder with --out"
_OPEN = "close the workbook where it is open, or "  # Windows keeps the file from being replaced
_PRIVATE = "PRIVATE-"  # the file says what the title says


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """Which report, about what, looked at from when, in which formats, and into which folder.

    `as_of` None is `now`; `period` None the last complete one; `out` None the folder of the period.
    `mine`: the review with private goals, for the person alone. `dress`: the report of one's own that it is
    written as. `keep`: what the person wrote for it is kept in their journal; not where they are writing it.
    """

    name: str
    now: datetime
    as_of: datetime | None = None
    period: str | None = None
    sprint: int | None = None
    board: int | None = None
    formats: tuple[str, ...] = ("html",)
    out: Path | None = None
    mine: bool = False
    dress: str = ""
    keep: bool = True


def write(workspace: Workspace, request: ReportRequest) -> tuple[Path, ...]:
    """Build a report and write its files, all of them or none; the paths in the order of the formats.

    A workbook that a person has saved is not lost where a new one takes its name: it is kept beside it.

    Raises BadDataError before the first complete sync, without any issue, and for a broken template;
    UsageError for a period, a board or a sprint that is none; PmreportError where nothing can be written.
    """
    made_from = built(workspace, request)
    shown = templates(workspace, request.dress)
    folder = request.out or workspace.config.folder / "reports" / slug(made_from.report.period)
    name = f"{_PRIVATE if request.mine else ''}{request.dress or request.name}"
    day = local_day(made_from.report.as_of - timedelta(microseconds=1), made_from.report.time_zone)
    made = []
    for form in request.formats:
        path = folder / formats.file_name(name, form, day)
        making = Making(
            report=made_from.report,
            inputs=made_from.inputs,
            templates=shown,
            config=workspace.config,
            path=path,
        )
        made.append((path, MAKERS[form](making)))
    made += workbooks.saved_versions(path for path, _ in made)
    write_all(made, hint=_OPEN + _ELSEWHERE if formats.XLSX in request.formats else _ELSEWHERE)
    return tuple(path for path, _ in made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A report as values, and what it was made from."""

    report: Report
    inputs: Inputs


def templates(workspace: Workspace, dress: str = "") -> Templates:
    """The templates: the person's own, then the shipped ones; before both, those of their report `dress`."""
    own = workspace.config.report.templates
    return load(Path(own) if own else None, dress)


def built(workspace: Workspace, request: ReportRequest) -> Built:
    """The report as values; what the person wrote for it is kept in their journal.

    Raises as `write` does, but for what is about files, and BadDataError for a draft with a fault.
    """
    when = _moments(workspace, request)
    written = drafts.read(workspace, request.name, when.period, now=request.now, keep=request.keep)
    inputs = _inputs(workspace, request, when, written)
    report = builders.review(inputs, mine=True) if request.mine else _BUILDERS[request.name](inputs)
    return Built(report=report, inputs=inputs)


def begin_draft(workspace: Workspace, request: ReportRequest) -> tuple[Path, bool]:
    """Where the draft of a report lies, and whether it was written now: one that is there is never touched.

    Raises as `built`, and PmreportError where it cannot be written.
    """
    when = _moments(workspace, request)
    path = drafts.path_of(workspace, request.name, when.period)
    if path.exists():
        return path, False
    before = drafts.before(workspace, request.name, when.period)
    inputs = _inputs(workspace, request, when, Drafts(before=before))
    return path, drafts.write_once(path, draft_text.text(withhold(inputs)))


def _moments(workspace: Workspace, request: ReportRequest) -> Moments:
    """The moments of a report. Raises BadDataError without any issue, and UsageError as `moments`."""
    site_id = workspace.site_id()
    with workspace.store.reading() as reader:
        facts = lookups.site(reader, site_id)
        if not facts.issues_known:
            raise BadDataError("there is no issue to report on", where=facts.browse_url, hint=_NO_ISSUE)
        when = moments(
            request.name,
            facts,
            asked=request.as_of or request.now,
            period=request.period,
            zone=workspace.config.calendar.time_zone,
        )
        choice.check(reader, site_id, when.looked_from, board=request.board, sprint=request.sprint)
    return when


def _inputs(workspace: Workspace, request: ReportRequest, when: Moments, written: Drafts) -> Inputs:
    """Everything the report is built from."""
    audience = Audience.PRIVATE if request.mine else _AUDIENCES[request.name]
    with_log = request.name == "weekly" and formats.XLSX in request.formats
    wish = Wish(audience=audience, sprint_id=request.sprint, board_id=request.board, with_log=with_log)
    with workspace.store.reading() as reader:
        facts = lookups.site(reader, workspace.site_id())
        found = gather.inputs(workspace, reader, facts, when, wish)
    found = replace(found, draft=written.this, draft_before=written.before)
    if request.name == _REVIEW:
        return _measured(workspace, found, when)
    return gather.with_numbers(workspace, request.name, found, when, wish)


def _measured(workspace: Workspace, inputs: Inputs, when: Moments) -> Inputs:
    """The inputs of a review with every measure of its active goals."""
    active = tuple(goal for goal in inputs.goals if goal.active)
    judged = goals_measures.measured(
        workspace, active, as_of=when.looked_from, typed_by=when.as_of, with_baseline=True
    )
    return indicators.with_indicators(inputs, judged)
