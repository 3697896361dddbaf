"""What is made for others says nothing of a goal they may not see: every report, format, mail and log."""

import base64
import codecs
import contextlib
import io
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import click
import pytest

from pmreport.app import reports
from pmreport.app.addressees import LISTS
from pmreport.app.formats import REPORTS as SENT
from pmreport.app.wiring import Workspace
from pmreport.cli import report as reporting
from pmreport.cli.boundary import run
from pmreport.cli.formats import FormatList
from pmreport.cli.goals.review import command as own_review
from pmreport.demo.dialect import CLOUD
from pmreport.render import templates
from tests.support.configured import configured
from tests.support.opened import texts
from tests.support.simulator import serving
from tests.support.small_sites import motley

# Every text of a goal, and every text written under it, holds a word that begins so, and ends with its place.
SECRET, BOSS, BOARD = WORDS = ("qzsecret", "qzboss", "qzboard")
VISIBILITY = dict(zip(WORDS, ("private", "manager", "management"), strict=True))
GOAL = """
[[goal]]
id = "{0}-goal"
title = "{0}title"
why = "{0}why"
behaviour_now = "{0}now"
target_behaviour = "{0}aim"
indicator = "{0}indicator"
guard = "{0}guard"
show = "{0}show"
target = 2
due = 2099-03-31
visibility = "{1}"
[[goal.rule]]
id = "{0}-rule"
jql = 'project = SHOP AND text !~ "{0}jql"'
[[goal.rule]]
id = "{0}-counter"
polarity = "counter"
jql = 'project = APP AND text !~ "{0}other"'
metric = "age-days"
above = 0.1
"""
SHELF = '[[goal]]\nid = "qzsecret-shelf"\ntitle = "qzsecretshelf"\nvisibility = "private"\nactive = false\n'
MAIL = """
[mail]
transport = "folder"
folder = "outbox"
from = "pm@acme.example"
allowed_domains = ["acme.example"]
[mail.lists]
management = ["board@acme.example"]
manager = ["boss@acme.example"]
team = ["team@acme.example"]
"""
WRITTEN = (  # under each goal; {0} is its word
    ("{0}note", "--link", "https://wiki.example/{0}link", "--reviewer", "{0}reviewer"),
    ("{0}decision", "--kind", "decision"),
    ("{0}touch", "--kind", "touch-point", "--for", "{0}stakeholder"),
    ("{0}found", "--kind", "research", "--for", "{0}competitor", "--link", "https://r.example/{0}source"),
    ("{0}meaning", "--kind", "glossary", "--for", "{0}term"),
    ("{0}action", "--kind", "action", "--due", "2099-01-01"),
    ("{0}rating", "--kind", "rating", "--score", "2"),
    ("{0}rated", "--kind", "rating", "--score", "3", "--reviewer", "{0}rater"),
    ("{0}help", "--kind", "help"),
    ("{0}words", "--kind", "words", "--reviewer", "{0}speaker"),
    ("{0}forecast", "--range", "1", "2", "--confidence", "0.8", "--for", "SHOP-1", "--unit", "h"),
)  # fmt: skip
OWN = ("pmreport.toml", "journal.jsonl", "evidence.json", "store.duckdb")
REVIEW = "review"
CAN_PRINT = any(map(shutil.which, ("chromium", "google-chrome")))
SHOWN = ("title", "why", "now", "aim", "indicator", "guard")
TOLD = ("action", "rating", "rated", "help", "words", "speaker", "reason")  # in the talk
LOUD = {"report", "preview", "send", "tag", "draft", "export", "journal", "evidence"}
Found = dict[str, set[str]]


def _formats(command: click.Command) -> tuple[str, ...]:
    """The formats a command writes, as it knows them itself: a new one joins the tests by that.

    No PDF where none can be printed; its own tests say so.
    """
    known = next((one.type.known for one in command.params if isinstance(one.type, FormatList)), ())
    return tuple(form for form in known if form != "pdf" or CAN_PRINT)


