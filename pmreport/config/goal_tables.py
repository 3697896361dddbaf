"""The goals of the configuration and their rules, as they stand in the file."""

from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator, model_validator

from pmreport.config.kinds import (
    CatalogueName,
    Day,
    GoalId,
    Jql,
    Number,
    Text,
    choice_of,
)
from pmreport.config.section import Shape, fault_of, refuse_twins
from pmreport.goals.condition import RuleMetric
from pmreport.goals.goal import Polarity, Visibility


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
