"""What the reading commands refuse to tell, since it would not be true."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from pmreport.cli.boundary import run
from pmreport.sync.summary import Progress
from tests.support import syncing
from tests.support.configured import GOAL, configured
from tests.support.simulator import Simulator

READING = (
    ("show", "sprints"),
    ("show", "estimates"),
    ("show", "followups"),
    ("tag",),
    ("tag", "explain", "OPS-1"),
    ("report", "weekly", "--format", "html,mail,txt,json"),
)


class Killed(Exception):  # noqa: N818 - no error, somebody pulled the plug
    """The end of a sync before its time."""


def desk_for(folder: Path, simulator: Simulator, scope: str = "") -> Path:
    """A folder with a configuration for the smallest projects, and a goal."""
    configured(folder, simulator.site, "OPS", "APP", scope=scope, more=GOAL)
    return folder


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """How a command ends, and what it says to the person."""
    capsys.readouterr()
    status = run([*words, "--config", str(folder / "pmreport.toml")], {})
    return status, capsys.readouterr().err


@pytest.fixture(scope="module")
def desk(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was synced once."""
    folder = desk_for(tmp_path_factory.mktemp("refusals"), simulator)
    syncing.run(simulator, syncing.shipped_store(folder), projects=("OPS", "APP"))
    return folder


