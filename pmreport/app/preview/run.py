"""A preview from its beginning to Ctrl-C."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pmreport.app import own_reports, reports
from pmreport.app.preview import server
from pmreport.app.preview.door import HOST
from pmreport.app.preview.making import Making, Shown, Workshop
from pmreport.app.preview.server import Pages
from pmreport.app.preview.watched import Seen, seen
from pmreport.app.reports import ReportRequest
from pmreport.app.wiring import Workspace, open_workspace
from pmreport.config import Config, load
from pmreport.errors import ConfigurationError
from pmreport.render import page
from pmreport.report.view import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which report, about what, in which configuration; `secret` is a part of its address."""

    config: Path
    environ: Mapping[str, str]
    name: str
    secret: str
    period: str | None = None
    sprint: int | None = None
    board: int | None = None
    port: int = 0
    watch: bool = False


def run(
    wanted: Wanted,
    *,
    clock: Callable[[], datetime],
    ready: Callable[[str], None],
    tell: Callable[[Shown], None],
) -> None:
    """Serve the page until Ctrl-C; `ready` is told its address, `tell` each time it was made.

    Raises UsageError for a report or an option that is none, and for a port that is taken; ConfigurationError
    where it has a fault from the beginning.
    """
    maker = _Maker(wanted, clock)
    maker.named(load(wanted.config))
    workshop = Workshop(Making(look=maker.look, build=maker.build, render=maker.render), tell)
    with server.listening(wanted.port) as sock:
        ready(f"http://{HOST}:{sock.getsockname()[1]}/{wanted.secret}/")
        with suppress(KeyboardInterrupt):
            workshop.now()
            server.serve(Pages(wanted.name, workshop, watching=wanted.watch), sock, wanted.secret)


class _Maker:
    """Makes the page from the files as they are; nothing is kept but the configuration that was read last."""

    def __init__(self, wanted: Wanted, clock: Callable[[], datetime]) -> None:
        self._wanted = wanted
        self._clock = clock
        self._config: Config | None = None

    def named(self, config: Config) -> own_reports.Named:
        """The report that is meant. Raises UsageError as `own_reports.named`."""
        wanted = self._wanted
        about = {"period": wanted.period, "sprint": wanted.sprint, "board": wanted.board}
        return own_reports.named(config, wanted.name, **about)

    def look(self) -> Seen:
        """How the files are. A configuration with a fault leads to the files it led to before."""
        with suppress(ConfigurationError):
            self._config = load(self._wanted.config)
        return seen(self._wanted.config, self._config)

    def build(self) -> Report:
        """The report; what the person is writing for it is not kept in their journal yet."""
        wanted = self._wanted
        workspace = self._workspace()
        request = ReportRequest(
            name=self.named(workspace.config).base,
            now=self._clock(),
            period=wanted.period,
            sprint=wanted.sprint,
            board=wanted.board,
            keep=False,
        )
        return reports.built(workspace, request).report

    def render(self, report: Report) -> str:
        """Its page, in the clothes that it has now."""
        workspace = self._workspace()
        dress = self.named(workspace.config).dress
        return page.render(report, reports.templates(workspace, dress))

    def _workspace(self) -> Workspace:
        return open_workspace(load(self._wanted.config), self._wanted.environ)
