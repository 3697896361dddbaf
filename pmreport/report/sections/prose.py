"""What the person wrote below the front matter of their draft, in paragraphs."""

from pmreport.report import links
from pmreport.report.inputs import Inputs
from pmreport.report.view import Paragraph, Section, Strong, Text

_MOST = 20  # paragraphs


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """One section, or none where nothing was written. A heading of Markdown is a paragraph in bold."""
    prose = inputs.draft.prose if inputs.draft else ""
    told = [part.strip() for part in prose.split("\n\n") if part.strip()]
    if not told:
        return ()
    more = len(told) - _MOST
    blocks = [Paragraph(_text(inputs, part)) for part in told[:_MOST]]
    if more > 0:
        blocks.append(Paragraph((f"{more} more in the draft.",), quiet=True))
    return (Section(id="notes", title="In more words", blocks=tuple(blocks)),)


def _text(inputs: Inputs, part: str) -> Text:
    if part.startswith("#"):
        return (Strong(" ".join(part.lstrip("#").split())),)
    return links.words(inputs, part)
