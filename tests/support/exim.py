"""A real mail server for tests: Exim with TLS and a login, in a folder of its own."""

import getpass
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.mail_server import certified

_PROGRAM = Path("/usr/sbin/exim4")
_PATIENCE_SECONDS = 10.0
_CONFIGURATION = """\
primary_hostname = mail.acme.example
spool_directory = {folder}/spool
log_file_path = {folder}/%s.log
pid_file_path = {folder}/exim.pid
exim_user = {user}
exim_group = {group}
never_users =
keep_environment =
tls_advertise_hosts = *
tls_certificate = {folder}/mail.pem
tls_privatekey = {folder}/mail.key
message_size_limit = 1M
acl_smtp_rcpt = recipient
acl_smtp_data = message

begin acl
recipient:
  deny message = Log in first
    !authenticated = *
  deny message = No such user here
    local_parts = gone
  defer message = Mailbox is full
    local_parts = full
  accept domains = acme.example
  deny message = Relay not permitted
message:
  deny message = Header syntax
    !verify = header_syntax
  accept

begin routers
everybody:
  driver = accept
  transport = file

begin transports
file:
  driver = appendfile
  directory = {folder}/inbox
  maildir_format
  create_directory = false
  envelope_to_add
  return_path_add
  user = {user}
  group = {group}
  batch_max = 100

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{pm@acme.example}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
  server_advertise_condition = ${{if def:tls_in_cipher}}
"""


@dataclass(frozen=True, slots=True)
class Exim:
    """The running server: its port, the authority that vouches for it, and where its mails lie."""

    port: int
    authority: Path
    inbox: Path

    def mails(self, most: int = 1) -> list[bytes]:
        """What has been delivered, once there are so many."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while len(files := sorted(self.inbox.glob("new/*"))) < most and time.monotonic() < until:
            time.sleep(0.02)
        return [file.read_bytes() for file in files]


@contextmanager
def exim(folder: Path, password: str) -> Iterator[Exim]:
    """Exim while the block runs; it takes mail for acme.example, but for `gone` and, for now, `full`."""
    if not _PROGRAM.is_file():
        pytest.skip("needs exim4")
    import grp  # POSIX alone

    # Exim delivers nothing as root, whatever it is told; its own user is there where it is installed.
    user = "Debian-exim" if os.geteuid() == 0 else getpass.getuser()
    group = user if os.geteuid() == 0 else grp.getgrgid(os.getegid()).gr_name
    certified(folder)
    for name in ("spool", "inbox", "inbox/new", "inbox/cur", "inbox/tmp"):
        (folder / name).mkdir()
    configuration = folder / "exim.conf"
    configuration.write_text(
        _CONFIGURATION.format(folder=folder, user=user, group=group, password=password), encoding="utf-8"
    )
    _hand_over(folder, user)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    running = subprocess.Popen(
        [_PROGRAM, "-C", configuration, "-bdf", "-odi", "-oX", f"127.0.0.1.{port}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait(port, running)
        yield Exim(port, folder / "mail.pem", folder / "inbox")
    finally:
        running.terminate()
        running.communicate(timeout=_PATIENCE_SECONDS)


def _hand_over(folder: Path, user: str) -> None:
    """Give what lies there to the user that Exim becomes; the configuration stays root's."""
    if os.geteuid() != 0:
        return
    import shutil

    for path in (folder, *folder.rglob("*")):
        if path.name != "exim.conf":
            shutil.chown(path, user, user)
    for above in folder.parents:  # pytest's folders are for their owner alone
        if above.stat().st_uid == 0 and above != Path("/") and above.name.startswith("pytest"):
            above.chmod(above.stat().st_mode | 0o011)


def _wait(port: int, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and running.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    running.terminate()
    raise AssertionError(f"Exim does not run: {running.communicate()[1].decode('utf-8', 'replace')}")
