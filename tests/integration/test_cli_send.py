"""`pmreport send` against a simulated site and a mail server: what goes to whom, and never twice."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pmreport.app import frozen, journal, reports, send
from pmreport.app.post import Post
from pmreport.app.reports import ReportRequest
from pmreport.app.send import SendRequest
from pmreport.app.wiring import Workspace, open_workspace
from pmreport.cli import clock
from pmreport.cli.boundary import run
from pmreport.config import load
from pmreport.deliver import graph as graph_door
from pmreport.demo.dialect import CLOUD
from pmreport.errors import PmreportError, StorageFullError, TryLaterError
from pmreport.model.journal_kinds import Forgotten, NotSent, Sending, Sent
from pmreport.model.period import PeriodKind, last_complete
from pmreport.model.settings import CalendarSettings
from pmreport.render import templates
from pmreport.store import journal as journal_file
from tests.support.configured import configured
from tests.support.fake_graph import Graph, graph
from tests.support.mail_server import Manners, Office, taking
from tests.support.schema import faults
from tests.support.simulator import serving
from tests.support.small_sites import motley
from tests.support.typing_person import at_terminal

PASSWORD = "correct horse"  # noqa: S105 - of nobody
MAIL = """
[mail]
transport = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
images = false
from = "Junior PM <pm@acme.example>"
allowed_domains = ["acme.example"]
[mail.lists]
management = ["The Boss <boss@acme.example>", "board@acme.example"]
manager = ["boss@acme.example"]
team = ["team@acme.example"]
"""

OVERRIDE = """
[[override]]
dimension = "data"
colour = "green"
reason = "nobody looks at it"
until = {until}
"""


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small store that was synced just now."""
    folder = tmp_path_factory.mktemp("send")
    with serving(motley(CLOUD, ("SHOP",), of_each=10)) as simulator:
        config = configured(folder, simulator.site, "SHOP")
        assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    return folder


@pytest.fixture(scope="module", autouse=True)
def kept_reports() -> Iterator[None]:
    """Each report is built once for all these tests: what it says is tested elsewhere."""
    known: dict[Any, reports.Built] = {}
    build, load_templates = reports.built, cache(templates.load)

    def built(workspace: Workspace, request: ReportRequest) -> reports.Built:
        asked = replace(request, now=datetime(request.now.year, 1, 1, tzinfo=UTC))
        written = tuple(file.read_bytes() for file in workspace.config.folder.glob("drafts/*"))
        key = (workspace.config.store.url, workspace.config.report.product, asked, written)
        if key not in known:
            known[key] = build(workspace, request)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reports, "built", built)
        patch.setattr(reports, "templates", lambda *_: load_templates())
        yield


@dataclass(frozen=True, slots=True)
class Desk:
    """A configuration with a journal of its own over the store that was synced."""

    config: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, old: str, new: str) -> None:
        """Change the configuration."""
        text = self.config.read_text(encoding="utf-8")
        assert old in text
        self.config.write_text(text.replace(old, new), encoding="utf-8")

    def draft(self, text: str) -> None:
        """Write the draft of the weekly report that is due."""
        folder = self.config.parent / "drafts"
        folder.mkdir(exist_ok=True)
        due = last_complete(PeriodKind.WEEK, clock.now(), CalendarSettings().time_zone)
        (folder / f"{due.name}.weekly.md").write_text(f"+++\n{text}\n+++\n", encoding="utf-8")

    def says(self, *words: str, status: int = 0, **environ: str) -> tuple[str, str]:
        """What `send` writes to standard output and to standard error."""
        self.capsys.readouterr()
        ended = run(["--config", str(self.config), "send", *words], environ)
        out, err = self.capsys.readouterr()
        assert ended == status, out + err
        assert PASSWORD not in out + err
        return out, err

    def tells(self, *words: str, status: int = 0) -> Any:
        """The JSON that `send` writes."""
        shape = json.loads(self.says(*words, "--json", status=status)[0])
        assert faults(shape, "send") == []
        return shape

    def kept(self) -> list[tuple[str, str]]:
        """The entries about mails: the kind and the recipient."""
        entries = journal_file.read(self.config.parent / "journal.jsonl").entries
        return [
            (entry.kind, entry.payload.recipient)
            for entry in entries
            if isinstance(entry.payload, Sending | Sent | NotSent)
        ]

    def prepared(self, name: str = "review", *to: str) -> tuple[Any, Any]:
        """A workspace and a mail that is ready in it."""
        workspace = open_workspace(load(self.config), {})
        request = SendRequest(report=ReportRequest(name=name, now=clock.now()), to=to)
        return workspace, send.prepare(workspace, request)


