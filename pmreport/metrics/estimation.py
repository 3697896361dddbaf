"""Estimation accuracy: how far what was estimated lay from what it took."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """The headline pair over a set of (estimate, actual) pairs, and what it rests on.

    `bias_factor` = exp(mean ln(actual/estimate)), "takes 1.2 times what we say"; `typical_factor` =
    exp(mean |ln(actual/estimate)|), "usually within a factor of 1.4". Both None when `n` is 0.
    `excluded` counts what was left out by reason, most frequent first.
    """

    bias_factor: float | None
    typical_factor: float | None
    n: int
    excluded: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintAccuracy:
    """The accuracy of one sprint: of its completed items (hours), and of its commitment (its own unit).

    `log_ratio` is ln(completed / commitment), None where either is 0.
    """

    board_id: int
    sprint_id: int
    sprint_name: str
    items: Accuracy
    log_ratio: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimationSummary:
    """Accuracy by sprint, oldest first, and over all of them."""

    sprints: tuple[SprintAccuracy, ...]
    items: Accuracy  # every completed item of every sprint, once
    commitments: Accuracy  # one pair a sprint: estimate = commitment, actual = completed
