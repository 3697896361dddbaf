"""`show flow` and `show forecast` against a simulated site: tables, JSON, boards, initiatives, refusals."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pmreport.cli.boundary import run
from tests.support.configured import configured
from tests.support.schema import faults
from tests.support.simulator import Simulator

MORE = """
[[initiative]]
id = "checkout"
name = "Checkout 2"
jql = 'fixVersion = "Checkout 2"'
{extra}
"""


@pytest.fixture(scope="module")
def desk(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration and a store that was synced once."""
    folder = tmp_path_factory.mktemp("flow")
    config = configured(folder, simulator.site, "SHOP", "OPS", more=MORE.format(extra=""))
    assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    return folder


def said(desk: Path, capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """What a command writes; what it complains of where it fails."""
    capsys.readouterr()
    assert run(["show", *words, "--config", str(desk / "pmreport.toml")], {}) == status
    out, err = capsys.readouterr()
    return err if status else out


def told(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The JSON that a command writes."""
    return json.loads(said(desk, capsys, *words, "--json"))


def test_flow_is_told_for_every_board(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A block each, items of one board in no other, though the two boards share their statuses."""
    shape = told(desk, capsys, "flow")
    table = said(desk, capsys, "flow")

    assert faults(shape, "show-flow") == []
    assert [one["name"] for one in shape["subjects"]] == ["SHOP board", "OPS board"]
    shop, ops = ({item["key"].split("-")[0] for item in one["ageing"]} for one in shape["subjects"])
    assert (shop, ops) == ({"SHOP"}, {"OPS"})
    assert len({value["id"] for value in shape["values"]}) == len(shape["values"])
    assert "SHOP board, " in table
    assert "Cycle time, days from start" not in table


def test_one_board_shows_also_where_the_time_went(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Histogram, statuses, cumulative flow; --explain says what the numbers mean."""
    table = said(desk, capsys, "flow", "--board", "11", "--explain")

    for title in (
        "Cycle time, days from start to finish",
        "Where the time of finished items went",
        "Cumulative flow",
        "What the numbers mean",
        "Work starts in In Progress and is done in Done",
    ):
        assert title in table


def test_an_initiative_counts_its_own_items(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the categories of statuses, or by the columns of a board; fewer items than the board has."""
    plain = told(desk, capsys, "flow", "--initiative", "checkout")["subjects"]
    columns = told(desk, capsys, "flow", "--initiative", "checkout", "--board", "11")["subjects"]
    whole = told(desk, capsys, "flow", "--board", "11")["subjects"]

    assert [one["id"] for one in (*plain, *columns, *whole)] == [
        "initiative-checkout",
        "initiative-checkout",
        "board-11",
    ]
    assert plain[0]["done_column"] == "Done"
    assert columns[0]["start_column"] == "In Progress"
    finished = [sum(week["finished"] for week in one["weeks"]) for one in (columns[0], whole[0])]
    assert 0 < finished[0] < finished[1]


def test_a_past_moment_knows_nothing_of_what_came_later(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The weeks end where the moment stands."""
    shape = told(desk, capsys, "flow", "--board", "11", "--as-of", "2026-07-12")["subjects"][0]

    assert (shape["weeks"][-1]["week"], shape["window"]["end"]) == ("2026-07-06", "2026-07-13")
    assert shape["in_progress"][-1]["day"] == "2026-07-11"


def test_a_forecast_tells_its_reliability_first(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then when, how many, and the weeks it is made from; JSON says the same."""
    shape = told(desk, capsys, "forecast", "--board", "11")
    table = said(desk, capsys, "forecast", "--board", "11")

    assert faults(shape, "show-forecast") == []
    subject = shape["subjects"][0]
    assert subject["items"]["low"] == subject["in_progress"] + subject["waiting_to_start"]
    assert all(100 * one["chance"] >= one["percent"] for one in subject["when"])
    places = [
        table.index(words) for words in ("come true?", "when are", "how many in", "weeks it is made from")
    ]
    assert places == sorted(places)


def test_other_items_and_working_days_can_be_asked_for(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A range, a number, none at all; more weeks for the second question."""
    more = told(desk, capsys, "forecast", "--board", "11", "--items", "20..30", "--weeks", "2")["subjects"][0]
    one = told(desk, capsys, "forecast", "--board", "11", "--items", "20", "--working-days")["subjects"][0]
    none = told(desk, capsys, "forecast", "--board", "11", "--items", "0")["subjects"][0]

    assert (more["items"], one["items"]) == ({"low": 20, "high": 30}, {"low": 20, "high": 20})
    assert (more["backtest"]["horizon_weeks"], one["by_working_days"]) == (2, True)
    assert {each["weeks"] for each in none["when"]} == {0}
    assert "counted in working days" in said(desk, capsys, "forecast", "--items", "20", "--working-days")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("forecast", "--items", "many"), "'many' is no number of items"),
        (("forecast", "--items", "30..20"), "'30..20' is no number of items"),
        (("flow", "--board", "99"), "there is no board 99"),
        (("flow", "--initiative", "nope"), 'there is no initiative "nope"'),
        (("forecast", "--weeks", "0"), "0 is not in the range"),
    ],
)
def test_what_is_not_known_is_refused(
    words: tuple[str, ...], complaint: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a mistake in the words, with what there is instead."""
    assert complaint in said(desk, capsys, *words, status=2)


def copied(desk: Path, folder: Path, *changes: str, extra: str = "") -> Path:
    """The same site in a folder of its own, with some facts about it changed."""
    shutil.copy(desk / "store.duckdb", folder / "store.duckdb")
    text = (desk / "pmreport.toml").read_text(encoding="utf-8")
    (folder / "pmreport.toml").write_text(f"{text}\n{extra}", encoding="utf-8")
    with duckdb.connect(str(folder / "store.duckdb")) as connection:
        for change in changes:
            connection.execute(change)
    return folder


def test_a_start_column_that_a_board_has_not_is_a_mistake_in_the_configuration(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the columns it has; one that it has is followed."""
    for column, status, words in (
        ("Doing", 78, "To Do, In Progress, In Review"),
        ("In Review", 0, "In Review"),
    ):
        folder = copied(desk, tmp_path, extra=f'[board."11"]\nstart_column = "{column}"')

        assert words in said(folder, capsys, "flow", "--board", "11", status=status)


def test_a_filter_that_cannot_be_asked_is_told(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that may not be read, one that is not understood: every item in the columns counts, and it says so.

    One that only orders finds everything.
    """
    folder = copied(
        desk,
        tmp_path,
        "UPDATE board SET filter_jql = NULL WHERE board_id = 11",
        "UPDATE board SET filter_jql = 'filter = 10001' WHERE board_id = 13",
        "INSERT INTO board SELECT 1, 14, 'Bare', 'kanban', 'ORDER BY Rank', NULL, false",
    )
    first, second, bare = told(folder, capsys, "flow")["subjects"]

    assert first["notes"][0].startswith("the filter of the board may not be read")
    assert second["notes"][0].startswith("its filter is not understood")
    assert bare["notes"][0].startswith("the board has no columns")
    assert {item["key"].split("-")[0] for item in second["ageing"]} > {"OPS"}


def test_without_a_board_everything_is_one_subject(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the categories of statuses."""
    folder = copied(desk, tmp_path, "DELETE FROM board", "DELETE FROM board_column")
    (subject,) = told(folder, capsys, "forecast")["subjects"]

    assert (subject["id"], subject["board_id"], subject["name"]) == ("everything", None, "Everything")
    assert subject["when"]


def test_a_wrong_condition_of_an_initiative_is_a_mistake_in_the_configuration(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With file, line and column."""
    wrong = '[[initiative]]\nid = "odd"\nname = "Odd"\njql = "nosuchfield = 1"'
    complaint = said(copied(desk, tmp_path, extra=wrong), capsys, "flow", "--initiative", "odd", status=78)

    assert "pmreport.toml:" in complaint
    assert "nosuchfield" in complaint
