"""What a user of the `jira` library writes on an afternoon: every issue with its changelog, rows into SQLite.

`python naive.py load FOLDER` or `count FOLDER`; the site comes as JSON on stdin. One request after another.
Jira embeds the newest forty entries of a changelog, so the older ones of a long one are not there.
"""

import json
import sqlite3
import sys
from pathlib import Path

from jira import JIRA

_TABLES = """
CREATE TABLE issue (id INTEGER PRIMARY KEY, key TEXT, project TEXT, type TEXT, summary TEXT, status TEXT,
    assignee TEXT, reporter TEXT, priority TEXT, points REAL, created TEXT, updated TEXT, resolved TEXT);
CREATE TABLE change (issue_id INTEGER, history_id INTEGER, created TEXT, author TEXT, field TEXT,
    from_value TEXT, from_text TEXT, to_value TEXT, to_text TEXT);
"""


def load(folder: Path) -> None:
    """Read the site into `store.sqlite`."""
    site = json.load(sys.stdin)
    jira = JIRA(site["url"], basic_auth=(site["email"], site["token"]))
    store = sqlite3.connect(folder / "store.sqlite")
    store.executescript(_TABLES)
    jql = f"project in ({', '.join(site['projects'])}) ORDER BY created ASC"
    token = None
    while True:
        page = jira.enhanced_search_issues(jql, nextPageToken=token, maxResults=100, expand="changelog")
        for issue in page:
            _keep(store, issue)
        store.commit()
        token = page.nextPageToken
        if not token:
            break
    store.close()


def _keep(store: sqlite3.Connection, issue) -> None:  # noqa: ANN001 - the library names no fields
    fields = issue.fields
    row = (
        *(int(issue.id), issue.key, fields.project.key, fields.issuetype.name, fields.summary),
        *(fields.status.name, getattr(fields.assignee, "displayName", None), fields.reporter.displayName),
        *(fields.priority.name, fields.customfield_10026, fields.created, fields.updated),
        fields.resolutiondate,
    )
    store.execute(f"INSERT INTO issue VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - question marks
    for history in issue.changelog.histories:
        author = getattr(getattr(history, "author", None), "accountId", None)
        for item in history.items:
            change = (int(issue.id), int(history.id), history.created, author, item.field)
            change += (getattr(item, "from"), item.fromString, item.to, item.toString)
            store.execute("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", change)


def count(folder: Path) -> None:
    """Say what is in `store.sqlite`."""
    store = sqlite3.connect(folder / "store.sqlite")
    (issues,) = store.execute("SELECT count(*) FROM issue").fetchone()
    histories, items = store.execute("SELECT count(DISTINCT history_id), count(*) FROM change").fetchone()
    sys.stdout.write(json.dumps({"issues": issues, "histories": histories, "items": items}))


if __name__ == "__main__":
    {"load": load, "count": count}[sys.argv[1]](Path(sys.argv[2]))
