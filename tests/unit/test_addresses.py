"""Whom an address really reaches, whatever it looks like."""

import pytest

from pmreport.deliver.addresses import Mailbox, ascii_domain, outside, parse
from pmreport.errors import BadDataError

ALLOWED = ("Acme.example", "straße.example")


def is_allowed(written: str) -> bool:
    """Whether a mail may go there."""
    return not outside([parse(written, where="--to")], ALLOWED)


@pytest.mark.parametrize(
    "written",
    [
        "boss@acme.example",
        "  The Boss <Boss@ACME.example>",
        '"boss@evil.example" <boss@acme.example>',
        "boss@acme.example (at evil.example)",
        "boss@xn--strae-oqa.example",
        "boss@straße.example",
        "boss@acme。example",  # a full stop of another script, which the net takes for one
    ],
)
def test_the_domain_that_the_net_asks_for_is_the_one_that_counts(written: str) -> None:
    """Capitals, names and spellings aside."""
    assert is_allowed(written)


@pytest.mark.parametrize(
    "written",
    [
        "boss@evil.example",
        "boss@sub.acme.example",
        "boss@acme.example.evil.example",
        "boss@acmeexample",
        '"boss@acme.example" <boss@evil.example>',
        "boss@evil.example (boss@acme.example)",
        "boss@аcme.example",  # noqa: RUF001 - the first letter is Cyrillic
        "boss@strasse.example",  # what older rules made of the ß
    ],
)
def test_what_only_looks_like_an_allowed_domain_is_outside(written: str) -> None:
    """The address that would be given to the server decides."""
    assert not is_allowed(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "boss",
        "boss@",
        "@acme.example",
        "boss@acme.example@evil.example",
        "<@evil.example:boss@acme.example>",
        "boss%evil.example@acme.example",
        "evil.example!boss@acme.example",
        '"boss evil"@acme.example',
        "boss@[127.0.0.1]",
        "boss@acme.example.",
        "boss@acme_.example",
        "boss@-acme.example",
        "boss@\u2488example.example",
        "böss@acme.example",
        "boss.@acme.example",
        "boss@acme.example, evil@evil.example",
        "team: boss@acme.example;",
        "undisclosed-recipients:;",
        f"{'b' * 250}@acme.example",
        f"boss@{'a' * 64}.example",
    ],
)
def test_what_is_not_one_plain_address_is_refused(written: str) -> None:
    """Routes, relays, groups, quotes and several addresses are nothing that a person types here."""
    with pytest.raises(BadDataError, match=r"no mail address|no domain|longer than any|many mail servers"):
        parse(written, where="--to")


def test_foreign_letters_before_the_at_are_refused_with_a_reason() -> None:
    """In a name and in a domain they are welcome; there, few servers carry them."""
    with pytest.raises(BadDataError, match="many mail servers cannot carry") as caught:
        parse("Jörg <jörg@acme.example>", where="--to")

    assert "plain letters" in str(caught.value.hint)


@pytest.mark.parametrize(
    "written",
    [
        "boss@acme.example\r\nBcc: x@evil.example",
        "Boss\n <b@acme.example>",
        "Boss\u202e <b@acme.example>",
        "a\tb@c",
    ],
)
def test_no_address_begins_a_header_of_its_own(written: str) -> None:
    """Line breaks, and marks that make it read as another one."""
    with pytest.raises(BadDataError, match="line break"):
        parse(written, where="--to")


def test_an_encoded_name_that_hides_a_line_break_is_refused() -> None:
    """The name is decoded before it is looked at."""
    with pytest.raises(BadDataError, match="no mail address"):
        parse("=?utf-8?q?a=0d=0aBcc=3a_x=40evil=2eexample?= <a@acme.example>", where="--to")


def test_a_mailbox_is_written_as_it_was_read() -> None:
    """With its name, which is quoted where it has to be; two spellings are one person."""
    boss = parse("Brown, The Boss <Boss@Acme.example>".replace(",", ""), where="--to")

    assert str(boss) == "Brown The Boss <Boss@acme.example>"
    assert (boss.address, boss.key) == ("Boss@acme.example", "boss@acme.example")
    assert str(Mailbox(name="Brown, C.", local="c", domain="acme.example")) == '"Brown, C." <c@acme.example>'
    assert ascii_domain("ACME.example", where="x") == "acme.example"
