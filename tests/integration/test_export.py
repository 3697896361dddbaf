"""The tables as files for other tools: complete, harmless in a spreadsheet, and in nobody's way."""

import csv
import gc
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import duckdb
import pytest

from pmreport.app.export import folder
from pmreport.app.export.run import ExportSummary
from pmreport.app.export.run import run as export
from pmreport.app.wiring import Workspace
from pmreport.cli.boundary import refused
from pmreport.cli.boundary import run as pmreport
from pmreport.config import load
from pmreport.errors import BadDataError, PmreportError, StorageFullError, UsageError
from pmreport.model.outgoing import Outgoing
from pmreport.model.rows import CommentItemRow, IssueRow, SiteRow, VersionRow
from pmreport.render import workbook
from pmreport.store import parquet
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from pmreport.store.tables import TABLES
from tests.support.full_disk import room_for
from tests.support.schema import faults

NOW = datetime(2026, 11, 2, 10, 31, tzinfo=UTC)
EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x.example")',
    "https://x.example",
    "00123",
]
LONG = "x" * 40_000
BIG = 4_611_686_018_427_387_904

CONFIG = """\
[site]
name = "acme"
url = "https://acme.example"
email = "pm@acme.example"
[scope]
projects = ["WEB"]
[store]
url = "duckdb:store.duckdb"
[me]
folder = "."
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A store with what spreadsheets are known to spoil, of two sites, one of them ours."""
    place = tmp_path_factory.mktemp("export")
    (place / "pmreport.toml").write_text(CONFIG, encoding="utf-8")
    workspace = Workspace(load(place / "pmreport.toml"), {})
    store = Store.open(workspace.config.store.url)
    for number in (1, 2):
        url = "https://acme.example" if number == 2 else "https://other.example"
        site_id = store.register_site(SiteRow("acme", url, url, "cloud", "Europe/Berlin", "712020:ann"))
        store.apply(site_id, Batch(upserts=[*_comments(), *_versions(), _issue(number)]))
    return workspace


def _comments() -> list[CommentItemRow]:
    texts = [*EVIL, "", LONG, 'two\nlines, "quoted"; caf\N{LATIN SMALL LETTER E WITH ACUTE}']
    return [
        CommentItemRow(number, BIG, None, 1_000, 1_001, text, None, restricted=number == 1)
        for number, text in enumerate(texts, 1)
    ]


def _versions() -> list[VersionRow]:
    return [
        VersionRow(1, 10, "1.0", "2026-12-24", released=False),
        VersionRow(2, 10, "2.0", "some day", released=True),
        VersionRow(3, 10, "0.1", "1899-01-01", released=True),
    ]


def _issue(number: int) -> IssueRow:
    told = {"issue_id": number, "issue_key": f"WEB-{number}", "project_id": 10, "issue_type_id": "1"}
    told |= {"is_subtask": False, "summary": "A summary", "status_id": "3", "points": 2.5}
    told |= {"created_ms": 1_762_073_369_619, "updated_ms": 0, "history_complete": True}
    return IssueRow(**{**dict.fromkeys(IssueRow._fields), **told})  # type: ignore[arg-type]  # the rest is empty


def exported(desk: Workspace, out: Path, form: str) -> ExportSummary:
    """An export that nobody watches."""
    return export(desk, out, form=form, now=NOW, progress=lambda _: None)


def read_csv(path: Path) -> list[dict[str, str]]:
    """The records of a file that begins with the mark of UTF-8."""
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_every_row_and_nothing_that_is_computed(desk: Workspace, tmp_path: Path) -> None:
    """A text that begins as a formula does has an apostrophe before it, and every line ends alike."""
    exported(desk, tmp_path / "out", "csv")
    bodies = [row["body"] for row in read_csv(tmp_path / "out" / "comment_item.csv")]

    assert bodies[:7] == [f"'{text}".replace("\r", "\n") for text in EVIL[:7]]
    assert bodies[7:] == [*EVIL[7:], "", LONG, 'two\nlines, "quoted"; caf\N{LATIN SMALL LETTER E WITH ACUTE}']


def test_instants_stand_twice_once_for_people(desk: Workspace, tmp_path: Path) -> None:
    """Milliseconds to count with, and beside them the instant in UTC; what is empty stays empty."""
    exported(desk, tmp_path / "out", "csv")
    (row,) = read_csv(tmp_path / "out" / "issue.csv")

    assert (row["created_ms"], row["created_at"]) == ("1762073369619", "2025-11-02T08:49:29.619Z")
    assert (row["deleted_ms"], row["deleted_at"], row["points"]) == ("", "", "2.5")
    assert (row["history_complete"], row["is_subtask"]) == ("true", "false")


