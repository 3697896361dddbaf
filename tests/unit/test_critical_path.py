"""The critical path method, against three published networks and what must hold for any plan."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.critical_path import Activity, Network, Pert, network, pert

ORDINARY = st.integers(0, 9)


def plan(text: str) -> Network:
    """A plan from words like `e2(b,d)`: an id of a letter, its duration, what comes before it."""
    return network(
        Activity(
            id=word[0],
            duration=Decimal(word[1:].partition("(")[0]),
            after=tuple(filter(None, word.partition("(")[2].removesuffix(")").split(","))),
        )
        for word in text.split()
    )


def floats(told: Network, kind: str) -> dict[str, int]:
    """The floats that are not 0, by id."""
    found = {one.id: int(getattr(one, kind)) for one in told.activities}
    return {id_: size for id_, size in sorted(found.items()) if size}


@pytest.mark.parametrize(
    ("text", "duration", "critical", "total", "free"),
    [
        ("a6 b11(a) c7(a) d3(c) e2(b,d)", 19, "abe", {"c": 1, "d": 1}, {"d": 1}),
        (
            "a3 b4(a) c2(a) d5(b) e1(c) f2(c) g4(d,e) h3(f,g)",
            19,
            "abdgh",
            {"c": 6, "e": 6, "f": 9},
            {"e": 6, "f": 9},
        ),
        (
            "a6 b4 c3(a) d4(b) e3(b) f10 g3(e,f) h2(c,d)",
            13,
            "fg",
            {"a": 2, "b": 3, "c": 2, "d": 3, "e": 3, "h": 2},
            {"d": 1, "e": 3, "h": 2},
        ),
    ],
)
def test_e_cp1_three_published_networks(
    text: str, duration: int, critical: str, total: dict[str, int], free: dict[str, int]
) -> None:
    """Duration, critical path, total and free float of each network, day 1 of the source being our 0."""
    told = plan(text)

    assert told.duration == duration
    assert told.critical_path == tuple(critical)
    assert {one.id for one in told.activities if one.is_critical} == set(critical)
    assert floats(told, "total_float") == total
    assert floats(told, "free_float") == free


def test_pert_of_three_guesses() -> None:
    """(O + 4M + P) / 6 and (P - O) / 6; guesses that do not rise are none."""
    assert pert(Decimal(2), Decimal(4), Decimal(12)) == Pert(
        mean=Decimal(5), deviation=Decimal(10) / Decimal(6)
    )
    for wrong in ((3, 2, 4), (1, 5, 4), (-1, 2, 3)):
        with pytest.raises(ValueError, match="do not rise"):
            pert(*map(Decimal, wrong))


def test_a_circle_is_named_and_left_out() -> None:
    """Links of a circle are dropped, what hangs on it is still planned, and a link to itself is a circle."""
    told = plan("a1(c) b2(a) c3(b) d4(c) e5(e)")

    assert told.cycles == (("a", "b", "c"), ("e",))
    assert {one.id for one in told.activities} == set("abcde")
    assert told.duration == 7
    assert told.critical_path == ("c", "d")


def test_what_is_not_in_the_plan_holds_nothing_up() -> None:
    """A link to something else is counted and left out; the same link twice is one."""
    told = plan("a1(x,x) b1(a,a,y)")

    assert told.unknown == 2
    assert told.duration == 2


def test_an_empty_plan_takes_no_time() -> None:
    """No activity, no path."""
    assert network(()) == Network(duration=Decimal(0), activities=(), critical_path=())


@pytest.mark.parametrize("text", ["a1 a2", "a-1"])
def test_an_impossible_plan_is_refused(text: str) -> None:
    """Two activities of one id, or a duration below nothing."""
    with pytest.raises(ValueError, match="a "):
        plan(text)


def test_a_very_long_chain_is_planned() -> None:
    """Ten thousand links deep, further than Python can call itself."""
    chain = [
        Activity(id=str(at), duration=Decimal(1), after=(str(at - 1),) if at else ()) for at in range(10_000)
    ]

    assert network(reversed(chain)).duration == 10_000


@given(st.lists(st.tuples(ORDINARY, st.sets(st.integers(0, 11), max_size=4)), max_size=12))
@settings(max_examples=50)
def test_no_float_is_negative_and_the_critical_path_is_the_plan(drawn: list[tuple[int, set[int]]]) -> None:
    """For any links, circles included: free floats from 0 up to the total, a path as long as the plan."""
    told = network(
        Activity(id=str(at), duration=Decimal(size), after=tuple(map(str, sorted(after))))
        for at, (size, after) in enumerate(drawn)
    )
    by_id = {one.id: one for one in told.activities}

    assert len(by_id) == len(drawn)
    assert sum(by_id[id_].duration for id_ in told.critical_path) == told.duration
    assert all(by_id[id_].is_critical for id_ in told.critical_path)
    for one in told.activities:
        assert 0 <= one.free_float <= one.total_float
        assert one.latest_finish <= told.duration
        assert one.earliest_finish - one.earliest_start == one.duration
