"""`show scope` and `baseline` against a simulated site: tables, JSON, and what is kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from pmreport.cli.boundary import run
from tests.support.configured import configured
from tests.support.schema import faults
from tests.support.simulator import Simulator

INITIATIVES = """
[[initiative]]
id = "checkout"
name = "Checkout 2"
jql = 'fixVersion = "Checkout 2"'
start = 2026-09-01
finish = 2026-12-18
budget = 120000
change_label = "change-request"
[[initiative]]
id = "later"
name = "Later"
jql = 'fixVersion = "Checkout 3"'
start = 2027-09-01
[[initiative]]
id = "undated"
name = "Undated"
jql = 'fixVersion = "Checkout 3"'
"""


@pytest.fixture(scope="module")
def synced(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was synced once."""
    folder = tmp_path_factory.mktemp("scope")
    config = configured(folder, simulator.site, "SHOP")
    assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    return folder


@pytest.fixture
def desk(synced: Path, tmp_path: Path) -> Path:
    """The same store with a journal of its own, with and without initiatives."""
    text = (synced / "pmreport.toml").read_text(encoding="utf-8")
    text = text.replace("duckdb:store.duckdb", f"duckdb:{synced / 'store.duckdb'}")
    (tmp_path / "none.toml").write_text(text, encoding="utf-8")
    (tmp_path / "pmreport.toml").write_text(text + INITIATIVES, encoding="utf-8")
    money = text + INITIATIVES.replace("\n[[", '\n[money]\nrates = "rates.toml"\n[[', 1)
    (tmp_path / "money.toml").write_text(money, encoding="utf-8")
    return tmp_path


def said(
    desk: Path, capsys: pytest.CaptureFixture[str], *words: str, config: str = "pmreport", status: int = 0
) -> tuple[str, str]:
    """What a command writes to standard output and to standard error."""
    capsys.readouterr()
    assert run([*words, "--config", str(desk / f"{config}.toml")], {}) == status
    found = capsys.readouterr()
    return found.out, found.err


