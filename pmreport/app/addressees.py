"""Who sends a report and who gets it: from the lists of the configuration, or as typed."""

from collections.abc import Iterable, Iterator

from pmreport.deliver.addresses import Mailbox, outside, parse
from pmreport.deliver.settings import MailSettings
from pmreport.errors import BadDataError, ConfigurationError, UsageError

LISTS = {
    "weekly": "management",
    "sprint": "team",
    "estimation": "team",
    "team": "team",
    "review": "manager",
}


def sender(mail: MailSettings) -> Mailbox:
    """Who sends it. Raises ConfigurationError where nobody is named, or by what is no address."""
    written = mail.sender
    if written is None:
        raise ConfigurationError(
            "no sender is set",
            where="[mail]",
            hint='write:\n[mail]\nfrom = "Your Name <you@company.example>"',
        )
    try:
        return parse(written, where="[mail] from")
    except BadDataError as error:
        raise ConfigurationError(error.what, where=error.where, hint=error.hint) from error


def recipients(
    mail: MailSettings, report: str, typed: tuple[str, ...], *, called: str = ""
) -> tuple[Mailbox, ...]:
    """Everybody the report goes to: those typed, else its list; each within the allowed domains.

    `called` is the name of a report of one's own, which goes to the list of the `report` it is made from.

    Raises:
        UsageError: what was typed is no address.
        ConfigurationError: the list is empty, or holds what is no address.
        BadDataError: somebody is outside the allowed domains.
    """
    name = LISTS[report]
    where = "--to" if typed else f"[mail.lists] {name}"
    written = typed or mail.lists.get(name, ())
    if not written:
        raise ConfigurationError(
            f"nobody is on the list {name}, which gets the {called or report} report",
            where="[mail.lists]",
            hint=f'write:\n[mail.lists]\n{name} = ["somebody@company.example"]\nor name somebody with --to',
        )
    found = tuple(_parsed(written, where, is_typed=bool(typed)))
    if strangers := outside(found, mail.allowed_domains):
        one = strangers[0]
        raise BadDataError(
            f"the report is not sent: {one.address} is outside the allowed domains",
            where=where,
            hint=f"mail goes to `allowed_domains` under [mail] alone; if {one.domain} is one, write it there",
        )
    return found


def _parsed(written: Iterable[str], where: str, *, is_typed: bool) -> Iterator[Mailbox]:
    kind = UsageError if is_typed else ConfigurationError
    for one in written:
        try:
            yield parse(one, where=where)
        except BadDataError as error:
            raise kind(error.what, where=error.where, hint=error.hint) from error
