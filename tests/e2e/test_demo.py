"""The demonstration from end to end: a simulated Jira, read, counted, tagged, reported."""

import email
import email.policy
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Demo, pmreport
from tests.support import pdf
from tests.support.browsers import hindrances, opened
from tests.support.npm import markup_faults

# Three sprints worked by hand. Points; "3>5" was re-estimated while in the sprint, "-" was not estimated.
#
# SHOP Sprint 25 (120), 2 to 13 November 2026, closed
#   item      at start  what happened                                counts as
#   SHOP-461  5         done                                         committed 5, completed 5
#   SHOP-462  8         done                                         committed 8, completed 8
#   SHOP-463  3>5       re-estimated, done                           committed 3, re-estimated +2, completed 5
#   SHOP-464  ->2       estimated in the sprint, done                committed 0, re-estimated +2, completed 2
#   SHOP-465  5         taken out                                    committed 5, removed 5
#   SHOP-466            put in (3), done                             added 3, completed 3
#   SHOP-467  (3)       was done before the start                    completed outside 3
#   SHOP-468  2         done, reopened, done                         committed 2, completed 2
#   SHOP-469  3         not finished, carried over                   committed 3, not completed 3
#   SHOP-470  3         taken out, put back (3), done                committed, removed, added, done: 3
#   SHOP-471            born in the sprint (1), done                 added 1, completed 1
#   SHOP-472  2         done four hours after the close              committed 2, not completed 2
#   31 committed + 7 added + 4 re-estimated - 8 removed = 34 = 29 completed + 5 not completed
#   Of the 31 committed, 5+8+3+0+2+3 = 21 were completed.
#
# SHOP Sprint 26 (122), from 16 November 2026, active
#   SHOP-469  3         carried in, done                             committed 3, completed 3
#   SHOP-472  (2)       carried in, was done before the start        completed outside 2
#   SHOP-473  5         done                                         committed 5, completed 5
#   SHOP-474  8         in work                                      committed 8, not completed 8
#   SHOP-475  3         done                                         committed 3, completed 3
#   SHOP-476  2         blocked                                      committed 2, not completed 2
#   SHOP-477  5         in work                                      committed 5, not completed 5
#   SHOP-478            put in (3)                                   added 3, not completed 3
#   SHOP-479  2>3       re-estimated, in work                        committed 2, re-estimated +1, not done 3
#   SHOP-480  5         taken out                                    committed 5, removed 5
#   33 committed + 3 added + 1 re-estimated - 5 removed = 32 = 11 completed + 21 not completed
#
# APP Sprint 25 (119), 28 October to 10 November 2026, closed
#   APP-488   3         done                                         committed 3, completed 3
#   APP-489   5         done                                         committed 5, completed 5
#   APP-490   8         done                                         committed 8, completed 8
#   APP-491   2>3       re-estimated, done                           committed 2, re-estimated +1, completed 3
#   APP-492   1         done                                         committed 1, completed 1
#   APP-493             put in (2), done                             added 2, completed 2
#   APP-494   3         not finished, carried over                   committed 3, not completed 3
#   APP-495   0         done                                         committed 0, completed 0
#   22 committed + 2 added + 1 re-estimated - 0 removed = 25 = 22 completed + 3 not completed
#   Of the 22 committed, 3+5+8+2+1+0 = 19 were completed.
AMOUNTS = (
    "commitment",
    "added",
    "removed",
    "reestimated",
    "completed",
    "not_completed",
    "completed_outside",
)


@pytest.fixture(scope="module")
def sprints(demo: Demo) -> dict[tuple[int, int], Any]:
    """Every sprint as `show sprints` shows it, by board and id."""
    done = demo.run("show", "sprints", "--json")
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown["schema"] == 1
    return {(one["board_id"], one["sprint_id"]): one for one in shown["sprints"]}


