"""The documents that come with the code say what is true."""

import re
import tomllib
from pathlib import Path

from pmreport.goals import catalog as catalogue
from pmreport.goals import catalogue_page
from pmreport.metrics import catalog, glossary

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[><=~;, ]", requirement)[0].lower() for requirement in requirements}


def test_every_dependency_is_named_with_its_licence() -> None:
    """THIRD_PARTY.md has a row for each package that pmreport asks for."""
    rows = re.findall(
        r"^\| ([A-Za-z0-9_-]+) \| (\S.*?) \|", (ROOT / "THIRD_PARTY.md").read_text(), re.MULTILINE
    )

    named = {name.lower() for name, _licence in rows}

    assert _names(PROJECT["dependencies"]) <= named


def test_every_extra_is_named() -> None:
    """THIRD_PARTY.md speaks of what each extra brings."""
    text = (ROOT / "THIRD_PARTY.md").read_text().lower()

    wanted = _names([item for items in PROJECT["optional-dependencies"].values() for item in items])

    assert {name for name in wanted if name not in text} == set()


def test_the_readme_is_short_and_names_the_two_commands() -> None:
    """The README stays under 120 lines and starts a newcomer with `make demo` and `make test`."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert len(readme.splitlines()) < 120
    assert "make demo" in readme
    assert "make test" in readme


def test_every_picture_and_file_the_readme_points_to_exists() -> None:
    """No link of the README into the repository is dead."""
    targets = re.findall(
        r"\]\((?!https?:|#|mailto:)([^)#\s]+)", (ROOT / "README.md").read_text(encoding="utf-8")
    )

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_version_is_said_once_and_the_same() -> None:
    """The package and its metadata agree on the version."""
    from pmreport import __version__

    assert __version__ == PROJECT["version"]


def test_the_definitions_are_written_down() -> None:
    """docs/metrics.md is what the code says: `make docs` renews it."""
    written = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")

    assert written == glossary.markdown(catalog.FAMILIES)


def test_the_built_in_goals_are_written_down() -> None:
    """docs/goal-catalogue.md has a row for each of the 23: `make docs` renews it."""
    written = (ROOT / "docs" / "goal-catalogue.md").read_text(encoding="utf-8")

    assert written == catalogue_page.markdown(catalogue.load().values())
    assert sum(line.startswith("| ") for line in written.splitlines()) == 1 + 23


def test_every_file_that_pmreport_keeps_is_told() -> None:
    """docs/privacy.md names whatever the program calls a file or a folder of its own."""
    told = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    named = re.compile(r'(?:own_folder|\bown|config\.folder)\)? / "([a-z.-]+)"')

    kept = {
        name for path in (ROOT / "pmreport").rglob("*.py") for name in named.findall(path.read_text("utf-8"))
    }

    assert {"journal.jsonl", "frozen", "evidence.json", "drafts", "reports"} <= kept
    assert {name for name in kept if name not in told} == set()
