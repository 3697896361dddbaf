"""The faults of a configuration: all at once, each with its place and what to write instead."""

from pathlib import Path

import pytest

from pmreport.config import load_found, parse
from pmreport.errors import ConfigurationError, ExitStatus
from tests.unit.test_config import LEAST

LONG = "ATATT3xFfGF0aVeryLongTokenThatNobodyMaySee"
TOKEN = f"{LONG}=1A2B3C4D"
INITIATIVE = "[[initiative]]\nid = 'a'\nname = 'A'\njql = 'x = 1'\n"


def complaints(text: str) -> str:
    """What is said about a text that stands in bad.toml."""
    with pytest.raises(ConfigurationError) as caught:
        parse(text, Path("bad.toml"))
    return caught.value.what


def test_a_misspelt_key_is_shown_with_the_line_and_the_right_one() -> None:
    """The fault has a file, a line, a column, the line itself, a caret and a suggestion."""
    assert complaints(LEAST + 'projct = "PM"\n') == (
        'unknown key "projct"; did you mean "projects"?\n'
        "  --> bad.toml:6:1\n"
        "   6 | projct = ***\n"
        "     | ^^^^^^"
    )


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    """A file with three faults is mended in one round."""
    said = complaints("""\
[site]
name = "acme"
url = "https://acme.atlassian.net"
[scope]
projects = ["web"]
[calendar]
time_zone = "Europe/Berln"
[flow]
sle = { days = 8, share = 85 }
""")

    assert said == (
        "a Jira project key is capital letters, e.g. PM\n"
        "  --> bad.toml:5:13\n"
        '   5 | projects = ["web"]\n'
        "     |             ^^^^^\n"
        "\n"
        'error: there is no time zone of this name; did you mean "Europe/Berlin"?\n'
        "  --> bad.toml:7:13\n"
        '   7 | time_zone = "Europe/Berln"\n'
        "     |             ^^^^^^^^^^^^^^\n"
        "\n"
        "error: at most 1 is wanted here\n"
        "  --> bad.toml:9:27\n"
        "   9 | sle = { days = 8, share = 85 }\n"
        "     |                           ^^"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sync]\nconnections = '4'", "a whole number is wanted here, without quotation marks"),
        ("[sync]\nconnections = 0", "at least 1 is wanted here"),
        ("[sync]\nconnections = 99", "at most 16 is wanted here"),
        ("[sync]\ncensus_every = 7", 'a length of time is a number and h, d or w, e.g. "7d"'),
        ("[sync]\ncensus_limit = 5", "at most 1 is wanted here"),
        ("[sync]\ncensus_limit = -0.1", "at least 0 is wanted here"),
        ("[sync]\ncensus_limit = '5 %'", "a number is wanted here, without quotation marks"),
        ("[scope]\nprojects = []", "at least one value is wanted here"),
        ("[scope]\nprojects = 'WEB'", 'a list is wanted here, e.g. ["one", "two"]'),
        ("[scope]\nsince = '2025-01-01'", "a day is wanted here, without quotation marks, e.g. 2026-09-01"),
        ("[scope]\nsince = 2025-01-01T08:00:00", "a day is wanted here"),
        ("[report]\nauthor = 7", "text in quotation marks is wanted here"),
        ("[report]\nauthor = ' '", "this is empty"),
        ("report = 7", "a section is wanted here, not a value"),
        ("[board]\n7 = 1", "a section is wanted here, not a value"),
        ("[board.main]", 'a board goes by its number, e.g. [board."7"]'),
        ("[fields]\nsprint = 'Sprint'", "a custom field looks like customfield_10020"),
        ("[report]\ncurrency = 'EUR'", 'unknown key "currency"; it belongs into the section [money]'),
        ("[report]\nzzz = 1", 'unknown key "zzz"'),
        ("[store]\nurl = 'duckdb://store'", 'a path stands after "duckdb:", without slashes'),
        ("[store]\nurl = 'duckdb::memory:'", 'the store needs a file, e.g. "duckdb:store.duckdb"'),
        (
            "[store]\nurl = 'sqlite:x'",
            'the store is "duckdb:" and a path, or "postgresql://user@host/database"',
        ),
        ("[calendar]\nholidays = 'Germany'", "a holiday calendar is a country"),
        ("[calendar]\nholidays = 'PT-XX'", "PT has no part of this name; its parts:"),
        ("[calendar]\nweek_start = 'monday'", 'is wanted here; did you mean "mon"?'),
        ("[calendar]\nworking_hours = ['9', '17:00']", 'a time of day looks like "09:00"'),
        ("[calendar]\nworking_hours = ['17:00', '09:00']", "the working day ends before it begins"),
        ("[calendar]\nworking_hours = ['09:00']", "2 values are wanted here"),
        ("[report.thresholds]\nscope = [0.2, 0.1]", "amber and red, in this order, both above 0"),
        ("[report.thresholds]\nscope = [0.1, 0.2, 0.3]", "no more than 2 values are wanted here"),
        ("[report.thresholds]\nscope = ['a', true]", "a number is wanted here, without quotation marks"),
        ("[report.thresholds]\nscope = [nan, 1]", "a number is wanted here"),
        ("[mail]\nsecurity = 'none'\nhost = 'mail.example'", 'security "none" is for a mail server on this'),
        ("[mail]\nfrom = 'me'", 'a mail address looks like "pm@acme.example"'),
        ("[mail.lists]\nteam = ['x@other.example']", "x@other.example is outside allowed_domains"),
        (
            "[[goal]]\nid = 'a'\ntitle = 'A'\n[[goal]]\nid = 'a'\ntitle = 'B'",
            'there is another goal with the id "a"',
        ),
        ("[[goal]]\nid = 'a'\nactive = 'yes'", "true or false is wanted here, without quotation marks"),
        ("[[goal]]\nid = 'A b'", "an id is small letters, digits and dashes, e.g. estimate-ahead"),
        ("[[goal]]\nid = 'a'\nuse = 'b'", 'a built-in goal looks like "catalogue:estimate-ahead"'),
        ("[[goal]]\nid = 'a'\n[[goal.rule]]\nid = 'b'", 'the key "jql" is missing'),
        (
            "".join(f"[[goal]]\nid = '{name}'\ntitle = 'A'\n" for name in "abcd"),
            "at most three goals are active at a time; give this one `active = false`, or say why",
        ),
        ("[[initiative]]\nid='a'\nname='A'\njql='x=1'\nbudget=0", "at least 0.01 is wanted here"),
        (
            "[[initiative]]\nid='a'\nname='A'\njql='x=1'\nstart=2026-02-01\nfinish=2026-01-01",
            "the initiative finishes before it starts",
        ),
    ],
)
def test_a_fault_says_what_to_write_instead(text: str, said: str) -> None:
    """No fault is told in the words of a library."""
    least = LEAST.replace('[scope]\nprojects = ["WEB"]\n', "") if text.startswith("[scope]") else LEAST
    top, section = ("", text) if text.startswith("[") else (text, "")

    assert said in complaints(f"{top}\n{least}{section}")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://jira.acme.example", "plain http would send the token unprotected; write https://"),
        ("http://127.0.0.1.evil.example", "plain http would send the token unprotected; write https://"),
        ("jira.acme.example", "a Jira address begins with https://"),
        ("https://", "a Jira address begins with https://"),
        ("https://jira.acme.example:port", "this is no address"),
        ("https://pm:pass@jira.acme.example", "an address holds no user and no password"),
        ("https://jira.acme.example/?x=1", "only the base address of Jira is wanted"),
    ],
)
def test_an_address_that_is_no_jira_is_refused(url: str, said: str) -> None:
    """Only https leads to another machine, and only the base address is asked for."""
    assert said in complaints(LEAST.replace("https://acme.atlassian.net", url))


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("name = \n", "this is no value; text stands in quotation marks", "1:8"),
        ("[site\n", "a closing ] is missing", "1:6"),
        ('a = "x\n', "a quotation mark is missing at the end of this line", "1:7"),
        ("a = 1 2\n", "something stands behind the value; a comment begins with #", "1:7"),
        ("name: acme\n", "a key is followed by = and its value", "1:5"),
        ("a = 1\na = 2\n", "this key stands here for the second time", "2:6"),
        ("[a]\n[a]\n", "this section stands here for the second time", "2:3"),
        ("a = [1,\n", "the file ends in the middle of a value", "1:7"),
        ('a = "\\q"\n', "a backslash in text is written twice", "1:8"),
    ],
)
def test_what_is_not_toml_is_told_with_its_place(text: str, said: str, place: str) -> None:
    """A slip of the pen is shown where it is."""
    shown = complaints(text)

    assert said in shown
    assert f"--> bad.toml:{place}\n" in shown


