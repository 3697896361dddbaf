"""The lines of a crontab that run pmreport."""

import shlex

from pmreport.app.schedule.job import Job
from pmreport.app.schedule.remark import remark
from pmreport.app.schedule.shell import attempts
from pmreport.errors import UsageError

_LONGEST = 998  # Debian's cron cuts a command there, and says nothing
_LOCK_SECONDS = 7200
_HEAD = """\
pmreport: {heading}

Add these lines at the end of what `crontab -e` opens. They hold no secret: cron has no keyring, so the
token comes from a file that only you can read (chmod 600).

CRON_TZ is the zone of your reports. The cron of Debian and Ubuntu does not know it and goes by the clock of
the machine, as `timedatectl` shows it: change the hour below if that is another zone.

Nothing is said where all went well. What failed is tried again for an hour, then {told}.
"""


def text(job: Job) -> str:
    """The lines. Raises UsageError for a path that cron cannot be told."""
    told = f"mailed to {job.tell} by the mail of this machine" if job.tell else "written where cron writes"
    mailto = [f"MAILTO={job.tell}"] if job.tell else []
    lines = [*mailto, f"CRON_TZ={job.zone}", "SHELL=/bin/sh", f"{job.when.cron} {_escaped(command(job))}"]
    return remark(_HEAD.format(heading=job.heading, told=told)) + "\n".join(lines) + "\n"


def command(job: Job) -> str:
    """The command as a shell reads it: a second run of the same folder waits for the first."""
    files = [f"export {name}={shlex.quote(str(path))}" for name, path in job.secrets.items()]
    parts = "; ".join([*files, *attempts(job, job.begin)])
    if job.flock is None:
        return f"( {parts} )"
    busy = "{ echo 'pmreport: another run has not ended'; exit 75; }"
    lock = f"{shlex.quote(job.flock)} -w {_LOCK_SECONDS} 9 || {busy}"
    return f"( {lock}; {parts} ) 9<{shlex.quote(str(job.config.parent))}"


def _escaped(line: str) -> str:
    """The command as it stands in a crontab, where a bare % ends it."""
    found = line.replace("%", r"\%")
    if len(found) > _LONGEST:
        hint = "make a shorter way to them by links, or schedule fewer reports in one line"
        raise UsageError(f"the paths are too long for cron, which takes {_LONGEST} signs a line", hint=hint)
    return found
