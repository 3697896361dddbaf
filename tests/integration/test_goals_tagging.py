"""The built-in goals run over the corpus: what they find, what is explained, and how fast it is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pmreport.goals import item as items
from pmreport.goals.catalog import load
from pmreport.goals.context import JqlContext
from pmreport.goals.coverage import coverage
from pmreport.goals.evidence import collect
from pmreport.goals.explain import explain
from pmreport.goals.tagging import Prepared, item_count_query, prepare
from pmreport.store.session import Reader
from tests.support.goal_corpus import AS_OF, context, store_with_items

FOUND = {  # by hand, from the table of goal_corpus.py; Ana asks
    "estimated-in-sprint": "WEB-3 WEB-5 WEB-9",
    "unestimated-in-sprint": "WEB-4",
    "done-by-me": "WEB-10",
    "without-an-owner": "",
    "mine-without-a-date": "",
    "approved-change": "APP-1",
    "belongs-nowhere": "WEB-5 APP-2",
    "hours-planned": "",
    "in-work-without-hours": "WEB-3 WEB-5",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Reader, JqlContext, Prepared]]:
    """The corpus, and every built-in rule made ready for it."""
    store, site_id = store_with_items(tmp_path_factory.mktemp("tagging"))
    with store.reading() as reader:
        known = context(reader, site_id)
        yield reader, known, prepare(tuple(load().values()), known)


def test_the_built_in_rules_find_what_they_say(run: tuple[Reader, JqlContext, Prepared]) -> None:
    """Each rule of the catalogue finds the items written beside it by hand, on a site it fits."""
    reader, _, prepared = run
    found = {
        ready.rule.id: " ".join(row.issue_key for row in reader.rows(ready.query)) for ready in prepared.rules
    }

    assert prepared.remarks == ()
    assert found == FOUND


def test_a_run_ends_in_evidence_and_coverage(run: tuple[Reader, JqlContext, Prepared]) -> None:
    """What the rules find becomes evidence; how much of the work they speak about is counted."""
    reader, known, prepared = run
    found = [match for ready in prepared.rules for match in ready.matches(reader.rows(ready.query))]
    evidence = collect((), found)
    (count,) = reader.rows(item_count_query(known))

    covered = coverage(evidence, prepared.rule_ids, count.items)

    assert count.items == 14
    assert covered.tagged == len({piece.issue_id for piece in evidence}) == 7
    assert ("follow-up", "without-an-owner") in covered.silent
    assert all(piece.since <= AS_OF for piece in evidence)


def test_an_item_is_explained_rule_by_rule(run: tuple[Reader, JqlContext, Prepared]) -> None:
    """For one item every rule says whether it matches, as the run itself did, and each clause what it saw."""
    reader, known, prepared = run
    item = items.from_rows(reader.rows(items.query(known.site_id, "web-3", known.as_of_ms)))
    assert item is not None

    told = explain(item, prepared.rules, known)

    assert {rule.rule_id for rule in told.rules if rule.matches} == {
        "estimated-in-sprint",
        "in-work-without-hours",
    }
    (ownerless,) = (rule for rule in told.rules if rule.rule_id == "without-an-owner")
    assert [(clause.holds, clause.seen) for clause in ownerless.clauses] == [
        (True, "checkout, follow-up"),
        (False, "Ana Lima"),
        (True, "In Progress (indeterminate)"),
    ]


def test_a_site_of_another_number_is_not_touched(run: tuple[Reader, JqlContext, Prepared]) -> None:
    """A store may hold several sites: the rules of one find nothing of another."""
    reader, known, _ = run
    elsewhere = prepare(tuple(load().values()), replace(known, site_id=known.site_id + 1))

    assert [row for ready in elsewhere.rules for row in reader.rows(ready.query)] == []