@pytest.mark.parametrize(
    ("sprint_id", "board_id", "points", "issues", "ratios"),
    [
        (120, 11, (31, 7, 8, 4, 29, 5, 3), (9, 3, 2, 0, 8, 2, 1), (29 / 31, 21 / 31)),
        (122, 11, (33, 3, 5, 1, 11, 21, 2), (8, 1, 1, 0, 3, 5, 1), (None, None)),
        (119, 12, (22, 2, 0, 1, 22, 3, 0), (7, 1, 0, 0, 7, 1, 0), (22 / 22, 19 / 22)),
    ],
    ids=["closed, everything happened", "active", "closed, calm"],
)
def test_three_sprints_come_out_as_worked_by_hand(
    sprints: dict[tuple[int, int], Any],
    sprint_id: int,
    board_id: int,
    points: tuple[int, ...],
    issues: tuple[int, ...],
    ratios: tuple[float | None, float | None],
) -> None:
    """Every amount of the three sprints in the table above, in points and in issues, and both ratios."""
    shown = sprints[board_id, sprint_id]

    assert tuple(shown[name] for name in AMOUNTS) == points
    assert tuple(shown["counts"][name] for name in AMOUNTS) == issues
    assert shown["unit"] == "points"
    assert shown["identity_holds"] is True
    assert shown["completion_ratio"] == pytest.approx(ratios[0])
    assert shown["commitment_reliability"] == pytest.approx(ratios[1])


def test_every_sprint_of_the_year_adds_up(sprints: dict[tuple[int, int], Any]) -> None:
    """About fifty sprints on two boards, and the identity holds for each."""
    assert len(sprints) >= 50
    assert {board for board, _ in sprints} == {11, 12}
    assert all(one["identity_holds"] for one in sprints.values())
    assert all(one["start"].endswith("Z") for one in sprints.values())


def test_the_demo_prints_the_paths_of_what_it_made(demo: Demo) -> None:
    """Each line is the path of a file that is there, and none lies outside the folder."""
    paths = [Path(line) for line in demo.printed.splitlines()]

    assert {path.name for path in paths} >= {
        "weekly.html",
        "weekly.eml",
        "weekly-2026-11-23.xlsx",
        "sprint.html",
        "estimation.html",
        "team.html",
        "review.html",
        "review.md",
    }
    pdf = demo.folder / "reports" / "weekly.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-") if pdf in paths else "No PDF was made" in demo.said
    assert all(path.is_file() and path.is_relative_to(demo.folder) for path in paths)


def test_the_demo_leaves_the_home_alone(demo: Demo) -> None:
    """Nothing is read from or written to the user's own folders."""
    assert [path for path in demo.home.rglob("*") if "pmreport" in path.name] == []


def test_the_budgets_of_the_demo_are_in_money_and_make_sense(demo: Demo) -> None:
    """One initiative is within its budget, one is not; the rates lie in a file that nobody else may read."""
    done = demo.run("show", "budget", "--json")
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    numbers = {value["id"]: value["value"] for value in shown["values"]}

    assert [one["unit"] for one in shown["initiatives"]] == ["EUR", "EUR"]
    assert 1 < numbers["checkout-cpi"] < 1.3
    assert 0.7 < numbers["app-5-cpi"] < 1
    assert 80 < numbers["checkout-logging-coverage"] < 110
    assert 0 < numbers["checkout-vac"] < 120_000
    if os.name == "posix":
        assert (demo.folder / "rates.toml").stat().st_mode & 0o777 == 0o600


def test_the_mail_is_a_draft_with_both_parts(demo: Demo) -> None:
    """The .eml opens as a draft: the same news as text and as HTML, one chart, and nothing attached."""
    message = email.message_from_bytes(
        (demo.folder / "reports" / "weekly.eml").read_bytes(), policy=email.policy.default
    )

    assert message["X-Unsent"] == "1"
    assert message["To"] == "board@aurora.example"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]


def test_the_weekly_names_no_goal_that_is_not_for_management(demo: Demo) -> None:
    """Of the four goals, the weekly knows the one that management may see, in every format."""
    hidden = ("Estimate work ahead", "Follow up agreed tasks", "Stay within the budget")
    reports = demo.folder / "reports"
    mail = email.message_from_bytes((reports / "weekly.eml").read_bytes(), policy=email.policy.default)
    texts = [(reports / f"weekly.{kind}").read_text(encoding="utf-8") for kind in ("html", "txt", "json")]
    texts.append(_workbook(reports / "weekly-2026-11-23.xlsx"))
    texts += [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]

    assert [title for title in hidden for text in texts if title in text] == []
    assert "Keep to the agreed scope" in texts[0]