def test_an_empty_file_lacks_its_two_sections() -> None:
    """What must be there is named."""
    said = complaints("")

    assert "the section [site] is missing" in said
    assert "the section [scope] is missing" in said


@pytest.mark.parametrize(
    "text",
    [
        f'{LEAST}[site.x]\ntoken = "{TOKEN}"\n',
        f'token = "{TOKEN}"\n{LEAST}',
        f"token = {TOKEN}\n",
        f'{LEAST}[mail]\npassword = "{TOKEN}"\n',
        f'{LEAST}[me]\nname = "{TOKEN}"\n',
        f'{LEAST}[me]\nnaem = "{TOKEN}"\n',
        LEAST.replace("https://", f"https://pm:{TOKEN}@"),
        f'{LEAST}[store]\nurl = "postgresql://pm:{TOKEN}@db.example/jira"\n',
        f'{LEAST}[store]\nurl = "postgresql://pm@/jira?host=/run&password={TOKEN}"\n',
    ],
    ids=[
        "unknown section",
        "top",
        "no quotes",
        "password",
        "known key",
        "misspelt key",
        "address",
        "store",
        "store's query",
    ],
)
def test_a_token_in_the_file_is_refused_and_not_shown(text: str) -> None:
    """Wherever somebody puts a token, the error does not print it."""
    assert TOKEN not in complaints(text)
    assert LONG not in complaints(text)


