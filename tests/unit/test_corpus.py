"""The story of the simulator: deterministic, believable, and with a product manager who learns."""

import math
from collections.abc import Iterator
from statistics import mean, median

import pytest

from pmreport.demo.corpus import Corpus, build
from pmreport.demo.issue import Issue
from pmreport.demo.process import SEED
from pmreport.demo.stamps import SiteClock, zulu
from pmreport.demo.story import cast
from pmreport.demo.story.diary import APP_BOARD, NOW_MS, SHOP_BOARD

SUBTASKS = {cast.SUBTASK, cast.APP_SUBTASK}
DONE = {cast.DONE, cast.APP_DONE}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The corpus of the demo."""
    return build(None, SEED)


def _value(issue: Issue, at_ms: int, field: str, now: str) -> str:
    """The value of a field at an instant: today's, undone by every later change."""
    for row in reversed(issue.histories):
        for item in row.items:
            if row.at_ms > at_ms and item.field == field:
                now = (item.from_ if field in {"Sprint", "status"} else item.from_string) or ""
    return now


def _points(issue: Issue, corpus: Corpus, at_ms: int) -> float:
    field = corpus.site.points_fields[issue.project]
    now = issue.points.get(field)
    text = _value(issue, at_ms, corpus.site.fields[field].name, "" if now is None else f"{now:g}")
    return float(text or 0)


def _in(issue: Issue, at_ms: int, sprint: int) -> bool:
    listed = _value(issue, at_ms, "Sprint", ", ".join(map(str, issue.sprints)))
    return issue.created_ms <= at_ms and str(sprint) in listed.split(", ")


def _done(issue: Issue, at_ms: int) -> bool:
    return _value(issue, at_ms, "status", issue.status) in DONE


def _sums(corpus: Corpus, sprint: int, start: int, close: int) -> tuple[float, float]:
    """(commitment, completed) of a sprint in points."""
    rows = [issue for issue in corpus.issues() if issue.type not in SUBTASKS]
    inside = [i for i in rows if _in(i, start, sprint) and not _done(i, start)]
    outside = {i.id for i in rows if _in(i, start, sprint) and _done(i, start)}
    finished = [i for i in rows if _in(i, close, sprint) and _done(i, close) and i.id not in outside]
    return sum(_points(i, corpus, start) for i in inside), sum(_points(i, corpus, close) for i in finished)


def _closed(corpus: Corpus, board: int) -> Iterator[tuple[int, int, int]]:
    for row in corpus.site.sprints.values():
        if row.board_id == board and row.complete_ms is not None and row.start_ms is not None:
            yield row.id, row.start_ms, row.complete_ms


def _factor(corpus: Corpus, sprint: int) -> float:
    """How far off the estimates of a sprint's finished items were, typically."""
    misses = [
        abs(math.log(i.spent_s / i.original_s))
        for i in corpus.issues()
        if i.sprints[-1:] == (sprint,)
        and i.type not in SUBTASKS
        and i.status in DONE
        and i.original_s
        and i.spent_s
    ]
    return math.exp(mean(misses))


@pytest.mark.parametrize("board", [SHOP_BOARD, APP_BOARD], ids=["shop", "app"])
def test_promises_come_closer_to_what_is_done(corpus: Corpus, board: int) -> None:
    """At first about three fifths of a commitment is completed, in the last sprints nine tenths."""
    sums = [_sums(corpus, *row) for row in _closed(corpus, board)]
    ratios = [completed / commitment for commitment, completed in sums]

    assert len(ratios) == 25
    assert mean(ratios[:5]) < 0.7
    assert 0.85 < mean(ratios[-5:]) < 1.05


@pytest.mark.parametrize("board", [SHOP_BOARD, APP_BOARD], ids=["shop", "app"])
def test_estimates_come_closer_to_what_it_takes(corpus: Corpus, board: int) -> None:
    """The typical factor falls from about two to under 1.3."""
    factors = [_factor(corpus, sprint) for sprint, _start, _close in _closed(corpus, board)]

    assert mean(factors[:5]) > 1.7
    assert mean(factors[-5:]) < 1.3


