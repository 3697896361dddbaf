"""What an issue has been: the WAS and CHANGED of JQL, played back from its histories."""

from collections.abc import Callable
from typing import NamedTuple

from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import Issue
from pmreport.demo.jql_fields import Field

_ITEM = {"fixversion": "fix version"}
_ETERNITY = 1 << 62


class Step(NamedTuple):
    """From an instant on a field had these values; before it, others. The first step is the creation."""

    at_ms: int
    author: str | None
    before: frozenset[str]
    after: frozenset[str]


class When(NamedTuple):
    """[low, high), and the people who may have done it; no people is anybody."""

    low: int = 0
    high: int = _ETERNITY
    people: frozenset[str] = frozenset()

    def allows(self, author: str | None) -> bool:
        """Whether somebody is among them."""
        return not self.people or author in self.people


def steps(issue: Issue, field: Field, corpus: Corpus) -> list[Step]:
    """What became of a field, oldest first."""
    name = _ITEM.get(field.name, field.name)
    after = frozenset(map(str, field.values(issue, corpus)))
    found = []
    for history in reversed(issue.histories):
        for item in reversed(history.items):
            if item.field.lower() == name:
                before = after - {item.to or ""} | ({item.from_} if item.from_ else set())
                found.append(Step(history.at_ms, history.author, before, after))
                after = before
    return [Step(issue.created_ms, None, frozenset(), after), *reversed(found)]


def was(
    field: Field, corpus: Corpus, wanted: set[str], when: When, *, empty: bool
) -> Callable[[Issue], bool]:
    """Whether an issue had one of the values in that time, or none at all where `empty` is asked."""

    def test(issue: Issue) -> bool:
        told = steps(issue, field, corpus)
        ends = [*(step.at_ms for step in told[1:]), _ETERNITY]
        since, author = told[0].at_ms, dict.fromkeys(told[0].after)
        for step, end in zip(told, ends, strict=True):
            author = {value: author[value] if value in step.before else step.author for value in step.after}
            if step.at_ms < when.high and end > max(when.low, since - 1) and step.at_ms <= corpus.now_ms:
                had = [author[value] for value in step.after & wanted]
                had += [step.author] if empty and not step.after else []
                if any(when.allows(person) for person in had):
                    return True
        return False

    return test


def changed(field: Field, corpus: Corpus, sides: dict[str, set[str]], when: When) -> Callable[[Issue], bool]:
    """Whether an issue was changed in that time, from and to what is asked; an empty text is no value."""

    def fits(step: Step) -> bool:
        gone, come = step.before - step.after or {""}, step.after - step.before or {""}
        return (
            when.low <= step.at_ms < when.high
            and when.allows(step.author)
            and ("from" not in sides or bool(gone & sides["from"]))
            and ("to" not in sides or bool(come & sides["to"]))
        )

    return lambda issue: any(fits(step) for step in steps(issue, field, corpus)[1:])
