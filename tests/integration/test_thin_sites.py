"""Reports of sites that hold almost nothing: no crash, no zero for what is not known, and true sentences."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from pmreport.cli import clock
from pmreport.cli.boundary import run
from pmreport.demo.story.diary import NOW_MS
from pmreport.model.instant import from_ms
from tests.support.configured import configured
from tests.support.simulator import Simulator, empty_corpus, serving

NOW = from_ms(NOW_MS) + timedelta(hours=1)
DAY_MS = 86_400_000
MORE = """
[mail]
from = "pm@acme.example"
[[initiative]]
id = "pilot"
name = "Pilot"
jql = "project = SHOP"
"""
SPRINT = 122  # the active one of the board of SHOP
ODD = re.compile(r"\b(None(?!\s+of)|nan|NaN|undefined)\b")


def created(simulator: Simulator, *kinds: str) -> list[str]:
    """New items, the oldest of them 20 days old."""
    return [
        simulator.edit(
            do="create",
            project="SHOP",
            type=kind,
            summary=f"{kind} {day}",
            at_ms=NOW_MS - (20 - day) * DAY_MS,
        )
        for day, kind in enumerate(kinds)
    ]


def unestimated(simulator: Simulator) -> None:
    """A sprint whose items nobody has estimated."""
    for key in created(simulator, "Story", "Bug"):
        simulator.edit(do="sprint+", issue=key, value=SPRINT, at_ms=NOW_MS - 10 * DAY_MS)


def one_future_sprint(simulator: Simulator) -> None:
    """An epic and a story in a sprint that has not started."""
    known = simulator.state.corpus.site.sprints
    planned = replace(known[SPRINT], state="future", start_ms=None, end_ms=None)
    known.clear()
    known[SPRINT] = planned
    for key in created(simulator, "Epic", "Story"):
        simulator.edit(do="sprint+", issue=key, value=SPRINT, at_ms=NOW_MS - DAY_MS)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            unestimated,
            {
                "weekly": "none of its items is estimated",
                "sprint": "No burn-up of SHOP Sprint 26 is drawn: none of its items is estimated.",
            },
        ),
        (
            one_future_sprint,
            {
                "weekly": "No sprint has started yet",
                "sprint": "No sprint has started yet.",
                "team": "Finished in a week: not known",
            },
        ),
    ],
    ids=["no estimates", "one future sprint"],
)
def test_a_thin_site_is_told_calmly(
    make: Callable[[Simulator], None],
    said: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All reports in every format; what is not known is said in words, and no table is without a row."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with serving(empty_corpus()) as simulator:
        make(simulator)
        config = str(configured(tmp_path, simulator.site, "SHOP", more=MORE))
        assert run(["--config", config, "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}) == 0
    for name in ("weekly", "sprint", "estimation", "team", "review"):
        words = ["report", name, "--format", "html,md,json,txt,xlsx,mail", "--out", str(tmp_path / "out")]
        assert run(["--config", config, *words], {}) == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.[hmt]*")}

    shown = {
        name: re.sub(r"<(style|script).*?</\1>", "", text, flags=re.DOTALL) for name, text in texts.items()
    }
    assert [name for name, text in shown.items() if ODD.search(text)] == []
    assert [name for name, text in texts.items() if re.search(r"<tbody>\s*</tbody>", text)] == []
    for name, sentence in said.items():
        assert sentence.lower() in " ".join(texts[f"{name}.txt"].split()).lower()
    for path in (tmp_path / "out").glob("*.xlsx"):
        cells = [
            str(cell.value) for sheet in load_workbook(path) for row in sheet for cell in row if cell.value
        ]
        assert not any(ODD.search(cell) for cell in cells)
    assert "on the ideal line" not in texts["weekly.txt"].lower()
