"""A page as a PDF: which browser prints it, and what happens when there is none or it fails."""

import os
import time
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from pmreport.app import pdf
from pmreport.app.pdf import browser, find, make
from pmreport.errors import ConfigurationError, PmreportError, StorageFullError

PAGE = b"<!doctype html><html lang=en><title>Week</title><p>Seen <img src='http://127.0.0.1:9/x.png'>"
THEN = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def program(folder: Path, text: str, name: str = "chromium") -> Path:
    """A browser of a few lines of shell; `$made` is where the PDF is wanted."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    found = 'for word in "$@"; do case "$word" in --print-to-pdf=*) made="${word#*=}";; esac; done\n'
    path.write_text(f"#!/bin/sh\n{found}{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_real_browser_prints_the_page_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PDF dated as of the report; no profile, no page and no process stays."""
    found = find.browser(None, os.environ)
    if found is None:
        pytest.skip("needs Edge, Chrome or Chromium")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    content = pdf.render(PAGE, str(found), as_of=THEN)

    assert content.startswith(b"%PDF-")
    assert b"(D:20261120170000+00'00')" in content
    assert list(tmp_path.iterdir()) == []


def test_weasyprint_makes_one_where_there_is_no_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fetches nothing either."""
    monkeypatch.setenv("PATH", str(tmp_path))
    if find_spec("weasyprint") is None:
        pytest.skip("needs the extra pdf")

    assert pdf.render(PAGE, None, as_of=THEN).startswith(b"%PDF-")


def test_without_a_browser_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install one, name one, or print the page by hand."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(make, "find_spec", lambda _: None)

    with pytest.raises(PmreportError, match="no browser on this computer") as caught:
        pdf.render(PAGE, None, as_of=THEN)

    assert "PMREPORT_BROWSER" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('echo "first" >&2; echo "cannot open display" >&2; exit 3', "made no PDF: cannot open display"),
        ("exit 0", "made no PDF: it said nothing"),
        ('echo "not one" > "$made"', "made no PDF"),
        ('echo "%PDF-1.7 half" > "$made"', "made no PDF"),
    ],
    ids=["complains", "silent", "something else", "half a PDF"],
)
def test_a_browser_that_makes_no_pdf_is_told_in_its_own_words(tmp_path: Path, text: str, why: str) -> None:
    """With the program, so that another one can be named."""
    path = program(tmp_path, text)

    with pytest.raises(PmreportError, match=why) as caught:
        browser.printed(PAGE, path)

    assert caught.value.where == str(path)


def test_a_full_disk_is_no_fault_of_the_browser(tmp_path: Path) -> None:
    """What it could still write is no PDF, and another browser would do no better."""
    path = program(tmp_path, 'echo "%PDF-1.7 half" > "$made"; echo "No space left on device" >&2')

    with pytest.raises(StorageFullError, match="the disk is full; no PDF was made"):
        browser.printed(PAGE, path)


def test_a_browser_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    """After a minute, here after less."""
    path = program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait")

    with pytest.raises(PmreportError, match="made no PDF in 0 seconds and was ended"):
        browser.printed(PAGE, path, seconds=0.4)

    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(child)


def alive(process: int) -> bool:
    """Whether a process still runs; one that only waits to be counted does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_program_that_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    """Such as one for another kind of computer."""
    path = tmp_path / "chromium"
    path.write_bytes(b"\x00\x01")
    path.chmod(0o755)

    with pytest.raises(PmreportError, match="the browser cannot be started"):
        browser.printed(PAGE, path)


def test_no_secret_goes_to_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pmreport is told by the environment stays there."""
    monkeypatch.setenv("PMREPORT_JIRA_TOKEN", "secret-token")
    path = program(tmp_path, f'env > {tmp_path}/env; printf "%%PDF-%%%%EOF" > "$made"')

    browser.printed(PAGE, path)

    assert "PMREPORT_" not in (tmp_path / "env").read_text(encoding="utf-8")


def test_the_browser_that_is_named_is_taken(tmp_path: Path) -> None:
    """By the environment before the configuration, before what is found; never another in its place."""
    one, other = program(tmp_path / "a", ""), program(tmp_path / "b", "", name="msedge")
    path = {"PATH": str(tmp_path / "a")}

    assert find.browser(None, path) == one
    assert find.browser(str(other), path) == other
    assert find.browser(str(one), {**path, "PMREPORT_BROWSER": str(other)}) == other
    with pytest.raises(ConfigurationError, match="no browser to run at nothing"):
        find.browser("nothing", path)


def test_browsers_are_looked_for_where_windows_and_macos_keep_them(tmp_path: Path) -> None:
    """They are on no path there."""
    windows = list(find.usual_places({"PROGRAMFILES": "C:/P", "LOCALAPPDATA": "C:/L"}, "win32"))
    apps = tmp_path / "Applications" / "Chromium.app" / "Contents" / "MacOS"
    program(apps, "", name="Chromium")

    assert len(windows) == 6
    assert find.browser(None, {"PATH": str(tmp_path), "HOME": str(tmp_path)}, "darwin") == apps / "Chromium"
    assert find.browser(None, {"PATH": str(tmp_path)}, "linux") is None
