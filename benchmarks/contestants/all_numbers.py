"""Every number of pmreport in one process, as JSON to nowhere; says what each took."""

import contextlib
import json
import os
import resource
import sys
import time
from pathlib import Path

from pmreport.cli.boundary import run
from pmreport.cli.show import NUMBERS


def main() -> None:
    """Ask for every number in turn."""
    config, wanted = sys.argv[1], sys.argv[2:] or [*NUMBERS]
    took = {}
    began, processor = time.perf_counter(), time.process_time()
    for name in wanted:
        since = time.perf_counter()
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            status = run(["--config", config, "show", name, "--json"], {})
        if status:
            sys.exit(f"show {name} ended with {status}")
        took[name] = time.perf_counter() - since
    wall, spent = time.perf_counter() - began, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"wall": wall, "processor": spent, "peak_mb": peak, "took": took}))


main()
