"""How many pages of a hundred issues the simulator serves a second, from a process of its own.

Two connections ask at once, so that the simulator is never idle.
"""

import argparse
import base64
import http.client
import json
import os
import platform
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from pmreport.demo.process import RunningSimulator, start

# What a sync needs of each issue, without rich text, comments and worklogs.
FIELDS = """
    project issuetype summary status priority resolution resolutiondate created updated duedate labels
    components fixVersions parent assignee reporter creator timeoriginalestimate timeestimate timespent
    issuelinks security customfield_10020 customfield_10016 customfield_10026 customfield_10021
    customfield_10014
"""
_HALVES = ('created < "2026-05-15"', 'created >= "2026-05-15"')
_JQL = "project = WEB AND {} ORDER BY created ASC, key ASC"
_WINDOW = 10_000


def main() -> None:
    """Print the seconds to the first answer, and the pages a second while cold and after the first touch."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--issues", type=int, default=100_000)
    words.add_argument("--dialect", choices=("cloud", "datacenter"), default="cloud")
    asked = words.parse_args()
    began = time.monotonic()
    with start(issues=asked.issues, dialect=asked.dialect) as site:
        print(f"python {platform.python_version()}, {asked.issues} issues, {asked.dialect}")
        print(f"ready after {time.monotonic() - began:.1f} s")
        for name, fields in (("narrow fields", FIELDS.split()), ("updated alone", ["updated"])):
            for again in ("cold", "warm"):
                began, used = time.monotonic(), _processor_seconds(site.process_id)
                with ThreadPoolExecutor(2) as pool:
                    halves = pool.map(partial(_walk, site, fields), _HALVES)
                    sizes = [size for half in halves for size in half]
                seconds = time.monotonic() - began
                told = f"{len(sizes)} of {sum(sizes) / len(sizes) / 1000:.0f} kB"
                own = len(sizes) / (_processor_seconds(site.process_id) - used)
                print(
                    f"{name}, {again}: {len(sizes) / seconds:.0f} pages/s, {own:.0f} per CPU second ({told})"
                )
        print(f"memory {_megabytes(site.process_id)} MB at its most")


def _walk(site: RunningSimulator, fields: list[str], half: str) -> list[int]:
    """The sizes of the pages of one search; the answers are not parsed, for that is the client's affair."""
    where = urlsplit(site.url)
    line = http.client.HTTPConnection(where.hostname or "", where.port)
    headers = {"Authorization": _credentials(site), "Content-Type": "application/json"}
    cloud = site.dialect == "cloud"
    path = "/rest/api/3/search/jql" if cloud else "/rest/api/2/search"
    sizes: list[int] = []
    position: dict[str, object] | None = {}
    while position is not None:
        body = {"jql": _JQL.format(half), "fields": fields, "maxResults": 100, **position}
        line.request("POST", where.path + path, json.dumps(body), headers)
        content = line.getresponse().read()
        sizes.append(len(content))
        position = _after(content, position, cloud=cloud)
    line.close()
    return sizes


def _after(content: bytes, position: dict[str, object], *, cloud: bool) -> dict[str, object] | None:
    """What to ask for next: a token, which ends the answer, or an offset within the first ten thousand."""
    if cloud:
        _, _, token = content[-200:].partition(b'"nextPageToken":"')
        return {"nextPageToken": token.partition(b'"')[0].decode()} if token else None
    start_at = int(str(position.get("startAt", 0))) + 100
    return {"startAt": start_at} if start_at < _WINDOW else None


def _credentials(site: RunningSimulator) -> str:
    if site.email is None:
        return f"Bearer {site.token}"
    return "Basic " + base64.b64encode(f"{site.email}:{site.token}".encode()).decode()


def _processor_seconds(process_id: int | None) -> float:
    """The simulator's own time: what a machine that has nothing else to do would need."""
    words = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(process_id: int | None) -> int:
    status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(row.split()[1] for row in status if row.startswith("VmHWM"))
    return int(kilobytes) // 1000


if __name__ == "__main__":
    main()
