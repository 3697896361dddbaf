"""A file or a folder that is named on the command line."""

from pathlib import Path
from typing import Any

import click


class Place(click.Path):
    """A path that says something: an empty one would quietly be the folder one is in.

    It comes from a variable of the shell that is not set, as in `--out "$REPORTS"`.
    """

    def __init__(self, **rules: bool) -> None:
        super().__init__(path_type=Path, **rules)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if not str(value).strip():
            self.fail("it is empty; name a place, or leave it out", param, ctx)
        return super().convert(value, param, ctx)
