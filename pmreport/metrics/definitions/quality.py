"""What the data-quality checks mean."""

from pmreport.metrics.definition import Definition
from pmreport.metrics.definitions import quality_planning, quality_records, quality_work

CHECKS = (*quality_records.CHECKS, *quality_planning.CHECKS, *quality_work.CHECKS)

ALL = tuple(
    Definition(
        id=check.id,
        name=f"{check.code} {check.title}",
        unit="%",
        text=f"{check.text} Share of: {check.population}. Bias: {check.bias}",
    )
    for check in CHECKS
)
