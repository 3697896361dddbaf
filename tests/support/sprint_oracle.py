"""The sprint ledger once more, straight from the definitions: one issue at a time, forwards.

Written apart from the SQL on purpose: it knows no intervals, no windows and no joins.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pmreport.model.instant import to_ms
from tests.support.stories import COLUMNS, Story, ToldIssue, ToldSprint


@dataclass(slots=True)
class Tally:
    """The sums of one sprint, in thousandths, and beside each the number of issues."""

    amounts: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, str] = field(default_factory=dict)
    remaining: list[tuple[int, int]] = field(default_factory=list)  # (moment, change of the burndown)

    def note(self, name: str, amount: int | None) -> None:
        """One issue more under this name, with its estimate."""
        self.amounts[name] += amount or 0
        self.counts[name] += 1


@dataclass(slots=True)
class _State:
    sprints: frozenset[int]
    status: str
    estimate: int | None


def tally(story: Story, sprint: ToldSprint, as_of_ms: int) -> Tally:
    """What the ledger of this sprint must add up to."""
    result = Tally()
    for issue in story.issues:
        if not issue.is_subtask:
            _walk(story, issue, sprint, as_of_ms, result)
    return result


# The definitions one after the other; cut into pieces they could not be held against their source.
def _walk(  # noqa: C901, PLR0912, PLR0915  # see above
    story: Story, issue: ToldIssue, sprint: ToldSprint, as_of_ms: int, result: Tally
) -> None:
    begun = sprint.activated or sprint.start
    assert begun is not None
    start = to_ms(begun)
    closed = sprint.state == "closed" and sprint.close is not None and to_ms(sprint.close) <= as_of_ms
    until = to_ms(sprint.close) if closed and sprint.close is not None else as_of_ms
    state: _State | None = None
    was_in = in_scope = outside = committed = ever = False
    at_start: int | None = None
    last_inside: int | None = None
    for at, now in _in_sight(issue, start, _life(story, issue, start)):
        if at > until:
            break
        inside = sprint.sprint_id in now.sprints and now.status in (*COLUMNS, "retired")
        done = now.status == "done"
        before, was_done = (state.estimate, state.status == "done") if state else (None, False)
        if inside and not was_in and done:
            outside = True
        if inside and not was_in and not ever:
            at_start, ever = now.estimate, True
        counted = inside and not outside
        if at == start:
            if counted:
                committed = True
                result.note("commitment", now.estimate)
        elif counted and not in_scope:
            result.note("added", now.estimate)
            result.remaining.append((at, now.estimate or 0))
        elif in_scope and not counted:
            result.note("removed", before)
            result.remaining.append((at, 0 if was_done else -(before or 0)))
        elif counted:
            change = (now.estimate or 0) - (before or 0)
            result.amounts["reestimated"] += change
            open_before, open_after = (0 if was_done else before or 0), (0 if done else now.estimate or 0)
            if open_after != open_before:
                result.remaining.append((at, open_after - open_before))
        state, was_in, in_scope = now, inside, counted
        if inside:
            last_inside = now.estimate
        if counted:
            result.outcomes[issue.key] = "in scope"
    if state is None or not ever:
        return
    if in_scope:
        outcome = "completed" if state.status == "done" else "not completed"
    elif not was_in and issue.key in result.outcomes:
        outcome = "removed"
    else:
        outcome = "completed outside"
    result.outcomes[issue.key] = outcome
    if outcome != "removed":
        result.note(outcome, last_inside)
    if committed and outcome == "completed":
        result.note("kept", at_start)


def _in_sight(
    issue: ToldIssue, start: int, life: Iterator[tuple[int, _State]]
) -> Iterator[tuple[int, _State]]:
    """The life as long as Jira shows the issue; then it is in no sprint any more."""
    gone = issue.deleted_ms if issue.unseen_since_ms is None else issue.unseen_since_ms
    last: _State | None = None
    for at, now in life:
        if gone is not None and gone <= max(at, start):
            break
        last = now
        yield at, now
    if gone is not None and last is not None:
        yield gone, _State(frozenset(), last.status, last.estimate)


def _life(story: Story, issue: ToldIssue, start: int) -> Iterator[tuple[int, _State]]:
    """The state at the start of the sprint (or at birth, if later), then after every moment of change."""
    state = _State(issue.sprints, issue.status, _readable(story, issue.estimate_milli))
    alive_at = issue.born_ms
    moments = [(at, list(changes)) for at, changes in groupby(issue.changes, key=lambda each: each.at_ms)]
    told_start = False
    if alive_at > start:
        yield alive_at, _copy(state)
        told_start = True
    for at, changes in moments:
        if at > start and not told_start:
            yield start, _copy(state)
            told_start = True
        for change in changes:
            if change.what == "sprints":
                assert isinstance(change.to, frozenset)
                state.sprints = change.to
            elif change.what == "status":
                state.status = str(change.to)
            else:
                assert change.to is None or isinstance(change.to, int)
                state.estimate = _readable(story, change.to)
        if told_start:
            yield at, _copy(state)
    if not told_start:
        yield start, _copy(state)


def _copy(state: _State) -> _State:
    return _State(state.sprints, state.status, state.estimate)


def _readable(story: Story, milli: int | None) -> int | None:
    if story.estimation_field is None:
        return 1000
    return None if milli is None or milli < 0 else milli
