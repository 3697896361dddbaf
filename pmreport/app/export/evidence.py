"""The evidence of the goals as a file: for a spreadsheet, for a program, for somebody else's eyes."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pmreport.app import goals as tagging
from pmreport.app.files import write_whole
from pmreport.app.wiring import Workspace
from pmreport.goals import catalog
from pmreport.goals.evidence import Evidence, strongest_first
from pmreport.goals.goal import Polarity
from pmreport.goals.review import Audience, shown
from pmreport.model.instant import to_ms
from pmreport.model.outgoing import Outgoing
from pmreport.render import csv_table, workbook

TABLE = Outgoing(
    name="evidence",
    columns=(
        "goal",
        "item",
        "speaks",
        "rule",
        "clause",
        "since_ms",
        "strength",
        "state",
        "note",
        "found",
        "rule_gone",
    ),
)


def pieces(workspace: Workspace, audience: Audience) -> tuple[Evidence, ...]:
    """The evidence of the goals that an audience may see, goal by goal, the strongest first.

    For others than the person, an item with a security level keeps its row and loses its key: nobody knows
    who else may hear of it.
    """
    goals = catalog.resolve(workspace.config.goals)
    known = shown(goals, tagging.load_evidence(workspace), audience)
    told = tuple(
        piece
        for goal in known.goals
        for piece in strongest_first(one for one in known.evidence if one.goal_id == goal.id)
    )
    if audience is Audience.PRIVATE:
        return told
    return tuple(replace(piece, issue_key="") if piece.restricted else piece for piece in told)


def content(found: Iterable[Evidence], form: str, now: datetime) -> bytes:
    """The file: `csv`, or `xlsx` with one sheet. Texts stay texts: none of them is ever computed."""
    rows = [[_record(piece) for piece in found]]
    with tempfile.TemporaryDirectory(prefix="pmreport-") as folder:
        path = Path(folder) / f"evidence.{form}"
        if form == "csv":
            csv_table.write(path, TABLE, rows)
        else:
            workbook.write(path, [(TABLE, rows)], made=now)
        return path.read_bytes()


def write(path: Path, text: bytes) -> None:
    """Put the file in its place, for the person's eyes alone. Raises as `write_whole`."""
    write_whole(path, text)


def _record(piece: Evidence) -> tuple[Any, ...]:
    return (
        piece.goal_id,
        piece.issue_key,
        "for" if piece.polarity is Polarity.EVIDENCE else "against",
        piece.rule_id,
        piece.clause,
        to_ms(piece.since),
        piece.strength,
        piece.state.value,
        piece.note,
        piece.matches,
        piece.rule_gone,
    )
