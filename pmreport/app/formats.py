"""The formats a report is written in, and the ending of each file."""

from dataclasses import dataclass
from datetime import date

REPORTS = ("weekly", "sprint", "estimation", "team", "review")
MAIL, XLSX, PDF = "mail", "xlsx", "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: the word a person asks for it by, and the ending of the file.

    How its bytes are made stands in `app/rendering.py`, under the same name: this file is read for a help
    text, and a help text loads no renderer.
    """

    name: str
    suffix: str
    dated: bool = False  # the name of the file holds the day: each one is kept


FORMATS = (
    Format(name="html", suffix="html"),
    Format(name=MAIL, suffix="eml"),
    Format(name="md", suffix="md"),
    Format(name="txt", suffix="txt"),
    Format(name="json", suffix="json"),
    Format(name=XLSX, suffix="xlsx", dated=True),
    Format(name=PDF, suffix="pdf"),
)
NAMES = tuple(form.name for form in FORMATS)
READ_TOGETHER = tuple(name for name in NAMES if name != MAIL)  # of what is talked about and never sent
PAIRS = tuple((report, name) for report in REPORTS for name in NAMES)
_KNOWN = {form.name: form for form in FORMATS}


def file_name(stem: str, form: str, day: date) -> str:
    """The name of the file that holds a report in this format, as it stood at the end of a day."""
    known = _KNOWN[form]
    return f"{stem}-{day.isoformat()}.{known.suffix}" if known.dated else f"{stem}.{known.suffix}"
