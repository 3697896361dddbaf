"""What holds for the history of every issue, whatever happened to it."""

from collections.abc import Callable
from itertools import groupby, pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pmreport.model.changelog import Value
from pmreport.model.instant import OPEN_END_MS
from pmreport.model.rows import IssueChangeRow
from pmreport.model.timeline import IssueState, Timeline, build
from tests.support.histories import CREATED, KINDS, SPRINT, change

ELEMENTS = ("1", "2", "3")
Sets = list[tuple[int, frozenset[str]]]  # from when which elements are there, the creation first


@st.composite
def lives(draw: st.DrawFn, most: int = 3) -> Sets:
    """The values of a field over time: instants go up, neighbours may be equal and simultaneous."""
    instants = draw(st.lists(st.integers(CREATED, CREATED + 12), max_size=8))
    values = st.frozensets(st.sampled_from(ELEMENTS), max_size=most)
    least = 1 if most == 1 else 0
    chosen = st.frozensets(st.sampled_from(ELEMENTS), min_size=least, max_size=most) if least else values
    return [(CREATED, draw(chosen)), *((instant, draw(chosen)) for instant in sorted(instants))]


def items(life: Sets, field: str) -> list[IssueChangeRow]:
    """The changelog that Jira would write of it."""
    return [
        change(at, field, ", ".join(sorted(old)), ", ".join(sorted(new)), history=number)
        for number, ((_, old), (at, new)) in enumerate(pairwise(life), start=1)
    ]


def built(life: Sets, field: str, changes: list[IssueChangeRow]) -> Timeline:
    """The timeline of an issue that lived so."""
    now = tuple(Value(element) for element in sorted(life[-1][1]))
    issue = IssueState(issue_id=7, key="WEB-7", created_ms=CREATED, values={field: now})
    return build(issue, changes, kinds=KINDS)


def replayed(life: Sets) -> Callable[[int], frozenset[str]]:
    """The value at an instant, told forwards: possible here, where the value at creation is known."""
    return lambda instant: [elements for at, elements in life if at <= instant][-1]


@given(lives())
def test_backwards_agrees_with_a_replay_forwards(life: Sets) -> None:
    """At every instant of the issue's life both say the same."""
    timeline = built(life, SPRINT, items(life, SPRINT))

    at = replayed(life)
    for instant in range(CREATED, CREATED + 14):
        there = {row.value_id for row in timeline.values if row.valid_from_ms <= instant < row.valid_to_ms}
        assert there == at(instant)
    assert timeline.problems == ()


@given(lives(most=1))
def test_statuses_are_gapless_from_creation_to_the_open_end(life: Sets) -> None:
    """Each begins where the one before ends, none is empty, and no two neighbours are equal."""
    rows = built(life, "status", items(life, "status")).statuses

    assert rows[0].valid_from_ms == CREATED
    assert rows[-1].valid_to_ms == OPEN_END_MS
    assert rows[-1].status_id in life[-1][1]
    for before, after in pairwise(rows):
        assert before.valid_to_ms == after.valid_from_ms > before.valid_from_ms
        assert before.status_id != after.status_id


@given(lives(), st.randoms(use_true_random=False))
def test_the_order_in_which_changes_arrive_is_irrelevant(life: Sets, random: Random) -> None:
    """Pages of Jira come newest first or oldest first."""
    changes = items(life, SPRINT)
    shuffled = list(changes)
    random.shuffle(shuffled)

    assert built(life, SPRINT, shuffled) == built(life, SPRINT, changes)


@given(lives())
def test_intervals_of_an_element_lie_apart_within_the_life_of_the_issue(life: Sets) -> None:
    """None is empty, none overlaps or touches the next: each is as long as can be."""
    rows = sorted(built(life, SPRINT, items(life, SPRINT)).values, key=lambda row: row[2:4])

    for _, group in groupby(rows, key=lambda row: row.value_id):
        spans = [(row.valid_from_ms, row.valid_to_ms) for row in group]
        assert all(CREATED <= start < end <= OPEN_END_MS for start, end in spans)
        assert all(end < start for (_, end), (start, _) in pairwise(spans))


@given(lives())
def test_what_is_open_is_what_jira_shows(life: Sets) -> None:
    """The last intervals are the current value, also where the history lies."""
    lying = [row._replace(to_value="9") for row in items(life, SPRINT)]
    rows = built(life, SPRINT, lying).values

    assert {row.value_id for row in rows if row.valid_to_ms == OPEN_END_MS} == life[-1][1]
