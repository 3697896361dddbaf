"""A mail as the bytes that travel, and that lie in an .eml file.

Pure: the same letter gives the same bytes, down to the boundaries and the Message-ID.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from pmreport.deliver.addresses import ascii_domain, on_one_line, parse
from pmreport.errors import BadDataError

_POLICY = SMTP.clone(max_line_length=78, cte_type="7bit")
_QUOTED = "quoted-printable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A PNG shown inside the mail, named by `cid:name` in its HTML."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that rides along. Never HTML: such files are held back as phishing."""

    name: str
    media_type: str  # "application/pdf"
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything a mail is made of.

    `sender` and `recipients` are addresses, with or without a name: "J. Sousa <j.sousa@company.example>".
    `date` is an aware instant; `domain` stands in the Message-ID; `list_id` names the kind of report, so that
    people can sort them. A `draft` is opened by mail programs for a person to look at and send.
    `occasion` names what the mail is about: mails of one occasion to the same recipients have one Message-ID,
    so that servers that see both keep one. Empty: the Message-ID follows from all that is said.
    """

    subject: str
    html: str
    text: str
    sender: str
    recipients: tuple[str, ...]
    date: datetime
    domain: str
    list_id: str = ""
    reply_to: str | None = None
    draft: bool = False
    occasion: str = ""
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def build(letter: Letter) -> bytes:
    """The letter as a message with CRLF line ends and no line longer than 78 characters but unbreakable ones.

    Its parts are mixed(alternative(text, related(html, images)), attachments), where a level that would hold
    a single part is left out.

    Raises:
        BadDataError: a header holds a line break, an address is none, or an HTML file is attached.
    """
    message = EmailMessage(policy=_POLICY)
    _write_headers(message, letter)
    _write_bodies(message, letter)
    for attachment in letter.attachments:
        _attach(message, attachment)
    identity = _identity(letter, message)
    message["Message-ID"] = message_id(letter) if letter.occasion else _id_of(identity, letter)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{identity[:24]}_{number}")
    return message.as_bytes()


def message_id(letter: Letter) -> str:
    """The Message-ID of a letter with an occasion: of that and of whom it goes to, in whatever order."""
    people = sorted(parse(recipient, where="To").key for recipient in letter.recipients)
    said = "\n".join((letter.occasion, *people))
    return _id_of(hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest(), letter)


def body_digest(letter: Letter) -> str:
    """The SHA-256 of all that is said, whoever it is said to: of the digests of its parts, in order."""
    digest = hashlib.sha256()
    for content in _contents(letter):
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _id_of(digest: str, letter: Letter) -> str:
    return f"<{digest[:32]}@{_domain(letter.domain)}>"


def _write_headers(message: EmailMessage, letter: Letter) -> None:
    message["From"] = _address("From", letter.sender)
    if letter.recipients:
        message["To"] = tuple(_address("To", recipient) for recipient in letter.recipients)
    message["Subject"] = _header("Subject", letter.subject)
    message["Date"] = format_datetime(letter.date.astimezone(UTC).replace(microsecond=0))
    message["Reply-To"] = _address("Reply-To", letter.reply_to or letter.sender)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if letter.list_id:
        message["List-Id"] = f"<{_label(letter.list_id)}.{_domain(letter.domain)}>"
    if letter.draft:
        message["X-Unsent"] = "1"


def _write_bodies(message: EmailMessage, letter: Letter) -> None:
    message.set_content(letter.text, subtype="plain", charset="utf-8", cte=_QUOTED)
    message.add_alternative(letter.html, subtype="html", charset="utf-8", cte=_QUOTED)
    html = next(part for part in message.walk() if part.get_content_subtype() == "html")
    for image in letter.images:
        name = _header("image", image.name)
        html.add_related(
            image.content, "image", "png", cid=f"<{name}>", filename=f"{name}.png", disposition="inline"
        )


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind, _, subtype = attachment.media_type.partition("/")
    if "html" in subtype or attachment.name.lower().endswith((".html", ".htm", ".xhtml", ".svg")):
        raise BadDataError(
            f"{attachment.name} would be attached as HTML, which mail servers hold back as phishing",
            hint="attach the PDF or the spreadsheet",
        )
    message.add_attachment(
        attachment.content, maintype=kind, subtype=subtype, filename=_header("attachment", attachment.name)
    )


def _identity(letter: Letter, message: EmailMessage) -> str:
    """A fingerprint of all that is said and to whom."""
    digest = hashlib.sha256()
    for name, value in message.items():
        digest.update(f"{name}:{value}\n".encode("utf-8", "surrogatepass"))
    digest.update(body_digest(letter).encode())
    return digest.hexdigest()


def _contents(letter: Letter) -> Iterator[bytes]:
    yield letter.text.encode("utf-8", "surrogatepass")
    yield letter.html.encode("utf-8", "surrogatepass")
    for image in letter.images:
        yield image.content
    for attachment in letter.attachments:
        yield attachment.content


def _header(name: str, value: str) -> str:
    return on_one_line(value, where=name)


def _address(name: str, written: str) -> Address:
    mailbox = parse(written, where=name)
    return Address(display_name=mailbox.name, username=mailbox.local, domain=mailbox.domain)


def _domain(domain: str) -> str:
    return ascii_domain(domain, where="Message-ID")


def _label(name: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-") or "report"
