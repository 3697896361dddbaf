"""Data quality as tables: what to know before reading a number, the most telling first."""

from collections.abc import Iterable

from pmreport.cli.grid import Column, Grid
from pmreport.cli.show.answer import rounded
from pmreport.metrics.quality.finding import Finding, Grade, blocked_metrics

_WORST = (Grade.RED, Grade.AMBER)
_GRADES = (
    "Green is below 5 %, red above 15 % of what a check looks at; below five things it is amber at most."
)
_CONTEXT = "Many of these are no mistakes: they are where the work bumps against the model."
_MORE = (
    "`pmreport show quality --check ID` tells what a check found; `pmreport quality accept` sets a finding "
    "aside."
)


def overview(findings: Iterable[Finding]) -> tuple[Grid, ...]:
    """What is amber or red, what that blocks, and in a line each what is green and what is not known."""
    found = tuple(findings)
    odd = sorted(
        (each for each in found if each.grade in _WORST),
        key=lambda each: (_WORST.index(each.grade), -(each.share or 0), each.check.code),
    )
    table = Grid(
        title=f"Data quality: {_counts(found)}",
        columns=(
            Column(title="Check", whole=True),
            Column(title="Grade", whole=True),
            Column(title="Share", is_number=True),
            Column(title="What"),
            Column(title="Found", is_number=True),
            Column(title="Of", is_number=True),
            Column(title="of these"),
        ),
        rows=tuple(_row(each) for each in odd),
        empty="Nothing stands out.",
        notes=(*_quiet(found), _GRADES, _CONTEXT, _MORE),
    )
    return (table, *_blocked(found), *_unknown(found))


def one(finding: Finding) -> tuple[Grid, ...]:
    """One check: what it means, what it touches, and what it found."""
    check = finding.check
    share = "–" if finding.share is None else f"{rounded(finding.share)} %"
    told = finding.unknown or f"{finding.count} of {finding.population} {check.population} ({share})"
    found = Grid(
        title=f"{check.code} {check.title}: {finding.grade.value}",
        columns=(Column(title="Found"),),
        rows=tuple((subject,) for subject in finding.subjects),
        empty="It may not be named." if finding.count else "Nothing was found.",
        notes=(
            told,
            *_cut(finding),
            check.text,
            f"Bias: {check.bias}",
            f"Touches: {', '.join(finding.touched) or 'no number'}.",
        ),
    )
    if finding.unknown:
        found = Grid(title=found.title, columns=(), rows=(), empty=told, notes=found.notes[1:])
    return (found, *_accepted(finding))


def _row(finding: Finding) -> tuple[str, ...]:
    return (
        finding.check.code,
        finding.grade.value,
        f"{rounded(finding.share or 0)} %",
        finding.check.title,
        str(finding.count),
        str(finding.population),
        finding.check.population,
    )


def _counts(findings: tuple[Finding, ...]) -> str:
    grades = [finding.grade for finding in findings]
    return ", ".join(
        f"{grades.count(grade)} {grade.value}"
        for grade in (Grade.RED, Grade.AMBER, Grade.GREEN, Grade.UNKNOWN)
    )


def _quiet(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """The green checks with something in them, the spotless ones, and those with nothing to look at."""
    green = [each for each in findings if each.grade is Grade.GREEN]
    some = ", ".join(f"{each.check.code} {each.count} of {each.population}" for each in green if each.count)
    none = ", ".join(each.check.code for each in green if not each.count)
    empty = ", ".join(each.check.code for each in findings if each.grade is Grade.NONE)
    taken = sum(len(each.accepted) for each in findings)
    lines = (
        ("Green with findings", some),
        ("Green without", none),
        ("Nothing to check", empty),
        ("Accepted and not counted", str(taken or "")),
    )
    return tuple(f"{name}: {text}." for name, text in lines if text)


def _blocked(findings: tuple[Finding, ...]) -> tuple[Grid, ...]:
    blocked = blocked_metrics(findings)
    if not blocked:
        return ()
    return (
        Grid(
            title="No headline from these numbers",
            columns=(Column(title="Number", whole=True), Column(title="Because of")),
            rows=tuple((metric, ", ".join(checks)) for metric, checks in blocked.items()),
        ),
    )


def _unknown(findings: tuple[Finding, ...]) -> tuple[Grid, ...]:
    unknown = [each for each in findings if each.unknown]
    if not unknown:
        return ()
    return (
        Grid(
            title="Not known",
            columns=(Column(title="Check", whole=True), Column(title="What"), Column(title="Why not")),
            rows=tuple((each.check.code, each.check.title, each.unknown) for each in unknown),
        ),
    )


def _accepted(finding: Finding) -> tuple[Grid, ...]:
    if not finding.accepted:
        return ()
    return (
        Grid(
            title="Accepted, and not counted until their day has passed",
            columns=(
                Column(title="Item", whole=True),
                Column(title="Until", whole=True),
                Column(title="Reason"),
            ),
            rows=tuple((each.key, each.until.isoformat(), each.reason) for each in finding.accepted),
        ),
    )


def _cut(finding: Finding) -> tuple[str, ...]:
    more = finding.count - len(finding.subjects)
    return (f"{more} more are in --json.",) if more > 0 and finding.subjects else ()
