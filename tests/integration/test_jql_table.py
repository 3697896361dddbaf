"""A table of queries with their keys: compiled, told for one item, and asked of the simulator's search."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import CLOUD
from pmreport.demo.jql import Finder
from pmreport.goals import item as items
from pmreport.goals import names
from pmreport.goals.compile import match_query
from pmreport.goals.context import JqlContext
from pmreport.goals.holding import matches
from pmreport.goals.jql import parse
from pmreport.goals.membership import members_query
from pmreport.goals.plan import Plan, resolve
from pmreport.model.instant import from_ms, to_ms
from pmreport.store.session import Reader
from tests.support.memberships import members_at
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import cut
from tests.support.store_copies import postgres_copy
from tests.support.syncing import run, shipped_store

_FILE = Path(__file__).with_name("jql_table.txt")
_DOCUMENTED = "# From Atlassian"


def _table() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each query with its section and its keys; a line of keys is indented, and belongs to the one above."""
    section, query = "", ""
    keys: tuple[str, ...] = ()
    for line in [*_FILE.read_text(encoding="utf-8").splitlines(), "#"]:
        if line.startswith("    "):
            keys = (*keys, *line.replace("(none)", "").split())
        elif line:
            if query:
                yield section, query, keys
            query, keys = ("", ()) if line.startswith("#") else (line, ())
            section = line if line.startswith("#") else section


TABLE = tuple(_table())


@dataclass(frozen=True)
class Site:
    """Every thirteenth issue of the story, served by the simulator and read into a store."""

    corpus: Corpus
    simulator: Simulator
    reader: Reader
    file: Path
    context: JqlContext

    def plan(self, text: str, at: datetime | None = None) -> Plan:
        """A query, ready to be asked as of a moment."""
        return resolve(parse(text), self.context if at is None else replace(self.context, as_of=at))

    def expected(self, text: str) -> set[str]:
        """What the simulator's own search finds."""
        found = (self.corpus.issue(issue_id) for issue_id in Finder(self.corpus).ids(text))
        return {issue.key for issue in found if issue}

    @cached_property
    def keys(self) -> dict[int, str]:
        """The key of every issue, by its id."""
        return {issue.id: issue.key for issue in self.corpus.issues()}

    def item(self, key: str, at_ms: int) -> items.Item | None:
        """An issue as it stood at a moment."""
        which = (self.context.site_id, key, at_ms)
        rows, past = self.reader.rows(items.query(*which)), self.reader.rows(items.past_query(*which))
        return items.from_rows(rows, past)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of the table."""
    corpus = cut(CLOUD, lambda told: told[5::13])
    folder = tmp_path_factory.mktemp("table")
    store = shipped_store(folder)
    with serving(corpus) as simulator:
        run(simulator, store, projects=("SHOP", "APP", "OPS"))
        with store.reading() as reader:
            context = names.context_from_rows(
                reader.rows(names.query(1)),
                site_id=1,
                account=corpus.site.me,
                zone=ZoneInfo(corpus.site.zones.user),
                week_start="mon",
                as_of=from_ms(corpus.now_ms),
            )
            yield Site(corpus, simulator, reader, folder / "store.duckdb", context)


@pytest.fixture
def database(postgres: str) -> str:
    """The address of an empty database of one's own."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE jql_table")
    return f"{postgres} dbname=jql_table"  # the last one counts


def wrong(site: Site, reader: Reader) -> list[tuple[str, list[str]]]:
    """The queries of the table for which a reader finds other keys, with those that differ."""
    found = ((text, keys, reader.rows(match_query(site.plan(text)))) for _, text, keys in TABLE)
    differences = ((text, {row.issue_key for row in rows} ^ set(keys)) for text, keys, rows in found)
    return [(text, sorted(keys)) for text, keys in differences if keys]


