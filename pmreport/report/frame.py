"""The frame of every report: its heading, its glossary and how it was counted, around the sections."""

from dataclasses import dataclass
from datetime import timedelta

from pmreport.report import terms
from pmreport.report.inputs import Inputs
from pmreport.report.view import Callout, Moment, Report, Section, Text
from pmreport.report.words import capital, days_in_words, local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a report is called and whom it is for.

    `preheader` is the line mail programs show beside the subject; `marks` are definitions that the headline
    uses.
    """

    name: str
    audience: str
    title: str
    headline: Callout
    subject: str
    preheader: str
    marks: tuple[str, ...] = ()


def framed(inputs: Inputs, heading: Heading, sections: tuple[Section, ...]) -> Report:
    """The whole report."""
    return Report(
        name=heading.name,
        title=heading.title,
        kicker=kicker(inputs, heading.title),
        product=inputs.product,
        author=inputs.author,
        audience=heading.audience,
        period=inputs.period_label,
        period_start=inputs.period_start,
        period_end=inputs.period_end,
        time_zone=inputs.zone,
        as_of=inputs.as_of,
        data_as_of=inputs.data_as_of,
        headline=heading.headline,
        subject=heading.subject,
        preheader=heading.preheader,
        sections=sections,
        glossary=terms.glossary(sections, heading.marks),
        how_counted=how_counted(inputs),
        site_url=inputs.site_url,
        generator=inputs.generator,
    )


def kicker(inputs: Inputs, title: str = "") -> str:
    """The period in words: "2026-W47, 16 to 22 Nov 2026"; the days alone where the title names it."""
    first = local_day(inputs.period_start, inputs.zone)
    last = max(first, local_day(inputs.period_end - timedelta(microseconds=1), inputs.zone))
    days = days_in_words(first, last)
    return capital(days) if inputs.period_label in title else f"{inputs.period_label}, {days}"


def how_counted(inputs: Inputs) -> tuple[Text, ...]:
    """The footer: by which moment, zone and rules the numbers were made."""
    read: Text = ("No complete sync yet.",)
    if inputs.data_as_of is not None:
        read = ("Read from Jira up to ", Moment(inputs.data_as_of), ".")
    return (
        ("Told as it stood at ", Moment(inputs.as_of), f", in the time zone {inputs.zone}."),
        read,
        ("Events count from the start of the period up to, and without, its end.",),
        ("Sprint events count after the start and up to the close. Sub-tasks are outside all amounts.",),
        ("Today's mapping of statuses to board columns and today's names of items hold for the past.",),
        (f"Made by {inputs.generator}.",),
    )
