"""The draft of a report: what it may say, what is said about its faults, and the form it begins with."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.app.drafts import write_once
from pmreport.config.draft import parse
from pmreport.errors import BadDataError, ExitStatus, PmreportError
from pmreport.model.problem import ProblemKind
from pmreport.report import draft_text
from pmreport.report.colours import Colour
from pmreport.report.draft import (
    Ask,
    Danger,
    Draft,
    Outcome,
    Override,
    Planned,
    Promise,
    PromiseResult,
    bare_keys,
    promised,
)
from pmreport.report.inputs import Inputs
from pmreport.report.restricted import withhold
from tests.support.report_inputs import empty_inputs, rich_inputs, utc

WHOLE = dedent("""\
    +++
    harvested = 2026-11-23T07:30:00+01:00
    bottom_line = "Guest checkout is live.\\nWallets follow."
    [[ask]]
    what = "Sign the contract"
    from_whom = "Board"
    by = 2026-11-27
    cost_of_delay = "a day for a day"
    raised = 2026-11-11
    [[accomplished]]
    what = "Guests can pay (WEB-60)"
    [[next]]
    item = "WEB-4 Retry a failed payment"
    owner = "Robin"
    done_means = "live"
    [[risk]]
    what = "The fee may rise"
    impact = "margin"
    owner = "Kim"
    mitigation = "talks"
    path_to_green = "a signed price"
    [[override]]
    dimension = "schedule"
    colour = "amber"
    reason = "the plan is being redone"
    until = 2026-12-04
    [[promise]]
    id = "WEB-4"
    result = "not done"
    reason = "the provider was late"
    +++

    <!-- a note to oneself -->
    In more words.
    """)


def refusal(text: str) -> str:
    """What is said about a draft with faults."""
    with pytest.raises(BadDataError) as caught:
        parse(text, "w.md")
    assert caught.value.status is ExitStatus.BAD_DATA
    return "\n".join(filter(None, (caught.value.what, caught.value.where)))


def with_before() -> Inputs:
    """The sample week after a week whose draft asked for something and planned three things."""
    before = Draft(
        bottom_line="Last week's words.",
        harvested=utc("2026-11-16 07:00"),
        asks=(
            Ask(what='Say "yes"', from_whom="Legal", raised=date(2026, 11, 9)),
            Ask(what="Long ago", raised=date(2026, 1, 5)),
            Ask(what="New"),
        ),
        plan=(Planned(item="WEB-4 Retry a failed payment"), Planned(item="Talk to sales")),
    )
    return replace(rich_inputs(), draft_before=before)


def test_a_draft_says_everything_it_may_say() -> None:
    """Every key of every part, lines joined, the instant in UTC, comments of Markdown left out."""
    assert parse(WHOLE, "w.md") == Draft(
        bottom_line="Guest checkout is live. Wallets follow.",
        harvested=datetime(2026, 11, 23, 6, 30, tzinfo=UTC),
        asks=(
            Ask(
                what="Sign the contract",
                from_whom="Board",
                by=date(2026, 11, 27),
                cost_of_delay="a day for a day",
                raised=date(2026, 11, 11),
            ),
        ),
        accomplished=(Outcome(what="Guests can pay (WEB-60)"),),
        plan=(Planned(item="WEB-4 Retry a failed payment", owner="Robin", done_means="live"),),
        dangers=(
            Danger(
                what="The fee may rise",
                impact="margin",
                owner="Kim",
                mitigation="talks",
                path_to_green="a signed price",
            ),
        ),
        overrides=(
            Override(
                dimension="schedule",
                colour=Colour.AMBER,
                reason="the plan is being redone",
                until=date(2026, 12, 4),
            ),
        ),
        promises=(Promise(id="WEB-4", result=PromiseResult.NOT_DONE, reason="the provider was late"),),
        prose="In more words.",
    )


def test_a_draft_may_say_nothing() -> None:
    """The numbers speak then."""
    assert parse("\n+++\n+++\n", "w.md") == Draft()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "+++\nbotom_line = 'x'\n+++",
            'unknown key "botom_line"; did you mean "bottom_line"?\n  --> w.md:2:1',
        ),
        ("\n+++\n[[ask]]\nwhat = 'x'\nfrom_who = 'y'\n+++", 'did you mean "from_whom"?\n  --> w.md:5:1'),
        ("+++\n[[ask]]\nby = 2026-11-27\n+++", 'the key "what" is missing\n  --> w.md:2:3'),
        ("+++\n[[ask]]\nwhat = ''\n+++", "this is empty\n  --> w.md:3:8"),
        (
            "+++\n[[ask]]\nwhat = 'x'\nby = 'soon'\n+++",
            "a day is wanted here, without quotation marks, e.g. 2026-09-01\n  --> w.md:4:6",
        ),
        (
            "+++\n[[promise]]\nid = '1'\nresult = 'dne'\n+++",
            'one of "done", "not done", "unplanned" is wanted here; did you mean "done"?\n  --> w.md:4:10',
        ),
        (
            "+++\n[[override]]\ndimension = 'shedule'\ncolour = 'blue'\nuntil = 2026-12-01\n+++",
            'did you mean "schedule"?\n  --> w.md:3:13',
        ),
        ("+++\n[[next]]\nitem = 'x\n+++", "quot"),
        (f"+++\nbottom_line = '{'x' * 2001}'\n+++", "longer than 2000 letters"),
        ("+++\nbottom_line = 'x'\n", "the line +++ that ends the front matter is missing"),
        ("bottom_line = 'x'\n", "a draft begins with a line +++ and what it says in TOML\nw.md:1:1"),
        ("", "a draft begins with a line +++"),
    ],
)
def test_every_fault_is_told_with_its_place(text: str, said: str) -> None:
    """File, line, column, and what was probably meant."""
    assert said in refusal(text)


def test_all_faults_are_told_at_once() -> None:
    """One round of mending is enough; grey cannot be chosen."""
    told = refusal(
        "+++\n[[override]]\ndimension = 'sky'\ncolour = 'grey'\nreason = ''\nuntil = 2026-12-01\n+++"
    )

    assert told.count("-->") == 3
    assert 'one of "green", "amber", "red" is wanted here' in told


def test_an_entry_without_words_is_a_problem() -> None:
    """A key alone says nothing to management; a key among words does, and words without a key."""
    draft = Draft(
        bottom_line="All well",
        asks=(Ask(what="WEB-1"),),
        accomplished=(Outcome(what="WEB-2, WEB-3."),),
        plan=(Planned(item="WEB-4 Retry a payment"),),
        dangers=(Danger(what="WEB-9"),),
        prose="Seen this week:\n- WEB-7\n- WEB-8 Refunds",
    )

    assert [(one.kind, one.subject, one.detail) for one in bare_keys(draft)] == [
        (ProblemKind.BARE_KEY, "WEB-1", "an entry under ask"),
        (ProblemKind.BARE_KEY, "WEB-2, WEB-3.", "an entry under accomplished"),
        (ProblemKind.BARE_KEY, "WEB-9", "an entry under risk"),
        (ProblemKind.BARE_KEY, "WEB-7", "an entry under the prose"),
    ]


def test_an_entry_of_a_plan_is_known_by_its_key_or_its_number() -> None:
    """The second that names the same key is known by its number."""
    plan = (Planned(item="WEB-4 Retry"), Planned(item="Talk to sales"), Planned(item="WEB-4 again"))

    assert [key for key, _ in promised(plan)] == ["WEB-4", "2", "3"]


def test_the_form_can_be_read_as_it_is() -> None:
    """Comments of the narrators are entries; a restricted one is nowhere."""
    text = draft_text.text(withhold(rich_inputs()))
    draft = parse(text, "w.md")

    assert [one.what for one in draft.asks] == [
        "Sign the provider contract by 25 November, or one click slips.",
        "Name an owner for the status page.",
    ]
    assert [one.raised for one in draft.asks] == [date(2026, 11, 11), date(2026, 11, 18)]
    assert [one.what for one in draft.dangers] == ["The provider may raise the fee. Impact: margin."]
    assert "# Junior PM on WEB-2, 2026-11-20: Guests can check out." in text
    assert "# Decided, told from its comment: We show prices with tax everywhere." in text
    assert "secret" not in text
    assert (draft.bottom_line, draft.plan, draft.promises, draft.prose) == ("", (), (), "")


def test_last_weeks_open_asks_and_plan_are_filled_in() -> None:
    """With the day they were raised; what is older than twelve weeks is let go, what Jira says is done is."""
    inputs = with_before()
    cards = {**inputs.cards, 4: replace(inputs.cards[4], is_done=True)}
    draft = parse(draft_text.text(withhold(replace(inputs, cards=cards))), "w.md")

    assert [(one.what, one.from_whom, one.raised) for one in draft.asks] == [
        ('Say "yes"', "Legal", date(2026, 11, 9)),
        ("New", "", date(2026, 11, 15)),
        ("Name an owner for the status page.", "", date(2026, 11, 18)),
    ]
    assert [(one.id, one.result) for one in draft.promises] == [
        ("WEB-4", PromiseResult.DONE),
        ("2", PromiseResult.NOT_DONE),
    ]


def test_an_ask_that_last_week_was_the_drafts_is_not_filled_in_twice() -> None:
    """The comment was filled in a week ago: what is left of it is an entry of that draft."""
    before = Draft(harvested=utc("2026-11-19 00:00"))
    draft = parse(draft_text.text(withhold(replace(rich_inputs(), draft_before=before))), "w.md")

    assert draft.asks == ()


def test_last_weeks_bottom_line_stands_above_this_weeks() -> None:
    """So that the two differ."""
    assert "#   Last week's words." in draft_text.text(withhold(with_before()))


def test_an_ask_with_an_addressee_and_a_day_keeps_both() -> None:
    """ASK @who by day: a day that is none stays in the words of nobody."""
    notes = tuple(
        replace(note, text=f"ASK @Sofía by {day}: decide")
        for day, note in zip(("2026-11-27", "noon"), rich_inputs().notes[1:3], strict=True)
    )
    draft = parse(draft_text.text(replace(rich_inputs(), notes=notes)), "w.md")

    assert [(one.from_whom, one.by) for one in draft.asks] == [("Sofía", date(2026, 11, 27)), ("Sofía", None)]


def test_an_old_ask_is_a_remark() -> None:
    """Six weeks without an answer: the person decides whether to ask again."""
    (note,) = (replace(one, written=utc("2026-09-01 09:00")) for one in rich_inputs().notes[2:3])
    text = draft_text.text(replace(rich_inputs(), notes=(note,)))

    assert "# Asked more than six weeks ago: Name an owner" in text
    assert parse(text, "w.md").asks == ()


def test_the_form_of_an_empty_site_holds_examples_that_can_be_taken() -> None:
    """Without its # every example is a valid entry."""
    text = draft_text.text(replace(empty_inputs(), draft_before=Draft()))
    lines = [line.removeprefix("# ") for line in text.split("\n") if line.startswith("# ")]
    taken = "\n".join(line for line in lines if " = " in line or line.startswith("[["))

    assert parse(text, "w.md").asks == ()
    assert set(tomllib.loads(taken)) >= {"ask", "accomplished", "next", "risk", "override"}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_no_comment_breaks_the_form(words: str) -> None:
    """Quotation marks, line ends, fences and control codes stay words."""
    note = replace(rich_inputs().notes[1], text=f"ASK: +++ {words} x\n+++\n[[ask]]")
    words_as_summary = replace(rich_inputs().notes[0], text=f"SUMMARY: {words}\nbottom_line = 3")
    text = draft_text.text(replace(rich_inputs(), notes=(note, words_as_summary)))

    assert len(parse(text, "w.md").asks) == 1


def test_a_draft_is_written_once(tmp_path: Path) -> None:
    """A second time nothing is written over, and nobody else may read it."""
    path = tmp_path / "drafts" / "2026-W47.weekly.md"

    assert (write_once(path, "mine"), write_once(path, "new")) == (True, False)
    assert path.read_text() == "mine"
    assert path.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    """With the way on."""
    (tmp_path / "drafts").write_text("a file")

    with pytest.raises(PmreportError, match="cannot write the draft"):
        write_once(tmp_path / "drafts" / "a.md", "x")
