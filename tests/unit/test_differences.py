"""What changed between two reports, by values; and what of a report that was sent is restated."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pmreport.report import differences
from pmreport.report.colours import Colour
from pmreport.report.differences import ChangedColour, ChangedEntry, Difference, Kind
from pmreport.report.freeze import About, Frozen, Setting
from pmreport.report.inputs import Restatement
from pmreport.report.restatements import keys_to_explain, restatements
from pmreport.report.told import Told, ToldEntry, ToldFigure, ToldSection

ABOUT = About(
    site="https://acme.example", report="weekly", period="2026-W46", settings=(Setting("done", "1"),)
)
AT = datetime(2026, 11, 16, 8, tzinfo=UTC)
DELIVERED = ToldFigure(id="delivered", label="Items delivered", value=Decimal(2), keys=("WEB-1", "WEB-2"))
SPENT = ToldFigure(id="budgets/Web/actual-cost", label="Web: Spent", value=Decimal("10.04"), decimals=1)
RISKS = ToldSection("risks", "Risks", (ToldEntry("A", "A late"), ToldEntry("B", "B lost")))
TOLD = Told(
    name="weekly",
    period="2026-W46",
    title="Acme: on track",
    headline="On track. All is well.",
    as_of=AT,
    data_as_of=AT,
    period_end=AT,
    time_zone="Europe/Lisbon",
    generator="pmreport 1",
    colour=Colour.GREEN,
    dimensions=(("Scope", Colour.GREEN), ("Data", Colour.GREEN)),
    figures=(DELIVERED, SPENT),
    sections=(RISKS,),
)
FATES = {"WEB-2": "was reopened"}


def changed(about: About = ABOUT, **parts: object) -> Difference:
    """From the report above to one that tells these parts otherwise."""
    told = replace(TOLD, **parts)  # type: ignore[arg-type]  # any part of it
    return differences.between(Frozen(about=ABOUT, told=TOLD), Frozen(about=about, told=told), FATES)


def delivered(*keys: str) -> tuple[ToldFigure, ...]:
    """The numbers with other items delivered."""
    return (replace(DELIVERED, value=Decimal(len(keys)), keys=keys), SPENT)


def test_two_that_tell_the_same_differ_in_nothing() -> None:
    """At one moment of one period, made in one way: a restatement of nothing."""
    found = changed()

    assert found.is_empty
    assert (found.is_restatement, found.causes) == (True, ())


def test_a_number_is_told_with_its_items_and_their_fate() -> None:
    """Who is not counted any more, who came in, and what Jira's history says of them."""
    (one,) = changed(figures=delivered("WEB-1", "WEB-7", "WEB-8")).figures

    assert (one.was and one.was.text, one.now and one.now.text) == ("2", "3")
    assert (one.gone, one.came) == (("WEB-2",), ("WEB-7", "WEB-8"))
    assert one.why == "WEB-2 was reopened; WEB-7 came in; WEB-8 came in"


def test_only_what_is_printed_otherwise_differs() -> None:
    """A number in its printed digits; one that was not known is no 0, and one can be missing."""
    near, gone = replace(SPENT, value=Decimal("9.98")), replace(SPENT, value=None)

    assert changed(figures=(DELIVERED, near)).is_empty
    (unknown,) = changed(figures=(DELIVERED, gone)).figures
    assert (unknown.now and unknown.now.text, unknown.why) == ("not known", "")
    (missing,) = changed(figures=(DELIVERED,)).figures
    assert (missing.label, missing.now) == ("Web: Spent", None)


def test_of_another_period_nobody_asks_where_the_items_went() -> None:
    """It has items of its own."""
    found = changed(replace(ABOUT, period="2026-W47"), figures=delivered("WEB-9"), period="2026-W47")

    assert not found.is_restatement
    (one,) = found.figures
    assert (one.gone, one.came, one.why) == ((), (), "")


def test_the_same_report_later_is_no_restatement() -> None:
    """Time has passed: things may differ."""
    assert not changed(as_of=AT.replace(day=20)).is_restatement


def test_colours_are_told_by_name() -> None:
    """The overall one first; one that is not told any more is None."""
    found = changed(colour=Colour.RED, dimensions=(("Scope", Colour.RED),))

    assert found.colours == (
        ChangedColour("Overall", Colour.GREEN, Colour.RED),
        ChangedColour("Scope", Colour.GREEN, Colour.RED),
        ChangedColour("Data", Colour.GREEN, None),
    )


