"""The product the simulator plays: what Jira Cloud and Data Center do differently, as one value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One product. Only Cloud is played so far; every difference belongs here."""

    name: str
    deployment_type: str
    versions: tuple[str, ...]
    search_cap: int
    id_search_cap: int
    embedded_histories: int
    board_cap: int
    comment_cap: int


CLOUD = Dialect(
    name="cloud",
    deployment_type="Cloud",
    versions=("2", "3", "latest"),
    search_cap=100,
    id_search_cap=5000,
    embedded_histories=40,
    board_cap=50,
    comment_cap=100,
)
