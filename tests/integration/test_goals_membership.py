"""The items of a rule over time, held against the rule asked at single moments."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.goals.jql import parse
from pmreport.goals.membership import members_query
from pmreport.goals.plan import resolve
from pmreport.model.instant import OPEN_END_MS, from_ms
from pmreport.store.engine import Store
from tests.support.goal_corpus import add_random_items, context, day, issue_id, store_with_items
from tests.support.memberships import found_at, members_at, stretches_wrongly_cut

CLAUSES = (
    "status = Done", "status != Done", "statusCategory = indeterminate", "status in (1, 4)",
    "assignee = currentUser()", "assignee is empty", "assignee not in (EMPTY, u-bo)", "assignee != u-cy",
    "priority in (EMPTY, Low)", "resolution = Unresolved", "labels in (action, follow-up)", "labels is empty",
    "labels not in (follow-up, regression)", "fixVersion != 1.1", "component in (Search, EMPTY)",
    "sprint in openSprints()", "sprint not in openSprints()", "sprint in (openSprints(), 71)",
    '"Story Points" not in (3, 0.5)', '"Story Points" is not empty', "project = APP", "key != APP-103",
)  # fmt: skip
rules = st.recursive(
    st.sampled_from(CLAUSES),
    lambda inner: st.one_of(
        inner.map(lambda part: f"NOT ({part})"),
        st.tuples(inner, st.sampled_from((" AND ", " OR ")), inner).map(lambda parts: f"({''.join(parts)})"),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, int]]:
    """The items of the table, one of them deleted, and forty with random histories."""
    store, site_id = store_with_items(tmp_path_factory.mktemp("members"))
    add_random_items(store, site_id, seed=2027, count=40)
    with store.reading():
        yield store, site_id


def stretches(crowd: tuple[Store, int], text: str) -> dict[int, list[tuple[str, str]]]:
    """The stretches of each item in which a rule held, as days to read; `open` has no end."""
    store, site_id = crowd
    found: dict[int, list[tuple[str, str]]] = {}
    for row in sorted(store.rows(members_query(resolve(parse(text), context(store, site_id))))):
        until = "open" if row.valid_to_ms == OPEN_END_MS else f"{from_ms(row.valid_to_ms):%m-%d}"
        found.setdefault(row.issue_id, []).append((f"{from_ms(row.valid_from_ms):%m-%d}", until))
    return found


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("status = Done", "WEB-2", [("10-10", "open")]),
        ("status != Done", "WEB-2", [("10-01", "10-10")]),
        ('status IN ("To Do", "In Progress")', "WEB-3", [("10-01", "open")]),  # the two are one stretch
        ("assignee IS EMPTY", "WEB-4", [("11-13", "open")]),
        ("assignee = u-cy OR assignee IS EMPTY", "WEB-4", [("10-01", "open")]),
        ('labels = follow-up AND status = "In Progress"', "WEB-3", [("11-12", "open")]),
        ("labels = action", "WEB-11", [("10-01", "11-15")]),  # deleted then
        ("sprint = 72", "WEB-8", [("10-01", "11-14")]),
    ],
)
def test_an_item_belongs_from_when_until_when(
    crowd: tuple[Store, int], text: str, key: str, expected: list[tuple[str, str]]
) -> None:
    """Stretches that touch are one, and none outlives the item."""
    assert stretches(crowd, text)[issue_id(key)] == expected


@settings(max_examples=40)
@given(text=rules, seed=st.integers(min_value=0))
def test_who_belongs_at_a_moment_is_who_is_found_at_it(
    crowd: tuple[Store, int], text: str, seed: int
) -> None:
    """The stretches of a rule that hold a moment are those of the items the rule finds as of that moment."""
    store, site_id = crowd
    dice = Random(seed)  # noqa: S311  a seeded die, not a secret
    named = context(store, site_id)
    members = store.rows(members_query(resolve(parse(text), named)))
    moments = [dice.randrange(day("09-30"), day("11-22")), day("10-01") + 86_400_000 * dice.randrange(40)]

    assert stretches_wrongly_cut(members) == []
    for at_ms in moments:
        assert members_at(members, at_ms) == found_at(store, named, text, from_ms(at_ms))
