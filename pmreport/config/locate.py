"""Where in a TOML text every key and every value stands, so that an error can point at it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*[^,\]}#\n \t]")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")|' + r"'''.*?'{3,5}(?!')|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, as offsets of its first character and of the one after its last."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Places:
    """The stretch of the last part of every key, and of every value, by its path (`("goal", 0, "id")`)."""

    keys: Mapping[Path, Span]
    values: Mapping[Path, Span]


def places(text: str) -> Places:
    """The places of everything in `text`, which must be valid TOML without carriage returns."""
    walk = _Walk(text)
    walk.document()
    return Places(walk.keys, walk.values)


class _Walk:
    """One reading of the text from its begin to its end; `at` is the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self._lengths: dict[Path, int] = {}  # of arrays of tables

    def document(self) -> None:
        table: Path = ()
        while self._skip_blank() < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip_blank(self) -> int:
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at

    def _take(self, character: str) -> bool:
        """Whether the next character, blanks aside, is this one; it is then behind us."""
        self._skip_blank()
        if not self.text.startswith(character, self.at):
            return False
        self.at += len(character)
        return True

    def _header(self) -> Path:
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        path = self._key_path(())
        self.at += 2 if is_array else 1  # the closing brackets
        if not is_array:
            return path
        self._lengths[path] = self._lengths.get(path, 0) + 1
        entry: Path = (*path, self._lengths[path] - 1)
        self.keys[entry] = self.keys[path]
        return entry

    def _key_path(self, table: Path) -> Path:
        """A dotted key below `table`. A part that names an array of tables means its newest entry."""
        path = table
        while True:
            self._skip_blank()
            begin = self.at
            path = (*path, self._key_part())
            self.keys[path] = Span(begin, self.at)
            if not self._take("."):
                return path
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)

    def _key_part(self) -> str:
        match = _BARE_KEY.match(self.text, self.at) or _STRING.match(self.text, self.at)
        assert match, f"not a key at {self.at}"  # noqa: S101 - the text was read by tomllib before
        self.at = match.end()
        return _unquoted(match[0])

    def _pair(self, table: Path) -> None:
        path = self._key_path(table)
        self._take("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        begin = self._skip_blank()
        if self._take("["):
            self._elements(path)
        elif self._take("{"):
            self._inline_table(path)
        else:
            match = _STRING.match(self.text, self.at) or _BARE_VALUE.match(self.text, self.at)
            self.at = match.end() if match else self.at + 1
        self.values[path] = Span(begin, self.at)

    def _elements(self, path: Path) -> None:
        index = 0
        while not self._take("]"):
            self._value((*path, index))
            self._take(",")
            index += 1

    def _inline_table(self, path: Path) -> None:
        while not self._take("}"):
            self._pair(path)
            self._take(",")


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    if key.startswith('"'):
        return _ESCAPE.sub(_unescaped, key[1:-1])
    return key


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])
