"""What speaks against sending a report, and what each report is about."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pmreport.goals.review import Audience
from pmreport.report import build
from pmreport.report.colours import Colour
from pmreport.report.draft import Ask, Draft, Override
from pmreport.report.inputs import Card, Inputs, Marker
from pmreport.report.objections import objections, occasion, remarks
from pmreport.report.settings import Threshold, Thresholds
from pmreport.report.sprints import Told
from tests.support.report_inputs import rich_inputs, worked_sprint

INPUTS = rich_inputs()


def broken(ledger: Told) -> Told:
    """The sprint with a point too many."""
    return replace(ledger, amounts=replace(ledger.amounts, completed=ledger.amounts.completed + 1))


def ids(inputs: Inputs, name: str = "weekly") -> list[str]:
    """The names of the objections to a report."""
    report = {"weekly": build.weekly, "sprint": build.sprint, "review": build.review}[name](inputs)
    return [one.id for one in objections(inputs, report)]


@pytest.mark.parametrize("name", ["weekly", "sprint", "review"])
def test_a_report_of_fresh_data_that_add_up_may_go(name: str) -> None:
    """Nothing speaks against it."""
    assert ids(INPUTS, name) == []


def test_data_older_than_the_second_threshold_keep_a_report_here() -> None:
    """At the threshold, in working days; a report that was never synced has no data at all."""
    assert INPUTS.data_as_of is not None
    old = replace(INPUTS, data_as_of=INPUTS.data_as_of - timedelta(days=3))
    strict = Thresholds(data_age_days=Threshold(Decimal(1), Decimal(2)))
    loose = Thresholds(data_age_days=Threshold(Decimal(1), Decimal(9)))

    assert ids(replace(old, thresholds=strict)) == ["data-age"]
    assert ids(replace(old, thresholds=loose)) == []
    assert ids(replace(INPUTS, data_as_of=None)) == ["data-age"]


@pytest.mark.parametrize(("name", "found"), [("weekly", 1), ("sprint", 1), ("review", 0)])
def test_numbers_that_do_not_add_up_keep_a_report_here(name: str, found: int) -> None:
    """In the reports that tell them."""
    inputs = replace(INPUTS, ledgers=tuple(map(broken, INPUTS.ledgers[-1:])))

    assert ids(inputs, name) == ["broken-identity"] * found


def test_the_items_of_a_broken_identity_are_named() -> None:
    """Those whose events do not lead to what the sprint holds of them; never a restricted one."""
    worked = worked_sprint()
    odd = worked.issues[0]
    event = next(one for one in worked.events if one.issue_id == odd.issue_id)
    lost = replace(broken(worked), events=tuple(one for one in worked.events if one != event))
    card = Card(key=odd.issue_key, summary="secret", restricted=True)

    told = [
        objections(inputs, build.sprint(inputs))[0]
        for inputs in (
            replace(INPUTS, ledgers=(lost,), cards={}),
            replace(INPUTS, ledgers=(lost,), cards={odd.issue_id: card}),
            replace(INPUTS, ledgers=(broken(worked),), cards={}),
        )
    ]

    assert told[0].what == f"the numbers of {worked.name} do not add up ({odd.issue_key})"
    assert {one.what for one in told[1:]} == {f"the numbers of {worked.name} do not add up"}
    assert "doctor" in told[0].hint


def test_a_week_without_a_bottom_line_stays_here() -> None:
    """Of a person, in the draft or in a comment of the week that its readers may see; blanks say nothing."""
    unsaid = replace(INPUTS, notes=tuple(one for one in INPUTS.notes if one.marker is not Marker.SUMMARY))
    closed = replace(INPUTS, notes=tuple(replace(one, restricted=True) for one in INPUTS.notes))

    for inputs in (unsaid, closed, replace(unsaid, draft=Draft(bottom_line=" \n"))):
        (told,) = objections(inputs, build.weekly(inputs))
        assert (told.id, told.forcible) == ("blank-bottom-line", True)
        assert told.what == "nobody wrote a bottom line for 2026-W47"
        assert "pmreport draft weekly" in told.hint
    assert ids(unsaid, "sprint") == []
    assert ids(replace(unsaid, draft=Draft(bottom_line="Live."))) == []


def test_a_bottom_line_of_last_week_stays_here() -> None:
    """Word for word, however its lines break."""
    draft = Draft(bottom_line="Guest checkout is live.\nWallets follow.")
    before = Draft(bottom_line="Guest checkout is live. wallets  follow.")

    assert ids(replace(INPUTS, draft=draft, draft_before=before)) == ["same-bottom-line"]
    assert ids(replace(INPUTS, draft=draft, draft_before=Draft(bottom_line="Wallets are live."))) == []
    assert ids(replace(INPUTS, draft=Draft(), draft_before=Draft())) == []


def test_a_green_over_a_red_measure_stays_here() -> None:
    """Called out before it is sent; amber by hand is no watermelon."""
    red = Thresholds(scope=Threshold(Decimal(0), Decimal(0)))
    said = Override(dimension="scope", colour=Colour.GREEN, reason="told to", until=date(2026, 12, 1))
    inputs = replace(INPUTS, thresholds=red, draft=Draft(bottom_line="Fine.", overrides=(said,)))
    softer = Draft(bottom_line="Fine.", overrides=(replace(said, colour=Colour.AMBER),))

    (told,) = objections(inputs, build.weekly(inputs))

    assert (told.id, told.forcible) == ("watermelon", True)
    assert told.what == "scope is reported green while the measure is red"
    assert ids(replace(inputs, draft=softer)) == []


def test_what_to_mend_is_said_before_it_is_sent() -> None:
    """A key alone, six entries, too many words; nothing of it keeps the report here, or is said of others."""
    draft = Draft(bottom_line="word " * 240, asks=(*(Ask(what="Sign"),) * 5, Ask(what="WEB-1")))
    inputs = replace(INPUTS, draft=draft)

    assert remarks(inputs, "weekly") == (
        "an entry under ask is only WEB-1: say what it means to who does not know it",
        "6 entries under ask, and five are shown",
        "the draft takes longer than sixty seconds to read: 246 words, of 240 at most",
    )
    assert ids(inputs) == []
    assert remarks(inputs, "sprint") == remarks(INPUTS, "weekly") == ()


def test_a_private_report_cannot_be_forced() -> None:
    """Private goals are for nobody else."""
    (objection,) = objections(INPUTS, replace(build.review(INPUTS), audience=Audience.PRIVATE.value))

    assert (objection.id, objection.forcible) == ("private", False)


def test_a_report_is_about_its_period_or_its_sprints() -> None:
    """A sprint that gets another name stays the same sprint."""
    renamed = replace(INPUTS, ledgers=tuple(replace(one, name=f"New {one.name}") for one in INPUTS.ledgers))
    ways = [occasion(inputs, build.sprint(inputs)) for inputs in (INPUTS, renamed)]
    nothing = replace(INPUTS, ledgers=())

    assert occasion(INPUTS, build.weekly(INPUTS)) == INPUTS.period_label
    assert ways[0] == ways[1]
    assert ways[0].startswith("sprint ")
    assert occasion(nothing, build.sprint(nothing)) == INPUTS.period_label
