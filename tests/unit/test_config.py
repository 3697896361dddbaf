"""The configuration: what it says, and that the example says everything."""

import re
import tomllib
from dataclasses import fields
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

from pmreport.config import Config, load, load_found, parse
from pmreport.config.shape import File
from pmreport.config.wording import section_of
from pmreport.deliver.settings import MailSettings
from pmreport.errors import ConfigurationError
from pmreport.goals.condition import Condition, RuleMetric
from pmreport.goals.goal import Polarity, Visibility
from pmreport.metrics.settings import FlowSettings, InvestmentSettings
from pmreport.model.settings import CalendarSettings, Weekday
from pmreport.report.settings import Threshold, Thresholds
from pmreport.sync.settings import SyncSettings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "config.example.toml"
LEAST = """\
[site]
name = "acme"
url = "https://acme.atlassian.net"
[scope]
projects = ["WEB"]
"""


def read(more: str = "", *, least: str = LEAST, path: Path = Path("/home/pm/pmreport.toml")) -> Config:
    """The configuration of a text, as if it stood in /home/pm/pmreport.toml."""
    return parse(least + more, path)


def test_a_site_and_a_project_are_enough() -> None:
    """Everything else has a default, the one written in the settings class."""
    config = read()

    assert config.sync == SyncSettings()
    assert config.calendar == CalendarSettings()
    assert config.flow == FlowSettings()
    assert config.report.thresholds == Thresholds()
    assert config.mail == MailSettings()
    assert config.goals == ()


def test_every_section_reaches_its_settings() -> None:
    """Values come out typed: days as dates, lengths as time spans, shares exact, names as choices."""
    config = read("""
[sync]
census_every = "36h"
census_limit = 0.5
[calendar]
time_zone = "Europe/Berlin"
working_days = ["sun", "mon"]
working_hours = ["08:30", 17:00:00]
holidays = "DE-BE"
extra_holidays = [2026-12-24]
[flow]
sle = { days = 5, share = 0.7 }
[investment]
grow = ["new users"]
[report.thresholds]
scope = [0.15, 0.3]
[board."7"]
start_column = "Doing"
[[initiative]]
id = "checkout"
name = "Checkout 2"
jql = 'fixVersion = "Checkout 2"'
budget = 120000.50
""")

    assert config.sync.census_every == timedelta(hours=36)
    assert config.sync.census_limit == Decimal("0.5")
    assert config.calendar.working_days == (Weekday.SUN, Weekday.MON)
    assert config.calendar.working_hours == (time(8, 30), time(17))
    assert config.calendar.extra_holidays == (date(2026, 12, 24),)
    assert (config.flow.sle_days, config.flow.sle_share) == (5, Decimal("0.7"))
    assert config.investment == InvestmentSettings(grow=("new users",))
    assert config.report.thresholds == Thresholds(scope=Threshold(Decimal("0.15"), Decimal("0.3")))
    assert (config.boards[0].board_id, config.boards[0].start_column) == (7, "Doing")
    assert config.initiatives[0].budget == Decimal("120000.50")


def test_a_goal_remembers_where_its_rule_is_written() -> None:
    """A later fault in the JQL can be shown at its line and column of the file."""
    config = read("""
[[goal]]
id = "estimation"
use = "catalogue:estimate-ahead"
visibility = "private"
target = 1.5
[[goal.rule]]
id = "late"
jql = 'labels = late'
polarity = "counter"
""")

    goal = config.goals[0]
    assert (goal.use, goal.visibility, goal.target) == ("estimate-ahead", Visibility.PRIVATE, 1.5)
    assert goal.where == "/home/pm/pmreport.toml:8:6"
    assert goal.rules[0].where == "/home/pm/pmreport.toml:14:7"
    assert (goal.rules[0].polarity, goal.rules[0].strength) == (Polarity.COUNTER, 1)


