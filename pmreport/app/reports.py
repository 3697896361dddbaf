"""A report, from the store to the files a person opens."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pmreport.app import building, drafts, past
from pmreport.app.drafts import Drafts
from pmreport.app.files import slug, write_all
from pmreport.app.moments import Moments
from pmreport.app.wiring import Workspace
from pmreport.config import Config
from pmreport.deliver.message import Letter, build
from pmreport.errors import BadDataError
from pmreport.model import period as periods
from pmreport.model.period import Period
from pmreport.render import data, mail, markdown, page, text
from pmreport.render.templates import Templates, load
from pmreport.report import draft_text
from pmreport.report.inputs import Inputs
from pmreport.report.restricted import withhold
from pmreport.report.view import Report

_LISTS = {
    "weekly": "management",
    "sprint": "team",
    "estimation": "team",
    "team": "team",
    "review": "manager",
}
_SUFFIXES = {"html": "html", "mail": "eml", "md": "md", "json": "json", "txt": "txt"}
_INSTANT = timedelta(milliseconds=1)  # before the end: a moment as `--as-of` with a date means it
_PRIVATE = "PRIVATE-"  # the file says what the title says


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """Which report, about what, looked at from when, in which formats, and into which folder.

    `as_of` None is `now`; `period` None the last complete one; `out` None the folder of the period.
    `mine`: the review with private goals, for the person alone.
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


def write(workspace: Workspace, request: ReportRequest) -> tuple[Path, ...]:
    """Build a report and write its files, all of them or none; the paths in the order of the formats.

    Raises BadDataError before the first complete sync, without any issue, and for a broken template;
    UsageError for a period, a board or a sprint that is none; PmreportError where nothing can be written.
    """
    return _write(workspace, request, templates(workspace))


def write_each(workspace: Workspace, request: ReportRequest) -> Iterator[Path]:
    """Build the report of each period from `2026-W30` to `2026-W47`, as `write` does, each in its own folder.

    Unless a moment is asked for, each is told as it stood at the end of its period, which is what would have
    been said then; one that is still running, as it stands now. Nothing is written where the first or the
    last of them cannot be told. Raises as `write`, and UsageError for a span that is none.
    """
    asked = request.period or ""
    every = [_at_its_end(request, one) for one in periods.span(asked, workspace.config.calendar.time_zone)]
    shown = templates(workspace)
    with workspace.store.remembering():
        for end in (every[0], every[-1]):
            _moments(workspace, end)
        for one in every:
            yield from _write(workspace, one, shown)


def _at_its_end(request: ReportRequest, period: Period) -> ReportRequest:
    """The request for one period of several."""
    as_of = request.as_of or min(request.now, period.end_instant - _INSTANT)
    out = request.out and request.out / slug(period.name)
    return replace(request, period=period.name, as_of=as_of, out=out)


def _write(workspace: Workspace, request: ReportRequest, shown: Templates) -> tuple[Path, ...]:
    report = built(workspace, request).report
    folder = request.out or workspace.config.folder / "reports" / slug(report.period)
    name = f"{_PRIVATE if request.mine else ''}{request.name}"
    made = [
        (folder / f"{name}.{_SUFFIXES[form]}", _rendered(form, report, shown, workspace.config))
        for form in request.formats
    ]
    write_all(made, hint="name another folder with --out")
    return tuple(path for path, _ in made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A report as values, and what it was made from."""

    report: Report
    inputs: Inputs


def templates(workspace: Workspace) -> Templates:
    """The templates: the person's own, then the shipped ones."""
    own = workspace.config.report.templates
    return load(Path(own) if own else None)


def built(workspace: Workspace, request: ReportRequest) -> Built:
    """The report as values; what the person wrote for it is kept in their journal.

    Raises as `write` does, but for what is about files, and BadDataError for a draft with a fault.
    """
    when = _moments(workspace, request)
    written = drafts.read(workspace, request.name, when.period, now=request.now)
    inputs = _inputs(workspace, request, when, written)
    return Built(report=building.view(request.name, inputs, mine=request.mine), inputs=inputs)


def begin_draft(workspace: Workspace, request: ReportRequest) -> tuple[Path, bool]:
    """Where the draft of a report lies, and whether it was written now: one that is there is never touched.

    Raises as `built`, and PmreportError where it cannot be written.
    """
    when = _moments(workspace, request)
    path = drafts.path_of(workspace, request.name, when.period)
    if path.exists():
        return path, False
    before = drafts.before(workspace, request.name, when.period)
    found = replace(building.inputs_of(workspace, request.name, when), draft_before=before)
    inputs = past.with_plan(workspace, found, when)
    return path, drafts.write_once(path, draft_text.text(withhold(inputs)))


def _moments(workspace: Workspace, request: ReportRequest) -> Moments:
    return building.moments_of(
        workspace,
        request.name,
        asked=request.as_of or request.now,
        period=request.period,
        board=request.board,
        sprint=request.sprint,
    )


def _inputs(workspace: Workspace, request: ReportRequest, when: Moments, written: Drafts) -> Inputs:
    """Everything the report is built from."""
    found = building.inputs_of(
        workspace, request.name, when, board=request.board, sprint=request.sprint, mine=request.mine
    )
    found = replace(found, draft=written.this, draft_before=written.before)
    return past.with_past(workspace, found, when) if request.name == past.WEEKLY else found


def _rendered(form: str, report: Report, templates: Templates, config: Config) -> bytes:
    match form:
        case "html":
            return page.render(report, templates).encode()
        case "txt":
            return text.render(report, templates).encode()
        case "md":
            return markdown.render(report, templates).encode()
        case "json":
            return data.render(report).encode()
        case "mail":
            return build(letter(report, templates, config))
        case _:
            raise BadDataError(f"there is no format {form}")


def letter(report: Report, templates: Templates, config: Config) -> Letter:
    """The mail as a draft, for the person to look at and send."""
    made = mail.render(report, templates)
    host = urlsplit(report.site_url).hostname or "localhost"
    sender = config.mail.sender or config.site.email or f"pmreport@{host}"
    return Letter(
        subject=made.subject,
        html=made.html,
        text=made.text,
        sender=sender,
        recipients=tuple(config.mail.lists.get(_LISTS[report.name], ())),
        date=report.as_of,
        domain=sender.rpartition("@")[2].rstrip(">"),
        list_id=f"{report.product} {report.name}",
        draft=True,
    )
