"""The fields of a site find their parts."""

from typing import Any

import pytest

from pmreport.jira.fields import BoardEstimate, Role, discover

FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
JSW_POINTS = "com.pyxis.greenhopper.jira:jsw-story-points"
SPRINT = "com.pyxis.greenhopper.jira:gh-sprint"
EPIC = "com.pyxis.greenhopper.jira:gh-epic-link"
RANK = "com.pyxis.greenhopper.jira:gh-lexo-rank"
BOXES = "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"


def field(field_id: str, name: str, custom: str | None = None, **more: Any) -> dict[str, Any]:
    """A field as Jira describes it."""
    schema = {"schema": {"type": "any", "custom": custom}} if custom else {}
    return {"id": field_id, "name": name, "custom": custom is not None, **schema, **more}


def board(board_id: int, project: str | None, field_id: str) -> BoardEstimate:
    """A board that estimates in a field."""
    return BoardEstimate(board_id=board_id, project_key=project, field_id=field_id)


CLOUD = [
    field("summary", "Summary"),
    field("customfield_10020", "Sprint", SPRINT),
    field("customfield_10021", "Flagged", BOXES),
    field("customfield_10030", "Components affected", BOXES),
    field("customfield_10026", "Story Points", FLOAT),
    field("customfield_10016", "Story point estimate", JSW_POINTS),
    field("customfield_10050", "Actual Story Points", FLOAT),
    field("customfield_10014", "Epic Link", EPIC),
    field("customfield_10019", "Rank", RANK),
    field("customfield_10018", "Support Rank", RANK),
]


def test_the_parts_are_found_by_kind_and_name() -> None:
    """The kind of a field tells most; where several are of one kind the name decides."""
    found = discover(CLOUD)

    assert found.sprint == "customfield_10020"
    assert found.epic_link == "customfield_10014"
    assert found.flagged == "customfield_10021"
    assert found.rank == "customfield_10019"


def test_both_point_fields_are_kept_in_order() -> None:
    """The field made for points goes before a number field of that name; look-alikes are left out."""
    found = discover(CLOUD)

    assert found.points == ("customfield_10016", "customfield_10026")
    assert found.points_of("WEB") == found.points


def test_the_board_decides_for_its_project() -> None:
    """A project whose board estimates in a field is read by that field alone; the points never add up."""
    found = discover(CLOUD, [board(7, "WEB", "customfield_10026")])

    assert found.points_of("WEB") == ("customfield_10026",)
    assert found.points_of("APP") == ("customfield_10026", "customfield_10016")
    assert next(c.reason for c in found.choices if c.role is Role.POINTS) == "board 7 estimates in it"


def test_boards_that_disagree_leave_every_field_in_play() -> None:
    """Two boards of one project with two fields: none of them can speak for the project."""
    found = discover(CLOUD, [board(7, "WEB", "customfield_10026"), board(8, "WEB", "customfield_10016")])

    assert found.points_of("WEB") == ("customfield_10026", "customfield_10016")


def test_a_board_that_estimates_in_time_chooses_no_point_field() -> None:
    """Seconds are no points; a person's board has no project to speak for."""
    found = discover(CLOUD, [board(7, "WEB", "timeoriginalestimate"), board(8, None, "customfield_10016")])

    assert found.project_points == {}
    assert found.points[0] == "customfield_10016"


def test_the_configuration_overrules() -> None:
    """Who names a field in the configuration means it, for every project."""
    found = discover(
        CLOUD,
        [board(7, "WEB", "customfield_10026")],
        story_points="customfield_10050",
        sprint="customfield_9",
    )

    assert found.points_of("WEB")[0] == "customfield_10050"
    assert found.sprint == "customfield_9"
    assert {c.reason for c in found.choices if c.field_id in {"customfield_10050", "customfield_9"}} == {
        "set in the configuration"
    }


@pytest.mark.parametrize(
    ("described", "points"),
    [
        ([field("cf_1", "Storypunkte", FLOAT, untranslatedName="Story Points")], ("cf_1",)),
        (
            [
                field("cf_1", "Story Points", FLOAT),
                field("cf_2", "X", FLOAT, untranslatedName="Story points"),
            ],
            ("cf_2", "cf_1"),
        ),
        ([field("cf_1", "Story Points")], ()),
        ([{"name": "Story Points", "schema": {"custom": FLOAT}}], ()),
        ([], ()),
    ],
    ids=["translated", "English first", "no number field", "without an id", "no fields"],
)
def test_points_by_name_go_by_the_english_name(
    described: list[dict[str, Any]], points: tuple[str, ...]
) -> None:
    """Names are shown in the caller's language; the untranslated one is looked at first."""
    assert discover(described).points == points


def test_a_site_without_these_fields_is_no_error() -> None:
    """Not every site plans sprints or estimates in points."""
    found = discover([field("summary", "Summary"), field("cf_1", "Colours", BOXES)])

    assert (found.sprint, found.points, found.epic_link, found.flagged, found.rank) == (
        None,
        (),
        None,
        None,
        None,
    )
    assert found.choices == ()


@pytest.mark.parametrize(
    ("field_id", "name", "meant"),
    [
        ("customfield_10020", "Sprint", "customfield_10020"),
        (None, "Sprint", "customfield_10020"),
        (None, "SPRINT", "customfield_10020"),
        (None, "IssueParentAssociation", "parent"),
        (None, "Parent", "parent"),
        (None, "Epic Link", "parent"),
        ("customfield_10014", "Epic Link", "parent"),
        (None, "Fix Version", "fixVersions"),
        (None, "Component", "components"),
        (None, "Key", "issuekey"),
        (None, "Long gone field", "Long gone field"),
    ],
)
def test_a_changelog_name_leads_to_its_field(field_id: str | None, name: str, meant: str) -> None:
    """The changelog often gives only a name, and has names of its own for some fields."""
    assert discover(CLOUD).field_id_of(field_id, name) == meant


def test_a_field_of_the_whole_site_goes_before_one_of_a_project() -> None:
    """Team-managed projects bring fields of the same name along."""
    own = field("cf_2", "Team", FLOAT, scope={"type": "PROJECT", "project": {"id": "1"}})

    assert discover([own, field("cf_1", "Team", FLOAT)]).field_id_of(None, "team") == "cf_1"


def test_a_field_knows_its_part() -> None:
    """What discovery chose is stored beside the field."""
    found = discover(CLOUD)

    assert found.role_of("customfield_10016") is Role.POINTS
    assert found.role_of("summary") is None
