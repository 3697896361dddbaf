"""Which reports were sent, by what the journal says."""

from pmreport.deliver.kept import kept
from pmreport.model.journal import Entry
from pmreport.model.journal_kinds import NotSent, Payload, Sending, Sent
from pmreport.model.plain import from_plain
from tests.support.journals import BASELINE, START, entry

SITE, PRODUCT = "https://acme.example", "Acme Web"


def mail(kind: type[Sending | Sent | NotSent], to: str, file: str = "a.json", **other: str) -> Payload:
    """An entry about a mail to somebody."""
    about = {"report": "weekly", "period": "2026-W36", "product": PRODUCT, "site": SITE} | other
    said = {**about, "recipient": to, "message_id": "<1@acme.example>", "frozen": file}
    return from_plain(kind, said if kind is NotSent else {**said, "body_sha256": "ab" * 32})


def journal(*payloads: Payload) -> tuple[Entry, ...]:
    """Entries, a day each."""
    return tuple(entry(payload, day=day, number=day) for day, payload in enumerate(payloads))


def test_a_sent_report_is_told_with_its_recipients() -> None:
    """Since the first of them had it; other entries say nothing."""
    found = kept(
        journal(BASELINE, mail(Sending, "a"), mail(Sending, "b"), mail(Sent, "a"), mail(Sent, "b")),
        site=SITE,
        product=PRODUCT,
    )

    (one,) = found
    assert (one.name, one.file, one.recipients, one.uncertain) == ("weekly:2026-W36:1", "a.json", 2, 0)
    assert (one.at - START).days == 3


def test_what_nobody_took_was_never_reported() -> None:
    """Its file lies there, and it is not told; the next sending is the first edition."""
    entries = journal(
        mail(Sending, "a"), mail(NotSent, "a"), mail(Sending, "a", "b.json"), mail(Sent, "a", "b.json")
    )

    assert [(one.file, one.edition) for one in kept(entries, site=SITE, product=PRODUCT)] == [("b.json", 1)]


def test_a_file_name_that_is_used_again_begins_anew() -> None:
    """What no server took leaves no file; the next one may bear its name, with its own age."""
    entries = journal(mail(Sending, "a"), mail(NotSent, "a"), mail(Sending, "a"))

    (one,) = kept(entries, site=SITE, product=PRODUCT)

    assert (one.file, one.uncertain, (one.at - START).days) == ("a.json", 1, 2)


def test_a_sending_without_an_end_is_uncertain() -> None:
    """After a crash; sent once more on purpose it is a second edition."""
    entries = journal(mail(Sending, "a"), mail(Sending, "a", "b.json"), mail(Sent, "a", "b.json"))

    first, second = kept(entries, site=SITE, product=PRODUCT)

    assert (first.recipients, first.uncertain, first.at) == (0, 1, START)
    assert (second.name, second.uncertain) == ("weekly:2026-W36:2", 0)


def test_reports_are_told_apart() -> None:
    """By product and site; what an earlier release sent was not kept, and is not told."""
    entries = journal(
        mail(Sent, "a", ""),
        mail(Sent, "a", "b.json", product="Other"),
        mail(Sent, "a", "c.json", site="https://other.example"),
        mail(Sent, "a", "d.json", report="sprint", period="sprint 3+4"),
    )

    assert [one.name for one in kept(entries, site=SITE, product=PRODUCT)] == ["sprint:3+4:1"]
