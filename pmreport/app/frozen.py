"""The reports that were sent, as they were: a file each in `frozen/` beside the journal, never changed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from pmreport.app import digests, journal
from pmreport.app.files import slug, write_whole
from pmreport.app.wiring import Workspace
from pmreport.deliver.kept import Kept, kept
from pmreport.deliver.sent import Occasion
from pmreport.errors import BadDataError
from pmreport.render.data import document
from pmreport.report import freeze
from pmreport.report.freeze import About, Frozen
from pmreport.report.inputs import Inputs
from pmreport.report.restricted import withhold
from pmreport.report.sections import planned
from pmreport.report.told import Told
from pmreport.report.view import Report
from pmreport.store.journal import settle

_WEEKLY = "weekly"
_HINT = "a copy of your own folder may still have it; the report can be built again with --as-of"


@dataclass(frozen=True, slots=True)
class Listed:
    """A kept report, and what it told; None where its file cannot be read: then `trouble` says why."""

    kept: Kept
    told: Told | None
    trouble: str = ""


def folder(workspace: Workspace) -> Path:
    """Where they lie."""
    return workspace.config.own_folder / "frozen"


def content(workspace: Workspace, report: Report, inputs: Inputs, occasion: Occasion) -> bytes:
    """The document to keep of a report that is about to be sent, and was made from these inputs."""
    known = withhold(inputs)
    about = About(
        site=occasion.site,
        product=occasion.product,
        report=occasion.report,
        period=occasion.period,
        settings=digests.settings(workspace.config),
        plan=planned.as_told(known) if report.name == _WEEKLY else (),
    )
    return freeze.dump(freeze.rested_on(about, known), document(report))


def keep(workspace: Workspace, occasion: Occasion, what: bytes) -> str:
    """Keep a document, on the disk when this returns; the name of its file.

    One that is there already, left by a mail that no server took, is not kept twice. Nobody else may be
    sending. Raises StorageFullError or PmreportError where it cannot be written; nothing of it is left then.
    """
    path = next(path for path in _names(workspace, occasion) if _holds(path, what) is not False)
    if not path.exists():
        write_whole(path, what)
        settle(path.parent)
        settle(path.parent.parent)
    return path.name


def let_go(workspace: Workspace, name: str) -> None:
    """Remove a kept report that nobody has or may have, by the journal; one that cannot be removed stays.

    A server that is away for a day would else leave a file for every try.
    """
    if name not in {one.file for one in all_kept(workspace)}:
        with suppress(OSError):
            (folder(workspace) / name).unlink()


def all_kept(workspace: Workspace, *, by: datetime | None = None) -> tuple[Kept, ...]:
    """Every kept report that somebody has or may have (`by` a moment: had then), the oldest first."""
    config = workspace.config
    entries = [one for one in journal.read(workspace).entries if by is None or one.at <= by]
    return kept(entries, site=config.site.url, product=config.report.product or "")


def listed(workspace: Workspace) -> tuple[Listed, ...]:
    """Every kept report with what it told, the oldest first."""
    return tuple(_listed(workspace, one) for one in all_kept(workspace))


def load(workspace: Workspace, one: Kept) -> Frozen:
    """A kept report. Raises BadDataError where its file is gone, or is not what was kept."""
    path = folder(workspace) / one.file
    try:
        return freeze.load(path.read_bytes())
    except FileNotFoundError as error:
        raise BadDataError("the kept report is gone", where=str(path), hint=_HINT) from error
    except (OSError, ValueError) as error:
        raise BadDataError(f"the kept report cannot be read: {error}", where=str(path), hint=_HINT) from error


def _listed(workspace: Workspace, one: Kept) -> Listed:
    try:
        return Listed(one, load(workspace, one).told)
    except BadDataError as error:
        return Listed(one, None, error.what)


def _names(workspace: Workspace, occasion: Occasion) -> Iterator[Path]:
    """The names a report could have, in their order: weekly.2026-W47.1.json and so on."""
    start = f"{occasion.report}.{slug(occasion.period)}"
    return (folder(workspace) / f"{start}.{number}.json" for number in count(1))


def _holds(path: Path, what: bytes) -> bool | None:
    """Whether a file holds just this; None: there is no such file."""
    return path.read_bytes() == what if path.exists() else None
