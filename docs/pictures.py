"""The pictures of the documentation, made anew from a demonstration.

`python docs/pictures.py DEMO`, with the folder of `pmreport demo`, writes PNG files into `pictures/`.
It takes Chromium, pdftoppm (poppler) and LibreOffice; where one of the latter two is missing, its pictures
stay as they are, which is said.
"""

import base64
import email
import io
import re
import shutil
import subprocess
import sys
import tempfile
from email import policy
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent / "pictures"
_COLOURS = 192  # flat areas and text need no more, and a picture stays below 150 kB


def main(demo: Path) -> None:
    """All pictures."""
    reports, chromium = demo / "reports", shutil.which("chromium") or shutil.which("google-chrome")
    HERE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = (reports / "weekly.html").resolve()
        _shot(browser, page, "weekly-light", width=1000, height=1240)
        _shot(browser, page, "weekly-dark", width=1000, height=1240, dark=True)
        _shot(browser, page, "weekly-phone", width=390, height=1500)
        _sheet(reports / "weekly.pdf", "weekly-print")
        with tempfile.TemporaryDirectory() as folder:
            mail = _mail(reports / "weekly.eml", Path(folder))
            _shot(browser, mail, "mail", width=648, height=None)
            _shot(browser, mail, "mail-phone", width=390, height=1425)
            _workbook(next(reports.glob("weekly-*.xlsx")), Path(folder))
        browser.close()


def _shot(
    browser: Browser, page: Path, name: str, *, width: int, height: int | None, dark: bool = False
) -> None:
    """The top of a page, or with `height` None all of it."""
    scheme = "dark" if dark else "light"
    view = browser.new_page(viewport={"width": width, "height": height or 800}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    view.goto(page.as_uri())
    _keep(view.screenshot(full_page=height is None), name)
    view.close()


def _sheet(pdf: Path, name: str) -> None:
    """The first sheet of a printed report."""
    if (tool := _tool("pdftoppm")) and pdf.is_file():
        drawn = subprocess.run(
            [tool, "-r", "100", "-f", "1", "-l", "1", "-png", pdf], check=True, capture_output=True
        )
        _keep(drawn.stdout, name)


def _workbook(book: Path, folder: Path) -> None:
    """The action log as a spreadsheet program shows it."""
    if tool := _tool("soffice"):
        asked = [tool, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
        asked += ["--convert-to", "pdf", "--outdir", str(folder), str(book)]
        subprocess.run(asked, check=True, capture_output=True)
        _sheet(folder / f"{book.stem}.pdf", "action-log")


def _mail(file: Path, folder: Path) -> Path:
    """The page of a mail with its picture in it."""
    mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    body = mail.get_body(("html",))
    html = body.get_content() if body else ""
    for part in mail.walk():
        if name := str(part.get("Content-ID", "")).strip("<>"):
            content = part.get_payload(decode=True)
            data = base64.b64encode(content if isinstance(content, bytes) else b"").decode()
            html = re.sub(f"cid:{re.escape(name)}", f"data:image/png;base64,{data}", html)
    page = folder / "mail.html"
    page.write_text(html, encoding="utf-8")
    return page


def _keep(png: bytes, name: str) -> None:
    """A picture in the colours that it has most of: flat areas keep theirs, edges take the nearest."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    colours, places, counts = np.unique(
        pixels.reshape(-1, 3).astype(int), axis=0, return_inverse=True, return_counts=True
    )
    kept = colours[np.argsort(-counts, kind="stable")[:_COLOURS]]
    nearest = np.array([np.abs(kept - colour).sum(axis=1).argmin() for colour in colours])
    small = Image.fromarray(nearest[places].reshape(pixels.shape[:2]).astype(np.uint8), mode="L")
    small.putpalette(bytes(kept.astype(np.uint8)))
    small.save(HERE / f"{name}.png", optimize=True)


def _tool(name: str) -> str | None:
    found = shutil.which(name)
    if found is None:
        sys.stderr.write(f"{name} is not installed: its picture is left as it is\n")
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