def test_a_token_in_the_file_is_answered_with_the_right_way() -> None:
    """The three places for a token are named."""
    said = complaints(
        f"{LEAST.replace('[scope]', f'api_token = {TOKEN!r}[scope]'.replace('[', chr(10) + '['))}"
    )

    assert "never stands in the configuration" in said
    assert "PMREPORT_JIRA_TOKEN_FILE" in said
    assert "keyring" in said
    assert "api_token = ***" in said


def test_a_very_long_line_is_cut() -> None:
    """A line of a thousand signs does not flood the terminal."""
    said = complaints(LEAST + "[me]\nname = [" + "1, " * 400 + "]\n")

    assert max(len(line) for line in said.split("\n")) < 120


def test_a_configuration_with_faults_ends_with_its_own_status() -> None:
    """Exit status 78 tells a scheduler that trying again is of no use."""
    with pytest.raises(ConfigurationError) as caught:
        parse("", Path("bad.toml"))

    assert caught.value.status is ExitStatus.CONFIGURATION


@pytest.mark.parametrize(
    "text",
    [
        'pat = "tok-HIDDEN"',
        'anything = "tok-HIDDEN"',
        "anything = tok-HIDDEN",
        'sle = { colour = "tok-HIDDEN", days = 8 }',
        'x-auth = "tok-HIDDEN"',
        'url = "https://acme.example/?token=HIDDEN"',
    ],
)
def test_the_value_of_an_unknown_key_is_never_shown(text: str) -> None:
    """A token can stand under any name, so no line shows what stands behind a key that we do not know."""
    assert "HIDDEN" not in complaints(f"{LEAST}[flow]\n{text}\n")


def test_the_query_of_an_address_is_never_shown() -> None:
    """Some addresses carry a token behind the question mark."""
    said = complaints(LEAST.replace("https://acme.atlassian.net", "https://acme.example/?token=HIDDEN"))

    assert 'url = "https://acme.example/?***"' in said


