"""The workbook of a report as a file: read back, typed into, and made anew without losing a word."""

import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

from pmreport.app import previous, workbooks
from pmreport.errors import BadDataError
from pmreport.render import templates
from pmreport.report import build
from pmreport.report.inputs import Inputs
from tests.support.action_logs import EVIL, logged_inputs

SHIPPED = templates.load()
ACTIONS = "Actions"
MONDAY, TUESDAY = (datetime(2026, *day) for day in ((11, 30), (12, 1)))  # noqa: DTZ001 - Excel has no zones


@dataclass(frozen=True)
class Desk:
    """A folder with reports, and what is known about the week."""

    folder: Path
    inputs: Inputs

    def write(self, day: str = "2026-11-20", inputs: Inputs | None = None, name: str = "weekly") -> Path:
        """Make the workbook of a day, as `report` does."""
        known = inputs or self.inputs
        path = self.folder / "reports" / day / f"{name}-{day}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        report = getattr(build, name)(known)
        content = workbooks.render(report, known, SHIPPED, path, self.folder)
        for kept, before in list(workbooks.saved_versions([path])):
            kept.write_bytes(before)
        path.write_bytes(content)
        return path

    def without(self, key: str) -> Inputs:
        """What is known when one of the follow-ups is gone."""
        assert self.inputs.tracked is not None
        items = tuple(item for item in self.inputs.tracked.items if item.id != key)
        return replace(self.inputs, tracked=replace(self.inputs.tracked, items=items))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the sample week."""
    return Desk(tmp_path, logged_inputs())


def sheet_of(path: Path, name: str = ACTIONS) -> Any:
    """A sheet of a workbook, as another program reads it."""
    return load_workbook(path)[name]


def rows(path: Path, name: str = ACTIONS) -> dict[str, dict[str, Any]]:
    """The rows of a sheet by their first cell."""
    lines = [list(line) for line in sheet_of(path, name).iter_rows(values_only=True)]
    return {str(line[0]): dict(zip(lines[0], line, strict=True)) for line in lines[1:]}


def typed(path: Path, **cells: Any) -> None:
    """Save the workbook as a person would, with something typed into cells of the action log."""
    book = load_workbook(path)
    for cell, value in cells.items():
        book[ACTIONS][cell] = value
    book.save(path)


def row_of(path: Path, key: str) -> int:
    """The number of the row of an entry."""
    return next(int(line[0].row) for line in sheet_of(path).iter_rows() if line[0].value == key)


def test_the_log_is_a_table_to_filter_to_write_in_and_to_print(desk: Desk) -> None:
    """Frozen, filtered, on A4 across with its heading on each page; real dates, lists, yellow cells."""
    path = desk.write()
    sheet, lists = sheet_of(path), sheet_of(path, "Lists")
    at = row_of(path, "ACT-1")

    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.tables["Actions"].autoFilter.ref.startswith("A1:L")
    assert isinstance(sheet[f"H{at}"].value, datetime)
    assert sheet[f"A{at}"].hyperlink.target == "https://acme.example/browse/ACT-1"
    assert {one.formula1 for one in sheet.data_validations.dataValidation} >= {"Lists!$A$2:$A$8"}
    assert (lists.sheet_state, [cell.value for cell in lists[1]]) == (
        "hidden", ["Type", "Status", "Priority", "Entries"],
    )  # fmt: skip
    assert sheet[f"L{at}"].fill.fgColor.rgb == "FFFFF6D5"
    assert len(sheet.conditional_formatting) == 3


def test_no_text_becomes_a_formula(desk: Desk) -> None:
    """Neither what Jira says nor what a person typed as a text."""
    path = desk.write()
    at = row_of(path, "ACT-1")
    book = load_workbook(path)
    book[ACTIONS][f"L{at}"] = "=1+1"
    book[ACTIONS][f"L{at}"].data_type = "s"
    book.save(path)

    again = sheet_of(desk.write("2026-11-27"))

    found = {line[0].value: line for line in again.iter_rows()}["ACT-1"]
    assert [(found[place].value, found[place].data_type) for place in (2, 11)] == [(EVIL, "s"), ("=1+1", "s")]


def test_the_same_data_give_the_same_bytes(desk: Desk) -> None:
    """Also when made on top of itself; a workbook that nobody saved is not kept beside."""
    path = desk.write()
    first = path.read_bytes()

    assert desk.write().read_bytes() == first
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_words_columns_and_rows_of_a_person_come_into_the_next_workbook(desk: Desk) -> None:
    """By the name of the entry; dates and numbers stay what they are, and a formula is what it came to."""
    path = desk.write()
    at, end = row_of(path, "ACT-2"), sheet_of(path).max_row + 1
    typed(
        path,
        **{
            f"K{at}": "Ask\nagain", f"L{at}": "_x0041_ 😀", "M1": "Seen", f"M{at}": MONDAY,
            f"N{at}": 2.5, f"A{end}": "X-own", f"C{end}": "Buy cake", f"H{end}": date(2026, 12, 1),
        },
    )  # fmt: skip

    found = rows(desk.write("2026-11-27"))

    assert found["ACT-2"]["Next step (yours)"] == "Ask\nagain"
    assert found["ACT-2"]["Comment (yours)"] == "_x0041_ 😀"
    assert found["ACT-2"]["Seen"] == MONDAY
    assert found["ACT-2"]["Column 14"] == 2.5
    assert (found["X-own"]["Summary"], found["X-own"]["Due"]) == ("Buy cake", TUESDAY)


def test_words_beside_a_vanished_entry_move_to_a_sheet_of_their_own_and_back(desk: Desk) -> None:
    """Through any number of workbooks."""
    path = desk.write()
    typed(path, **{f"L{row_of(path, 'ACT-3')}": "mine"})

    second = desk.write("2026-11-27", desk.without("ACT-3"))
    third = desk.write("2026-12-04", desk.without("ACT-3"))
    fourth = desk.write("2026-12-11")

    assert rows(second, "Left")["ACT-3"]["Comment (yours)"] == "mine"
    assert rows(third, "Left") == rows(second, "Left")
    assert "ACT-3" not in rows(third)
    assert rows(fourth)["ACT-3"]["Comment (yours)"] == "mine"
    assert "Left" not in load_workbook(fourth).sheetnames


def test_a_workbook_that_a_person_saved_is_kept_when_it_is_made_anew(desk: Desk) -> None:
    """All of it, also what is not taken over; the words are taken over from it."""
    path = desk.write()
    typed(path, **{f"C{row_of(path, 'ACT-3')}": "My own summary", f"L{row_of(path, 'ACT-3')}": "mine"})
    saved = path.read_bytes()

    desk.write()

    assert path.with_name("weekly-2026-11-20.kept-1.xlsx").read_bytes() == saved
    assert rows(path)["ACT-3"]["Comment (yours)"] == "mine"
    assert rows(path)["ACT-3"]["Summary"] == "Choose a provider"


def test_a_later_workbook_is_no_workbook_before(desk: Desk) -> None:
    """A report of an earlier day is made from the newest one up to that day."""
    later = desk.write("2026-12-04")
    typed(later, **{f"L{row_of(later, 'ACT-3')}": "later"})

    assert rows(desk.write("2026-11-20"))["ACT-3"]["Comment (yours)"] is None
    assert previous.find(Path("weekly.xlsx"), [later.parent]) is None


def torn(path: Path) -> None:
    """A file that was cut off."""
    path.write_bytes(path.read_bytes()[:2000])


def vast(path: Path) -> None:
    """A file that unpacks to more than memory holds."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts, parts.open("a", "w") as part:
        for _ in range(51):
            part.write(bytes(1_000_000))


