"""The report as a mail: subject, HTML and plain text."""

from collections.abc import Iterator
from dataclasses import dataclass

import css_inline

from pmreport.errors import BadDataError
from pmreport.model.visible import one_line
from pmreport.render import brief, illustrated
from pmreport.render.illustrated import Picture
from pmreport.render.templates import Templates
from pmreport.render.text import tidy
from pmreport.report.view import Report

PRIVATE = "private"  # the audience of what is for the person alone
_NEVER_SENT = "what is private is never made into a mail"
LARGEST = 90_000  # bytes of HTML; mail programs cut at about 102 kB


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says, before it has an address; its HTML names the pictures by `cid:name`."""

    subject: str
    html: str
    text: str
    pictures: tuple[Picture, ...] = ()


def render(report: Report, templates: Templates, *, images: bool = False) -> Mail:
    """The mail of a report: its headline and its brief sections, each list cut to ten and the cut said.

    Where that is still more than mail programs show, lists and then sections are cut further. With `images`
    it shows one chart, where the report has one.

    Raises:
        BadDataError: the report is private, or a template is missing or broken, or makes a mail too large for
            mail programs.
    """
    if report.audience == PRIVATE:
        raise BadDataError(_NEVER_SENT, hint="`pmreport report review` is the review without private goals")
    found = illustrated.chosen(report) if images else None
    for shorter in _shorter_and_shorter(report):
        shown = illustrated.illustrated(shorter, *found) if found else shorter
        html = _inlined(templates.render(f"{report.name}/mail.html.j2", shown))
        if len(html.encode()) < LARGEST:
            text = tidy(templates.render(f"{report.name}/mail.txt.j2", shorter))
            subject = templates.render(f"{report.name}/subject.txt.j2", shorter)
            pictures = (illustrated.drawn(report, found[1], templates),) if found else ()
            return Mail(subject=one_line(subject).strip(), html=html, text=text, pictures=pictures)
    raise BadDataError(
        f"the mail is larger than {LARGEST // 1000} kB, and mail programs would cut it off",
        where=f"{report.name}/mail.html.j2",
        hint="shorten the template",
    )


def _shorter_and_shorter(report: Report) -> Iterator[Report]:
    for entries in (brief.ENTRIES, 5, 2, 1):
        yield brief.cut(report, entries=entries)
    for sections in (10, 5, 2, 0):
        yield brief.cut(report, entries=1, sections=sections)


def _inlined(html: str) -> str:
    """The page with its styles written into the elements: many mail programs drop style sheets."""
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)
    return inliner.inline(html.strip()) + "\n"
