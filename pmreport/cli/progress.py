"""How far a long command is: bars where a person watches, a line a phase in a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from pmreport.cli.screen import note, one_line


class Step(Protocol):
    """Where a run stands: the phase in words, how much of it is done, of how much (None: unknown)."""

    @property
    def phase(self) -> str:
        """What is being done."""

    @property
    def done(self) -> int:
        """How much of it."""

    @property
    def total(self) -> int | None:
        """Of how much."""


Report = Callable[[Step], None]


@contextmanager
def shown() -> Iterator[Report]:
    """Show the steps that are reported while the block runs."""
    if sys.stderr.isatty():
        with _bars() as report:
            yield report
    else:
        lines = _Lines()
        try:
            yield lines.report
        finally:
            lines.finish()


class _Lines:
    """One line a phase, when it ends: a log tells what happened and does not flicker."""

    def __init__(self) -> None:
        self._last: tuple[str, int, int | None] | None = None

    def report(self, step: Step) -> None:
        if self._last and self._last[0] != step.phase:
            self.finish()
        self._last = (step.phase, step.done, step.total)

    def finish(self) -> None:
        if self._last:
            phase, done, total = self._last
            of = f" of {total}" if total is not None and total != done else ""
            note(f"{one_line(phase)}: {done}{of}" if done or total else one_line(phase))
        self._last = None


@contextmanager
def _bars() -> Iterator[Report]:
    import click
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn
    from rich.text import Text

    context = click.get_current_context(silent=True)
    console = Console(stderr=True, no_color=context is not None and context.color is False)
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[pace]}"),
    )
    with Progress(*columns, console=console) as progress:
        tasks: dict[str, TaskID] = {}

        def report(step: Step) -> None:
            if step.phase not in tasks:
                for earlier in progress.tasks:  # phases follow one another
                    amount = earlier.completed or 1
                    progress.update(earlier.id, total=amount, completed=amount, pace="")
                name = Text(one_line(step.phase)).markup
                tasks[step.phase] = progress.add_task(name, total=None, count="", pace="")
            of = f"{step.done} of {step.total}" if step.total is not None else str(step.done or "")
            task = tasks[step.phase]
            progress.update(task, total=step.total, completed=step.done, count=of)
            so_far = progress.tasks[task]
            progress.update(task, pace=pace(so_far.speed, so_far.time_remaining))

        yield report
        for task in progress.tasks:
            progress.update(task.id, total=task.completed or 1, completed=task.completed or 1, pace="")


def pace(rate: float | None, seconds_left: float | None) -> str:
    """How fast it goes and how long it will take, as far as that is known: "420/s, 2 min left"."""
    words = [] if not rate else [f"{rate:.0f}/s" if rate >= 1 else f"{rate * 60:.0f}/min"]
    if seconds_left:
        minutes = round(seconds_left / 60)
        words.append(f"{minutes} min left" if minutes > 1 else f"{max(1, round(seconds_left))} s left")
    return ", ".join(words)
