"""The reports for the team: its week, and how good its estimates are."""

from dataclasses import replace
from decimal import Decimal

from pmreport.metrics import held_items
from pmreport.metrics.consistency import Bucket
from pmreport.metrics.estimation import Miss
from pmreport.metrics.flow_query import AgeingRow
from pmreport.metrics.held_items import Dependency, DependencyRow, from_rows
from pmreport.report import build
from pmreport.report.inputs import BoardFlow, Inputs
from pmreport.report.sections import bottom_line, figures
from pmreport.report.view import Link, Table, Tone
from pmreport.stats.proportion import Interval
from pmreport.stats.ranks import Agreement
from tests.support import pictures
from tests.support.flowing import estimates, miss
from tests.support.report_inputs import empty_inputs, rich_inputs, section_of, told
from tests.unit.test_flow_values import FINISHED, summary

ROWS = (
    DependencyRow(
        4, "WEB-4", "Retry a failed payment", "In Progress", 3, "WEB-3", "Show the tax", "In Review"
    ),
    DependencyRow(2, "WEB-2", "Remember the address", None, 6, "WEB-6", "Explain a card", None),
    DependencyRow(6, "WEB-6", "Explain a card", "To Do", 2, "WEB-2", "Remember the address", "To Do"),
)


def flowing(**facts: object) -> Inputs:
    """The sample week with a board of 20 finished items and one old item in progress."""
    ageing: list[object] = [
        AgeingRow("WEB-4", "Retry a failed payment", 1, "2025-01-06", 1, 1),
        AgeingRow("WEB-9", "Fresh", 1, "2025-03-24", 2, 1),
    ]
    board = BoardFlow(
        id="board-7", name="Web board", summary=summary(FINISHED, ageing=ageing), notes=("a note",)
    )
    return replace(rich_inputs(), flow=(board,), **facts)  # type: ignore[arg-type]  # any field of it


def estimated(*buckets: Bucket, agreement: Agreement | None = None, misses: tuple[Miss, ...] = ()) -> Inputs:
    """The sample week with what is known about estimates."""
    known = estimates(*buckets, agreement=agreement, misses=misses)
    return replace(rich_inputs(), estimates=known)


def test_the_week_of_the_team_is_flow_age_blocks_and_dependencies() -> None:
    """In this order, and no person in a number."""
    inputs = flowing(dependencies=from_rows(ROWS))
    report = build.team(inputs)

    assert [section.id for section in report.sections] == ["board-7", "blocked", "dependencies", "confidence"]
    assert (report.name, report.title, report.headline.tone) == (
        "team",
        "Acme Web: the team's week",
        Tone.NEUTRAL,
    )
    assert report.headline.lead == "5 items delivered."
    assert report.preheader.startswith("2 items in progress, ")


def test_the_oldest_items_stand_beside_what_is_usual() -> None:
    """Age against the age at which others had left the column."""
    lines = told(section_of(build.team(flowing()), "board-7"))

    assert lines[0] == "85 % are done within: 9 days"
    assert lines[1] == "Items in progress: 2"
    assert any(line.startswith("WEB-4 Retry a failed payment | ") for line in lines)
    assert lines[-1].startswith("To know: a note")


def test_blocked_items_say_why_where_somebody_wrote_it() -> None:
    """And that nobody did where nobody did."""
    (item,) = rich_inputs().blocked
    both = (replace(item, reason="the  contract"), replace(item, key="WEB-5", reason=None, owner=None))
    lines = told(section_of(build.team(replace(rich_inputs(), blocked=both)), "blocked"))

    assert "| the contract |" in lines[0]
    assert lines[1].endswith("| [Nobody wrote why] | [No owner]")


def test_dependencies_name_both_ends_and_circles() -> None:
    """A circle cannot be worked off, so it is marked."""
    assert told(section_of(build.team(flowing(dependencies=from_rows(ROWS))), "dependencies")) == [
        "WEB-4 Retry a failed payment | In Progress | WEB-3 Show the tax | In Review",
        "WEB-2 Remember the address |  | WEB-6 Explain a card [In a circle] | ",
        "WEB-6 Explain a card | To Do | WEB-2 Remember the address [In a circle] | To Do",
        "Links have no history in Jira: these are the links of the newest sync.",
    ]


def test_a_restricted_end_of_a_dependency_is_not_named() -> None:
    """Nor an old item, nor a miss: they stay in the counts."""
    inputs = flowing(dependencies=from_rows(ROWS), estimates=estimated(misses=(miss(4),)).estimates)
    cards = {**inputs.cards, 4: replace(inputs.cards[4], restricted=True)}
    hidden = replace(inputs, cards=cards)

    for report in (build.team(hidden), build.estimation(hidden)):
        assert "WEB-4'" not in repr(report)
        assert "Retry a failed" not in repr(report)
        assert "Restricted item" in repr(report)


def test_a_team_without_anything_says_so() -> None:
    """No board, nothing blocked, no dependency."""
    report = build.team(empty_inputs())

    assert told(section_of(report, "flow")) == ["No board and no item is known, so nothing flows."]
    assert told(section_of(report, "blocked")) == ["Nothing is blocked."]
    assert told(section_of(report, "dependencies"))[0] == "No open item waits for another one."


