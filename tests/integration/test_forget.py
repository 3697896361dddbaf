"""An issue and a person that are forgotten are in no file any more, and no sync brings them back."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmreport.app.forget.run import forget
from pmreport.app.wiring import Workspace, open_workspace
from pmreport.cli.boundary import run
from pmreport.config.load import load
from pmreport.demo.dialect import CLOUD
from pmreport.model.rows import CommentItemRow, IssueRow, RawDocumentRow, UserAccountRow
from pmreport.store.engine import Store, only_writer
from pmreport.sync.summary import Progress
from tests.support.configured import configured
from tests.support.schema import faults
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import named
from tests.support.syncing import difference, stored

NOW = datetime(2026, 11, 2, tzinfo=UTC)
WORDS = "Quetzalcoatl"  # stand in nothing but what the person wrote
TITLE = "Xochimilco Xolotl Xipe"  # stands in nothing but the issue

GOAL = """
[[goal]]
id = "all"
title = "Everything"
[[goal.rule]]
id = "all"
jql = 'project = SHOP'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder with all that pmreport keeps of a small site, and who and what is to be forgotten there."""

    folder: Path
    simulator: Simulator
    key: str
    parent: str
    account: str
    traces: tuple[str, ...]

    def run(self, *words: str) -> int:
        """The exit status of a command."""
        config = str(self.folder / "pmreport.toml")
        return run([*words, "--config", config], {"PMREPORT_JIRA_TOKEN": self.simulator.site.token})

    @property
    def workspace(self) -> Workspace:
        """The folder as the commands see it."""
        return open_workspace(load(self.folder / "pmreport.toml"), {})

    @property
    def store(self) -> Store:
        """The store."""
        return Store.open(f"duckdb:{self.folder / 'store.duckdb'}")


def _break_off(_: Progress) -> None:
    raise KeyboardInterrupt


def _prepared(folder: Path, simulator: Simulator) -> Place:
    """The site synced into the folder, after the person has said something and was spoken of."""
    users = simulator.state.corpus.site.users
    someone = next(user for user in users.values() if user.name.startswith("Marek"))
    for key in ("SHOP-41", "SHOP-75"):  # they are linked with each other
        simulator.edit(do="assignee", issue=key, value=someone.account_id)
        simulator.edit(do="comment", issue=key, author=someone.account_id, text=f"RISK: {WORDS}")
        simulator.edit(do="comment", issue=key, text=f"See [~accountid:{someone.account_id}], SHOP-41")
    simulator.edit(do="summary", issue="SHOP-41", value=TITLE)
    more = f"account = '{simulator.site.account_id}'\n{GOAL}"
    configured(folder, simulator.site, "SHOP", more=more)
    ids = tuple(filter(None, (someone.account_id, someone.key, someone.username, someone.email)))
    return Place(
        folder=folder,
        simulator=simulator,
        key="SHOP-41",
        parent="SHOP-4",
        account=someone.key or someone.account_id,
        traces=(*ids, someone.name, WORDS),
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A synced folder with a journal, a draft, a kept report and a written one, after both were forgotten."""
    folder = tmp_path_factory.mktemp("forget")
    with serving(named(CLOUD, "SHOP-4", "SHOP-5", "SHOP-41", "SHOP-75")) as simulator:
        made = _prepared(folder, simulator)
        assert made.run("sync") == 0
        _type(made)
        yield made


def _type(place: Place) -> None:
    """What a person has typed and what was made of it."""
    name = place.traces[-2]
    entries = [
        ("a", "exception", {"check": "D1", "key": place.key, "until": "2026-12-31", "reason": "known"}),
        ("b", "follow-up", {"type": "action", "statement": f"Ask {name}", "owner": name}),
        ("c", "follow-up", {"type": "action", "statement": "Read it", "key": place.key}),
        ("d", "follow-up", {"type": "action", "statement": "Read it", "follow_up": "c", "status": "done"}),
        ("e", "draft", {"report": "weekly", "period": "2026-W44", "text": f"{place.key} {TITLE}, by {name}"}),
    ]
    lines = [
        json.dumps(
            {"schema": 1, "id": id_, "at": "2026-11-01T08:00:00Z", "kind": kind, "by": "me", "payload": told}
        )
        for id_, kind, told in entries
    ]
    _write(place.folder / "journal.jsonl", "\n".join([*lines, f'{{"torn": "{name}']))
    _write(
        place.folder / "drafts/2026-W44.weekly.md",
        f"- {place.key}: {TITLE}\n- {name} is away\n- {place.parent}\n",
    )
    link = f"https://jira.example/issues/?jql=key%20in%20({place.key}%2C{place.parent})"
    _write(
        place.folder / "frozen/weekly.1.json", json.dumps([{"text": TITLE}, {"text": name}, {"href": link}])
    )
    _write(
        place.folder / "evidence.json", json.dumps({"evidence": [{"key": place.key}, {"key": place.parent}]})
    )
    _write(place.folder / "reports/weekly.html", f"<p>{place.key}")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _where(place: Place, *traces: str) -> list[str]:
    """The files that hold one of these, written reports aside, and the rows of documents once unpacked."""
    found = [
        f"{path.relative_to(place.folder)}: {trace}"
        for path in place.folder.rglob("*")
        if path.is_file() and "reports" not in path.parts
        for trace in traces
        if trace.encode() in path.read_bytes()
        or trace.encode("ascii", "backslashreplace") in path.read_bytes()
    ]
    documents = ((row, zlib.decompress(row.payload)) for row in stored(place.store, RawDocumentRow))
    return found + [
        f"{row.kind} {row.id}: {trace}"
        for row, text in documents
        for trace in traces
        if trace.encode() in text
    ]