def test_only_the_own_site_goes_out_and_no_raw_document(desk: Workspace, tmp_path: Path) -> None:
    """A shared store holds other sites too; what a person typed is in no table at all."""
    summary = exported(desk, tmp_path / "out", "csv")
    names = {path.name for path in (tmp_path / "out").iterdir()}

    assert {row["issue_key"] for row in read_csv(tmp_path / "out" / "issue.csv")} == {"WEB-2"}
    assert names == {*summary.files, folder.NAME}
    assert {"raw_document.csv", "sync_cursor.csv"} & names == set()
    assert {each.table for each in summary.tables} >= {"site", "issue", "issue_change", "calendar"}


def test_parquet_holds_the_types_of_the_store(desk: Workspace, tmp_path: Path) -> None:
    """Whole numbers, texts as they are, and timestamps beside the milliseconds."""
    exported(desk, tmp_path / "out", "parquet")
    with duckdb.connect() as connection:
        text = f"SELECT * FROM '{tmp_path / 'out' / 'comment_item.parquet'}' ORDER BY comment_id"  # noqa: S608 - own path
        found = connection.execute(text)
        types = {column[0]: str(column[1]) for column in found.description or ()}
        records = found.fetchall()

    assert types["issue_id"] == "BIGINT"
    assert types["created_at"] == "TIMESTAMP"
    assert [record[list(types).index("body")] for record in records[:9]] == EVIL
    assert records[0][list(types).index("created_at")] == datetime(1970, 1, 1, 0, 0, 1)  # noqa: DTZ001 - as DuckDB gives it


Cells = dict[str, tuple[str, str]]
_MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheets(path: Path) -> dict[str, Cells]:
    """The cells of each sheet by their place: the kind of the cell and its text."""
    with zipfile.ZipFile(path) as book:
        names = [
            each.attrib["name"]
            for each in ET.fromstring(book.read("xl/workbook.xml")).iterfind(".//m:sheet", _MAIN)  # noqa: S314 - made by us
        ]
        return {
            name: dict(_cells(book.read(f"xl/worksheets/sheet{number}.xml")))
            for number, name in enumerate(names, 1)
        }


def _cells(content: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    for cell in ET.fromstring(content).iterfind(".//m:c", _MAIN):  # noqa: S314 - made by us
        assert cell.find("m:f", _MAIN) is None, "a formula"
        text = "".join(cell.itertext())
        yield cell.attrib["r"], (cell.attrib.get("t", "n"), text)


def test_a_workbook_has_a_sheet_a_table_and_no_formula(desk: Workspace, tmp_path: Path) -> None:
    """Texts are texts, numbers and truths are themselves, and a number too long for Excel is a text."""
    summary = exported(desk, tmp_path / "out", "xlsx")
    found = sheets(tmp_path / "out" / "pmreport.xlsx")
    comments = found["comment_item"]

    assert list(found) == [sheet for each in summary.tables for sheet in each.sheets]
    assert [comments[f"I{number}"] for number in range(2, 11)] == [
        ("inlineStr", text.replace("\t", "\t").replace("\r", "_x000D_")) for text in EVIL
    ]
    assert comments["C2"] == ("inlineStr", str(BIG))
    assert comments["K2"] == ("b", "1")
    assert comments["A2"] == ("n", "2")


def test_a_workbook_has_real_dates(desk: Workspace, tmp_path: Path) -> None:
    """Days and instants are numbers that look like dates; what Excel's calendar lacks stays a text."""
    exported(desk, tmp_path / "out", "xlsx")
    found = sheets(tmp_path / "out" / "pmreport.xlsx")
    version = found["version"]

    assert [version[f"E{row}"] for row in (2, 3, 4)] == [
        ("n", "46380"),
        ("inlineStr", "some day"),
        ("inlineStr", "1899-01-01 00:00:00"),
    ]
    kind, number = found["issue"]["V2"]
    assert (kind, round(float(number), 6)) == ("n", 45963.367704)


def test_a_text_too_long_for_a_cell_is_cut_and_counted(desk: Workspace, tmp_path: Path) -> None:
    """Excel takes 32,767 characters, and would not open the file otherwise."""
    summary = exported(desk, tmp_path / "out", "xlsx")
    (long,) = [
        text
        for _, text in sheets(tmp_path / "out" / "pmreport.xlsx")["comment_item"].values()
        if len(text) > 1000
    ]

    assert summary.cut == 1
    assert len(long) == 32_767
    assert long.endswith("(cut)")


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    """Each with its own heading; none is lost at the seam."""
    table = Outgoing(name="issue_link", columns=("link_id",))
    pieces: list[list[tuple[float | None]]] = [[(1,), (2,)], [(3,), (float("inf"),), (None,)]]

    written = workbook.write(tmp_path / "a.xlsx", [(table, pieces)], made=NOW, most_rows=2)

    found = sheets(tmp_path / "a.xlsx")
    assert written.rows == {"issue_link": 5}
    assert list(found) == written.sheets["issue_link"] == ["issue_link", "issue_link 2", "issue_link 3"]
    assert [found[name]["A1"][1] for name in found] == ["link_id"] * 3
    assert [found["issue_link"]["A3"], found["issue_link 2"]["A2"]] == [("n", "2"), ("n", "3")]
    assert found["issue_link 2"]["A3"] == ("inlineStr", "inf")


def test_an_export_replaces_the_one_before(desk: Workspace, tmp_path: Path) -> None:
    """Files that are not made any more go; a file of somebody else's beside them stays."""
    out = tmp_path / "out"
    exported(desk, out, "csv")
    (out / "notes.txt").write_text("mine")
    (out / ".pmreport-export-dead").mkdir()

    summary = exported(desk, out, "xlsx")

    assert {path.name for path in out.iterdir()} == {"pmreport.xlsx", "notes.txt", folder.NAME}
    assert json.loads((out / folder.NAME).read_text("utf-8")) == summary.shape()


@pytest.mark.parametrize("there", ["notes.txt", "issue.csv"])
def test_a_folder_of_somebody_else_is_refused(desk: Workspace, tmp_path: Path, there: str) -> None:
    """Nothing is written into it, and nothing over."""
    (tmp_path / there).write_text("mine")

    with pytest.raises(UsageError, match="holds something that no export made"):
        exported(desk, tmp_path, "csv")

    assert [path.name for path in tmp_path.iterdir()] == [there]


def test_a_file_that_somebody_put_beside_the_own_ones_is_not_written_over(
    desk: Workspace, tmp_path: Path
) -> None:
    """The list of the export before tells its own files from others."""
    out = tmp_path / "out"
    exported(desk, out, "xlsx")
    (out / "issue.csv").write_text("mine")

    with pytest.raises(UsageError, match=r"no export made the file issue\.csv"):
        exported(desk, out, "csv")

    assert (out / "issue.csv").read_text() == "mine"
    assert (out / "pmreport.xlsx").exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"files": 3}'])