def foreign(path: Path) -> None:
    """A workbook without the table."""
    Workbook().save(path)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [(torn, "no sound workbook"), (vast, "too large"), (foreign, "no table with a column ID")],
)
def test_a_workbook_that_cannot_be_read_is_an_error_that_loses_nothing(
    desk: Desk, spoil: Any, why: str
) -> None:
    """It says which file, and what to do; the file stays, and no new one is made."""
    path = desk.write()
    spoil(path)
    before = path.read_bytes()

    with pytest.raises(BadDataError, match=why) as caught:
        desk.write("2026-11-27")

    assert caught.value.where == str(path)
    assert path.read_bytes() == before
    assert not list(desk.folder.glob("reports/2026-11-27/*"))


def test_headings_may_stand_lower_and_the_sheet_may_have_another_name(desk: Desk) -> None:
    """A person has put a line above and called the sheet something else."""
    path = desk.write()
    typed(path, **{f"L{row_of(path, 'ACT-3')}": "mine"})
    book = load_workbook(path)
    book[ACTIONS].tables.clear()
    book[ACTIONS].insert_rows(1)
    book[ACTIONS].title = "Our list"
    del book["Lists"]
    book.save(path)

    assert rows(desk.write("2026-11-27"))["ACT-3"]["Comment (yours)"] == "mine"


@pytest.mark.parametrize("name", ["sprint", "estimation", "team", "review"])
def test_the_other_reports_have_workbooks_to_read(desk: Desk, name: str) -> None:
    """With their sheets and what they are about; nothing is carried over into them."""
    book = load_workbook(desk.write(name=name))

    assert book.sheetnames[-1] == "About"
    assert len(book.sheetnames) > 1
    assert "Lists" not in book.sheetnames
