"""The sections and keys a configuration may hold; the defaults are those of the settings classes."""

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pmreport.config.kinds import (
    Amount,
    BaseUrl,
    CatalogueName,
    Currency,
    Day,
    DayName,
    FieldId,
    GoalId,
    HolidayCode,
    Hour,
    Jql,
    LengthOfTime,
    MailAddress,
    Number,
    ProjectKey,
    Share,
    SiteName,
    StoreUrl,
    Text,
    Texts,
    Threshold,
    Zone,
    address_of,
    choice_of,
    fault,
    is_loopback,
)
from pmreport.deliver.settings import MailSecurity, MailTransport
from pmreport.goals.condition import RuleMetric
from pmreport.goals.goal import Polarity, Visibility
from pmreport.jira.settings import Deployment

MOST_ACTIVE_GOALS = 3
MOST_ID = 2**53 - 1  # what every JSON reader counts to


class Shape(BaseModel):
    """A section. Unknown keys are faults, nothing is converted, and what is left out stays unset."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


def fault_of(key: str | tuple[str | int, ...], what: str) -> PydanticCustomError:
    """A fault of a section that is best shown at one of its keys, or at the end of a path of keys."""
    path = (key,) if isinstance(key, str) else key
    return PydanticCustomError("fault", "{what}", {"what": what, "path": path})


class Site(Shape):
    """`[site]`."""

    name: SiteName
    url: BaseUrl
    deployment: Annotated[Deployment, BeforeValidator(choice_of(Deployment))] | None = None
    email: MailAddress | None = None
    cloud_id: Text | None = None
    ca_bundle: Text | None = None
    client_certificate: Text | None = None


class Scope(Shape):
    """`[scope]`."""

    projects: Annotated[list[ProjectKey], Field(min_length=1)]
    boards: list[Annotated[int, Field(ge=1, le=MOST_ID)]] | None = None
    since: Day | None = None


class Sync(Shape):
    """`[sync]`."""

    connections: Annotated[int, Field(ge=1, le=16)] | None = None
    page_size: Annotated[int, Field(ge=1, le=100)] | None = None
    census_every: LengthOfTime | None = None
    census_limit: Annotated[Number, Field(ge=0, le=1)] | None = None


class Store(Shape):
    """`[store]`."""

    url: StoreUrl | None = None


class Calendar(Shape):
    """`[calendar]`."""

    time_zone: Zone | None = None
    working_days: Annotated[list[DayName], Field(min_length=1)] | None = None
    working_hours: Annotated[list[Hour], Field(min_length=2, max_length=2)] | None = None
    week_start: DayName | None = None
    holidays: HolidayCode | None = None
    extra_holidays: list[Day] | None = None

    @model_validator(mode="after")
    def _day_ends_after_it_begins(self) -> "Calendar":
        if self.working_hours and self.working_hours[0] >= self.working_hours[1]:
            raise fault_of("working_hours", "the working day ends before it begins")
        return self


class Fields(Shape):
    """`[fields]`."""

    story_points: FieldId | None = None
    sprint: FieldId | None = None


class Board(Shape):
    """`[board."7"]`."""

    start_column: Text | None = None


class Sle(Shape):
    """`[flow] sle`."""

    days: Annotated[int, Field(ge=1)]
    share: Share


class Flow(Shape):
    """`[flow]`."""

    waiting_statuses: Texts | None = None
    sle: Sle | None = None


class Done(Shape):
    """`[done]`."""

    dropped_resolutions: Texts | None = None


class People(Shape):
    """`[people]`."""

    automation_accounts: Texts | None = None


class FollowUps(Shape):
    """`[followups]`."""

    action_types: Texts | None = None
    question_types: Texts | None = None
    labels: Texts | None = None


class Investment(Shape):
    """`[investment]`."""

    grow: Texts | None = None
    enhance: Texts | None = None
    keep: Texts | None = None
    debt: Texts | None = None


class Priorities(Shape):
    """`[priorities]`."""

    value: Text | None = None
    urgency: Text | None = None
    risk: Text | None = None
    size: Text | None = None
    reach: Text | None = None
    impact: Text | None = None
    confidence: Text | None = None
    effort: Text | None = None


class Me(Shape):
    """`[me]`."""

    account: Text | None = None
    name: Text | None = None
    folder: Text | None = None


class Thresholds(Shape):
    """`[report.thresholds]`."""

    schedule: Threshold | None = None
    scope: Threshold | None = None
    budget: Threshold | None = None
    quality: Threshold | None = None
    data_age_days: Threshold | None = None

    @field_validator("*")
    @classmethod
    def _red_is_worse_than_amber(cls, pair: list[Number] | None) -> list[Number] | None:
        if pair and (pair[0] <= 0 or pair[0] > pair[1]):
            raise fault("amber and red, in this order, both above 0, e.g. [0.05, 0.10]")
        return pair


class Report(Shape):
    """`[report]`."""

    product: Text | None = None
    author: Text | None = None
    templates: Text | None = None
    browser: Text | None = None
    narrators: Texts | None = None
    thresholds: Thresholds | None = None


class Money(Shape):
    """`[money]`."""

    currency: Currency | None = None
    rates: Text | None = None


class Initiative(Shape):
    """`[[initiative]]`."""

    id: GoalId
    name: Text
    jql: Jql
    start: Day | None = None
    finish: Day | None = None
    budget: Amount | None = None
    change_label: Text | None = None

    @model_validator(mode="after")
    def _finishes_after_it_starts(self) -> "Initiative":
        if self.start and self.finish and self.finish <= self.start:
            raise fault_of("finish", "the initiative finishes before it starts")
        return self


class Mail(Shape):
    """`[mail]`."""

    transport: Annotated[MailTransport, BeforeValidator(choice_of(MailTransport))] | None = None
    host: Text | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Annotated[MailSecurity, BeforeValidator(choice_of(MailSecurity))] | None = None
    ca_bundle: Text | None = None
    ehlo_name: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:\[\]-]+$")] | None = None
    user: Text | None = None
    tenant: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")] | None = None
    client_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")] | None = None
    sender: MailAddress | None = Field(default=None, alias="from")
    folder: Text | None = None
    images: bool | None = None
    allowed_domains: list[Annotated[str, Field(pattern=r"^[^\s@]+$")]] | None = None
    lists: dict[str, list[MailAddress]] | None = None

    @model_validator(mode="after")
    def _goes_out_protected(self) -> "Mail":
        if self.security is MailSecurity.NONE and not (self.host and is_loopback(self.host)):
            raise fault_of("security", 'security "none" is for a mail server on this machine alone')
        return self

    @model_validator(mode="after")
    def _stays_inside_the_allowed_domains(self) -> "Mail":
        allowed = {domain.lower() for domain in self.allowed_domains or []}
        for name, addresses in (self.lists or {}).items():
            for address in addresses:
                if address_of(address).rpartition("@")[2].lower() not in allowed:
                    raise fault_of(("lists", name), f"{address} is outside allowed_domains")
        return self


class Rule(Shape):
    """`[[goal.rule]]`."""

    id: GoalId
    jql: Jql
    polarity: Annotated[Polarity, BeforeValidator(choice_of(Polarity))] | None = None
    strength: Annotated[int, Field(ge=1, le=3)] | None = None
    metric: Annotated[RuleMetric, BeforeValidator(choice_of(RuleMetric))] | None = None
    above: Number | None = None
    below: Number | None = None

    @model_validator(mode="after")
    def _a_number_has_bounds(self) -> "Rule":
        bounds = [bound for bound in (self.above, self.below) if bound is not None]
        if self.metric is None and bounds:
            raise fault_of(
                "above" if self.above is not None else "below",
                f'a bound needs the number it is for: `metric = "{RuleMetric.IDLE}"`',
            )
        if self.metric is not None and not bounds:
            raise fault_of("metric", "a number needs a bound: `above = 10`, or `below = 10`")
        if self.above is not None and self.below is not None and self.above >= self.below:
            raise fault_of("below", "no number lies above the one bound and below the other")
        return self


class Goal(Shape):
    """`[[goal]]`."""

    id: GoalId
    use: CatalogueName | None = None
    title: Text | None = None
    why: Text | None = None
    behaviour_now: Text | None = None
    target_behaviour: Text | None = None
    indicator: Text | None = None
    guard: Text | None = None
    show: Text | None = None
    target: Number | None = None
    due: Day | None = None
    active: bool | None = None
    beyond_three: Text | None = None
    visibility: Annotated[Visibility, BeforeValidator(choice_of(Visibility))] | None = None
    rule: list[Rule] | None = None

    @model_validator(mode="after")
    def _is_called_something(self) -> "Goal":
        if self.use is None and self.title is None:
            raise fault_of(
                "id", 'a goal of your own needs a title, or a built-in one: `use = "catalogue:..."`'
            )
        return self

    @field_validator("rule")
    @classmethod
    def _rules_have_ids_of_their_own(cls, rules: list[Rule] | None) -> list[Rule] | None:
        refuse_twins([rule.id for rule in rules or []], "rule of this goal")
        return rules


class File(Shape):
    """The whole file."""

    site: Site
    scope: Scope
    sync: Sync = Sync()
    store: Store = Store()
    calendar: Calendar = Calendar()
    fields: Fields = Field(default=Fields())
    board: dict[str, Board] = {}
    flow: Flow = Flow()
    done: Done = Done()
    people: People = People()
    followups: FollowUps = FollowUps()
    investment: Investment = Investment()
    priorities: Priorities = Priorities()
    me: Me = Me()
    report: Report = Report()
    money: Money = Money()
    initiative: list[Initiative] = []
    mail: Mail = Mail()
    goal: list[Goal] = []

    @field_validator("board")
    @classmethod
    def _boards_go_by_number(cls, boards: dict[str, Board]) -> dict[str, Board]:
        for board in boards:
            if not re.fullmatch(r"[1-9]\d*", board):
                raise fault_of(board, 'a board goes by its number, e.g. [board."7"]')
        return boards

    @field_validator("initiative")
    @classmethod
    def _initiatives_have_ids_of_their_own(cls, initiatives: list[Initiative]) -> list[Initiative]:
        refuse_twins([initiative.id for initiative in initiatives], "initiative")
        return initiatives

    @field_validator("goal")
    @classmethod
    def _goals_have_ids_of_their_own(cls, goals: list[Goal]) -> list[Goal]:
        refuse_twins([goal.id for goal in goals], "goal")
        active = [
            index for index, goal in enumerate(goals) if goal.active is not False and not goal.beyond_three
        ]
        if len(active) > MOST_ACTIVE_GOALS:
            what = (
                "at most three goals are active at a time; give this one `active = false`, "
                'or say why it cannot wait: `beyond_three = "..."`'
            )
            raise fault_of((active[MOST_ACTIVE_GOALS], "id"), what)
        return goals


def refuse_twins(ids: list[str], what: str) -> None:
    """Refuse an id that stands twice, at its second place."""
    for index, one in enumerate(ids):
        if one in ids[:index]:
            raise fault_of((index, "id"), f'there is another {what} with the id "{one}"')
