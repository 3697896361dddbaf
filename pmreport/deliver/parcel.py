"""What is handed to a transport, and what became of it."""

from dataclasses import dataclass

from pmreport.deliver.addresses import Mailbox
from pmreport.errors import ExitStatus, PmreportError


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A message as bytes, who sends it, and who gets it; its Message-ID names it."""

    sender: Mailbox
    recipients: tuple[Mailbox, ...]
    content: bytes
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A recipient that the server does not take, with its code and its own sentence.

    `is_temporary`: it may take it later.
    """

    mailbox: Mailbox
    code: int
    sentence: str

    @property
    def is_temporary(self) -> bool:
        """Whether the server says that it may work later."""
        return 400 <= self.code < 500  # noqa: PLR2004 - RFC 5321 4.2.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Whom the mail was taken for, and whom not; together they are the recipients of the parcel."""

    accepted: tuple[Mailbox, ...]
    refused: tuple[Refused, ...] = ()

    @property
    def status(self) -> ExitStatus:
        """How the command ends: TRY_LATER only where waiting is all there is to do."""
        if not self.refused:
            return ExitStatus.OK
        if all(one.is_temporary for one in self.refused):
            return ExitStatus.TRY_LATER
        return ExitStatus.BAD_DATA


class UnknownFateError(PmreportError):
    """The connection broke when the mail was under way: the server may have it, or not."""

    status = ExitStatus.UNREACHABLE
