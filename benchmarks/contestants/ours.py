"""pmreport, as its command runs it: `python ours.py PLACE` with the site as JSON on stdin.

PLACE is a folder; a second run in it finds what the first one has read.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pmreport.app import sync
from pmreport.app.wiring import open_workspace
from pmreport.config import load
from pmreport.sync.summary import Progress

_CONFIGURATION = """[site]
name = "bench"
url = "{url}"
deployment = "{dialect}"
{email}

[scope]
projects = {projects}

[sync]
connections = {connections}

[store]
url = "duckdb:store.duckdb"
"""


def main() -> None:
    """Sync, and say what is in the store."""
    site, place = json.load(sys.stdin), Path(sys.argv[1])
    path = place / "pmreport.toml"
    email = f'email = "{site["email"]}"' if site["email"] else ""
    told = {"projects": json.dumps(site["projects"]), "email": email}
    path.write_text(_CONFIGURATION.format(**{**site, **told}), encoding="utf-8")
    workspace = open_workspace(load(path), {"PMREPORT_JIRA_TOKEN": site["token"]})
    now = datetime.fromtimestamp(site["now_ms"] / 1000, UTC)
    summary = sync.run(workspace, now=now, full=False, progress=_unheard)
    with duckdb.connect(place / "store.duckdb", read_only=True) as store:
        found = store.execute(
            "SELECT (SELECT count(*) FROM issue), count(DISTINCT history_id), count(*) FROM issue_change"
        ).fetchone()
    issues, histories, items = found or (0, 0, 0)
    told = {"issues": issues, "histories": histories, "items": items, "client_requests": summary.requests}
    sys.stdout.write(json.dumps(told))


def _unheard(_: Progress) -> None:
    return


if __name__ == "__main__":
    main()
