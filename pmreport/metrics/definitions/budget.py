"""What the numbers of a budget mean."""

from pmreport.metrics.definition import Definition

_PMI = "PMI, The Standard for Earned Value Management"
_LIPKE = "Lipke, Schedule is Different, 2003"
_AGILE = "Sulaiman, Barton and Blackburn, AgileEVM, 2006"
_AMOUNT = "currency or hours"

ALL = (
    Definition(
        id="budget-at-completion",
        name="Budget at completion (BAC)",
        unit=_AMOUNT,
        text="The budget of the initiative, as configured: in the currency of the rates, without rates in "
        "hours.",
        source=_PMI,
    ),
    Definition(
        id="planned-value",
        name="Planned value (PV)",
        unit=_AMOUNT,
        text="The part of the budget that was to be earned by now: the plan runs evenly over the working "
        "days from start to finish, both as configured, else from the first to the last sprint of the "
        "items.",
        source=_PMI,
    ),
    Definition(
        id="earned-value",
        name="Earned value (EV)",
        unit=_AMOUNT,
        text="The budget times the done part of the items. An item weighs its points where half of the items "
        "have some, else its time estimate where half have one, else 1. Only what is in a done status "
        "earns, nothing in part; dropped items and sub-tasks stand outside.",
        source=_PMI,
    ),
    Definition(
        id="actual-cost",
        name="Actual cost (AC)",
        unit=_AMOUNT,
        text="The hours logged on the items and on their sub-tasks, each entry once, times the rate of who "
        "worked on that day; without rates the hours. Entries count that had been typed and begun by "
        "then. What an item cost moves with it when it leaves the initiative; a dropped item's cost "
        "stays.",
        source=_PMI,
    ),
    Definition(
        id="cost-variance",
        name="Cost variance (CV)",
        unit=_AMOUNT,
        text="EV - AC. Below zero, it cost more than it earned.",
        source=_PMI,
    ),
    Definition(
        id="schedule-variance",
        name="Schedule variance (SV)",
        unit=_AMOUNT,
        text="EV - PV. Below zero, less was earned than planned; the variance in time says how long.",
        source=_PMI,
    ),
    Definition(
        id="cpi",
        name="Cost performance index (CPI)",
        unit="x",
        text="EV / AC: what one unit of cost earned. Not said where less than 80 % of the expected hours "
        "were logged and have a rate: what is missing makes it look good.",
        source=_PMI,
    ),
    Definition(
        id="spi",
        name="Schedule performance index (SPI)",
        unit="x",
        text="EV / PV. It goes to 1 when all is done, however late: SPI(t) does not.",
        source=_PMI,
    ),
    Definition(
        id="percent-complete",
        name="Complete",
        unit="%",
        text="EV / BAC: the done part of the items.",
        source=_PMI,
    ),
    Definition(id="percent-spent", name="Spent", unit="%", text="AC / BAC.", source=_PMI),
    Definition(
        id="eac-typical",
        name="Estimate at completion (EAC)",
        unit=_AMOUNT,
        text="BAC / CPI: what it will have cost if the rest costs as what is done did.",
        source=_PMI,
    ),
    Definition(
        id="eac-atypical",
        name="Estimate at completion, rest as planned",
        unit=_AMOUNT,
        text="AC + BAC - EV: what it will have cost if the rest costs what was planned.",
        source=_PMI,
    ),
    Definition(
        id="eac-both",
        name="Estimate at completion, by cost and delay",
        unit=_AMOUNT,
        text="AC + (BAC - EV) / (CPI x SPI): what it will have cost if both the cost and the delay go on.",
        source=_PMI,
    ),
    Definition(
        id="eac-bottom-up",
        name="Estimate at completion, by re-estimate",
        unit=_AMOUNT,
        text="AC + the remaining estimates of the open items and their sub-tasks, at the price of an hour so "
        "far.",
        source=_PMI,
    ),
    Definition(id="etc", name="Estimate to complete (ETC)", unit=_AMOUNT, text="EAC - AC.", source=_PMI),
    Definition(
        id="vac",
        name="Variance at completion (VAC)",
        unit=_AMOUNT,
        text="BAC - EAC. Below zero, the budget will not do.",
        source=_PMI,
    ),
    Definition(
        id="tcpi-budget",
        name="To-complete index for the budget (TCPI)",
        unit="x",
        text="(BAC - EV) / (BAC - AC): the cost performance that the rest needs to keep the budget.",
        source=_PMI,
    ),
    Definition(
        id="tcpi-estimate",
        name="To-complete index for the estimate (TCPI)",
        unit="x",
        text="(BAC - EV) / (EAC - AC): the cost performance that the rest needs to keep the EAC.",
        source=_PMI,
    ),
    Definition(
        id="runway",
        name="Budget spent on",
        unit="date",
        text="The working day on which the actual cost reaches the budget, if each working day costs what it "
        "did in the last four weeks.",
    ),
    Definition(
        id="earned-schedule",
        name="Earned schedule (ES)",
        unit="weeks",
        text="The time in the plan by which what is done now was to be done: the whole weeks whose plan is "
        "covered, and the part of the next one.",
        source=_LIPKE,
    ),
    Definition(
        id="schedule-variance-time",
        name="Schedule variance in time, SV(t)",
        unit="weeks",
        text="ES minus the weeks that passed. Below zero, so many weeks late.",
        source=_LIPKE,
    ),
    Definition(
        id="spi-time",
        name="Schedule performance in time, SPI(t)",
        unit="x",
        text="ES / the weeks that passed. Late work that is done at last stays late.",
        source=_LIPKE,
    ),
    Definition(
        id="ieac-time",
        name="Duration at this pace, IEAC(t)",
        unit="weeks",
        text="The planned duration / SPI(t).",
        source=_LIPKE,
    ),
    Definition(
        id="finish-by-pace",
        name="Finish at this pace",
        unit="date",
        text="The working day on which the duration at this pace ends, from the start of the plan.",
        source=_LIPKE,
    ),
    Definition(
        id="finish-by-velocity",
        name="Finish at this velocity",
        unit="date",
        text="The last working day of the week in which everything is done, if each week does as much as "
        "the weeks since the start did: of what was open at the start (original plan), and with what came "
        "and went since (current plan). The two together show what growing scope costs in time.",
        source=_AGILE,
    ),
    Definition(
        id="percent-points",
        name="Complete, by points",
        unit="%",
        text="The accepted points / the points of the release, by the original or by the current plan.",
        source=_AGILE,
    ),
    Definition(
        id="logging-coverage",
        name="Logging coverage",
        unit="%",
        text="The hours logged, on whatever item, by those who logged work on the initiative, since each "
        "began there / the hours expected of them: the working hours of the calendar, or the hours a "
        "week in the rates file. Who has logged nothing for four weeks counts as gone.",
    ),
    Definition(
        id="late-cost",
        name="Restated cost",
        unit=_AMOUNT,
        text="What was typed within the last seven days about work before them, minus what was deleted in "
        "them: by so much the cost said a week ago has changed.",
    ),
)
