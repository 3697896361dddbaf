"""How the simulator searches."""

from typing import Any

import pytest

from tests.support.simulator import Simulator

API = "/rest/api/3"
ALL = "project in (SHOP, APP, OPS)"


def _walk(simulator: Simulator, **body: Any) -> list[dict[str, Any]]:
    pages, token = [], None
    while True:
        page = simulator.search(nextPageToken=token, **body).json
        pages.append(page)
        token = page.get("nextPageToken")
        if token is None:
            return pages


def test_the_default_page_holds_bare_issues(simulator: Simulator) -> None:
    """Without fields an issue has no `fields` member at all, and a page has fifty."""
    page = simulator.search(ALL).json

    assert len(page["issues"]) == 50
    assert all("fields" not in issue for issue in page["issues"])
    assert set(page) == {"issues", "isLast", "nextPageToken"}


def test_ids_come_in_pages_of_5000_and_fields_in_pages_of_100(simulator: Simulator) -> None:
    """Asking for more than ids caps the page at a hundred, whatever was asked."""
    ids = simulator.search(ALL, maxResults=5000).json
    full = simulator.search(ALL, maxResults=5000, fields=["summary"]).json

    assert (len(ids["issues"]), ids["isLast"]) == (1500, True)
    assert (len(full["issues"]), full["isLast"]) == (100, False)
    assert simulator.search(ALL, maxResults=5001).status == 400


def test_the_last_page_has_no_token(simulator: Simulator) -> None:
    """Walking the tokens gives every issue once; the last page has isLast and no token."""
    pages = _walk(simulator, jql=f"{ALL} ORDER BY updated ASC, key ASC", fields=["updated"], maxResults=100)

    ids = [issue["id"] for page in pages for issue in page["issues"]]
    assert len(pages) == 15
    assert len(ids) == len(set(ids)) == 1500
    assert [page["isLast"] for page in pages] == [False] * 14 + [True]
    assert "nextPageToken" not in pages[-1]


def test_updated_order_never_goes_back(simulator: Simulator) -> None:
    """ORDER BY updated ASC gives stamps that do not fall, over all pages."""
    pages = _walk(simulator, jql=f"{ALL} ORDER BY updated ASC, key ASC", fields=["updated"], maxResults=100)
    ids = [int(issue["id"]) for page in pages for issue in page["issues"]]
    updated = [simulator.state.corpus.rows[i].updated_ms for i in ids]

    assert updated == sorted(updated)


def test_a_token_belongs_to_its_jql(simulator: Simulator) -> None:
    """A token of another search, or no token of ours, is refused."""
    token = simulator.search(ALL).json["nextPageToken"]

    assert simulator.search("project = OPS", nextPageToken=token).status == 400
    assert simulator.search(ALL, nextPageToken="nonsense").status == 400


def test_null_members_of_the_body_count_as_left_out(simulator: Simulator) -> None:
    """The jira library sends nulls; Cloud accepts them."""
    answer = simulator.search(ALL, expand=None, properties=None, fields=None, reconcileIssues=[])

    assert answer.status == 200


def test_get_takes_what_post_takes(simulator: Simulator) -> None:
    """GET and POST give the same page, in both versions of the resource."""
    asked: dict[str, Any] = {
        "jql": f"{ALL} ORDER BY created ASC",
        "fields": "summary,status",
        "maxResults": 7,
    }

    got = simulator.get(f"{API}/search/jql", **asked).content

    assert got == simulator.post(f"{API}/search/jql", asked).content
    assert simulator.get("/rest/api/2/search/jql", **asked).status == 200


