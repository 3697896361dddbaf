"""The browser that prints: the one that is named, else the first that is installed."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pmreport.errors import ConfigurationError

VARIABLE = "PMREPORT_BROWSER"
_COMMANDS = (
    "microsoft-edge",
    "microsoft-edge-stable",
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "msedge",
    "chrome",
)
_WINDOWS = (
    r"Microsoft\Edge\Application\msedge.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
)
_MACOS = ("Google Chrome", "Microsoft Edge", "Chromium")


def browser(named: str | None, environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The program to run; None where none is installed.

    `named` is what the configuration names; PMREPORT_BROWSER goes before it. Raises ConfigurationError where
    what is named is not there: another one in its place would be a surprise.
    """
    wanted = environ.get(VARIABLE) or named
    if wanted:
        found = shutil.which(wanted, path=environ.get("PATH"))
        if found is None:
            raise ConfigurationError(
                f"there is no browser to run at {wanted}",
                where=VARIABLE if environ.get(VARIABLE) else "[report] browser",
                hint="name the program of Edge, Chrome or Chromium, or leave it out to have one found",
            )
        return Path(found)
    return next(_installed(environ, platform), None)


def _installed(environ: Mapping[str, str], platform: str) -> Iterator[Path]:
    for name in _COMMANDS:
        if found := shutil.which(name, path=environ.get("PATH")):
            yield Path(found)
    yield from (place for place in usual_places(environ, platform) if place.is_file())


def usual_places(environ: Mapping[str, str], platform: str) -> Iterator[Path]:
    """Where a browser lies that is not on the path, as on Windows and macOS."""
    if platform == "win32":
        bases = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        yield from (Path(environ[base], place) for place in _WINDOWS for base in bases if environ.get(base))
    if platform == "darwin":
        roots = (Path("/Applications"), Path(environ.get("HOME", "/"), "Applications"))
        yield from (root / f"{name}.app/Contents/MacOS/{name}" for name in _MACOS for root in roots)
