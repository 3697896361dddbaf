"""The portable texts as psycopg takes them: `$name` becomes `%(name)s`."""

import re

# Literals, quoted names and comments come first: whatever stands in them is no placeholder.
_PARTS = re.compile(
    r"""
    '(?:[^']|'')*'                          # a literal; '' is a quote in it
    | "(?:[^"]|"")*"                        # a quoted name
    | --[^\n]*                              # a comment up to the end of the line
    | /\*.*?\*/                             # a comment with an end of its own
    | (?<![\w$]) \$ (?P<name>[A-Za-z_]\w*)  # a placeholder; in `price$now` the mark is part of the name
    | %
    """,
    re.VERBOSE | re.DOTALL,
)


def psycopg_text(sql: str) -> str:
    """The text with its placeholders as psycopg writes them.

    psycopg looks for its placeholders in literals and comments too, so every other `%` is doubled.
    """
    return _PARTS.sub(_part, sql)


def _part(found: re.Match[str]) -> str:
    name = found["name"]
    return found[0].replace("%", "%%") if name is None else f"%({name})s"
