"""The parts of the doctor that need neither Jira nor a store: facts in, findings out."""

import stat
from pathlib import Path

import pytest

from pmreport.app.doctor import access, clock, configuration, fields, files, freshness, mail, statuses
from pmreport.app.doctor.fields import BoardUnit, KnownField, TwiceRow
from pmreport.app.doctor.files import NamedFile
from pmreport.app.doctor.finding import Check, Finding, LeftOut, Severity, diagnosis
from pmreport.app.doctor.freshness import RunRow
from pmreport.app.doctor.statuses import MappedRow, StandingRow
from pmreport.app.doctor.visit import (
    BOARDS,
    MYSELF,
    PERMISSIONS,
    SERVER,
    SPRINTS,
    ClockReading,
    Failure,
    Visit,
)
from pmreport.deliver.connection import MailServer
from pmreport.deliver.probe import Greeting
from pmreport.deliver.settings import MailSecurity, MailSettings, MailTransport
from pmreport.errors import ConfigurationError, NotAuthorisedError, TryLaterError, UnreachableError
from pmreport.jira.answers import ForbiddenError, RefusedError
from pmreport.jira.settings import SiteSettings
from pmreport.metrics.settings import FieldSettings
from pmreport.sync.sample import sample

SITE = SiteSettings(name="acme", url="https://acme.example")
HOUR_MS = 3_600_000


def told(check: Check, severity: Severity, what: str = "x") -> Finding:
    """A finding."""
    return Finding(check=check, severity=severity, subject="here", what=what, fix="mend it")


def test_findings_stand_in_the_order_of_the_checks_the_worst_first_and_each_once() -> None:
    """Whatever was looked at first."""
    mail_error, note, error = (
        told(Check.MAIL, Severity.ERROR),
        told(Check.FILES, Severity.NOTE),
        told(Check.FILES, Severity.ERROR),
    )
    left_out = LeftOut(check=Check.CLOCK, reason="x")

    found = diagnosis([mail_error, left_out, note, error, note])

    assert found.findings == (error, note, mail_error)
    assert found.left_out == (left_out,)
    assert found.has_errors
    assert not diagnosis([note]).has_errors


@pytest.mark.parametrize(
    ("ahead_ms", "severity", "words"),
    [
        (60_000, None, ""),
        (-60_000, None, ""),
        (61_000, Severity.WARNING, "61 seconds ahead of"),
        (-300_000, Severity.WARNING, "5 minutes behind"),
        (300_001, Severity.ERROR, "5 minutes ahead of"),
        (-5 * HOUR_MS, Severity.ERROR, "5 hours behind"),
        (60 * HOUR_MS, Severity.ERROR, "2 days ahead of"),
    ],
)
def test_a_minute_of_skew_is_doubtful_and_five_are_wrong(
    ahead_ms: int, severity: Severity | None, words: str
) -> None:
    """The time that the answer took is no skew: Jira's clock is held against the middle of it."""
    reading = ClockReading(before_ms=ahead_ms - 5_000, server_ms=0, after_ms=ahead_ms + 5_000)

    found = list(clock.findings(reading))

    assert [each.severity for each in found] == ([severity] if severity else [])
    assert all(words in each.what for each in found)


def test_a_server_without_a_clock_has_no_skew() -> None:
    """Nothing can be said."""
    assert list(clock.findings(None)) == []


def board(status: str = "1", jql: str | None = "project = WEB", number: int = 7) -> MappedRow:
    """A board with one status in its columns."""
    return MappedRow(number, "Web board", jql, status)


STANDING = StandingRow("WEB", "9", "Waiting", "indeterminate", 3, "WEB-4")


@pytest.mark.parametrize(
    ("boards", "homes", "found"),
    [
        ([board()], {}, True),
        ([board(), board("9")], {}, False),
        ([], {}, False),
        ([board(jql="project = APP")], {}, False),
        ([board(jql="project in (APP, web) ORDER BY Rank")], {}, True),
        ([board(jql="labels = x")], {7: "WEB"}, True),
        ([board(jql=None)], {7: "APP"}, False),
        ([board(jql=None)], {}, True),
        ([board(), board("9", number=8)], {}, False),
        ([board(""), board("", number=8)], {}, True),
    ],
    ids=[
        "unmapped",
        "mapped",
        "no board",
        "a board of another project",
        "one of several projects",
        "at home there",
        "at home elsewhere",
        "a filter that may not be read",
        "mapped by another board",
        "no column at all",
    ],
)
def test_a_status_is_unmapped_where_no_board_of_the_project_has_it(
    boards: list[MappedRow], homes: dict[int, str], *, found: bool
) -> None:
    """A board is one of a project by its home, by its filter, or by knowing neither."""
    assert bool(list(statuses.findings([STANDING], boards, homes))) is found


