"""The lists of the sample: decisions, outcomes, risks."""

from datetime import date

from pmreport.render.sample.words import issue, plain, points
from pmreport.report.view import Callout, Day, Item, Items, Mark, Section, Tone


def decisions() -> Section:
    """What somebody must decide, in order."""
    return Section(
        id="decisions",
        title="Decisions and asks",
        brief=True,
        blocks=(
            Items(
                ordered=True,
                items=(
                    Item(
                        text=(
                            issue("PM-131"),
                            " Agree the retention policy with legal ",
                            Mark("Blocked 9 days", Tone.BAD),
                        ),
                        detail=(
                            "Needs your decision by ",
                            Day(date(2026, 11, 12)),
                            ", or the export leaves the sprint.",
                        ),
                    ),
                    Item(
                        text=(
                            issue("PM-117"),
                            " Define the activation metric ",
                            Mark("Late 3 days", Tone.WARN),
                        ),
                        detail=("Waiting for analytics access, asked on ", Day(date(2026, 11, 6)), "."),
                    ),
                    Item(
                        text=(issue("PM-140"), " Prepare the demo for the port authority ", Mark("No owner")),
                        detail=(points(8), " without an owner."),
                    ),
                ),
            ),
        ),
    )


def accomplished() -> Section:
    """What was done, with some left out."""
    done = (
        "Berth plan can be exported as PDF",
        "Pilots see the tide at their berth",
        "Invoices are sent on the day of departure",
    )
    return Section(
        id="accomplished",
        title="Accomplished",
        brief=True,
        blocks=(
            Items(
                items=tuple(
                    Item(text=(f"{text} (", issue(f"PM-{90 + n}"), ")")) for n, text in enumerate(done)
                ),
                more=2,
            ),
        ),
    )


def risks() -> Section:
    """A callout, and a list without entries."""
    return Section(
        id="risks",
        title="Risks",
        blocks=(
            Callout(
                tone=Tone.WARN,
                lead="Watermelon.",
                text=("Scope is reported green while it grew by ", plain(15, "%"), "."),
            ),
            Items(items=(), empty="No risk has been written down this week."),
        ),
    )