def test_a_rule_may_ask_for_a_number() -> None:
    """A metric with one bound or two becomes the condition of the rule; bounds may be fractions."""
    config = read("""
[[goal]]
id = "estimation"
title = "Estimate"
[[goal.rule]]
id = "long"
jql = 'labels = late'
metric = "actual-over-estimate"
above = 1.5
below = 10
""")

    assert config.goals[0].rules[0].condition == Condition(metric=RuleMetric.ACTUAL, above=1.5, below=10.0)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("above = 3", 'a bound needs the number it is for: `metric = "idle-days"`'),
        ("below = 3", "a bound needs the number it is for"),
        ('metric = "age-days"', "a number needs a bound"),
        (
            'metric = "age-days"\nabove = 3\nbelow = 3',
            "no number lies above the one bound and below the other",
        ),
        ('metric = "age"\nabove = 3', "age-days"),
    ],
)
def test_a_number_without_its_bounds_is_refused(lines: str, fault: str) -> None:
    """At the place where it stands, with the way out."""
    with pytest.raises(ConfigurationError) as caught:
        read(f"""
[[goal]]
id = "estimation"
title = "Estimate"
[[goal.rule]]
id = "long"
jql = 'labels = late'
{lines}
""")

    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://ACME.atlassian.net/", "https://acme.atlassian.net"),
        ("https://jira.acme.example/Jira/", "https://jira.acme.example/Jira"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:2990/jira", "http://localhost:2990/jira"),
        ("http://[::1]:2990", "http://[::1]:2990"),
    ],
)
def test_the_address_of_a_site_keeps_its_context_path(written: str, url: str) -> None:
    """A final slash is dropped and the host is small; plain http is for this machine."""
    config = read(least=LEAST.replace("https://acme.atlassian.net", written))

    assert config.site.url == url


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("duckdb:store.duckdb", "duckdb:/home/pm/store.duckdb"),
        ("duckdb:data/x.duckdb", "duckdb:/home/pm/data/x.duckdb"),
        ("duckdb:/srv/x.duckdb", "duckdb:/srv/x.duckdb"),
        ("duckdb:///srv/x.duckdb", "duckdb:/srv/x.duckdb"),
        ("postgresql://pm@db.example/jira", "postgresql://pm@db.example/jira"),
    ],
)
def test_the_store_lies_beside_the_configuration_unless_its_path_is_absolute(written: str, url: str) -> None:
    """A relative path begins at the folder of the configuration, not where the command is run."""
    assert read(f'[store]\nurl = "{written}"').store.url == url


def test_the_store_and_the_journal_lie_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a word about them, both are in a folder of the site's name; `[me] folder` moves the journal."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    config = read()

    assert config.own_folder.name == "acme"
    assert config.store.url == f"duckdb:{config.own_folder / 'store.duckdb'}"
    assert read('[me]\nfolder = "."').own_folder == Path("/home/pm")


def test_files_are_found_from_the_folder_of_the_configuration() -> None:
    """Certificates, templates, rates and the outbox may be written relative to the configuration."""
    config = read(
        '[report]\ntemplates = "mine"\n[money]\nrates = "rates.toml"\n[mail]\nfolder = "out"\n',
        least=LEAST.replace("[scope]", 'ca_bundle = "ca.pem"\n[scope]'),
    )

    assert config.folder == Path("/home/pm")
    assert config.site.ca_bundle == Path("/home/pm/ca.pem")
    assert config.report.templates == "/home/pm/mine"
    assert config.money.rates == "/home/pm/rates.toml"
    assert config.mail.folder == Path("/home/pm/out")


def test_mail_lists_may_name_people() -> None:
    """An address may stand behind a name; it must lie within the allowed domains all the same."""
    config = read("""
[mail]
from = "Junior PM <pm@acme.example>"
allowed_domains = ["ACME.example"]
[mail.lists]
management = ["The Boss <boss@acme.example>"]
""")

    assert config.mail.sender == "Junior PM <pm@acme.example>"
    assert config.mail.lists == {"management": ("The Boss <boss@acme.example>",)}


def test_the_example_loads_as_it_is() -> None:
    """A copy of config.example.toml is a valid configuration."""
    config = load(EXAMPLE)

    assert config.site.name == "acme"
    assert [goal.id for goal in config.goals] == ["estimation"]


def _switched_on() -> str:
    """The example with every commented option switched on, but for the second of two ways to the same."""
    lines = EXAMPLE.read_text(encoding="utf-8").split("\n")
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.startswith("["):
            seen = set()
        if match := re.match(r"# ([a-z_]+) = ", line):
            lines[index] = line if match[1] in seen else line[2:]
        if match := re.match(r"(?:# )?([a-z_]+) = ", line):
            seen.add(match[1])
    return "\n".join(lines)


