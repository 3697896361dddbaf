"""The first meeting with a site: which product, whose token, and the token that has scopes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pmreport.app.setup import access, survey, tokens
from pmreport.errors import NotAuthorisedError, PmreportError, UnreachableError, UsageError
from pmreport.jira.answers import CaptchaError, ScopeError
from pmreport.jira.settings import Deployment, SiteSettings
from pmreport.secrets import Places, Secret
from pmreport.sync.settings import ScopeSettings
from tests.support.fake_jira import ACCOUNT, FakeJira, Reply
from tests.support.file_keyring import FileKeyring
from tests.support.simulator import Simulator

TOKEN = Secret("s3cret-t0ken")
MYSELF, SERVER = "/rest/api/2/myself", "/rest/api/2/serverInfo"


def of_cloud(simulator: Simulator) -> SiteSettings:
    """The simulated Cloud site, as somebody configures it who has typed address and email."""
    return SiteSettings(
        name="sim", url=simulator.url, deployment=Deployment.CLOUD, email=simulator.site.email
    )


def refused(
    site: SiteSettings, secret: Secret = TOKEN, gateway: str = "https://none.example"
) -> PmreportError:
    """The error in which signing in ends."""
    with pytest.raises(PmreportError) as caught:
        access.sign_in(site, secret, gateway=gateway)
    return caught.value


def test_the_product_is_found_out_without_a_token(simulator: Simulator, datacenter: Simulator) -> None:
    """So that the right kind of token can be asked for; what is configured is believed."""
    cloud = SiteSettings(name="sim", url=simulator.url)
    center = SiteSettings(name="sim", url=datacenter.url)

    assert access.deployment_of(cloud) is Deployment.CLOUD
    assert access.deployment_of(center) is Deployment.DATACENTER
    assert access.deployment_of(replace(cloud, deployment=Deployment.DATACENTER)) is Deployment.DATACENTER


def test_a_stranger_sends_no_login(jira: FakeJira, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also none of a .netrc file that happens to know the host."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login pm password gehe1m")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    access.deployment_of(SiteSettings(name="acme", url=jira.url))

    assert "Authorization" not in jira.asked[-1].headers


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=401, body=b"<html>"),
        Reply(status=302, headers={"Location": "https://sso.acme.example/login"}),
    ],
    ids=["closed", "behind a login page"],
)
def test_a_site_that_tells_strangers_nothing_leaves_the_product_open(jira: FakeJira, reply: Reply) -> None:
    """It is a Jira all the same: the token will tell."""
    jira.say(SERVER, reply)

    assert access.deployment_of(SiteSettings(name="acme", url=jira.url)) is None


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=404, body=b"<html>"), "it is no Jira"),
        (Reply(body={}), "it is no Jira"),
        (Reply(body=[]), "Something other than Jira answers"),
        (Reply(body=b"<html>Welcome</html>"), "a web page instead of data"),
    ],
    ids=["not found", "an empty object", "a list", "a web page"],
)
def test_what_answers_and_is_no_jira_is_told(jira: FakeJira, reply: Reply, said: str) -> None:
    """A wrong path, or some other server: nobody shall type a token there."""
    jira.say(SERVER, reply)

    with pytest.raises(UnreachableError) as caught:
        access.deployment_of(SiteSettings(name="acme", url=jira.url))

    assert said in caught.value.what


def test_a_good_token_tells_whose_it_is(simulator: Simulator) -> None:
    """The account, the name, the zone of the profile; nothing else has to be configured."""
    site = of_cloud(simulator)

    opened = access.sign_in(site, Secret(simulator.site.token))

    assert opened.site == site
    assert (opened.account, opened.name) == (simulator.site.account_id, simulator.site.display_name)
    assert opened.time_zone == simulator.site.user_zone


def test_a_token_with_scopes_is_led_to_the_gateway(simulator: Simulator) -> None:
    """The site refuses it as if it were mistyped; the site's id is found, and the gateway takes it."""
    scoped = Secret(simulator.site.scoped_token or "")

    opened = access.sign_in(of_cloud(simulator), scoped, gateway=simulator.site.gateway or "")

    assert opened.site == replace(of_cloud(simulator), cloud_id=simulator.site.cloud_id)
    assert opened.account == simulator.site.account_id
    assert "cloud_id" in str(tokens.scoped_hint(of_cloud(simulator), opened))
    assert tokens.scoped_hint(opened.site, opened) is None


