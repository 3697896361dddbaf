"""The built-in goals, and the goals of one person made from them and from their own words."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from pmreport.errors import ConfigurationError
from pmreport.goals.condition import Condition, RuleMetric
from pmreport.goals.goal import Goal, GoalRule, Polarity
from pmreport.goals.indicator import Aim, Binding, Guard, Indicator, Source
from pmreport.goals.jql_error import did_you_mean
from pmreport.goals.settings import GoalSettings

MOST_ACTIVE = 3
STRENGTHS = range(1, 4)
_PREFIX = "catalogue:"
_WORDS = ("title", "why", "behaviour_now", "target_behaviour", "indicator", "guard", "show")
_BINDING = ("id", "unit", "pick", "days", "goal_only", "by_subject")
_BLANK = Goal(id="", title="", why="", behaviour_now="", target_behaviour="", indicator="", guard="", show="")


@cache
def load() -> Mapping[str, Goal]:
    """The built-in goals by id, in the order of the catalogue."""
    text = files("pmreport.goals").joinpath("catalog.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return {entry["id"]: _built_in(entry, told["baseline"]) for entry in told["goal"]}


def resolve(settings: Sequence[GoalSettings]) -> tuple[Goal, ...]:
    """The goals of one person, in the order they wrote them.

    A goal that uses a built-in one takes from it what it does not say itself. Its rules come after the
    built-in ones; a rule with the id of a built-in one takes its place.

    Raises ConfigurationError with every problem: an unknown built-in goal, a goal of one's own without a
    title, an id used twice, more than three active goals without a reason, a strength that is not 1 to 3.
    """
    problems = tuple(_problems(settings))
    if problems:
        *before, (last, where) = problems
        told = "".join(f"{what}{_place(place)}\n\nerror: " for what, place in before)
        raise ConfigurationError(told + last, where=where)
    return tuple(_goal(chosen) for chosen in settings)


def _built_in(entry: Mapping[str, Any], baseline: str) -> Goal:
    rules = tuple(map(_built_in_rule, entry["rule"]))
    words = {name: entry[name] for name in ("id", *_WORDS)}
    indicators = tuple(_indicator(measure) for measure in entry["measure"])
    first = indicators[0]
    return Goal(
        **words,
        target=first.target,
        metric=first.binding.id,
        aim=first.aim,
        baseline=entry.get("baseline", baseline),
        indicators=indicators,
        rules=rules,
    )


def _indicator(measure: Mapping[str, Any]) -> Indicator:
    guard = measure.get("guard")
    return Indicator(
        binding=_binding(measure),
        name=measure["name"],
        aim=Aim(measure["aim"]),
        target=measure["target"],
        floor=measure["floor"],
        guard=guard and _guard(guard),
        is_context=measure.get("context", False),
    )


def _guard(guard: Mapping[str, Any]) -> Guard:
    return Guard(binding=_binding(guard), name=guard["name"], aim=Aim(guard["aim"]), limit=guard["limit"])


def _binding(written: Mapping[str, Any]) -> Binding:
    return Binding(
        **{name: written[name] for name in _BINDING if name in written},
        source=Source(written.get("source", Source.NUMBER)),
        is_share=written.get("share", False),
        hits=tuple(written.get("hits", ())),
        misses=tuple(written.get("misses", ())),
        kinds=tuple(written.get("kinds", ())),
    )


def _built_in_rule(rule: Mapping[str, Any]) -> GoalRule:
    condition = (
        Condition(metric=RuleMetric(rule["metric"]), above=rule.get("above"), below=rule.get("below"))
        if "metric" in rule
        else None
    )
    return GoalRule(
        id=rule["id"],
        jql=rule["jql"],
        polarity=Polarity(rule["polarity"]),
        strength=rule["strength"],
        condition=condition,
    )


def _goal(chosen: GoalSettings) -> Goal:
    base = _BLANK if chosen.use is None else load()[_used(chosen.use)]
    own = {name: getattr(chosen, name) for name in (*_WORDS, "target", "due", "visibility", "beyond_three")}
    said = {name: value for name, value in own.items() if value is not None}
    indicators = _aimed(base.indicators, chosen.target)
    return replace(
        base, id=chosen.id, active=chosen.active, rules=_rules(base, chosen), indicators=indicators, **said
    )


def _aimed(indicators: tuple[Indicator, ...], target: float | None) -> tuple[Indicator, ...]:
    """The indicators with a target of one's own: it is that of the first, which the goal is known by."""
    if target is None or not indicators:
        return indicators
    first, *others = indicators
    return (replace(first, target=target), *others)


def _rules(base: Goal, chosen: GoalSettings) -> tuple[GoalRule, ...]:
    own = {rule.id: rule for rule in chosen.rules}
    kept = tuple(own.pop(rule.id, rule) for rule in base.rules)
    return kept + tuple(own.values())


def _used(use: str) -> str:
    return use.removeprefix(_PREFIX)


def _place(where: str | None) -> str:
    return f"\n  --> {where}" if where else ""


def _problems(settings: Sequence[GoalSettings]) -> Iterator[tuple[str, str | None]]:
    """What is wrong, and where it stands."""
    for chosen in settings:
        place = chosen.where
        if chosen.use is None and not chosen.title:
            yield f"the goal {chosen.id} is your own and needs a title", place
        if chosen.use is not None and _used(chosen.use) not in load():
            near = did_you_mean(_used(chosen.use), load()) or f"There are {', '.join(load())}."
            yield f"there is no built-in goal {_used(chosen.use)}. {near}", place
        for name in _twice(rule.id for rule in chosen.rules):
            yield f"two rules of the goal {chosen.id} are called {name}", place
        for rule in chosen.rules:
            if rule.strength not in STRENGTHS:
                what = f"the strength of the rule {rule.id} is 1, 2 or 3, not {rule.strength}"
                yield what, rule.where or place
    for name in _twice(chosen.id for chosen in settings):
        yield f"two goals are called {name}", None
    active = [chosen.id for chosen in settings if chosen.active and not chosen.beyond_three]
    if len(active) > MOST_ACTIVE:
        names = ", ".join(active)
        what = (
            f"{len(active)} goals are active ({names}), at most three can be: shelve one by active = false, "
            "or say by beyond_three why it cannot wait"
        )
        yield what, None


def _twice(ids: Iterator[str]) -> tuple[str, ...]:
    return tuple(name for name, count in Counter(ids).items() if count > 1)