def test_half_a_store_tells_nothing(
    simulator: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a first sync that was killed every number is refused; one's own SQL still works."""

    def kill(progress: Progress) -> None:
        if progress.done:
            raise Killed

    folder = desk_for(tmp_path, simulator)
    with pytest.raises(Killed):
        syncing.run(simulator, syncing.shipped_store(folder), progress=kill)

    for words in READING:
        status, said = refused(folder, capsys, *words)
        assert (words, status) == (words, 65)
        assert "has completed yet" in said
        assert "run `pmreport sync`: it goes on where it stopped" in said
    assert refused(folder, capsys, "sql", "SELECT 1") == (0, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "sprints", "--sprint", "999999"), "no sprint 999999 has started"),
        (("show", "sprints", "--sprint", "-1"), "no sprint -1 has started"),
        (("show", "sprints", "--sprint", "9" * 23), "no sprint 99999999999999999999999 has started"),
        (("show", "sprints", "--board", "99"), "there is no board 99"),
        (("show", "sprints", "--board", "9" * 23), "there is no board 99999999999999999999999"),
        (("report", "sprint", "--board", "99"), "there is no board 99"),
        (("report", "sprint", "--sprint", "9" * 23), "no sprint 99999999999999999999999 has started"),
        (("show", "sprints", "--as-of", "0001-01-01"), "there was no issue yet at that moment"),
        (("report", "weekly", "--as-of", "0001-01-01"), "there was no issue yet at that moment"),
        (("report", "weekly", "--as-of", "1500-01-01"), "there was no issue yet at that moment"),
        (("report", "weekly", "--period", "2099-W52"), "2099-W52 has not begun yet"),
        (("report", "weekly", "--period", "1900-W01"), "there was no issue yet in 1900-W01"),
    ],
)
def test_what_is_not_known_ends_with_2_and_names_what_is(
    desk: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    """A board, a sprint, a period or a moment of which nothing can be told is no empty table."""
    status, heard = refused(desk, capsys, *words)

    assert (status, said in heard) == (2, True), heard
    assert (
        "  hint: the boards are " in heard
        or "  hint: the sprints started" in heard
        or "reaches from" in heard
    )


def test_a_sprint_of_another_board_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sprint that is known, asked of a board without sprints."""
    config = ["--config", str(desk / "pmreport.toml")]
    run(["show", "sprints", "--json", *config], {})
    sprint = json.loads(capsys.readouterr().out)["sprints"][0]["sprint_id"]
    sql = "SELECT b.board_id FROM board b WHERE b.board_id NOT IN (SELECT s.board_id FROM board_sprint s)"
    run(["sql", sql, "--format", "json", *config], {})
    board = json.loads(capsys.readouterr().out)["rows"][0][0]

    status, said = refused(desk, capsys, "show", "sprints", "--board", str(board), "--sprint", str(sprint))

    assert status == 2
    assert said == f"error: no sprint {sprint} has started on board {board}\n  hint: none is known\n"


def test_sprints_before_since_are_incomplete(
    desk: Path, simulator: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From local midnight on they are whole; before it they have no ratio, and no estimate rests on them."""
    folder = desk_for(tmp_path, simulator, "since = 2026-09-01")
    shutil.copy(desk / "store.duckdb", folder / "store.duckdb")
    config = ["--json", "--config", str(folder / "pmreport.toml")]

    run(["show", "sprints", *config], {})
    known = json.loads(capsys.readouterr().out)["sprints"]
    run(["show", "estimates", *config], {})
    accuracy = {one["sprint_id"]: one for one in json.loads(capsys.readouterr().out)["sprints"]}

    begun_before = [one for one in known if one["start"] < "2026-08-31T22"]
    assert begun_before
    assert [one for one in known if one["incomplete"]] == begun_before
    assert all(one["completion_ratio"] is None for one in begun_before)
    assert all(accuracy[one["sprint_id"]]["n"] == 0 for one in begun_before)
    assert any(one["completion_ratio"] for one in known if not one["incomplete"])


@pytest.mark.parametrize("content", [b"\xff\xfe{", b'{"schema": 1, "evidence": [{"since_ms": 1e300}]}', None])
def test_an_evidence_file_that_is_none_ends_with_65(
    desk: Path,
    tmp_path: Path,
    simulator: Simulator,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
) -> None:
    """No text, a number beyond all time, or a folder in its place: named, with what to do."""
    folder = desk_for(tmp_path, simulator)
    shutil.copy(desk / "store.duckdb", folder / "store.duckdb")
    place = folder / "evidence.json"
    if content is None:
        place.mkdir()
    else:
        place.write_bytes(content)

    for words in (("tag",), ("report", "review")):
        status, said = refused(folder, capsys, *words)
        assert (status, "the evidence file cannot be read" in said, str(place) in said) == (65, True, True)


def test_a_folder_that_cannot_be_written_is_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the way: another folder is asked for, and nobody is told to report it."""
    out = desk / "pmreport.toml" / "reports"

    status, said = refused(desk, capsys, "report", "weekly", "--out", str(out))

    assert status == 1
    assert said == (
        f"error: cannot write to {out}: not a directory\n  hint: name another folder with --out\n"
    )


def test_a_sprint_with_an_endless_name_has_a_report(
    desk: Path, tmp_path: Path, simulator: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its folder has the begin of the name, as much as a file system takes."""
    folder = desk_for(tmp_path, simulator)
    shutil.copy(desk / "store.duckdb", folder / "store.duckdb")
    with duckdb.connect(str(folder / "store.duckdb")) as store:
        store.execute("UPDATE sprint SET name = name || repeat('\u00e4', 5000)")

    status = run(["report", "sprint", "--config", str(folder / "pmreport.toml")], {})
    made = Path(capsys.readouterr().out.strip())

    assert (status, made.is_file()) == (0, True)
    assert 190 < len(made.parent.name.encode()) <= 200


def test_a_site_without_an_issue_has_no_report(
    desk: Path, tmp_path: Path, simulator: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the sync says: there is nothing to report on, which is not the same as "on track"."""
    folder = desk_for(tmp_path, simulator)
    shutil.copy(desk / "store.duckdb", folder / "store.duckdb")
    with duckdb.connect(str(folder / "store.duckdb")) as store:
        store.execute("UPDATE issue SET deleted_ms = 0")

    status, said = refused(folder, capsys, "report", "weekly")

    assert (status, "there is no issue to report on" in said) == (65, True)
