"""A page as a program reads it: elements, attributes and visible words."""

from html.parser import HTMLParser


class Reader(HTMLParser):
    """The elements, attributes and visible words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        self._raw = tag if tag in {"style", "script"} else self._raw

    def handle_endtag(self, tag: str) -> None:
        """Leave a style or a script."""
        self._raw = "" if tag == self._raw else self._raw

    def handle_data(self, data: str) -> None:
        """Note words."""
        if not self._raw:
            self.words.append(data)


def read(html: str) -> Reader:
    """The page as a program reads it."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader
