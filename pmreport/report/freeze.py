"""A report as it was sent, as one document that is kept, and read back. Pure: text in, text out.

The document holds the report's own JSON, and what is asked of it later: what it is about, the plan that was
told, and a digest of every section of the configuration, so that a number that changes can say why.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from pmreport.model.plain import from_plain, to_plain
from pmreport.report.colours import Colour
from pmreport.report.draft import Draft, Planned
from pmreport.report.inputs import Inputs, Restatement
from pmreport.report.told import Told, told

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """A section of the configuration, and a digest of what it said."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a report was about and how it was counted; together with the report itself it is kept.

    `period` is that of the sending: a week, a quarter, or the numbers of sprints. `plan` is the plan that a
    weekly told, whether the person wrote it or it stood in the sprint. The rest is what the report rested on
    beside Jira, as in `Inputs`: it is built once more from that.
    """

    site: str
    report: str
    period: str
    product: str = ""
    settings: tuple[Setting, ...] = ()
    plan: tuple[Planned, ...] = ()
    draft: Draft | None = None
    draft_before: Draft | None = None
    draft_is_lost: bool = False
    plan_sent: datetime | None = None
    colours_before: tuple[Colour | None, ...] = ()
    restatements: tuple[Restatement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A report that was kept: what it was about, and everything it told."""

    about: About
    told: Told


def rested_on(about: About, inputs: Inputs) -> About:
    """The same with what these inputs hold beside Jira; they are withheld already."""
    return replace(
        about,
        draft=inputs.draft,
        draft_before=inputs.draft_before,
        draft_is_lost=inputs.draft_is_lost,
        plan_sent=inputs.plan_sent,
        colours_before=inputs.colours_before,
        restatements=inputs.restatements,
    )


def resting_on(inputs: Inputs, about: About) -> Inputs:
    """The inputs with what `rested_on` kept."""
    return replace(
        inputs,
        draft=about.draft,
        draft_before=about.draft_before,
        draft_is_lost=about.draft_is_lost,
        plan_sent=about.plan_sent,
        colours_before=about.colours_before,
        restatements=about.restatements,
    )


def dump(about: About, document: Mapping[str, Any]) -> bytes:
    """The document to keep, of the JSON of a report; the same report gives the same bytes."""
    whole = {"schema": SCHEMA, "kind": "frozen", "about": to_plain(about), "report": document}
    return json.dumps(whole, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def load(content: bytes) -> Frozen:
    """The report that `dump` wrote. Raises ValueError for anything else, and for a newer schema."""
    whole = json.loads(content, parse_float=Decimal)
    if not isinstance(whole, dict) or whole.get("kind") != "frozen":
        raise ValueError("it is no frozen report")
    if whole.get("schema") != SCHEMA:
        raise ValueError(f"its schema is {whole.get('schema')!r}, and this pmreport knows {SCHEMA}")
    return Frozen(about=from_plain(About, whole.get("about")), told=told(whole.get("report") or {}))


def read_back(document: Mapping[str, Any]) -> Told:
    """What a report built now tells, read as a kept one is: to the same digits."""
    return told(json.loads(json.dumps(document), parse_float=Decimal))
