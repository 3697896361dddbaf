"""Schedules as a system reads and runs them, with a stand-in for pmreport that notes what it is told."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pmreport.app.schedule import cron, systemd
from tests.unit.test_schedule import JOB

STAND_IN = """#!/bin/sh
echo "$3 $4" >>"$0.said"
echo "this is $3"
test -e "$0.$3" || exit 0; read -r status <"$0.$3"
tail -n +2 "$0.$3" >"$0.rest"; mv "$0.rest" "$0.$3"
exit "$status"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an odd name; in it a stand-in for pmreport, and a sleep that takes no time."""
    folder = tmp_path / "my team 100% 'o' $HOME"
    folder.mkdir()
    for name, text in (("pmreport", STAND_IN), ("sleep", "#!/bin/sh\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o700)
    return folder


def _run(place: Path) -> tuple[int, str, list[str]]:
    job = replace(
        JOB, program=(str(place / "pmreport"),), config=place / "pmreport.toml", flock=shutil.which("flock")
    )
    environ = {**os.environ, "PATH": f"{place}:/usr/bin:/bin"}
    line = cron.text(job).splitlines()[-1].split(" ", 5)[5].replace(r"\%", "%")  # as cron undoes it
    ended = subprocess.run(["/bin/sh", "-c", line], env=environ, capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    return ended.returncode, ended.stdout, (place / "pmreport.said").read_text().splitlines()


def test_a_run_of_cron_that_succeeds_says_nothing(place: Path) -> None:
    """Cron mails whatever is said: a good week sends no mail but the report."""
    assert _run(place) == (0, "", ["sync --wait", "tag ", "report weekly", "send weekly"])


def test_a_run_of_cron_goes_on_after_a_while_where_jira_was_not_reached(place: Path) -> None:
    """The first attempt finds no network, the second a busy Jira; the third does all of it."""
    (place / "pmreport.sync").write_text("69\n75\n0\n")

    status, said, commands = _run(place)

    assert (status, said) == (0, "")
    assert [each.split()[0] for each in commands] == ["sync", "sync", "sync", "tag", "report", "send"]


def test_a_run_of_cron_that_fails_says_why_and_sends_nothing(place: Path) -> None:
    """After a refused token nothing is tried again, and what the command said is there to be mailed."""
    (place / "pmreport.report").write_text("65\n")

    status, said, commands = _run(place)

    assert status == 65
    assert said == "this is sync\nthis is tag\nthis is report\n"
    assert not [each for each in commands if each.startswith("send")]


def test_a_run_of_cron_gives_up_in_the_end(place: Path) -> None:
    """Four attempts, and then the status that a person finds."""
    (place / "pmreport.sync").write_text("75\n" * 9)

    status, said, commands = _run(place)

    assert (status, said, len(commands)) == (75, "this is sync\n", 4)


def test_systemd_understands_the_units(place: Path) -> None:
    """The script writes three units, and systemd has no word to say against them."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    job = replace(JOB, program=(str(place / "pmreport"),), config=place / "pmreport.toml")
    environ = {**os.environ, "XDG_CONFIG_HOME": str(place), "XDG_RUNTIME_DIR": str(place)}

    subprocess.run(["/bin/sh"], input=systemd.text(job), text=True, env=environ, check=True)
    units = sorted((place / "systemd/user").iterdir())
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *units],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )

    assert [unit.name.removeprefix(JOB.name) for unit in units] == ["-failed.service", ".service", ".timer"]
    said = (verified.stdout + verified.stderr).splitlines()
    assert [
        line for line in said if JOB.name in line
    ] == []  # of units of the machine it may say what it likes
