"""The least that a loader must do: the same requests, raw documents and rows of changes into DuckDB.

`python bare.py load FOLDER` or `count FOLDER`; the site comes as JSON on stdin. No cursor, no comparison with
what is there, no intervals, no boards: it shows what the reading itself costs on this machine.
"""

import http
import http.client
import json
import sys
import threading
import zlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import numpy as np

# The fields that pmreport asks this site for.
_FIELDS = """
    status assignee reporter labels components fixVersions versions duedate parent issuetype priority
    resolution summary project timeoriginalestimate timeestimate timespent created updated resolutiondate
    description security issuelinks comment worklog customfield_10020 customfield_10026 customfield_10016
    customfield_10021 customfield_10014
"""
_TABLES = """
CREATE TABLE raw_document (kind VARCHAR, issue_id BIGINT, payload BLOB);
CREATE TABLE issue_change (issue_id BIGINT, history_id BIGINT, changed_ms BIGINT, author_id VARCHAR,
    field VARCHAR, field_id VARCHAR, from_value VARCHAR, from_text VARCHAR, to_value VARCHAR,
    to_text VARCHAR);
"""
_AT_ONCE = 100  # issues in one request, which is what Jira promises to answer
_HISTORIES = 5000  # in one page
_TOGETHER = 5  # chunks in one transaction
Json = dict[str, Any]
Rows = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]


def _written(document: Any) -> bytes:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


parsed, written = json.loads, _written


class Site:
    """The site, asked on one connection a thread."""

    def __init__(self, told: Json) -> None:
        self._where = urlsplit(told["url"])
        pair = b64encode(f"{told['email']}:{told['token']}".encode()).decode()
        self._headers = {"Authorization": f"Basic {pair}", "Content-Type": "application/json"}
        self._mine = threading.local()

    def post(self, path: str, body: Json) -> Json:
        """The answer to a question."""
        try:
            return self._asked(path, body)
        except (ConnectionError, http.client.HTTPException):  # the server has closed a line that was idle
            self._mine.line.close()
            return self._asked(path, body)

    def _asked(self, path: str, body: Json) -> Json:
        line = getattr(self._mine, "line", None)
        if line is None:
            line = self._mine.line = http.client.HTTPConnection(self._where.hostname or "", self._where.port)
        line.request("POST", f"{self._where.path}/rest/api/3/{path}", json.dumps(body), self._headers)
        answer = line.getresponse()
        content = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"{path} answers {answer.status}")
        found: Json = parsed(content)
        return found

    def pages(self, path: str, body: Json) -> Iterator[Json]:
        """All pages of an answer."""
        token = None
        while True:
            page = self.post(path, body if token is None else {**body, "nextPageToken": token})
            yield page
            token = page.get("nextPageToken")
            if token is None:
                return


def load(folder: Path) -> None:
    """Read the site into `store.duckdb`: the ids, then the issues by them, while what came is written."""
    told = json.load(sys.stdin)
    site = Site(told)
    jql = f"project in ({', '.join(told['projects'])}) ORDER BY created ASC"
    pages = site.pages("search/jql", {"jql": jql, "fields": ["id"], "maxResults": 5000})
    ids = [found["id"] for page in pages for found in page["issues"]]
    chunks = [ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE)]
    with duckdb.connect(folder / "store.duckdb") as store, ThreadPoolExecutor(told["connections"]) as pool:
        store.execute(_TABLES)
        waiting: list[Future[Rows]] = []
        for chunk in chunks:
            waiting.append(pool.submit(_read, site, chunk))
            if len(waiting) > 3 * told["connections"]:
                _write(store, [future.result() for future in waiting[:_TOGETHER]])
                del waiting[:_TOGETHER]
        _write(store, [future.result() for future in waiting])


def _read(site: Site, ids: Sequence[str]) -> Rows:
    """The documents and the change rows of some issues."""
    issues = site.post("issue/bulkfetch", {"issueIdsOrKeys": ids, "fields": _FIELDS.split()})["issues"]
    logs: dict[str, list[Json]] = {}
    for page in site.pages("changelog/bulkfetch", {"issueIdsOrKeys": ids, "maxResults": _HISTORIES}):
        for log in page["issueChangeLogs"]:
            logs.setdefault(log["issueId"], []).extend(log["changeHistories"])
    documents = [("issue", int(each["id"]), _packed(each)) for each in issues]
    documents += [("changelog", int(issue_id), _packed(log)) for issue_id, log in logs.items()]
    return documents, [row for issue_id, log in logs.items() for row in _changes(int(issue_id), log)]


def _packed(document: Any) -> bytes:
    return zlib.compress(written(document), 1)


def _changes(issue_id: int, log: Sequence[Json]) -> Iterator[tuple[Any, ...]]:
    for history in log:
        history_id, author = int(history["id"]), history.get("author", {}).get("accountId")
        for item in history["items"]:
            values = (item["from"], item["fromString"], item["to"], item["toString"])
            yield (
                issue_id,
                history_id,
                history["created"],
                author,
                item["field"],
                item.get("fieldId"),
                *values,
            )


def _write(store: duckdb.DuckDBPyConnection, read: Sequence[Rows]) -> None:
    """Whole columns at once: five times faster than lists as parameters. One transaction."""
    store.execute("BEGIN TRANSACTION")
    for place, table in enumerate(("raw_document", "issue_change")):
        rows = [row for each in read for row in each[place]]
        if rows:
            columns = [np.array(column, dtype=_kind(column[0])) for column in zip(*rows, strict=True)]
            store.register("staged", {f"c{n}": column for n, column in enumerate(columns)})
            store.execute(f"INSERT INTO {table} SELECT * FROM staged")  # noqa: S608 - one of two names
    store.execute("COMMIT")


def _kind(value: Any) -> Any:
    return np.int64 if isinstance(value, int) else object


def count(folder: Path) -> None:
    """Say what is in `store.duckdb`."""
    with duckdb.connect(folder / "store.duckdb", read_only=True) as store:
        found = store.execute(
            "SELECT count(DISTINCT issue_id) FILTER (kind = 'issue'),"
            " (SELECT count(DISTINCT history_id) FROM issue_change), (SELECT count(*) FROM issue_change)"
            " FROM raw_document"
        ).fetchall()
    sys.stdout.write(json.dumps(dict(zip(("issues", "histories", "items"), found[0], strict=True))))


def main() -> None:
    """Load or count."""
    {"load": load, "count": count}[sys.argv[1]](Path(sys.argv[2]))


if __name__ == "__main__":
    main()