def test_a_finished_status_off_the_board_is_a_note() -> None:
    """Teams put finished work aside on purpose; open work they lose."""
    rows = [STANDING, STANDING._replace(category="done", issues=1)]

    found = list(statuses.findings(rows, [board()], {}))

    assert [each.severity for each in found] == [Severity.WARNING, Severity.NOTE]
    assert found[1].what.startswith('1 issue stands in "Waiting" (WEB-4 is one)')


FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
KNOWN = [
    KnownField("customfield_1", "Story\nPoints", FLOAT, "points"),
    KnownField("customfield_2", "Cost", FLOAT, None),
    KnownField("customfield_3", "Rank", "com.pyxis.greenhopper.jira:gh-lexo-rank", "rank"),
]


def test_lines_to_paste_offer_the_likeliest_field_and_no_line_of_somebody_else() -> None:
    """A field's name is anybody's text: it stays behind its comment sign."""
    [found] = fields.configured(FieldSettings(story_points="customfield_9"), KNOWN)

    assert found.fix.split("\n")[1:] == [
        "[fields]",
        'story_points = "customfield_1"  # Story Points',
        '# story_points = "customfield_2"  # Cost',
    ]


def test_a_site_without_a_fitting_field_has_no_lines_to_paste() -> None:
    """The line is better removed."""
    [found] = fields.configured(FieldSettings(sprint="customfield_3"), KNOWN)

    assert "remove `sprint`" in found.fix
    assert "[fields]\n" not in found.fix


def test_boards_with_sprints_need_a_field_for_them() -> None:
    """Else every sprint is empty; a site without sprints needs none."""
    assert [each.subject for each in fields.sprint_field(KNOWN, has_sprints=True)] == ["[fields] sprint"]
    assert list(fields.sprint_field(KNOWN, has_sprints=False)) == []


@pytest.mark.parametrize(
    ("estimated", "differing", "found"),
    [(1000, 1, False), (300, 3, False), (299, 3, True), (10, 2, True), (10, 1, False), (10, 0, False)],
)
def test_two_point_fields_are_in_use_from_two_issues_and_more_than_one_in_a_hundred(
    estimated: int, differing: int, *, found: bool
) -> None:
    """A few are moved items, or somebody's slip; a choice of the configuration settles it."""
    rows = [TwiceRow("WEB", estimated, differing, "WEB-1")]
    points = {"customfield_1": "Story Points"}

    assert bool(list(fields.two_point_fields(rows, [], points, chosen=False))) is found
    assert list(fields.two_point_fields(rows, [], points, chosen=True)) == []


def test_boards_that_estimate_differently_are_told_once() -> None:
    """By project; a board of a person belongs to none."""
    boards = [
        BoardUnit("A", "WEB", "customfield_1"),
        BoardUnit("B", "WEB", "customfield_2"),
        BoardUnit("C", None, "customfield_3"),
        BoardUnit("D", "APP", "customfield_2"),
    ]
    rows = [TwiceRow("WEB", 10, 9, "WEB-1")]

    found = list(fields.two_point_fields(rows, boards, {}, chosen=False))

    assert [each.subject for each in found] == ["WEB"]
    assert '"A" in customfield_1, "B" in customfield_2' in found[0].what


def a_file(mode: int | None, *, is_folder: bool = False, needed: bool = True) -> NamedFile:
    """A private file or folder."""
    kind = stat.S_IFDIR if is_folder else stat.S_IFREG
    return NamedFile(
        path=Path("/home/me/rates.toml"),
        place="[money] rates",
        mode=None if mode is None else kind | mode,
        private="it says what people earn",
        needed=needed,
    )


@pytest.mark.parametrize(
    ("file", "severity"),
    [
        (a_file(0o600), None),
        (a_file(0o711), None),
        (a_file(0o640), Severity.WARNING),
        (a_file(0o604), Severity.ERROR),
        (a_file(0o602), Severity.ERROR),
        (a_file(None), Severity.ERROR),
        (a_file(None, needed=False), None),
        (a_file(0o700, is_folder=True), Severity.ERROR),
    ],
    ids=["own", "listed", "group", "readable", "writable", "missing", "not needed", "a folder"],
)
def test_a_private_file_is_for_its_owner_alone(file: NamedFile, severity: Severity | None) -> None:
    """A group is often one's own, so it is a warning; where modes mean nothing nothing is said of them."""
    found = list(files.findings([file], has_owners=True))

    assert [each.severity for each in found] == ([severity] if severity else [])
    assert len(list(files.findings([a_file(0o644)], has_owners=False))) == 0


