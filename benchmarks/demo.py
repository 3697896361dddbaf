"""How long the demonstration takes, phase by phase, in a fresh process on this machine."""

import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

_PROGRAM = """
import json, sys, time
from pathlib import Path
from pmreport.app import demo

began, marks = time.monotonic(), []
def mark(step):
    marks.append((step.phase, time.monotonic()))

demo.run(Path(sys.argv[1]), issues=int(sys.argv[2]), progress=mark)
marks.append(("end", time.monotonic()))
print(json.dumps([(phase, at - began) for phase, at in marks]))
"""


def main() -> None:
    """Print one line a phase: its name and its seconds."""
    issues = sys.argv[1] if len(sys.argv) > 1 else "1500"
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(Path(folder, "demo")), issues],
            check=True,
            capture_output=True,
            text=True,
        )
        whole = time.monotonic() - began
    phases: dict[str, float] = {}
    marks = json.loads(done.stdout)
    for (phase, at), (_, until) in pairwise(marks):
        phases[phase] = phases.get(phase, 0.0) + until - at
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{platform.python_version()} on {platform.machine()}, {issues} issues")
    for phase, seconds in phases.items():
        print(f"{seconds:7.2f} s  {phase}")
    print(f"{whole:7.2f} s  from start to end; {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
