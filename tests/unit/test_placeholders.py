"""A portable text made ready for psycopg."""

from pmreport.store.postgres.placeholders import psycopg_text


def test_a_placeholder_is_named_the_way_of_psycopg() -> None:
    """Every place of a name changes, with no regard to what stands around it."""
    assert psycopg_text("a = $site_id AND (b<$as_of_ms OR c IN ($w0_1,$w0_2))") == (
        "a = %(site_id)s AND (b<%(as_of_ms)s OR c IN (%(w0_1)s,%(w0_2)s))"
    )


def test_a_placeholder_before_a_cast_keeps_the_cast() -> None:
    """Two colons are PostgreSQL's own and say nothing to psycopg."""
    assert psycopg_text("$day::DATE - a::DATE") == "%(day)s::DATE - a::DATE"


def test_a_percent_sign_is_doubled_wherever_it_stands() -> None:
    """In a pattern, in a comment and as the remainder: psycopg would take each for a placeholder."""
    assert psycopg_text("a LIKE '%:select' -- 5 % of all\nAND b % 2 = 0 AND \"c%\" /* % */ = 1") == (
        "a LIKE '%%:select' -- 5 %% of all\nAND b %% 2 = 0 AND \"c%%\" /* %% */ = 1"
    )


def test_a_dollar_in_a_literal_a_name_or_a_comment_stays() -> None:
    """What people wrote about a text, or between quotes, names no parameter."""
    text = "SELECT 'it''s $five', \"$col\", a$b, 1 -- `$types` is a list\n/* $x\n$y */ FROM t"

    assert psycopg_text(text) == text


def test_a_placeholder_behind_a_literal_or_a_comment_is_seen() -> None:
    """A literal ends at its own quote, a comment with its line."""
    assert psycopg_text("'' || $a || '''' -- it's $b\n|| $c") == "'' || %(a)s || '''' -- it's $b\n|| %(c)s"
