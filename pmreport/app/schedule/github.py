"""A workflow of GitHub Actions that runs pmreport in a private repository."""

import posixpath
import shlex
from textwrap import indent

from pmreport.app.schedule.job import Job
from pmreport.app.schedule.remark import remark
from pmreport.app.schedule.shell import attempts
from pmreport.errors import ConfigurationError

_KEPT = ("journal.jsonl", "frozen")  # what nobody can make anew
_HEAD = """\
pmreport: {heading}

Save it as .github/workflows/{name}.yml on the default branch of a PRIVATE repository with your {config}:
whoever may read the repository reads your journal and your reports.
"""
_NOTES = """\
Secrets of the repository: {secrets}.

Variable of the repository: PMREPORT_PACKAGE, what pip is to install (a wheel, or git+https://...).

Your journal lies in `{own}` and goes back into the repository after each run, so that nobody gets a mail
twice.

The store is made anew in each run; where a first sync takes long, name one on a server in [store] url.

`timezone` is known to github.com since March 2026. A server that does not know it refuses the file or goes
by UTC: then leave the line out and write the hour in UTC.

Runs on the full hour are often late. Where nothing happens for 60 days GitHub may end the schedule.

A run that failed is mailed to the one who wrote this file last, if their notifications say so.
"""
_YAML = """\
name: {name}
on:
  schedule:
    - cron: "{cron}"
      timezone: "{zone}"
  workflow_dispatch:
permissions:
  contents: write
concurrency:
  group: pmreport
  cancel-in-progress: false
jobs:
  report:
    runs-on: ubuntu-latest
    timeout-minutes: 180
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install
        run: pip install --quiet "$PMREPORT_PACKAGE"
        env:
          PMREPORT_PACKAGE: ${{{{ vars.PMREPORT_PACKAGE }}}}
      - name: Run
        env:
{environment}        run: |
{script}
      - name: Keep the journal
        if: always()
        run: |
          for kept in {kept}; do if [ -e "$kept" ]; then git add --all -- "$kept"; fi; done
          git diff --cached --quiet && exit 0
          git config user.name pmreport
          git config user.email pmreport@localhost
          git commit --quiet -m "pmreport: what was read and sent"
          git push --quiet
      - name: Hand out the reports
        if: always()
        uses: actions/upload-artifact@v4
        with:
          name: reports
          path: reports/
          if-no-files-found: ignore
"""


def text(job: Job) -> str:
    """The workflow.

    Raises ConfigurationError where the own folder is not beside the configuration: a machine that is thrown
    away would forget what was sent.
    """
    own = _own(job)
    begin = ("pmreport", "--config", job.config.name)
    secrets = [variable.removesuffix("_FILE") for variable in job.secrets]
    known = {
        "heading": job.heading,
        "name": job.name,
        "config": job.config.name,
        "own": own,
        "secrets": ", ".join(secrets),
    }
    head, notes = (each.format_map(known) for each in (_HEAD, _NOTES))
    return f"{remark(head)}{remark(notes, '# - ', '#   ')}" + _YAML.format(
        name=job.name,
        kept=" ".join(shlex.quote(posixpath.join(own, name)) for name in _KEPT),
        cron=job.when.cron,
        zone=job.zone,
        environment="".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in secrets),
        script=indent("\n".join(attempts(job, begin)), " " * 10),
    )


def _own(job: Job) -> str:
    try:
        found = job.own_folder.relative_to(job.config.parent)
    except ValueError:
        raise ConfigurationError(
            "your own folder, where the journal lies, is not beside the configuration",
            where=f"{job.config}, [me] folder",
            hint='GitHub keeps nothing else than the repository; write:\n[me]\nfolder = "own"',
        ) from None
    return found.as_posix()
