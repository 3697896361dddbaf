"""What holds for every history: the identities, and the agreement of the SQL with the definitions."""

from collections import Counter
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.ledger import EventKind, SprintLedger, SprintTotals
from pmreport.metrics.sprint import ledger_query
from pmreport.model.instant import to_ms
from tests.support.engines import SITE, duck, sqlite
from tests.support.ledgers import LATER, ledgers, totals
from tests.support.sprint_oracle import tally
from tests.support.stories import POINTS_FIELD, Change, Story, ToldIssue, ToldSprint, moment

DAY = timedelta(days=1)
BEGIN = moment("03-03 00:00")
HOUR_MS = 3_600_000
# Few distinct moments, so that changes often meet each other, the start and the close.
MOMENTS = [to_ms(BEGIN) + step * 6 * HOUR_MS for step in range(-4, 24)]
SPRINTS = (
    ToldSprint(sprint_id=10, start=BEGIN, close=BEGIN + 2 * DAY),
    ToldSprint(sprint_id=11, start=BEGIN + 2 * DAY, close=BEGIN + 4 * DAY),
    ToldSprint(sprint_id=12, start=BEGIN + 1 * DAY, close=None, state="active"),
)
sets_of_sprints = st.sets(st.sampled_from([10, 11, 12])).map(frozenset)
statuses = st.sampled_from(["todo", "doing", "done", "parked", "retired"])
estimates = st.none() | st.integers(-1, 8).map(lambda points: points * 500)
changes = st.builds(
    lambda at_ms, change: Change(at_ms=at_ms, what=change[0], to=change[1]),
    st.sampled_from(MOMENTS),
    st.one_of(
        st.tuples(st.just("sprints"), sets_of_sprints),
        st.tuples(st.just("status"), statuses),
        st.tuples(st.just("estimate"), estimates),
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> Story:
    """A few issues that wander through sprints, statuses and estimates."""
    issues = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        born_ms = draw(st.sampled_from(MOMENTS[:12]))
        told = draw(st.lists(changes, max_size=8))
        issues.append(
            ToldIssue(
                issue_id=number,
                key=f"WEB-{number}",
                born_ms=born_ms,
                sprints=draw(sets_of_sprints),
                status=draw(statuses),
                estimate_milli=draw(estimates),
                changes=tuple(sorted((c for c in told if c.at_ms > born_ms), key=lambda each: each.at_ms)),
                is_subtask=draw(st.integers(0, 9)) == 0,
                unseen_since_ms=draw(st.none() | st.sampled_from(MOMENTS)),
            )
        )
    field = draw(st.sampled_from([POINTS_FIELD, POINTS_FIELD, None]))
    return Story(sprints=SPRINTS, issues=tuple(issues), estimation_field=field)


@given(story=histories(), days=st.integers(-1, 6))
@settings(max_examples=40)
def test_the_identity_holds_and_the_sql_agrees_with_the_definitions(story: Story, days: int) -> None:
    """Commitment + added + re-estimated - removed = completed + not completed, in amounts and in counts."""
    as_of = BEGIN + days * DAY

    told = ledgers(story, as_of=as_of)
    assert [each.sprint_id for each in told] == [
        sprint.sprint_id for sprint in sorted(SPRINTS, key=_start) if _start(sprint) <= as_of
    ]
    for each in told:
        sprint = next(sprint for sprint in SPRINTS if sprint.sprint_id == each.sprint_id)
        expected = tally(story, sprint, to_ms(as_of))
        assert each.identity_holds
        assert _sums(each) == {name: expected.amounts[name] for name in _sums(each)}
        assert _numbers(each) == {name: expected.counts[name] for name in _numbers(each)}
        assert {issue.issue_key: issue.outcome.value for issue in each.issues} == expected.outcomes
        assert _burndown(each) == sorted(pair for pair in expected.remaining if pair[1])


@given(story=histories(), days=st.integers(-1, 6))
@settings(max_examples=30)
def test_the_store_adds_up_what_the_ledgers_hold(story: Story, days: int) -> None:
    """Whoever needs no issue reads a line a sprint, and finds the same amounts to the last digit."""
    as_of = BEGIN + days * DAY
    told = ledgers(story, as_of=as_of)
    kept = [each.name for each in fields(SprintTotals)]

    added_up = totals(story, as_of=as_of)

    assert [asdict(each) for each in added_up] == [
        {name: value for name, value in asdict(each).items() if name in kept} for each in told
    ]


@given(story=histories())
@settings(max_examples=40)
def test_the_lines_end_where_the_sets_say(story: Story) -> None:
    """The scope line ends at completed + not completed, the burndown at not completed, whatever happened."""
    for each in ledgers(story, as_of=LATER):
        amounts = each.amounts
        assert sum(event.scope_delta for event in each.events) == amounts.final_scope
        assert sum(event.completed_delta for event in each.events) == amounts.completed
        assert sum(event.remaining_delta for event in each.events) == amounts.not_completed
        assert list(each.events) == sorted(each.events, key=lambda event: event.at)


@given(story=histories())
@settings(max_examples=20)
def test_a_later_history_changes_no_earlier_answer(story: Story) -> None:
    """As of a moment = with the history cut off at that moment."""
    as_of = BEGIN + 3 * DAY
    cut = Story(
        sprints=story.sprints,
        issues=tuple(_until(issue, to_ms(as_of)) for issue in story.issues if issue.born_ms <= to_ms(as_of)),
        estimation_field=story.estimation_field,
    )

    assert [each.amounts for each in ledgers(story, as_of=as_of)] == [
        each.amounts for each in ledgers(cut, as_of=as_of)
    ]


@given(story=histories(), days=st.integers(-1, 6))
@settings(max_examples=40)
def test_sqlite_and_duckdb_agree_on_every_history(story: Story, days: int) -> None:
    """One text, two engines, one answer, row by row."""
    query = ledger_query(SITE, BEGIN + days * DAY)
    for engine in (duck(), sqlite()):
        engine.hold(story.rows())

    assert sqlite().answer(query) == duck().answer(query)


def _start(sprint: ToldSprint) -> datetime:
    assert sprint.start is not None
    return sprint.start


def _until(issue: ToldIssue, at_ms: int) -> ToldIssue:
    return replace(issue, changes=tuple(change for change in issue.changes if change.at_ms <= at_ms))


def _sums(told: SprintLedger) -> dict[str, int]:
    amounts = told.amounts
    by_name = {
        "commitment": amounts.commitment,
        "added": amounts.added,
        "removed": amounts.removed,
        "reestimated": amounts.reestimated,
        "completed": amounts.completed,
        "not completed": amounts.not_completed,
        "completed outside": amounts.completed_outside,
        "kept": amounts.committed_completed,
    }
    return {name: int(amount * 1000) for name, amount in by_name.items()}


def _numbers(told: SprintLedger) -> dict[str, int]:
    counts = told.counts
    return {
        "commitment": int(counts.commitment),
        "added": int(counts.added),
        "removed": int(counts.removed),
        "completed": int(counts.completed),
        "not completed": int(counts.not_completed),
        "completed outside": int(counts.completed_outside),
        "kept": int(counts.committed_completed),
    }


def _burndown(told: SprintLedger) -> list[tuple[int, int]]:
    """What moved the burndown after the start: the sum by issue and moment, nothings left out."""
    moved: Counter[tuple[int, int]] = Counter()
    for event in told.events:
        if event.kind is not EventKind.START:
            moved[to_ms(event.at), event.issue_id] += int(event.remaining_delta * 1000)
    return sorted((at, change) for (at, _), change in moved.items() if change)