def test_what_is_forgotten_is_nowhere_and_stays_away(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """First only shown; then gone from every file, byte by byte, and no later sync brings it back."""
    assert _where(place, place.key, TITLE, *place.traces)
    issues = len(stored(place.store, IssueRow))
    comments = len(stored(place.store, CommentItemRow))

    # -- shown, and nothing done
    assert place.run("forget", place.key.lower()) == 0
    told = capsys.readouterr()
    assert "Nothing was forgotten" in told.err
    assert "reports/weekly.html" in told.out
    assert "your journal: 3 entries go, 1 lose the name" in told.out
    assert len(stored(place.store, IssueRow)) == issues

    # -- broken off in the middle: the store is as it was, and the same words do the rest
    with pytest.raises(KeyboardInterrupt):
        forget(place.workspace, place.key, now=NOW, progress=_break_off)
    assert len(stored(place.store, IssueRow)) == issues
    assert place.key not in (place.folder / "journal.jsonl").read_text(encoding="utf-8")

    # -- and before they do, nothing is made of what is left in the store
    evidence = place.folder / "evidence.json"
    typed = evidence.read_bytes()
    evidence.unlink()
    assert place.run("tag") == 0
    made = evidence.read_text(encoding="utf-8")
    assert place.parent in made
    assert place.key not in made
    evidence.write_bytes(typed)
    capsys.readouterr()

    # -- the issue, then the person
    assert place.run("forget", place.key, "--yes", "--json") == 0
    shape = json.loads(capsys.readouterr().out)
    assert faults(shape, "forget") == []
    assert shape["forgotten"] is True
    assert _where(place, place.key, TITLE) == []
    assert place.parent in (place.folder / "drafts/2026-W44.weekly.md").read_text(encoding="utf-8")
    assert json.loads((place.folder / "evidence.json").read_text()) == {"evidence": [{"key": place.parent}]}

    assert place.run("forget", place.account, "--yes") == 0
    assert _where(place, *place.traces) == []
    people = {row.account_id: row.display_name for row in stored(place.store, UserAccountRow)}
    assert people["forgotten-1"] == "a forgotten person"
    assert len(stored(place.store, IssueRow)) == issues - 1
    assert 0 < len(stored(place.store, CommentItemRow)) < comments  # of the person only the words are gone
    assert place.run("journal", "export", str(place.folder / "reports/copy.jsonl")) == 0

    # -- later syncs
    capsys.readouterr()
    assert place.run("sync", "--full", "--census") == 0
    assert _where(place, place.key, TITLE, *place.traces) == []
    assert "1 issue was left out: it is forgotten" in capsys.readouterr().err

    # -- a store made anew knows by the journal, and holds what the one that forgot holds
    before = place.folder / "store.duckdb"
    kept = before.rename(place.folder.parent / f"{place.folder.name}-before.duckdb")
    assert place.run("sync") == 0
    assert _where(place, place.key, TITLE, *place.traces) == []
    assert difference(Store.open(f"duckdb:{kept}"), place.store, dated=False) == {}

    # -- and every file there is one that docs/privacy.md tells of
    privacy = (Path(__file__).parents[2] / "docs/privacy.md").read_text(encoding="utf-8")
    assert [path.name for path in place.folder.iterdir() if path.name not in privacy] == ["pmreport.toml"]

    # -- once more, by the same words: nothing is left to do
    assert place.run("forget", place.key, "--yes") == 0
    assert (place.folder / "journal.jsonl").read_text(encoding="utf-8").count('"kind":"forgotten"') == 2


def test_a_word_that_is_nobody_is_answered_with_the_nearest(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip of the finger forgets nothing; nor is the account forgotten that reads the site."""
    assert place.run("forget", f"{place.parent}9", "--yes") == 2
    assert "did you mean" in capsys.readouterr().err
    assert place.run("forget", "Nobody At All", "--yes") == 2
    assert "nobody in the store" in capsys.readouterr().err
    assert place.run("forget", place.simulator.site.account_id, "--yes") == 65
    assert "reads the site" in capsys.readouterr().err


def test_nothing_is_forgotten_beside_a_sync(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """A second writer is told of the first, and every file is as it was."""
    before = (place.folder / "journal.jsonl").read_bytes()

    with only_writer(f"duckdb:{place.folder / 'store.duckdb'}", now=NOW):
        assert place.run("forget", place.parent, "--yes") == 75

    assert (place.folder / "journal.jsonl").read_bytes() == before
    assert capsys.readouterr().err