def told(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The JSON that a command writes to standard output, and nothing else."""
    return json.loads(said(desk, capsys, *words, "--json")[0])


def number(shape: Any, name: str) -> Any:
    """A number of an answer by its id."""
    return next(value["value"] for value in shape["values"] if value["id"] == name)


def test_a_scope_is_told_against_its_start_until_a_baseline_is_set(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON as its schema says, lines that add up, and a table that says what it is held against."""
    shape = told(desk, capsys, "show", "scope", "--initiative", "checkout")
    table, _ = said(desk, capsys, "show", "scope", "--initiative", "checkout", "--explain")

    assert faults(shape, "show-scope") == []
    (initiative,) = shape["initiatives"]
    assert initiative["identity_holds"]
    assert not initiative["baseline_kept"]
    moved = sum(event["amount"] for event in initiative["events"])
    assert number(shape, "checkout-scope-baseline-estimates") + moved == number(
        shape, "checkout-scope-now-estimates"
    )
    assert initiative["burn_up"][-1]["scope"] == number(shape, "checkout-scope-now-estimates")
    assert "against what it held at its start, 1 Sep 2026 (no baseline was set)" in table
    assert "What the numbers mean" in table
    assert "The last 12 of" in table


def test_a_baseline_is_kept_and_a_second_one_stands_beside_it(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first stays in force; nothing that was written before changes."""
    at = ("--at", "2026-09-30")
    first, _ = said(desk, capsys, "baseline", "set", "checkout", "--reason", " The plan ", *at)
    line = (desk / "journal.jsonl").read_bytes()
    said(desk, capsys, "baseline", "set", "checkout", "--reason", "Again", config="money")
    kept = told(desk, capsys, "baseline", "list", "checkout")
    shape = told(desk, capsys, "show", "scope", "--initiative", "checkout")
    table, _ = said(desk, capsys, "show", "scope", "--initiative", "checkout")
    listed, _ = said(desk, capsys, "baseline", "list")

    assert "The plan" in first
    assert "120000 h" in first
    assert "EUR 120 000" in listed.replace("\u202f", " ").replace("\u2009", " ")
    assert (desk / "journal.jsonl").read_bytes().startswith(line)
    assert faults(kept, "baseline") == []
    assert [each["reason"] for each in kept["baselines"]] == ["The plan", "Again"]
    (initiative,) = shape["initiatives"]
    assert initiative["baseline_kept"]
    assert (initiative["baseline_reason"], initiative["later_baselines"]) == ("The plan", 1)
    assert initiative["identity_holds"]
    assert number(shape, "checkout-scope-baseline-items") == sum(
        not item["subtask"] for item in kept["baselines"][0]["items"]
    )
    assert "against the baseline of 30 Sep 2026 (The plan); 1 later beside it" in table


def test_an_initiative_that_cannot_be_told_does_not_hide_the_others(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named on standard error and in the JSON; asked for alone, it is an error that says what to do."""
    _, err = said(desk, capsys, "show", "scope")
    shape = told(desk, capsys, "show", "scope")

    assert [initiative["id"] for initiative in shape["initiatives"]] == ["checkout"]
    assert len(shape["untold"]) == 2
    assert 'the initiative "later" begins on 2027-09-01, and has no baseline before' in err
    assert 'the initiative "undated" has no baseline, and no start' in err
    _, err = said(desk, capsys, "show", "scope", "--initiative", "undated", status=2)
    assert "pmreport baseline set undated --reason TEXT" in err


def test_an_initiative_without_items_or_dates_can_have_a_baseline(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing in it, so there is no ratio, and the table says so."""
    said(desk, capsys, "baseline", "set", "undated", "--reason", "An empty start")
    table, _ = said(desk, capsys, "show", "scope", "--initiative", "undated")

    assert "the baseline is empty" in table
    assert "Nothing has changed." in table


def test_before_the_baseline_the_start_is_what_counts(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As of a day between the start and the moment of the baseline."""
    said(desk, capsys, "baseline", "set", "checkout", "--reason", "Late")

    shape = told(desk, capsys, "show", "scope", "--initiative", "checkout", "--as-of", "2026-09-20")

    assert not shape["initiatives"][0]["baseline_kept"]


@pytest.mark.parametrize(
    ("words", "status", "told_as"),
    [
        (("show", "scope", "--initiative", "chekout"), 2, 'did you mean "checkout"?'),
        (("baseline", "set", "chekout", "--reason", "x"), 2, 'did you mean "checkout"?'),
        (("baseline", "list", "nowhere"), 2, "the initiatives are checkout, later, undated"),
        (("baseline", "set", "checkout", "--reason", "  "), 2, "a baseline needs a reason"),
        (("baseline", "set", "checkout"), 2, "--reason"),
    ],
)
def test_what_cannot_be_followed_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], status: int, told_as: str
) -> None:
    """And nothing is written."""
    _, err = said(desk, capsys, *words, status=status)

    assert told_as in err
    assert not (desk / "journal.jsonl").exists()


def test_without_initiatives_the_lines_to_paste_are_shown(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are a configuration as it may stand there."""
    _, err = said(desk, capsys, "show", "scope", config="none", status=78)

    assert "[[initiative]]" in err
    assert 'change_label = "change-request"' in err


def test_a_condition_that_does_not_fit_is_told_with_its_place(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """File, line and column of the configuration."""
    config = desk / "pmreport.toml"
    text = config.read_text(encoding="utf-8").replace('"Checkout 2"\'', '"Checkuot 2"\'')
    config.write_text(text, encoding="utf-8")

    _, err = said(desk, capsys, "show", "scope", "--initiative", "checkout", status=78)

    line = next(number for number, each in enumerate(text.splitlines(), 1) if "Checkuot" in each)
    assert f"pmreport.toml:{line}:" in err


def test_a_journal_with_a_broken_line_is_told_and_used(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The baseline on the other line still holds."""
    said(desk, capsys, "baseline", "set", "checkout", "--reason", "The plan", "--at", "2026-09-30")
    with (desk / "journal.jsonl").open("ab") as file:
        file.write(b'{"schema":1,"kind":"base')

    table, err = said(desk, capsys, "show", "scope", "--initiative", "checkout")

    assert "warning: journal.jsonl:2 of your journal is not counted: the last entry was not written" in err
    assert "(The plan)" in table


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_a_baseline_that_cannot_be_read_is_not_left_out_silently(
    desk: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, ...]
) -> None:
    """Else the list would say that none was ever set."""
    (desk / "journal.jsonl").write_bytes(b'{"kind":"baseline"}\n')

    _, err = said(desk, capsys, "baseline", "list", *option)

    assert "warning: journal.jsonl:1 of your journal is not counted: the key 'schema' is missing" in err
