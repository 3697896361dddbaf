"""The first configuration file: commented, and written so that nothing of anybody's is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pmreport.app.files import write_whole
from pmreport.app.setup.access import Access
from pmreport.app.setup.paste import board_words, points_reason, quoted, remark
from pmreport.app.setup.survey import BoardFound, FieldSurvey
from pmreport.config import Config, parse
from pmreport.errors import UsageError
from pmreport.jira.fields import Role
from pmreport.model.rows import ProjectRow

_MOST_KEPT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a person chose: the site as it opened, the projects, some boards or none (all), the zone.

    `shown` are the boards to choose from. `store` is the address of the store; None: the usual file.
    """

    access: Access
    projects: tuple[ProjectRow, ...]
    boards: tuple[int, ...]
    shown: tuple[BoardFound, ...]
    survey: FieldSurvey
    time_zone: str
    store: str | None = None


def refuse_existing(path: Path, *, replace: bool) -> None:
    """Raise UsageError for a file that is there and shall not be replaced, before anything is asked."""
    if path.is_dir():
        raise UsageError("a folder has the name of the configuration", where=str(path))
    if path.exists() and not replace:
        raise UsageError(
            "there is a configuration already",
            where=str(path),
            hint="--force writes a new one and keeps this one beside it; --config FILE writes elsewhere",
        )


def write(beginning: Beginning, path: Path, *, now: datetime) -> tuple[Config, Path | None]:
    """Write the file; what it says, and where the one before it is kept (None: there was none).

    Raises PmreportError where the folder cannot be written to.
    """
    text = as_text(beginning, now=now)
    config = parse(text, path)  # a file that does not load must not be written
    kept = _set_aside(path)
    write_whole(path, text.encode())
    return config, kept


def as_text(beginning: Beginning, *, now: datetime) -> str:
    """The file as text."""
    lines = [
        f"# The configuration of pmreport, written by `pmreport init` on {now:%Y-%m-%d}; yours to edit.",
        "# Relative paths begin at the folder of this file.",
        "# The token is never here: `pmreport auth status` says where it lies.",
        "",
        *_site(beginning.access),
        "",
        *_scope(beginning),
        "",
        *_store(beginning.store),
        "[calendar]",
        f"time_zone = {quoted(beginning.time_zone)}  # the one zone of the reports",
        '# holidays = "DE-BE"  # a country, or a country and its part',
        "",
        *_fields(beginning.survey),
        "",
        "[me]  # the person whose goals these are",
        f"account = {quoted(beginning.access.account)}",
        *_named("name", beginning.access.name),
        "",
        "[report]",
        *_named("product", ", ".join(row.name for row in beginning.projects)),
        "",
        "# A development goal of yours. At most three are active; others: follow-up, on-scope, ...",
        "[[goal]]",
        'id = "estimation"',
        'use = "catalogue:estimate-ahead"',
        'visibility = "manager"  # private | manager | management: who may see it in a report',
        "",
    ]
    return "\n".join(lines)


def _site(access: Access) -> list[str]:
    site = access.site
    paths = {"ca_bundle": site.ca_bundle, "client_certificate": site.client_certificate}
    lines = [
        "[site]",
        f"name = {quoted(site.name)}  # a label",
        f"url = {quoted(site.url)}",
        f"deployment = {quoted(site.deployment.value)}",
    ]
    if site.email:
        lines.append(f"email = {quoted(site.email)}  # the account of the API token")
    if site.cloud_id:
        lines.append(
            f"cloud_id = {quoted(site.cloud_id)}  # a token with scopes goes through Atlassian's gateway"
        )
    return lines + [f"{key} = {quoted(str(path))}" for key, path in paths.items() if path]


def _named(key: str, name: str) -> list[str]:
    """A line with a name from Jira; none where nothing of it can be read."""
    return [f"{key} = {quoted(remark(name))}"] if remark(name) else []


def _scope(beginning: Beginning) -> list[str]:
    keys = ", ".join(quoted(row.project_key) for row in beginning.projects)
    names = remark("; ".join(row.name for row in beginning.projects))
    return [
        "[scope]",
        f"projects = [{keys}]  # {names}",
        *_boards(beginning.boards, beginning.shown),
        "# since = 2025-01-01  # leave out what was not updated since then; otherwise everything is read",
    ]


def _boards(chosen: Sequence[int], shown: Sequence[BoardFound]) -> list[str]:
    if not chosen:
        listed = [f"#   {board.board_id}: {board_words(board)}" for board in shown]
        return ["boards = []  # every board of these projects", *listed]
    named = {board.board_id: board_words(board) for board in shown}
    return ["boards = [", *(f"    {number},  # {named.get(number, '')}" for number in chosen), "]"]


def _store(url: str | None) -> list[str]:
    """Nothing where the store is the usual file."""
    if url is None:
        return []
    kept = "  # shared; its password: PMREPORT_STORE_PASSWORD" if "://" in url else ""
    return ["[store]", f"url = {quoted(url)}{kept}", ""]


def _fields(survey: FieldSurvey) -> list[str]:
    sprints = [choice for choice in survey.fields.choices if choice.role is Role.SPRINT]
    return [
        "[fields]  # only to overrule what is found by itself; `pmreport discover fields` gives the reasons",
        *(f"# story points of {key}: {remark(points_reason(survey, key))}" for key in survey.projects),
        *(f"# sprint: {each.field_id}, {remark(each.reason)}" for each in sprints),
    ]


def _set_aside(path: Path) -> Path | None:
    """A copy of the file that is there, under the first free name."""
    if not path.exists():
        return None
    names = (path.with_name(f"{path.name}.{number}.bak") for number in range(1, _MOST_KEPT))
    kept = next(name for name in names if not name.exists())
    write_whole(kept, path.read_bytes())
    return kept
