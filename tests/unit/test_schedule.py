"""The texts by which a system runs pmreport on its own."""

import re
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pmreport.app.schedule import cron, github, systemd, windows
from pmreport.app.schedule.job import Job
from pmreport.app.schedule.when import When, parse_when
from pmreport.cli.boundary import run
from pmreport.errors import ConfigurationError, UsageError

ODD = Path("/home/pm/my team 100% $HOME's")
JOB = Job(
    name="pmreport-acme-weekly",
    program=("/opt/pm report/bin/pmreport",),
    config=ODD / "pmreport.toml",
    own_folder=ODD / "own",
    when=When(days=(0, 3), hour=8, minute=5),
    zone="Europe/Lisbon",
    reports=("weekly",),
    formats="html",
    sent=("weekly",),
    tags=True,
    secrets={"PMREPORT_JIRA_TOKEN_FILE": ODD / "token"},
    tell="pm@acme.example",
    flock="/usr/bin/flock",
)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.mark.parametrize(
    ("text", "names", "clock", "fields"),
    [
        ("Mon 08:30", "Mon", "08:30", "30 8 * * 1"),
        ("mon..fri 8:05", "Mon,Tue,Wed,Thu,Fri", "08:05", "5 8 * * 1,2,3,4,5"),
        ("Sunday, tue 23:59", "Tue,Sun", "23:59", "59 23 * * 0,2"),
        ("Sat-Mon 00:00", "Mon,Sat,Sun", "00:00", "0 0 * * 0,1,6"),
        ("Tues,thursday 07:15", "Tue,Thu", "07:15", "15 7 * * 2,4"),
        ("07:15", "Mon,Tue,Wed,Thu,Fri,Sat,Sun", "07:15", "15 7 * * *"),
    ],
)
def test_a_time_of_the_week_is_read_from_words(text: str, names: str, clock: str, fields: str) -> None:
    """Days are named, ranged and listed as people do; cron gets the numbers it takes."""
    when = parse_when(text)

    assert (when.names, when.clock, when.cron) == (names, clock, fields)


@pytest.mark.parametrize(
    "text",
    ["", "Mon", "Mon 24:00", "Mon 8", "Someday 08:30", "Mon 08:30 tomorrow", "Mon.. 08:30", "Mon;Tue 08:30"],
)
def test_what_is_no_time_of_the_week_is_refused_with_a_sample(text: str) -> None:
    """Nobody gets a schedule of another time than they meant."""
    with pytest.raises(UsageError) as refused:
        parse_when(text)

    assert "Mon 08:30" in (refused.value.hint or "")


def test_the_mail_goes_last_and_nothing_follows_a_failure() -> None:
    """The order is sync, tag, report, send, in the shell as in systemd."""
    assert [step[0] for step in JOB.steps] == ["sync", "tag", "report", "send"]
    assert (
        "p sync --wait 600 && p tag && p report weekly --format html && p send weekly --yes"
        in cron.command(JOB)
    )
    assert len(re.findall("^ExecStart=", systemd.service(JOB), re.MULTILINE)) == 4


def test_a_goalless_configuration_is_not_tagged_and_nothing_is_sent_unasked() -> None:
    """What would fail or surprise is left out."""
    steps = replace(JOB, tags=False, sent=()).steps

    assert [step[0] for step in steps] == ["sync", "report"]


def test_cron_is_given_no_bare_percent_sign() -> None:
    """A bare % ends a command of cron; the rest of the line is the shell's own text."""
    last = cron.text(JOB).splitlines()[-1]

    fields, line = last[: len("5 8 * * 1,4")], last[len("5 8 * * 1,4 ") :]
    assert fields == "5 8 * * 1,4"
    assert not re.search(r"(?<!\\)%", line)
    assert line.replace(r"\%", "%") == cron.command(JOB)
    assert shlex.quote(str(JOB.config)) in cron.command(JOB)


def test_what_is_too_long_for_cron_is_refused() -> None:
    """Debian's cron would cut it off and run what is left."""
    with pytest.raises(UsageError, match="too long for cron"):
        cron.text(replace(JOB, config=Path("/" + "a" * 999)))


def test_systemd_is_told_words_that_it_reads_as_they_were() -> None:
    """Neither a % nor a $ of a path means anything more, and what stands there twice is meant once."""
    line = next(one for one in systemd.service(JOB).splitlines() if one.startswith("ExecStart="))

    read = [
        word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line.removeprefix("ExecStart="))
    ]
    assert tuple(read) == (*JOB.begin, "sync", "--wait", "600")


def test_systemd_repeats_what_may_pass_and_nothing_else() -> None:
    """A refused mail or a wrong token is not tried again; an unreachable Jira and a rate limit are."""
    final = re.search("^RestartPreventExitStatus=(.*)$", systemd.service(JOB), re.MULTILINE)

    assert final
    assert final[1].split() == ["1", "2", "65", "77", "78"]


def test_the_task_of_windows_is_xml_with_a_script_without_a_quotation_mark() -> None:
    """A path with an apostrophe of any kind stays one word, and the file is ASCII whatever stands in it."""
    program = "C:\\Zoë’s 'own'\\pmreport.exe"

    text = windows.text(replace(JOB, program=(program,)), date(2026, 11, 30))

    arguments = ET.fromstring(text).findtext(f".//{TASK}Arguments") or ""  # noqa: S314 - our own
    assert text.isascii()
    assert arguments.count('"') == 2
    assert "$p = 'C:\\Zoë’’s ''own''\\pmreport.exe'" in arguments
    assert [day.tag for day in ET.fromstring(text).find(f".//{TASK}DaysOfWeek") or ()] == [  # noqa: S314
        f"{TASK}Monday",
        f"{TASK}Thursday",
    ]


