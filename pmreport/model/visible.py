"""Odd characters of a text, shown instead of obeyed.

Control codes move a cursor, rename a window or hide what follows; directional marks make a harmless line read
as another one. Both come from outside, in a summary as in an answer of a server.
"""

import re
import unicodedata

ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
"""What has no place in a text; line ends and tabs have."""

_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
_FIRST_PICTURE = 0x2400  # the signs for NUL to US stand here, in order
_NAMED = {"\u202e": "RLO", "\u202d": "LRO", "\u202b": "RLE", "\u202a": "LRE", "\u202c": "PDF"}


def visible(text: str) -> str:
    """The text with every control character and directional mark shown.

    Lines and tabs stay. A lone half of a surrogate pair becomes the replacement character.
    """
    return ODD.sub(lambda found: _shown(found.group()), _NEWLINES.sub("\n", text))


def one_line(text: str) -> str:
    """The text on one line, with single spaces; spaces that hold words together stay what they are."""
    return re.sub(r"\s+", " ", visible(text), flags=re.ASCII)


def _shown(character: str) -> str:
    code = ord(character)
    if character < " ":
        return chr(_FIRST_PICTURE + code)
    if character == "\x7f":
        return "\N{SYMBOL FOR DELETE}"
    if unicodedata.category(character) == "Cf":
        return f"[{_NAMED.get(character, f'U+{code:04X}')}]"
    return "\N{REPLACEMENT CHARACTER}"
