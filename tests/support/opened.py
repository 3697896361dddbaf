"""A file as whoever gets it could read it: its bytes, and what is packed or written otherwise in them."""

import base64
import binascii
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32
from urllib.parse import unquote

from tests.support import pdf

_DATA = re.compile(rb"base64,([A-Za-z0-9+/=\s]+)")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def texts(name: str, content: bytes) -> Iterator[str]:
    """Every text in a file: as it lies there, without entities and escapes, and what is packed into it."""
    yield from _plain(content)
    match name.rpartition(".")[2]:
        case "eml":
            yield from _mail(content)
        case "xlsx" | "zip":
            yield from _archive(content)
        case "pdf":
            yield from _pdf(content)


def _plain(content: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be") if b"\0" in content else ("utf-8",):
        text = content.decode(encoding, "replace")
        yield text
        yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), unquote(html.unescape(text)))
    for packed in _DATA.findall(content):
        try:
            yield base64.b64decode(packed).decode(errors="replace")
        except binascii.Error:
            continue


def _mail(content: bytes) -> Iterator[str]:
    for part in message_from_bytes(content, policy=compat32).walk():
        for name, value in part.items():
            yield f"{name}: {make_header(decode_header(str(value)))}"
        inner = part.get_payload(decode=True)
        if isinstance(inner, bytes):
            yield from texts(part.get_filename() or "", inner)


def _archive(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield archive.comment.decode(errors="replace")
        for name in archive.namelist():
            yield name
            yield from texts(name, archive.read(name))


def _pdf(content: bytes) -> Iterator[str]:
    """The words of the pages, and the bare streams."""
    for stream in _STREAM.findall(content):
        try:
            yield from _plain(zlib.decompressobj().decompress(stream))
        except zlib.error:
            continue
    if content.startswith(b"%PDF"):
        yield from pdf.words(content)
