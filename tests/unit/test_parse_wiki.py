"""The words of wiki text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.jira.adf import plain_text


@pytest.mark.parametrize(
    ("wiki", "words"),
    [
        ("RISK: the supplier is late", "RISK: the supplier is late"),
        ("h2. Why\r\n\r\nBecause.", "Why\nBecause."),
        ("* one\n** two\n# three\n- four", "one\ntwo\nthree\nfour"),
        ("ACTION [~tomas.berg] by 2026-11-27: book it.", "ACTION @tomas.berg by 2026-11-27: book it."),
        ("[~accountid:712020:a]", "@712020:a"),
        (
            "see [the plan|https://acme.example/plan], [https://acme.example]",
            "see the plan, https://acme.example",
        ),
        ("{code:java}\nint a[1|2];\n{code}", "int a[1|2];"),
        ("a [draft] and snake_case and 2 * 3", "a [draft] and snake_case and 2 * 3"),
        ("{quote}Yes{quote}\nbq. No", "Yes\nNo"),
    ],
)
def test_the_marks_go_and_the_words_stay(wiki: str, words: str) -> None:
    """Data Center gives descriptions and comments as wiki text; reports show words."""
    assert plain_text(wiki) == words


@given(st.text())
def test_words_alone_do_not_change_any_more(text: str) -> None:
    """No text stops a sync, and no line comes out empty."""
    lines = plain_text(text).split("\n")

    assert lines == [""] or all(line.strip() for line in lines)
