"""One request over a network that misbehaves: each fault has its sentence, and none holds a run for ever."""

import gzip
import json
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    ExitStatus,
    NotAuthorisedError,
    PmreportError,
    UnreachableError,
)
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import Patience
from tests.support.fake_jira import FakeJira, Reply
from tests.support.raw_server import (
    OK,
    RawServer,
    answering,
    dripping,
    leaving_at_the_second,
    saying,
    secured,
)

STATUSES = "/rest/api/3/status"
CREDENTIAL = Credential(token="ATATT3xFfGF0-a-secret-token", email="pm@acme.example")  # noqa: S106 - made up
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of the machine names no proxy."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def a_client(
    url: str,
    waits: list[float] | None = None,
    *,
    seconds: float = 5.0,
    most_bytes: int = 1_000_000,
    ca_bundle: Path | None = None,
    client_certificate: Path | None = None,
) -> JiraClient:
    """A client that never really waits."""
    site = SiteSettings(name="acme", url=url, ca_bundle=ca_bundle, client_certificate=client_certificate)
    patience = Patience(
        sleep=([] if waits is None else waits).append,
        jitter=lambda: 0.0,
        timeout=(2.0, 2.0),
        total_seconds=seconds,
        most_bytes=most_bytes,
    )
    return JiraClient(site, CREDENTIAL, patience=patience)


def failure(url: str, **more: float) -> PmreportError:
    """The error that a question to this address ends in; it never shows the token."""
    with a_client(url, seconds=more.get("seconds", 5.0)) as client, pytest.raises(PmreportError) as caught:
        client.statuses()
    error = caught.value
    assert CREDENTIAL.token not in f"{error.what} {error.where} {error.hint}"
    return error


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Drop: 1\r\n"),
        (OK + b"Content-Length: 5000\r\n\r\n", b" "),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n", b" "),
        (OK + b"\r\n", b" "),
    ],
    ids=["status line", "headers", "body", "chunks", "one long chunk", "body without a length"],
)
def test_an_answer_that_drips_ends_after_its_time(first: bytes, drop: bytes) -> None:
    """Each byte comes in time, and yet the whole never comes; status 69, and it is not asked again."""
    with RawServer(dripping(first, drop, 0.02)) as server:
        began = time.monotonic()
        error = failure(server.url, seconds=0.3)
        took = time.monotonic() - began

    assert error.status is ExitStatus.UNREACHABLE
    assert "in full within 0.3 seconds" in error.what
    assert took < 1.5
    assert server.connections == 1


def test_a_slow_answer_that_ends_is_read() -> None:
    """What drips and is whole in time is as good as any other."""

    def act(connection: socket.socket) -> None:
        saying(OK + b"Content-Length: 4\r\n\r\n")(connection)
        for drop in (b"[", b" ", b" ", b"]"):
            time.sleep(0.02)
            connection.sendall(drop)

    with RawServer(act) as server, a_client(server.url) as client:
        assert client.statuses() == []


def test_an_answer_may_not_be_larger_than_memory_bears(jira: FakeJira) -> None:
    """Status 65 with the way out; what lies below the bound is read."""
    just = b"[" + b" " * 999_998 + b"]"
    jira.say(STATUSES, Reply(body=just), Reply(body=just + b" "))

    with a_client(jira.url) as client:
        assert client.statuses() == []
        with pytest.raises(BadDataError, match="larger") as caught:
            client.statuses()

    assert caught.value.status is ExitStatus.BAD_DATA
    assert "page_size" in str(caught.value.hint)


def test_answers_are_asked_for_packed_and_unpacked(jira: FakeJira) -> None:
    """A tenth of the bytes travels."""
    packed = gzip.compress(json.dumps([{"id": "1", "name": "x" * 1000}]).encode())
    jira.say(STATUSES, Reply(body=packed, headers={"Content-Encoding": "gzip"}))

    with a_client(jira.url) as client:
        [status] = client.statuses()

    assert len(status["name"]) == 1000
    assert jira.asked[-1].headers["Accept-Encoding"] == "gzip"


def test_a_packed_answer_cannot_fill_the_memory(jira: FakeJira) -> None:
    """A hundred megabytes of nothing in a hundred kilobytes: only the first megabyte is unpacked."""
    bomb = gzip.compress(b" " * 100_000_000)
    jira.say(STATUSES, Reply(body=bomb, headers={"Content-Encoding": "gzip"}))

    error = failure(jira.url)

    assert isinstance(error, BadDataError)
    assert "larger than 0.95" in error.what


