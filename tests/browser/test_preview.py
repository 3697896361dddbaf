"""The preview as it is started: one server, asked over HTTP and looked at in a browser."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pmreport.cli.boundary import run
from pmreport.demo.dialect import CLOUD
from pmreport.store import journal
from tests.support.configured import configured
from tests.support.simulator import serving
from tests.support.small_sites import motley

STEERING = """\
{# from: weekly #}
{% extends "_page.html.j2" %}
{% block content %}
<p id="mine">First</p>
<details><summary>More</summary>All of it</details>
<p><a id="out" href="https://jira.example/browse/A-1">A-1</a></p>
{% for part in report.sections %}<h2>{{ part.title }}</h2><p class="tall">{{ part.title }}</p>{% endfor %}
{% endblock %}
"""
TALL = "p.tall { height: 90vh }"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Served:
    """A running preview, and the folder of what it shows."""

    folder: Path
    port: int
    below: str

    @property
    def template(self) -> Path:
        """The page of the report that is shown."""
        return self.folder / "mine/steering/page.html.j2"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path below the secret one, or for one from the root."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        whole = path if path.startswith("/") else f"{self.below}{path}"
        connection.request(method, whole, headers=headers)
        got = connection.getresponse()
        answer = Answer(
            got.status, {key.lower(): value for key, value in got.getheaders()}, got.read().decode()
        )
        connection.close()
        return answer

    def state(self) -> Any:
        """Whether the newest could be made, and how often it was."""
        return json.loads(self.ask("state").text)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The command, ended by Ctrl-C, which is a good end."""
    folder = tmp_path_factory.mktemp("preview")
    with serving(motley(CLOUD, ("SHOP",), of_each=5)) as simulator:
        more = '[report]\nproduct = "Shop"\ntemplates = "mine"\n'
        config = configured(folder, simulator.site, "SHOP", more=more)
        assert run(["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    (folder / "mine/steering").mkdir(parents=True)
    (folder / "mine/steering/page.html.j2").write_text(STEERING)
    (folder / "mine/theme.css").write_text(TALL)
    words = ["--config", str(config), "preview", "steering", "--watch", "--no-open"]
    command = [sys.executable, "-m", "pmreport", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "HOME": str(folder)}
    ) as child:
        assert child.stdout is not None
        _, _, host, below, _ = child.stdout.readline().strip().split("/")
        yield Served(folder, int(host.rpartition(":")[2]), f"/{below}/")
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=30) == 0


@pytest.fixture(autouse=True)
def whole(served: Served) -> Iterator[None]:
    """Every test finds the files as they were."""
    kept = {path: path.read_text() for path in (served.template, served.folder / "pmreport.toml")}
    yield
    for path, text in kept.items():
        path.write_text(text)


def test_the_page_stands_in_a_frame_of_this_server(served: Served) -> None:
    """Nothing is fetched but what this server has; the page keeps its own policy, and fetches nothing."""
    frame, page = served.ask(""), served.ask("page")

    assert '<iframe src="page"' in frame.text
    assert "default-src 'none'" in frame.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in frame.headers["content-security-policy"]
    assert '<p id="mine">First</p>' in page.text
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert "connect-src" not in page.headers["content-security-policy"] + page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("", "GET", {"Host": "evil.example"}, 421),
        ("", "GET", {"Host": "127.0.0.1"}, 421),
        ("page", "GET", {"Host": "127.0.0.1.evil.example"}, 421),
        ("", "POST", {}, 405),
        ("page", "OPTIONS", {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}, 405),
        ("/", "GET", {}, 404),
        ("/page", "GET", {}, 404),
        ("../pmreport.toml", "GET", {}, 404),
        ("..%2f..%2fpmreport.toml", "GET", {}, 404),
        ("theme.css", "GET", {}, 404),
        ("page", "HEAD", {}, 200),
        ("page", "GET", {"Origin": "https://evil.example"}, 200),
    ],
)
def test_strangers_are_turned_away(
    served: Served, path: str, method: str, headers: dict[str, str], status: int
) -> None:
    """Who calls the server by another name, wants to write, or does not know the address."""
    answer = served.ask(path, method, **headers)

    assert answer.status == status
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.text == "" or method != "HEAD"


def test_it_can_be_called_localhost(served: Served) -> None:
    """As a person might type it."""
    assert served.ask("page", Host=f"localhost:{served.port}").status == 200