def test_github_forgets_no_journal() -> None:
    """Where the journal would be thrown away with the machine, a mail could go twice: it is refused."""
    assert "for kept in own/journal.jsonl own/frozen" in github.text(JOB)

    with pytest.raises(ConfigurationError) as refused:
        github.text(replace(JOB, own_folder=Path("/elsewhere")))

    assert 'folder = "own"' in (refused.value.hint or "")


def test_no_text_holds_a_secret_or_a_word_after_which_it_installs_itself() -> None:
    """A secret is named by its file, or by its name at GitHub."""
    texts = (systemd.text(JOB), cron.text(JOB), github.text(JOB))

    assert [text for text in texts if "PMREPORT_JIRA_TOKEN" not in text] == []
    assert "\nsystemctl" not in texts[0]


CONFIGURATION = """\
[site]
name = "Acme.EU"
url = "https://acme.example"
email = "pm@acme.example"
[scope]
projects = ["WEB"]
[calendar]
time_zone = "Europe/Lisbon"
[me]
folder = "own"
{more}"""
MAIL = """\
[mail]
host = "smtp.acme.example"
user = "pm"
from = "Junior PM <junior@acme.example>"
allowed_domains = ["acme.example"]
[mail.lists]
management = ["boss@acme.example"]
[[goal]]
id = "estimation"
use = "catalogue:estimate-ahead"
"""


def _asked(folder: Path, *words: str, more: str = "", environ: Mapping[str, str] | None = None) -> int:
    (folder / "pmreport.toml").write_text(CONFIGURATION.format(more=more), encoding="utf-8")
    return run(["--config", str(folder / "pmreport.toml"), "schedule", *words], environ or {})


@pytest.mark.parametrize("system", ["systemd", "cron", "windows", "github"])
def test_a_schedule_says_how_it_is_installed_and_whom_it_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], system: str
) -> None:
    """The text goes to standard output; a secret's file that is not there yet is named beside it."""
    asked = _asked(
        tmp_path, system, "--at", "Tue 07:45", "--send", more=MAIL, environ={"PMREPORT_JIRA_TOKEN_FILE": "/t"}
    )

    out, beside = capsys.readouterr()
    assert asked == 0
    assert "pmreport-acme-eu-weekly" in out or system == "cron"
    assert "sync, tag, report weekly, send weekly: Tue 07:45 in Europe/Lisbon" in out
    assert ("junior@acme.example" in out) == (system in {"systemd", "cron"})
    assert ("There is no /t yet" in beside) == (system != "github")
    assert ("MAIL_PASSWORD" in out) == (system != "windows")  # there the keyring has it


@pytest.mark.parametrize(
    ("words", "more", "status", "said"),
    [
        (["cron", "--send"], "", 78, "no sender is set"),
        (["cron", "--report", "team", "--send"], MAIL, 78, "nobody is on the list team"),
        (["cron", "--at", "noon"], "", 2, "says no time of day"),
        (["cron", "--tell", "nobody"], "", 65, "no mail address"),
        (["cron", "--token-file", "/a\nb"], "", 2, "cannot hold this path"),
    ],
)
def test_a_schedule_that_could_not_work_is_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], more: str, status: int, said: str
) -> None:
    """A fault is told now and not on Monday morning."""
    assert _asked(tmp_path, *words, more=more) == status

    out, beside = capsys.readouterr()
    assert out == ""
    assert said in beside


def test_a_report_of_ones_own_is_scheduled_for_the_readers_of_its_base(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its own name; a name that is none is told now."""
    page = tmp_path / "mine" / "steering" / "page.html.j2"
    page.parent.mkdir(parents=True)
    page.write_text("{# from: weekly #}", encoding="utf-8")
    more = MAIL + '[report]\ntemplates = "mine"\n'

    assert _asked(tmp_path, "systemd", "--report", "steering", "--send", more=more) == 0
    out, _ = capsys.readouterr()
    assert "pmreport-acme-eu-steering.timer" in out
    assert "send steering --yes" in out
    assert _asked(tmp_path, "cron", "--report", "steerin", more=more) == 2
    assert 'did you mean "steering"?' in capsys.readouterr().err


@pytest.mark.parametrize("system", ["systemd", "cron", "windows", "github"])
def test_what_a_schedule_says_to_a_person_fits_eighty_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], system: str
) -> None:
    """A terminal would break it within a word; a command keeps its line."""
    names = [word for name in ("weekly", "sprint", "team", "review") for word in ("--report", name)]
    assert _asked(tmp_path, system, *names) == 0

    head = re.split("^(?:name:|MAILTO|set -eu|<Task)", capsys.readouterr().out, flags=re.MULTILINE)[0]
    spoken = [line for line in head.splitlines() if not re.search("(systemctl|journalctl|schtasks) ", line)]
    assert len(spoken) > 5
    assert [line for line in spoken if len(line) > 79] == []


def test_a_task_of_windows_with_dashes_in_a_name_is_xml() -> None:
    """Two dashes end no comment."""
    told = windows.text(replace(JOB, reports=("a--b",)), date(2026, 11, 23))

    assert ET.fromstring(told).tag == f"{TASK}Task"  # noqa: S314 - our own text
