"""A report, from the store to the files a person opens."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pmreport.app import building, drafts, formats, past, workbooks
from pmreport.app.drafts import Drafts
from pmreport.app.files import slug, write_all
from pmreport.app.gather import Wish
from pmreport.app.moments import Moments
from pmreport.app.rendering import MAKERS, Making, begun_page, make_ready
from pmreport.app.wiring import Workspace
from pmreport.errors import PmreportError
from pmreport.model import period as periods
from pmreport.model.period import Period
from pmreport.render.templates import Templates, load
from pmreport.report import draft_text
from pmreport.report.inputs import Inputs
from pmreport.report.restricted import withhold
from pmreport.report.view import Report
from pmreport.report.words import local_day

_INSTANT = timedelta(milliseconds=1)  # before the end: a moment as `--as-of` with a date means it
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

    @property
    def called(self) -> str:
        """What a person calls the report: by its own name where it is one of their own."""
        return self.dress or self.name


def write(workspace: Workspace, request: ReportRequest) -> tuple[Path, ...]:
    """Build a report and write its files, all of them or none; the paths in the order of the formats.

    A workbook that a person has saved is not lost where a new one takes its name: it is kept beside it.

    Raises BadDataError before the first complete sync, without any issue, and for a broken template;
    UsageError for a period, a board or a sprint that is none; PmreportError where nothing can be written.
    """
    make_ready(request.formats, workspace.config)
    shown = templates(workspace, request.dress)
    return _written(workspace, _begun(workspace, request, shown), shown)


def write_each(workspace: Workspace, request: ReportRequest) -> Iterator[Path]:
    """Build the report of each period from `2026-W30` to `2026-W47`, as `write` does, each in its own folder.

    Unless a moment is asked for, each is told as it stood at the end of its period, which is what would have
    been said then; one that is still running, as it stands now. Nothing is written where the first or the
    last of them cannot be told. Raises as `write`, and UsageError for a span that is none.
    """
    asked = request.period or ""
    every = [_at_its_end(request, one) for one in periods.span(asked, workspace.config.calendar.time_zone)]
    make_ready(request.formats, workspace.config)
    shown = templates(workspace, request.dress)
    with workspace.store.remembering():
        for end in (every[0], every[-1]):
            _moments(workspace, end)
        waiting: list[_Begun] = []  # one: its pictures are drawn while the numbers of the next are read
        for one in every:
            try:
                waiting.append(_begun(workspace, one, shown))
            except PmreportError:
                yield from _all_written(workspace, waiting, shown)
                raise
            yield from _all_written(workspace, waiting[:-1], shown)
            waiting = waiting[-1:]
        yield from _all_written(workspace, waiting, shown)


def _at_its_end(request: ReportRequest, period: Period) -> ReportRequest:
    """The request for one period of several."""
    as_of = request.as_of or min(request.now, period.end_instant - _INSTANT)
    out = request.out and request.out / slug(period.name)
    return replace(request, period=period.name, as_of=as_of, out=out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """A report whose pictures are being drawn, and what writes its page."""

    request: ReportRequest
    built: "Built"
    page: Callable[[], bytes]


def _begun(workspace: Workspace, request: ReportRequest, shown: Templates) -> _Begun:
    made_from = built(workspace, request)
    page = begun_page(made_from.report, shown, request.formats)
    return _Begun(request=request, built=made_from, page=page)


def _all_written(workspace: Workspace, waiting: Iterable[_Begun], shown: Templates) -> Iterator[Path]:
    for begun in waiting:
        yield from _written(workspace, begun, shown)


def _written(workspace: Workspace, begun: _Begun, shown: Templates) -> tuple[Path, ...]:
    request, made_from = begun.request, begun.built
    folder = request.out or workspace.config.folder / "reports" / slug(made_from.report.period)
    name = f"{_PRIVATE if request.mine else ''}{request.called}"
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
            page=begun.page,
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
    with workspace.store.remembering():  # several rooms ask the same
        when = _moments(workspace, request)
        written = _drafts(workspace, request, when)
        inputs = _inputs(workspace, request, when, written)
    return Built(report=building.view(request.name, inputs, mine=request.mine), inputs=inputs)


def _drafts(workspace: Workspace, request: ReportRequest, when: Moments) -> Drafts:
    """The drafts: as they are, or as they stood at a moment that is over."""
    if when.as_of < request.now:
        return drafts.at(workspace, request.name, when.period, when.as_of)
    return drafts.read(workspace, request.name, when.period, now=request.now, keep=request.keep)


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
    wish = Wish(
        audience=building.audience(request.name, mine=request.mine),
        sprint_ids=() if request.sprint is None else (request.sprint,),
        board_id=request.board,
        with_log=request.name == past.WEEKLY and formats.XLSX in request.formats,
    )
    found = building.inputs_of(workspace, request.name, when, wish)
    found = replace(found, draft=written.this, draft_before=written.before, draft_is_lost=written.is_lost)
    return past.with_past(workspace, found, when) if request.name == past.WEEKLY else found
