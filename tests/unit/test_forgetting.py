"""Answers of Jira, journals and files without what is to be forgotten."""

import json
from typing import Any

import pytest

from pmreport.app.forget.entries import rewritten
from pmreport.app.forget.own import told
from pmreport.app.forget.subject import Found
from pmreport.app.forget.words import Removal
from pmreport.jira.forgetting import Forgetting
from pmreport.model.forgotten import Forgotten, Mark, Subject, digest, mark

SITE = "https://acme.example"
ANA = "712020:aaaa"
LOGIN = "ana.lima"
ISSUE = mark(SITE, Subject.ISSUE, ("10012", "WEB-12", "OLD-3"))
PERSON = mark(SITE, Subject.PERSON, (ANA, "JIRAUSER7", LOGIN), number=4)
FORGETTING = Forgetting(Forgotten(SITE, (ISSUE, PERSON)))
STEAD = {"accountId": "forgotten-4", "displayName": "a forgotten person", "active": False}
ANA_SHOWN = {
    "accountId": ANA,
    "displayName": "Ana Lima",
    "emailAddress": "ana@acme.example",
    "avatarUrls": {},
}
EMPTY = {"type": "doc", "version": 1, "content": []}


@pytest.mark.parametrize(
    ("found", "left"),
    [
        (ANA_SHOWN, STEAD),
        (
            {"key": "JIRAUSER7", "name": LOGIN, "displayName": "Ana", "self": "http://x/?username=ana.lima"},
            {
                "key": "forgotten-4",
                "name": "forgotten-4",
                "displayName": "a forgotten person",
                "active": False,
            },
        ),
        ({"accountId": "712020:bbbb", "displayName": "Bo"},) * 2,
        (
            {"field": "assignee", "from": ANA, "fromString": "Ana Lima", "to": "x", "toString": "Bo"},
            {
                "field": "assignee",
                "from": "forgotten-4",
                "fromString": "a forgotten person",
                "to": "x",
                "toString": "Bo",
            },
        ),
        (
            {
                "field": "Reviewers",
                "from": None,
                "fromString": None,
                "to": f"[{ANA}, x]",
                "toString": "Ana Lima, Bo",
            },
            {
                "field": "Reviewers",
                "from": None,
                "fromString": None,
                "to": "[forgotten-4, x]",
                "toString": "a forgotten person",
            },
        ),
        (
            {"type": "mention", "attrs": {"id": ANA, "text": "@Ana Lima", "accessLevel": ""}},
            {"type": "mention", "attrs": {"id": "forgotten-4", "text": "@a forgotten person"}},
        ),
        ({"id": "1", "author": ANA_SHOWN, "body": "Mine"}, {"id": "1", "author": STEAD, "body": ""}),
        ({"author": ANA_SHOWN, "comment": {"type": "doc"}}, {"author": STEAD, "comment": EMPTY}),
        (
            "[~accountid:712020:aaaa] and [~ana.lima], not [~bo]",
            "[~forgotten-4] and [~forgotten-4], not [~bo]",
        ),
        ({"author_id": ANA, "seconds": 60}, {"author_id": "forgotten-4", "seconds": 60}),
    ],
    ids=[
        "cloud",
        "datacenter",
        "other",
        "change",
        "several",
        "mention",
        "comment",
        "worklog",
        "wiki",
        "ours",
    ],
)
def test_a_person_is_known_again_wherever_their_id_stands(found: Any, left: Any) -> None:
    """Name, address and picture give way with the id, and what they wrote in comments is empty."""
    assert FORGETTING.clean(found) == left


@pytest.mark.parametrize(
    ("found", "left"),
    [
        ({"parent": {"id": "10012", "key": "WEB-12", "fields": {"summary": "S"}}}, {"parent": None}),
        ({"parent": {"id": "10013", "key": "WEB-13"}},) * 2,
        (
            {"issuelinks": [{"id": "1", "outwardIssue": {"id": "10012", "key": "WEB-12"}}, {"id": "2"}]},
            {"issuelinks": [{"id": "2"}]},
        ),
        (
            {"subtasks": [{"id": "10012", "key": "WEB-12"}, {"id": "5", "key": "WEB-5"}]},
            {"subtasks": [{"id": "5", "key": "WEB-5"}]},
        ),
        (
            {
                "items": [
                    {"field": "Link", "to": "WEB-12", "toString": "This issue blocks WEB-12"},
                    {"field": "x"},
                ]
            },
            {"items": [{"field": "x"}]},
        ),
        ({"customfield_1": "WEB-12"}, {"customfield_1": None}),
        ("See WEB-12, OLD-3 and WEB-120", "See a forgotten issue, a forgotten issue and WEB-120"),
        (
            "https://x.example/?jql=key%3DWEB-12%2CWEB-5",
            "https://x.example/?jql=key%3Da forgotten issue%2CWEB-5",
        ),
        ({"status": {"id": "10012", "name": "Done"}},) * 2,
    ],
    ids=[
        "parent",
        "other parent",
        "links",
        "subtasks",
        "history",
        "epic link",
        "texts",
        "link in a text",
        "same number",
    ],
)
def test_an_issue_leaves_nothing_on_those_beside_it(found: Any, left: Any) -> None:
    """A parent, a link, a subtask, a change and a key in a text; another thing of the same number stays."""
    assert FORGETTING.clean(found) == left


