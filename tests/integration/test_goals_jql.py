"""Rules asked of a real store: which items match, since when, and that two ways of telling agree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.goals import item as items
from pmreport.goals.compile import MatchRow, held_text, match_query
from pmreport.goals.context import JqlContext
from pmreport.goals.holding import matches
from pmreport.goals.jql import parse
from pmreport.goals.plan import Plan, resolve
from pmreport.model.instant import from_ms, to_iso, to_ms
from pmreport.store.session import Reader
from tests.support.goal_corpus import (
    AS_OF,
    DELETED,
    RESTRICTED,
    UNBORN,
    add_random_items,
    context,
    store_with_items,
)

# Each query with the keys it finds in the corpus, written by hand; the corpus is in goal_corpus.py.
QUERIES = (
    # one clause: = and !=
    ("status = Done", "WEB-2 WEB-6 WEB-10 APP-4"),  # two statuses bear the name
    ("status = 4", "WEB-2 WEB-10"),  # one of them by its id
    ('status = "to do"', "WEB-4 WEB-7 WEB-8 APP-2 APP-3"),
    ("status != Done", "WEB-1 WEB-3 WEB-4 WEB-5 WEB-7 WEB-8 WEB-9 APP-1 APP-2 APP-3"),
    ("statusCategory = Done", "WEB-2 WEB-6 WEB-10 APP-4"),
    ('statusCategory = "In Progress"', "WEB-1 WEB-3 WEB-5 WEB-9 APP-1"),
    ("statusCategory = new", "WEB-4 WEB-7 WEB-8 APP-2 APP-3"),
    ("statusCategory = 3", "WEB-2 WEB-6 WEB-10 APP-4"),
    ('statusCategory = "No Category"', ""),
    ("project = APP", "APP-1 APP-2 APP-3 APP-4"),
    ('project != "The APP project"', "WEB-1 WEB-2 WEB-3 WEB-4 WEB-5 WEB-6 WEB-7 WEB-8 WEB-9 WEB-10"),
    ("project = 10001 and type = Bug", "APP-3"),
    ("issuetype = Task", "WEB-7 WEB-8 WEB-10"),
    ("type = epic", "WEB-1"),
    ("issuekey = web-3", "WEB-3"),
    ("id = 2001", "APP-1"),
    ("key != WEB-1 AND type = Epic", ""),
    ("assignee = currentUser()", "WEB-1 WEB-2 WEB-3 WEB-8 WEB-10"),
    ('assignee = "Bo Berg"', "WEB-5 WEB-6 APP-3"),
    ("assignee = u-cy", "WEB-9 APP-1 APP-4"),
    ("assignee != currentUser()", "WEB-5 WEB-6 WEB-9 APP-1 APP-3 APP-4"),  # nobody's items do not match
    ("reporter != currentUser()", "WEB-6 WEB-7 WEB-10 APP-1 APP-2"),
    ("priority = high", "WEB-1 WEB-2 WEB-5 APP-1 APP-3"),
    ("priority != High", "WEB-3 WEB-4 WEB-7 WEB-8 WEB-10 APP-2"),
    ("resolution = Done", "WEB-2 WEB-10 APP-4"),
    ("resolution = Unresolved", "WEB-1 WEB-3 WEB-4 WEB-5 WEB-7 WEB-8 WEB-9 APP-1 APP-2 APP-3"),
    ("resolution != unresolved", "WEB-2 WEB-6 WEB-10 APP-4"),
    ("labels = follow-up", "WEB-3 WEB-5 WEB-10"),  # any of the labels, in any case
    ("labels = action", "WEB-7 WEB-8"),
    ("labels != action", "WEB-2 WEB-3 WEB-5 WEB-6 WEB-10 APP-1"),  # WEB-8 has it beside another
    ("labels = never-used", ""),
    ("fixVersion = 1.0", "WEB-2 WEB-6 APP-1"),  # two projects have a version of that name
    ("fixVersion != 1.0", "WEB-3 WEB-4"),
    ("component = Search", "WEB-3 WEB-4"),
    ("component != Search", "WEB-2 WEB-5"),
    ("parent = WEB-1", "WEB-2 WEB-3 WEB-4"),
    ("parent = 1003", "WEB-9"),
    ("parent != WEB-1", "WEB-9"),
    ("sprint = 72", "WEB-3 WEB-4 WEB-5 WEB-6 WEB-9"),
    ('sprint = "WEB Sprint 1"', "WEB-2 WEB-5 WEB-10"),
    ('sprint != "WEB Sprint 1"', "WEB-3 WEB-4 WEB-6 WEB-8 WEB-9 APP-1 APP-2"),
    ("due = 2026-11-18", "WEB-5"),
    ('duedate = "2026/11/20"', "WEB-10"),
    ("due != 2026-11-18", "WEB-2 WEB-3 WEB-7 WEB-8 WEB-10"),
    ('"Story Points" = 5', "WEB-3"),
    ("cf[10026] = 0.50", "WEB-8"),
    ('"Story Points[Number]" != 5', "WEB-2 WEB-5 WEB-6 WEB-8"),
    ('"Story point estimate" = 8', "APP-1"),
    ("Severity = Major", "WEB-3 APP-1"),
    ("severity != major", "WEB-5 WEB-6"),
    # IN and NOT IN
    ("status IN (Done, 2)", "WEB-1 WEB-2 WEB-3 WEB-6 WEB-9 WEB-10 APP-1 APP-4"),
    ('status NOT IN (Done, "To Do")', "WEB-1 WEB-3 WEB-5 WEB-9 APP-1"),
    ("assignee in (currentUser(), u-bo)", "WEB-1 WEB-2 WEB-3 WEB-5 WEB-6 WEB-8 WEB-10 APP-3"),
    ("assignee in (EMPTY, u-bo)", "WEB-4 WEB-5 WEB-6 WEB-7 APP-2 APP-3"),
    ("assignee not in (EMPTY, u-bo)", "WEB-1 WEB-2 WEB-3 WEB-8 WEB-9 WEB-10 APP-1 APP-4"),
    ("labels in (action, regression)", "WEB-6 WEB-7 WEB-8"),
    ("labels not in (action, regression)", "WEB-2 WEB-3 WEB-5 WEB-10 APP-1"),
    ("resolution in (Unresolved, Done) AND project = APP", "APP-1 APP-2 APP-3 APP-4"),
    ("key in (WEB-3, 2001, APP-404)", "WEB-3 APP-1"),
    ("key not in (WEB-1, WEB-2) and parent is empty and reporter = u-bo", "WEB-6 WEB-7 WEB-10"),
    ("parent in (WEB-1, 1003)", "WEB-2 WEB-3 WEB-4 WEB-9"),
    ('"Story Points" in (0.5, 3)', "WEB-2 WEB-8"),
    ("sprint in openSprints()", "WEB-3 WEB-4 WEB-5 WEB-6 WEB-9 APP-1 APP-2"),
    ("sprint not in openSprints()", "WEB-2 WEB-8 WEB-10"),
    ("sprint in (openSprints(), 73)", "WEB-3 WEB-4 WEB-5 WEB-6 WEB-8 WEB-9 APP-1 APP-2"),
    ("issuetype in subTaskIssueTypes()", "WEB-9"),
    ("type not in standardIssueTypes()", "WEB-9"),
    ("type in (standardIssueTypes()) and sprint = 72", "WEB-3 WEB-4 WEB-5 WEB-6"),
    # EMPTY
    ("assignee IS EMPTY", "WEB-4 WEB-7 APP-2"),
    ("assignee is null and project = APP", "APP-2"),
    ("assignee = EMPTY", "WEB-4 WEB-7 APP-2"),
    ("priority IS EMPTY", "WEB-6 WEB-9 APP-4"),
    ("labels IS NOT EMPTY", "WEB-2 WEB-3 WEB-5 WEB-6 WEB-7 WEB-8 WEB-10 APP-1"),
    ("labels != null", "WEB-2 WEB-3 WEB-5 WEB-6 WEB-7 WEB-8 WEB-10 APP-1"),
    ("duedate is empty and statusCategory != Done", "WEB-1 WEB-4 WEB-9 APP-1 APP-2 APP-3"),
    ("parent is not empty", "WEB-2 WEB-3 WEB-4 WEB-9"),
    ("sprint is empty", "WEB-1 WEB-7 APP-3 APP-4"),
    ('"Story Points" IS EMPTY AND sprint in openSprints()', "WEB-4 WEB-9 APP-1 APP-2"),
    ('"Story Points" IS EMPTY AND "Story point estimate" IS EMPTY AND sprint = 72', "WEB-4"),
    ("Effort is empty and type = Epic", "WEB-1"),  # two fields of one name, both empty
    ('notes is empty and "Go live" is empty and key = WEB-1', "WEB-1"),
    ("summary is not empty and key = WEB-1", "WEB-1"),
    ("originalEstimate is not empty", ""),
    # AND, OR, NOT and brackets
    ("labels = followup OR labels = follow-up AND assignee = currentUser()", "WEB-3 WEB-10"),
    ("(project = APP OR type = Task) AND assignee is empty", "WEB-7 APP-2"),
    ("project = APP OR type = Task AND assignee is empty", "WEB-7 APP-1 APP-2 APP-3 APP-4"),
    ("NOT assignee = currentUser()", "WEB-5 WEB-6 WEB-9 APP-1 APP-3 APP-4"),  # as !=, says Atlassian
    ("NOT (project = WEB OR assignee is empty)", "APP-1 APP-3 APP-4"),
    ("NOT (project = WEB AND type != Epic)", "WEB-1 APP-1 APP-2 APP-3 APP-4"),
    ("NOT NOT type = Epic", "WEB-1"),
    ("! labels is empty && ! labels in (action, follow-up, checkout)", "WEB-6 APP-1"),
    ("type = Bug || type = Epic", "WEB-1 WEB-5 WEB-6 APP-3"),
    (" TYPE=Bug\n\tAnd\n(Reporter = 'Ana Lima') ", "WEB-5 APP-3"),
)  # fmt: skip

# The same as of 10 November, 12:00 UTC, when less had happened.
THEN = datetime(2026, 11, 10, 12, tzinfo=UTC)
QUERIES_THEN = (
    ('status = "In Progress"', "WEB-1 WEB-9 APP-1"),
    ("labels = follow-up", "WEB-5 WEB-10"),
    ("assignee is empty", "WEB-7 APP-2"),
    ("assignee = u-ana", "WEB-1 WEB-2 WEB-3 WEB-8 WEB-10 WEB-11"),  # WEB-11 was deleted on the 15th
    ("assignee = u-cy", "WEB-4 WEB-9 APP-1 APP-4"),
    # the other board's began on the 16th
    ("sprint in openSprints()", "WEB-3 WEB-4 WEB-5 WEB-6 WEB-8 WEB-9 WEB-11"),
    ("sprint = 81", "APP-1 APP-2 APP-3"),
    ('"Story Points" = 5', "WEB-3"),
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The corpus, open for reading, with what was already looked up in it."""

    reader: Reader
    site_id: int
    keys: tuple[str, ...]
    contexts: dict[datetime, JqlContext] = field(default_factory=dict)
    seen: dict[tuple[str, int], items.Item | None] = field(default_factory=dict)

    def plan(self, text: str, as_of: datetime = AS_OF) -> Plan:
        """A query made ready for a moment."""
        if as_of not in self.contexts:
            self.contexts[as_of] = context(self.reader, self.site_id, as_of)
        return resolve(parse(text), self.contexts[as_of])

    def found(self, text: str, as_of: datetime = AS_OF) -> list[MatchRow]:
        """What a query finds."""
        return self.reader.rows(match_query(self.plan(text, as_of)))

    def item(self, key: str, at_ms: int) -> items.Item | None:
        """An item as it stood at a moment."""
        if (key, at_ms) not in self.seen:
            which = (self.site_id, key, at_ms)
            self.seen[key, at_ms] = items.from_rows(
                self.reader.rows(items.query(*which)), self.reader.rows(items.past_query(*which))
            )
        return self.seen[key, at_ms]

    def holds(self, text: str, key: str, at: datetime) -> bool:
        """Whether a query holds for an item, worked out without SQL."""
        plan, item = self.plan(text, at), self.item(key, to_ms(at))
        return item is not None and matches(plan.root, item, plan.context)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """The items of the table."""
    store, site_id = store_with_items(tmp_path_factory.mktemp("goals"))
    with store.reading() as reader:
        yield Corpus(reader, site_id, ())


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """The items of the table, and two dozen with random histories."""
    store, site_id = store_with_items(tmp_path_factory.mktemp("crowd"))
    keys = add_random_items(store, site_id, seed=2026, count=24)
    with store.reading() as reader:
        yield Corpus(reader, site_id, keys)


