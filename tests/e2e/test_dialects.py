"""Both products of Jira, read by the same program."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Demo, pmreport

LAST_INSTANT = "2026-11-23T07:30:00Z"


@pytest.fixture(scope="module")
def datacenter(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demonstration of Data Center; nobody asks for its PDF."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out") / "demo"

    words = ("demo", "--no-open", "--dialect", "datacenter", "--out", str(folder))
    done = pmreport(home, *words, PMREPORT_BROWSER=str(home / "none"))

    assert done.returncode == 0, done.stderr
    return Demo(folder=folder, printed=done.stdout, home=home)


@pytest.mark.parametrize("number", ["sprints", "estimates", "followups"])
def test_cloud_and_data_center_give_the_same_numbers(demo: Demo, datacenter: Demo, number: str) -> None:
    """The same work on either product comes out the same, to the last digit."""
    cloud, center = (one.run("show", number, "--json", "--as-of", LAST_INSTANT) for one in (demo, datacenter))

    assert cloud.returncode == center.returncode == 0
    assert cloud.stdout == center.stdout


def test_cloud_and_data_center_give_the_same_weekly(demo: Demo, datacenter: Demo) -> None:
    """The weekly says the same words about either product."""
    cloud, center = (
        Path(one.folder, "reports", "weekly.txt").read_text("utf-8") for one in (demo, datacenter)
    )

    assert cloud == center
