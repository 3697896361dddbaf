"""Every table made again from the documents: the same rows, whatever happened between the syncs."""

import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pmreport.demo.dialect import CLOUD, DATACENTER
from tests.support.rebuilding import DEEDS, PROJECTS, changed, corner, everything, made_again
from tests.support.simulator import serving
from tests.support.syncing import new_store, run

PRODUCTS = {"cloud": CLOUD, "data center": DATACENTER}


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("seed", range(2))
def test_a_rebuild_changes_no_row_after_any_sync(tmp_path: Path, product: str, seed: int) -> None:
    """Five syncs, a dozen deeds before each, one of them full: the tables are what their documents say."""
    dice = random.Random(seed)  # noqa: S311 - a story, no secret
    store = new_store(tmp_path)
    with serving(corner(PRODUCTS[product])) as site:
        for number in range(5):
            for deed in dice.choices(DEEDS, k=12) if number else ():
                deed(site, dice)
            later = timedelta(hours=number)
            now_ms = int((site.site.now + later).timestamp() * 1000)
            site.post("/__simulator/clock", {"now_ms": max(now_ms, site.state.corpus.now_ms)})
            run(site, store, projects=PROJECTS, later=later, full=number == 3)
            before = everything(store)
            shutil.copy(tmp_path / "store.duckdb", tmp_path / "copy.duckdb")

            made_again(new_store(tmp_path, "copy"))

            assert changed(before, everything(new_store(tmp_path, "copy"))) == {}
