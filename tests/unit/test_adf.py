"""Rich text becomes plain text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.jira.adf import plain_text


def doc(*content: Any) -> dict[str, Any]:
    """A document of some blocks."""
    return {"type": "doc", "version": 1, "content": list(content)}


def paragraph(*content: Any) -> dict[str, Any]:
    """A paragraph of some inline nodes."""
    return {"type": "paragraph", "content": list(content)}


def words(text: str) -> dict[str, Any]:
    """A text node."""
    return {"type": "text", "text": text}


def row(*cells: str) -> dict[str, Any]:
    """A table row."""
    content = [{"type": "tableCell", "content": [words(each)]} for each in cells]
    return {"type": "tableRow", "content": content}


@pytest.mark.parametrize(
    ("rich", "plain"),
    [
        (None, ""),
        ("", ""),
        ("h1. Wiki\r\nstays *as it is*", "Wiki\nstays *as it is*"),
        (doc(), ""),
        (doc(paragraph(words("one"), words(" two"))), "one two"),
        (doc(paragraph(words("one")), paragraph(words("two"))), "one\ntwo"),
        (doc(paragraph(words("one"), {"type": "hardBreak"}, words("two"))), "one\ntwo"),
        (
            doc(paragraph({"type": "mention", "attrs": {"id": "7", "text": "@Ada"}}, words(" please"))),
            "@Ada please",
        ),
        (doc(paragraph({"type": "mention", "attrs": {"id": "7"}})), "7"),
        (doc(paragraph({"type": "emoji", "attrs": {"shortName": ":tada:"}})), ":tada:"),
        (doc(paragraph({"type": "inlineCard", "attrs": {"url": "https://a.example"}})), "https://a.example"),
        (doc({"type": "newIn2027", "content": [paragraph(words("inside"))]}), "inside"),
        (doc({"type": "table", "content": [row("a", "b"), row("c", "d")]}), "a b\nc d"),
        (
            doc(
                {"type": "bulletList", "content": [{"type": "listItem", "content": [paragraph(words("x"))]}]}
            ),
            "x",
        ),
    ],
)
def test_the_words_remain_a_line_per_block(rich: Any, plain: str) -> None:
    """Blocks become lines, inline nodes their words, unknown nodes what is inside them."""
    assert plain_text(rich) == plain


NODES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "content", "attrs", "url"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(NODES)
def test_no_shape_can_surprise(rich: Any) -> None:
    """Whatever Jira invents, a text comes out."""
    assert isinstance(plain_text(rich), str)


def test_a_very_deep_document_is_read() -> None:
    """Ten thousand nested nodes are no reason to stop: a person cannot write them, an import can."""
    deep: dict[str, Any] = words("bottom")
    for _ in range(10_000):
        deep = {"type": "blockquote", "content": [deep]}

    assert plain_text(deep) == "bottom"
