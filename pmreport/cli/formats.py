"""The formats a report is asked for in."""

from collections.abc import Sequence
from typing import Any

import click


class FormatList(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """A list of formats between commas."""

    name = "formats"

    def __init__(self, known: Sequence[str]) -> None:
        self.known = tuple(known)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The formats, each once, in the order given."""
        if isinstance(value, tuple):  # click converts a default once more
            return value
        asked = tuple(dict.fromkeys(part.strip() for part in str(value).split(",")))
        if unknown := [name for name in asked if name not in self.known]:
            self.fail(f'"{unknown[0]}" is none of {", ".join(self.known)}', param, ctx)
        return asked