def test_the_review_shows_evidence_and_the_goals_of_the_talk(demo: Demo) -> None:
    """The review names the goals for the manager, what was measured and agreed, and no private goal."""
    page = (demo.folder / "reports" / "review.html").read_text(encoding="utf-8")

    assert "Estimate work ahead" in page
    assert "Follow up agreed tasks" in page
    assert "Stay within the budget" not in page
    assert "Speaks for it: the strongest 3 of" in page
    assert "Actions: 1 done, 1 not done and 1 open" in page
    assert "Show the team its typical factor after every sprint." in page


def test_the_review_tells_what_improves_what_does_not_and_what_is_too_early(demo: Demo) -> None:
    """One goal came nearer, by the test that says so; one has too few values to call; one shows no trend."""
    told = (demo.folder / "reports" / "review.md").read_text(encoding="utf-8")
    estimation, rest = told.split("\n## Follow up agreed tasks\n")
    follow_ups, scope = rest.split("\n## Keep to the agreed scope\n")

    assert (
        "It came nearer: the median factor went from 1.71× to 1.29× over 50 sprints (p below 0.001;"
        in estimation
    )
    assert "Not yet met. Too early to call: 4 weeks of the 8 that a claim needs." in follow_ups
    assert "Not yet met. No trend shown over 50 sprints (p = 0.062)." in scope


def test_what_was_said_in_a_talk_is_in_no_other_report_of_the_demo(demo: Demo) -> None:
    """The goal on scope is shown to management; what was noted under it and under others is not."""
    paths = [path for path in (demo.folder / "reports").glob("[ws]*.*") if path.suffix != ".pdf"]
    written = [
        _workbook(path) if path.suffix == ".xlsx" else path.read_text(encoding="utf-8") for path in paths
    ]

    assert len(written) == 6
    assert not [text for text in written if "Head of Product" in text or "price test" in text]


def test_ones_own_review_says_private_in_its_name_and_title(demo: Demo, tmp_path: Path) -> None:
    """`--mine` names the goal on the shelf too; the default does not, and neither can be asked as a mail."""
    own = demo.run("goals", "review", "--mine", "--format", "html,md,txt,json", "--out", str(tmp_path))
    shared = demo.run("goals", "review", "--out", str(tmp_path))
    mail = demo.run("goals", "review", "--mine", "--format", "mail", "--out", str(tmp_path))

    assert own.returncode == 0, own.stderr
    assert [Path(line).name for line in own.stdout.splitlines()] == [
        "PRIVATE-review.html",
        "PRIVATE-review.md",
        "PRIVATE-review.txt",
        "PRIVATE-review.json",
    ]
    assert [Path(line).name for line in shared.stdout.splitlines()] == ["review.html"]
    private = (tmp_path / "PRIVATE-review.md").read_text(encoding="utf-8")
    assert private.startswith("# PRIVATE: Goal review")
    assert "Stay within the budget" in private
    assert "Stay within the budget" not in (tmp_path / "review.html").read_text(encoding="utf-8")
    assert (mail.returncode, '"mail" is none of html, md, txt, json' in mail.stderr) == (2, True)


def test_tag_explain_shows_every_clause(demo: Demo) -> None:
    """For one item each rule says which clause held, and what the item had."""
    done = demo.run("tag", "explain", "SHOP-474", "--json")

    explained = json.loads(done.stdout)

    assert explained["schema"] == 1
    assert done.returncode == 0, done.stderr
    assert "SHOP-474" in done.stdout
    assert "openSprints()" in done.stdout


def test_the_demo_touches_no_folder_of_somebody_else(tmp_path: Path) -> None:
    """A folder that holds something no demo made is left as it is."""
    (tmp_path / "thesis.txt").write_text("do not lose this")

    done = pmreport(tmp_path, "demo", "--no-open", "--out", str(tmp_path))

    assert done.returncode == 2
    assert "no demo made" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def _workbook(path: Path) -> str:
    """Every text of a workbook."""
    with zipfile.ZipFile(path) as parts:
        return parts.read("xl/sharedStrings.xml").decode()