@pytest.mark.parametrize(
    ("jql", "words"),
    [
        ("ORDER BY key", "Unbounded JQL queries are not allowed here."),
        ("", "Unbounded JQL queries are not allowed here."),
        (
            f"{ALL} ORDER BY key, created, updated, status, due, priority, summary, assignee",
            "at most 7 fields",
        ),
        ("project in (SHOP, GONE)", "The value 'GONE' does not exist for the field 'project'."),
        ("favourite = 1", "Field 'favourite' does not exist or you do not have permission to view it."),
        ('project = "SHOP', "has not been completed"),
        ("project SHOP =", "Expecting operator but got 'SHOP'"),
        ("project = SHOP AND", "before the end of the query"),
        ("updated >= yesterday", "Date value 'yesterday' for field 'updated' is invalid."),
        ("key = SHOP-99999", "An issue with key 'SHOP-99999' does not exist for field 'key'."),
        ("sprint = 4711", "Sprint with name '4711' does not exist"),
        ("assignee = notAFunction()", "Unable to find JQL function 'notAFunction()'."),
    ],
)
def test_a_jql_error_is_400_in_jiras_words(simulator: Simulator, jql: str, words: str) -> None:
    """One unknown value kills the whole query, and the sentence says which."""
    answer = simulator.search(jql)

    assert answer.status == 400
    assert words in answer.json["errorMessages"][0]


def test_bare_words_are_a_text_search(simulator: Simulator) -> None:
    """Words that are no JQL are looked for in texts: 200, and here nothing."""
    answer = simulator.search("this is not jql")

    assert (answer.status, answer.json) == (200, {"issues": [], "isLast": True})


def test_the_old_search_is_gone(simulator: Simulator) -> None:
    """GET and POST of /search are 410 in both versions, and say where to go."""
    for version in ("2", "3"):
        path = f"/rest/api/{version}/search"
        for answer in (simulator.get(path, jql=ALL), simulator.post(path, {"jql": ALL})):
            assert answer.status == 410
            assert "/rest/api/3/search/jql" in answer.json["errorMessages"][0]


def test_expand_is_a_comma_string(simulator: Simulator) -> None:
    """The names and schema describe the fields asked for, and changelog rides along."""
    page = simulator.search(
        ALL, fields=["summary", "customfield_10026"], expand="names,schema,changelog"
    ).json

    assert page["names"] == {"summary": "Resumo", "customfield_10026": "Pontos da história"}
    assert page["schema"]["customfield_10026"]["customId"] == 10026
    assert "histories" in page["issues"][0]["changelog"]


def test_fields_can_be_all_or_all_but_some(simulator: Simulator) -> None:
    """*all has comments, *navigable has not, and -name leaves one out."""

    def names(*asked: str) -> set[str]:
        return set(simulator.search("key = OPS-1", fields=list(asked)).json["issues"][0]["fields"])

    assert {"comment", "worklog", "summary"} <= names("*all")
    assert "comment" not in names("*navigable")
    assert names("*navigable") - names("*navigable", "-summary") == {"summary"}
    assert names("summary", "nonsense") == {"summary"}


def test_the_count_is_of_a_bounded_jql(simulator: Simulator) -> None:
    """approximate-count counts, and refuses an unbounded JQL like the search does."""
    answer = simulator.post(f"{API}/search/approximate-count", {"jql": ALL})

    assert answer.json == {"count": 1500}
    assert simulator.post(f"{API}/search/approximate-count", {"jql": "order by key"}).status == 400


def test_match_says_which_ids_a_jql_finds(simulator: Simulator) -> None:
    """jql/match answers per JQL, and an error of one does not spoil the other."""
    body = {"jqls": ["project = SHOP", "project = GONE"], "issueIds": [10001]}

    found, failed = simulator.post(f"{API}/jql/match", body).json["matches"]

    assert found == {"matchedIssues": [10001], "errors": []}
    assert (failed["matchedIssues"], len(failed["errors"])) == ([], 1)


def test_version_2_writes_wiki_and_version_3_documents(simulator: Simulator) -> None:
    """The two versions differ in rich text alone."""
    asked = {"jql": "description is not empty and project = SHOP", "fields": ["description"], "maxResults": 1}

    wiki = simulator.post("/rest/api/2/search/jql", asked).json["issues"][0]["fields"]["description"]
    document = simulator.post("/rest/api/3/search/jql", asked).json["issues"][0]["fields"]["description"]

    assert isinstance(wiki, str)
    assert (document["type"], document["version"]) == ("doc", 1)
    assert document["content"][0]["content"][0]["text"] == wiki.split("\n")[0]


def test_a_body_that_is_no_json_object_is_refused(simulator: Simulator) -> None:
    """Garbage in a body is 400."""
    assert simulator.post(f"{API}/search/jql", ["jql"]).status == 400  # type: ignore[arg-type] # on purpose
    assert simulator.search(ALL, maxResults="many").status == 400