def test_an_answer_that_cannot_be_unpacked_says_so(jira: FakeJira) -> None:
    """It is asked again, for it may have been damaged on its way."""
    jira.say(STATUSES, Reply(body=b"no gzip at all", headers={"Content-Encoding": "gzip"}))

    error = failure(jira.url)

    assert (error.status, len(jira.asked)) == (ExitStatus.UNREACHABLE, 2)
    assert "cannot be unpacked" in error.what


@pytest.mark.parametrize("status", [200, 400])
def test_an_answer_folded_too_deeply_is_told_and_no_crash(jira: FakeJira, status: int) -> None:
    """A hundred thousand brackets are JSON too; as a refusal they are one without a reason."""
    deep = b"[" * 100_000 + b"]" * 100_000
    jira.say(STATUSES, Reply(body=deep, status=status))

    error = failure(jira.url)

    assert error.status is ExitStatus.BAD_DATA
    assert ("folded too deeply" if status == 200 else "without a reason") in error.what


def test_a_number_that_nobody_can_hold_is_nothing(jira: FakeJira) -> None:
    """Thousands of digits, infinity, and what is no number: the value is missing, the answer is not."""
    said = b'[{"id": 1, "a": %s, "b": NaN, "c": -Infinity, "d": 1e999, "e": -2.5, "f": %s}]'
    jira.say(STATUSES, Reply(body=said % (b"9" * 5000, b"9" * 20)))

    with a_client(jira.url) as client:
        [found] = client.statuses()

    assert found == {"id": 1, "a": None, "b": None, "c": None, "d": None, "e": -2.5, "f": None}


@pytest.mark.parametrize(
    ("number", "held"),
    [
        (b"9223372036854775807", 2**63 - 1),
        (b"-9223372036854775809", None),
        (b"18446744073709551616", None),
        (b" \n" + b"1" * 30, None),
        (b"0.1234567890123456789012", 0.1234567890123456789012),
        (b'"18446744073709551616"', "18446744073709551616"),
        (b'"to: 18446744073709551616"', "to: 18446744073709551616"),
    ],
)
def test_a_number_is_whole_or_not_there(jira: FakeJira, number: bytes, held: object) -> None:
    """One that 64 bits do not hold is never rounded; long digits in a text are a text."""
    jira.say(STATUSES, Reply(body=b'[{"a":%s,"b":[1,%s]}]' % (number, number)))

    with a_client(jira.url) as client:
        assert client.statuses() == [{"a": held, "b": [1, held]}]


def test_halves_of_characters_are_replaced_however_they_are_written(jira: FakeJira) -> None:
    """As bytes that no text has, where the escaped form is not used."""
    jira.say(STATUSES, Reply(body=b'[{"id": "half \xed\xa0\xbd, whole \xc3\xa4"}]'))

    with a_client(jira.url) as client:
        assert client.statuses() == [{"id": "half ?, whole ä"}]


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://other.example:8443/jira?os_token=x#y", "moved to https://other.example:8443/jira"),
        ("https://pm:hunter2@other.example:8443/jira", "moved to https://other.example:8443/jira"),
        ("/elsewhere", "moved to /elsewhere"),
        ("https://associates.example/jira", "moved to https://associates.example/jira"),
        ("https://other.example:port/", "moved to an address that is none"),
        ("https://[broken", "moved to an address that is none"),
    ],
)
def test_a_redirect_names_the_new_address_with_its_port(jira: FakeJira, location: str, shown: str) -> None:
    """So that it can be written into the configuration; no login and no parameter of it is repeated."""
    jira.say(STATUSES, Reply(status=301, headers={"Location": location}))

    error = failure(jira.url)

    assert isinstance(error, ConfigurationError)
    assert shown in error.what
    assert not any(word in f"{error.what}{error.where}{error.hint}" for word in ("hunter2", "os_token"))


@pytest.mark.parametrize(
    "location",
    ["/login.jsp?os_destination=x", "https://sso.acme.example:9443/saml", "https://id.example/login"],
)
def test_a_redirect_to_a_login_is_a_refused_token(jira: FakeJira, location: str) -> None:
    """Whoever stands before Jira wants a person to log in."""
    jira.say(STATUSES, Reply(status=302, headers={"Location": location}))

    assert isinstance(failure(jira.url), NotAuthorisedError)


