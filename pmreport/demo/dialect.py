"""The product the simulator plays: what Jira Cloud and Data Center do differently, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One product. Whatever the two do differently is a value here, read in one place of the simulator.

    `left_out` names, by the kind of thing, the members that this product does not write. `context` is the
    path below which everything stands. An `embedded_histories` of None embeds the whole changelog.
    """

    name: str
    deployment_type: str
    product_version: tuple[int, int, int]
    build_number: int
    versions: tuple[str, ...]
    context: str
    board_cap: int
    comment_page: int
    comment_cap: int
    embedded_histories: int | None
    embedded_comments: int | None
    bearer: bool
    refused_as_anonymous: bool
    unbounded_searches: bool
    epic_links: bool
    sprints_as_text: bool
    clicks_as_start: bool
    simple_boards: bool
    worklog_pages: bool
    permissions_named: bool
    archived_by_name: bool
    rate_headers: bool
    no_sprints: str
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def version_text(self) -> str:
        """The version as the server writes it."""
        text = ".".join(map(str, self.product_version))
        return f"{text}-SNAPSHOT" if self.clicks_as_start else text


CLOUD = Dialect(
    name="cloud",
    deployment_type="Cloud",
    product_version=(1001, 0, 0),
    build_number=100290,
    versions=("2", "3", "latest"),
    context="",
    board_cap=50,
    comment_page=100,
    comment_cap=100,
    embedded_histories=40,
    embedded_comments=20,
    bearer=False,
    refused_as_anonymous=True,
    unbounded_searches=False,
    epic_links=False,
    sprints_as_text=False,
    clicks_as_start=True,
    simple_boards=True,
    worklog_pages=True,
    permissions_named=True,
    archived_by_name=False,
    rate_headers=False,
    no_sprints="The board does not support sprints",
    left_out={"worklog feed": frozenset({"isLastPage"})},
)
DATACENTER = Dialect(
    name="datacenter",
    deployment_type="Server",
    product_version=(11, 3, 1),
    build_number=1103001,
    versions=("2", "latest"),
    context="/jira",
    board_cap=50,
    comment_page=50,
    comment_cap=5000,
    embedded_histories=None,
    embedded_comments=None,
    bearer=True,
    refused_as_anonymous=False,
    unbounded_searches=True,
    epic_links=True,
    sprints_as_text=True,
    clicks_as_start=False,
    simple_boards=False,
    worklog_pages=False,
    permissions_named=False,
    archived_by_name=True,
    rate_headers=True,
    no_sprints="The board doesn't support sprints.",
    left_out={
        "board": frozenset({"location", "isPrivate"}),
        "board configuration": frozenset({"location"}),
        "comment": frozenset({"jsdPublic"}),
        "comment visibility": frozenset({"identifier"}),
        "field": frozenset({"key", "untranslatedName", "scope"}),
        "history item": frozenset({"fieldId"}),
        "issue type": frozenset({"hierarchyLevel", "scope"}),
        "project": frozenset({"simplified", "style", "isPrivate", "properties"}),
        "server": frozenset({"serverTimeZone"}),
        "sprint": frozenset({"createdDate"}),
        "sprint page": frozenset({"total"}),
        "status": frozenset({"scope"}),
    },
)
DIALECTS = {dialect.name: dialect for dialect in (CLOUD, DATACENTER)}
