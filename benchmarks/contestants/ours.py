"""pmreport, by its own command.

`python ours.py load FOLDER` or `count FOLDER`; the site comes as JSON on stdin. A second run in the same
folder finds what the first one has read.
"""

import json
import os
import sys
from pathlib import Path

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


def load(folder: Path) -> None:
    """One sync."""
    site = json.load(sys.stdin)
    path = folder / "pmreport.toml"
    email = f'email = "{site["email"]}"' if site["email"] else ""
    told = {**site, "projects": json.dumps(site["projects"]), "email": email}
    path.write_text(_CONFIGURATION.format(**told), encoding="utf-8")
    words = [sys.executable, "-m", "pmreport", "sync", "--config", str(path)]
    os.execve(sys.executable, words, {**os.environ, "PMREPORT_JIRA_TOKEN": site["token"]})  # noqa: S606 - no shell


def count(folder: Path) -> None:
    """Say what is in the store."""
    import duckdb

    with duckdb.connect(folder / "store.duckdb", read_only=True) as store:
        found = store.execute(
            "SELECT (SELECT count(*) FROM issue), count(DISTINCT history_id), count(*) FROM issue_change"
        ).fetchall()
    sys.stdout.write(json.dumps(dict(zip(("issues", "histories", "items"), found[0], strict=True))))


if __name__ == "__main__":
    {"load": load, "count": count}[sys.argv[1]](Path(sys.argv[2]))
