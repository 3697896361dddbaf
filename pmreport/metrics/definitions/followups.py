"""What the numbers of follow-ups mean."""

from pmreport.metrics.definition import Definition

ALL = (
    Definition(
        id="follow-ups-overdue",
        name="Overdue follow-ups",
        unit="items",
        text="Open actions and questions whose due day has passed on the local calendar; lateness in "
        "working days.",
    ),
    Definition(
        id="follow-ups-unowned",
        name="Unowned follow-ups",
        unit="items",
        text="Open actions and questions that nobody is assigned to.",
    ),
)
