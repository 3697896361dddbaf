"""What a report of the past says: what would have been said then, and nothing that came later."""

import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pmreport.app import journal
from pmreport.app.numbers.quality import quality
from pmreport.app.wiring import open_workspace
from pmreport.cli import clock
from pmreport.cli.boundary import run
from pmreport.config import load
from pmreport.demo.dialect import CLOUD
from pmreport.metrics.quality.finding import Finding, Grade
from pmreport.model.journal_goals import (
    ActionResult,
    ActionState,
    EvidenceDecision,
    Logged,
    LogKind,
    SignOff,
    Verdict,
)
from pmreport.model.journal_kinds import (
    Baseline,
    FollowUp,
    FollowUpType,
    Payload,
    QualityException,
    Range,
    Sending,
    Sent,
)
from pmreport.model.problem import Problem, ProblemKind
from pmreport.sync import record
from tests.support.configured import configured
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import motley

THEN = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
LATER = THEN + timedelta(days=1)
MARK = "Xylophone"
RISK = "The supplier may be late"
WORDS = """
[report]
product = "Acme"
[mail]
transport = "folder"
folder = "sent"
from = "pm@acme.example"
allowed_domains = ["acme.example"]
[mail.lists]
management = ["boss@acme.example"]
manager = ["lead@acme.example"]
[[goal]]
id = "ahead"
use = "catalogue:estimate-ahead"
target = 1.5
visibility = "management"
[[goal]]
id = "list"
use = "catalogue:written-list"
[[goal]]
id = "promises"
title = "Keep promises"
[[goal.rule]]
id = "done"
jql = "statusCategory = Done"
"""
DRAFT = '+++\nbottom_line = "The pilot is live."\n[[override]]\ndimension = "scope"\ncolour = "amber"\n'
DRAFT += 'reason = "We agreed on it"\nuntil = 2026-11-23\n+++\n'
FORMATS = "html,json,txt,mail"
NAMES = ("weekly", "sprint", "team", "review")


