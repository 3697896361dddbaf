"""The tools of the pages' gates that come from npm: axe, and html-validate."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

NPM = Path(__file__).parents[1] / "npm"
AXE = NPM / "node_modules" / "axe-core" / "axe.min.js"
TOOL = NPM / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = {
    "extends": ["html-validate:recommended"],
    "rules": {
        "no-trailing-whitespace": "off",  # how a template is laid out
        "long-title": "off",  # a product may have a long name
        "prefer-native-element": "off",  # a table that can be scrolled is a group by role
    },
}


def markup_faults(folder: Path, *names: str) -> list[str]:
    """What html-validate finds in the pages of a folder, a line each."""
    if not TOOL.is_file():
        pytest.skip("needs html-validate: run npm ci in tests/npm")
    (folder / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}), encoding="utf-8")
    # to a file: what it writes to a pipe is cut off when it ends with a fault
    command = [
        sys.executable,
        str(NPM / "node.py"),
        "node",
        str(TOOL),
        "--formatter",
        "json=found.json",
        *names,
    ]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return [
        f"{Path(found['filePath']).name}:{message['line']} {message['ruleId']}: {message['message']}"
        for found in json.loads((folder / "found.json").read_text(encoding="utf-8"))
        for message in found["messages"]
    ]
