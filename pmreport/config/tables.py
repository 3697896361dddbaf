"""The sections of the configuration but its goals; the defaults are those of the settings classes."""

from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator, model_validator

from pmreport.config.kinds import (
    Amount,
    BaseUrl,
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
from pmreport.config.section import Shape, fault_of
from pmreport.deliver.settings import MailSecurity, MailTransport
from pmreport.jira.settings import Deployment

MOST_ID = 2**53 - 1  # what every JSON reader counts to


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