def test_a_token_never_goes_to_another_host(jira: FakeJira) -> None:
    """Not even a question without it is sent where a redirect points to."""
    with FakeJira() as other:
        jira.say(STATUSES, Reply(status=307, headers={"Location": f"{other.url}{STATUSES}"}))
        failure(jira.url)

        assert other.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://evil.example\\@127.0.0.1",
        "http://127.0.0.1\\.evil.example",
        "http://localhost@evil.example",
        "http://@127.0.0.1",
        "http://[::2]",
        "http://[::ffff:8.8.8.8]",
        "http://0.0.0.0",
        "http://2130706433",
        "http://127.0.0.1:port",
        "http://[::1",
        "https://acme.example?x=1",
        "https://acme.example#x",
        "//acme.example",
        "javascript:alert(1)",
    ],
)
def test_only_this_machine_is_asked_without_encryption(url: str) -> None:
    """What merely looks like its name is refused, and so is what is no plain web address."""
    with pytest.raises(ConfigurationError):
        a_client(url)


@pytest.mark.parametrize(
    "url", ["http://localhost:1", "http://LOCALHOST:1", "http://127.9.9.9:1", "http://[::1]:1"]
)
def test_this_machine_has_several_names(url: str) -> None:
    """All of them lead nowhere else."""
    a_client(url).close()


@pytest.mark.parametrize("url", ["https://acme..example", f"https://{'a' * 64}.example", "https://.example"])
def test_a_host_that_can_be_none_is_a_mistake_in_the_configuration(url: str) -> None:
    """Nothing is sent, and nobody is told to check the network."""
    error = failure(url)

    assert error.status is ExitStatus.CONFIGURATION
    assert "no web address" in error.what


def test_a_name_that_nobody_knows_is_told() -> None:
    """Status 69; a typing mistake in the name is the likeliest."""
    error = failure("https://no-such-host.invalid")

    assert error.status is ExitStatus.UNREACHABLE
    assert "its name is not known" in error.what


def test_a_connection_that_breaks_off_is_told() -> None:
    """In the middle of the answer, or before its first byte."""
    cut = saying(OK + b"Content-Length: 50\r\n\r\n[")
    for act in (cut, saying(b"")):
        with RawServer(act) as server:
            error = failure(server.url)

        assert error.status is ExitStatus.UNREACHABLE
        assert "the connection broke off" in error.what


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 999999999999999999999 \r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 70_000 + b"\r\n\r\n",
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n[]",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["another protocol", "no status", "many headers", "a long header", "two lengths", "no chunk"],
)
def test_what_is_no_http_is_unreachable(said: bytes) -> None:
    """Whatever else answers at the address, the run ends with 69 and a sentence."""
    with RawServer(saying(said)) as server:
        assert failure(server.url).status is ExitStatus.UNREACHABLE


