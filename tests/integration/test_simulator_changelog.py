"""Histories, worklogs and comments over HTTP."""

from typing import Any

from pmreport.demo.story.diary import NOW_MS
from tests.support.simulator import Simulator

API = "/rest/api/3"


def _long(simulator: Simulator) -> str:
    return simulator.keys('summary ~ "Nightly import of prices"')[0]


def _truth(simulator: Simulator, key: str) -> dict[str, Any]:
    found: dict[str, Any] = simulator.get(f"/__simulator/truth/issue/{key}").json
    return found


def _bulk(simulator: Simulator, size: int, **more: Any) -> list[dict[str, Any]]:
    ids = [str(issue_id) for issue_id in sorted(simulator.state.corpus.rows)][:1000]
    pages, token = [], None
    while True:
        body = {"issueIdsOrKeys": ids, "maxResults": size, "nextPageToken": token, **more}
        page = simulator.post(f"{API}/changelog/bulkfetch", body).json
        pages.append(page)
        token = page.get("nextPageToken")
        if token is None:
            return pages


def test_an_issue_embeds_the_forty_newest_histories(simulator: Simulator) -> None:
    """Forty, newest first, and the total tells that there are more."""
    key = _long(simulator)
    log = simulator.get(f"{API}/issue/{key}", expand="changelog").json["changelog"]

    ids = [int(row["id"]) for row in log["histories"]]
    assert (len(ids), log["total"]) == (40, _truth(simulator, key)["histories"])
    assert ids == sorted(ids, reverse=True)
    assert log["total"] > 100


def test_the_changelog_resource_is_oldest_first_a_hundred_at_a_time(simulator: Simulator) -> None:
    """A thousand asked is a hundred given, and the pages hold every history once."""
    key = _long(simulator)
    first = simulator.get(f"{API}/issue/{key}/changelog", maxResults=1000).json
    second = simulator.get(f"{API}/issue/{key}/changelog", startAt=100).json

    ids = [int(row["id"]) for row in (*first["values"], *second["values"])]
    assert (first["maxResults"], len(first["values"]), first["isLast"]) == (100, 100, False)
    assert second["isLast"]
    assert ids == sorted(set(ids))
    assert len(ids) == first["total"] == _truth(simulator, key)["histories"]


def test_bulk_histories_write_milliseconds(simulator: Simulator) -> None:
    """`created` is a number in the bulk resource and a text everywhere else."""
    bulk = simulator.post(f"{API}/changelog/bulkfetch", {"issueIdsOrKeys": ["SHOP-40"]}).json
    single = simulator.get(f"{API}/issue/SHOP-40/changelog").json

    created = bulk["issueChangeLogs"][0]["changeHistories"][0]["created"]
    assert isinstance(created, int)
    assert created > 10**12
    assert isinstance(single["values"][0]["created"], str)


def test_bulk_histories_of_one_issue_lie_on_several_pages(simulator: Simulator) -> None:
    """Sorted by date, an issue comes again on later pages; merged by issue, nothing is lost."""
    pages = _bulk(simulator, 500)
    merged: dict[str, list[str]] = {}
    for page in pages:
        assert set(page) <= {"issueChangeLogs", "nextPageToken"}
        for log in page["issueChangeLogs"]:
            merged.setdefault(log["issueId"], []).extend(row["id"] for row in log["changeHistories"])

    seen = [log["issueId"] for page in pages for log in page["issueChangeLogs"]]
    assert len(seen) > len(set(seen))
    for issue_id, ids in merged.items():
        assert len(ids) == len(set(ids)) == _truth(simulator, issue_id)["histories"]


def test_issues_without_histories_are_absent_from_the_bulk(simulator: Simulator) -> None:
    """An issue that never changed has no entry at all."""
    quiet = [str(i.id) for i in simulator.state.corpus.issues() if not i.histories]

    answer = simulator.post(f"{API}/changelog/bulkfetch", {"issueIdsOrKeys": quiet}).json

    assert quiet
    assert answer == {"issueChangeLogs": []}


def test_bulk_histories_can_be_of_some_fields(simulator: Simulator) -> None:
    """Histories are chosen by field, also where fieldId is missing; eleven fields are too many."""
    pages = _bulk(simulator, 10_000, fieldIds=["customfield_10020"])
    rows = [row for page in pages for log in page["issueChangeLogs"] for row in log["changeHistories"]]

    assert rows
    assert all(any(item["field"] == "Sprint" for item in row["items"]) for row in rows)
    assert {"fieldId" in item for row in rows for item in row["items"] if item["field"] == "Sprint"} == {
        True,
        False,
    }
    eleven = {"issueIdsOrKeys": ["SHOP-1"], "fieldIds": [f"f{n}" for n in range(11)]}
    assert simulator.post(f"{API}/changelog/bulkfetch", eleven).status == 400


