"""A Jira inside a company: its own certificate authority, a client certificate, a proxy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmreport.config import load
from pmreport.errors import ConfigurationError, PmreportError, UnreachableError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import ClientCertificateError, Patience, UntrustedSiteError
from tests.support.fake_jira import ACCOUNT, FakeJira, Reply
from tests.support.proxy import Proxy
from tests.support.tls import Authority, authority, guarded
from tests.support.typing_person import at_terminal

PROJECT = {"id": "1", "key": "WEB", "name": "Web", "simplified": False}
TOKEN = "s3cret-t0ken"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The certificates of a company."""
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A proxy that the environment names for everything."""
    with Proxy() as running:
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
            monkeypatch.setenv(name, running.url)
        yield running


def account(url: str, *, ca_bundle: Path | None = None, certificate: Path | None = None) -> str:
    """Whose token it is, as the site says."""
    site = SiteSettings(name="acme", url=url, ca_bundle=ca_bundle, client_certificate=certificate)
    patience = Patience(sleep=lambda _: None, timeout=(2.0, 2.0))
    with JiraClient(site, Credential(TOKEN, "pm@acme.example"), patience=patience) as client:
        return str(client.myself()["accountId"])


def refusal(url: str, *, ca_bundle: Path | None = None, certificate: Path | None = None) -> PmreportError:
    """The error in which asking ends."""
    with pytest.raises(PmreportError) as caught:
        account(url, ca_bundle=ca_bundle, certificate=certificate)
    return caught.value


def test_an_own_authority_is_trusted_when_it_is_named(files: Authority) -> None:
    """`ca_bundle` vouches for the site; without it the site is not trusted, and the hint names the key."""
    with guarded(FakeJira(), files) as url:
        stranger = refusal(url)
        known = account(url, ca_bundle=files.certificate)

    assert known == ACCOUNT
    assert isinstance(stranger, UntrustedSiteError)
    assert stranger.what == "The certificate of the site is not trusted: nobody we know vouches for it."
    assert "ca_bundle" in str(stranger.hint)


def test_a_certificate_says_why_it_is_not_trusted(files: Authority) -> None:
    """One that has expired and one of another host are not mended by an authority, and are told apart."""
    with guarded(FakeJira(), files, server=files.expired_server) as url:
        expired = refusal(url, ca_bundle=files.certificate)
    with guarded(FakeJira(), files, server=files.other_host) as url:
        other = refusal(url, ca_bundle=files.certificate)

    assert expired.what.endswith("it has expired.")
    assert other.what.endswith("it belongs to another host.")


def test_a_client_certificate_is_shown_where_it_is_asked_for(files: Authority) -> None:
    """`client_certificate` opens the door; without it the error says what is missing."""
    with guarded(FakeJira(), files, asks=True) as url:
        without = refusal(url, ca_bundle=files.certificate)
        opened = account(url, ca_bundle=files.certificate, certificate=files.client)

    assert opened == ACCOUNT
    assert isinstance(without, ClientCertificateError)
    assert "client certificate" in without.what
    assert "client_certificate" in str(without.hint)


def test_a_file_that_is_no_client_certificate_is_a_mistake_in_the_configuration(files: Authority) -> None:
    """A certificate without its key opens nothing, and the file is named."""
    with guarded(FakeJira(), files, asks=True) as url:
        found = refusal(url, ca_bundle=files.certificate, certificate=files.certificate)

    assert isinstance(found, ConfigurationError)
    assert found.where == str(files.certificate)


def test_https_goes_through_the_proxy_of_the_environment(files: Authority, proxy: Proxy) -> None:
    """HTTPS_PROXY is asked for a tunnel, and what goes through it only the site can read."""
    with guarded(FakeJira(), files) as url:
        known = account(url, ca_bundle=files.certificate)

    assert known == ACCOUNT
    assert [line.rpartition(" ")[0] for line in proxy.asked] == [f"CONNECT {url.removeprefix('https://')}"]


def test_no_proxy_leads_past_the_proxy(
    files: Authority, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hosts that NO_PROXY names are asked directly."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    with guarded(FakeJira(), files) as url:
        known = account(url, ca_bundle=files.certificate)

    assert (known, proxy.asked) == (ACCOUNT, [])


def test_a_proxy_that_is_gone_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error speaks of the proxy; the login in its address stays out."""
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://pm:gehe1m@127.0.0.1:9")

    found = refusal("https://jira.acme.example")

    assert isinstance(found, UnreachableError)
    assert found.what == "Jira cannot be reached: the proxy does not answer."
    assert "gehe1m" not in f"{found.what} {found.where} {found.hint}"


def test_init_asks_for_the_certificates_that_the_site_wants(files: Authority, tmp_path: Path) -> None:
    """First the authority, then one's own certificate; both stand in the configuration that is written."""
    jira = FakeJira()
    jira.say("/rest/api/3/project/search", Reply(body={"values": [PROJECT], "isLast": True}))
    jira.say("/rest/agile/1.0/board", Reply(body={"values": [], "isLast": True}))
    jira.say("/rest/api/3/field", Reply(body=[]))
    with guarded(jira, files, asks=True) as url, at_terminal(tmp_path, "init") as somebody:
        somebody.answers("Address of your Jira", url)
        somebody.waits_for("The certificate of the site is not trusted")
        somebody.answers("File of your company's own authority", str(files.certificate))
        somebody.answers("File with your certificate and its key", str(files.client))
        somebody.answers("Email", "pm@acme.example")
        somebody.answers("Token:", TOKEN)
        somebody.answers("Projects", "")
        somebody.answers("Time zone", "")
        assert somebody.ends() == 0, somebody.screen

    site = load(tmp_path / "pmreport.toml").site
    assert (site.ca_bundle, site.client_certificate) == (files.certificate, files.client)
