"""What the doctor found, as a table with a block for each finding, and as a JSON object."""

import shutil
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from pmreport.app.doctor.finding import Check, Diagnosis, Finding, Severity
from pmreport.cli import grid
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA
from pmreport.cli.screen import harmless, one_line

Json = dict[str, Any]

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_INDENT = "    "
_WIDEST = 100


def diagnosis_json(diagnosis: Diagnosis) -> Json:
    """`doctor`."""
    return {
        "schema": SCHEMA,
        "findings": [
            {
                "check": str(finding.check),
                "severity": str(finding.severity),
                "subject": finding.subject,
                "what": finding.what,
                "fix": finding.fix,
            }
            for finding in diagnosis.findings
        ],
        "left_out": [{"check": str(each.check), "reason": each.reason} for each in diagnosis.left_out],
    }


def show(diagnosis: Diagnosis) -> None:
    """A line for each check, then what was found with its fix."""
    grid.show([table(diagnosis)])
    for finding in diagnosis.findings:
        click.echo("")
        severity = click.style(f"{finding.severity}:", fg=_COLORS[finding.severity], bold=True)
        head, *rest = _wrapped(f"{finding.severity}: {finding.what}", "")
        click.echo(severity + head.removeprefix(f"{finding.severity}:"))
        for line in (*rest, *_labelled("at", finding.subject), *_labelled("fix", finding.fix)):
            click.echo(line)


def table(diagnosis: Diagnosis) -> Grid:
    """What was looked at, and how it stands."""
    return Grid(
        title=_verdict(diagnosis),
        columns=(Column(title="Check", whole=True), Column(title="Result")),
        rows=tuple((str(check), _result(check, diagnosis)) for check in Check),
    )


def _verdict(diagnosis: Diagnosis) -> str:
    counts = _counts(diagnosis.findings)
    return f"Found: {counts}" if counts else "Nothing is wrong"


def _result(check: Check, diagnosis: Diagnosis) -> str:
    found = _counts(tuple(each for each in diagnosis.findings if each.check is check))
    left_out = [f"not looked at: {each.reason}" for each in diagnosis.left_out if each.check is check]
    return "; ".join(part for part in (found, *left_out) if part) or "ok"


def _counts(findings: tuple[Finding, ...]) -> str:
    numbers = {severity: sum(each.severity is severity for each in findings) for severity in Severity}
    return ", ".join(
        f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in numbers.items() if number
    )


def _labelled(label: str, text: str) -> Iterator[str]:
    """Lines below a label; what is to be pasted keeps its own lines."""
    begin = f"{_INDENT}{label}:".ljust(len(_INDENT) + 5)
    room = " " * len(begin)
    lines = [line for each in harmless(text).split("\n") for line in _wrapped(each, room)]
    for number, line in enumerate(lines):
        yield begin + line[len(room) :] if number == 0 else line


def _wrapped(text: str, indent: str) -> list[str]:
    """The text in lines that fit; a word that does not fit stands out rather than being cut."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return textwrap.wrap(
        one_line(text),
        width=width,
        initial_indent=indent,
        subsequent_indent=indent or _INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent]
