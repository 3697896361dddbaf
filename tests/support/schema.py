"""A check of a JSON value against the part of JSON Schema (2020-12) that docs/schemas/ uses."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_ELSEWHERE = {"properties", "required", "additionalProperties", "items", "$ref"}
_ELSEWHERE |= {"$schema", "$defs", "title", "description"}  # these say nothing about the value
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(value: Any, name: str) -> list[str]:
    """What in `value` does not follow docs/schemas/<name>.json; none is a good sign."""
    schema = json.loads((ROOT / "docs" / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    return list(_faults(value, schema, schema, "$"))


def _faults(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str) -> list[str]:
    found = _of_object(value, schema, root, path) if isinstance(value, dict) else []
    if isinstance(value, list) and "items" in schema:
        for index, one in enumerate(value):
            found += _faults(one, schema["items"], root, f"{path}[{index}]")
    if "$ref" in schema:
        found += _faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, path)
    for word, rule in schema.items():
        if word not in _ELSEWHERE and _breaks(value, word, rule):
            found.append(f"{path}: {value!r} breaks {word} {rule!r}")
    return found


def _of_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: str) -> list[str]:
    known = schema.get("properties", {})
    found = [f"{path}: {key} is missing" for key in schema.get("required", ()) if key not in value]
    for key, one in value.items():
        rule = known.get(key, schema.get("additionalProperties", True))
        if rule is False:
            found.append(f"{path}: {key} is not described")
        elif isinstance(rule, dict):
            found += _faults(one, rule, root, f"{path}.{key}")
    return found


def _breaks(value: Any, word: str, rule: Any) -> bool:
    """Whether a value breaks one rule. An unknown word is a KeyError: it must not pass unseen."""
    is_number, is_list = _is(value, "number"), isinstance(value, list)
    broken: dict[str, Callable[[], bool]] = {
        "type": lambda: not any(_is(value, kind) for kind in ([rule] if isinstance(rule, str) else rule)),
        "const": lambda: bool(value != rule),
        "enum": lambda: value not in rule,
        "pattern": lambda: isinstance(value, str) and not re.search(rule, value),
        "minimum": lambda: is_number and bool(value < rule),
        "maximum": lambda: is_number and bool(value > rule),
        "minItems": lambda: is_list and len(value) < rule,
        "maxItems": lambda: is_list and len(value) > rule,
    }
    return broken[word]()


def _is(value: Any, kind: str) -> bool:
    is_bool = isinstance(value, bool)
    return isinstance(value, _TYPES[kind]) and (is_bool == (kind == "boolean"))
