"""A group of commands that loads a command only when it is needed, and suggests one when it is misspelt."""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click


class Group(click.Group):
    """Commands in the order they were added; a word that is none of them is answered with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the week and not of the alphabet."""
        del ctx
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names. Raises click.UsageError with a suggestion."""
        known = self.list_commands(ctx)
        if args[0] in known or args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        near = get_close_matches(args[0], known, n=1, cutoff=0.5)
        meant = f'; did you mean "{near[0]}"?' if near else ""
        raise click.UsageError(f'there is no command "{args[0]}"{meant}', ctx=ctx)


class LazyGroup(Group):
    """A group whose commands lie one in a module, each named `command` there."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, without loading anything."""
        del ctx
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, loaded now; None where there is none."""
        del ctx
        if cmd_name not in self._modules:
            return None
        command = import_module(self._modules[cmd_name]).command
        assert isinstance(command, click.Command)  # noqa: S101 - a module of ours without a command is a bug
        return command
