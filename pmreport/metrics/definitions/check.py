"""A check of the data quality: what it looks at, the numbers it touches, and which way they are moved."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check. `code` is its short name, `id` that of its definition in the catalogue.

    `population` is the plural of what it looks at, the denominator of its share. `touches` are ids of
    numbers, or names of whole families. `bias` says which way they are moved. A check that is `context` is
    about the site as a whole and blocks nothing.
    """

    code: str
    id: str
    title: str
    population: str
    touches: tuple[str, ...]
    bias: str
    text: str
    context: bool = False
