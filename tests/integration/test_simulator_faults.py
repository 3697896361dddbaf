"""Faults of the simulator: what each looks like to a client, and that the same seed strikes alike."""

import subprocess
import sys
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from http.client import IncompleteRead
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from pmreport.demo.faults import KINDS, Schedule, parse, written
from pmreport.demo.process import start
from pmreport.demo.refused import RefusedError
from tests.support.simulator import Simulator, basic, serving, story_corpus

MYSELF = "/rest/api/3/myself"
JQL = "project = SHOP ORDER BY updated ASC, key ASC"


@pytest.fixture(scope="module")
def served() -> Iterator[Simulator]:
    """A story of these tests' own."""
    with serving(story_corpus()) as running_simulator:
        yield running_simulator


@pytest.fixture
def struck(served: Simulator) -> Iterator[Simulator]:
    """The same, without faults before and after each test."""
    served.strike()
    yield served
    served.strike()


def _walk(simulator: Simulator, pages: int = 40, jql: str = JQL, **body: Any) -> list[list[str]]:
    """The ids of each page of a search, as far as the tokens lead."""
    found, token = [], None
    for _ in range(pages):
        page = simulator.search(jql, fields=["updated"], maxResults=100, nextPageToken=token, **body).json
        found.append([issue["id"] for issue in page["issues"]])
        token = page.get("nextPageToken")
        if token is None:
            break
    return found


def _ids(pages: list[list[str]]) -> list[str]:
    return [issue_id for page in pages for issue_id in page]


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [
        ("429-burst", 429, {"retry-after": "1", "ratelimit-reason": "jira-burst-based"}),
        ("429-quota", 429, {"retry-after": "1847", "ratelimit-reason": "jira-quota-tenant-based"}),
        ("429-bare", 429, {"retry-after": None, "ratelimit-reason": None}),
        ("503", 503, {"retry-after": None}),
        ("503-retry-after", 503, {"retry-after": "1"}),
        ("502-html", 502, {"content-type": "text/html; charset=utf-8"}),
        ("retry-after-zero", 200, {"retry-after": "0"}),
    ],
)
def test_a_fault_answers_in_jiras_place(
    struck: Simulator, kind: str, status: int, told: dict[str, str | None]
) -> None:
    """Status and headers are those of life; switched off, the site answers again."""
    struck.strike({"kind": kind})
    answer = struck.get(MYSELF)
    struck.strike()

    assert answer.status == status
    assert {name: answer.headers.get(name) for name in told} == told
    assert struck.get(MYSELF).status == 200


def test_a_wait_can_be_a_date(struck: Simulator) -> None:
    """The date lies two seconds after the answer's own."""
    struck.strike({"kind": "429-date"})
    headers = struck.get(MYSELF).headers
    wait = parsedate_to_datetime(headers["retry-after"]) - parsedate_to_datetime(headers["date"])

    assert 1 <= wait.total_seconds() <= 3


def test_an_answer_can_end_in_the_middle(struck: Simulator) -> None:
    """The length fits the half that came, so that only the JSON is broken."""
    struck.strike({"kind": "truncated"})
    answer = struck.get(MYSELF)

    assert answer.status == 200
    assert int(answer.headers["content-length"]) == len(answer.content)
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        answer.json  # noqa: B018 - reading it is the test


def test_a_connection_can_be_reset(struck: Simulator) -> None:
    """Not a byte comes back; the next request is served."""
    struck.strike({"kind": "reset", "times": 1})

    with pytest.raises((ConnectionResetError, URLError)):
        struck.get(MYSELF)
    assert struck.get(MYSELF).status == 200


def _open(simulator: Simulator, timeout: float) -> bytes:
    asked = Request(simulator.url + MYSELF)  # noqa: S310 - loopback
    asked.add_header("Authorization", basic(f"{simulator.site.email}:{simulator.site.token}"))
    with urlopen(asked, timeout=timeout) as response:  # noqa: S310 - loopback
        content: bytes = response.read()
    return content


