"""A definition: what a number means, in words a reader can check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A number's meaning. `unit` "board unit" is what the board estimates in: points, time or issues.

    `source` says where the definition comes from; "pmreport" where it is our own.
    """

    id: str
    name: str
    unit: str
    text: str
    source: str = "pmreport"