def test_a_token_without_the_scope_is_told_as_such(fresh_simulator: Simulator) -> None:
    """It is no bad token: the hint names the scopes."""
    fresh_simulator.state.scopes = frozenset()
    scoped, gateway = Secret(fresh_simulator.site.scoped_token or ""), fresh_simulator.site.gateway or ""

    error = refused(of_cloud(fresh_simulator), scoped, gateway)

    assert isinstance(error, ScopeError)
    assert "scopes" in str(error.hint)


def test_a_token_that_neither_takes_is_wrong(simulator: Simulator) -> None:
    """Site and gateway were asked, and the error says so."""
    error = refused(of_cloud(simulator), gateway=simulator.site.gateway or "")

    assert isinstance(error, NotAuthorisedError)
    assert error.where == f"{simulator.url}, and as a token with scopes at {simulator.site.gateway}"


def test_a_site_that_hides_its_id_gets_the_way_explained(jira: FakeJira) -> None:
    """Nothing says whether the token is wrong or has scopes, so both are told."""
    jira.say(MYSELF, Reply(status=401))
    site = SiteSettings(name="acme", url=jira.url, email="pm@acme.example", deployment=Deployment.CLOUD)

    error = refused(site, gateway="http://127.0.0.1:9")

    assert f"{jira.url}/_edge/tenant_info" in str(error.hint)
    assert "cloud_id" in str(error.hint)


def test_a_token_never_leaves_this_machine_for_the_gateway(jira: FakeJira) -> None:
    """What speaks plain http is a simulator or a tunnel, and no site of Atlassian's."""
    jira.say(MYSELF, Reply(status=401))
    site = SiteSettings(name="acme", url=jira.url, email="pm@acme.example", deployment=Deployment.CLOUD)

    error = refused(site, gateway="https://none.example")

    assert [asked.path for asked in jira.asked] == [MYSELF]
    assert "email" in str(error.hint)


def test_a_captcha_is_not_tried_any_further(jira: FakeJira) -> None:
    """Every further try makes it worse: only the one request was made."""
    captcha = {"X-Seraph-LoginReason": "AUTHENTICATION_DENIED"}
    captcha["X-Authentication-Denied-Reason"] = "CAPTCHA_CHALLENGE; login-url=https://acme.example/login.jsp"
    jira.say(MYSELF, Reply(status=403, headers=captcha))
    site = SiteSettings(name="acme", url=jira.url, email="pm@acme.example", deployment=Deployment.CLOUD)

    error = refused(site, gateway="http://127.0.0.1:9")

    assert isinstance(error, CaptchaError)
    assert len(jira.asked) == 1


def test_a_refused_personal_access_token_is_told_without_an_email(datacenter: Simulator) -> None:
    """Data Center has no gateway and no email to check."""
    site = SiteSettings(name="sim", url=datacenter.url, deployment=Deployment.DATACENTER)

    error = refused(site)

    assert "personal access token" in str(error.hint)
    assert "email" not in str(error.hint)


def test_no_visible_project_is_an_error_and_no_empty_site(jira: FakeJira) -> None:
    """Jira shows a token with too few rights an empty list."""
    jira.say("/rest/api/3/project/search", Reply(body={"values": [], "isLast": True}))
    site = SiteSettings(name="acme", url=jira.url, email="pm@acme.example", deployment=Deployment.CLOUD)

    with access.opened(site, TOKEN) as client, pytest.raises(NotAuthorisedError) as caught:
        survey.projects(client)

    assert caught.value.what == "the token's user can see no project at all"


def test_projects_and_boards_are_named_by_key_and_number(simulator: Simulator) -> None:
    """In any case, by their place in the list, each once; a wrong one is answered with the nearest."""
    with access.opened(of_cloud(simulator), Secret(simulator.site.token)) as client:
        visible = survey.projects(client)
        boards = survey.boards(client, ["SHOP", "APP"])

    keys = [row.project_key for row in survey.chosen(["shop", "1", "APP"], visible)]
    assert keys == ["SHOP", visible[0].project_key]
    assert survey.chosen_boards(["#12", "11", "12"], boards) == (12, 11)
    assert survey.chosen_boards([], boards) == ()
    with pytest.raises(UsageError) as caught:
        survey.chosen(["SHIP"], visible)
    assert "did you mean SHOP?" in str(caught.value.hint)
    with pytest.raises(UsageError, match="these projects have no board 99"):
        survey.chosen_boards(["99"], boards)
    with pytest.raises(UsageError, match="which projects shall be read is not said"):
        survey.chosen([], visible)