def test_sprint_items_hold_id_lists(simulator: Simulator) -> None:
    """A carried issue's item appends the next id to the closed ones, joined by a comma and a blank."""
    items = [
        item
        for issue in simulator.state.corpus.issues()
        for row in issue.histories
        for item in row.items
        if item.field == "Sprint"
    ]

    assert any(item.to == f"{item.from_}, {str(item.to).rsplit(', ')[-1]}" for item in items)
    assert any(item.to == "" for item in items)


def test_a_value_from_birth_has_no_item(simulator: Simulator) -> None:
    """Some issues were created in their sprint: the field has it, no history tells."""
    key = simulator.keys('summary ~ "Hide the wallet where it is not offered"')[0]
    issue = simulator.get(f"{API}/issue/{key}", expand="changelog").json

    assert [s["name"] for s in issue["fields"]["customfield_10020"]] == ["SHOP Sprint 25"]
    named = {item["field"] for row in issue["changelog"]["histories"] for item in row["items"]}
    assert "Sprint" not in named
    assert "Story Points" not in named


def test_two_histories_can_share_an_instant(simulator: Simulator) -> None:
    """Taking an item and starting it are two histories of the same millisecond."""
    assert any(
        first.at_ms == second.at_ms
        for issue in simulator.state.corpus.issues()
        for first, second in zip(issue.histories, issue.histories[1:], strict=False)
    )


def test_a_move_changes_the_key_and_not_the_id(simulator: Simulator) -> None:
    """The old key finds the issue under its new one; project and Key are in the changelog."""
    key = simulator.keys('summary ~ "Scan a voucher with the camera"')[0]
    old = _truth(simulator, key)["old_keys"][0]
    issue = simulator.get(f"{API}/issue/{old}", expand="changelog").json

    assert (issue["key"], old.partition("-")[0], key.partition("-")[0]) == (key, "SHOP", "APP")
    moved = next(
        row for row in issue["changelog"]["histories"] if any(i["field"] == "Key" for i in row["items"])
    )
    assert {item["field"] for item in moved["items"]} == {"Key", "project", "issuetype", "status"}
    assert (issue["fields"]["customfield_10026"], issue["fields"]["customfield_10016"]) == (3.0, 5.0)


def test_a_deleted_status_lives_on_in_old_histories(simulator: Simulator) -> None:
    """The list of statuses no longer has it."""
    statuses = {row["id"] for row in simulator.get(f"{API}/status").json}
    named = {
        item.to
        for issue in simulator.state.corpus.issues()
        for row in issue.histories
        for item in row.items
        if item.field == "status"
    }

    assert named - statuses == {"10004"}


def test_an_issue_embeds_twenty_worklogs(simulator: Simulator) -> None:
    """The true total stands beside them, and the worklog resource has them all."""
    key = _long(simulator)
    within = simulator.get(f"{API}/issue/{key}", fields="worklog").json["fields"]["worklog"]
    full = simulator.get(f"{API}/issue/{key}/worklog").json

    assert (len(within["worklogs"]), within["total"], len(full["worklogs"])) == (20, 45, 45)
    created = [row["created"] for row in full["worklogs"]]
    assert created == sorted(created)
    assert (
        sum(row["timeSpentSeconds"] for row in full["worklogs"]) == _truth(simulator, key)["worklog_seconds"]
    )


def test_the_worklog_feed_leads_to_every_worklog(simulator: Simulator) -> None:
    """A thousand a page, oldest first, until lastPage; the list gives them back, unknown ids left out."""
    ids: list[int] = []
    since, last = 0, False
    while not last:
        page = simulator.get(f"{API}/worklog/updated", since=since).json
        assert len(page["values"]) <= 1000
        ids += [row["worklogId"] for row in page["values"]]
        since, last = page["until"], page["lastPage"]

    total = simulator.get("/__simulator/truth").json["worklogs"]
    assert len(set(ids)) == total
    some = simulator.post(f"{API}/worklog/list", {"ids": [*ids[:50], 5]}).json
    assert [int(row["id"]) for row in some] == ids[:50]
    assert simulator.post(f"{API}/worklog/list", {"ids": ids[:1001]}).status == 400