@pytest.mark.parametrize(("text", "keys"), QUERIES, ids=[text for text, _ in QUERIES])
def test_a_query_finds_the_items_written_beside_it(corpus: Corpus, text: str, keys: str) -> None:
    """Every query of the table finds exactly the keys that were written beside it by hand."""
    assert [row.issue_key for row in corpus.found(text)] == keys.split()


@pytest.mark.parametrize(("text", "keys"), QUERIES_THEN, ids=[text for text, _ in QUERIES_THEN])
def test_a_query_can_be_asked_of_the_past(corpus: Corpus, text: str, keys: str) -> None:
    """As of an earlier moment a query finds what it would have found then."""
    assert [row.issue_key for row in corpus.found(text, THEN)] == keys.split()


def test_deleted_and_later_items_are_never_found(corpus: Corpus) -> None:
    """An item that Jira deleted, or that was created later, matches nothing, not even its own key."""
    assert corpus.found(f"key in ({DELETED}, {UNBORN})") == []
    assert corpus.item(DELETED, to_ms(AS_OF)) is None
    assert [row.issue_key for row in corpus.found(f"key = {DELETED}", THEN)] == [DELETED]
    assert corpus.item(UNBORN, to_ms(AS_OF)) is None


def test_an_item_with_a_security_level_is_marked(corpus: Corpus) -> None:
    """Who may not be named in a mail is told apart in the answer."""
    assert [row.issue_key for row in corpus.found("project = APP") if row.restricted] == [RESTRICTED]