def test_an_issue_itself_is_left_out_and_counted_once() -> None:
    """However often it is met, in any answer."""
    forgetting = Forgetting(Forgotten(SITE, (ISSUE,)))
    page = [{"id": "10012", "key": "WEB-12"}, {"id": "10013", "key": "WEB-13"}]

    assert [forgetting.kept(page), forgetting.kept(page)] == [[page[1]]] * 2
    assert forgetting.left_out == {"10012"}


def test_a_site_where_nothing_is_forgotten_is_passed_on_as_it_is() -> None:
    """Without looking into it."""
    page = [{"id": "10012", "fields": {}}]

    assert Forgetting(Forgotten(SITE)).kept(page) == page
    assert Forgetting(Forgotten(SITE)).clean(page) is page


def test_a_mark_says_nothing_and_is_another_on_another_site() -> None:
    """Who has the name finds it; nobody reads it."""
    forgotten = Forgotten(SITE).with_more([ISSUE, PERSON]).with_more([ISSUE])

    assert forgotten.marks == (ISSUE, PERSON)
    assert forgotten.found(Subject.PERSON, LOGIN) is PERSON
    assert forgotten.found(Subject.ISSUE, LOGIN) is None
    assert forgotten.next_number == 5
    assert digest(SITE, Subject.ISSUE, "WEB-12") != digest("https://other.example", Subject.ISSUE, "WEB-12")
    assert "WEB" not in repr(ISSUE)


def _removal(which: Mark, *names: str, words: tuple[str, ...], issue_id: int | None = None) -> Removal:
    return Removal(Found(mark=which, title="it", names=names, words=words, issue_id=issue_id))


OF_ISSUE = _removal(ISSUE, "OLD-3", "WEB-12", words=("Pay by card", "Login"), issue_id=10012)
OF_PERSON = _removal(PERSON, ANA, LOGIN, words=("Ana Lima", "ana@acme.example"))


@pytest.mark.parametrize(
    ("removal", "text", "left"),
    [
        (
            OF_ISSUE,
            "- WEB-12: Pay by card, not WEB-120",
            "- a forgotten issue: a forgotten issue, not WEB-120",
        ),
        (OF_ISSUE, "Login", "a forgotten issue"),
        (OF_ISSUE, "The Login page of WEB-2", "The Login page of WEB-2"),
        (
            OF_ISSUE,
            "https://x.example/?jql=key%20in%20(WEB-12)",
            "https://x.example/?jql=key%20in%20(forgotten)",
        ),
        (
            OF_ISSUE,
            "https://x.example/?jql=key%20in%20%28WEB-1%2C%20WEB-12%2COLD-3%29",
            "https://x.example/?jql=key%20in%20%28WEB-1%2C%20forgotten%2Cforgotten%29",
        ),
        (OF_ISSUE, "item-10012-11-122", "item-forgotten-11-122"),
        (OF_PERSON, "Ask Ana Lima <ana@acme.example>", "Ask a forgotten person <forgotten-4>"),
        (OF_PERSON, "https://x.example/?q=Ana%20Lima", "https://x.example/?q=forgotten"),
        (OF_PERSON, "Ana Limana", "Ana Limana"),
    ],
)
def test_texts_of_ones_own_lose_the_names(removal: Removal, text: str, left: str) -> None:
    """Whole words alone; a summary of one word only where it stands alone, for it means too much else."""
    assert removal.text(text) == left


def _line(id_: str, **payload: Any) -> bytes:
    return json.dumps({"schema": 1, "id": id_, "payload": payload}).encode()


def test_a_journal_loses_the_entries_about_an_issue_and_what_was_said_of_them() -> None:
    """All other lines stay to the byte, unreadable ones too unless they hold the name."""
    kept = [_line("d", goal="g", text="WEB-120"), b"", b'{"torn": ']
    text = b"\n".join(
        [
            _line("a", check="D1", key="WEB-12"),
            _line("b", entry="a", reviewer="Bo"),
            _line("c", entry="b", reviewer="Bo"),
            *kept[:2],
            _line(
                "e",
                initiative="x",
                items=[{"issue_id": 10012, "key": "WEB-1"}, {"issue_id": 2, "key": "WEB-2"}],
            ),
            b'{"torn": "WEB-12',
            kept[2],
        ]
    )

    found = rewritten(text, OF_ISSUE)

    lines = found.content.split(b"\n")
    assert (found.removed, found.changed) == (3, 2)
    assert [lines[0], lines[1], lines[4]] == kept
    assert json.loads(lines[2])["payload"]["items"] == [{"issue_id": 2, "key": "WEB-2"}]
    assert lines[3] == b'{"torn": "a forgotten issue'


def test_a_journal_loses_a_person_and_no_entry() -> None:
    """What they are told in stays, with another name."""
    text = json.dumps({"id": "a", "by": ANA, "payload": {"owner": "Ana Lima"}}).encode() + b"\n"

    found = rewritten(text, OF_PERSON)

    assert (found.removed, found.changed) == (0, 1)
    assert json.loads(found.content) == {
        "id": "a",
        "by": "forgotten-4",
        "payload": {"owner": "a forgotten person"},
    }


def test_a_kept_report_loses_the_names_and_no_digit() -> None:
    """Later reports are held against its numbers: 12.30 stays 12.30, and untouched text stays to the byte."""
    text = '{"value": 12.30, "text": "Zo\\u00eb asks Ana Lima", "other":"Zo\\u00eb"}'

    assert told(text.encode(), OF_PERSON) == (
        b'{"value": 12.30, "text": "Zo\\u00eb asks a forgotten person", "other":"Zo\\u00eb"}'
    )
    assert told(b'{"broken: "Ana Lima', OF_PERSON) == b'{"broken: "a forgotten person'