@pytest.mark.parametrize("key", ["pat", "jira_pat", "auth", "bearer", "cookie", "pass"])
def test_a_key_that_would_hold_a_secret_is_told_where_secrets_belong(key: str) -> None:
    """Many words mean a token; `author` is none of them."""
    assert "a token or a password never stands in the configuration" in complaints(f'{LEAST}{key} = "x"\n')
    assert "never stands" not in complaints(f'{LEAST}authr = "x"\n')


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("[sync]\nconnections = " + "9" * 5000, "this number is too large", "7:15"),
        ("[money]\nrates = 1e9999999999999999999", "this number is too large", "7:9"),
        ("[scope.x]\ny = " + "[" * 5000, "the brackets here are nested too deep", "7:5"),
        (INITIATIVE + "budget = 1e40", "this number is too large", "10:"),
        (INITIATIVE + "budget = 1e-300", "at least 0.01 is wanted here", "10:10"),
        (INITIATIVE + "start = 0001-01-01", "a day from 1970 to 2199 is wanted here", "10:9"),
        (INITIATIVE + "finish = 9999-12-31", "a day from 1970 to 2199 is wanted here", "10:10"),
        ("[calendar]\nextra_holidays = [9999-12-31]", "a day from 1970 to 2199 is wanted here", "7:19"),
        ('[store]\nurl = "duckdb:a\\u0000b"', "no text holds the character NUL", "7:7"),
        ("[store]\nurl = 'duckdb:https://evil.example/x'", "the store is a file on this machine", "7:7"),
        ("[store]\nurl = 'duckdb:s3://bucket/x'", "the store is a file on this machine", "7:7"),
        ("[[goal]]\nid = 'a'", "a goal of your own needs a title", "7:6"),
        (
            "[[goal]]\nid = 'a'\nuse = 'catalogue:folow-up'",
            'there is no built-in goal of this name; did you mean "follow-up"?',
            "8:7",
        ),
        (
            "[[goal]]\nid = 'a'\nuse = 'catalogue:x'",
            "there are estimate-ahead, plan-resources, ",
            "8:7",
        ),
        (
            "[[goal]]\nid = 'a'\ntitle = 'A'\n[[goal.rule]]\nid = 'b'\njql = 'status Done'",
            "here stands Done, where an operator such as = or IN is expected",
            "11:15",
        ),
        (
            "[[initiative]]\nid = 'a'\nname = 'A'\njql = 'status = foo() '",
            "there is no function foo()",
            "9:17",
        ),
        (
            "[[initiative]]\nid = 'a'\nname = 'A'\njql = \"\\u0073tatus = membersOf(x)\"",
            "membersOf() is valid JQL, but only Jira can answer it",
            "9:7",
        ),
    ],
)
def test_what_would_break_a_room_later_is_a_fault_of_the_file(text: str, said: str, place: str) -> None:
    """Numbers and days without end, addresses of no file, goals and rules that cannot be read."""
    shown = complaints(LEAST + text)

    assert said in shown
    assert f"--> bad.toml:{place}" in shown


@pytest.mark.parametrize(
    "host", ["ac me.example", "a" * 64 + ".example", "-acme.example", "acme..example", "ü" * 70 + ".example"]
)
def test_a_name_that_no_machine_can_have_is_refused(host: str) -> None:
    """Blanks, and parts that are empty, too long or begin with a dash."""
    url = f"https://{host}"

    assert "no machine can have this name" in complaints(LEAST.replace("https://acme.atlassian.net", url))


@pytest.mark.parametrize("host", ["jira", "jira_1.acme.example", "bücher.example", "[::1]", "10.0.0.7:8443"])
def test_a_name_that_a_machine_can_have_is_taken(host: str) -> None:
    """Short names, underscores, other scripts and addresses are all in use."""
    text = LEAST.replace("https://acme.atlassian.net", f"https://{host}")

    assert parse(text, Path("good.toml")).site.url == f"https://{host}"


def test_a_folder_is_not_a_missing_configuration(tmp_path: Path) -> None:
    """Whoever names the folder learns to name the file in it."""
    with pytest.raises(ConfigurationError, match="the configuration that --config names is a folder"):
        load_found(tmp_path, {})
