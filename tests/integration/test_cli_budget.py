"""`show budget` and `show ontime` against a simulated site: tables, JSON, and reasons."""

import json
from pathlib import Path
from typing import Any

import pytest

from pmreport.cli.boundary import run
from pmreport.demo.story import cast
from tests.support.configured import configured
from tests.support.schema import faults
from tests.support.simulator import Simulator

INITIATIVES = """
[calendar]
time_zone = "Europe/Lisbon"
[[initiative]]
id = "checkout"
name = "Checkout 2"
jql = 'fixVersion = "Checkout 2"'
start = 2026-09-01
finish = 2026-12-18
budget = 120000
[[initiative]]
id = "nothing"
name = "Nothing yet"
jql = 'fixVersion = "Checkout 3"'
"""
MONEY = '[money]\ncurrency = "EUR"\nrates = "rates.toml"\n'
RATES = dict.fromkeys(cast.SHOP_TEAM[:3], 80)


@pytest.fixture(scope="module")
def desk(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was synced once, and configurations with and without money."""
    folder = tmp_path_factory.mktemp("budget")
    config = configured(folder, simulator.site, "SHOP")
    assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    text = config.read_text(encoding="utf-8")
    (folder / "hours.toml").write_text(text + INITIATIVES, encoding="utf-8")
    (folder / "money.toml").write_text(text + INITIATIVES + MONEY, encoding="utf-8")
    told = "".join(f'"{account}" = {rate}\n' for account, rate in RATES.items())
    hours = "".join(f'"{account}" = 20\n' for account in cast.SHOP_TEAM)
    (folder / "rates.toml").write_text(f"[rates]\n{told}[hours_a_week]\n{hours}", encoding="utf-8")
    (folder / "rates.toml").chmod(0o600)
    return folder


def said(
    desk: Path, capsys: pytest.CaptureFixture[str], *words: str, config: str = "money", status: int = 0
) -> str:
    """What a command writes to standard output."""
    capsys.readouterr()
    assert run([*words, "--config", str(desk / f"{config}.toml")], {}) == status
    return capsys.readouterr().out


def told(desk: Path, capsys: pytest.CaptureFixture[str], *words: str, config: str = "money") -> Any:
    """The JSON that a command writes to standard output, and nothing else."""
    return json.loads(said(desk, capsys, *words, "--json", config=config))


def numbers(shape: Any) -> dict[str, Any]:
    """The values by id."""
    return {value["id"]: value for value in shape["values"]}


def test_budgets_are_told_as_json_and_as_tables(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A block for each initiative, money in words a person reads, no account and no rate anywhere."""
    shape = told(desk, capsys, "show", "budget")
    table = said(desk, capsys, "show", "budget", "--explain")

    assert faults(shape, "show-budget") == []
    assert [one["id"] for one in shape["initiatives"]] == ["checkout", "nothing"]
    assert "EUR 120 000" in table
    assert "Checkout 2: 2026-09-01 to 2026-12-18" in table
    assert "What the numbers mean" in table
    assert not [account for account in cast.USERS if account in f"{shape}{table}"]


def test_the_position_of_an_initiative_adds_up(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CV = EV - AC, EAC = BAC / CPI; the last week is the present; one person without a rate is counted."""
    shape = told(desk, capsys, "show", "budget", "--initiative", "checkout")
    found = numbers(shape)

    def of(name: str) -> float:
        return float(found[f"checkout-{name}"]["value"])

    assert of("cost-variance") == pytest.approx(of("earned-value") - of("actual-cost"))
    assert of("eac-atypical") == pytest.approx(of("actual-cost") + 120_000 - of("earned-value"))
    assert shape["initiatives"][0]["weeks"][-1]["spent"] == pytest.approx(of("actual-cost"))
    assert found["checkout-actual-cost"]["excluded"] == [{"reason": "people without a rate", "n": 1}]
    assert found["checkout-cpi"]["value"] is None
    assert "hours with a rate cover" in found["checkout-cpi"]["note"]


def test_an_initiative_without_items_says_so(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No budget, no plan, no item: every number has its reason."""
    found = numbers(told(desk, capsys, "show", "budget", "--initiative", "nothing"))

    assert found["nothing-percent-complete"]["note"] == "no item belongs to it"
    assert found["nothing-budget-at-completion"]["note"] == "no budget is configured"
    assert all(value["value"] is not None or value["note"] for value in found.values())


def test_without_rates_a_budget_is_in_hours(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same work, without a price."""
    shape = told(desk, capsys, "show", "budget", "--initiative", "checkout", config="hours")

    assert shape["initiatives"][0]["unit"] == "h"
    assert numbers(shape)["checkout-actual-cost"]["value"] > 1000


def test_a_budget_in_the_past_knows_only_what_was_known(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two months earlier less was earned and spent; before the start nothing was planned."""
    now = numbers(told(desk, capsys, "show", "budget", "--initiative", "checkout"))
    then = numbers(told(desk, capsys, "show", "budget", "--initiative", "checkout", "--as-of", "2026-08-01"))

    assert then["checkout-actual-cost"]["value"] < now["checkout-actual-cost"]["value"]
    assert then["checkout-planned-value"]["value"] == 0
    assert then["checkout-spi"]["note"] == "nothing was planned to be done yet"


def test_without_initiatives_lines_to_paste_are_shown(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plain sentence, exit 78, and what to write."""
    said(desk, capsys, "show", "ontime", config="pmreport")
    assert run(["show", "budget", "--config", str(desk / "pmreport.toml")], {}) == 78
    assert "[[initiative]]" in capsys.readouterr().err


def test_on_time_is_told_as_json_and_as_tables(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three numbers together, what is overdue, and the milestones."""
    shape = told(desk, capsys, "show", "ontime", "--weeks", "60")
    table = said(desk, capsys, "show", "ontime", "--weeks", "60", "--explain")

    assert faults(shape, "show-ontime") == []
    found = numbers(shape)
    assert found["on-time-first"]["n"] > 50
    assert found["on-time-first"]["value"] <= found["on-time-current"]["value"]
    assert found["due-date-moves"]["value"] > 0
    assert shape["overdue"][0]["days_late"] >= shape["overdue"][-1]["days_late"] > 0
    assert {one["name"] for one in shape["milestones"]} >= {"Checkout 1", "Checkout 2"}
    assert all(text in table for text in ("On time, by the first due day", "Open and overdue", "Milestones"))


def test_on_time_of_one_initiative(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its versions alone; an initiative that is not known ends with 2."""
    shape = told(desk, capsys, "show", "ontime", "--initiative", "checkout")

    assert [one["name"] for one in shape["milestones"]] == ["Checkout 2"]
    assert "Checkout 2: due from" in said(desk, capsys, "show", "ontime", "--initiative", "checkout")
    said(desk, capsys, "show", "ontime", "--initiative", "chekout", status=2)
