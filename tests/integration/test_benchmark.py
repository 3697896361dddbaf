"""The benchmark of the sync: its contestants read what there is, or are known to miss some."""

import json
import subprocess
import sys
from pathlib import Path

_PROGRAM = Path(__file__).parents[2] / "benchmarks" / "sync.py"


def test_the_bare_loader_reads_all_and_the_naive_script_misses_old_histories() -> None:
    """Both have every issue; the naive script has only the newest forty histories of each."""
    words = [sys.executable, str(_PROGRAM), "--issues", "1600", "--latency", "0", "--json"]
    done = subprocess.run(
        [*words, "--only", "bare", "--only", "naive"], capture_output=True, text=True, check=True, timeout=120
    )
    truth, bare, naive = json.loads(done.stdout)

    for read in ("issues", "histories", "items"):
        assert bare[read] == truth[read]
    assert naive["issues"] == truth["issues"] == 1600
    assert 0.9 * truth["histories"] < naive["histories"] < truth["histories"]
    assert bare["requests"] == 1 + 2 * 16
    assert all(run["peak_mb"] > 20 and run["wall"] > 0 and run["simulator"] >= 0 for run in (bare, naive))
