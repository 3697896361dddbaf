"""Every command says of a store on PostgreSQL what it says of a file, to the byte."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from pmreport.cli.boundary import run
from pmreport.cli.show import NUMBERS
from pmreport.demo.dialect import CLOUD
from pmreport.store.engine import only_writer
from tests.support.configured import GOAL, configured
from tests.support.postgres import fresh_database
from tests.support.simulator import serving
from tests.support.small_sites import motley

MORE = f"""\
account = '{{site.account_id}}'
{GOAL}
[[initiative]]
id = "checkout"
name = "Checkout 2"
jql = 'project = SHOP'
start = 2026-01-05
finish = 2027-02-26
budget = 120000
"""
THEN = ("--as-of", "2026-10-26")


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """The same site in a file and on a server: a configuration for each, and the token."""

    file: Path
    server: Path
    url: str
    token: str

    def run(self, config: Path, *words: str) -> int:
        """The exit status of a command."""
        return run([*words, "--config", str(config)], {"PMREPORT_JIRA_TOKEN": self.token})


@pytest.fixture(scope="module")
def twins(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    """Both, synced by the command."""
    corpus = motley(CLOUD, ("SHOP", "OPS"), of_each=10)
    with serving(corpus) as simulator, fresh_database(postgres) as url:
        configs = []
        for name in ("file", "server"):
            folder = tmp_path_factory.mktemp(name)
            more = MORE.format(site=simulator.site)
            configs.append(configured(folder, simulator.site, "SHOP", "OPS", more=more))
        file, server = configs
        server.write_text(server.read_text("utf-8").replace("duckdb:store.duckdb", url), encoding="utf-8")
        made = Twins(file=file, server=server, url=url, token=simulator.site.token)
        assert [made.run(config, "sync") for config in configs] == [0, 0]
        yield made


def both(twins: Twins, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    """What a command writes to standard output with the file, and with the server."""
    said = []
    for config in (twins.file, twins.server):
        capsys.readouterr()
        status = twins.run(config, *words)
        said.append(f"{status}\n{capsys.readouterr().out}")
    return said[0], said[1]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_is_the_same(twins: Twins, capsys: pytest.CaptureFixture[str], number: str) -> None:
    """As JSON and as a table."""
    for form in (("--json",), ()):
        file, server = both(twins, capsys, "show", number, *THEN, *form)

        assert server == file
        assert file.startswith("0\n")
        assert len(file) > 20


def test_the_weekly_report_is_the_same(twins: Twins, tmp_path: Path) -> None:
    """Byte for byte."""
    for config, name in ((twins.file, "file"), (twins.server, "server")):
        words = ("report", "weekly", *THEN, "--format", "json", "--out", str(tmp_path / name))
        assert twins.run(config, *words) == 0

    (file,), (server,) = (list((tmp_path / name).glob("*.json")) for name in ("file", "server"))
    assert server.read_bytes() == file.read_bytes()
    assert json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(
    "words",
    [
        ("tag", "--dry-run"),
        (
            "sql",
            "--format",
            "csv",
            "SELECT issue_key, summary, created_at, points FROM issue_v ORDER BY issue_id",
        ),
        ("sql", "--format", "json", "SELECT count(*) AS n, sum(points) AS points FROM issue"),
    ],
    ids=["tag", "csv", "json"],
)
def test_every_question_is_answered_the_same(
    twins: Twins, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """The rules of the goals, and a person's own SQL."""
    file, server = both(twins, capsys, *words)

    assert server == file
    assert file.startswith("0\n")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_table_goes_out_the_same(twins: Twins, tmp_path: Path, form: str) -> None:
    """Which store the rows came from cannot be told; but for what each sync notes of itself."""
    for config, name in ((twins.file, "file"), (twins.server, "server")):
        assert twins.run(config, "export", str(tmp_path / name), "--format", form) == 0

    names = sorted(path.name for path in (tmp_path / "file").glob(f"*.{form}"))
    own = {
        f"{name}.{form}"
        for name in ("sync_run", "snapshot_sprint", "snapshot_version", "snapshot_board_column")
    }
    differing = [
        name
        for name in names
        if (tmp_path / "file" / name).read_bytes() != (tmp_path / "server" / name).read_bytes()
    ]
    assert len(names) > 20
    assert set(differing) <= own


def test_the_doctor_finds_the_store_well(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    """It compares every table with what a rebuild would write, and looks for rows that stand twice."""
    capsys.readouterr()
    twins.run(twins.server, "doctor", "--offline", "--all", "--json")
    told = json.loads(capsys.readouterr().out)

    assert [found for found in told["findings"] if found["check"] == "store"] == []
    assert "store" not in {left["check"] for left in told["left_out"]}


def test_a_second_sync_is_told_of_the_first(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 75 and the name of the process, while a report is written all the same."""
    with only_writer(twins.url, now=datetime(2026, 11, 2, 10, 31, tzinfo=UTC)):
        assert twins.run(twins.server, "sync") == 75
        assert "since 2 Nov 2026 10:31 UTC) is running" in capsys.readouterr().err
        assert twins.run(twins.server, "show", "sprints") == 0


def test_a_rebuild_by_the_command_changes_no_number(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    """Made again without Jira."""
    before = both(twins, capsys, "show", "sprints", *THEN, "--json")[1]

    assert twins.run(twins.server, "sync", "--rebuild") == 0
    capsys.readouterr()

    assert both(twins, capsys, "show", "sprints", *THEN, "--json")[1] == before


def test_what_is_forgotten_goes_from_the_server_too(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    """The same documents as from a file; every table is written anew, for the old one holds removed rows."""
    key = both(twins, capsys, "sql", _NEWEST, "--format", "csv")[1].splitlines()[2]
    before = _file_of(twins.url, "issue_change")

    file, server = (json.loads(told[2:]) for told in both(twins, capsys, "forget", key, "--yes", "--json"))

    assert server["documents"] == file["documents"]
    assert server["documents"]["issue"] >= 1
    assert key not in both(twins, capsys, "sql", _NEWEST.replace("LIMIT 1", ""), "--format", "csv")[1]
    assert _file_of(twins.url, "issue_change") != before


_NEWEST = "SELECT issue_key FROM issue WHERE issue_key LIKE 'OPS-%' ORDER BY issue_id DESC LIMIT 1"


def _file_of(url: str, table: str) -> object:
    """The file in which the server keeps a table."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT pg_relation_filepath(%s)", (f"pmreport.{table}",)).fetchone()
