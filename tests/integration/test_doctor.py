"""The doctor finds nothing on a healthy site, and each planted fault alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pmreport.demo.changes import CLASSIC_POINTS, TEAM_POINTS
from pmreport.demo.dialect import CLOUD, DATACENTER
from pmreport.demo.state import SCOPES
from pmreport.demo.story import cast
from tests.support.mail_server import listening
from tests.support.patients import Patient, copied, prepare, restored
from tests.support.schema import faults
from tests.support.simulator import Simulator, serving, story_corpus
from tests.support.small_sites import motley

DAY_MS = timedelta(days=1) // timedelta(milliseconds=1)
LATER_CHECKS = ["permissions", "clock"]


@pytest.fixture(scope="module")
def site() -> Iterator[Simulator]:
    """Some issues of the demo with the whole site around them; its token and issues are changed."""
    with serving(motley(CLOUD, ("SHOP", "APP", "OPS"), of_each=40, oldest=20)) as running_simulator:
        yield running_simulator


@pytest.fixture(scope="module")
def healthy(site: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after a sync of it, never changed."""
    folder = tmp_path_factory.mktemp("healthy")
    prepare(folder, site)
    return folder


@pytest.fixture
def copy(
    site: Simulator, healthy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[Patient]:
    """A copy of it; what is done to the token is undone at the end."""
    copied(healthy, tmp_path)
    with restored(site):
        yield Patient(folder=tmp_path, simulator=site, capture=capsys)


def test_a_healthy_demo_has_nothing_the_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not a note, also when every issue is compared; what could not be looked at is said."""
    with serving(story_corpus()) as simulator:
        prepare(tmp_path, simulator)

        told = Patient(folder=tmp_path, simulator=simulator, capture=capsys).told("--all")

    assert faults({key: told[key] for key in told if key != "status"}, "doctor") == []
    assert (told["status"], told["findings"]) == (0, [])
    assert told["left_out"] == [{"check": "mail", "reason": "no `host` is set under [mail]"}]


def test_a_copy_has_nothing_the_matter(copy: Patient) -> None:
    """So what is found in the others was planted there."""
    assert copy.findings() == []


def test_an_expired_token_is_found(copy: Patient) -> None:
    """It is said once, with the way to a new one; the store is looked at all the same."""
    copy.simulator.post("/__simulator/token", {"mode": "dead"})

    told = copy.told()

    [found] = told["findings"]
    assert (told["status"], found["check"], found["severity"]) == (1, "credentials", "error")
    assert "refused the token" in found["what"]
    assert "new token" in found["fix"]
    left_out = [each["check"] for each in told["left_out"] if each["reason"] == "the token was refused"]
    assert left_out == LATER_CHECKS


def test_a_missing_scope_is_found_by_its_name(copy: Patient) -> None:
    """A scoped token with all scopes is healthy; without one of them that one is named."""
    site = copy.simulator.site
    gateway = f"{site.url}/ex/jira/{site.cloud_id}"
    copy.change(f'url = "{site.url}"', f'url = "{gateway}"')
    copy.plant(f"UPDATE site SET base_url = '{gateway}'")  # noqa: S608 - a test's own words
    assert copy.findings(token=site.scoped_token) == []

    for scope in sorted(SCOPES):
        copy.simulator.post("/__simulator/token", {"scopes": sorted(SCOPES - {scope})})

        found = copy.finding(token=site.scoped_token)

        assert (found["check"], found["severity"], found["subject"]) == ("credentials", "error", scope)
        assert scope in found["fix"]


@pytest.mark.parametrize(
    ("minutes", "severity", "words"),
    [(-3, "warning", "minutes ahead of Jira's"), (10, "error", "minutes behind Jira's")],
)
def test_a_wrong_clock_is_found(copy: Patient, minutes: int, severity: str, words: str) -> None:
    """Above a minute it is doubtful, above five it is wrong."""
    copy.ahead = timedelta(minutes=minutes)

    found = copy.finding()

    assert (found["check"], found["severity"]) == ("clock", severity)
    assert words in found["what"]


def test_an_unmapped_status_is_found(copy: Patient) -> None:
    """Issues of the shop go on hold, a status that stands on the board of the operators alone."""
    held = copy.simulator.keys("project = SHOP AND status = 3 AND type = Story")[:2]
    for key in held:
        copy.simulator.edit(do="status", issue=key, value=cast.ON_HOLD)
    copy.run("sync")

    found = copy.finding()

    for key in held:
        copy.simulator.edit(do="status", issue=key, value=cast.DOING)
    assert (found["check"], found["severity"], found["subject"]) == ("statuses", "warning", "SHOP")
    assert '2 issues stand in "On Hold"' in found["what"]
    assert '"SHOP board"' in found["fix"]


def test_two_point_fields_in_one_project_are_found(copy: Patient) -> None:
    """A handful of stories of the shop get other points in the field of the other kind of project."""
    corpus = copy.simulator.state.corpus
    torn = [issue for issue in corpus.issues() if issue.project == cast.SHOP and issue.points][:9]
    before = [dict(issue.points) for issue in torn]
    for issue in torn:
        issue.points[TEAM_POINTS] = issue.points[CLASSIC_POINTS] or 0
        issue.points[TEAM_POINTS] += 1
        issue.updated_ms = corpus.now_ms
        corpus.touched(issue)
    copy.run("sync")

    found = copy.finding()

    for issue, points in zip(torn, before, strict=True):
        issue.points.clear()
        issue.points.update(points)
        corpus.touched(issue)
    assert (found["check"], found["severity"], found["subject"]) == ("fields", "warning", "SHOP")
    assert f'story_points = "{CLASSIC_POINTS}"' in found["fix"]


def test_boards_of_one_project_that_estimate_differently_are_found(copy: Patient) -> None:
    """A second board of the shop estimates in the field of the app."""
    copy.plant(
        "INSERT INTO board SELECT site_id, 19, 'Second', type, filter_jql, "  # noqa: S608 - a test's own words
        f"'{TEAM_POINTS}', has_sprints FROM board WHERE board_id = 11;"
        "INSERT INTO board_column SELECT site_id, 19, status_id, column_name, position, is_done"
        " FROM board_column WHERE board_id = 11;"
        "INSERT INTO raw_document SELECT site_id, kind, '19', part_no, fetched_ms, sha256, payload"
        " FROM raw_document WHERE kind = 'board' AND id = '11'"
    )

    found = copy.finding()

    assert (found["check"], found["severity"], found["subject"]) == ("fields", "warning", "SHOP")
    assert '"Second" in Story point estimate' in found["what"]


def test_a_deleted_field_id_is_found(copy: Patient) -> None:
    """The fix is lines to paste, with the field that the site has."""
    copy.write('\n[fields]\nstory_points = "customfield_10099"\n')

    found = copy.finding()

    assert (found["check"], found["severity"]) == ("fields", "error")
    assert found["subject"] == "[fields] story_points"
    assert "customfield_10099" in found["what"]
    assert '[fields]\nstory_points = "customfield_100' in found["fix"]


def test_a_field_of_another_kind_is_found(copy: Patient) -> None:
    """The id of the rank is no field of points, and none of sprints."""
    copy.write('\n[fields]\nstory_points = "customfield_10019"\nsprint = "customfield_10019"\n')

    found = copy.findings()

    assert [each["subject"] for each in found] == ["[fields] story_points", "[fields] sprint"]
    assert {each["severity"] for each in found} == {"error"}


def test_a_rule_that_names_an_unknown_field_is_found(copy: Patient) -> None:
    """With the place of the rule, as `tag` would say it; of a goal on the shelf it is a warning."""
    copy.write('[[goal.rule]]\nid = "mine"\njql = "Flavour = sweet"\n')
    shelved = copy.finding()
    copy.change("active = false", "active = true\n# as a fourth")
    copy.change('use = "catalogue:on-scope"', 'use = "catalogue:on-scope"\nactive = false')

    found = copy.finding()

    assert (found["check"], found["severity"]) == ("fields", "error")
    assert found["subject"].startswith(f"{copy.config}:")
    assert "Flavour" in found["what"]
    assert (shelved["severity"], shelved["what"]) == ("warning", found["what"])


TAMPERED = {
    "issue_status": "UPDATE issue_status SET valid_from_ms = valid_from_ms + 1 WHERE issue_id = 10008"
    " AND valid_to_ms = 253402214400000",
    "issue_sprint": "UPDATE issue_sprint SET sprint_id = sprint_id + 2 WHERE issue_id ="
    " (SELECT min(issue_id) FROM issue_sprint)",
    "issue_estimate": "DELETE FROM issue_estimate WHERE field_id = 'customfield_10026' AND issue_id ="
    " (SELECT min(issue_id) FROM issue_estimate WHERE field_id = 'customfield_10026')",
    "issue_value": "UPDATE issue_value SET value_id = '99' WHERE field_id = 'priority' AND issue_id = 10008",
    "issue_change": "UPDATE issue_change SET to_text = 'x' WHERE history_id ="
    " (SELECT min(history_id) FROM issue_change)",
}


def test_a_tampered_interval_is_found(copy: Patient) -> None:
    """The table and the issue are named, and the command that builds it anew."""
    copy.plant(TAMPERED["issue_status"])

    found = copy.finding("--all")

    assert (found["check"], found["severity"], found["subject"]) == ("store", "error", "issue_status")
    assert "another history of SHOP-" in found["what"]
    assert "1 row is wrong and 1 row is missing" in found["what"]
    assert found["fix"] == "pmreport sync --rebuild"


def test_every_table_of_intervals_is_compared(copy: Patient) -> None:
    """A sprint, a size, a priority and a change that are not Jira's are found as a status is."""
    for sql in TAMPERED.values():
        copy.plant(sql)

    assert sorted(each["subject"] for each in copy.findings("--all")) == sorted(TAMPERED)


def test_a_rebuild_mends_what_it_is_named_for(copy: Patient) -> None:
    """Every table tells Jira's history again; Jira is not asked for that."""
    for sql in TAMPERED.values():
        copy.plant(sql)
    assert {each["fix"] for each in copy.findings("--all")} == {"pmreport sync --rebuild"}

    status, _ = copy.run("sync", "--rebuild", token="")

    assert status == 0
    assert copy.findings("--all") == []


def test_other_fields_than_were_read_leave_the_rest_to_be_compared(copy: Patient) -> None:
    """The configuration names another field since the last sync: its numbers are not called wrong."""
    copy.write('\n[fields]\nstory_points = "customfield_10099"\n')
    for sql in TAMPERED.values():
        copy.plant(sql)

    told = copy.told("--all", "--offline")

    torn = [each["subject"] for each in told["findings"] if each["check"] == "store"]
    assert torn == ["issue_status", "issue_value", "issue_change"]
    reasons = [each["reason"] for each in told["left_out"] if each["check"] == "store"]
    assert reasons == ["custom fields: others are asked for since the last complete sync"]


def test_a_sample_finds_what_is_wrong_everywhere(copy: Patient) -> None:
    """Without --all some issues are compared: enough for a fault that many have."""
    copy.plant("UPDATE issue_status SET valid_to_ms = valid_to_ms - 1 WHERE status_id = '10002'")

    found = copy.finding()

    assert (found["check"], found["subject"]) == ("store", "issue_status")
    assert "and " in found["what"]
    assert "more issues" in found["what"]


CURSOR_AT = """
UPDATE sync_cursor SET position = regexp_replace(position, '"updated_ms": [0-9]+', '"updated_ms": {}')
WHERE scope = 'issues:APP'
"""
IN_THE_FUTURE = CURSOR_AT.format(9_795_000_000_000)
DAMAGED = (
    "UPDATE raw_document SET payload = 'x'::BLOB WHERE kind = 'issue' AND id = '10008'",
    "UPDATE raw_document SET sha256 = 'x' WHERE kind = 'changelog' AND id = '10009'",
    "DELETE FROM raw_document WHERE kind = 'changelog' AND id = '10011'",
    "DELETE FROM raw_document WHERE kind = 'issue' AND id = '10010'",
)


def test_damaged_and_lost_documents_are_found(copy: Patient) -> None:
    """Nothing can be built from them, so Jira has to be asked again."""
    for sql in DAMAGED:
        copy.plant(sql)

    found = copy.findings("--all")

    keys = copy.keys(10008, 10009, 10010, 10011)
    assert [(each["subject"], each["fix"]) for each in found] == [
        ("raw_document", "pmreport sync --full"),
        ("raw_document", "pmreport sync --full"),
    ]
    assert [each["what"] for each in found] == [
        f"a stored document is damaged or lost: of {keys[0]}, {keys[1]}, {keys[3]}",
        f"the store has no document of {keys[2]}",
    ]


@pytest.mark.parametrize("kind", ["board", "field", "sprint", "listing", "user"])
def test_a_damaged_document_of_the_site_is_found(copy: Patient, kind: str) -> None:
    """It is named; no issue can be made again without it, and that is said."""
    copy.plant(f"UPDATE raw_document SET payload = 'x'::BLOB WHERE kind = '{kind}'")  # noqa: S608 - a test's own words

    told = copy.told("--offline")

    [found] = told["findings"]
    assert (found["check"], found["subject"], found["fix"]) == (
        "store",
        "raw_document",
        "pmreport sync --full",
    )
    assert f"a stored document is damaged: {kind} " in found["what"]
    assert "issues: a document of their site is damaged" in [each["reason"] for each in told["left_out"]]


def test_a_full_sync_mends_what_it_is_named_for(copy: Patient) -> None:
    """Damaged documents give way, lost ones come back, and a cursor in the future returns to the present."""
    for sql in (*DAMAGED, IN_THE_FUTURE):
        copy.plant(sql)
    assert {each["fix"] for each in copy.findings("--all")} == {"pmreport sync --full"}

    copy.run("sync", "--full")

    assert copy.findings("--all") == []


def test_a_full_sync_mends_a_store_whose_documents_are_all_damaged(copy: Patient) -> None:
    """Of issues, boards, lists, people and our own notes."""
    copy.plant("UPDATE raw_document SET payload = 'x'::BLOB")
    assert {each["fix"] for each in copy.findings("--all")} == {"pmreport sync --full"}

    copy.run("sync", "--full")

    assert copy.findings("--all") == []


TWICE = {
    table: f"INSERT INTO {table} SELECT * FROM {table} ORDER BY ALL LIMIT 2"  # noqa: S608 - a test's own words
    for table in (*TAMPERED, "raw_document")
}


@pytest.mark.parametrize("tables", [sorted(TAMPERED), ["raw_document"]], ids=["intervals", "documents"])
def test_rows_with_the_same_key_are_found_and_mended(copy: Patient, tables: list[str]) -> None:
    """No index forbids them; the named fix, one for all tables of intervals, leaves one of each."""
    for table in tables:
        copy.plant(TWICE[table])

    found = copy.findings()
    [fix] = {each["fix"] for each in found}
    copy.run(*fix.split()[1:])

    assert sorted(each["subject"] for each in found) == tables
    for each in found:
        assert (each["check"], each["severity"]) == ("store", "error")
        assert f"the table {each['subject']} has 2 rows too many" in each["what"]
    assert copy.findings() == []


def test_a_stale_cursor_is_found(copy: Patient) -> None:
    """The last complete sync lies two weeks back, and the report's thresholds call that red."""
    copy.plant("UPDATE sync_run SET started_ms = started_ms - 14 * 86400000")

    found = copy.finding()

    assert (found["check"], found["severity"], found["fix"]) == ("sync", "error", "pmreport sync")
    assert "working days old" in found["what"]


@pytest.mark.parametrize(
    ("sql", "severity", "subject", "fix"),
    [
        (
            CURSOR_AT.format(1_500_000_000_000),
            "warning",
            "APP",
            "pmreport sync --full",
        ),
        (
            IN_THE_FUTURE,
            "error",
            "APP",
            "pmreport sync --full",
        ),
        ("DELETE FROM sync_cursor WHERE scope = 'issues:APP'", "warning", "APP", "pmreport sync"),
        (
            "INSERT INTO sync_run SELECT site_id, 'x', started_ms+1, 1, 'partial', 1, 1, 1, '' FROM sync_run",
            "warning",
            "the store",
            "pmreport sync",
        ),
        ("UPDATE sync_run SET outcome = 'partial'", "error", "the store", "pmreport sync"),
    ],
    ids=["behind", "in the future", "lost", "ended early", "never whole"],
)
def test_a_cursor_or_a_run_that_is_not_whole_is_found(
    copy: Patient, sql: str, severity: str, subject: str, fix: str
) -> None:
    """A cursor that does not stand where the issues end, and a run that broke off."""
    copy.plant(sql)

    found = [each for each in copy.findings() if each["severity"] == severity]

    assert [(each["check"], each["subject"], each["fix"]) for each in found] == [("sync", subject, fix)]


def test_an_unreachable_mail_server_is_found(copy: Patient) -> None:
    """A server that greets is healthy; when it has gone, its place is named. Nothing was sent to it."""
    with listening() as (port, heard):
        copy.change("[mail]\n", f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n')
        assert copy.findings() == []

    found = copy.finding()

    assert [line.split()[0].upper() for line in heard] == ["EHLO", "QUIT"]
    assert (found["check"], found["severity"]) == ("mail", "error")
    assert found["subject"] == f"127.0.0.1:{port}"


def test_a_world_readable_rates_file_is_found(copy: Patient) -> None:
    """What people earn is nobody's business on this machine; the fix is one command."""
    rates = copy.folder / "rates.toml"
    assert copy.findings() == []
    rates.chmod(0o644)

    found = copy.finding()

    assert (found["check"], found["severity"], found["subject"]) == ("files", "error", str(rates))
    assert found["fix"] == f"chmod 600 {rates}"


def test_offline_leaves_out_jira_and_the_mail_server(copy: Patient) -> None:
    """It says so, needs no token, and looks at everything else."""
    copy.change("[mail]\n", '[mail]\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\n')

    told = copy.told("--offline", token="")

    assert (told["status"], told["findings"]) == (0, [])
    left_out = {each["check"]: each["reason"] for each in told["left_out"]}
    assert left_out == dict.fromkeys(["credentials", "permissions", "clock", "mail"], "--offline")


def test_several_faults_are_told_together(copy: Patient) -> None:
    """A dead token, a bad file, a silent mail server and a tampered store do not hide each other."""
    copy.simulator.post("/__simulator/token", {"mode": "dead"})
    copy.change("[mail]\n", '[mail]\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\n')
    copy.change('rates = "rates.toml"', 'rates = "lost.toml"')
    copy.plant(TAMPERED["issue_status"])

    found = copy.findings("--all")

    assert [each["check"] for each in found] == ["files", "credentials", "store", "mail"]


def test_a_configuration_with_faults_is_a_finding_for_each(copy: Patient) -> None:
    """With file, line and column; nothing else can be looked at."""
    copy.write('\n[fields]\nstory_points = "x"\n[flow]\nsle = { days = 0, share = 0.5 }\n')

    told = copy.told()

    lines = len(copy.config.read_text().splitlines())
    assert [each["check"] for each in told["findings"]] == ["configuration", "configuration"]
    assert told["findings"][0]["subject"].startswith(f"{copy.config}:{lines - 2}:")
    assert len(told["left_out"]) == 9


def test_before_the_first_sync_access_is_looked_at_and_a_sync_is_asked_for(copy: Patient) -> None:
    """Whoever has just written the configuration learns that the token works."""
    (copy.folder / "store.duckdb").unlink()

    found = copy.finding()

    assert (found["check"], found["severity"], found["fix"]) == ("sync", "warning", "pmreport sync")


def test_a_damaged_store_is_a_finding(copy: Patient) -> None:
    """And Jira and the mail server are looked at."""
    (copy.folder / "store.duckdb").write_bytes(b"no store")
    (copy.folder / "store.duckdb").chmod(0o600)

    assert copy.finding()["check"] == "store"


def test_a_project_that_may_not_be_seen_is_found(copy: Patient) -> None:
    """It is said once, whichever resource told it first."""
    copy.change('"OPS"]', '"OPS", "HIDDEN"]')

    found = copy.findings()

    assert [(each["check"], each["subject"]) for each in found] == [
        ("permissions", "HIDDEN"),
        ("sync", "HIDDEN"),
    ]


def test_a_site_that_does_not_answer_is_found(copy: Patient) -> None:
    """Nobody listens at the port: the network is named, and not the token."""
    copy.change(f'url = "{copy.simulator.url}"', 'url = "http://127.0.0.1:9"')
    copy.plant("UPDATE site SET base_url = 'http://127.0.0.1:9'")

    found = copy.finding()

    assert (found["check"], found["severity"]) == ("credentials", "error")
    assert "cannot be reached" in found["what"]


def test_no_token_is_found(copy: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways to bring one are named."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

    found = copy.finding(token="")

    assert (found["check"], found["severity"]) == ("credentials", "error")
    assert "PMREPORT_JIRA_TOKEN" in found["fix"]


def test_a_board_or_column_that_is_not_there_is_found(copy: Patient) -> None:
    """The sections speak of boards by number and of columns by name."""
    copy.write('\n[board."99"]\n[board."11"]\nstart_column = "In Progres"\n')

    found = copy.findings()

    assert [each["subject"] for each in found] == ['[board."99"]', '[board."11"] start_column']
    assert found[1]["fix"] == '[board."11"]\nstart_column = "In Progress"'


def test_the_other_product_is_found(copy: Patient) -> None:
    """A Cloud site that is called Data Center would be asked in the wrong words."""
    copy.change('deployment = "cloud"', 'deployment = "datacenter"')

    found = [each for each in copy.findings() if each["check"] == "configuration"]

    assert [each["fix"] for each in found] == ['[site]\ndeployment = "cloud"']


def test_people_see_a_table_and_a_block_for_each_finding(copy: Patient) -> None:
    """Every check has its line; the fix stands below what is wrong, to be copied as it is."""
    copy.write('\n[fields]\nstory_points = "customfield_10099"\n')

    status, out = copy.run("doctor")

    assert status == 1
    assert out.startswith("Found: 1 error\nCheck ")
    assert "fields         1 error" in out
    assert "\nerror: the site has no field customfield_10099" in out
    assert "\n         [fields]\n         story_points = " in out


def test_a_healthy_data_center_has_nothing_the_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Epic links, sprints as text and fields without ids in the changelog: every interval is built again."""
    with serving(story_corpus(product=DATACENTER)) as simulator:
        prepare(tmp_path, simulator)
        patient = Patient(folder=tmp_path, simulator=simulator, capture=capsys)

        assert patient.findings("--all") == []
