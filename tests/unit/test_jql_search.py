"""Words looked for in texts, by the rules of this program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.goals.check import Phrase, Search
from pmreport.goals.fields import SYSTEM_FIELDS
from pmreport.goals.jql import parse
from pmreport.goals.search import SEPARATORS, is_found, searched, words_of
from pmreport.goals.search_sql import condition, parameters
from pmreport.goals.tree import Comparison
from tests.support.engines import DuckEngine, duck


def search(text: str) -> Search:
    """What a clause looks for."""
    jql = parse(f"summary ~ '{text}'")
    assert isinstance(jql.condition, Comparison)
    return searched(jql, jql.condition.value, SYSTEM_FIELDS["summary"])


@pytest.fixture(scope="module")
def engine() -> DuckEngine:
    """A database to ask."""
    return duck()


def asked(engine: DuckEngine, looked_for: Search, text: str) -> bool:
    """Whether the database finds it in the text."""
    values = {**parameters(looked_for, 0), "text": text}
    _, ((found,),) = engine.run(f"SELECT {condition(looked_for, 0, '$text')} AS found", values)
    return bool(found)


@pytest.mark.parametrize(
    ("words", "text", "is_there"),
    [
        ("pay", "Pay now", True),
        ("pay", "Payment", False),  # a whole word, and no stem
        ("pay*", "Payment", True),
        ("pay*", "Prepayment", False),
        ("now pay", "pay, now!", True),  # in any order
        ("now pay", "pay later", False),
        ('"pay now"', "You can pay (now) by card", True),  # side by side
        ('"pay now"', "now pay", False),
        ('"pay now" card*', "cards: pay now", True),
        ("follow-up", "The follow up", True),  # the hyphen parts words in both
        ("snake_case", "a snake_case word", True),
        ("snake_case", "a snake case word", False),
        ("ÜBER", "über Nacht", True),
        ("über", "ÜBER NACHT", True),
        ("straße", "STRASSE", False),  # letter by letter
        ("50", "50%", True),
        ("v2", "v2.1", True),
        ("ok", "“ok”…", True),
        ("x", "", False),
    ],
)
def test_words_are_found_whole_and_in_any_case(
    engine: DuckEngine,
    words: str,
    text: str,
    is_there: bool,  # noqa: FBT001  a table
) -> None:
    """In Python and in the database alike."""
    assert is_found(search(words), text) is is_there
    assert asked(engine, search(words), text) is is_there


def test_what_is_looked_for_is_read_once() -> None:
    """Words in quotes form a phrase; a star is kept at the end of a word alone."""
    assert search('Pay* "the Bill" e-mail').phrases == (
        Phrase(("the", "bill")),
        Phrase(("pay",), open_end=True),
        Phrase(("e",)),
        Phrase(("mail",)),
    )


letters = st.sampled_from(["pay", "Pay", "PAYED", "über", "ÜBER", "a_b", "x", *SEPARATORS, " ", "  "])


@given(
    st.lists(letters, max_size=8).map("".join), st.sampled_from(["pay", "pay*", "über x", '"pay x"', "a_b"])
)
def test_the_database_finds_what_python_finds(engine: DuckEngine, text: str, words: str) -> None:
    """Whatever signs stand between the words."""
    assert asked(engine, search(words), text) is is_found(search(words), text)


def test_words_are_parted_by_signs_and_spaces() -> None:
    """Digits and underscores belong to words."""
    assert words_of("Re: Order #42, my_file.txt\n(done)") == ("re", "order", "42", "my_file", "txt", "done")