def test_a_week_without_sprints_is_told_by_flow() -> None:
    """Three numbers of the busiest board instead of the ratios of sprints, and it says so."""
    inputs = replace(flowing(), ledgers=())
    labels = told(figures.section(inputs))

    assert [label.split(":")[0] for label in labels[:3]] == ["Web board"] * 3
    assert labels[0] == "Web board: 85 % are done within: 9 days"
    assert any("made from flow numbers" in line for line in told(section_of(build.weekly(inputs), "sprints")))
    assert told(bottom_line.section(replace(inputs, notes=())))[0].startswith("5 items were delivered.")


def test_flow_of_nothing_is_not_known() -> None:
    """No number without items, and the reason."""
    nothing = BoardFlow(id="everything", name="Everything", summary=summary([]))
    lines = told(figures.section(replace(empty_inputs(), flow=(nothing,))))

    assert lines[:3] == [
        "Everything: 85 % are done within: too few to say",
        "Everything: items in progress: 0",
        "Everything: finished in a week: nothing was started or finished yet",
    ]


def test_estimates_are_told_by_sprint_by_size_and_by_the_worst() -> None:
    """With the verdict on the trend in the headline."""
    buckets = (
        Bucket(points=1, n=2, dots=(1, 3)),
        Bucket(points=2, n=8, median_days=3.0),
        Bucket(points=3, n=20, median_days=4.5, low=2.0, high=7.0, over_smaller=0.75),
    )
    agreed = Agreement(n=30, rho=0.4, tau=0.3, p=0.01, rho_interval=Interval(0.1, 0.6), tau_interval=None)
    report = build.estimation(estimated(*buckets, agreement=agreed, misses=(miss(4), miss(99))))

    assert [one.id for one in report.sections] == ["estimates", "bias", "sizes", "misses", "confidence"]
    assert report.headline.lead.startswith("Usually within a factor of ")
    assert told(section_of(report, "sizes"))[:5] == [
        (
            "Larger points take longer with a rank correlation of 0.4 (30 items, 95 % between 0.1 and 0.6). "
            "0 is none, 1 a perfect order. Left out: 2 (no points)."
        ),
        "Larger sizes take longer: rank correlation 0.4 (95 % between 0.1 and 0.6), over 30 items",
        "1 | 2 | – | only 1, 3 | –",
        "2 | 8 | 3 | – | –",
        "3 | 20 | 4.5 | 2 to 7 | 0.75",
    ]
    assert told(section_of(report, "misses")) == [
        "WEB-4 Retry a failed payment | 2 | 8 | 4 x",
        "WEB-99 | 2 | 8 | 4 x",
    ]


def test_sizes_in_hours_are_compared_where_they_can_be() -> None:
    """Before the sizes in points."""
    inputs = estimated()
    assert inputs.estimates is not None
    known = replace(inputs, estimates=replace(inputs.estimates, groups=pictures.groups()))

    assert build.estimation(known).sections[2].id == "hours-by-size"


def test_a_size_leads_to_its_items_in_jira() -> None:
    """Not to one that must not be named."""
    inputs = estimated(Bucket(points=0.5, n=3, dots=(1, 3, 4), keys=("WEB-4", "WEB-2", "WEB-99")))
    cards = {n: replace(card, restricted=card.key == "WEB-2") for n, card in inputs.cards.items()}
    sizes = section_of(build.estimation(replace(inputs, cards=cards)), "sizes")
    (table,) = (block for block in sizes.blocks if isinstance(block, Table))

    assert table.rows[0].cells[0] == (
        Link("0.5", "https://acme.example/issues/?jql=key%20in%20%28WEB-4%2C%20WEB-99%29"),
    )


def test_few_sizes_say_that_they_are_few() -> None:
    """Without an order, and without an interval."""
    few = Bucket(points=1, n=2, dots=(1, 3))
    alone = told(section_of(build.estimation(estimated(few)), "sizes"))
    loose = Agreement(n=30, rho=0.4, tau=0.3, p=0.01, rho_interval=None, tau_interval=None)
    wide = told(section_of(build.estimation(estimated(few, agreement=loose)), "sizes"))

    assert alone[0].startswith("Too few, or all of one size: no order can be told over 2 items.")
    assert (
        wide[0]
        == "Larger points take longer with a rank correlation of 0.4 (2 items). Left out: 2 (no points)."
    )
    assert told(section_of(build.estimation(estimated()), "sizes")) == [
        "No finished item has both points and a cycle time."
    ]


def test_without_estimates_the_report_says_so() -> None:
    """No section is made up."""
    report = build.estimation(empty_inputs())

    assert report.headline.lead == "Nothing is known yet."
    assert [one.id for one in report.sections] == ["estimates", "confidence"]


def test_a_dependency_has_two_ends() -> None:
    """As values, in the order of the items that wait."""
    first: Dependency = from_rows(ROWS)[0]

    assert (first.item.issue_key, first.blocked_by.issue_key, first.is_mutual) == ("WEB-4", "WEB-3", False)
    assert from_rows(()) == ()
    assert Decimal(len(from_rows(ROWS))) == 3


def test_a_board_without_a_remark_has_none() -> None:
    """No empty sentence; the question about dependencies is bound to its moment."""
    inputs = flowing()
    plain = replace(inputs.flow[0], notes=(), summary=replace(inputs.flow[0].summary, warnings=()))
    lines = told(section_of(build.team(replace(inputs, flow=(plain,))), "board-7"))

    assert not lines[-1].startswith("To know")
    assert held_items.query(1, inputs.as_of).parameters["site_id"] == 1