@pytest.mark.parametrize(
    ("text", "key", "since"),
    [
        ("status = Done", "WEB-2", "2026-10-10T00:00:00Z"),
        ("status != Done", "WEB-3", "2026-10-01T08:00:00Z"),  # To Do and In Progress are both not Done
        ("labels = follow-up", "WEB-3", "2026-11-12T00:00:00Z"),
        ("labels = checkout", "WEB-3", "2026-10-01T08:00:00Z"),
        ("assignee is empty", "WEB-4", "2026-11-13T00:00:00Z"),
        ("assignee is empty", "WEB-7", "2026-10-01T08:00:00Z"),
        ("assignee != currentUser()", "WEB-6", "2026-11-05T00:00:00Z"),
        ("sprint in openSprints()", "WEB-3", "2026-11-10T00:00:00Z"),  # when the sprint began
        ("sprint in openSprints()", "APP-1", "2026-11-16T00:00:00Z"),  # when it was activated
        ("sprint not in openSprints()", "WEB-2", "2026-10-15T00:00:00Z"),  # when its sprint closed
        ("sprint not in openSprints()", "WEB-8", "2026-11-14T00:00:00Z"),  # when it left the open one
        (
            'labels = follow-up AND status = "In Progress"',
            "WEB-3",
            "2026-11-12T00:00:00Z",
        ),  # the later of the two
        ('labels = follow-up OR status = "In Progress"', "WEB-3", "2026-11-11T00:00:00Z"),  # the earlier
        ("status = Done OR labels = follow-up", "WEB-3", "2026-11-12T00:00:00Z"),  # of those that hold
    ],
)
def test_a_match_says_since_when(corpus: Corpus, text: str, key: str, since: str) -> None:
    """A match is dated by the history: the moment from which on the rule has held."""
    assert {row.issue_key: to_iso(row.since_ms) for row in corpus.found(text)}[key] == since