def test_the_worklog_feed_hides_the_last_minute(fresh_simulator: Simulator) -> None:
    """What was logged half a minute ago is told only later."""
    fresh_simulator.edit(do="work", issue="SHOP-1", seconds=900, at_ms=NOW_MS + 30_000)
    path = f"{API}/worklog/updated"

    hidden = fresh_simulator.get(path, since=NOW_MS).json["values"]
    fresh_simulator.post("/__simulator/clock", {"now_ms": NOW_MS + 120_000})

    assert hidden == []
    assert len(fresh_simulator.get(path, since=NOW_MS).json["values"]) == 1


def test_comments_come_a_hundred_at_a_time_without_islast(simulator: Simulator) -> None:
    """The total is all there is to know when to stop; an issue embeds only some."""
    path = f"{API}/issue/{_long(simulator)}/comment"
    page = simulator.get(path, maxResults=1000).json
    rest = simulator.get(path, startAt=100).json
    within = simulator.get(f"{API}/issue/{_long(simulator)}", fields="comment").json["fields"]["comment"]

    assert "isLast" not in page
    assert (len(page["comments"]), page["maxResults"], page["total"]) == (100, 100, 130)
    assert len(rest["comments"]) == 30
    assert within["total"] > len(within["comments"])
    newest = simulator.get(path, orderBy="-created").json["comments"]
    assert newest[0]["id"] == rest["comments"][-1]["id"]


def test_comments_can_be_listed_by_id(simulator: Simulator) -> None:
    """comment/list is a page bean, and leaves out what is not there."""
    first = simulator.get(f"{API}/issue/{_long(simulator)}/comment").json["comments"][0]

    page = simulator.post(f"{API}/comment/list", {"ids": [int(first["id"]), 7]}).json

    assert page["values"] == [first]
    assert page["isLast"]


def test_a_comment_for_a_role_says_so(simulator: Simulator) -> None:
    """A restricted remark has a visibility, for it must not be quoted."""
    key = simulator.keys('text ~ "only for the board"')[0]
    comments = simulator.get(f"{API}/issue/{key}/comment").json["comments"]

    assert comments[-1]["visibility"]["type"] == "role"
    assert "visibility" not in comments[0]


def test_an_author_may_be_missing_or_former(simulator: Simulator) -> None:
    """Automation leaves histories without an author; deleted people are Former users."""
    rows = simulator.get(f"{API}/issue/{_long(simulator)}/changelog").json["values"]
    hostile = simulator.keys('text ~ "alert(1)"')[0]
    reporter = simulator.get(f"{API}/issue/{hostile}").json["fields"]["reporter"]

    assert {"author" in row for row in rows} == {True, False}
    assert (reporter["displayName"], reporter["active"]) == ("Former user", False)


def test_bulk_issues_are_silent_about_unknown_ids(simulator: Simulator) -> None:
    """Found ones come by ascending id, an old key under its new one, unknown ones not even as errors."""
    key = simulator.keys('summary ~ "Scan a voucher with the camera"')[0]
    old = _truth(simulator, key)["old_keys"][0]
    body = {"issueIdsOrKeys": ["10002", "10001", "NOPE-1", "99999999", old.lower()], "fields": ["summary"]}

    answer = simulator.post(f"{API}/issue/bulkfetch", body).json

    assert [issue["id"] for issue in answer["issues"]][:2] == ["10001", "10002"]
    assert answer["issues"][-1]["key"] == key
    assert answer["issueErrors"] == []
    assert simulator.post(f"{API}/issue/bulkfetch", {"issueIdsOrKeys": []}).status == 400
    many = [str(n) for n in range(101)]
    assert simulator.post(f"{API}/issue/bulkfetch", {"issueIdsOrKeys": many}).status == 400
    assert (
        simulator.post(f"{API}/issue/bulkfetch", {"issueIdsOrKeys": many, "fields": ["summary"]}).status
        == 200
    )


def test_histories_can_be_listed_by_id(simulator: Simulator) -> None:
    """changelog/list gives the histories named."""
    wanted = simulator.get(f"{API}/issue/SHOP-40/changelog").json["values"][1]

    found = simulator.post(f"{API}/issue/SHOP-40/changelog/list", {"changelogIds": [int(wanted["id"])]}).json

    assert found["histories"] == [wanted]