def said(folder: Path, at: datetime, *words: str, token: str = "") -> None:
    """What a person types at a moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: at)
        environ = {"PMREPORT_JIRA_TOKEN": token}
        assert run(["--config", str(folder / "pmreport.toml"), *words], environ) == 0


def written(
    folder: Path, out: str, at: datetime, *more: str, names: Iterable[str] = NAMES
) -> dict[str, bytes]:
    """The files of these reports."""
    for name in names:
        said(folder, at, "report", name, "--format", FORMATS, "--out", str(folder / out), *more)
    return {path.name: path.read_bytes() for path in sorted((folder / out).iterdir())}


def first_issue(simulator: Simulator) -> str:
    """The key of an issue."""
    return next(one.key for one in simulator.state.corpus.issues() if one.key.startswith("SHOP-"))


def happen(simulator: Simulator, folder: Path) -> None:
    """A day later: in Jira, in the draft, in the configuration, and in the journal by every kind of entry."""
    issue = first_issue(simulator)
    for text in ("RISK", "ASK @boss", "SUMMARY", "DECISION", "ACTION @ana by 2026-12-01", "QUESTION @ana"):
        simulator.edit(do="comment", issue=issue, text=f"{text}: {MARK}", at_ms=_ms(LATER))
    simulator.edit(do="label+", issue=issue, value=MARK, at_ms=_ms(LATER))
    simulator.edit(do="flag", issue=issue, value=True, at_ms=_ms(LATER))
    simulator.edit(do="create", project="SHOP", summary=MARK, at_ms=_ms(LATER))
    (folder / "drafts" / "2026-W47.weekly.md").write_text(DRAFT.replace("The pilot", MARK), encoding="utf-8")
    config = folder / "pmreport.toml"
    text = config.read_text(encoding="utf-8").replace("target = 1.5", "target = 1.2")
    config.write_text(text.replace('title = "Keep promises"', 'title = "Keep promises"\nactive = false'))
    workspace = open_workspace(load(config), {})
    (logged,) = (one for one in journal.read(workspace).entries if isinstance(one.payload, Logged))
    sending = Sending(
        site=simulator.site.url,
        product="Acme",
        report="weekly",
        period="2026-W46",
        recipient=f"{MARK}@acme.example",
        message_id="<1@acme.example>",
        body_sha256="ab",
        frozen="weekly.2026-W46.1.json",
    )
    day = date(2026, 11, 24)
    payloads: tuple[Payload, ...] = (
        *(
            Logged(goal="ahead", text=MARK, what=kind, on=day, score=2, due=day, subject=MARK)
            for kind in LogKind
        ),
        ActionResult(entry=logged.id, state=ActionState.MISSED, on=day, reason=MARK),
        SignOff(entry=logged.id, reviewer=MARK),
        EvidenceDecision(
            goal="list", issue_id=1, key="SHOP-1", verdict=Verdict.REJECTED, note=MARK, pieces=()
        ),
        Range(
            about=issue, low=Decimal(1), high=Decimal(2), confidence=Decimal("0.8"), goal="ahead", text=MARK
        ),
        FollowUp(type=FollowUpType.RISK, statement=MARK, owner=MARK, due=day),
        QualityException(check="H1", key=issue, until=date(2027, 1, 1), reason=MARK),
        Baseline(initiative="pilot", reason=MARK, as_of=LATER, jql="project = SHOP", items=()),
        sending,
        Sent(
            site=sending.site,
            product="Acme",
            report="weekly",
            period="2026-W46",
            recipient=sending.recipient,
            message_id=sending.message_id,
            body_sha256="ab",
            frozen=sending.frozen,
        ),
    )
    for payload in payloads:
        journal.write(workspace, payload, now=LATER)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, bytes]]]:
    """The reports as they were made on a Monday, in a folder where much has happened since."""
    folder = tmp_path_factory.mktemp("as-of")
    with serving(motley(CLOUD, ("SHOP",), of_each=6, oldest=2)) as simulator:
        token = simulator.site.token
        risk = {
            "issue": first_issue(simulator),
            "text": f"RISK: {RISK}",
            "at_ms": _ms(THEN - timedelta(days=2)),
        }
        simulator.edit(do="comment", **risk)
        configured(folder, simulator.site, "SHOP", more=WORDS)
        said(folder, THEN, "sync", token=token)
        said(folder, THEN, "tag")
        said(folder, THEN, "goals", "log", "ahead", "Ask first", "--kind", "action", "--due", "2026-12-01")
        (folder / "drafts").mkdir()
        (folder / "drafts" / "2026-W47.weekly.md").write_text(DRAFT, encoding="utf-8")
        then = written(folder, "then", THEN)
        happen(simulator, folder)
        said(folder, LATER, "sync", token=token)
        said(folder, LATER, "tag")
        written(folder, "now", LATER, names=("weekly",))
    yield folder, then
    shutil.rmtree(folder)


def test_a_report_of_the_past_is_what_was_said_then(told: tuple[Path, dict[str, bytes]]) -> None:
    """To the byte, in every format, whatever was written, decided, sent and changed since."""
    folder, then = told
    again = written(folder, "again", LATER, "--as-of", THEN.isoformat())
    now = {path.name: path.read_bytes() for path in (folder / "now").iterdir()}

    assert sorted(again) == sorted(then)
    for name, content in then.items():
        assert again[name] == content, name
    assert MARK.encode() in now["weekly.html"]


def test_a_comment_that_was_written_anew_keeps_its_place_and_not_its_words(
    told: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    """Jira keeps no earlier words of a comment: that they are not known is said."""
    folder, then = told
    for name in ("pmreport.toml", "store.duckdb"):
        shutil.copy(folder / name, tmp_path / name)
    with duckdb.connect(tmp_path / "store.duckdb") as connection:
        statement = "UPDATE comment_item SET body = ?, updated_ms = ? WHERE body LIKE ?"
        connection.execute(statement, [f"RISK: {MARK}", _ms(LATER), f"%{RISK}"])
    again = written(tmp_path, "again", LATER, "--as-of", THEN.isoformat(), names=("weekly",))["weekly.txt"]

    assert RISK.encode() in then["weekly.txt"]
    assert MARK.encode() not in again
    assert b"This comment was written anew since" in again


def test_without_the_words_of_the_day_the_report_says_so(
    told: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    """A draft that no report was made from by then is left out, and so are its overrides."""
    folder, then = told
    for name in ("pmreport.toml", "store.duckdb", "drafts"):
        (shutil.copytree if name == "drafts" else shutil.copy)(folder / name, tmp_path / name)
    again = written(tmp_path, "again", LATER, "--as-of", THEN.isoformat(), names=("weekly",))["weekly.txt"]

    assert b"The pilot is live" in then["weekly.txt"]
    assert b"We agreed on it" in then["weekly.txt"]
    assert MARK.encode() not in again
    assert b"We agreed on it" not in again
    assert b"The draft of that day is not known" in again


def test_the_checks_of_a_past_day_look_at_the_sync_that_was_newest_then(
    told: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    """What a later sync found odd was not known; before the first one nobody had looked."""
    folder, _ = told
    for name in ("pmreport.toml", "store.duckdb"):
        shutil.copy(folder / name, tmp_path / name)
    odd = record.as_detail([Problem(ProblemKind.HISTORY_MISMATCH, "SHOP-1")])
    with duckdb.connect(tmp_path / "store.duckdb") as connection:
        connection.execute("UPDATE sync_run SET detail = ? WHERE started_ms > ?", [odd, _ms(THEN)])
    workspace = open_workspace(load(tmp_path / "pmreport.toml"), {})

    def found(at: datetime) -> Finding:
        told = quality(workspace, as_of=min(at, LATER), typed_by=at)
        return next(one for one in told if one.check.code == "H1")

    assert found(LATER).subjects == ("SHOP-1",)
    assert found(THEN).count == 0
    assert found(THEN).grade is Grade.GREEN
    assert found(THEN - timedelta(days=9)).unknown == "no sync had looked by then"