def test_something_without_encryption_at_a_secure_address_is_told() -> None:
    """The port is wrong, or the scheme; no certificate is to blame."""

    def act(connection: socket.socket) -> None:
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with RawServer(act) as server:
        error = failure(f"https://127.0.0.1:{server.port}")

    assert error.status is ExitStatus.UNREACHABLE
    assert "No encrypted connection" in error.what


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that its owner signed, for 127.0.0.1, in one file with its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    path = tmp_path_factory.mktemp("tls") / "own.pem"
    files = f"-keyout {path}.key -out {path}"
    asked = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 {files}"
    names = ["-subj", "/CN=acme", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([openssl, *asked.split(), *names], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.key").read_text())
    return path


def test_a_certificate_that_nobody_vouches_for_is_told(certificate: Path) -> None:
    """Status 69; with the company's own authority in the configuration the same site is read."""
    act = secured(answering(b"[]"), str(certificate))
    with RawServer(act) as server:
        url = f"https://127.0.0.1:{server.port}"
        error = failure(url)
        elsewhere = failure(f"https://localhost:{server.port}")
        with a_client(url, ca_bundle=certificate) as client:
            found = client.statuses()

    assert (error.status, elsewhere.status) == (ExitStatus.UNREACHABLE, ExitStatus.UNREACHABLE)
    assert "not trusted" in error.what
    assert "ca_bundle" in str(error.hint)
    assert found == []


def test_a_certificate_for_another_name_is_told(certificate: Path) -> None:
    """An authority of one's own does not help there."""
    with (
        RawServer(secured(answering(b"[]"), str(certificate))) as server,
        a_client(f"https://localhost:{server.port}", ca_bundle=certificate) as client,
        pytest.raises(UnreachableError, match="another host"),
    ):
        client.statuses()


def test_an_answer_that_drips_through_encryption_ends_too(certificate: Path) -> None:
    """The deadline stands below the encryption's own reading."""
    act = secured(dripping(OK + b"Content-Length: 5000\r\n\r\n", b" ", 0.02), str(certificate))
    with (
        RawServer(act) as server,
        a_client(f"https://127.0.0.1:{server.port}", ca_bundle=certificate, seconds=0.3) as client,
        pytest.raises(UnreachableError, match="in full within"),
    ):
        client.statuses()


@pytest.mark.parametrize("content", [None, "no certificate at all"], ids=["missing", "something else"])
@pytest.mark.parametrize("setting", ["ca_bundle", "client_certificate", "REQUESTS_CA_BUNDLE"])
def test_a_file_without_a_certificate_is_named(
    certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, content: str | None
) -> None:
    """Status 78: the way to the file stands in the configuration, or in the environment."""
    path = tmp_path / "mine.pem"
    if content:
        path.write_text(content)
    files = {"ca_bundle": certificate, setting: path}
    if setting.isupper():
        monkeypatch.setenv(setting, str(path))
        files = {}
    with (
        RawServer(secured(answering(b"[]"), str(certificate))) as server,
        a_client(f"https://127.0.0.1:{server.port}", None, **files) as client,  # type: ignore[arg-type]
        pytest.raises(ConfigurationError) as caught,
    ):
        client.statuses()

    assert caught.value.status is ExitStatus.CONFIGURATION
    assert str(path) in str(caught.value.where)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "the proxy wants a login"),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", "the proxy does not get through to it"),
    ],
    ids=["login", "no way on"],
)
def test_a_proxy_that_fails_is_named(monkeypatch: pytest.MonkeyPatch, said: bytes, what: str) -> None:
    """Status 69; the fault is the proxy's and not Jira's, and its password is not shown."""
    with RawServer(saying(said)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:hunter2@127.0.0.1:{proxy.port}")
        error = failure("https://acme.example")

    assert error.status is ExitStatus.UNREACHABLE
    assert what in error.what
    assert "hunter2" not in f"{error.what} {error.where} {error.hint}"


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens on port 9."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")

    assert "the proxy does not answer" in failure("https://acme.example").what


@pytest.mark.parametrize(
    "proxy", ["gopher://127.0.0.1:9", "http://", "http://[broken", "socks5://127.0.0.1:9"]
)
def test_a_proxy_that_can_be_none_is_a_mistake(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    """The environment is named, for there it stands."""
    monkeypatch.setenv("HTTPS_PROXY", proxy)

    error = failure("https://acme.example")

    assert error.status is ExitStatus.CONFIGURATION
    assert "HTTPS_PROXY" in str(error.where)


def test_this_machine_is_asked_without_a_proxy(jira: FakeJira, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy would look for it on its own machine, with the readable token in its hands."""
    jira.say(STATUSES, Reply(body=[]))
    with RawServer(saying(b"")) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        with a_client(jira.url) as client:
            assert client.statuses() == []

        assert proxy.connections == 0


def test_a_connection_that_was_closed_while_idle_is_no_failure() -> None:
    """The server hangs up just as the next question comes: it is asked again at once, on a new connection."""
    waits: list[float] = []
    with (
        RawServer(leaving_at_the_second(b"[]"), answering(b'[{"id": "1"}]')) as server,
        a_client(server.url, waits) as client,
    ):
        found = [client.statuses(), client.statuses()]
        traffic = client.traffic

    assert found == [[], [{"id": "1"}]]
    assert (waits, traffic.retries, traffic.requests, server.connections) == ([], 0, 3, 2)


def test_a_connection_that_closes_again_and_again_is_one() -> None:
    """A new connection that is closed as well is a fault of the network, and waited out."""
    waits: list[float] = []
    with (
        RawServer(leaving_at_the_second(b"[]"), saying(b"")) as server,
        a_client(server.url, waits) as client,
    ):
        client.statuses()
        with pytest.raises(UnreachableError, match="broke off"):
            client.statuses()

    assert len(waits) == 3


def test_connections_are_kept_and_each_worker_has_its_own(jira: FakeJira) -> None:
    """As many sessions as workers, and as many connections, however many questions."""
    meeting = threading.Barrier(4, timeout=5)

    def reply(_: object) -> Reply:
        meeting.wait()
        return Reply(body=[])

    jira.say(STATUSES, reply)
    with a_client(jira.url) as client:
        for _ in range(3):
            client.crew.together([client.statuses] * 4)
        sessions = client._transport._wire._lines

    assert len(sessions) == 4
    assert (len(jira.asked), jira.connections) == (12, 4)