def test_an_answer_can_stall(struck: Simulator) -> None:
    """Half of it comes and then nothing: a reader without patience gives up, a patient one is cut off."""
    struck.strike({"kind": "stalled", "seconds": 0.3})

    with pytest.raises(TimeoutError):
        _open(struck, timeout=0.1)
    with pytest.raises((IncompleteRead, ConnectionResetError)):
        _open(struck, timeout=5)


def test_an_issue_vanishes_once_and_returns(struck: Simulator) -> None:
    """Each page lacks one issue; a later search has it, and no issue vanishes twice."""
    whole = _ids(_walk(struck))
    struck.strike({"kind": "vanish"})
    first, second = (_walk(struck, pages) for pages in (40, 40))
    gone = [set(whole) - set(_ids(pages)) for pages in (first, second)]

    assert [len(missing) for missing in gone] == [len(first), len(second)]
    assert not gone[0] & gone[1]


def test_short_pages_lose_nothing(struck: Simulator) -> None:
    """Half the size, with a token until the end; lists of sprints say they are not the last."""
    whole = _ids(_walk(struck))
    struck.strike({"kind": "short-page"})
    pages = _walk(struck)
    sprints = struck.get("/rest/agile/1.0/board/11/sprint").json

    assert _ids(pages) == whole
    assert max(map(len, pages)) == 50
    assert (len(sprints["values"]), sprints["maxResults"], sprints["isLast"]) == (25, 50, False)


def test_an_empty_page_has_a_token_that_leads_on(struck: Simulator) -> None:
    """Some pages hold nothing; with every page empty the tokens never repeat and never end."""
    whole = _ids(_walk(struck))
    struck.strike({"kind": "empty-page", "rate": 0.5})
    some = _walk(struck)
    struck.strike({"kind": "empty-page"})
    tokens = [struck.search(JQL).json["nextPageToken"] for _ in range(5)]

    assert [] in some
    assert _ids(some) == whole
    assert len(set(tokens)) == 5


def test_a_token_can_repeat_itself(struck: Simulator) -> None:
    """The token that was sent comes back, so that the same page is read for ever."""
    struck.strike({"kind": "repeated-token"})
    pages = _walk(struck, pages=6)

    assert pages[0] != pages[1]
    assert all(page == pages[1] for page in pages[1:])


def test_a_walk_can_end_too_early(struck: Simulator) -> None:
    """The first page says it is the last one, and names no other; a page of ids alone has them all."""
    struck.strike({"kind": "short-walk"})
    page = struck.search(JQL, fields=["updated"], maxResults=100).json

    assert (len(page["issues"]), page["isLast"], "nextPageToken" in page) == (100, True, False)
    assert len(struck.keys(JQL)) > 100


def test_a_search_can_warn(struck: Simulator, fresh_datacenter: Simulator) -> None:
    """Beside the issues, under a name of each product's own; on a good day Cloud has no such member."""
    quiet = struck.search(JQL, fields=["updated"]).json
    struck.strike({"kind": "warning"})
    fresh_datacenter.strike({"kind": "warning"})

    assert "warnings" not in quiet
    assert len(struck.search(JQL, fields=["updated"]).json["warnings"]) == 1
    assert len(fresh_datacenter.search(JQL, fields=["updated"]).json["warningMessages"]) == 1


def test_histories_in_bulk_are_struck_too(struck: Simulator) -> None:
    """Short pages with tokens, and the same histories in the end."""
    body: dict[str, Any] = {"issueIdsOrKeys": ["SHOP-1", "SHOP-2", "SHOP-3"], "maxResults": 4}
    path = "/rest/api/3/changelog/bulkfetch"

    def walk() -> list[str]:
        found, token = [], None
        while True:
            page = struck.post(path, {**body, "nextPageToken": token}).json
            found += [h["id"] for log in page["issueChangeLogs"] for h in log["changeHistories"]]
            token = page.get("nextPageToken")
            if token is None:
                return found

    whole = walk()
    struck.strike({"kind": "short-page"}, {"kind": "empty-page", "rate": 0.4})

    assert sorted(walk()) == sorted(whole)


