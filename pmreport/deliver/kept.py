"""The reports that were sent, by what the journal says: what nobody was sent is not among them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from pmreport.model.journal import Entry
from pmreport.model.journal_kinds import NotSent, Sending, Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One kept report: the file it lies in, and how it was sent.

    `edition` counts the sendings of one report about one period, from 1. `at` is when the first one got it,
    or when a sending began that never ended. `recipients` have it; of `uncertain` ones nobody knows.
    """

    file: str
    report: str
    period: str
    edition: int
    at: datetime
    recipients: int
    uncertain: int = 0

    @property
    def name(self) -> str:
        """What it is called on the command line: `weekly:2026-W46:1`."""
        return f"{self.report}:{self.period.removeprefix('sprint ')}:{self.edition}"


@dataclass(slots=True)
class _Mails:
    """The mails that carried one kept report."""

    report: str
    period: str
    began: datetime
    sent: dict[str, datetime] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)


def kept(entries: Iterable[Entry], *, site: str, product: str) -> tuple[Kept, ...]:
    """Every kept report that somebody has or may have, of a site and a product, the oldest first.

    A report that was frozen and then taken by no mail server is not told: it was never reported.
    """
    found: dict[str, _Mails] = {}
    for entry in entries:
        match entry.payload:
            case Sending() | Sent() | NotSent() as said if said.frozen:
                if (said.site, said.product) == (site, product):
                    mails = found.setdefault(said.frozen, _Mails(said.report, said.period, entry.at))
                    _note(mails, said, entry.at)
                    if not (mails.sent or mails.open):  # nobody took it: a later one may bear its file's name
                        del found[said.frozen]
    editions: dict[tuple[str, str], int] = {}
    told: list[Kept] = []
    for file, mails in found.items():
        about = (mails.report, mails.period)
        editions[about] = editions.get(about, 0) + 1
        told.append(_kept(file, mails, editions[about]))
    return tuple(told)


def _note(mails: _Mails, said: Sending | Sent | NotSent, at: datetime) -> None:
    match said:
        case Sending():
            mails.open.add(said.recipient)
        case Sent():
            mails.open.discard(said.recipient)
            mails.sent.setdefault(said.recipient, at)
        case NotSent():
            mails.open.discard(said.recipient)


def _kept(file: str, mails: _Mails, edition: int) -> Kept:
    return Kept(
        file=file,
        report=mails.report,
        period=mails.period,
        edition=edition,
        at=min(mails.sent.values(), default=mails.began),
        recipients=len(mails.sent),
        uncertain=len(mails.open),
    )