@pytest.mark.parametrize(
    ("text", "key", "clauses"),
    [
        ("type = Bug AND priority = High", "WEB-5", "type = Bug AND priority = High"),
        ("type = Bug OR priority = High", "WEB-6", "type = Bug"),
        ("(type = Bug AND priority = Low) OR priority = High", "WEB-5", "priority = High"),
        ("type = Task AND (due is empty OR NOT key = WEB-7)", "WEB-8", "type = Task AND NOT key = WEB-7"),
    ],
)
def test_a_match_says_by_which_clauses(corpus: Corpus, text: str, key: str, clauses: str) -> None:
    """Of a rule with OR, the clauses that hold by themselves but not as part of a branch are left out."""
    (row,) = (row for row in corpus.found(text) if row.issue_key == key)

    assert held_text(corpus.plan(text), row.held) == clauses


def test_a_rule_of_seventy_clauses_still_matches(corpus: Corpus) -> None:
    """More clauses than a number has bits: the later ones are told with every match."""
    text = " OR ".join(["key = WEB-1"] * 69 + ["key = WEB-2"])

    assert [row.issue_key for row in corpus.found(text)] == ["WEB-1", "WEB-2"]
    assert held_text(corpus.plan(text), 1).count("key = WEB-1") == 8


CLAUSES = (
    "status = Done", "status != Done", "statusCategory = indeterminate", "status in (1, 4)",
    "assignee = currentUser()", "assignee is empty", "assignee not in (EMPTY, u-bo)", "assignee != u-cy",
    "reporter in (currentUser(), EMPTY)", "priority != High", "priority in (EMPTY, Low)",
    "resolution = Unresolved",
    "labels = action", "labels != action", "labels is empty", "labels not in (follow-up, regression)",
    "fixVersion = 1.0", "fixVersion != 1.1", "component in (Search, EMPTY)", "sprint in openSprints()",
    "sprint not in openSprints()", "sprint in (openSprints(), 71)", "sprint = 72", "sprint is empty",
    "due = 2026-11-18", "due != 2026-11-18", '"Story Points" = 5', '"Story Points" not in (3, 0.5)',
    '"Story Points" is empty', "severity is not empty", "project = APP", "type in standardIssueTypes()",
    "key != APP-103", "id in (2101, 2102, 2103)", "parent = WEB-1",
)  # fmt: skip
queries = st.recursive(
    st.sampled_from(CLAUSES),
    lambda inner: st.one_of(
        inner.map(lambda part: f"NOT ({part})"),
        st.tuples(inner, st.sampled_from((" AND ", " OR ")), inner).map(lambda parts: f"({''.join(parts)})"),
    ),
    max_leaves=6,
)
moments = st.sampled_from([datetime(2026, 10, number, 12, tzinfo=UTC) for number in (4, 12, 20)] + [AS_OF])


@settings(max_examples=40)
@given(text=queries, as_of=moments, pick=st.integers(min_value=0))
def test_the_question_and_the_explanation_agree(crowd: Corpus, text: str, as_of: datetime, pick: int) -> None:
    """What SQL finds is what the clauses say one by one, and the rule holds from `since` on until now."""
    rows = crowd.found(text, as_of)
    matching = [row for row in rows if row.issue_key in crowd.keys]

    assert {row.issue_key for row in matching} == {key for key in crowd.keys if crowd.holds(text, key, as_of)}
    for row in matching[pick % len(matching) :][:1] if matching else []:
        halfway = (row.since_ms + to_ms(as_of)) // 2
        assert crowd.holds(text, row.issue_key, from_ms(row.since_ms))
        assert crowd.holds(text, row.issue_key, from_ms(halfway))