def test_a_list_that_cannot_be_read_is_told(desk: Workspace, tmp_path: Path, content: str) -> None:
    """Nobody knows then what is whose."""
    (tmp_path / folder.NAME).write_text(content)

    with pytest.raises(UsageError, match="cannot be read"):
        exported(desk, tmp_path, "csv")


def test_a_list_leads_to_no_file_elsewhere(desk: Workspace, tmp_path: Path) -> None:
    """Whoever writes `../precious` into it removes nothing there."""
    out = tmp_path / "out"
    exported(desk, out, "xlsx")
    told = json.loads((out / folder.NAME).read_text("utf-8"))
    (out / folder.NAME).write_text(json.dumps({**told, "files": ["../precious", *told["files"]]}))
    (tmp_path / "precious").write_text("mine")

    exported(desk, out, "csv")

    assert (tmp_path / "precious").read_text() == "mine"


def test_an_export_that_breaks_off_leaves_the_one_before(desk: Workspace, tmp_path: Path) -> None:
    """No file takes its place before all are whole."""
    out = tmp_path / "out"
    exported(desk, out, "csv")
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def interrupt(step: Any) -> None:
        if step.phase == "writing version":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(desk, out, form="csv", now=NOW, progress=interrupt)

    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # XlsxWriter leaves its drafts open then
@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_a_full_disk_is_told_as_one_and_leaves_nothing(desk: Workspace, tmp_path: Path, form: str) -> None:
    """No library has its own words for it, and none complains once more when it is let go."""
    out = tmp_path / "out"
    with room_for(100), pytest.raises((OSError, StorageFullError)) as caught:
        exported(desk, out, form)
    told = refused(caught.value).what
    del caught
    gc.collect()

    assert told.startswith("the disk is full")
    assert list(out.iterdir()) == []


def test_a_file_is_no_folder(desk: Workspace, tmp_path: Path) -> None:
    """It stays what it is."""
    (tmp_path / "out").write_text("mine")

    with pytest.raises(UsageError, match="this is a file"):
        exported(desk, tmp_path / "out", "csv")


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    """In words, with the name of the file."""
    with pytest.raises(PmreportError, match=r"cannot write version\.parquet"):
        parquet.write(tmp_path / "nowhere" / "version.parquet", TABLES[VersionRow], [])


def test_the_command_says_what_it_wrote(
    desk: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The paths, or as JSON what stands in the folder too; what was cut is told beside it."""
    words = ["--config", str(desk.config.path), "export", str(tmp_path / "out"), "--format", "xlsx"]

    assert pmreport(words, {}) == 0
    plain = capsys.readouterr()
    assert pmreport([*words, "--json"], {}) == 0
    shape = json.loads(capsys.readouterr().out)

    assert plain.out == f"{tmp_path / 'out' / 'pmreport.xlsx'}\n"
    assert "1 texts are cut" in plain.err
    assert faults(shape, "export") == []
    assert shape["folder"] == str(tmp_path / "out")


def test_before_the_first_sync_nothing_goes_out(tmp_path: Path) -> None:
    """No folder is made."""
    (tmp_path / "pmreport.toml").write_text(CONFIG, encoding="utf-8")

    with pytest.raises(BadDataError, match="nothing has been read yet"):
        exported(Workspace(load(tmp_path / "pmreport.toml"), {}), tmp_path / "out", "csv")

    assert not (tmp_path / "out").exists()
