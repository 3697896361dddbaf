"""Two hundred schedules of faults, killings, cuts and edits: the store ends up as the site is, row by row."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pmreport.demo.dialect import CLOUD, DATACENTER
from pmreport.store.engine import Store
from tests.support.held_store import held_store
from tests.support.lines import Line, line_to
from tests.support.playing import Player
from tests.support.schedules import plan
from tests.support.simulator import empty_corpus
from tests.support.small_sites import small_site
from tests.support.syncing import new_store

SCHEDULES = 200
CHUNK = 20


@pytest.fixture(scope="module")
def lines() -> Iterator[dict[str, Line]]:
    """A served site of each product; every schedule brings a corpus of its own."""
    with ExitStack() as stack:
        products = (CLOUD, DATACENTER)
        yield {each.name: stack.enter_context(line_to(empty_corpus(product=each))) for each in products}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store."""
    folder = tmp_path_factory.mktemp("template")
    new_store(folder)
    return folder / "store.duckdb"


def played(seed: int, line: Line, folder: Path, template: Path) -> None:
    """Play the schedule of a seed; what is wrong afterwards is told with the whole schedule."""
    plotted = plan(seed)
    dice = random.Random(seed)  # noqa: S311 - a story, no secret
    corpus = small_site(dice, plotted.product)
    with ExitStack() as stack:
        if plotted.shipped:
            store, plug = Store.open(f"duckdb:{folder / f'{seed}.duckdb'}"), None
        else:
            store, plug = stack.enter_context(held_store(template, folder / f"{seed}.duckdb"))
        player = Player(plan=plotted, corpus=corpus, line=line, store=store, plug=plug)
        try:
            wrong = player.play()
        except Exception as error:
            raise AssertionError("\n".join([f"seed {seed}: {plotted}", *player.account])) from error
    assert not wrong, "\n".join([f"seed {seed}: {plotted}", *player.account, *wrong])


@pytest.mark.parametrize("first", range(0, SCHEDULES, CHUNK))
def test_whatever_befalls_a_sync_the_store_ends_up_as_the_site_is(
    first: int, lines: dict[str, Line], template: Path, tmp_path: Path
) -> None:
    """Runs break off, are killed and go on: never half an issue, and on a calm day every row is true."""
    for seed in range(first, first + CHUNK):
        played(seed, lines[plan(seed).product], tmp_path, template)
