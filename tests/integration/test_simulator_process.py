"""The simulator as a process of its own, and as the jira library sees it."""

import base64
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from jira import JIRA

from pmreport.demo.process import RunningSimulator, start
from pmreport.errors import UnreachableError
from tests.support.simulator import Simulator


def test_a_child_process_serves_and_is_gone_afterwards() -> None:
    """It says where it is, answers, and ends with the block."""
    with start() as site:
        with urlopen(f"{site.url}/__simulator/truth", timeout=10) as response:  # noqa: S310 - loopback
            assert json.load(response)["issues"] == 1500
        process_id = site.process_id
        assert (site.projects, site.now.isoformat()) == (("SHOP", "APP", "OPS"), "2026-11-23T07:30:00+00:00")

    assert process_id is not None
    assert not Path(f"/proc/{process_id}").exists()


def test_a_child_ends_when_its_parent_dies() -> None:
    """The parent is killed without a chance to clean up; the pipe tells the child."""
    script = (
        "import os; from pmreport.demo.process import start\n"
        "with start() as site:\n    print(site.process_id, flush=True)\n    os._exit(9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False
    )
    child = int(done.stdout)

    for _ in range(200):
        if not _alive(child):
            break
        time.sleep(0.02)
    assert not _alive(child)


def _alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process_id}/stat")
    return not state.exists() or " Z " not in state.read_text()


def test_a_port_that_is_taken_is_said() -> None:
    """A child that cannot start is an error, not a wait for ever."""
    with start() as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(UnreachableError), start(port=port):
            pass


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Two processes serve identical pages: nothing depends on the clock, the port or the hash seed."""
    path = "/rest/api/3/search/jql?jql=project=APP%20ORDER%20BY%20updated&fields=*all&expand=changelog"
    pages = []
    for hash_seed in ("1", "2"):
        os.environ["PYTHONHASHSEED"] = hash_seed
        with start() as site:
            pages.append(_get(site, path))
    del os.environ["PYTHONHASHSEED"]

    assert pages[0] == pages[1]
    assert len(pages[0]) > 100_000


def test_answers_that_are_long_on_their_way_hold_each_other_up_by_nothing() -> None:
    """Eight requests side by side take as long as one; the control endpoints answer at once."""
    with start(latency_ms=300) as site, ThreadPoolExecutor(8) as pool:
        began = time.monotonic()
        list(pool.map(lambda _: _get(site, "/rest/api/3/myself"), range(8)))
        seconds = time.monotonic() - began

        assert 0.3 <= seconds < 8 * 0.3
        assert json.loads(_get(site, "/__simulator/latency")) == {"ms": 300}


def _get(site: RunningSimulator, path: str) -> bytes:
    pair = base64.b64encode(f"{site.email}:{site.token}".encode()).decode()
    request = Request(site.url + path, headers={"Authorization": f"Basic {pair}"})  # noqa: S310 - loopback
    with urlopen(request, timeout=20) as response:  # noqa: S310 - loopback
        content: bytes = response.read()
    return content


def test_the_jira_library_reads_the_site(simulator: Simulator) -> None:
    """Its own methods find the user, the boards, the sprints, and a page of a search."""
    client = JIRA(simulator.url, basic_auth=(simulator.site.email or "", simulator.site.token), max_retries=0)

    assert client._is_cloud
    assert client.myself()["accountId"] == simulator.site.account_id
    assert [board.name for board in client.boards(maxResults=False)] == [
        "SHOP board",
        "APP board",
        "OPS board",
    ]
    assert len(client.sprints(11, maxResults=False)) == 27
    page = client.enhanced_search_issues(
        "project = SHOP", fields=["summary"], maxResults=100, json_result=True, use_post=True
    )
    assert len(page["issues"]) == 100
    assert client.issue("SHOP-1").fields.project.key == "SHOP"
    assert len(client.worklogs("OPS-1")) == simulator.get("/__simulator/truth/issue/OPS-1").json["worklogs"]
    assert [version.name for version in client.project_versions("SHOP")][:2] == ["Checkout 1", "Checkout 2"]
    client._session.close()