def test_a_fault_is_a_page_with_its_line_and_the_last_good_one_stays(served: Served) -> None:
    """Until it is mended; what is shown of the template is escaped."""
    before = served.state()
    served.template.write_text(STEERING.replace("report.sections", "report.sectons"))

    broken, last, state = served.ask("page"), served.ask("last"), served.state()
    served.template.write_text(STEERING.replace("First", "Second"))
    mended = served.ask("page")

    assert state == {"number": before["number"] + 1, "is_whole": False}
    assert broken.status == 500
    assert "did you mean &#34;sections&#34;?" in broken.text
    assert f"{served.template}:7" in broken.text
    assert "<b>4</b>" not in broken.text
    assert "&lt;details&gt;" in broken.text
    assert "First" in last.text
    assert (mended.status, "Second" in mended.text) == (200, True)


def test_the_draft_and_the_configuration_are_followed(served: Served) -> None:
    """What is being written is shown, and is not yet kept in the journal; a fault has its place."""
    config = served.folder / "pmreport.toml"
    text = config.read_text()
    config.write_text(text.replace('"Shop"', '"Harbour"'))
    renamed = served.ask("page")
    config.write_text(text.replace("product =", "prodct ="))
    broken = served.ask("page")
    config.write_text(text)
    week = renamed.text.partition('class="kicker">')[2][:8]
    draft = served.folder / f"drafts/{week}.weekly.md"
    draft.parent.mkdir(exist_ok=True)
    draft.write_text("+++\nbotom_line = 'x'\n+++\n")
    misspelt = served.ask("page")
    own = draft.read_bytes()
    assert (
        run(["--config", str(config), "report", "steering"], {}) == 65
    )  # what is typed stays as it was typed
    assert draft.read_bytes() == own
    draft.write_text("+++\nbottom_line = 'All is well.'\n+++\n")
    written = served.ask("page")
    draft.unlink()

    assert "Harbour" in renamed.text
    assert "did you mean &#34;product&#34;?" in broken.text
    assert "did you mean &#34;bottom_line&#34;?" in misspelt.text
    assert written.status == 200
    assert journal.read(served.folder / "journal.jsonl").entries == ()


def test_the_browser_loads_it_again_where_it_stood(served: Served, browser: Browser) -> None:
    """Under its own policies: a change arrives, a fold stays open, and a link opens beside it."""
    context = browser.new_context(viewport={"width": 900, "height": 700})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"http://127.0.0.1:{served.port}{served.below}")
    shown = page.frame_locator("iframe")
    shown.locator("summary").click()
    page.frames[1].evaluate("scrollTo(0, 400)")

    served.template.write_text(STEERING.replace("First", "Second"))
    shown.get_by_text("Second").wait_for()

    assert _soon(lambda: page.frames[1].evaluate("scrollY") == 400)
    assert shown.locator("details").get_attribute("open") is not None
    with context.expect_page() as opened:
        shown.locator("#out").click()
    assert opened.value.url in (
        "https://jira.example/browse/A-1",
        "about:blank",
        "chrome-error://chromewebdata/",
    )
    assert _frame_stays(page)
    assert said == []
    context.close()


def _soon(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def _frame_stays(page: Page) -> bool:
    return page.frames[1].url.startswith("http://127.0.0.1")


def test_a_report_of_ones_own_is_written_by_its_name(
    served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its page is its own, its text that of the weekly; a name that is none is told with the nearest."""
    command = ["--config", str(served.folder / "pmreport.toml"), "report"]

    assert run([*command, "steering", "--format", "html,txt", "--out", str(tmp_path)], {}) == 0
    assert run([*command, "sterring"], {}) == 2
    assert run([*command, "steering", "--sprint", "7"], {}) == 2
    assert run(["--config", str(tmp_path / "none.toml"), "report", "wekly"], {}) == 2

    said = capsys.readouterr().err
    assert '<p id="mine">First</p>' in (tmp_path / "steering.html").read_text()
    assert "weekly" not in [path.stem for path in tmp_path.iterdir()]
    assert (tmp_path / "steering.txt").read_text().strip()
    assert 'there is no report "sterring"; did you mean "steering"?' in said
    assert "the steering report takes no --sprint" in said
    assert 'there is no report "wekly"; did you mean "weekly"?' in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["weekli"], 'there is no report "weekli"; did you mean "weekly"?'),
        (["weekly", "--sprint", "7"], "the weekly report takes no --sprint"),
        (["weekly", "--port", "{port}"], "cannot be had"),
    ],
)
def test_what_cannot_be_shown_is_told_at_once(
    served: Served, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is served then."""
    asked = [word.format(port=served.port) for word in words]

    assert run(["--config", str(served.folder / "pmreport.toml"), "preview", *asked], {}) == 2
    assert said in capsys.readouterr().err
