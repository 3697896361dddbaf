"""What a printed page says, sheet by sheet."""

import io
import re

from playwright.sync_api import Page
from pypdf import PdfReader


def printed(page: Page) -> bytes:
    """The page as the browser prints it, on the paper it asks for."""
    return page.pdf(prefer_css_page_size=True, print_background=True)


def sheets(pdf: bytes) -> list[tuple[float, float]]:
    """The width and height of each sheet, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(width), float(height)) for width, height in boxes]


def words(pdf: bytes) -> list[str]:
    """The words on each sheet, one space apart."""
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]
