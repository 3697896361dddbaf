"""Data quality as JSON, beside the shares."""

from collections.abc import Iterable

from pmreport.cli.json_values import Json, number
from pmreport.metrics.quality.finding import Finding, blocked_metrics


def more(findings: Iterable[Finding]) -> Json:
    """Every check with all it found, and the numbers whose headline is blocked."""
    found = tuple(findings)
    return {
        "checks": [_finding(each) for each in found],
        "blocked": [
            {"metric": metric, "checks": list(checks)} for metric, checks in blocked_metrics(found).items()
        ],
    }


def _finding(finding: Finding) -> Json:
    return {
        "id": finding.check.code,
        "title": finding.check.title,
        "grade": finding.grade.value,
        "count": finding.count,
        "population": finding.population,
        "of": finding.check.population,
        "share_percent": number(finding.share),
        "items": list(finding.subjects),
        "touches": list(finding.touched),
        "bias": finding.check.bias,
        "context": finding.check.context,
        "accepted": [
            {"key": each.key, "until": each.until.isoformat(), "reason": each.reason}
            for each in finding.accepted
        ],
        "unknown": finding.unknown or None,
    }
