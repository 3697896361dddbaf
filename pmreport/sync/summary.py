"""How a sync went, while it runs and when it has ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pmreport.model.problem import ProblemKind


class Outcome(StrEnum):
    """How a run ended, as stored in `sync_run.outcome`."""

    RUNNING = "running"  # or killed
    COMPLETE = "complete"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run stands: the phase in words, how many issues it has seen, and how many are known to come."""

    phase: str
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCounts:
    """Issues that Jira named, that were new here, and that were known and have changed.

    `moved` stand in another project than before; `hidden` went out of sight, whatever became of them;
    `deleted` are those out of sight that a second look did not find either.
    """

    seen: int = 0
    inserted: int = 0
    updated: int = 0
    moved: int = 0
    hidden: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSummary:
    """What a run did. `changes` are the changelog items of the issues inserted or updated.

    `warnings` are sentences that somebody should read now.
    """

    status: Outcome
    issues: IssueCounts
    changes: int
    requests: int
    retries: int
    waited_seconds: float
    seconds: float
    problems: Mapping[ProblemKind, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