def test_every_option_of_the_example_loads_when_it_is_switched_on() -> None:
    """The lines that are commented out are valid too."""
    config = parse(_switched_on(), EXAMPLE)

    assert config.scope.since == date(2025, 1, 1)
    assert config.calendar.holidays == "DE-BE"
    assert config.goals[0].title == "Estimate work ahead"


def _missing(shape: type[BaseModel], values: BaseModel, path: str) -> list[str]:
    """The keys of a section that the example does not write."""
    missing = [f"{path}{name}" for name in shape.model_fields if name not in values.model_fields_set]
    for name, field in shape.model_fields.items():
        inner, value = section_of(field.annotation), getattr(values, name)
        entries = (
            list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
        )
        if inner and entries:
            missing += _missing(inner, entries[0], f"{path}{name}.")
    return missing


def test_the_example_shows_every_key() -> None:
    """No option can be added without a line in config.example.toml."""
    data = tomllib.loads(_switched_on(), parse_float=Decimal)

    assert _missing(File, File.model_validate(data), "") == []


def test_the_example_shows_the_defaults() -> None:
    """What the example writes where it does not say "e.g." is what holds without it."""
    example, least = load(EXAMPLE), read()

    for name in ("sync", "calendar", "flow", "done", "people", "followups", "investment", "money"):
        assert getattr(example, name) == getattr(least, name)
    assert example.report.thresholds == least.report.thresholds
    assert example.mail.port == least.mail.port


def test_every_setting_can_be_reached_from_the_file() -> None:
    """Each field of the settings classes has a key, or is made from keys."""
    made = {"sle_days", "sle_share", "sender", "where", "rules", "board_id"}

    for name in ("site", "scope", "sync", "store", "calendar", "fields", "flow", "mail", "money", "report"):
        settings = getattr(read(), name)
        section = section_of(File.model_fields[name].annotation)
        assert section is not None
        assert {field.name for field in fields(settings)} - made <= set(section.model_fields)


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    """A byte order mark and carriage returns do no harm, and places are still right."""
    path = tmp_path / "pmreport.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode())

    assert load(path).site.name == "acme"


def test_the_configuration_asked_for_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--config is read before PMREPORT_CONFIG, that before ./pmreport.toml, that before the user's folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    from pmreport.config.source import user_folder

    user_folder().mkdir(parents=True)
    for name, path in (
        ("asked", tmp_path / "asked.toml"),
        ("named", tmp_path / "named.toml"),
        ("here", tmp_path / "pmreport.toml"),
        ("user", user_folder() / "pmreport.toml"),
    ):
        path.write_text(LEAST.replace("acme", name))
    environ = {"PMREPORT_CONFIG": str(tmp_path / "named.toml")}

    assert load_found(tmp_path / "asked.toml", environ).site.name == "asked"
    assert load_found(None, environ).site.name == "named"
    assert load_found(None, {}).site.name == "here"
    (tmp_path / "pmreport.toml").unlink()
    assert load_found(None, {}).site.name == "user"


def test_a_configuration_that_is_asked_for_must_exist(tmp_path: Path) -> None:
    """A wrong --config is never silently replaced by another file."""
    with pytest.raises(ConfigurationError) as caught:
        load_found(tmp_path / "nope.toml", {})

    assert caught.value.what == "the configuration that --config names does not exist"
    assert caught.value.where == str(tmp_path / "nope.toml")


def test_without_a_configuration_the_way_on_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newcomer is told of the demo, and which file to copy."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(ConfigurationError) as caught:
        load_found(None, {})

    assert caught.value.what == "there is no configuration yet"
    assert "pmreport demo" in str(caught.value.hint)
    assert "config.example.toml" in str(caught.value.hint)


def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path: Path) -> None:
    """Latin-1 is not guessed at."""
    path = tmp_path / "pmreport.toml"
    path.write_bytes(LEAST.encode() + b'author = "Andr\xe9"\n')

    with pytest.raises(ConfigurationError) as caught:
        load(path)

    assert caught.value.where == f"{path}:6"
    assert caught.value.what == "the file is not UTF-8 text"


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    """What cannot be opened is an error of the configuration, with the reason of the system."""
    with pytest.raises(ConfigurationError, match="cannot read the file"):
        load(tmp_path)
