"""What a printed page says, sheet by sheet."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page


def printed(page: Page) -> bytes:
    """The page as the browser prints it, on the paper it asks for."""
    return page.pdf(prefer_css_page_size=True, print_background=True)


def sheets(pdf: bytes) -> list[tuple[float, float]]:
    """The width and height of each sheet, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(width), float(height)) for width, height in boxes]


def words(pdf: bytes, folder: Path) -> list[str]:
    """The words on each sheet, one space apart; skipped where there is no pdftotext."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("needs pdftotext: install poppler-utils")
    file = folder / "printed.pdf"
    file.write_bytes(pdf)
    said = subprocess.run([tool, "-layout", str(file), "-"], capture_output=True, check=True).stdout
    return [" ".join(sheet.split()) for sheet in said.decode().split("\f")[:-1]]