@pytest.fixture
def desk(synced: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Nothing was sent from here yet."""
    text = (synced / "pmreport.toml").read_text(encoding="utf-8")
    text = text.replace("duckdb:store.duckdb", f"duckdb:{synced / 'store.duckdb'}")
    (tmp_path / "pmreport.toml").write_text(text + MAIL, encoding="utf-8")
    desk = Desk(tmp_path / "pmreport.toml", capsys)
    desk.draft('bottom_line = "Guests can pay."')
    return desk


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    """A mail server that takes everything, and is the one of the configuration."""
    with taking() as known:
        desk.write("{port}", str(known.port))
        yield known


def read(content: bytes) -> EmailMessage:
    """A message as a mail program reads it."""
    message = message_from_bytes(content, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def test_without_yes_a_mail_is_only_shown(desk: Desk, office: Office) -> None:
    """To whom, what, how large, by which way; nothing is sent and nothing is kept."""
    out, err = desk.says("weekly")

    assert "To:      The Boss <boss@acme.example>, board@acme.example\n" in out
    assert f"kB, through 127.0.0.1:{office.port}\n" in out
    assert "Bottom line" in out
    assert err == "Nothing was sent; --yes sends it.\n"
    assert (office.heard, desk.kept()) == ([], [])


def test_with_yes_it_is_sent_once(desk: Desk, office: Office) -> None:
    """To everybody on the list in one message; a second run sends nothing and is content."""
    out, _ = desk.says("weekly", "--yes")
    again = desk.says("weekly", "--yes")

    assert out == f"Sent weekly to boss@acme.example, board@acme.example through 127.0.0.1:{office.port}.\n"
    assert again == ("", "Nothing was sent: everybody has it already. --again sends it once more.\n")
    message = read(office.taken[0])
    assert message["To"] == "The Boss <boss@acme.example>, board@acme.example"
    assert message["From"] == message["Reply-To"] == "Junior PM <pm@acme.example>"
    assert (message["X-Unsent"], message["Bcc"], message["Auto-Submitted"]) == (None, None, "auto-generated")
    assert max(map(len, office.taken[0].split(b"\r\n"))) <= 78
    assert len(office.taken) == 1
    people = ("boss@acme.example", "board@acme.example")
    assert desk.kept() == [(kind, one) for kind in ("sending", "sent") for one in people]


def test_a_mail_is_told_as_json_before_and_after(desk: Desk, office: Office) -> None:
    """What would go, then what went; the Message-ID is the one that arrives."""
    before, after = desk.tells("review"), desk.tells("review", "--yes")
    rest = desk.tells("review")

    assert [(one["sent"], one["recipients"][0]["state"]) for one in (before, after, rest)] == [
        (False, "new"),
        (True, "sent"),
        (False, "sent"),
    ]
    assert (before["recipients"][0]["goes"], rest["recipients"][0]["goes"]) == (True, False)
    assert before["message_id"] == after["message_id"] == read(office.taken[0])["Message-ID"]
    assert rest["recipients"][0]["since"]


def test_who_was_refused_is_told_and_gets_it_in_the_next_run(desk: Desk) -> None:
    """The others do not get it once more; sent again on purpose it is a new message."""
    with taking(Manners(answers={"RCPT TO:<board@": [b"550 5.1.1 No such user", b"250 ok"]})) as office:
        desk.write("{port}", str(office.port))
        first = desk.tells("weekly", "--yes", status=65)
        out, _ = desk.says("weekly", "--yes")
        desk.says("weekly", "--yes", "--again")

    assert [(one["state"], one["code"], one["sentence"]) for one in first["recipients"]] == [
        ("sent", None, None),
        ("refused", 550, "5.1.1 No such user"),
    ]
    assert out.startswith("Sent weekly to board@acme.example through")
    assert [read(each)["To"] for each in office.taken[1:]] == [
        "board@acme.example",
        "The Boss <boss@acme.example>, board@acme.example",
    ]
    assert len({read(each)["Message-ID"] for each in office.taken}) == 3
    kinds = [kind for kind, _ in desk.kept()]
    assert (
        kinds == ["sending"] * 2 + ["sent", "not-sent"] + ["sending", "sent"] + ["sending"] * 2 + ["sent"] * 2
    )


def test_a_full_mailbox_means_later(desk: Desk) -> None:
    """A scheduler tries again at 75; the person reads the server's sentence."""
    with taking(Manners(answers={"RCPT": [b"452 4.2.2 Mailbox full"]})) as office:
        desk.write("{port}", str(office.port))
        _, err = desk.says("review", "--yes", status=75)

    assert (
        err
        == "Not sent to boss@acme.example: the mail server says 452 4.2.2 Mailbox full (it may work later)\n"
    )


def test_a_server_that_fails_leaves_everybody_without_it(desk: Desk) -> None:
    """Certainly, so the next run sends without being asked again."""
    with taking(Manners(answers={".": [b"451 4.3.0 later", b"250 ok"]})) as office:
        desk.write("{port}", str(office.port))
        _, err = desk.says("review", "--yes", status=75)
        desk.says("review", "--yes")

    assert "does not take the mail now: 451 4.3.0 later" in err
    assert [kind for kind, _ in desk.kept()] == ["sending", "not-sent", "sending", "sent"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_killed_in_between_it_resends_nothing_by_itself(desk: Desk) -> None:
    """While one sends nobody else does; after the crash the uncertain one is named, and --again sends it.

    Its Message-ID stays, so that a server that has the first one drops the second.
    """
    with taking(Manners(answers={".": [b"250-taken, and then silence", b"250 ok"]})) as office:
        desk.write("{port}", str(office.port))
        words = ("--config", str(desk.config), "send", "review")
        with at_terminal(desk.config.parent, *words) as person:
            person.answers("Send review to boss@acme.example? [y/N]:", "y")
            while not office.taken:
                person._read()
            _, second = desk.says("review", "--yes", status=75)
        _, held = desk.says("review", "--yes", status=65)
        others = desk.says(
            "review", "--yes", "--to", "board@acme.example", "--to", "boss@acme.example", status=65
        )
        desk.says("review", "--yes", "--again")

    assert "another pmreport is sending right now" in second
    assert "Not sent to boss@acme.example: a sending began at" in held
    assert "--again" in held
    assert others[0].startswith("Sent review to board@acme.example through")
    boss = [each for each in map(read, office.taken) if each["To"] == "boss@acme.example"]
    assert len(boss) == 2
    assert boss[0]["Message-ID"] == boss[1]["Message-ID"]


class Killed(BaseException):
    """The process ends here: nothing that is written afterwards is written."""


@pytest.mark.parametrize(
    "told",
    [
        ("frozen", 0, [], []),
        ("sending", 0, ["sending"], [(0, 1)]),
        ("given", 1, ["sending"], [(0, 1)]),
        ("sent", 1, ["sending", "sent"], [(1, 0)]),
    ],
)
def test_killed_at_any_step_it_loses_nothing_and_repeats_nothing(
    desk: Desk,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    told: tuple[str, int, list[str], list[tuple[int, int]]],
) -> None:
    """What was given to the server was kept first, as it was; only what never began is sent by itself."""
    step, arrived, known, listed = told
    workspace, prepared = desk.prepared()
    _killed_after(monkeypatch, step)
    with pytest.raises(Killed):
        send.send(workspace, prepared, now=clock.now(), tell=None)
    monkeypatch.undo()

    assert (len(office.taken), [kind for kind, _ in desk.kept()]) == (arrived, known)
    (file,) = (desk.config.parent / "frozen").iterdir()
    assert file.read_bytes() == prepared.frozen
    assert [(one.kept.recipients, one.kept.uncertain) for one in frozen.listed(workspace)] == listed
    desk.says("review", "--yes", status=65 if known == ["sending"] else 0)
    assert len(office.taken) == (arrived or step == "frozen")


def _killed_after(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let the process end after a step of the sending."""
    place, name = {"frozen": (frozen, "keep"), "given": (Post, "hand_over")}.get(step, (journal, "write_all"))
    work = getattr(place, name)

    def and_no_further(*given: Any, **named: Any) -> Any:
        done = work(*given, **named)
        if place is not journal or isinstance(given[1][0], Sending if step == "sending" else Sent):
            raise Killed
        return done

    monkeypatch.setattr(place, name, and_no_further)


def test_what_was_sent_is_kept_and_listed(desk: Desk, office: Office) -> None:
    """As it was, for nobody else to read; of what no server took, nothing stays."""
    desk.says("weekly", "--yes")
    desk.write(str(office.port), "9")
    desk.says("review", "--yes", status=69)
    desk.capsys.readouterr()
    assert run(["--config", str(desk.config), "report", "list", "--json"], {}) == 0
    shape = json.loads(desk.capsys.readouterr().out)
    assert run(["--config", str(desk.config), "report", "list"], {}) == 0

    assert faults(shape, "report-list") == []
    (one,) = shape["reports"]
    assert one["name"] == f"weekly:{one['period']}:1"
    assert (one["recipients"], one["uncertain"], one["colour"]) == (2, 0, "green")
    assert one["name"] in desk.capsys.readouterr().out
    (file,) = (desk.config.parent / "frozen").iterdir()
    assert file.name == one["file"]
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o600


def test_a_kept_report_that_is_gone_or_spoilt_is_told(desk: Desk, office: Office) -> None:
    """The list says which, and shows the others."""
    desk.says("review", "--yes")
    desk.says("weekly", "--yes")
    first, second = sorted((desk.config.parent / "frozen").iterdir())
    first.unlink()
    second.write_text("{}", encoding="utf-8")
    desk.capsys.readouterr()
    run(["--config", str(desk.config), "report", "list"], {})

    out = desk.capsys.readouterr().out
    assert "the kept report is gone" in out
    assert "the kept report cannot be read: it is no frozen report" in out
    assert len(office.taken) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_on_a_terminal_a_person_is_asked(desk: Desk, office: Office) -> None:
    """The recipients stand in the question; Enter alone sends nothing."""
    words = ("--config", str(desk.config), "send", "weekly")
    with at_terminal(desk.config.parent, *words) as person:
        person.answers("Send weekly to boss@acme.example, board@acme.example? [y/N]:", "")
        person.waits_for("Nothing was sent.")
        assert person.ends() == 0

    assert office.heard == []


def test_of_two_that_look_at_once_one_sends(desk: Desk, office: Office) -> None:
    """The second finds that what it has shown is not true any more."""
    workspace, first = desk.prepared()
    _, second = desk.prepared()

    assert send.send(workspace, first, now=clock.now(), tell=None).accepted
    with pytest.raises(TryLaterError, match="sent from elsewhere"):
        send.send(workspace, second, now=clock.now(), tell=None)
    assert len(office.taken) == 1


def test_a_report_that_may_tell_of_what_was_forgotten_meanwhile_stays_here(
    desk: Desk, office: Office
) -> None:
    """Neither a mail nor a kept report tells of it: the store must leave it out before a report is built."""
    workspace, first = desk.prepared()
    known = workspace.config.site.url
    journal.write(workspace, Forgotten(site=known, what="issue", marks=("1f",)), now=clock.now())

    with pytest.raises(TryLaterError, match="something was forgotten"):
        send.send(workspace, first, now=clock.now(), tell=None)
    desk.says("review", "--yes", status=75)
    assert (office.heard, desk.kept()) == ([], [])
    assert not (desk.config.parent / "frozen").exists()


def test_where_the_journal_has_no_room_nothing_is_sent_and_nothing_stays(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry that it began comes before the mail, and a report that nobody has is not kept."""

    def full(*_: Any, **__: Any) -> None:
        raise StorageFullError("the disk is full; your journal is as it was")

    workspace, prepared = desk.prepared()
    monkeypatch.setattr(journal, "write_all", full)
    with pytest.raises(StorageFullError):
        send.send(workspace, prepared, now=clock.now(), tell=None)

    assert office.heard == []
    assert list((desk.config.parent / "frozen").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("weekly", "--to", "x@evil.example"), 65, "x@evil.example is outside the allowed domains"),
        (("weekly", "--to", '"boss@acme.example" <x@evil.example>'), 65, "x@evil.example is outside"),
        (("weekly", "--to", "boss@аcme.example"), 65, "boss@xn--cme-5cd.example is outside"),  # noqa: RUF001
        (("weekly", "--to", "boss@acme.example\nBcc: x@evil.example"), 2, "holds a line break"),
        (("weekly", "--to", "boss"), 2, "is no mail address"),
        (("weekly", "--force", " "), 2, "--force needs a reason"),
        (("weekly", "--sprint", "1"), 2, "for the sprint report alone"),
        (("team", "--board", "1"), 2, "for the sprint report alone"),
        (("sprint", "--period", "2026-W46"), 2, "the sprint report takes no --period"),
        (("monthly",), 2, "monthly"),
        (("weakly",), 2, 'did you mean "weekly"?'),
        (("weekly", "--as-of", "tomorrowish"), 2, "tomorrowish"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_anything(
    desk: Desk, office: Office, words: tuple[str, ...], status: int, told: str
) -> None:
    """By the domain that the net would ask, whatever the address looks like."""
    _, err = desk.says(*words, "--yes", status=status)

    assert told in err
    assert (office.heard, desk.kept()) == ([], [])


def test_no_name_begins_a_header_of_its_own(desk: Desk, office: Office) -> None:
    """Neither the product nor the sender's name: what would move the cursor or turn a line round is shown."""
    hostile = '"Harbour\\r\\nBcc: x@evil.example\\u202e"'
    desk.write("[mail]", f"[report]\nproduct = {hostile}\n[mail]")
    desk.write('"Junior PM <pm@acme.example>"', "'\"x@evil.example\" <pm@acme.example>'")
    out, _ = desk.says("weekly")
    desk.says("weekly", "--yes")

    message = read(office.taken[0])
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Harbour Bcc: x@evil.example[RLO] ")
    assert message["List-Id"].startswith("<harbour-bcc-x-evil-example")
    assert message["From"].addresses[0].addr_spec == "pm@acme.example"
    assert "\u202e" not in out
    mailed = [line for line in office.heard if line.upper().startswith(("MAIL", "RCPT"))]
    assert mailed == [
        "mail FROM:<pm@acme.example>",
        *(f"rcpt TO:<{who}@acme.example>" for who in ("boss", "board")),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('host = "127.0.0.1"\nport = {port}\nsecurity = "none"', "", "`host` is not set"),
        ('transport = "smtp"', 'transport = "folder"', "`folder` is not set"),
        ('from = "Junior PM <pm@acme.example>"', "", "no sender is set"),
        ('from = "Junior PM <pm@acme.example>"', 'from = "pm%x@acme.example"', "is no mail address"),
        ('manager = ["boss@acme.example"]', "", "nobody is on the list manager"),
        ('manager = ["boss@acme.example"]', 'manager = ["b%c@acme.example"]', "is no mail address"),
    ],
)
def test_what_the_configuration_lacks_is_told_with_the_lines_to_write(
    desk: Desk, old: str, new: str, told: str
) -> None:
    """Before anything is built."""
    desk.write(old, new)
    desk.config.write_text(desk.config.read_text(encoding="utf-8").replace("{port}", "25"), encoding="utf-8")

    assert told in desk.says("review", status=78)[1]


def test_old_data_keep_a_report_here_until_a_reason_is_given(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The preview says so, --yes is refused, and --force leaves its reason in the journal."""
    later = clock.now().replace(year=clock.now().year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    desk.draft('bottom_line = "Guests can pay."')
    out, err = desk.says("weekly")
    _, refused = desk.says("weekly", "--yes", status=65)
    forced, _ = desk.says("weekly", "--force", "The board meets today")
    desk.says("weekly", "--yes", "--force", "The board meets today")

    assert "Against it: its data were read" in out
    assert err == "Nothing was sent, and it would be refused; see above.\n"
    assert "the report is not sent: its data were read" in refused
    assert "--force REASON" in refused
    assert "Overruled:" in forced
    assert "Forced:" in forced
    entries = journal_file.read(desk.config.parent / "journal.jsonl").entries
    payload = next(entry.payload for entry in entries if isinstance(entry.payload, Sending))
    assert (payload.forced, payload.objections) == ("The board meets today", ("data-age",))
    assert len(office.taken) == 1


def test_a_week_without_a_bottom_line_is_refused_until_a_reason_is_given(desk: Desk, office: Office) -> None:
    """With its name in the journal, and the reason beside it."""
    desk.write("[mail]", '[report]\nnarrators = ["nobody"]\n[mail]')
    desk.draft('bottom_line = ""\n[[ask]]\nwhat = "SHOP-1"')
    shown, _ = desk.says("weekly")
    _, refused = desk.says("weekly", "--yes", status=65)
    desk.says("weekly", "--yes", "--force", "I call them today")

    entries = journal_file.read(desk.config.parent / "journal.jsonl").entries
    kept = [entry.payload for entry in entries if isinstance(entry.payload, Sending)]
    assert "To mend:    an entry under ask is only SHOP-1: say what it means" in shown
    assert "Against it: nobody wrote a bottom line for" in shown
    assert "nobody wrote a bottom line for" in refused
    assert "pmreport draft weekly" in refused
    assert {(one.forced, one.objections) for one in kept} == {("I call them today", ("blank-bottom-line",))}
    assert len(office.taken) == 1


def test_an_old_bottom_line_and_a_green_that_is_none_are_refused_until_a_reason_is_given(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with its own name in the journal, and the reason beside them."""
    same = 'bottom_line = "Guests can pay."'
    later = clock.now().replace(year=clock.now().year + 1)
    for now, more in ((later - timedelta(days=7), ""), (later, OVERRIDE.format(until=later.date()))):
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        desk.draft(same + more)
    _, refused = desk.says("weekly", "--yes", status=65)
    nobody = desk.kept()
    desk.says("weekly", "--yes", "--force", "I call them today")

    entries = journal_file.read(desk.config.parent / "journal.jsonl").entries
    kept = [entry.payload for entry in entries if isinstance(entry.payload, Sending)]
    assert "its bottom line is word for word that of the week before" in refused
    assert "data is reported green while the measure is red" in refused.lower()
    assert nobody == []
    assert {(one.forced, one.objections) for one in kept} == {
        ("I call them today", ("data-age", "same-bottom-line", "watermelon"))
    }
    assert len(office.taken) == 1


@pytest.mark.parametrize("name", ["estimation", "team"])
def test_the_reports_of_the_team_go_to_the_team(desk: Desk, office: Office, name: str) -> None:
    """With a subject that says how it stands."""
    shown = desk.tells(name, "--yes")

    assert [one["address"] for one in shown["recipients"]] == ["team@acme.example"]
    assert ": " in shown["subject"].partition(", ")[2]
    assert read(office.taken[0])["List-Id"].endswith(f"{name}.acme.example>")


def test_a_journal_that_cannot_be_read_whole_keeps_a_report_here(desk: Desk, office: Office) -> None:
    """Its line may say that this was sent."""
    (desk.config.parent / "journal.jsonl").write_text("{broken}\n", encoding="utf-8")

    assert "journal.jsonl:1" in desk.says("review", "--yes", status=65)[1]
    assert office.heard == []


def test_a_password_is_asked_for_where_a_user_is_set(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its names; a wrong one is told as that, and stands nowhere."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    desk.write('from = "Junior', 'user = "pm@acme.example"\nfrom = "Junior')
    answers = {"AUTH PLAIN": [b"235 ok", b"535 5.7.8 no"]}
    with taking(Manners(logins="PLAIN LOGIN", answers=answers)) as office:
        desk.write("{port}", str(office.port))
        _, none = desk.says("review", "--yes", status=77)
        desk.says("review", "--yes", PMREPORT_MAIL_PASSWORD=PASSWORD)
        _, wrong = desk.says("review", "--yes", "--again", status=77, PMREPORT_MAIL_PASSWORD=PASSWORD)

    assert "mail:pm@acme.example@127.0.0.1" in none
    assert "PMREPORT_MAIL_PASSWORD" in none
    assert "does not take the password of pm@acme.example (535)" in wrong
    assert PASSWORD not in (desk.config.parent / "journal.jsonl").read_text(encoding="utf-8")
    assert [kind for kind, _ in desk.kept()] == ["sending", "sent", "sending", "not-sent"]


def test_a_token_goes_before_a_password(desk: Desk) -> None:
    """For servers that take OAuth alone."""
    desk.write('from = "Junior', 'user = "pm@acme.example"\nfrom = "Junior')
    with taking(Manners(logins="XOAUTH2")) as office:
        desk.write("{port}", str(office.port))
        desk.says("review", "--yes", PMREPORT_MAIL_TOKEN="ey.x", PMREPORT_MAIL_PASSWORD=PASSWORD)  # noqa: S106

    assert "AUTH XOAUTH2" in " ".join(office.heard)


def test_a_mail_can_go_into_a_folder(desk: Desk) -> None:
    """For another program to send; the same report once."""
    outbox = desk.config.parent / "outbox"
    desk.write('transport = "smtp"', 'transport = "folder"\nfolder = "outbox"')
    desk.write("{port}", "25")
    _, missing = desk.says("sprint", "--yes", status=78)
    untouched = not desk.kept() and not (desk.config.parent / "frozen").exists()
    outbox.mkdir()
    for _ in range(2):
        desk.says("sprint", "--yes")

    (file,) = outbox.iterdir()
    assert "mkdir" in missing
    assert untouched
    assert read(file.read_bytes())["To"] == "team@acme.example"


def test_a_mail_can_go_through_graph(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a token that is given; an answer that never comes leaves its fate unknown."""
    desk.write('transport = "smtp"', 'transport = "graph"')
    desk.write("{port}", "25")
    with graph(Graph(status=500)) as known:
        monkeypatch.setattr(graph_door, "GRAPH", known.base)
        _, none = desk.says("review", "--yes", status=78)
        desk.says("review", "--yes", status=69, PMREPORT_MAIL_TOKEN="ey.x")  # noqa: S106 - of nobody
        known.status = 202
        _, held = desk.says("review", "--yes", status=65, PMREPORT_MAIL_TOKEN="ey.x")  # noqa: S106
        desk.says("review", "--yes", "--again", PMREPORT_MAIL_TOKEN="ey.x")  # noqa: S106 - of nobody

    assert "app registration" in none
    assert "--again" in held
    assert len({read(each)["Message-ID"] for each in known.messages}) == 1
    assert len(known.messages) == 2


@pytest.mark.parametrize(
    ("error", "kind"),
    [(StorageFullError("the disk is full"), StorageFullError), (PmreportError("no"), PmreportError)],
)
def test_a_mail_that_was_sent_and_could_not_be_noted_is_told(
    desk: Desk,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    error: PmreportError,
    kind: type[PmreportError],
) -> None:
    """The next run does not know, so it resends nothing by itself."""
    workspace, prepared = desk.prepared()
    add: Callable[..., Any] = journal.write_all
    calls: list[int] = []

    def full(*words: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise error
        return add(*words, **more)

    monkeypatch.setattr(journal, "write_all", full)
    with pytest.raises(kind, match="the mail was sent, and that could not be noted") as caught:
        send.send(workspace, prepared, now=clock.now(), tell=None)

    assert type(caught.value) is kind
    assert len(office.taken) == 1
    assert desk.kept() == [("sending", "boss@acme.example")]
