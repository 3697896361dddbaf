"""Stretches of time laid over each other: where enough of them cover a moment."""

from collections.abc import Iterable

from pmreport.model.query import sql_text

Weighed = tuple[str, int]
"""Stretches as SQL, and the weight of each."""


def sweep(parts: Iterable[Weighed], *, needed: int) -> str:
    """The merged stretches in which the weights of what covers a moment make at least `needed`, as SQL."""
    weighed = (_text("weighed", stretches=stretches, weight=weight) for stretches, weight in parts)
    return _text("sweep", weighed=" UNION ALL ".join(weighed), needed=needed)


def _text(name: str, **parts: str | int) -> str:
    return sql_text("pmreport.goals", f"sql/{name}.sql").format(**parts)
