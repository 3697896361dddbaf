"""What a workbook says about itself: what its sheets hold, where rows come from, what is the reader's."""

from collections.abc import Iterable

from pmreport.report import frame, links
from pmreport.report.inputs import Inputs, Tracked
from pmreport.report.sheets.shape import Sheet
from pmreport.report.view import Text
from pmreport.report.words import in_words, plural

CLOSED_FOR = 28  # days: so long a closed entry stays in the log
DECIDED_FOR = 91  # days: so long a decision does
_YOURS = (
    "The yellow columns are yours. The next workbook takes over what you type there, by the text in the "
    "first column, and so it does with columns and rows of your own. All other cells are written anew. "
    "What you typed beside an entry that is no longer listed moves to a sheet called Left."
)


def lines(inputs: Inputs, sheets: Iterable[Sheet]) -> tuple[tuple[str, Text], ...]:
    """A name and a text each, the sheets first."""
    held = tuple(sheets)
    told: list[tuple[str, Text]] = [
        (f"Sheet {one.name}", (f"{one.table.caption}.", *_note(one))) for one in held
    ]
    if any(one.yours for one in held):
        told.append(("Yours", (_YOURS,)))
    if inputs.tracked is not None:
        told += _tracked(inputs, inputs.tracked)
    told += [("How it was counted", text) for text in frame.how_counted(inputs)]
    return tuple(told)


def _note(sheet: Sheet) -> Text:
    return (" ", *sheet.table.note) if sheet.table.note else ()


def _tracked(inputs: Inputs, tracked: Tracked) -> list[tuple[str, Text]]:
    query = followed(tracked)
    told: list[tuple[str, Text]] = [
        ("Items in Jira", (links.jql(inputs, query, query),)),
        ("Comments", ("Those of the narrators that begin with ACTION, QUESTION, ASK, RISK or DECISION.",)),
        ("Draft", ("The asks and the risks of the draft of this report.",)),
        (
            "Closed",
            (f"Entries stay {CLOSED_FOR} days after they were closed, decisions {DECIDED_FOR} days.",),
        ),
        ("Days late", ("Working days past the day due, on the day of this workbook.",)),
    ]
    if tracked.withheld:
        n = tracked.withheld
        left = f"{in_words(n, 'follow-up')} that not everybody may see {plural(n, 'is', 'are')} left out."
        told.append(("Left out", (left,)))
    return told


def followed(tracked: Tracked) -> str:
    """The query that finds the follow-up issues in Jira."""
    parts = [
        f"{field} in ({', '.join(_quoted(name) for name in names)})"
        for field, names in (("labels", tracked.settings.labels), ("issuetype", tracked.settings.types))
        if names
    ]
    return " OR ".join(parts)


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