def test_follow_ups_are_closed_in_time_more_often(corpus: Corpus) -> None:
    """By the date last promised: about half of the first quarter, three quarters of the last."""
    clock = SiteClock(corpus.site.zones.reporting)
    rows = [
        i for i in corpus.issues() if {"follow-up", "followup"} & set(i.labels) and i.due and i.resolved_ms
    ]
    kept = [
        clock.stamp(issue.resolved_ms or 0)[:10] <= (issue.due or "")
        for issue in sorted(rows, key=lambda i: i.created_ms)
    ]
    quarter = len(kept) // 4

    assert mean(kept[:quarter]) <= 0.55
    assert mean(kept[-quarter:]) >= 0.75


def test_some_follow_ups_stand_open(corpus: Corpus) -> None:
    """Eight are open this morning: three overdue, two without an owner, two without a date."""
    rows = [i for i in corpus.issues() if "follow-up" in i.labels and i.status not in DONE]

    assert len(rows) == 8
    assert sum(i.due is not None and i.due < "2026-11-23" for i in rows) == 3
    assert sum(i.assignee is None for i in rows) == 2
    assert sum(i.due is None for i in rows) == 2


@pytest.mark.parametrize(
    ("name", "commitment", "completed"),
    [("SHOP Sprint 25", 31.0, 29.0), ("APP Sprint 25", 22.0, 22.0), ("SHOP Sprint 26", 33.0, 11.0)],
)
def test_three_sprints_are_written_out(
    corpus: Corpus, name: str, commitment: float, completed: float
) -> None:
    """Worked by hand from the tables in the story, the sums come out as they must."""
    row = next(s for s in corpus.site.sprints.values() if s.name == name)
    close = row.complete_ms or NOW_MS

    assert _sums(corpus, row.id, row.start_ms or 0, close) == (commitment, completed)


def test_carried_items_get_the_next_sprint_seconds_after_the_close(corpus: Corpus) -> None:
    """The closed id stays in the list, and the next one follows within twenty seconds."""
    closes = {s.complete_ms: s.id for s in corpus.site.sprints.values() if s.complete_ms}
    carried = [
        (item, row.at_ms)
        for issue in corpus.issues()
        for row in issue.histories
        for item in row.items
        if item.field == "Sprint" and any(0 < row.at_ms - close < 20_000 for close in closes)
    ]

    assert len(carried) > 100
    assert all((item.to or "").startswith(f"{item.from_}, ") for item, _at in carried)


def test_the_last_value_of_a_history_is_the_current_one(corpus: Corpus) -> None:
    """Status and sprints of every issue end where its changelog ends."""
    for issue in corpus.issues():
        statuses = [item.to for row in issue.histories for item in row.items if item.field == "status"]
        sprints = [item.to or "" for row in issue.histories for item in row.items if item.field == "Sprint"]
        assert statuses[-1:] in ([], [issue.status])
        assert sprints[-1:] in ([], [", ".join(map(str, issue.sprints))])


def test_nothing_happens_after_now_or_before_birth(corpus: Corpus) -> None:
    """Histories are in order, none before birth or after this morning; updated is the last."""
    for issue in corpus.issues():
        instants = [row.at_ms for row in issue.histories]
        assert instants == sorted(instants)
        assert all(issue.created_ms <= at_ms <= NOW_MS for at_ms in instants)
        remarks = [c.created_ms for c in issue.comments] + [w.created_ms for w in issue.worklogs]
        assert issue.updated_ms == max([issue.created_ms, *instants, *remarks])


def test_worklogs_add_up_to_the_time_spent(corpus: Corpus) -> None:
    """Seconds logged and seconds spent are the same, and no log is longer than a working day."""
    for issue in corpus.issues():
        assert sum(row.seconds for row in issue.worklogs) == (issue.spent_s or 0)
        assert all(row.seconds <= 16 * 3600 for row in issue.worklogs)


