"""The commands of a schedule as a shell runs them: again after a while, quiet where all went well."""

import shlex
from collections.abc import Sequence

from pmreport.app.schedule.job import PAUSES, TRY_AGAIN, Job


def attempts(job: Job, begin: Sequence[str]) -> tuple[str, ...]:
    """The text for any POSIX shell, in parts that are put together by `; ` or by line ends.

    All that the commands say is shown at the end, and only where the last attempt failed: then cron has
    something to mail. The exit status is that of the last command run.
    """
    steps = " && ".join(f"p {shlex.join(step)}" for step in job.steps)
    attempt = f"s=0; o=$({{ {steps}; }} 2>&1) || s=$?"
    pauses = " ".join(map(str, PAUSES))
    again = "|".join(map(str, TRY_AGAIN))
    return (
        f'p() {{ {shlex.join(begin)} "$@"; }}',
        f"for t in {pauses}; do sleep $t; {attempt}; case $s in {again}) ;; *) break;; esac; done",
        "[ $s -eq 0 ] || printf '%s\\n' \"$o\"",
        "exit $s",
    )
