"""Never twice: what the journal says of a mail, and the entries that are kept before and after it.

Pure: entries in, entries out. `Sending` is on the disk before the server hears of the mail, `Sent` or
`NotSent` after it has answered. Between the two a crash may fall, and then nobody knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pmreport.deliver.addresses import Mailbox
from pmreport.model.journal import Entry, Reading
from pmreport.model.journal_kinds import NotSent, Payload, Sending, Sent
from pmreport.model.problem import ProblemKind
from pmreport.report.objections import Objection

Ended = Sent | NotSent
_UNREAD = {ProblemKind.JOURNAL_UNREADABLE, ProblemKind.JOURNAL_NEWER}


class State(StrEnum):
    """How it stands with one recipient. UNCERTAIN: a sending began, and how it ended was never written."""

    NEW = "new"
    SENT = "sent"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What is sent once: a report of a site and a product about a period."""

    site: str
    report: str
    period: str
    product: str = ""

    def words(self, edition: int) -> str:
        """A name for it that no other occasion has, for the Message-ID of its so-manieth sending."""
        return "\n".join((self.site, self.product, self.report, self.period, str(edition)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with one recipient: since when (None: NEW), and how many times it was sent."""

    mailbox: Mailbox
    state: State
    at: datetime | None = None
    times: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everybody asked for, in their order, and who of them gets the mail now."""

    standings: tuple[Standing, ...]
    again: bool = False

    @property
    def going(self) -> tuple[Mailbox, ...]:
        """Who gets it: who has certainly not got it yet, and with `again` everybody."""
        return tuple(one.mailbox for one in self.standings if self.again or one.state is State.NEW)

    @property
    def held(self) -> tuple[Standing, ...]:
        """Who may have got it, and does not get it now."""
        return () if self.again else self._all(State.UNCERTAIN)

    @property
    def done(self) -> tuple[Standing, ...]:
        """Who has got it, and does not get it now."""
        return () if self.again else self._all(State.SENT)

    @property
    def edition(self) -> int:
        """How many times somebody who gets it now has got it before.

        It is a part of the Message-ID. A mail whose fate nobody knows keeps its Message-ID, so that a server
        that has it drops the second one; one that is sent again on purpose is a new one.
        """
        return max((one.times for one in self.standings if one.mailbox in self.going), default=0)

    def _all(self, state: State) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.state is state)


def plan(entries: Iterable[Entry], occasion: Occasion, asked: Iterable[Mailbox], *, again: bool) -> Plan:
    """How it stands with everybody asked for, each of them once."""
    about = [entry for entry in entries if _is_about(entry.payload, occasion)]
    people: dict[str, Mailbox] = {}
    for mailbox in asked:
        people.setdefault(mailbox.key, mailbox)
    return Plan(tuple(_standing(mailbox, about) for mailbox in people.values()), again)


def before(
    plan: Plan,
    occasion: Occasion,
    *,
    message_id: str,
    body_sha256: str,
    objections: tuple[Objection, ...],
    forced: str,
) -> tuple[Sending, ...]:
    """What is kept before the server hears of the mail, for each who gets it."""
    return tuple(
        Sending(
            site=occasion.site,
            product=occasion.product,
            report=occasion.report,
            period=occasion.period,
            recipient=mailbox.key,
            message_id=message_id,
            body_sha256=body_sha256,
            objections=tuple(each.id for each in objections),
            forced=forced if objections else "",
        )
        for mailbox in plan.going
    )


def after(begun: Iterable[Sending], accepted: Iterable[Mailbox]) -> tuple[Ended, ...]:
    """What is kept once the server has answered: whom it has taken the mail for, and whom certainly not."""
    taken = {mailbox.key for mailbox in accepted}
    return tuple(_sent(one) if one.recipient in taken else _not_sent(one) for one in begun)


def unread(reading: Reading) -> Iterator[Objection]:
    """An objection where a line of the journal cannot be read: it may say that this was sent."""
    hidden = [problem.subject for problem in reading.problems if problem.kind in _UNREAD]
    if hidden:
        yield Objection(
            id="unread-journal",
            what=f"a line of your journal cannot be read ({hidden[0]}), and it may say that this was sent",
            hint="mend the line, or update pmreport if a newer one wrote it",
        )


def _sent(begun: Sending) -> Sent:
    return Sent(
        site=begun.site,
        product=begun.product,
        report=begun.report,
        period=begun.period,
        recipient=begun.recipient,
        message_id=begun.message_id,
        body_sha256=begun.body_sha256,
        frozen=begun.frozen,
    )


def _not_sent(begun: Sending) -> NotSent:
    return NotSent(
        site=begun.site,
        product=begun.product,
        report=begun.report,
        period=begun.period,
        recipient=begun.recipient,
        message_id=begun.message_id,
        frozen=begun.frozen,
    )


def _is_about(payload: Payload, occasion: Occasion) -> bool:
    match payload:
        case Sending() | Sent() | NotSent():
            found = Occasion(
                site=payload.site, product=payload.product, report=payload.report, period=payload.period
            )
            return found == occasion
        case _:
            return False


def _standing(mailbox: Mailbox, entries: Iterable[Entry]) -> Standing:
    """What was sent stays sent; else a sending without an end is uncertain.

    An end belongs to the sending before it: a refusal says nothing of an earlier one that a crash cut off.
    """
    sent: list[datetime] = []
    begun: list[datetime] = []
    for entry in entries:
        match entry.payload:
            case Sending(recipient=mailbox.key):
                begun.append(entry.at)
            case Sent(recipient=mailbox.key):
                sent.append(entry.at)
            case NotSent(recipient=mailbox.key):
                del begun[-1:]
    if sent:
        return Standing(mailbox=mailbox, state=State.SENT, at=sent[-1], times=len(sent))
    if begun:
        return Standing(mailbox=mailbox, state=State.UNCERTAIN, at=begun[-1])
    return Standing(mailbox=mailbox, state=State.NEW)