def test_the_table_is_wide_and_selective(site: Site) -> None:
    """Queries that find nothing or nearly everything prove little: most find from 1 to 30 in a hundred."""
    shares = [len(keys) / len(site.keys) for _, _, keys in TABLE]

    assert len({text for _, text, _ in TABLE}) == len(TABLE) >= 150
    assert sum(0.01 <= share <= 0.3 for share in shares) >= 120
    assert sum(section.startswith(_DOCUMENTED) for section, _, _ in TABLE) >= 15


def test_duckdb_finds_the_keys_of_the_table(site: Site) -> None:
    """Every query of the table finds its keys and no others."""
    assert wrong(site, site.reader) == []


def test_postgresql_finds_the_keys_of_the_table(site: Site, database: str) -> None:
    """The same texts find the same keys in PostgreSQL."""
    with postgres_copy(site.file, database) as reader:
        assert wrong(site, reader) == []


def test_the_simulators_own_search_finds_the_keys_of_the_table(site: Site) -> None:
    """A reader of its own, over the issues themselves, agrees with the table."""
    differences = ((text, sorted(site.expected(text) ^ set(keys))) for _, text, keys in TABLE)

    assert [(text, keys) for text, keys in differences if keys] == []


def test_the_simulator_answers_the_same_over_http(site: Site) -> None:
    """A few of them as a client would ask them."""
    for _, text, keys in TABLE[::24]:
        assert sorted(site.simulator.keys(text)) == sorted(keys), text


def test_every_query_of_the_table_is_told_for_one_item(site: Site) -> None:
    """Worked out clause by clause for one item, as `tag explain` does, each holds for its keys alone."""
    plans = [(site.plan(text), keys) for _, text, keys in TABLE]
    for key in [*site.keys.values()][::16]:
        item = site.item(key, site.context.as_of_ms)
        assert item is not None

        for plan, keys in plans:
            assert matches(plan.root, item, plan.context) is (key in keys), (key, plan.root)


clauses = st.sampled_from([text for _, text, keys in TABLE if keys and "ORDER BY" not in text])
queries = st.recursive(
    clauses.map(lambda text: f"({text})"),
    lambda inner: st.one_of(
        inner.map(lambda part: f"NOT {part}"),
        st.tuples(inner, st.sampled_from((" AND ", " OR ")), inner).map(lambda parts: f"({''.join(parts)})"),
    ),
    max_leaves=4,
)


@settings(max_examples=30)
@given(text=queries)
def test_made_up_queries_find_what_the_simulators_own_search_finds(site: Site, text: str) -> None:
    """However clauses are joined, both ways of answering agree."""
    found = {row.issue_key for row in site.reader.rows(match_query(site.plan(text)))}

    assert found == site.expected(text)


@settings(max_examples=12)
@given(text=queries, days=st.integers(min_value=0, max_value=330))
def test_who_belongs_at_a_moment_is_who_was_found_then(site: Site, text: str, days: int) -> None:
    """Over time and at a moment a rule says the same, with its dates fixed at the plan's own moment."""
    now = site.plan(text)
    then = replace(now, context=replace(now.context, as_of=now.context.as_of - timedelta(days=days)))
    members = site.reader.rows(members_query(now))

    found = {row.issue_id for row in site.reader.rows(match_query(then))}
    assert members_at(members, to_ms(then.context.as_of)) == found


@settings(max_examples=10)
@given(text=queries, days=st.integers(min_value=0, max_value=330), pick=st.integers(min_value=0))
def test_the_past_is_told_for_one_item_as_it_is_found(site: Site, text: str, days: int, pick: int) -> None:
    """As of a past moment, the explanation of an item agrees with the question to the store."""
    plan = site.plan(text, site.context.as_of - timedelta(days=days))
    found = {row.issue_key for row in site.reader.rows(match_query(plan))}

    for key in (*sorted(found)[pick % 7 :: 7][:2], [*site.keys.values()][pick % len(site.keys)]):
        item = site.item(key, plan.context.as_of_ms)
        assert (item is not None and matches(plan.root, item, plan.context)) is (key in found)
