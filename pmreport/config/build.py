"""The settings of every room, from a file without faults."""

from pathlib import Path
from typing import Any

from pmreport.config import goal_tables, shape, tables
from pmreport.config.complaint import at
from pmreport.config.locate import Path as KeyPath
from pmreport.config.locate import Places
from pmreport.config.section import Shape
from pmreport.config.settings import Config
from pmreport.deliver.settings import MailSettings
from pmreport.goals.condition import Condition
from pmreport.goals.goal import GoalRule
from pmreport.goals.settings import GoalSettings
from pmreport.jira.settings import SiteSettings
from pmreport.metrics.settings import (
    BoardSettings,
    DoneSettings,
    FieldSettings,
    FlowSettings,
    FollowUpSettings,
    InitiativeSettings,
    InvestmentSettings,
    MoneySettings,
    PeopleSettings,
    PrioritySettings,
)
from pmreport.model.settings import CalendarSettings
from pmreport.report.settings import MeSettings, ReportSettings, Threshold, Thresholds
from pmreport.store.settings import StoreSettings
from pmreport.sync.settings import ScopeSettings, SyncSettings


def build(file: shape.File, text: str, places: Places, path: Path) -> Config:
    """The settings. What the file leaves out takes the default of its settings class."""
    folder = path.resolve().parent
    own_folder = _absolute(file.me.folder, folder) if file.me.folder else _user_folder(file.site.name)
    desk = _Desk(text, places, path, folder)
    return Config(
        path=path.resolve(),
        own_folder=own_folder,
        site=SiteSettings(**desk.files(_given(file.site), "ca_bundle", "client_certificate")),
        scope=ScopeSettings(**_given(file.scope)),
        sync=SyncSettings(**_given(file.sync)),
        store=StoreSettings(_store_url(file.store.url, folder, own_folder)),
        calendar=CalendarSettings(**_given(file.calendar)),
        fields=FieldSettings(**_given(file.fields)),
        boards=tuple(BoardSettings(board_id=int(key), **_given(board)) for key, board in file.board.items()),
        flow=_flow(file.flow),
        done=DoneSettings(**_given(file.done)),
        people=PeopleSettings(**_given(file.people)),
        followups=FollowUpSettings(**_given(file.followups)),
        investment=InvestmentSettings(**_given(file.investment)),
        priorities=PrioritySettings(**_given(file.priorities)),
        me=MeSettings(account=file.me.account, name=file.me.name),
        report=_report(file.report, folder),
        money=MoneySettings(**desk.texts(_given(file.money), "rates")),
        initiatives=tuple(
            InitiativeSettings(**_given(one), where=desk.where("initiative", index, "jql"))
            for index, one in enumerate(file.initiative)
        ),
        mail=_mail(file.mail, folder),
        goals=tuple(desk.goal(goal, index) for index, goal in enumerate(file.goal)),
    )


class _Desk:
    """What is needed to say where things are: the text, its places, and the folder of the file."""

    def __init__(self, text: str, places: Places, path: Path, folder: Path) -> None:
        self.text = text
        self.places = places
        self.path = path
        self.folder = folder

    def where(self, *key: str | int) -> str:
        """The place of a value, or of the entry that holds it: file:line:column."""
        key_path: KeyPath = key
        span = self.places.values.get(key_path) or self.places.keys[key_path]
        line, column, _ = at(self.text, span.begin, span.end)
        return f"{self.path}:{line}:{column}"

    def files(self, given: dict[str, Any], *keys: str) -> dict[str, Any]:
        """`given` with absolute paths at these keys."""
        return given | {key: _absolute(given[key], self.folder) for key in keys if key in given}

    def texts(self, given: dict[str, Any], *keys: str) -> dict[str, Any]:
        """The same for rooms that do not touch files: the paths as text."""
        return given | {key: str(_absolute(given[key], self.folder)) for key in keys if key in given}

    def goal(self, goal: goal_tables.Goal, index: int) -> GoalSettings:
        """One goal with its rules."""
        given = _given(goal)
        given.pop("rule", None)
        if "use" in given:
            given["use"] = given["use"].removeprefix("catalogue:")
        if "target" in given:
            given["target"] = float(given["target"])
        rules = tuple(
            GoalRule(**_rule(rule), where=self.where("goal", index, "rule", number, "jql"))
            for number, rule in enumerate(goal.rule or [])
        )
        return GoalSettings(**given, rules=rules, where=self.where("goal", index, "id"))


def _rule(rule: goal_tables.Rule) -> dict[str, Any]:
    """A rule with its number and bounds, if it asks for one, as a condition."""
    given = _given(rule)
    asked = {key: given.pop(key) for key in ("metric", "above", "below") if key in given}
    if not asked:
        return given
    bounds = {key: float(bound) for key, bound in asked.items() if key != "metric"}
    return given | {"condition": Condition(metric=asked["metric"], **bounds)}


def _given(section: Shape) -> dict[str, Any]:
    """The keys that the file gives, lists as tuples."""
    values = {name: getattr(section, name) for name in section.model_fields_set}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _absolute(path: str, folder: Path) -> Path:
    return folder / Path(path).expanduser()


def _user_folder(site_name: str) -> Path:
    from platformdirs import user_data_path

    return user_data_path("pmreport", appauthor=False) / site_name


def _store_url(url: str | None, folder: Path, own_folder: Path) -> str:
    """The store's address, a DuckDB file always as an absolute path (`duckdb:///x` is `/x` as well)."""
    if url is None:
        return f"duckdb:{own_folder / 'store.duckdb'}"
    if not url.startswith("duckdb:"):
        return url
    name = url.removeprefix("duckdb:")
    return f"duckdb:{_absolute(name[2:] if name.startswith('///') else name, folder)}"


def _flow(flow: tables.Flow) -> FlowSettings:
    given = _given(flow)
    sle = given.pop("sle", None)
    return FlowSettings(**given, **({"sle_days": sle.days, "sle_share": sle.share} if sle else {}))


def _report(report: tables.Report, folder: Path) -> ReportSettings:
    given = _given(report)
    if report.thresholds:
        pairs = _given(report.thresholds)
        given["thresholds"] = Thresholds(**{name: Threshold(*pair) for name, pair in pairs.items()})
    if report.templates:
        given["templates"] = str(_absolute(report.templates, folder))
    if report.browser and len(Path(report.browser).parts) > 1:  # else the name of a command
        given["browser"] = str(_absolute(report.browser, folder))
    return ReportSettings(**given)


def _mail(mail: tables.Mail, folder: Path) -> MailSettings:
    given = _given(mail)
    for name in ("folder", "ca_bundle"):
        if name in given:
            given[name] = _absolute(given[name], folder)
    given["lists"] = {name: tuple(people) for name, people in (mail.lists or {}).items()}
    return MailSettings(**given)
