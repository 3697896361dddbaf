"""The text of a draft, read into what it says: every fault at once, each with its place."""

import re
from datetime import UTC

from pmreport.errors import BadDataError
from pmreport.report.draft import Ask, Danger, Draft, Outcome, Override, Planned, Promise

FENCE = "+++"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NO_BEGIN = "a draft begins with a line +++ and what it says in TOML"
_NO_END = "the line +++ that ends the front matter is missing"


def parse(text: str, name: str) -> Draft:
    """The draft in `text`, which stands in the file `name`; comments of Markdown are left out.

    Raises BadDataError that names every fault with file, line and column.
    """
    from pmreport.config.draft_shape import File
    from pmreport.config.load import checked

    front, prose = _parted(text, name)
    file, _ = checked(front, File, name, BadDataError)
    return Draft(
        bottom_line=" ".join(file.bottom_line.split()),
        harvested=None if file.harvested is None else file.harvested.astimezone(UTC),
        asks=tuple(Ask(**one.model_dump()) for one in file.ask or ()),
        accomplished=tuple(Outcome(**one.model_dump()) for one in file.accomplished or ()),
        plan=tuple(Planned(**one.model_dump()) for one in file.next or ()),
        dangers=tuple(Danger(**one.model_dump()) for one in file.risk or ()),
        overrides=tuple(Override(**one.model_dump()) for one in file.override or ()),
        promises=tuple(Promise(**one.model_dump()) for one in file.promise or ()),
        prose=_COMMENT.sub("", prose).strip(),
    )


def _parted(text: str, name: str) -> tuple[str, str]:
    """The front matter, its lines where they stand in the file, and what is below it."""
    lines = text.split("\n")
    begin = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[begin].strip() != FENCE:
        raise BadDataError(_NO_BEGIN, where=f"{name}:{begin + 1}:1")
    end = next((at for at in range(begin + 1, len(lines)) if lines[at].strip() == FENCE), None)
    if end is None:
        raise BadDataError(_NO_END, where=f"{name}:{len(lines)}:1", hint="write +++ below the last entry")
    return "\n".join(["", *([""] * begin), *lines[begin + 1 : end], ""]), "\n".join(lines[end + 1 :])