BRIEF = {
    "mail": ".eml",
    "xlsx": ".xlsx",
}  # the first page; tables alone: silent about much that the others tell
REPORTS = {name: _formats(one) for name, one in reporting.command.commands.items() if _formats(one)}


@dataclass
class Desk:
    """A person's folder in which everything was made once, and what the commands said meanwhile."""

    folder: Path
    out: dict[str, str] = field(default_factory=dict)
    err: dict[str, str] = field(default_factory=dict)

    def run(self, name: str, *words: str, status: int = 0) -> str:
        """What a command says with all its logs; kept under a name."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            ended = run(["--config", str(self.folder / "pmreport.toml"), "-v", "--debug", *words], {})
        assert ended == status, err.getvalue()
        self.out[name], self.err[name] = out.getvalue(), err.getvalue()
        return out.getvalue()

    def made(self) -> dict[str, bytes]:
        """Every file but the person's own and the store, whose tables are there as text, by its path."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.name not in OWN)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}

    def recipient(self, path: str) -> str | None:
        """To whom a mail was sent; None for a file that is none."""
        if not path.startswith("outbox/"):
            return None
        return str(message_from_bytes((self.folder / path).read_bytes())["To"])

    def for_manager(self, path: str) -> bool:
        """Whether a file is made for the manager: the review, or a mail to them."""
        return (self.recipient(path) or path) == "boss@acme.example" or REVIEW in path


def words_in(name: str, content: bytes) -> set[str]:
    """The planted words in a file, or in its name."""
    return {word for text in (name, *texts(name, content)) for word in planted(text)}


def planted(text: str) -> set[str]:
    """The planted words in a text."""
    return set(re.findall("|".join(rf"{word}[-\w]*" for word in WORDS), text.lower()))


def packed(name: str, content: bytes) -> bytes:
    """An archive with one file."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return archive.getvalue()


def mail_with(attachment: tuple[str, bytes]) -> bytes:
    """A mail with something attached."""
    message = EmailMessage()
    message.add_attachment(attachment[1], "application", "octet-stream", filename=attachment[0])
    return bytes(message)


def is_whole(path: str) -> bool:
    """Whether a file tells everything that its report holds."""
    return Path(path).suffix not in BRIEF.values()


def of(word: str, found: set[str]) -> list[str]:
    """Those of one goal."""
    return sorted(one for one in found if one.startswith(word))


@pytest.fixture(scope="module", autouse=True)
def built_once() -> Iterator[None]:
    """Each report is built once, with the goals of its audience, and then written and sent from that."""
    build = reports.built
    known: dict[tuple[str, bool], reports.Built] = {}

    def built(workspace: Workspace, request: reports.ReportRequest) -> reports.Built:
        key = (request.name, request.mine)
        if key not in known:
            known[key] = build(workspace, request)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        shipped = templates.load()
        patch.setattr(reports, "built", built)
        patch.setattr(reports, "templates", lambda *_: shipped)
        yield


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Three goals with a word in every text, and all that can be made of them."""
    folder = tmp_path_factory.mktemp("privacy")
    (folder / "outbox").mkdir(mode=0o700)
    desk = Desk(folder)
    goals = "".join(GOAL.format(*pair) for pair in VISIBILITY.items())
    with serving(motley(CLOUD, ("SHOP", "APP"), of_each=10)) as simulator:
        config = configured(folder, simulator.site, "SHOP", "APP", more=goals + SHELF + MAIL)
        config.chmod(0o600)
        assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    write_under_goals(desk)
    make(desk)
    return desk


@pytest.fixture(scope="module")
def found(desk: Desk) -> Found:
    """The planted words in everything that was made, by the path of the file."""
    return {path: words_in(path, content) for path, content in desk.made().items()}


