"""tap-jira, as its command runs it, with its streams `issues` and `changelogs`.

`python tap.py load FOLDER` or `count FOLDER`, by the Python that it is installed in; the site comes as JSON
on stdin. What it says goes to stdout, line by line: a target that writes it into a store would come on top.
It takes every address to be https, and the simulator's is not: its `url` is replaced by one that leaves it.
"""

import json
import sys
from pathlib import Path

_STREAMS = ("issues", "changelogs")


def load(folder: Path) -> None:
    """Run the tap with a configuration, and a catalogue in which the two streams are selected."""
    import tap_jira
    from tap_jira.http import Client

    site = json.load(sys.stdin)
    config = {"start_date": "2015-01-01T00:00:00Z", "user_agent": "benchmark", "base_url": site["url"]}
    config |= {"username": site["email"], "password": site["token"]}
    _write(folder / "config.json", config)
    _write(folder / "catalog.json", _catalog(tap_jira))
    Client.url = lambda self, path: f"{self.base_url.rstrip('/')}/{path.lstrip('/')}"
    words = ["--config", str(folder / "config.json"), "--properties", str(folder / "catalog.json")]
    sys.argv = ["tap-jira", *words]
    tap_jira.main()


def _catalog(tap_jira) -> dict:  # noqa: ANN001 - not installed where types are checked
    catalog = {"streams": []}
    for stream in tap_jira.streams_.ALL_STREAMS:
        selected = {"breadcrumb": [], "metadata": {"selected": stream.tap_stream_id in _STREAMS}}
        catalog["streams"].append(
            {
                "stream": stream.tap_stream_id,
                "tap_stream_id": stream.tap_stream_id,
                "key_properties": stream.pk_fields,
                "schema": tap_jira.load_schema(stream.tap_stream_id),
                "metadata": [selected],
            }
        )
    return catalog


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def count(folder: Path) -> None:
    """Say what stands in its lines."""
    issues, histories, items = set(), set(), 0
    with (folder / "load.out").open(encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            record = said.get("record", {})
            if said.get("stream") == "issues" and record:
                issues.add(record["id"])
            elif said.get("stream") == "changelogs" and record and record["id"] not in histories:
                histories.add(record["id"])
                items += len(record["items"])
    sys.stdout.write(json.dumps({"issues": len(issues), "histories": len(histories), "items": items}))


if __name__ == "__main__":
    {"load": load, "count": count}[sys.argv[1]](Path(sys.argv[2]))
