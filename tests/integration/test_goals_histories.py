"""Stretches of time laid over each other, and the members of rules, over histories that hypothesis makes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.goals.compile import match_query
from pmreport.goals.jql import parse
from pmreport.goals.membership import members_query
from pmreport.goals.plan import Plan, resolve
from pmreport.goals.sweep import sweep
from pmreport.model import rows
from pmreport.model.instant import OPEN_END_MS, from_ms
from tests.support.engines import DuckEngine, duck
from tests.support.goal_context import site
from tests.support.memberships import members_at, stretches_wrongly_cut

DAY = 86_400_000
START = site().as_of_ms - 10 * DAY


@pytest.fixture(scope="module")
def engine() -> DuckEngine:
    """A database with the tables of the store."""
    return duck()


stretches = st.lists(
    st.tuples(st.integers(1, 2), st.integers(0, 9), st.integers(1, 5)), min_size=1, max_size=5
)
parts = st.lists(st.tuples(stretches, st.sampled_from((1, 1, -1, -50, 50))), min_size=1, max_size=4)


@settings(max_examples=40)
@given(parts=parts, needed=st.integers(1, 2))
def test_a_sweep_finds_the_moments_that_are_covered_enough(
    engine: DuckEngine, parts: list[tuple[list[tuple[int, int, int]], int]], needed: int
) -> None:
    """The merged stretches hold exactly the moments at which the weights make enough."""
    weighed = [(_covering(covers), weight) for covers, weight in parts]
    _, found = engine.run(sweep(weighed, needed=needed))

    for item in (1, 2):
        for moment in range(16):
            level = sum(
                weight
                for covers, weight in parts
                for owner, start, length in covers
                if owner == item and start <= moment < start + length
            )
            held = [row for row in found if row[0] == item and row[1] <= moment < row[2]]
            assert len(held) == (level >= needed), (item, moment)


def _covering(covers: list[tuple[int, int, int]]) -> str:
    values = ", ".join(f"({item}, {start}, {start + length})" for item, start, length in covers)
    columns = "item_id, began_at, ended_at"
    return f"SELECT {columns} FROM (VALUES {values}) v({columns})"  # noqa: S608 - numbers of our own


def _issue(issue_id: int, born: int, gone: int | None) -> rows.IssueRow:
    empty: dict[str, Any] = dict.fromkeys(rows.IssueRow._fields)
    return rows.IssueRow(**empty)._replace(
        issue_id=issue_id,
        issue_key=f"WEB-{issue_id}",
        project_id=10000,
        issue_type_id="1",
        is_subtask=False,
        summary="",
        status_id="1",
        created_ms=START + born * DAY,
        updated_ms=START + born * DAY,
        unseen_since_ms=None if gone is None else START + gone * DAY,
        history_complete=True,
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[Any, ...], ...]:
    """Three issues that change their status, assignee, labels and sprint, of which some go out of sight."""
    told: list[tuple[Any, ...]] = []
    for issue_id in (1, 2, 3):
        born = draw(st.integers(0, 4))
        told.append(_issue(issue_id, born, draw(st.none() | st.integers(born + 1, 10))))
        for field, values in FIELDS.items():
            days = sorted(draw(st.sets(st.integers(born + 1, 10), max_size=3)))
            edges = [START + day * DAY for day in (born, *days)]
            for since, until in zip(edges, [*edges[1:], OPEN_END_MS], strict=True):
                told += _held(issue_id, field, draw(st.sets(values, max_size=2)), since, until)
            told += _changes(issue_id, field, edges[1:])
    sprint = rows.SprintRow(
        72, None, "Sprint 2", "closed", None, START + 3 * DAY, None, None, START + 7 * DAY
    )
    return (*told, sprint)


FIELDS = {
    "status": st.sampled_from(("1", "2", "4")),
    "assignee": st.sampled_from(("u-ana", "u-bo")),
    "labels": st.sampled_from(("x", "y")),
    "sprint": st.sampled_from(("72",)),
}


def _held(issue_id: int, field: str, values: set[str], since: int, until: int) -> list[tuple[Any, ...]]:
    if field == "status":
        return [rows.IssueStatusRow(issue_id, min(values, default="1"), since, until)]
    if field == "sprint":
        return [rows.IssueSprintRow(issue_id, int(value), since, until) for value in values]
    kept = values if field == "labels" else set(sorted(values)[:1])
    return [rows.IssueValueRow(issue_id, field, value, since, until, value, None) for value in kept]


def _changes(issue_id: int, field: str, edges: list[int]) -> list[tuple[Any, ...]]:
    offset = 100 * list(FIELDS).index(field) + 1000 * issue_id
    return [
        rows.IssueChangeRow(offset + number, 0, issue_id, at, "u-bo", field, field, "1", "2", None, None)
        for number, at in enumerate(edges)
    ]


CLAUSES = (
    "status = 2", "status != 2", "status in (1, 4)", "assignee is empty", "assignee not in (EMPTY, u-bo)",
    "labels in (x, y)", "labels in (x, EMPTY)", "labels != x", "sprint in openSprints()", "key != WEB-2",
    "sprint not in closedSprints()", "status was 2", "status was not 4 after -5d", "assignee was EMPTY",
    "assignee was EMPTY before -4d",
    "status changed during (-8d, -3d)", "not assignee changed by u-bo", "created > -8d", "updated >= -4d",
    "updated < -6d", "assignee was u-ana by u-bo",
)  # fmt: skip
rules = st.recursive(
    st.sampled_from(CLAUSES),
    lambda inner: st.tuples(inner, st.sampled_from((" AND ", " OR ", " AND NOT ")), inner).map(
        lambda joined: f"({''.join(joined)})"
    ),
    max_leaves=4,
)


@settings(max_examples=25)
@given(story=histories(), text=rules)
def test_members_over_time_are_the_matches_of_each_moment(
    engine: DuckEngine, story: tuple[tuple[Any, ...], ...], text: str
) -> None:
    """Whatever became of the issues, at every turn of the story the two ways of asking agree."""
    engine.hold(story)
    plan = resolve(parse(text), site())
    members = engine.answer(members_query(plan))

    assert stretches_wrongly_cut(members) == []
    for half_days in range(0, 23, 2):
        moment = from_ms(START) + timedelta(hours=12 * half_days)
        then = Plan(plan.root, replace(plan.context, as_of=moment))
        found = {row.issue_id for row in engine.answer(match_query(then))}
        assert members_at(members, then.context.as_of_ms) == found
