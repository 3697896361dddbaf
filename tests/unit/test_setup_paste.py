"""What discovery prints can be pasted: it is TOML, loads, and gives the reason of each choice."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.app.setup import configuration, paste
from pmreport.app.setup.access import Access
from pmreport.app.setup.configuration import Beginning
from pmreport.app.setup.survey import BoardFound, BoardLayout, FieldSurvey, StatusSurvey
from pmreport.config import Config, parse
from pmreport.errors import UsageError
from pmreport.jira.fields import BoardEstimate, discover
from pmreport.jira.settings import Deployment, SiteSettings
from pmreport.model.rows import BoardColumnRow, ProjectRow, ResolutionRow, StatusRow
from tests.unit.test_fields import CLOUD, field

URL = "https://acme.atlassian.net"
SITE = f'[site]\nname = "acme"\nurl = "{URL}"\n'
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
NASTY = 'a "b" \\ \n[x]\r\x00\x7f\u2028 # é'
COLUMNS = (
    BoardColumnRow(7, "1", "To Do", 0, is_done=False),
    BoardColumnRow(7, "2", "In Progress", 1, is_done=False),
    BoardColumnRow(7, "3", "In Progress", 1, is_done=False),
    BoardColumnRow(7, "4", "Done", 2, is_done=True),
)


def board(number: int, project: str | None, field_id: str | None, name: str = "Web") -> BoardLayout:
    """A board that belongs to a project and estimates in a field."""
    estimate = BoardEstimate(board_id=number, project_key=project, field_id=field_id) if field_id else None
    found = BoardFound(board_id=number, name=name, kind="scrum", listed={})
    return BoardLayout(board=found, columns=COLUMNS, estimate=estimate)


def surveyed(*boards: BoardLayout, projects: tuple[str, ...] = ("WEB", "APP"), **more: str) -> FieldSurvey:
    """The fields of the usual Cloud site, seen with these boards."""
    found = discover(CLOUD, [each.estimate for each in boards if each.estimate], **more)
    return FieldSurvey(projects=projects, fields=found, boards=boards)


def loaded(text: str, *, scope: bool = True) -> Config:
    """The configuration with these lines pasted into it."""
    begin = SITE + ('[scope]\nprojects = ["WEB"]\n' if scope else "")
    return parse(begin + text, Path("pmreport.toml"))


def test_one_field_for_every_project_is_ready_to_paste() -> None:
    """All boards estimate in the same field: the line can stand as it is, with the boards as its reason."""
    text = paste.field_lines(
        URL, surveyed(board(7, "WEB", "customfield_10026"), board(8, "APP", "customfield_10026"))
    )

    config = loaded(text)
    assert config.fields.story_points == "customfield_10026"
    assert config.fields.sprint == "customfield_10020"
    assert "board 7 estimates in it" in text
    assert "board 8 estimates in it" in text


def test_projects_that_differ_get_no_common_line() -> None:
    """A line would overrule one of them: each is told with its reason, and nothing is set."""
    text = paste.field_lines(
        URL,
        surveyed(
            board(7, "WEB", "customfield_10026"), board(9, "WEB", "customfield_10026"), board(8, "APP", None)
        ),
    )

    assert loaded(text).fields.story_points is None
    assert '#   WEB: customfield_10026 "Story Points": boards 7, 9 estimate in it' in text
    assert (
        '#   APP: customfield_10026 "Story Points": board 7 estimates in it; '
        'else customfield_10016 "Story point estimate": made by Jira for story points'
    ) in text


def test_the_other_parts_are_told_with_their_reasons() -> None:
    """Epic link, rank and flag cannot be overruled, and are shown all the same."""
    text = paste.field_lines(URL, surveyed())

    assert '#   epic link: customfield_10014 "Epic Link": of the kind gh-epic-link' in text
    assert '#   flagged: customfield_10021 "Flagged": of the kind multicheckboxes, called' in text


def test_a_choice_of_the_configuration_is_told_as_one() -> None:
    """Whoever overruled a field sees that it was overruled."""
    text = paste.field_lines(URL, surveyed(story_points="customfield_10050"))

    assert 'customfield_10050 "Actual Story Points": set in the configuration' in text


def test_a_site_without_points_and_sprints_says_so() -> None:
    """Estimates in time are no points; the lines are there to be filled in."""
    found = discover([field("summary", "Summary")])
    text = paste.field_lines(
        URL, FieldSurvey(projects=("WEB",), fields=found, boards=(board(7, "WEB", "timeestimate"),))
    )

    assert loaded(text).fields.story_points is None
    assert "no field for story points was found" in text
    assert "estimates are in time on board 7" in text
    assert "no sprint field was found" in text


def test_boards_are_ready_to_paste() -> None:
    """Every board of the projects, what it estimates in, and its columns in their order."""
    closed = BoardLayout(
        board=BoardFound(board_id=9, name="Ops", kind="", listed={}), columns=None, estimate=None
    )

    text = paste.board_lines(URL, ("WEB", "APP"), [board(7, "WEB", "customfield_10026"), closed])

    config = loaded(text, scope=False)
    assert config.scope.projects == ("WEB", "APP")
    assert config.scope.boards == (7, 9)
    assert "of To Do | In Progress | Done" in text
    assert "Ops (of an unknown kind); its configuration may not be read" in text
    assert [each.board_id for each in config.boards] == [7]


def test_statuses_that_look_like_waiting_are_chosen() -> None:
    """In progress and named like waiting; dropped resolutions by the usual names; the rest is commented."""
    names = (
        ("1", "To Do", "new"),
        ("2", "In Progress", "indeterminate"),
        ("3", "In Review", "indeterminate"),
    )
    statuses = (*names, ("4", "Done", "done"), ("5", "Waiting room", "new"), ("6", "In Review", "undefined"))
    resolutions = (ResolutionRow("1", "Done"), ResolutionRow("2", "won't do"))

    text = paste.status_lines(
        URL,
        StatusSurvey(
            statuses=tuple(StatusRow(*each) for each in statuses),
            resolutions=resolutions,
            boards=(board(7, "WEB", None),),
        ),
    )

    config = loaded(text)
    assert config.flow.waiting_statuses == ("In Review",)
    assert config.done.dropped_resolutions == ("won't do",)
    assert "# on none of these boards: Waiting room" in text
    assert '"In Progress",  # in progress; column "In Progress" of board 7' in text
    assert '# "Done",' in text


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_name_of_jira_survives_as_toml(name: str) -> None:
    """Quotes, line ends and control codes in a name break neither a text nor a comment."""
    shown = paste.remark(name)

    assert tomllib.loads(f"x = {paste.quoted(name)}  # {shown}\ny = 1")["x"] == name
    assert "\n" not in shown


def beginning(**more: object) -> Beginning:
    """Answers as a person gives them, with names that try to break out."""
    site = SiteSettings(name="acme", url=URL, deployment=Deployment.CLOUD, email="pm@acme.example")
    given = {
        "access": Access(site=site, account="712020:1", name=NASTY, time_zone="Europe/Berlin"),
        "projects": (ProjectRow(1, "WEB", NASTY, simplified=False),),
        "boards": (),
        "shown": (board(7, "WEB", None, NASTY).board,),
        "survey": surveyed(board(7, "WEB", "customfield_10026", NASTY), projects=("WEB",)),
        "time_zone": "Europe/Berlin",
    }
    return Beginning(**(given | more))  # type: ignore[arg-type]  # each as it is named


def test_a_store_that_was_named_stands_in_the_first_configuration(tmp_path: Path) -> None:
    """With a word on its password; without one nothing is said, and it is the usual file."""
    shared, _ = configuration.write(
        beginning(store="postgresql://pm@db.example/jira"), tmp_path / "a.toml", now=NOW
    )
    own, _ = configuration.write(beginning(), tmp_path / "b.toml", now=NOW)

    assert shared.store.url == "postgresql://pm@db.example/jira"
    assert "its password: PMREPORT_STORE_PASSWORD" in (tmp_path / "a.toml").read_text("utf-8")
    assert own.store.url.startswith("duckdb:")
    assert "[store]" not in (tmp_path / "b.toml").read_text("utf-8")


def test_the_first_configuration_loads_whatever_things_are_called(tmp_path: Path) -> None:
    """It says what was chosen, and its comments why."""
    config, kept = configuration.write(beginning(), tmp_path / "pmreport.toml", now=NOW)

    text = (tmp_path / "pmreport.toml").read_text("utf-8")
    assert kept is None
    assert (config.site.url, config.site.email) == (URL, "pm@acme.example")
    assert (config.scope.projects, config.scope.boards) == (("WEB",), ())
    assert config.me.account == "712020:1"
    assert [goal.id for goal in config.goals] == ["estimation"]
    assert "written by `pmreport init` on 2026-11-28" in text
    assert '# story points of WEB: customfield_10026 "Story Points": board 7 estimates in it' in text
    assert config.fields.story_points is None


def test_files_and_boards_that_were_named_stand_in_it(tmp_path: Path) -> None:
    """A gateway, an authority and a client certificate are part of how the site is reached."""
    site = SiteSettings(
        name="acme",
        url=URL,
        email="pm@acme.example",
        cloud_id="11-22",
        ca_bundle=tmp_path / "ca.pem",
        client_certificate=tmp_path / "me.pem",
    )
    access = Access(site=site, account="712020:1", name="PM", time_zone=None)

    config, _ = configuration.write(
        beginning(access=access, boards=(7, 8)), tmp_path / "pmreport.toml", now=NOW
    )

    assert config.site == site
    assert config.scope.boards == (7, 8)


def test_a_configuration_that_is_there_is_kept(tmp_path: Path) -> None:
    """It is refused without a word for it; with one, the old file stays beside the new one, every time."""
    path = tmp_path / "pmreport.toml"
    path.write_text("# mine")

    with pytest.raises(UsageError, match="there is a configuration already"):
        configuration.refuse_existing(path, replace=False)
    configuration.refuse_existing(path, replace=True)
    _, first = configuration.write(beginning(), path, now=NOW)
    _, second = configuration.write(beginning(), path, now=NOW)

    assert first is not None
    assert second is not None
    assert (first.name, first.read_text()) == ("pmreport.toml.1.bak", "# mine")
    assert second.name == "pmreport.toml.2.bak"
    with pytest.raises(UsageError, match="a folder has the name"):
        configuration.refuse_existing(tmp_path, replace=True)
