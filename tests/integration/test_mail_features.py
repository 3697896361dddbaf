"""A mail beside what mail programs can do: each feature that some family lacks has a written fallback."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pmreport.render import mail, templates
from pmreport.report import build
from pmreport.report.view import Report
from tests.support import sample_report
from tests.support.mail_features import DATA, features, known
from tests.support.report_inputs import rich_inputs

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="needs the npm package caniemail")

BUILDERS = (build.weekly, build.sprint, build.estimation, build.team, build.review)
FALLBACKS = tomllib.loads(
    (Path(__file__).parents[1] / "support" / "mail_fallbacks.toml").read_text(encoding="utf-8")
)


def reports() -> Iterator[Report]:
    """Every report of a rich week, and those that are made up to hold everything."""
    yield from (one(rich_inputs()) for one in BUILDERS)
    yield from (sample_report.weekly(), sample_report.sprint(), sample_report.review())
    yield sample_report.hostile()


@cache
def mails() -> tuple[str, ...]:
    """Their mails."""
    shipped = templates.load()
    return tuple(mail.render(report, shipped, images=report.name == "sprint").html for report in reports())


def uncovered(html: str) -> list[str]:
    """What a mail uses and some family lacks without a fallback, by feature and family."""
    found = []
    for feature in sorted(features(html)):
        families = {name.partition(" ")[0] for name in known().lacking.get(feature, ())}
        fallback: dict[str, Any] = FALLBACKS.get(feature, {})
        left = families - set(fallback.get("families", ()))
        found += [f"{feature}: {family}" for family in sorted(left)]
        found += [f"{feature}: nobody knows"] * feature.startswith("?")
        if families and fallback.get("stands", "") not in html:
            found.append(f"{feature}: {fallback['stands']} does not stand there")
    return found


def test_what_a_mail_program_lacks_has_a_fallback_in_every_mail() -> None:
    """Every element, attribute, property, value, unit, at-rule and selector in the mails of all reports."""
    assert [(html[:80], left) for html in mails() if (left := uncovered(html))] == []


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ('<p style="display:flex">', "css-display-flex: outlook"),
        ('<p style="position:absolute">', "css-position: gmail"),
        ("<svg></svg>", "html-svg: gmail"),
        ("<style>@import url(x)</style>", "css-at-import: gmail"),
        ('<p style="width:calc(1px + 1em)">', "css-unit-calc: outlook"),
        ("<style>p > a:hover { color: red }</style>", "css-pseudo-class-hover: outlook"),
        ('<p style="corner-shape:squircle">', "?corner-shape: nobody knows"),
        ("<blink>", "?<blink>: nobody knows"),
    ],
)
def test_what_has_no_fallback_is_found(planted: str, told: str) -> None:
    """A feature that is planted into a mail, with a family that lacks it."""
    assert told in uncovered(mails()[0].replace("</body>", f"{planted}</body>"))


def test_no_fallback_is_left_over() -> None:
    """Each is for a feature that a mail uses and a family lacks."""
    used = set[str]().union(*map(features, mails()))
    needed = {feature for feature in used if known().lacking.get(feature)}

    assert set(FALLBACKS) == needed
