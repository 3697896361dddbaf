"""The units of systemd that run pmreport, as a script that writes them."""

import re
import shlex
from collections.abc import Sequence

from pmreport.app.schedule.job import TRY_AGAIN, Job
from pmreport.app.schedule.remark import remark
from pmreport.errors import ExitStatus

_FINAL = " ".join(str(int(status)) for status in ExitStatus if status and status not in TRY_AGAIN)
_SCRIPT = """\
#!/bin/sh
{heading}\
# This text changes nothing by being printed. Save it, read it, run it with sh:
# it writes {count} units. Then:
#   systemctl --user daemon-reload
#   systemctl --user enable --now {name}.timer
#   loginctl enable-linger  # so that it runs while you are not logged in
# Try it, and see what it said:
#   systemctl --user start {name}.service
#   journalctl --user -u {name}.service
# The secrets come from files that only you can read (chmod 600): a keyring is
# shut while nobody is logged in.
set -eu
folder="${{XDG_CONFIG_HOME:-$HOME/.config}}/systemd/user"
mkdir -p "$folder"
"""
_SERVICE = """\
[Unit]
Description=pmreport: {reports}
OnFailure={name}-failed.service
StartLimitIntervalSec=6h
StartLimitBurst=4

[Service]
Type=oneshot
UMask=0077
{credentials}{commands}
# unreachable and try-again-later come back by themselves; anything else needs you
Restart=on-failure
RestartSec=15min
RestartPreventExitStatus={final}
TimeoutStartSec=3h
"""
_TIMER = """\
[Unit]
Description=pmreport: {reports}, {names} {clock} in {zone}

[Timer]
OnCalendar={names} *-*-* {clock}:00 {zone}
# a run that was missed is made up for
Persistent=true

[Install]
WantedBy=timers.target
"""
_FAILED = """\
[Unit]
Description=pmreport: tells that {name} failed

[Service]
Type=oneshot
ExecStart={command}
"""
_NOTIFY = "notify-send -u critical pmreport '{name} failed: journalctl --user -u {name}.service shows why'"
_MAIL = (
    "if command -v mail >/dev/null; then journalctl --user -u {name}.service -n 50 -o cat --no-pager"
    " | mail -s 'pmreport: {name} failed' {tell}; else {notify}; fi"
)


def text(job: Job) -> str:
    """A script that writes a service, its timer, and what tells one person of a failure."""
    units = {f"{job.name}.service": service(job), f"{job.name}.timer": timer(job)}
    units[f"{job.name}-failed.service"] = _failed(job)
    script = _SCRIPT.format(heading=remark(f"pmreport: {job.heading}"), name=job.name, count=len(units))
    written = (f"cat >\"$folder/{name}\" <<'UNIT'\n{unit}UNIT\n" for name, unit in units.items())
    return script + "".join(written)


def service(job: Job) -> str:
    """The service: one command after the other, as long as each succeeds."""
    credentials = "".join(
        f"LoadCredential={_credential(variable)}:{str(path).replace('%', '%%')}\n"
        f'Environment="{variable}=%d/{_credential(variable)}"\n'
        for variable, path in job.secrets.items()
    )
    commands = "\n".join(f"ExecStart={quoted((*_started(job), *step))}" for step in job.steps)
    return _SERVICE.format(
        reports=", ".join(job.reports),
        name=job.name,
        credentials=credentials,
        commands=commands,
        final=_FINAL,
    )


def timer(job: Job) -> str:
    """The timer, in the zone of the reports whatever the machine's is."""
    return _TIMER.format(
        reports=", ".join(job.reports), names=job.when.names, clock=job.when.clock, zone=job.zone
    )


def _failed(job: Job) -> str:
    notify = _NOTIFY.format(name=job.name)
    script = _MAIL.format(name=job.name, tell=shlex.quote(job.tell), notify=notify) if job.tell else notify
    return _FAILED.format(name=job.name, command=quoted(("/bin/sh", "-c", script)))


def _started(job: Job) -> tuple[str, ...]:
    """The words before each command; systemd starts no program with a $ or an apostrophe in its path."""
    is_odd = set("$'") & set(job.program[0])
    return ("/usr/bin/env", *job.begin) if is_odd else job.begin


def quoted(words: Sequence[str]) -> str:
    """A command line as systemd reads it: % and $ mean something there even between quotation marks."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    plain = word.replace("%", "%%").replace("$", "$$")
    if re.fullmatch(r"[\w@/.,:=+$%-]+", plain, re.ASCII):
        return plain
    marked = plain.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{marked}"'


def _credential(variable: str) -> str:
    return variable.removeprefix("PMREPORT_").removesuffix("_FILE").lower().replace("_", "-")
