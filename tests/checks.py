"""Every check and test, in one run: `make test`.

The last line counts and names what did not run on this machine, because something was not found. With
`--require all` (continuous integration) a missing part is a failure.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = str((os.cpu_count() or 1) + 2)  # a test waits a third of its time: for a server, a lock, a browser
PURE = ("model", "stats", "metrics", "goals", "report")
STATIC = (
    ("ruff", ["ruff", "check", "--quiet", "."]),
    ("format", ["ruff", "format", "--quiet", "--check", "."]),
    ("types", ["mypy", "--no-error-summary"]),
    ("layers", ["lint-imports", "--no-logo"]),
)


def main() -> int:
    """Run the checks in turn; the exit status is 0 only when every one held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--require", choices=["all"], help="a missing part is a failure")
    parser.add_argument("rest", nargs="*", help="words for pytest")
    words = parser.parse_args()
    bin_folder = Path(sys.executable).parent
    environment = dict(os.environ, PATH=f"{bin_folder}{os.pathsep}{os.environ.get('PATH', '')}")
    # each worker would compile every test and rewrite its asserts anew: eight seconds apiece
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    failed = [name for name, command in STATIC if not _held(name, command, environment)]
    with tempfile.TemporaryDirectory() as folder:
        skips = Path(folder, "skips.json")
        environment["PMREPORT_TEST_SKIPS"] = str(skips)
        if words.require:
            environment["PMREPORT_TEST_REQUIRE"] = words.require
        _clear_coverage()
        # in the order of tests/conftest.py, and not the files with the most tests first
        pytest = ["pytest", "-q", "-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder"]
        pytest += ["--cov", "--cov-report=", *words.rest]
        if not _held("tests", pytest, environment):
            failed.append("tests")
        missing: dict[str, int] = json.loads(skips.read_text()) if skips.exists() else {}
    if not words.rest and not _coverage_held(environment):
        failed.append("coverage")

    print(f"failed: {', '.join(failed)}" if failed else "every check held")
    print(_last_line(missing))
    return 1 if failed or (words.require and missing) else 0


def _held(name: str, command: list[str], environment: dict[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    held = done.returncode == 0
    print(f"{name}: {'held' if held else 'FAILED'} ({time.monotonic() - began:.0f} s)", flush=True)
    return held


def _clear_coverage() -> None:
    for stale in ROOT.glob(".coverage*"):
        stale.unlink()


def _coverage_held(environment: dict[str, str]) -> bool:
    """The pure rooms are covered whole, branches too; the rim to nine tenths."""
    pure = ",".join(f"pmreport/{room}/*" for room in PURE)
    whole = _held(
        "coverage of the pure core",
        ["coverage", "report", f"--include={pure}", "--fail-under=100"],
        environment,
    )
    rim = _held(
        "coverage of the rim", ["coverage", "report", f"--omit={pure}", "--fail-under=90"], environment
    )
    return whole and rim


def _last_line(missing: dict[str, int]) -> str:
    if not missing:
        return "not run: 0 (everything was found and ran)"
    named = "; ".join(f"{count} {reason}" for reason, count in sorted(missing.items()))
    return f"not run: {sum(missing.values())} ({named})"


if __name__ == "__main__":
    sys.exit(main())
