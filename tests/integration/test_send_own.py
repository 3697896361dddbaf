"""A report of one's own is sent by its own name, and is else the report that it is made from."""

import json
import shutil
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from pmreport.app import reports, send
from pmreport.app.reports import ReportRequest
from pmreport.app.send import SendRequest
from pmreport.cli import clock
from pmreport.errors import BadDataError
from pmreport.model.journal_kinds import DraftVersion, Sending
from pmreport.store import journal as journal_file
from tests.integration.test_frozen import LAST, NOW, Desk, desk, home
from tests.support.schema import faults

__all__ = ["desk", "home"]

BROKEN = "{{ report.titel + 1 }}"
FACES = {
    "steering/page.html.j2": "{# from: weekly #}\n{{ report.title }}",
    "steering/mail.txt.j2": "For the steering group: {{ report.title }}",
    "steering/subject.txt.j2": "Steering group, {{ report.period }}",
    "planning/page.html.j2": "{# from: sprint #}\n{{ report.title }}",
    "talk/page.html.j2": "{# from: review #}\n{{ report.title }}",
    "talk/mail.txt.j2": "{% for section in report.sections %}{{ section.title }}\n{% endfor %}",
    "broken/page.html.j2": "{{ report.title }}",
    "broken/subject.txt.j2": BROKEN,
}
PRIVATE = '[[goal]]\nid = "mine"\ntitle = "Leave on time"\nvisibility = "private"\n'
FORCED = ("--yes", "--force", "a test")


@pytest.fixture
def steering(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Reports of one's own, on the Monday on which the site was read."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    config = desk.folder / "pmreport.toml"
    text = config.read_text(encoding="utf-8").replace("[report]\n", '[report]\ntemplates = "mine"\n')
    text = text.replace("[mail]\n", "[mail]\nimages = false\n")
    config.write_text(text + PRIVATE, encoding="utf-8")
    for name, face in FACES.items():
        path = desk.folder / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(face, encoding="utf-8")
    return desk


def sent(desk: Desk, period: str, name: str = "steering") -> str:
    """What `send` says of a report that it sends."""
    return desk.says("send", name, "--period", period, *FORCED)


def mails(folder: Path) -> list[EmailMessage]:
    """What was sent, the oldest first."""
    files = sorted(folder.rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=SMTP) for path in files]


def entries(desk: Desk, kind: type[Any]) -> list[str]:
    """The reports that the journal's entries of a kind name."""
    kept = journal_file.read(desk.folder / "journal.jsonl").entries
    return [one.payload.report for one in kept if isinstance(one.payload, kind)]


def names(desk: Desk) -> list[str]:
    """The reports that were sent, as they are listed."""
    shape = json.loads(desk.says("report", "list", "--json"))
    assert faults(shape, "report-list") == []
    return [one["name"] for one in shape["reports"]]


def test_it_goes_by_its_own_name_with_its_own_words_to_the_readers_of_its_base(steering: Desk) -> None:
    """What its folder does not have, here the page of the mail, is that of the weekly."""
    said = sent(steering, "2026-W46")

    assert said.startswith("Sent steering to boss@acme.example through ")
    (mail,) = mails(steering.folder)
    text, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert (mail["Subject"], mail["To"]) == ("Steering group, 2026-W46", "boss@acme.example")
    assert text.get_content().startswith("For the steering group: ")
    assert "Bottom line" in page.get_content()
    assert "steering" in mail["List-Id"]
    assert entries(steering, Sending) == ["steering"]
    assert [path.name for path in (steering.folder / "frozen").iterdir()] == ["steering.2026-W46.1.json"]


def test_it_is_sent_once_and_the_report_it_is_made_from_too(steering: Desk) -> None:
    """Neither counts as the other; both are mails of their own."""
    for name in ("sprint", "planning", "planning"):
        steering.says("send", name, *FORCED)
    shown = steering.says("send", "planning")
    shape = json.loads(steering.says("send", "planning", "--json"))

    assert shown.startswith("Report:  planning, sprint ")
    assert [name.partition(":")[0] for name in names(steering)] == ["sprint", "planning"]
    assert len({mail["Message-ID"] for mail in mails(steering.folder)}) == 2
    assert faults(shape, "send") == []
    assert (shape["report"], shape["recipients"][0]["state"]) == ("planning", "sent")


def test_the_next_weekly_goes_on_from_the_weekly_alone(steering: Desk) -> None:
    """Colours, plan and restatements are those of what was sent as weekly, in either clothes."""
    sent(steering, "2026-W46")
    after_steering = steering.built("2026-W47", NOW).inputs
    steering.send("2026-W46", LAST)
    dressed = ReportRequest(name="weekly", now=NOW, period="2026-W47", dress="steering")
    after_weekly = reports.built(steering.workspace, dressed).inputs

    assert (after_steering.colours_before, after_steering.plan_sent) == ((), None)
    assert after_steering.restatements == ()
    assert (len(after_weekly.colours_before), after_weekly.plan_sent) == (1, LAST)


def test_it_is_held_against_itself_by_the_numbers_of_its_base(steering: Desk) -> None:
    """Also when its folder is gone: what it was made from is kept with it."""
    assert "it is made from sprint" in steering.says("send", "planning", "--period", "2026-W46", status=2)
    for name in ("planning", "sprint"):
        steering.says("send", name, *FORCED)
    (name, base) = (one.rpartition(":")[0] for one in names(steering))
    again = json.loads(steering.says("report", "diff", name, "again", "--json"))
    shutil.rmtree(steering.folder / "mine" / "planning")
    now = steering.says("report", "diff", name, "now")

    assert faults(again, "report-diff") == []
    assert [again[side]["report"] for side in ("first", "second")] == ["planning", "planning"]
    assert (again["figures"], again["entries"], again["causes"]) == ([], [], [])
    assert now.partition("\n")[0].endswith("then and now")
    assert now.startswith("planning SHOP Sprint ")
    assert " and sprint SHOP Sprint " in steering.says("report", "diff", name, base).partition("\n")[0]


def test_of_a_template_with_a_fault_nothing_is_sent_and_nothing_is_kept(steering: Desk) -> None:
    """The fault is told with its place; the draft that was read is kept."""
    steering.write_plan("2026-W46", "Invoices")
    said = steering.says("send", "broken", "--period", "2026-W46", *FORCED, status=65)

    assert "broken/subject.txt.j2:1" in said
    assert (mails(steering.folder), names(steering), entries(steering, Sending)) == ([], [], [])
    assert not (steering.folder / "frozen").exists()
    assert entries(steering, DraftVersion) == ["weekly"]


def test_what_is_private_is_not_sent_in_other_clothes_either(steering: Desk) -> None:
    """Made from the review it goes to the manager without it; with it there is no mail."""
    said = steering.says("send", "talk", *FORCED)
    mine = SendRequest(report=ReportRequest(name="review", now=NOW, mine=True, dress="talk"), force="a test")

    assert "Sent talk to lead@acme.example" in said
    assert "Leave on time" not in mails(steering.folder)[0].as_string()
    with pytest.raises(BadDataError, match="never made into a mail"):
        send.prepare(steering.workspace, mine)
    assert names(steering) == ["talk:2026-Q3:1"]