def test_a_configured_board_that_is_not_there_is_named(simulator: Simulator) -> None:
    """Also a board of another project counts when it is configured."""
    with access.opened(of_cloud(simulator), Secret(simulator.site.token)) as client:
        found = survey.in_scope(client, ScopeSettings(projects=("APP",), boards=(12, 11)))
        with pytest.raises(UsageError, match="there is no board 99, or this token may not see it"):
            survey.in_scope(client, ScopeSettings(projects=("APP",), boards=(99,)))

    assert [board.board_id for board in found] == [12, 11]


def test_a_site_without_boards_has_none_to_choose_from(jira: FakeJira) -> None:
    """Jira without its boards refuses the question; the issues are there all the same."""
    jira.say("/rest/agile/1.0/board", Reply(status=403, body={"message": "no licence"}))
    site = SiteSettings(name="acme", url=jira.url, email="pm@acme.example", deployment=Deployment.CLOUD)

    with access.opened(site, TOKEN) as client:
        assert survey.boards(client, ["WEB"]) == ()


# -- what `auth status` knows


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A machine whose token comes from a variable."""
    environ = {"PMREPORT_JIRA_TOKEN": TOKEN.reveal()}
    return Places(environ, FileKeyring(), tmp_path / "none.json")  # type: ignore[no-untyped-call]


@pytest.fixture(autouse=True)
def _drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring of the test is empty."""
    monkeypatch.setenv("PMREPORT_TEST_KEYRING", str(tmp_path / "keyring.json"))


PATS = "/rest/pat/latest/tokens"
PAT = {"id": 4, "name": "pmreport", "expiringAt": "2027-03-09T14:09:24.000+01:00"}


@pytest.mark.parametrize(
    ("reply", "expires"),
    [
        (Reply(body=[PAT]), date(2027, 3, 9)),
        (Reply(body=[PAT, PAT]), None),
        (Reply(body=[{**PAT, "expiringAt": None}]), None),
        (Reply(status=404), None),
    ],
    ids=["one token", "two tokens", "one that lives for ever", "an old Jira"],
)
def test_data_center_tells_when_the_only_token_ends(
    jira: FakeJira, places: Places, reply: Reply, expires: date | None
) -> None:
    """Of several nobody can say which one this is; nothing is guessed."""
    jira.say(PATS, reply)
    site = SiteSettings(name="acme", url=jira.url, deployment=Deployment.DATACENTER)

    status = tokens.status(site, places)

    assert status.expires == expires
    assert status.access is not None
    assert status.trouble is None


def test_the_status_of_a_refused_token_says_where_it_lies(jira: FakeJira, places: Places) -> None:
    """The place and what to do; the token of a variable is not mended by a login."""
    jira.say(MYSELF, Reply(status=401))
    site = SiteSettings(name="acme", url=jira.url, deployment=Deployment.DATACENTER)

    status = tokens.status(site, places)

    assert status.places == ("PMREPORT_JIRA_TOKEN",)
    assert status.access is None
    assert status.trouble is not None
    assert (status.trouble.where, status.trouble.hint) == (
        "PMREPORT_JIRA_TOKEN",
        "make a new token; put it there",
    )


def test_the_status_names_every_place_and_the_first_that_does_not_open(
    simulator: Simulator, tmp_path: Path
) -> None:
    """What was found before a damaged file counts."""
    damaged = tmp_path / "tokens.json"
    damaged.write_text("{")
    good = Places({"PMREPORT_JIRA_TOKEN": simulator.site.token}, FileKeyring(), damaged)  # type: ignore[no-untyped-call]
    without = replace(good, environ={})

    found, nothing = (tokens.status(of_cloud(simulator), each) for each in (good, without))

    assert (found.places, found.trouble) == (("PMREPORT_JIRA_TOKEN",), None)
    assert nothing.places == ()
    assert nothing.trouble is not None
    assert nothing.trouble.what == "the plain file of tokens is damaged"


def test_the_status_of_a_token_with_scopes_tells_the_missing_line(
    simulator: Simulator, tmp_path: Path
) -> None:
    """The token is good, and the configuration does not name the gateway."""
    environ = {"PMREPORT_JIRA_TOKEN": simulator.site.scoped_token or ""}
    places = Places(environ, FileKeyring(), tmp_path / "none.json")  # type: ignore[no-untyped-call]

    status = tokens.status(of_cloud(simulator), places, gateway=simulator.site.gateway or "")

    assert status.access is not None
    assert status.trouble is not None
    assert f'cloud_id = "{simulator.site.cloud_id}"' in str(status.trouble.hint)
    assert ACCOUNT not in str(status.trouble.hint)
