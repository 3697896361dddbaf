"""A report as a mail: what would go to whom, what speaks against it, and the sending, never twice."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from pmreport.app import addressees, forgotten, formats, frozen, journal, post, rendering, reports
from pmreport.app.post import Post, Tell
from pmreport.app.reports import ReportRequest
from pmreport.app.wiring import Workspace
from pmreport.deliver import message, sent
from pmreport.deliver.addresses import Mailbox
from pmreport.deliver.message import Letter
from pmreport.deliver.parcel import Delivery, Parcel, UnknownFateError
from pmreport.deliver.sent import Occasion, Plan
from pmreport.errors import (
    BadDataError,
    PmreportError,
    StorageFullError,
    TryLaterError,
    UsageError,
)
from pmreport.model.forgotten import Forgotten
from pmreport.model.journal_kinds import Sending
from pmreport.report import objections as doubts
from pmreport.report.objections import Objection
from pmreport.report.view import Report
from pmreport.store.sending import only_sender


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRequest:
    """Which report, to whom (nobody named: the list of the report), and what a person has said to doubts.

    `again` sends to those too who have it or may have it. `force` is a reason to send in spite of objections.
    """

    report: ReportRequest
    to: tuple[str, ...] = ()
    again: bool = False
    force: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A mail that is ready: all that a person looks at before it goes, and its bytes.

    `frozen` is the document that keeps the report. `held_back` are the objections that keep it back; the
    others were overruled with the reason `forced`. `forgotten` is what the store had left out before the
    report was built from it.
    """

    report: Report
    occasion: Occasion
    plan: Plan
    sender: Mailbox
    letter: Letter
    content: bytes
    message_id: str
    body_sha256: str
    way: str
    frozen: bytes
    forgotten: Forgotten
    objections: tuple[Objection, ...]
    remarks: tuple[str, ...] = ()
    forced: str = ""

    @property
    def held_back(self) -> tuple[Objection, ...]:
        """What still speaks against sending."""
        return tuple(one for one in self.objections if not (self.forced and one.forcible))


def prepare(workspace: Workspace, request: SendRequest) -> Prepared:
    """Build the report and its mail, and look up who has it already. Nothing is sent.

    Raises:
        ConfigurationError: a key of [mail] is missing, or a list holds no address.
        UsageError: what was typed after --to is no address, or the reason after --force is empty.
        BadDataError: somebody is outside the allowed domains; or as `reports.built`.
    """
    if request.force is not None and not request.force.strip():
        raise UsageError("--force needs a reason", hint='write one: --force "The board meets today"')
    mail = workspace.config.mail
    way = post.place(mail)
    sender = addressees.sender(workspace.config.mail)
    name, called = request.report.name, request.report.called
    asked = addressees.recipients(workspace.config.mail, name, request.to, called=called)
    rendering.make_ready((formats.MAIL,), workspace.config)
    left_out = forgotten.by_the_store(workspace, workspace.store)
    built = reports.built(workspace, request.report)
    occasion = Occasion(
        site=workspace.config.site.url,
        product=workspace.config.report.product or "",
        report=called,
        period=doubts.occasion(built.inputs, built.report),
    )
    reading = journal.read(workspace)
    plan = sent.plan(reading.entries, occasion, asked, again=request.again)
    letter = replace(
        rendering.letter(built.report, reports.templates(workspace, request.report.dress), workspace.config),
        sender=str(sender),
        recipients=tuple(map(str, plan.going or asked)),
        domain=sender.domain,
        draft=False,
        occasion=occasion.words(plan.edition),
    )
    return Prepared(
        report=built.report,
        occasion=occasion,
        plan=plan,
        sender=sender,
        letter=letter,
        content=message.build(letter),
        message_id=message.message_id(letter),
        body_sha256=message.body_digest(letter),
        way=way,
        frozen=frozen.content(workspace, built.report, built.inputs, occasion),
        forgotten=left_out,
        remarks=doubts.remarks(built.inputs, built.report.name),
        objections=(*doubts.objections(built.inputs, built.report), *sent.unread(reading)),
        forced=(request.force or "").strip(),
    )


def refuse(prepared: Prepared) -> None:
    """Raise BadDataError with everything that still speaks against sending it to somebody."""
    held = prepared.held_back
    if not held or not prepared.plan.going:
        return
    reasons = "; ".join(one.what for one in held)
    hints = [*dict.fromkeys(one.hint for one in held)]
    if all(one.forcible for one in held):
        hints.append("--force REASON sends it all the same, and keeps the reason in your journal")
    raise BadDataError(f"the report is not sent: {reasons}", hint="; ".join(hints))


