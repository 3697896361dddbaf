"""The first hour of a new user at a terminal: `init`, `sync`, `report`, typed as a person types."""

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmreport.config import load
from pmreport.demo.dialect import CLOUD, DATACENTER
from pmreport.demo.process import RunningSimulator
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import motley
from tests.support.typing_person import at_terminal, home_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")

PROJECTS = ("SHOP", "APP", "OPS")


@pytest.fixture(scope="module")
def cloud() -> Iterator[Simulator]:
    """A Jira Cloud site of one's own."""
    with serving(motley(CLOUD, PROJECTS)) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def center() -> Iterator[Simulator]:
    """A Jira Data Center site of one's own."""
    with serving(motley(DATACENTER, PROJECTS)) as simulator:
        yield simulator


def typed(
    folder: Path, *words: str, stdin: str | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """A command without a terminal; with `stdin` something is piped into it."""
    given = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
    return subprocess.run(
        [sys.executable, "-m", "pmreport", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=home_of(folder, **more),
        timeout=120,
        **given,
    )


def flags(site: RunningSimulator, **more: str) -> list[str]:
    """The options that say everything `init` would ask for."""
    said = {"url": site.url, "email": site.email, "project": "SHOP", **more}
    return ["init", *(word for name, value in said.items() if value for word in (f"--{name}", value))]


def test_a_new_user_comes_from_nothing_to_a_weekly_report(cloud: Simulator, tmp_path: Path) -> None:
    """Typed in turn: init, sync, report weekly; six answers lead to a report about the chosen project."""
    site = cloud.site
    with at_terminal(tmp_path, "init") as somebody:
        somebody.answers("Address of your Jira", site.url)
        somebody.answers("Email", site.email or "")
        somebody.answers("Token:", site.token)
        somebody.answers("Projects", "shop")
        somebody.answers("Boards", "")
        somebody.answers(f"Time zone of the reports [{site.user_zone}]", "Europe/Berlin")
        assert somebody.ends() == 0, somebody.screen
    with at_terminal(tmp_path, "sync") as syncing:
        assert syncing.ends() == 0, syncing.screen
    with at_terminal(tmp_path, "report", "weekly") as reporting:
        assert reporting.ends() == 0, reporting.screen

    page = Path(tmp_path, "reports").rglob("weekly.html")
    config = load(tmp_path / "pmreport.toml")
    assert "SHOP" in next(page).read_text("utf-8")
    assert (config.scope.projects, config.scope.boards) == (("SHOP",), ())
    assert config.calendar.time_zone == "Europe/Berlin"
    assert site.token not in somebody.screen + (tmp_path / "pmreport.toml").read_text("utf-8")
    assert json.loads((tmp_path / "keyring.json").read_text()) == {f"pmreport jira:{site.url}": site.token}
    assert "pmreport sync" in somebody.screen


def test_a_wrong_answer_is_asked_for_again(cloud: Simulator, tmp_path: Path) -> None:
    """Each mistake of a first hour gets a sentence and a second chance; what was typed is the default."""
    site = cloud.site
    with at_terminal(tmp_path, "init") as somebody:
        somebody.answers("Address of your Jira", "http://jira.acme.example")
        somebody.waits_for("plain http would send the token unprotected; write https://")
        somebody.answers("Address of your Jira", "https://127.0.0.1:9")
        somebody.waits_for("the connection was refused")
        somebody.answers("[https://127.0.0.1:9]", f"{site.url}/browse/SHOP-1")
        somebody.answers("Email", "nobody")
        somebody.waits_for('a mail address looks like "pm@acme.example"')
        somebody.answers("Email", "someone@else.example")
        somebody.answers("Token:", site.token)
        somebody.waits_for("check the email")
        somebody.answers("Email", site.email or "")
        somebody.answers("Enter: the same again", "two words")
        somebody.waits_for("what was found is no token")
        somebody.answers(f"[{site.email}]", "")
        somebody.answers("Enter: the same again", "")
        somebody.answers("Projects", "shup")
        somebody.waits_for("did you mean SHOP?")
        somebody.answers("Projects", "1, shop")
        somebody.answers("Boards", "99")
        somebody.waits_for("these projects have no board 99")
        somebody.answers("Boards", "11")
        somebody.answers("Time zone", "Europe/Berln")
        somebody.waits_for('there is no time zone "Europe/Berln"')
        somebody.answers("Time zone", "")
        status = somebody.ends()

    config = load(tmp_path / "pmreport.toml")
    assert status == 0, somebody.screen
    assert config.site.url == site.url
    assert config.scope.boards == (11,)
    assert "SHOP" in config.scope.projects
    assert config.calendar.time_zone == site.user_zone
    assert "two words" not in somebody.screen


def test_a_user_of_data_center_is_asked_for_a_personal_access_token(
    center: Simulator, tmp_path: Path
) -> None:
    """No email; the context path is kept; the configuration reads the site."""
    site = center.site
    with at_terminal(tmp_path, "init") as somebody:
        somebody.answers("Address of your Jira", f"{site.url}/secure/Dashboard.jspa")
        somebody.waits_for("A personal access token is made in Jira")
        somebody.answers("Token:", site.token)
        somebody.answers("Projects", "OPS")
        somebody.answers("Boards", "")
        somebody.answers("Time zone", "")
        assert somebody.ends() == 0, somebody.screen

    fields = typed(tmp_path, "discover", "fields")
    config = load(tmp_path / "pmreport.toml")
    assert "Email" not in somebody.screen
    assert (config.site.url, config.site.email, str(config.site.deployment)) == (site.url, None, "datacenter")
    assert fields.returncode == 0, fields.stderr
    assert "OPS:" in fields.stdout or "story_points =" in fields.stdout


def test_a_configuration_that_is_there_is_not_written_over(cloud: Simulator, tmp_path: Path) -> None:
    """At a terminal it is asked first, and No means no. Elsewhere --force keeps the old one."""
    mine = tmp_path / "pmreport.toml"
    mine.write_text("# mine\n")
    with at_terminal(tmp_path, "init") as somebody:
        somebody.answers("Write a new one", "")
        declined = somebody.ends()
    refused = typed(tmp_path, *flags(cloud.site), PMREPORT_JIRA_TOKEN=cloud.site.token)
    untouched = mine.read_text()
    forced = typed(tmp_path, *flags(cloud.site), "--force", PMREPORT_JIRA_TOKEN=cloud.site.token)

    assert (declined, refused.returncode, untouched) == (2, 2, "# mine\n")
    assert "there is a configuration already" in refused.stderr
    assert forced.returncode == 0, forced.stderr
    assert (tmp_path / "pmreport.toml.1.bak").read_text() == "# mine\n"
    assert load(mine).scope.projects == ("SHOP",)


def test_ctrl_c_leaves_nothing_behind(cloud: Simulator, tmp_path: Path) -> None:
    """Neither a configuration nor a token; the exit status is that of an interrupted program."""
    with at_terminal(tmp_path, "init") as somebody:
        somebody.answers("Address of your Jira", cloud.site.url)
        somebody.waits_for("Email")
        somebody.interrupts()
        assert somebody.ends() == 130

    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_without_a_keyring_a_person_is_told_before_the_token_is_typed(
    cloud: Simulator, tmp_path: Path
) -> None:
    """The configuration is written all the same, and the ways to give the token are named."""
    site = cloud.site
    null = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    with at_terminal(tmp_path, *flags(site), **null) as somebody:
        somebody.waits_for("this system has no keyring that keeps a token safe")
        somebody.answers("Token:", site.token)
        somebody.answers("Boards", "")
        somebody.answers("Time zone", "")
        assert somebody.ends() == 0, somebody.screen

    assert "--insecure-storage" in somebody.screen
    assert "Set PMREPORT_JIRA_TOKEN" in somebody.screen
    assert load(tmp_path / "pmreport.toml").scope.projects == ("SHOP",)


def test_a_login_is_typed_unseen_and_tried_again(cloud: Simulator, tmp_path: Path) -> None:
    """A wrong token is asked for once more; none of the two appears on the screen."""
    typed(tmp_path, *flags(cloud.site), PMREPORT_JIRA_TOKEN=cloud.site.token)

    with at_terminal(tmp_path, "auth", "login") as somebody:
        somebody.answers(f"Token for {cloud.site.url}:", "gehe1m")
        somebody.waits_for("Jira refused the token")
        somebody.answers(f"Token for {cloud.site.url}:", cloud.site.token)
        assert somebody.ends() == 0, somebody.screen

    assert "It is kept here: keyring" in somebody.screen
    assert "gehe1m" not in somebody.screen
    assert cloud.site.token not in somebody.screen


# -- without a terminal


def test_options_and_a_piped_token_need_no_terminal(cloud: Simulator, tmp_path: Path) -> None:
    """The path of the file alone goes to standard output; the token goes to the keyring."""
    done = typed(
        tmp_path,
        *flags(cloud.site, board="11", name="shop", expires="2027-03-31"),
        "--token-stdin",
        stdin=f"{cloud.site.token}\n",
    )
    status = typed(tmp_path, "auth", "status")

    config = load(tmp_path / "pmreport.toml")
    assert (done.returncode, done.stdout) == (0, "pmreport.toml\n"), done.stderr
    assert (config.site.name, config.scope.boards) == ("shop", (11,))
    assert config.calendar.time_zone == cloud.site.user_zone
    assert status.returncode == 0, status.stderr
    assert "expires  2027-03-31" in status.stdout


@pytest.mark.parametrize(
    ("words", "environ", "status", "said"),
    [
        (["init"], {}, 2, "--url is missing, and there is no terminal to ask at"),
        (["init", "--url", "http://jira.acme.example"], {}, 2, "plain http would send the token unprotected"),
        (["init", "--url", "https://127.0.0.1:9"], {}, 69, "the connection was refused"),
        (["init", "--url", "{url}"], {}, 2, "--email is missing"),
        (["init", "--url", "{url}", "--email", "{email}"], {}, 77, "there is no token for {url}"),
        (["init", "--url", "{url}", "--email", "{email}"], {"TOKEN": "wrong"}, 77, "Jira refused the token"),
        (
            ["init", "--url", "{url}", "--email", "{email}"],
            {"TOKEN": "{token}"},
            2,
            "which projects shall be read",
        ),
        (
            ["init", "--url", "{url}", "--email", "{email}", "--project", "SHIP"],
            {"TOKEN": "{token}"},
            2,
            "did you mean SHOP?",
        ),
        (
            ["init", "--url", "{url}", "--email", "{email}", "--project", "SHOP", "--board", "99"],
            {"TOKEN": "{token}"},
            2,
            "these projects have no board 99",
        ),
        (
            ["init", "--url", "{url}", "--email", "{email}", "--project", "SHOP", "--time-zone", "Mars"],
            {"TOKEN": "{token}"},
            2,
            'there is no time zone "Mars"',
        ),
        (["init", "--url", "{url}", "--name", "my site"], {}, 2, "a site's name is letters, digits"),
        (["init", "--url", "{url}", "--ca-bundle", "nope.pem"], {}, 78, "there is no file of this name"),
        (["init", "--url", "{url}", "--expires", "soon"], {}, 2, '"soon" is no day'),
        (
            ["init", "--url", "{url}", "--email", "{email}", "--token-stdin"],
            {},
            77,
            "no token came over standard input",
        ),
    ],
    ids=lambda value: " ".join(value[1:]) if isinstance(value, list) else None,
)
def test_a_wrong_option_ends_with_a_sentence_and_a_status(
    cloud: Simulator,
    tmp_path: Path,
    words: list[str],
    environ: dict[str, str],
    status: int,
    said: str,
) -> None:
    """Nothing is asked, nothing is written, and the token is not shown."""
    site = {"url": cloud.site.url, "email": cloud.site.email, "token": cloud.site.token}
    given = {f"PMREPORT_JIRA_{name}": value.format(**site) for name, value in environ.items()}

    done = typed(tmp_path, *(word.format(**site) for word in words), **given)

    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    assert said.format(**site) in done.stderr
    assert cloud.site.token not in done.stderr
    assert not (tmp_path / "pmreport.toml").exists()


def test_insecure_storage_is_the_only_way_to_a_plain_file(cloud: Simulator, tmp_path: Path) -> None:
    """Without it a machine that has no keyring keeps nothing; with it the next command finds the token."""
    null = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    words, token = [*flags(cloud.site), "--token-stdin"], cloud.site.token
    refused = typed(tmp_path, *words, stdin=token, **null)
    kept = typed(tmp_path, *words, "--insecure-storage", stdin=token, **null)
    status = typed(tmp_path, "auth", "status", **null)

    [file] = (tmp_path / "home").rglob("insecure-tokens.json")
    assert refused.returncode == 77
    assert "--insecure-storage" in refused.stderr
    assert kept.returncode == 0, kept.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (status.returncode, "warning: the token lies in a plain file" in status.stderr) == (0, True)
    assert token not in status.stdout + status.stderr
