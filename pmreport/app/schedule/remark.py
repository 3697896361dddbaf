"""What a schedule says to the person who reads it: broken between words, for eighty columns."""

import textwrap

_WIDEST = 79


def remark(text: str, begin: str = "# ", then: str = "") -> str:
    """Paragraphs, with an empty line between them, in lines that begin so; `then` begins further ones."""
    return "".join(f"{_filled(one, begin, then or begin)}\n" for one in text.strip().split("\n\n"))


def _filled(paragraph: str, begin: str, then: str) -> str:
    """A word that does not fit, a path or an address, stands out rather than being cut."""
    return textwrap.fill(
        paragraph,
        width=_WIDEST,
        initial_indent=begin,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