def test_the_story_has_what_breaks_reports(corpus: Corpus) -> None:
    """Hostile texts, changed scope, dropped and reopened items, flags, late estimates, a secret."""
    issues = list(corpus.issues())
    summaries = " ".join(issue.summary for issue in issues)

    for text in ("<script>", "=HYPERLINK(", "\u202e", "\U0001f389"):
        assert text in summaries
    assert sum("change-request" in issue.labels for issue in issues) > 20
    assert {cast.WONT_DO, cast.DUPLICATE} <= {issue.resolution for issue in issues}
    assert any(issue.flagged and issue.status not in DONE for issue in issues)
    assert any(issue.restricted for issue in issues)
    assert any(issue.reporter == cast.FORMER for issue in issues)
    fields = {item.field for issue in issues for row in issue.histories for item in row.items}
    assert {"IssueParentAssociation", "Fix Version", "Flagged", "Link", "duedate", "Rank"} <= fields


def test_another_seed_tells_another_story_of_the_same_length(corpus: Corpus) -> None:
    """The seed decides; the number of issues does not change."""
    other = build(None, SEED + 1)

    assert len(other.rows) == len(corpus.rows) == 1500
    assert set(other.rows.values()) != set(corpus.rows.values())


def test_bulk_issues_are_computed_alone_and_leave_the_story_as_it_is(corpus: Corpus) -> None:
    """The 1 500 stay; any later issue is the same whether or not others were built before it."""
    large, again = build(4000, SEED), build(4000, SEED)

    assert len(large.rows) == 4000
    assert {i: large.rows[i] for i in corpus.rows} == corpus.rows
    assert large.issue(14_000) == again.issue(14_000)
    assert large.find("WEB-2500") == large.issue(14_000)
    for issue_id in range(11_501, 14_001, 97):
        issue, row = large.issue(issue_id), large.rows[issue_id]
        assert issue is not None
        assert (issue.created_ms, issue.updated_ms, issue.number) == (
            row.created_ms,
            row.updated_ms,
            row.number,
        )
        assert set(issue.sprints) <= set(large.site.sprints)
    assert sum(1 for _issue in large.issues()) == 4000


def test_stamps_follow_the_zone_over_the_change_of_the_clocks() -> None:
    """New York goes from -0400 to -0500 on 1 November 2026 at 06:00Z."""
    clock = SiteClock("America/New_York")
    change = 1_793_512_800_000

    assert clock.stamp(change - 1) == "2026-11-01T01:59:59.999-0400"
    assert clock.stamp(change) == "2026-11-01T01:00:00.000-0500"
    assert SiteClock("Asia/Kolkata").stamp(0) == "1970-01-01T05:30:00.000+0530"
    assert zulu(change) == "2026-11-01T06:00:00.000Z"


def test_long_changelogs_come_in_all_lengths() -> None:
    """Asked for twenty on average, most issues have fewer and some a hundred and more; each time the same."""
    lengths = [len(issue.histories) for issue in build(6000, SEED, histories=20).issues() if _is_bulk(issue)]

    assert 19 < mean(lengths) < 21
    assert median(lengths) < 16
    assert 0.002 < sum(length >= 100 for length in lengths) / len(lengths) < 0.02
    assert lengths == [
        len(issue.histories) for issue in build(6000, SEED, histories=20).issues() if _is_bulk(issue)
    ]


def test_every_step_of_a_long_changelog_goes_on_from_the_one_before() -> None:
    """What a field changes from is what it was changed to, up to what the issue is now."""
    corpus = build(1700, SEED, histories=40)
    for issue in filter(_is_bulk, corpus.issues()):
        was: dict[str, str | None] = {}
        for item in (item for row in issue.histories for item in row.items):
            if item.field not in {"Rank", "labels"}:
                assert was.get(item.field, item.from_string) == item.from_string
                was[item.field] = item.to_string

        assert was["status"] == "Done"
        assert was["assignee"] == corpus.site.users[issue.assignee or ""].name


def _is_bulk(issue: Issue) -> bool:
    return issue.project == cast.WEB
