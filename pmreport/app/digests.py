"""How numbers are counted, as a digest a section of the configuration: two that differ may tell why."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pmreport.config import Config
from pmreport.report.freeze import Setting

_COUNTING = (  # the sections of the configuration that change what a number is
    "scope",
    "calendar",
    "fields",
    "boards",
    "flow",
    "done",
    "people",
    "followups",
    "investment",
    "priorities",
    "report",
    "money",
    "initiatives",
    "goals",
)
_PLACES = {"where", "rates", "templates"}  # files, and lines in them: a folder that moves counts the same
_LETTERS = 16  # nobody attacks it


def settings(config: Config) -> tuple[Setting, ...]:
    """A digest of each section of the configuration that changes what a number is.

    Where files lie is no part of it; what people cost is.
    """
    rates = config.money.rates and Path(config.money.rates)
    told = (_said(getattr(config, name)) for name in _COUNTING)
    found = {name: _digest(said) for name, said in zip(_COUNTING, told, strict=True)}
    if rates:
        found["money"] = _digest(_said(config.money) + sha256(rates.read_bytes()).hexdigest())
    return tuple(Setting(name, digest) for name, digest in found.items())


def _said(section: Any) -> str:
    """A section in one line that is the same wherever its files lie."""
    return json.dumps(_plain(section), sort_keys=True)


def _digest(said: str) -> str:
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_LETTERS]


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            return {str(name): _plain(held) for name, held in value.items()}
        case frozenset() | set():
            return sorted(map(str, value))
        case tuple() | list():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value):
            names = (each.name for each in fields(value) if each.name not in _PLACES)
            return {name: _plain(getattr(value, name)) for name in names}
        case _:
            return str(value)
