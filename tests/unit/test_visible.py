"""Odd characters are shown and secrets are not, in whatever text they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.model.hidden import HIDDEN, without_secrets
from pmreport.model.visible import ODD, one_line, visible
from tests.support.sample_report import HOSTILE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31m", "\u241b[31m"),
        ("\x7f", "\u2421"),
        ("a\x9bb", "a\ufffdb"),
        ("\u202egnp.exe", "[RLO]gnp.exe"),
        ("\u2067x\u2069", "[U+2067]x[U+2069]"),
        ("\ud800", "\ufffd"),
        ("\ufeffbegin", "[U+FEFF]begin"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("العربية 👩\u200d💻", "العربية 👩\u200d💻"),
    ],
)
def test_what_would_steer_a_reader_is_shown_instead(text: str, shown: str) -> None:
    """Control characters and directional marks are seen, not obeyed; letters of every script stay."""
    assert visible(text) == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_one_line_is_one_line(text: str) -> None:
    """No line break and no control character is left."""
    assert one_line(text).isprintable() or "\u200d" in text


@given(st.text())
def test_nothing_odd_is_left_in_a_visible_text(text: str) -> None:
    """Line ends and tabs stay, and what is visible stays as it is when it is shown again."""
    shown = visible(text)

    assert not ODD.search(shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nothing to hide", "nothing to hide"),
        ("a geheim b geheim", f"a {HIDDEN} b {HIDDEN}"),
        ("Authorization: Basic cG06c2VjcmV0", f"Authorization: Basic {HIDDEN}"),
        ("bearer  abc.def-ghi~", f"bearer  {HIDDEN}"),
        ("the basic idea", "the basic idea"),
        ("https://pm:hunter2@acme.example/x", f"https://{HIDDEN}@acme.example/x"),
        ("HTTP://token@acme.example", f"HTTP://{HIDDEN}@acme.example"),
        ("to pm@acme.example", "to pm@acme.example"),
        ("key=ATATT3xFfGF0abc=12345678.", f"key={HIDDEN}."),
        ("ATCTT3xFfGF ATSTT3xFfGF", f"{HIDDEN} {HIDDEN}"),
    ],
)
def test_a_secret_is_taken_out_however_it_stands_there(text: str, shown: str) -> None:
    """Known ones word by word; logins and Atlassian's tokens by how they look."""
    assert without_secrets(text, ("geheim", "")) == shown
