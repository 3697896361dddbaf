"""The draft of a report: written once for the person to fill in, then read and kept in their journal."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pmreport.app import journal
from pmreport.app.wiring import Workspace
from pmreport.config import draft as reading
from pmreport.errors import BadDataError, PmreportError, StorageFullError, is_full
from pmreport.model.journal_kinds import DraftVersion
from pmreport.model.journal_state import draft_versions
from pmreport.model.period import Period
from pmreport.report.draft import Draft

NAMES = ("weekly",)  # the reports that a person writes parts of
_INSTANT = timedelta(microseconds=1)
_HINT = "the files in it are yours: give yourself the right to write there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """What the person wrote for a period and for the one before it; None: nothing.

    `is_lost`: what was written for it by then is not known, as no report was made from it by then.
    """

    this: Draft | None = None
    before: Draft | None = None
    is_lost: bool = False


def path_of(workspace: Workspace, name: str, period: Period) -> Path:
    """Where the draft of a report lies: `drafts/2026-W47.weekly.md` beside the configuration."""
    return workspace.config.folder / "drafts" / f"{period.name}.{name}.md"


def at(workspace: Workspace, name: str, period: Period, then: datetime) -> Drafts:
    """The drafts as a report was last made from them by `then`, a moment that is over.

    The file itself tells what was written since, and nobody can say what it held then.
    """
    if name not in NAMES:
        return Drafts()
    this = _kept(workspace, name, period, then)
    return Drafts(
        this=this,
        before=_kept(workspace, name, period.previous(), _in_time(period, then)),
        is_lost=this is None,
    )


def read(workspace: Workspace, name: str, period: Period, *, now: datetime, keep: bool = True) -> Drafts:
    """The drafts that a report is made from; the version read of its own is kept in the journal if `keep`.

    The one before is taken as it stood when its report was last made before this period ended: a plan that is
    rewritten afterwards is no promise. Raises BadDataError that names every fault of a draft with its place,
    and for a file that cannot be read.
    """
    if name not in NAMES:
        return Drafts()
    known = journal.read(workspace).entries
    text = _text(path_of(workspace, name, period))
    this = None
    if text is not None:
        this = reading.parse(text, str(path_of(workspace, name, period)))
        versions = draft_versions(known, name, period.name)
        if keep and (not versions or versions[-1][1] != text):
            journal.write(workspace, DraftVersion(report=name, period=period.name, text=text), now=now)
    return Drafts(this=this, before=before(workspace, name, period))


def before(workspace: Workspace, name: str, period: Period) -> Draft | None:
    """What the person wrote for the period before, as `read` takes it."""
    earlier = period.previous()
    kept = _kept(workspace, name, earlier, _in_time(period))
    path = path_of(workspace, name, earlier)
    text = None if kept is not None else _text(path)
    return kept if text is None else reading.parse(text, str(path))


def _in_time(period: Period, then: datetime | None = None) -> datetime:
    """Until when the plan of the week before may be written to be a promise for this one."""
    end = period.end_instant - _INSTANT
    return end if then is None else min(end, then)


def _kept(workspace: Workspace, name: str, period: Period, then: datetime) -> Draft | None:
    """The draft as the journal knows it of a moment; None where no report was made from it by then."""
    versions = draft_versions(journal.read(workspace).entries, name, period.name)
    texts = [text for at, text in versions if at <= then]
    return reading.parse(texts[-1], str(path_of(workspace, name, period))) if texts else None


def write_once(path: Path, text: str) -> bool:
    """Write a new draft; whether it was written: one that is there already is never touched.

    Raises StorageFullError or PmreportError where it cannot be written; nothing of it is left then.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            return False
        raise _refused(path, error) from error
    try:
        with os.fdopen(file, "wb") as out:
            out.write(text.encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _refused(path, error) from error
    return True


def _text(path: Path) -> str | None:
    """The text of a draft without carriage returns; None where there is no such file."""
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        hint = "save it again as UTF-8"
        raise BadDataError("the draft is not UTF-8 text", where=f"{path}:{line}", hint=hint) from error
    except OSError as error:
        raise BadDataError(f"cannot read the draft: {error.strerror}", where=str(path)) from error


def _refused(path: Path, error: OSError) -> PmreportError:
    if is_full(error):
        return StorageFullError("the disk is full; no draft was written", where=str(path.parent))
    return PmreportError(f"cannot write the draft: {error.strerror}", where=str(path.parent), hint=_HINT)
