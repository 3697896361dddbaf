"""Rules read into trees, and what cannot be read said with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.errors import ExitStatus
from pmreport.goals.jql import parse
from pmreport.goals.jql_error import JqlError, Span, did_you_mean, quoted
from pmreport.goals.tree import (
    And,
    Changed,
    Comparison,
    Condition,
    Emptiness,
    Empty,
    FunctionCall,
    Literal,
    Membership,
    Not,
    Or,
    Predicate,
    Value,
    Was,
    clauses,
)


def told(condition: Condition) -> str:  # noqa: PLR0911  a line a kind
    """A tree in one line, brackets around everything."""
    match condition:
        case Not(part):
            return f"not {told(part)}"
        case And(parts):
            return f"({' and '.join(told(part) for part in parts)})"
        case Or(parts):
            return f"({' or '.join(told(part) for part in parts)})"
        case Comparison():
            return f"{condition.field.name}{condition.operator}{value(condition.value)}"
        case Membership():
            values = ",".join(value(one) for one in condition.values)
            return f"{condition.field.name}{'!' if condition.negated else ''}[{values}]"
        case Emptiness():
            return f"{condition.field.name}{'!' if condition.negated else ''}[]"
        case Was():
            values = ",".join(value(one) for one in condition.values)
            was = "was not" if condition.negated else "was"
            return f"{condition.field.name} {was} [{values}]{narrowed(condition.predicates)}"
        case Changed():
            return f"{condition.field.name} changed{narrowed(condition.predicates)}"


def narrowed(predicates: tuple[Predicate, ...]) -> str:
    """What narrows a clause about the past."""
    return "".join(f" {one.kind}({','.join(map(value, one.values))})" for one in predicates)


def value(one: Value) -> str:
    """A value in a few letters; quotes where it was quoted."""
    match one:
        case Literal():
            return f"<{one.text}>" if one.quoted else one.text
        case FunctionCall():
            return f"{one.name}({','.join(one.arguments)})"
        case Empty():
            return "EMPTY"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("status = Done", "status=Done"),
        ("status=Done", "status=Done"),
        ("status != Done", "status!=Done"),
        ("x = 1 OR y = 2 AND z = 3", "(x=1 or (y=2 and z=3))"),
        ("(x = 1 OR y = 2) AND z = 3", "((x=1 or y=2) and z=3)"),
        ("NOT x = 1 AND y = 2", "(not x=1 and y=2)"),
        ("not (x = 1 or not y = 2)", "not (x=1 or not y=2)"),
        ("! x = 1 && y = 2 || z = 3", "((not x=1 and y=2) or z=3)"),
        ("x = 1 & y = 2 | z = 3", "((x=1 and y=2) or z=3)"),
        ("x In (1, 'two', \"three\")", "x[1,<two>,<three>]"),
        ("x not IN (1)", "x![1]"),
        ("x is empty", "x[]"),
        ("x IS NOT null", "x![]"),
        ("x = null", "x=EMPTY"),
        ("x in (EMPTY, currentuser())", "x[EMPTY,currentUser()]"),
        ("sprint in OPENSPRINTS()", "sprint[openSprints()]"),
        ('"Story Points" = 5', "Story Points=5"),
        ("cf[10016] = -0.5", "cf[10016]=-0.5"),
        ("CF [ 10016 ] = 5", "CF[10016]=5"),
        ("android = orange", "android=orange"),  # neither AND nor OR
        ("fixVersion = 1.2.0-rc", "fixVersion=1.2.0-rc"),
        ("assignee = 712020:5f0c-9e", "assignee=712020:5f0c-9e"),
        ("x = naïve", "x=naïve"),
        (r"x = two\ words", "x=two words"),
        (r'x = "a \"quote\" \\ \n \u00e9"', 'x=<a "quote" \\ \n é>'),
        ('"and" = "or"', "and=<or>"),
        (" \n\tx\n=\n1\n", "x=1"),
        ("x ~ 'two words' and y !~ \"z*\"", "(x~<two words> and y!~<z*>)"),
        ("x < 5 or x <= 5 or x > -5 or x >= -2w", "(x<5 or x<=5 or x>-5 or x>=-2w)"),
        ("created >= startofweek(-1w)", "created>=startOfWeek(-1w)"),
        ("x was y", "x was [y]"),
        ("x WAS NOT EMPTY", "x was not [EMPTY]"),
        ("x was in (y, z) before 2026-01-01", "x was [y,z] BEFORE(2026-01-01)"),
        (
            "x was not in (y) by currentUser() on '2026/01/01'",
            "x was not [y] BY(currentUser()) ON(<2026/01/01>)",
        ),
        ("x changed", "x changed"),
        (
            "not x changed from y to (z, EMPTY) during (-2w, now())",
            "not x changed FROM(y) TO(z,EMPTY) DURING(-2w,now())",
        ),
        ("x changed after -1d and y = 1 order by created desc, key", "(x changed AFTER(-1d) and y=1)"),
        ("fixVersion in releasedVersions(WEB, 'The app')", "fixVersion[releasedVersions(WEB,The app)]"),
    ],
)
def test_a_rule_is_read_as_jira_reads_it(text: str, tree: str) -> None:
    """NOT binds before AND, AND before OR; keywords in any case; quotes, escapes and cf[...] as in Jira."""
    assert told(parse(text).condition) == tree


def test_a_clause_knows_its_place() -> None:
    """Every clause keeps where it stands, so that it can be shown as it was written."""
    jql = parse("x = 1 AND  y IN (2,\n3)")

    assert isinstance(jql.condition, And)
    spans = [part.span for part in jql.condition.parts if isinstance(part, Comparison | Membership)]
    assert [jql.text[span.start : span.start + span.length] for span in spans] == ["x = 1", "y IN (2,\n3)"]


NO_OPENING = "There is no '(' that it closes."
IN_QUOTES = "A value of several words stands in quotes: "
FIELD_IN_QUOTES = "A field name of several words stands in quotes: "
DURING = "Write DURING (2026-11-01, 2026-11-30)."
BEFORE_IT = "Write what the items have in common before it."
ONLY_JIRA = "is valid JQL, but only Jira can answer it"
WRONG = (
    # text, column, message, hint
    ("", 1, "an empty query would match every item", None),
    ("  ", 1, "an empty query would match every item", None),
    ("status", 7, "the query ends, where an operator such as = or IN is expected", None),
    ("status =", 9, "the query ends, where a value is expected", None),
    ("status = Done AND", 18, "the query ends, where a field is expected", None),
    ("(status = Done", 15, "the query ends, where AND, OR or ')' is expected", None),
    ("status = Done)", 14, "here stands ), where AND, OR or the end", NO_OPENING),
    ("= Done", 1, "here stands =, where a field is expected", None),
    ("status Done", 8, "here stands Done", FIELD_IN_QUOTES + '"... Done"'),
    ("status nto in (Done)", 8, "here stands nto, where an operator", "Did you mean NOT?"),
    ("status == Done", 9, "here stands =, where a value is expected", "The operators are = and !=."),
    ("status =! Done", 9, "here stands !, where a value is expected", "The operators are = and !=."),
    ("status = Done ANDD x = 1", 15, "here stands ANDD, where AND, OR or the end", "Did you mean AND?"),
    ("status changed too Done", 16, "here stands too, where AND, OR or the end", "Did you mean TO?"),
    ("status changed to Done aftr -2w", 24, "here stands aftr, where", "Did you mean AFTER?"),
    ("assignee = Ana Lima", 16, "here stands Lima", IN_QUOTES + '"... Lima"'),
    ("status in (Ana Lima)", 16, "here stands Lima, where ',' or ')' is expected", IN_QUOTES + '"... Lima"'),
    ("status in ()", 12, "here stands ), where a value is expected", None),
    ("status in (Done,", 17, "the query ends, where a value is expected", None),
    ("status in Done", 11, "IN takes a list in brackets", "Write IN (Done), or = Done."),
    ("status in ((Done))", 12, "a list inside a list", "One pair of brackets is enough."),
    ("status not (Done)", 12, "here stands (, where IN is expected", None),
    ("status = (Done, Open)", 10, "= takes one value, not a list", "Write IN (...) for several values."),
    ("labels is not emtpy", 15, "IS goes with EMPTY only", "Did you mean EMPTY?"),
    ("status is Done", 11, "IS goes with EMPTY only", "Compare with a value by = or !=."),
    ('status = "Done', 10, "this quote is never closed", None),
    ("x = 1 and\ny = 'z", 5, "this quote is never closed", None),
    ("labels = a@b", 11, "@ may not stand outside quotes", 'Put the whole value in quotes: "..."'),
    ("status = “Done”", 10, "typographic quotes mean nothing in JQL", 'Write straight quotes: "...".'),
    (r'status = "a\qb"', 10, r"\q means nothing in JQL", r"Write \\ for a backslash."),
    ("labels = next", 10, "next is a word that JQL keeps for itself", 'Write "next".'),
    ("this is not jql", 1, "this is a word that JQL keeps for itself", 'Write "this".'),
    ("order = 1", 7, "here stands =, where BY is expected", None),
    ("reporter = curentUser()", 12, "there is no function curentUser()", "Did you mean currentUser?"),
    ("reporter = xyz()", 12, "there is no function xyz()", None),
    ("reporter = currentUser(me)", 12, "currentUser() takes nothing in its brackets", None),
    ("reporter in (currentUser(", 26, "the query ends, where a word is expected", None),
    # the past, and functions
    ("status was in Done", 15, "WAS IN takes a list in brackets", "Write WAS IN (Done), or WAS Done."),
    ("status was (Done)", 12, "WAS takes one value, not a list", "Write WAS IN (...) for several values."),
    ("status was Done from Open", 17, "FROM goes with CHANGED only", "Write CHANGED FROM ...."),
    ("status changed during 2026-01-01", 23, "DURING takes two dates in brackets", DURING),
    ("status changed during (1, 2, 3)", 23, "DURING takes two dates in brackets", DURING),
    ("status changed after (now())", 22, "AFTER takes one date, not a list", None),
    ("status changed Done", 16, "here stands Done, where AND, OR or the end", IN_QUOTES + '"... Done"'),
    ("due <= now(-1d)", 8, "now() takes nothing in its brackets", 'Write "-1w" for a week ago.'),
    ("due <= endOfDay(1, 2)", 8, "endOfDay() takes one offset at most", "Write endOfDay(-1w)."),
    ("due <= endOfDays()", 8, "there is no function endOfDays()", "Did you mean endOfDay or endOfYear?"),
    # valid in Jira, and beyond what the store knows
    ('assignee in membersOf("staff")', 13, f"membersOf() {ONLY_JIRA}", None),
    ("issue in votedIssues()", 10, f"votedIssues() {ONLY_JIRA}", None),
    ("order by created", 1, "an order alone would match every item", BEFORE_IT),
)  # fmt: skip


@pytest.mark.parametrize(("text", "column", "problem", "hint"), WRONG, ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_said_with_its_place(text: str, column: int, problem: str, hint: str | None) -> None:
    """A rule that cannot be used says what is wrong, in which column, and what was probably meant."""
    with pytest.raises(JqlError) as caught:
        parse(text)

    error = caught.value
    assert error.problem.startswith(problem)
    assert (error.column, error.hint, error.status) == (column, hint, ExitStatus.CONFIGURATION)


def test_an_error_points_at_the_word() -> None:
    """The line is shown with a caret under the wrong word, and with the place in the configuration."""
    with pytest.raises(JqlError) as caught:
        parse("type = Bug AND\n\tstatus WAZ Done")

    error = caught.value.within("pmreport.toml:12:7")
    problem = "here stands WAZ, where an operator such as = or IN is expected"
    assert (error.line, error.column, error.where) == (2, 9, "pmreport.toml:12:7")
    assert error.what == f"JQL, line 2, column 9: {problem}\n     status WAZ Done\n            ^^^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    """Of a very long rule only the part around the mistake is shown."""
    text = f"key in ({', '.join(f'WEB-{n}' for n in range(100))}) AND status WAZ Done"
    with pytest.raises(JqlError) as caught:
        parse(text)

    _, line, caret = caught.value.what.splitlines()
    assert len(line) <= 104
    assert line[caret.index("^") :].startswith("WAZ")


def test_near_words_are_offered_in_their_own_spelling() -> None:
    """What was probably meant is offered as it has to be written; nothing is offered when nothing is near."""
    assert did_you_mean("story pionts", ["Story Points", "Status"]) == 'Did you mean "Story Points"?'
    assert did_you_mean("zzz", ["Story Points", "Status"]) is None
    assert quoted("WEB-1") == "WEB-1"


WORDS = (
    "x",
    "=",
    "!=",
    "in",
    "not",
    "(",
    ")",
    "and",
    "or",
    "is",
    "empty",
    ",",
    "'y'",
    '"',
    "WAS",
    "ORDER",
    "BY",
)


@given(st.text() | st.lists(st.sampled_from((*WORDS, "f()", "~", "[", "cf[1]"))).map(" ".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever is typed is either read or refused with a place inside the text."""
    try:
        start = parse(text).text.find(text)
    except JqlError as error:
        start = error.span.start

    assert start <= len(text)


def test_a_span_is_one_character_unless_it_says_more() -> None:
    """A place without a length is one character wide."""
    assert Span(3) == Span(3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "NOT " * 3000 + "x = 1",
        "x = 1",
    ],
    ids=["NOT", "brackets"],
)
def test_a_query_nested_without_end_is_refused(text: str) -> None:
    """Fifty levels are more than anybody can follow; the place is told, and nothing breaks."""
    for _ in range(60):
        text = f"({text} OR y = 2) AND z = 3"

    with pytest.raises(JqlError, match="this query is nested too deep: at most 50 levels of NOT, AND and OR"):
        parse(text)


def test_a_query_of_more_clauses_than_can_be_joined_is_refused() -> None:
    """Two hundred clauses are asked in seconds; brackets alone are no clauses and no levels."""
    assert len(list(clauses(parse(" AND ".join(["x = 1"] * 200)).condition))) == 200
    assert len(list(clauses(parse("(" * 3000 + "x = 1" + ")" * 3000).condition))) == 1
    with pytest.raises(JqlError, match="it has 201 clauses, and at most 200 can be asked"):
        parse(" OR ".join(["x = 1"] * 201))