def send(workspace: Workspace, prepared: Prepared, *, now: datetime, tell: Tell | None) -> Delivery:
    """Send the mail to those of the plan, with an entry in the journal before and after.

    The report is kept before anything else: what somebody got is never lost, and what nobody got has no entry
    that says so.

    `tell` speaks to a person who can open a page, where a login needs that; None: nobody is there.

    Raises:
        BadDataError: something speaks against it.
        TryLaterError: another pmreport is sending, or has sent meanwhile; or the server says so.
        UnknownFateError: nobody knows whether it went; the journal says that it began.
        PmreportError: as the transports raise; nobody got it, and the journal says so.
    """
    refuse(prepared)
    if not prepared.plan.going:
        if prepared.plan.held:  # by one that crashed, or by one that is at it right now?
            with only_sender(journal.path(workspace)):
                pass
        return Delivery(accepted=())
    # a login may take minutes: nobody waits for it
    way = Post(workspace.config.mail, workspace.environ, tell)
    with only_sender(journal.path(workspace)):
        _refuse_changed(workspace, prepared)
        _refuse_forgotten(workspace, prepared)
        kept = frozen.keep(workspace, prepared.occasion, prepared.frozen)
        begun = _begun(workspace, prepared, kept, now)
        delivery = _handed_over(workspace, way, prepared, begun, kept, now)
        _note(workspace, sent.after(begun, delivery.accepted), now, any_sent=bool(delivery.accepted))
        if not delivery.accepted:
            frozen.let_go(workspace, kept)
    return delivery


def _begun(workspace: Workspace, prepared: Prepared, kept: str, now: datetime) -> tuple[Sending, ...]:
    """The entries that a sending begins, written; where they cannot be, the report is not kept either."""
    begun = _naming(
        kept,
        sent.before(
            prepared.plan,
            prepared.occasion,
            message_id=prepared.message_id,
            body_sha256=prepared.body_sha256,
            objections=prepared.objections,
            forced=prepared.forced,
        ),
    )
    try:
        journal.write_all(workspace, begun, now=now)
    except PmreportError:
        frozen.let_go(workspace, kept)
        raise
    return begun


def _handed_over(
    workspace: Workspace, way: Post, prepared: Prepared, begun: tuple[Sending, ...], kept: str, now: datetime
) -> Delivery:
    """What the transport made of the mail. Where nobody got it, the journal says so and nothing is kept."""
    try:
        return way.hand_over(_parcel(prepared))
    except UnknownFateError:
        raise
    except PmreportError:
        with suppress(PmreportError):  # the first dead end is the one to tell
            journal.write_all(workspace, sent.after(begun, ()), now=now)
            frozen.let_go(workspace, kept)
        raise


def _naming(kept: str, begun: tuple[Sending, ...]) -> tuple[Sending, ...]:
    """The entries with the file that the report is kept in."""
    return tuple(replace(one, frozen=kept) for one in begun)


def _parcel(prepared: Prepared) -> Parcel:
    return Parcel(
        sender=prepared.sender,
        recipients=prepared.plan.going,
        content=prepared.content,
        message_id=prepared.message_id,
    )


def _refuse_changed(workspace: Workspace, prepared: Prepared) -> None:
    """Refuse what was looked at and is not true any more: somebody has sent it meanwhile."""
    asked = tuple(one.mailbox for one in prepared.plan.standings)
    entries = journal.read(workspace).entries
    if sent.plan(entries, prepared.occasion, asked, again=prepared.plan.again) != prepared.plan:
        raise TryLaterError(
            "this report was sent from elsewhere while you looked at it",
            where=str(journal.path(workspace)),
            hint="run the command again: it sends to those who have not got it, if any",
        )


def _refuse_forgotten(workspace: Workspace, prepared: Prepared) -> None:
    """Refuse a report that may tell of what was forgotten since it was built. Nobody forgets meanwhile."""
    before = prepared.forgotten
    now = before.with_more(forgotten.by_the_journal(workspace))
    if len(now.marks) > len(before.marks):
        raise TryLaterError(
            "something was forgotten while you looked at this report, and it may tell of it",
            where=str(journal.path(workspace)),
            hint="run the command again; if it says so once more, run `pmreport sync` first",
        )


def _note(workspace: Workspace, ended: Iterable[sent.Ended], now: datetime, *, any_sent: bool) -> None:
    try:
        journal.write_all(workspace, tuple(ended), now=now)
    except PmreportError as error:
        if not any_sent:
            raise
        kind = StorageFullError if isinstance(error, StorageFullError) else PmreportError
        raise kind(
            f"the mail was sent, and that could not be noted: {error.what}",
            where=error.where,
            hint="do not send it once more; the next run will not know whether it was sent",
        ) from error
