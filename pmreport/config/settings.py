"""Everything the configuration says, by room."""

from dataclasses import dataclass
from pathlib import Path

from pmreport.deliver.settings import MailSettings
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
from pmreport.report.settings import MeSettings, ReportSettings
from pmreport.store.settings import StoreSettings
from pmreport.sync.settings import ScopeSettings, SyncSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of every room, and the file they stand in.

    Paths in the settings are absolute. `own_folder` is the person's own: journal, frozen reports and evidence
    lie there, never in the store.
    """

    path: Path
    own_folder: Path
    site: SiteSettings
    scope: ScopeSettings
    sync: SyncSettings
    store: StoreSettings
    calendar: CalendarSettings
    fields: FieldSettings
    boards: tuple[BoardSettings, ...]
    flow: FlowSettings
    done: DoneSettings
    people: PeopleSettings
    followups: FollowUpSettings
    investment: InvestmentSettings
    priorities: PrioritySettings
    me: MeSettings
    report: ReportSettings
    money: MoneySettings
    initiatives: tuple[InitiativeSettings, ...]
    mail: MailSettings
    goals: tuple[GoalSettings, ...]

    @property
    def folder(self) -> Path:
        """The folder of the file: where relative paths begin."""
        return self.path.parent
