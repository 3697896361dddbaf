"""Inputs in which every word a person may have typed tries to break out of the report."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any

from pmreport.report.inputs import Inputs
from tests.support.sample_report import HOSTILE

LONG = "x" * 10_000
WORDS = (*HOSTILE, '=HYPERLINK("https://evil.example";"click")', "@SUM(1+1)*cmd|' /C calc'!A0", LONG)
_TYPED = {
    *("summary", "title", "name", "board_name", "sprint_name", "status", "column", "owner", "author", "by"),
    *("text", "reason", "goal", "epic", "parent_summary", "type_name", "product", "detail", "subject"),
    *("what", "from_whom", "cost_of_delay", "impact", "mitigation", "done_means", "note", "verdict"),
    *("why", "behaviour_now", "target_behaviour", "guard", "show", "indicator"),
}


def hostile(known: Inputs) -> Inputs:
    """The same inputs, each typed word replaced by one that means harm."""
    words = cycle(WORDS)
    changed: Inputs = _changed(known, lambda: next(words))
    return changed


def _changed(value: Any, word: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        parts = {
            field.name: word()
            if field.name in _TYPED and isinstance(old, str) and old
            else _changed(old, word)
            for field in fields(value)
            if field.init and (old := getattr(value, field.name)) is not None
        }
        return replace(value, **parts)
    if type(value) is tuple:
        return tuple(_changed(part, word) for part in value)
    if isinstance(value, Mapping):
        return {key: word() if isinstance(part, str) else _changed(part, word) for key, part in value.items()}
    return value