def test_the_weekly_and_the_command_tell_the_same_follow_ups(demo: Demo) -> None:
    """Open, overdue, unowned, promises and mentions, out of issues, comments and the journal."""
    weekly = json.loads((demo.folder / "reports" / "weekly.json").read_text(encoding="utf-8"))
    done = demo.run("show", "followups", "--json", "--as-of", weekly["as_of"])
    shown = {one["id"]: one for one in json.loads(done.stdout)["values"]}
    sections = {one["id"]: one for one in weekly["sections"]}
    figures = {one["id"]: one for one in sections["metrics"]["blocks"][0]["figures"]}
    said = json.dumps(sections["followups"]["blocks"][0])
    promises, mentions = shown["promises-kept"], shown["mentions-unanswered"]

    for name in ("follow-ups-overdue", "follow-ups-unowned"):
        assert float(figures[name]["number"]["value"]) == shown[name]["value"]
        assert figures[name]["n"] == shown["follow-ups-open"]["value"]
    assert shown["follow-ups-unowned"]["value"] > 5  # more than issues alone have
    assert f", of {shown['follow-ups-open']['value']:.0f} open." in said
    assert f"{promises['n'] * promises['value'] / 100:.0f} were kept by the first day." in said
    assert f'"value": {mentions["value"]:.0f}, "unit": "mentions"' in said


def test_the_weekly_tells_what_its_draft_says(demo: Demo) -> None:
    """Bottom line, asks, promises and plan; both drafts are kept, and the version read is in the journal."""
    told = " ".join((demo.folder / "reports" / "weekly.txt").read_text(encoding="utf-8").split())
    kept = [
        json.loads(line) for line in (demo.folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    ]

    assert "Every guest checks out on one page" in told
    assert "3 of 4 planned entries are done; 1 thing came unplanned." in told
    assert "Two days of the load test team before 4 December" in told
    assert [one["payload"]["period"] for one in kept if one["kind"] == "draft"] == ["2026-W47"]


def test_a_draft_is_begun_once_and_its_faults_have_a_place(demo: Demo) -> None:
    """The second time it is as it was; a misspelt key stops the report, which leaves the draft alone."""
    first = demo.run("draft", "weekly", "--period", "2026-W45")
    path = Path(first.stdout.strip())
    path.write_text(path.read_text(encoding="utf-8").replace("bottom_line", "botom_line"), encoding="utf-8")
    second = demo.run("draft", "weekly", "--period", "2026-W45")
    report = demo.run("report", "weekly", "--period", "2026-W45")
    text = path.read_text(encoding="utf-8")
    path.unlink()

    assert (first.returncode, second.returncode, report.returncode) == (0, 0, 65)
    assert second.stdout == first.stdout
    assert "botom_line" in text
    assert 'unknown key "botom_line"; did you mean "bottom_line"?' in report.stderr
    assert f"{path}:" in report.stderr


PAGES = ("weekly", "sprint", "estimation", "team", "review")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_demo_can_be_used_by_everybody(browser: Browser, demo: Demo, name: str) -> None:
    """A year of a company: nothing for axe, no dead link, no outside request, and nothing sticks out."""
    file = demo.folder / "reports" / f"{name}.html"
    with opened(browser, file, width=390, color_scheme="dark", bypass_csp=True) as shown:
        found = [*shown.dead_links(), *shown.faults(), *hindrances(shown.page)]
        for width in (320, 1100):
            shown.page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width}: {fault}" for fault in shown.faults()]

    assert found == []


def test_the_pages_of_the_demo_are_valid_html(demo: Demo, tmp_path: Path) -> None:
    """Nothing is nested wrongly, named twice or left open."""
    for name in PAGES:
        text = (demo.folder / "reports" / f"{name}.html").read_text(encoding="utf-8")
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")

    assert markup_faults(tmp_path, *(f"{name}.html" for name in PAGES)) == []


def test_the_weekly_of_the_demo_is_read_from_one_sheet(browser: Browser, demo: Demo) -> None:
    """Its first sheet ends after the promise check, whatever the week brought."""
    with opened(browser, demo.folder / "reports" / "weekly.html", color_scheme="dark") as shown:
        last = shown.page.locator("#promises li").last.inner_text().split()[-1]
        first, *_ = pdf.words(pdf.printed(shown.page))

    assert [title for title in ("Overall state", "Bottom line", "Promise check") if title not in first] == []
    assert first.index("Promise check") < first.rindex(last)
