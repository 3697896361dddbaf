"""What a check found: how many of how many, how bad that is, and which numbers it blocks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pmreport.metrics.catalog import DEFINITIONS, FAMILIES
from pmreport.metrics.definitions.check import Check
from pmreport.metrics.definitions.quality import CHECKS
from pmreport.metrics.value import Value
from pmreport.model.journal_kinds import QualityException

_AMBER, _RED = 5, 15  # per cent
_FEWEST = 5  # one of two is half, and says nothing


class Grade(StrEnum):
    """How much of what a check looks at is odd: below 5 %, up to 15 %, more; none: nothing to look at."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "nothing to check"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer of one check.

    `count` of `population` are odd, those `accepted` not among them. `subjects` are what was found, keys of
    issues or names, as many as were asked for; empty where they may not be named. `unknown` says why the
    store cannot tell; nothing else is known then.
    """

    check: Check
    population: int = 0
    count: int = 0
    subjects: tuple[str, ...] = ()
    accepted: tuple[QualityException, ...] = ()
    unknown: str = ""

    @property
    def share(self) -> Decimal | None:
        """The odd part in per cent; None where there is nothing to look at."""
        return None if self.unknown or not self.population else Decimal(100 * self.count) / self.population

    @property
    def grade(self) -> Grade:
        """Green below 5 %, amber up to 15 %, red above; context and fewer than five are amber at most."""
        if self.unknown:
            return Grade.UNKNOWN
        if self.share is None:
            return Grade.NONE
        if self.share < _AMBER:
            return Grade.GREEN
        blocks = not self.check.context and self.population >= _FEWEST
        return Grade.RED if self.share > _RED and blocks else Grade.AMBER

    @property
    def touched(self) -> tuple[str, ...]:
        """The catalogue ids of the numbers that the check touches, in the order of the catalogue."""
        return touched(self.check)


def touched(check: Check) -> tuple[str, ...]:
    """The catalogue ids that a check touches, in the order of the catalogue.

    A family stands for all its numbers.
    """
    ids = {each.id for name in check.touches for each in FAMILIES.get(name, ())} | {
        name for name in check.touches if name in DEFINITIONS
    }
    return tuple(each for each in DEFINITIONS if each in ids)


def blocked_metrics(findings: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    """The numbers whose headline is blocked, by catalogue id, each with the red checks that block it.

    Their values stay within reach; they are not to be read without what is behind them.
    """
    blocked: dict[str, tuple[str, ...]] = {}
    for finding in findings:
        if finding.grade is Grade.RED:
            for metric in finding.touched:
                blocked[metric] = (*blocked.get(metric, ()), finding.check.code)
    return {metric: blocked[metric] for metric in DEFINITIONS if metric in blocked}


def values(findings: Iterable[Finding]) -> tuple[Value, ...]:
    """The share of each check, with what it rests on."""
    return tuple(
        Value(
            id=finding.check.id,
            definition=finding.check.id,
            label=f"{finding.check.code} {finding.check.title}",
            value=finding.share,
            unit="%",
            n=finding.population,
            excluded=(("accepted", len(finding.accepted)),) if finding.accepted else (),
            items=finding.subjects,
            note=finding.unknown or ("" if finding.population else "nothing to check"),
        )
        for finding in findings
    )


BY_CODE: Mapping[str, Check] = {check.code: check for check in CHECKS}
