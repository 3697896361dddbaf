"""What is run on a schedule: the commands, in their order, and all they need to be found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pmreport.app.schedule.when import When

PAUSES = (0, 900, 900, 1800)  # seconds before each attempt: a laptop that wakes up has no network yet
TRY_AGAIN = (69, 75)  # unreachable, try again later
_WAIT = "600"  # for a sync that a person has just started


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be run and when; the time is one of the reporting zone.

    `program` are the words that start pmreport, with an absolute path. `secrets` are files by the variable
    that names them to pmreport. `tell` is the address of the one person who hears of a failure; None: nobody
    can be written to. `flock` is the program that keeps two runs apart, where there is one.
    """

    name: str
    program: tuple[str, ...]
    config: Path
    own_folder: Path
    when: When
    zone: str
    reports: tuple[str, ...]
    formats: str
    sent: tuple[str, ...] = ()
    tags: bool = False
    secrets: Mapping[str, Path] = field(default_factory=dict)
    tell: str | None = None
    flock: str | None = None

    @property
    def steps(self) -> tuple[tuple[str, ...], ...]:
        """The commands, without what starts them; each is run only when the one before has succeeded.

        A sync that ended early (75) is tried again and nothing is made of it: half a week of data must reach
        nobody while no person looks.
        """
        tag = (("tag",),) if self.tags else ()
        reports = tuple(("report", name, "--format", self.formats) for name in self.reports)
        sent = tuple(("send", name, "--yes") for name in self.sent)
        return (("sync", "--wait", _WAIT), *tag, *reports, *sent)

    @property
    def begin(self) -> tuple[str, ...]:
        """The words before each command."""
        return (*self.program, "--config", str(self.config))

    @property
    def heading(self) -> str:
        """What is run and when, for people."""
        what = ", ".join(
            " ".join(step[:2]) if step[0] in {"report", "send"} else step[0] for step in self.steps
        )
        return f"{what}: {self.when.names} {self.when.clock} in {self.zone}"
