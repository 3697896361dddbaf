"""A letter as bytes: standard, repeatable, and nobody's loudspeaker."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from pmreport.deliver.message import Attachment, Image, Letter, body_digest, build, message_id
from pmreport.errors import BadDataError

LETTER = Letter(
    subject="Harbour, week 47: at risk",
    html="<p>Grüße " + "y" * 500 + "</p>\n",
    text="Grüße\n.\nFrom here " + "z" * 300 + "\n",
    sender="Jürgen Sousa <j.sousa@harbour.example>",
    recipients=("m@harbour.example", '"Brown, C." <c.brown@harbour.example>'),
    date=datetime(2026, 11, 11, 8, 30, tzinfo=UTC),
    domain="harbour.example",
    list_id="weekly",
)
PDF = Attachment(name="week 47.pdf", media_type="application/pdf", content=b"%PDF" * 100)


def read(letter: Letter) -> EmailMessage:
    """The letter as a mail program reads it."""
    message = message_from_bytes(build(letter), policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def shape(message: EmailMessage) -> list[str]:
    """The kinds of its parts, outermost first."""
    return [part.get_content_type() for part in message.walk()]


def test_the_headers_say_who_what_and_that_it_is_automatic() -> None:
    """Everything a mail program and an answering machine look for."""
    message = read(LETTER)

    assert message["From"] == "Jürgen Sousa <j.sousa@harbour.example>"
    assert message["To"] == 'm@harbour.example, "Brown, C." <c.brown@harbour.example>'
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == LETTER.date
    assert message["Reply-To"] == message["From"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["List-Id"] == "<weekly.harbour.example>"
    assert message["Message-ID"].endswith("@harbour.example>")
    assert message["X-Unsent"] is None


def test_a_draft_is_opened_for_sending() -> None:
    """`X-Unsent` makes a mail program open the file as a draft; it may have no recipient yet."""
    message = read(replace(LETTER, draft=True, recipients=(), list_id="", reply_to="team@harbour.example"))

    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert message["List-Id"] is None
    assert message["Reply-To"] == "team@harbour.example"


@pytest.mark.parametrize(
    ("letter", "parts"),
    [
        (LETTER, ["multipart/alternative", "text/plain", "text/html"]),
        (
            replace(LETTER, images=(Image(name="chart", content=b"\x89PNG"),), attachments=(PDF,)),
            [
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "multipart/related",
                "text/html",
                "image/png",
                "application/pdf",
            ],
        ),
    ],
    ids=["words", "all"],
)
def test_the_parts_stand_as_mail_programs_expect(letter: Letter, parts: list[str]) -> None:
    """mixed(alternative(text, related(html, images)), attachments), without levels of one."""
    assert shape(read(letter)) == parts


def test_the_words_arrive_as_they_were_written() -> None:
    """Both parts, through quoted-printable and back."""
    message = read(LETTER)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))

    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html
    assert plain["Content-Transfer-Encoding"] == html["Content-Transfer-Encoding"] == "quoted-printable"


def test_lines_are_short_and_end_in_crlf() -> None:
    """No line over 78 characters, no bare line feed or carriage return, only ASCII."""
    letter = replace(LETTER, subject="Grüße " * 60, attachments=(PDF,))
    content = build(letter)

    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert content.isascii()


def test_the_same_letter_gives_the_same_bytes() -> None:
    """No clock and no chance: boundaries and Message-ID follow from what is said."""
    letter = replace(LETTER, attachments=(PDF,))

    assert build(letter) == build(letter)
    assert read(letter)["Message-ID"] != read(replace(letter, text="other\n"))["Message-ID"]
    assert (
        read(letter)["Message-ID"] != read(replace(letter, recipients=("x@harbour.example",)))["Message-ID"]
    )


def test_one_occasion_has_one_message_id_for_the_same_people() -> None:
    """Whatever it says and in whatever order they stand, so that a server that has it drops a second one."""
    letter = replace(LETTER, occasion="weekly 2026-W47")
    same = replace(letter, text="other\n", recipients=letter.recipients[::-1])
    others = (
        replace(letter, occasion="weekly 2026-W48"),
        replace(letter, recipients=letter.recipients[:1]),
        replace(letter, domain="other.example"),
    )

    assert read(letter)["Message-ID"] == message_id(letter) == message_id(same) == read(same)["Message-ID"]
    assert len({message_id(each) for each in (letter, *others)}) == 4
    assert body_digest(letter) != body_digest(same)
    assert body_digest(letter) == body_digest(others[0])


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hello\r\nBcc: everyone@harbour.example"},
        {"subject": "Hello\nBcc: everyone@harbour.example"},
        {"sender": "a@harbour.example\r\nBcc: b@harbour.example"},
        {"recipients": ("a@harbour.example\nX: y",)},
        {"reply_to": "a@harbour.example\r\n\r\n<script>"},
        {"attachments": (replace(PDF, name="a\r\nb.pdf"),)},
        {"images": (Image(name="a\nb", content=b""),)},
    ],
)
def test_no_text_begins_a_header_of_its_own(change: dict[str, object]) -> None:
    """A line break in a header is refused."""
    with pytest.raises(BadDataError, match="line break"):
        build(replace(LETTER, **change))  # type: ignore[arg-type] # mypy sees any field


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b@c",
        "a@",
        "@b.example",
        "a@b.example, c@d.example",
        "a b@c.example",
        "ü@c.example",
        "a%b@c.example",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """One address each, or an error that says so."""
    with pytest.raises(BadDataError, match=r"is no mail address|cannot carry"):
        build(replace(LETTER, recipients=(address,)))


def test_a_message_id_needs_a_domain() -> None:
    """Words in its place are refused."""
    with pytest.raises(BadDataError, match="no domain"):
        build(replace(LETTER, domain="not a domain"))


@pytest.mark.parametrize(
    ("name", "media_type"), [("report.html", "application/octet-stream"), ("report", "text/html")]
)
def test_html_is_never_attached(name: str, media_type: str) -> None:
    """Such files are held back as phishing, so they are refused before anybody waits for them."""
    with pytest.raises(BadDataError, match="attached as HTML"):
        build(replace(LETTER, attachments=(Attachment(name=name, media_type=media_type, content=b"x"),)))
