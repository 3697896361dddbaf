"""The places of keys and values in a TOML text."""

import json
import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pmreport.config.locate import Path, places

STORY = """\
plain.dotted = 1  # a comment with ] and "quotes"
"quoted \\u0041" = [1, "two]", {x = 1.5, 'y' = 'z'}, # another
  [3]]
long = \"\"\"several "" lines\\"\"\" x\"\"\"
[site]
name = "acme # not a comment"
[[goal]]
id = 'first'
[[goal.rule]]
id = "a"
[[goal.rule]]
id = "b"
[[goal]]
id = "second"
[[ goal . rule ]]
id = "c"
[goal.more]
k = 2026-01-01 08:00:00Z # when
"""


def _paths(data: Any, path: Path = ()) -> dict[Path, Any]:
    """Every path of a parsed text with its value, tables and arrays of tables aside."""
    if isinstance(data, dict):
        return {
            where: value for key, part in data.items() for where, value in _paths(part, (*path, key)).items()
        }
    if isinstance(data, list):
        nested = {
            where: value for i, part in enumerate(data) for where, value in _paths(part, (*path, i)).items()
        }
        return nested or {path: data}
    return {path: data}


def test_every_value_is_found_where_it_stands() -> None:
    """The text at the place of a value, read alone, is that value: in tables, arrays and inline tables."""
    found = places(STORY).values

    for path, value in _paths(tomllib.loads(STORY)).items():
        span = found[path]
        assert tomllib.loads(f"x = {STORY[span.begin : span.end]}")["x"] == value


def test_a_key_is_found_at_its_last_part() -> None:
    """The place of a dotted key is its last part, and a key of the second goal is not that of the first."""
    found = places(STORY).keys

    assert STORY[found[("plain", "dotted")].begin : found[("plain", "dotted")].end] == "dotted"
    assert found[("goal", 1, "id")].begin > found[("goal", 0, "id")].begin
    assert found[("goal", 1, "more", "k")].begin > found[("goal", 1, "rule", 0, "id")].begin


_KEYS = st.text("abc-_ .\"'é#[]=\\", min_size=1, max_size=4)
_SCALARS = st.one_of(st.integers(-99, 99), st.booleans(), st.text("ab\"'\\#],}\n ", max_size=6))


@given(st.dictionaries(_KEYS, st.one_of(_SCALARS, st.lists(_SCALARS, max_size=3)), max_size=4))
def test_no_writing_of_a_value_confuses_the_search(table: dict[str, Any]) -> None:
    """Whatever quotes, brackets and signs stand in keys and values, each value is found whole."""
    text = "".join(f"{json.dumps(key)} = {json.dumps(value)}\n" for key, value in table.items())
    data = tomllib.loads(text)

    found = places(text)

    for key, value in data.items():
        span = found.values[(key,)]
        assert tomllib.loads(f"x = {text[span.begin : span.end]}")["x"] == value