def test_pages_shift_while_they_are_read(struck: Simulator) -> None:
    """An issue of an earlier page is touched and moves to the end: it comes twice, another is passed over."""
    whole = _ids(_walk(struck))
    struck.strike({"kind": "shift"})
    read = _ids(_walk(struck))
    struck.strike()

    assert len(read) > len(set(read))
    assert set(read) < set(whole)
    assert _ids(_walk(struck)) != whole


def test_pages_by_offset_shift_too(fresh_datacenter: Simulator) -> None:
    """On Data Center the total stays, and one issue hides between two pages."""
    fresh_datacenter.strike({"kind": "shift"})
    pages = [fresh_datacenter.search(JQL, startAt=n, maxResults=100, fields=["key"]).json for n in (0, 100)]
    read = [issue["id"] for page in pages for issue in page["issues"]]

    assert pages[0]["total"] == pages[1]["total"]
    assert len(read) == len(set(read)) == 200
    fresh_datacenter.strike({"kind": "vanish"})
    short = fresh_datacenter.search(JQL, maxResults=100, fields=["key"]).json
    assert (len(short["issues"]), short["maxResults"]) == (99, 100)


def _statuses(simulator: Simulator, *faults: dict[str, Any]) -> list[int]:
    simulator.strike(*faults)
    return [simulator.get(MYSELF).status for _ in range(60)]


def test_the_same_seed_strikes_alike(struck: Simulator) -> None:
    """A rate is a share of the requests; the seed says which, and a mixed schedule is no less certain."""
    mixed = ({"kind": "503", "rate": 0.3, "seed": 5}, {"kind": "429-burst", "rate": 0.3, "seed": 5})
    first, again = (_statuses(struck, *mixed) for _ in range(2))
    other = _statuses(struck, *({**fault, "seed": 6} for fault in mixed))

    assert first == again != other
    assert set(first) == {200, 429, 503}
    assert 8 <= first.count(503) <= 28


def test_a_fault_can_be_bounded(struck: Simulator) -> None:
    """So many times, and on some paths only; what has struck is counted."""
    struck.strike({"kind": "503", "times": 2, "path": "/myself"})
    statuses = [struck.get(path).status for path in ("/rest/api/3/field", MYSELF, MYSELF, MYSELF)]
    told = struck.get("/__simulator/faults").json

    assert statuses == [200, 503, 503, 200]
    assert told["struck"] == {"503": 2}
    assert told["faults"][0]["kind"] == "503"
    assert set(told["kinds"]) == set(KINDS)


def test_a_schedule_of_a_rate_of_nought_never_strikes() -> None:
    """And one of a rate of one always does."""
    never, always = (Schedule((parse({"kind": "503", "rate": rate}),)) for rate in (0, 1))

    assert [never.next("/x") for _ in range(50)] == [None] * 50
    assert all(always.next("/x") for _ in range(50))


@pytest.mark.parametrize(
    "asked", [{"kind": "fire"}, {"kind": "503", "rate": 2}, {"kind": "503", "colour": 1}]
)
def test_a_fault_that_does_not_exist_is_refused(struck: Simulator, asked: dict[str, Any]) -> None:
    """Unknown kinds, members and rates are 400, and the schedule stays as it was."""
    assert struck.post("/__simulator/faults", {"faults": [asked]}).status == 400
    assert struck.get("/__simulator/faults").json["faults"] == []


def test_faults_are_switched_on_from_the_command_line() -> None:
    """The child says no from its first answer on; a wrong word ends it with a sentence."""
    with start(dialect="datacenter", faults=["502-html=1"]) as site, pytest.raises(URLError, match="502"):
        urlopen(f"{site.url}/rest/api/2/serverInfo", timeout=10)  # noqa: S310 - loopback
    words = [sys.executable, "-m", "pmreport.demo", "--fault", "503=often"]
    wrong = subprocess.run(words, capture_output=True, text=True, check=False)

    assert wrong.returncode == 2
    assert "rate must be a number from 0 to 1" in wrong.stderr
    with pytest.raises(RefusedError, match="kind must be one of"):
        written("fire", 7)