NOW_MS = 100 * HOUR_MS


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([], None),
        ([RunRow(NOW_MS, NOW_MS, "complete"), RunRow(1, None, "running")], None),
        ([RunRow(NOW_MS - HOUR_MS, None, "running"), RunRow(1, 2, "complete")], None),
        ([RunRow(NOW_MS - 7 * HOUR_MS, None, "running"), RunRow(1, 2, "complete")], "began 7 hours ago"),
        ([RunRow(NOW_MS, NOW_MS, "partial"), RunRow(1, 2, "complete")], "ended early"),
    ],
    ids=["none", "made good", "still running", "killed", "partial"],
)
def test_a_run_that_broke_off_is_told_until_another_ends(runs: list[RunRow], words: str | None) -> None:
    """A run of an hour may still be at work."""
    found = list(freshness.of_runs(runs, NOW_MS))

    assert [words in each.what for each in found if words] == ([True] if words else [])
    assert len(found) == (1 if words else 0)


def failing(resource: object, error: Exception, project: str = "") -> list[Finding]:
    """What is told of one failed question."""
    seen = Visit(failures=[Failure(resource, error, project)])  # type: ignore[arg-type]
    return [each for each in access.findings(seen, SITE, ("WEB",)) if isinstance(each, Finding)]


@pytest.mark.parametrize(
    ("resource", "error", "project", "check", "words"),
    [
        (BOARDS, ForbiddenError("No licence.", where="x"), "WEB", Check.PERMISSIONS, "No licence"),
        (SPRINTS, RefusedError(400, "no", where="x"), "", Check.PERMISSIONS, "sprints of a board"),
        (PERMISSIONS, RefusedError(404, "no", where="x"), "WEB", Check.PERMISSIONS, "may not see"),
        (MYSELF, RefusedError(404, "no", where="x"), "", Check.CREDENTIALS, "no Jira answers"),
        (SERVER, UnreachableError("Cannot be reached."), "", Check.CREDENTIALS, "Cannot be reached"),
        (SERVER, TryLaterError("Too many."), "", Check.CREDENTIALS, "Too many"),
        (MYSELF, NotAuthorisedError("Refused."), "", Check.CREDENTIALS, "Refused"),
    ],
)
def test_each_refusal_is_told_by_what_it_means(
    resource: object, error: Exception, project: str, check: Check, words: str
) -> None:
    """A permission, the address, the network, a limit or the token itself."""
    [found] = failing(resource, error, project)

    assert found.check is check
    assert found.severity is (Severity.WARNING if isinstance(error, TryLaterError) else Severity.ERROR)
    assert words in found.what
    assert found.fix


def test_a_permission_that_jira_denies_is_told() -> None:
    """The project is there, and its issues are not for this user."""
    found = [*access.findings(Visit(may_browse={"WEB": False}), SITE, ("WEB",))]

    assert [each.check for each in found] == [Check.PERMISSIONS]


def test_a_token_that_lies_badly_is_a_warning_with_its_command() -> None:
    """The sentence of the secrets is taken apart."""
    words = "other users of this machine can read the token file; run `chmod 600 /t`"

    [found] = access.caution(words, "PMREPORT_JIRA_TOKEN_FILE = /t")

    assert (found.severity, found.fix) == (Severity.WARNING, "chmod 600 /t")
    assert list(access.caution(None, "x")) == []


def test_a_configuration_error_without_a_place_is_one_finding() -> None:
    """The file itself is named, or the places where one was looked for."""
    [found] = configuration.unreadable(
        ConfigurationError("there is none", where="a, then b", hint="write it")
    )

    assert (found.subject, found.what, found.fix) == ("a, then b", "there is none", "write it")


def test_a_user_for_a_server_without_logins_is_a_warning() -> None:
    """One of the two is meant for another port."""
    server = MailServer(host="mail.acme.example", port=25, security=MailSecurity.NONE)

    [found] = mail.of_greeting(MailSettings(user="me"), server, Greeting(()))

    assert found.subject == "mail.acme.example:25"
    assert list(mail.of_greeting(MailSettings(user="me"), server, Greeting(("PLAIN",)))) == []


def test_the_folder_for_mails_must_be_there_and_open(tmp_path: Path) -> None:
    """Not named, not there, not writable; a good one is silent."""

    def found(folder: Path | None) -> list[str]:
        settings = MailSettings(transport=MailTransport.FOLDER, folder=folder)
        return [each.fix for each in mail.findings(settings, offline=False) if isinstance(each, Finding)]

    assert found(None) == ['[mail]\nfolder = "outbox"']
    assert found(tmp_path / "none") == [f"mkdir -p {tmp_path / 'none'}"]
    assert found(tmp_path) == []


def test_graph_cannot_be_knocked_at() -> None:
    """That is said, and is no finding."""
    settings = MailSettings(transport=MailTransport.GRAPH)

    assert [type(each) for each in mail.findings(settings, offline=False)] == [LeftOut]


def test_a_sample_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    """So that a finding can be looked at twice, and time brings every issue to its turn."""
    ids = range(1, 1001)

    assert sample(ids, 50, 7) == sample(reversed(ids), 50, 7)
    assert len(set(sample(ids, 50, 7))) == 50
    assert sample(ids, 50, 7) != sample(ids, 50, 8)
    assert sample(ids, 5000, 7) == list(ids)
