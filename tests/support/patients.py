"""A folder with a configuration and a store, healthy at first, for the doctor to look at."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pmreport.app import demo
from pmreport.cli import clock
from pmreport.cli.boundary import run
from pmreport.model.instant import to_ms
from tests.support.simulator import Simulator

Told = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Patient:
    """One folder; its simulator's clock goes with the clock of this machine, or is `ahead` of it."""

    folder: Path
    simulator: Simulator
    capture: pytest.CaptureFixture[str]
    ahead: timedelta = timedelta(0)

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "pmreport.toml"

    def write(self, more: str) -> None:
        """Add lines to the end of the configuration."""
        self.config.write_text(self.config.read_text() + more)

    def change(self, before: str, after: str) -> None:
        """Put other words into the configuration."""
        text = self.config.read_text()
        assert before in text
        self.config.write_text(text.replace(before, after, 1))

    def plant(self, sql: str) -> None:
        """Change the store behind pmreport's back."""
        with duckdb.connect(self.folder / "store.duckdb") as connection:
            connection.execute(sql)

    def keys(self, *issue_ids: int) -> list[str]:
        """The keys of issues, as Jira has them now."""
        found = {issue.id: issue.key for issue in self.simulator.state.corpus.issues()}
        return [found[each] for each in issue_ids]

    def run(self, *words: str, token: str | None = None) -> tuple[int, str]:
        """Exit status and standard output of a command."""
        self.simulator.state.corpus.now_ms = to_ms(clock.now() + self.ahead)
        self.capture.readouterr()
        secret = self.simulator.site.token if token is None else token
        status = run([*words, "--config", str(self.config)], {"PMREPORT_JIRA_TOKEN": secret})
        return status, self.capture.readouterr().out

    def told(self, *words: str, token: str | None = None) -> Told:
        """What the doctor tells as JSON, with its exit status as `status`."""
        status, out = self.run("doctor", "--json", *words, token=token)
        return {**json.loads(out), "status": status}

    def findings(self, *words: str, token: str | None = None) -> list[Told]:
        """The findings; the exit status is 1 just where one is an error."""
        told = self.told(*words, token=token)
        found: list[Told] = told["findings"]
        assert told["status"] == int(any(each["severity"] == "error" for each in found))
        return found

    def finding(self, *words: str, token: str | None = None) -> Told:
        """The one finding that there is."""
        [found] = self.findings(*words, token=token)
        return found


def prepare(folder: Path, simulator: Simulator) -> None:
    """The demo's own configuration and the store of a first sync."""
    config = folder / "pmreport.toml"
    config.write_text(demo._configuration(simulator.site))
    rates = folder / demo._RATES
    rates.write_text(demo._RATES_TEXT)
    rates.chmod(0o600)
    simulator.state.corpus.now_ms = to_ms(clock.now())
    assert run(["sync", "--config", str(config)], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0


def copied(healthy: Path, folder: Path) -> None:
    """A patient's files in a folder of its own."""
    for name in ("pmreport.toml", demo._RATES, "store.duckdb"):
        shutil.copy(healthy / name, folder / name)


@contextmanager
def restored(simulator: Simulator) -> Iterator[None]:
    """Whatever is done to the token in the block is undone."""
    state = simulator.state
    before = (state.credentials, state.scopes)
    try:
        yield
    finally:
        state.credentials, state.scopes = before