def write_under_goals(desk: Desk) -> None:
    """Whatever a person can write under a goal."""
    found = json.loads(desk.run("tag-json", "tag", "--json"))["evidence"]
    for word in WORDS:
        goal = f"{word}-goal"
        for text, *more in WRITTEN:
            desk.run("log", "goals", "log", goal, *(part.format(word) for part in (text, *more)))
        entries = (folder_entries := (desk.folder / "journal.jsonl").read_text("utf-8")).splitlines()
        ids = {one["payload"].get("text"): one["id"] for one in map(json.loads, entries)}
        assert folder_entries.count(word) > len(WRITTEN)
        desk.run(
            "confirm",
            "goals",
            "confirm",
            ids[f"{word}decision"],
            "--reviewer",
            f"{word}second",
            "--note",
            f"{word}seen",
        )
        desk.run("score", "goals", "score", ids[f"{word}action"], "missed", "--reason", f"{word}reason")
        yes, no = [one["key"] for one in found if one["rule_id"] == f"{word}-rule"][:2]
        desk.run("accept", "tag", "accept", yes, goal, "--note", f"{word}accepted")
        desk.run("reject", "tag", "reject", no, goal, "--note", f"{word}rejected")


def make(desk: Desk) -> None:
    """Everything that is made for others, and the person's own review."""
    desk.run("tag", "tag")
    desk.run("draft weekly", "draft", "weekly")
    for name, formats in REPORTS.items():
        desk.run(
            f"report {name}", "report", name, "--format", ",".join(formats), "--out", str(desk.folder / name)
        )
    for name in SENT:
        desk.run(f"preview {name}", "send", name)
        desk.run(f"send {name}", "send", name, "--yes", "--json", "--force", "a test")
    desk.run("report list", "report", "list")
    desk.run("export", "export", str(desk.folder / "tables"), "--format", "csv")
    copied = str(desk.folder / "copied")
    desk.run("journal", "journal", "export", f"{copied}.jsonl", "--visibility", "management")
    desk.run(
        "evidence", "goals", "evidence", f"{copied}.csv", "--format", "csv", "--visibility", "management"
    )
    mine = ",".join(_formats(own_review))
    desk.run("mine", "goals", "review", "--mine", "--format", mine, "--out", str(desk.folder / "own"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<p title='qzsecret&#116;itle'>"),
        ("a.html", b"<!-- qzsecrettitle -->"),
        ("a.html", b"<img src='data:;base64," + base64.b64encode(b"<b>qzsecrettitle</b>") + b"'>"),
        ("a.json", rb'"qzsecret\u0074itle"'),
        ("a.csv", codecs.BOM_UTF16 + "qzsecrettitle".encode("utf-16-le")),
        ("a.eml", b"Subject: =?utf-8?q?qzsecret=74itle?=\n\nwords"),
        ("a.eml", b"Content-Transfer-Encoding: quoted-printable\n\nqzsecret=\ntitle"),
        ("a.eml", b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"qzsecrettitle")),
        ("a.eml", mail_with(("a.xlsx", packed("xl/comments1.xml", b"qzsecrettitle")))),
        ("a.xlsx", packed("qzsecrettitle.xml", b"")),
        ("a.pdf", b"stream\n" + zlib.compress(b"(qzsecrettitle) Tj") + b"\nendstream"),
        ("qzsecrettitle.txt", b""),
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_packed(name: str, content: bytes) -> None:
    """Entities, comments, escapes, encodings of mails, attachments, workbooks, drawings, names of files."""
    assert "qzsecrettitle" in words_in(name, content)


def test_what_is_made_for_others_is_silent_about_goals_they_may_not_see(found: Found) -> None:
    """Pages, mails, texts, data, tables, the draft, the store, and their names: not a word."""
    assert len(found) > sum(len({*forms} - {"pdf"}) for forms in REPORTS.values()) + len(SENT)
    for path, words in found.items():
        if not path.startswith("own/"):
            assert of(SECRET, words) == [], path


def test_what_is_made_for_management_and_team_is_silent_about_goals_for_the_manager(
    desk: Desk, found: Found
) -> None:
    """The review alone holds them, and the mail of the review."""
    for path, words in found.items():
        if not path.startswith("own/") and not desk.for_manager(path):
            assert of(BOSS, words) == [], path


def test_a_weekly_shows_the_goal_that_management_may_see(found: Found) -> None:
    """So the silence about the others says something. Its reasons, talks and evidence stay out."""
    weekly = {path: words for path, words in found.items() if path.startswith("weekly/")}

    assert len(weekly) == len(REPORTS["weekly"])
    for path, words in weekly.items():
        if is_whole(path):
            assert of(BOARD, words) == ["qzboardaim", "qzboardtitle"], path
        else:
            assert words <= {"qzboardaim", "qzboardtitle"}, path


def test_the_team_sees_no_goal_at_all(desk: Desk, found: Found) -> None:
    """Neither the one that management may see: a team is no audience of its product manager's goals."""
    told = {path: words for path, words in found.items() if path.split("/")[0] in REPORTS}
    mails = [words for path, words in found.items() if desk.recipient(path) == "team@acme.example"]

    assert len(mails) == sum(LISTS[name] == "team" for name in SENT)
    assert [
        path for path, words in told.items() if words and path.split("/")[0] not in {"weekly", REVIEW}
    ] == []
    assert not any(mails)


def test_the_review_is_for_two_and_the_own_one_for_one(desk: Desk, found: Found) -> None:
    """Both hold the talk about what both may see; the private goal is in the own one, which says PRIVATE."""
    shared = {path: words for path, words in found.items() if path.startswith("review/")}
    own = {path: words for path, words in found.items() if path.startswith("own/")}
    mails = [words for path, words in found.items() if desk.recipient(path) == "boss@acme.example"]

    assert (len(shared), len(own), len(mails)) == (len(REPORTS[REVIEW]), len(_formats(own_review)), 1)
    for path, words in (shared | own).items():
        if is_whole(path):
            assert {f"{word}{part}" for word in (BOSS, BOARD) for part in (*SHOWN, *TOLD)} <= words, path
        assert {"qzbosstitle", "qzboardtitle"} <= words, path
    assert all({"qzbosstitle", "qzboardtitle"} <= words for words in mails)
    for path, words in own.items():
        assert Path(path).name.startswith("PRIVATE-review")
        assert "qzsecrettitle" in words, path
        if is_whole(path):
            assert {f"{SECRET}{part}" for part in (*SHOWN, *TOLD)} <= words, path
            said = texts(path, (desk.folder / path).read_bytes())
            assert any("PRIVATE: Goal review" in text for text in said), path


def test_ones_own_review_cannot_be_sent(desk: Desk) -> None:
    """There are no words to ask for it, and no mail among its formats."""
    assert "mail" not in _formats(own_review)
    desk.run("send mine", "send", "review", "--mine", status=2)
    desk.run("mail mine", "goals", "review", "--mine", "--format", "mail", status=2)


def test_what_commands_say_on_the_way_names_no_goal(desk: Desk) -> None:
    """Logs end in the mails of a scheduler: with -v and --debug too they hold none of these words."""
    loud = {name: planted(said) for name, said in desk.err.items() if name.split()[0] in LOUD}
    told = {name: planted(desk.out[name]) for name in loud if name.split()[0] in {*LOUD} - {"tag"}}

    assert {name.split()[0] for name in loud} == LOUD
    assert [name for name, words in loud.items() if words] == []
    assert {name for name, words in told.items() if words} == {"preview review", "send review"}
    assert not any(of(SECRET, words) for words in told.values())


def test_every_planted_word_was_there_to_be_found(desk: Desk) -> None:
    """In the configuration, the journal and the evidence of the person: under each goal the same ones."""
    own = "".join((desk.folder / name).read_text(encoding="utf-8") for name in OWN[:3])
    kinds = {word: {one.removeprefix(word) for one in of(word, planted(own))} for word in WORDS}

    assert kinds[BOSS] == kinds[BOARD] == kinds[SECRET] - {"shelf", "-shelf"}
    assert len(kinds[BOSS]) == 36


@pytest.mark.skipif(os.name != "posix", reason="needs file modes")
def test_what_was_made_is_for_the_person_alone_to_open(desk: Desk) -> None:
    """Reports, drafts, mails, the journal with its list of what was sent, the evidence and the store."""
    files = [path for path in desk.folder.rglob("*") if path.is_file()]

    assert [path for path in files if path.stat().st_mode & 0o077] == []