def test_entries_are_told_by_section() -> None:
    """What came, what went, what is said otherwise; a section can come or go whole."""
    asks = ToldSection("asks", "Asks", (ToldEntry("X", "X is asked"),))
    risks = replace(RISKS, entries=(ToldEntry("A", "A later"), ToldEntry("C", "C new")))
    found = changed(sections=(risks, asks))

    assert found.entries == (
        ChangedEntry(section="Risks", kind=Kind.CHANGED, id="A", was="A late", now="A later"),
        ChangedEntry(section="Risks", kind=Kind.REMOVED, id="B", was="B lost"),
        ChangedEntry(section="Risks", kind=Kind.ADDED, id="C", now="C new"),
        ChangedEntry(section="Asks", kind=Kind.ADDED, id="X", now="X is asked"),
    )
    assert [one.kind for one in changed(sections=()).entries] == [Kind.REMOVED, Kind.REMOVED]


def test_what_changed_around_the_numbers_is_told() -> None:
    """Another pmreport, and the sections of the configuration that say something else."""
    about = replace(ABOUT, settings=(Setting("done", "2"), Setting("new", "1")))

    assert changed(about, generator="pmreport 2").causes == (
        "made by pmreport 1, then by pmreport 2",
        "the configuration changed: [done]",
    )


def test_many_items_are_counted() -> None:
    """Five are named."""
    assert differences.why(map(str, range(7)), (), {}).endswith("4 no longer counts; and 2 more")


def restated(*done: str, **parts: object) -> tuple[Restatement, ...]:
    """What is restated where these are done by now, and the report built again tells these parts."""
    again = replace(TOLD, **parts)  # type: ignore[arg-type]  # any part of it
    return restatements(Frozen(about=ABOUT, told=TOLD), Frozen(about=ABOUT, told=again), done, FATES)


def test_a_number_that_holds_is_not_restated() -> None:
    """Nor one that cannot be told any more."""
    assert restated("WEB-1", "WEB-2") == ()
    assert restated("WEB-1", "WEB-2", figures=(DELIVERED,)) == ()


def test_what_was_reopened_since_is_restated() -> None:
    """Although it was done at the moment of the report."""
    assert restated("WEB-1") == (
        Restatement(period="2026-W46", label="Items delivered", was="2", now="1", why="WEB-2 was reopened"),
    )


def test_a_restricted_item_has_no_name() -> None:
    """It is counted; and where the first report could not name all, nobody can say who came."""
    assert restated("WEB-1", "WEB-2", "")[0].why == ""
    assert restated("WEB-1", "WEB-2", "WEB-3")[0].why == "WEB-3 came in"
    unnamed = replace(TOLD, figures=(replace(DELIVERED, keys=("WEB-1",)),))
    frozen = Frozen(about=ABOUT, told=unnamed)
    assert restatements(frozen, frozen, ("WEB-1", "WEB-2", "WEB-3"), {})[0].why == ""


def test_a_past_that_was_rewritten_is_restated() -> None:
    """With what changed around the number."""
    spent = replace(SPENT, value=Decimal(12))

    assert restated("WEB-1", "WEB-2", figures=(DELIVERED, spent), generator="pmreport 2") == (
        Restatement(
            period="2026-W46",
            label="Web: Spent",
            was="10",
            now="12",
            why="made by pmreport 1, then by pmreport 2",
        ),
    )


@pytest.mark.parametrize("figures", [(), (replace(DELIVERED, value=None),)])
def test_without_a_number_there_is_nothing_to_restate(figures: tuple[ToldFigure, ...]) -> None:
    """A report that told no delivery, or did not know it."""
    frozen = Frozen(about=ABOUT, told=replace(TOLD, figures=figures))

    assert restatements(frozen, frozen, ("WEB-1",), {}) == ()


def test_the_items_to_ask_about_are_those_that_count_once() -> None:
    """In one of the reports, or in what is known today; restricted ones have no key to ask for."""
    again = replace(TOLD, figures=delivered("WEB-1", "WEB-4", "WEB-5"))

    assert keys_to_explain(TOLD, again, ("WEB-1", "WEB-2", "WEB-9", "")) == {
        "WEB-2",
        "WEB-4",
        "WEB-5",
        "WEB-9",
    }
    assert keys_to_explain(replace(TOLD, figures=()), replace(TOLD, figures=()), ()) == frozenset()
