"""The issues of a store as Jira would give them, with the changes of their statuses: a line each."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

_SITE = "https://large.example"


def write(store: Path, target: Path) -> None:
    """Write every issue of the store, by its id."""
    with duckdb.connect(str(store), read_only=True) as connection:
        names, types, resolutions = (
            dict(connection.execute(f"SELECT {table}_id, name FROM {table}").fetchall())  # noqa: S608 - own names
            for table in ("status", "issue_type", "resolution")
        )
        moves: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        text = "SELECT issue_id, status_id, valid_from_ms FROM issue_status ORDER BY 1, 3"
        for issue_id, status_id, at_ms in connection.execute(text).fetchall():
            moves[issue_id].append((status_id, at_ms))
        text = (
            "SELECT issue_id, issue_key, summary, issue_type_id, status_id, resolution_id,"
            " created_ms, resolved_ms FROM issue ORDER BY 1"
        )
        with target.open("w", encoding="utf-8") as lines:
            for issue_id, key, summary, kind, status_id, resolution_id, *instants in connection.execute(
                text
            ).fetchall():
                created, resolved = (None if each is None else _written(each) for each in instants)
                fields = {
                    "summary": summary,
                    "issuetype": {"name": types[kind]},
                    "status": _status(status_id, names),
                    "resolution": {"name": resolutions[resolution_id]} if resolution_id else None,
                    "created": created,
                    "resolutiondate": resolved,
                }
                histories = _histories(issue_id, moves[issue_id], names)
                raw = {
                    "id": str(issue_id),
                    "key": key,
                    "fields": fields,
                    "changelog": {"histories": histories},
                }
                lines.write(json.dumps(raw) + "\n")


def _histories(issue_id: int, moves: list[tuple[str, int]], names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(issue_id * 16 + place),
            "created": _written(at_ms),
            "items": [
                {
                    "field": "status",
                    "from": before,
                    "fromString": names[before],
                    "to": after,
                    "toString": names[after],
                }
            ],
        }
        for place, ((before, _), (after, at_ms)) in enumerate(pairwise(moves))
    ]


def _status(status_id: str, names: dict[str, str]) -> dict[str, str]:
    """With its address, by which the library knows a status from any other thing with a name."""
    return {"self": f"{_SITE}/rest/api/2/status/{status_id}", "name": names[status_id]}


def _written(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
