"""Words, components and contacts: what the items hold against what the journal holds."""

from datetime import UTC, date, datetime, timedelta

from pmreport.metrics import acronyms, components, contacts
from pmreport.metrics.acronyms import Explained, TextRow
from pmreport.metrics.components import ComponentNote, ComponentRow
from pmreport.metrics.contacts import ContactRow, TouchPoint
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms

TODAY = date(2026, 11, 20)
NOON_MS = to_ms(datetime(2026, 11, 19, 12, tzinfo=UTC))


def texts(*words: str) -> list[TextRow]:
    """An item for each text."""
    return [TextRow(at, f"WEB-{at}", text, "") for at, text in enumerate(words, start=1)]


def test_an_acronym_is_counted_by_items() -> None:
    """Plurals are one, a word twice in a text is one; below three items it is rare."""
    found = acronyms.from_rows(
        texts("The API and the API of the PSP", "APIs fail, see SCA", "A mobile API, PSP", "PSP down", "SCA"),
        [Explained(term=" api ", reviewer="Head"), Explained(term="SSO")],
        names=(),
        keys=(),
    )

    assert [(one.term, one.items, one.is_explained, one.is_reviewed) for one in found.acronyms] == [
        ("API", 3, True, True),
        ("PSP", 3, False, False),
    ]
    assert found.acronyms[0].examples == ("WEB-1", "WEB-2", "WEB-3")
    assert (found.rare, found.texts, found.terms, found.reviewed) == (1, 5, 2, 1)
    explained, reviewed = acronyms.values(found)
    assert (explained.value, explained.items, reviewed.value) == (50, ("PSP",), 50)


def test_names_of_people_and_keys_of_projects_are_no_acronyms() -> None:
    """Nor are the words that comments are marked with, nor plain words in capitals at the start."""
    rows = texts(*["ANN asked WEB-12 in WEB: TODO the Checkout, DECISION A-B"] * 3)

    found = acronyms.from_rows(rows, (), names=["Ann Lee"], keys=["web"])

    assert (found.acronyms, found.rare) == ((), 0)
    assert [each.value for each in acronyms.values(found)] == [None, None]


def test_a_component_has_the_newest_note_that_names_it() -> None:
    """In any case and with blanks around; an old note is a note, and not fresh."""
    rows = [ComponentRow("Basket", 9, 2), ComponentRow("Payment", 4, 0), ComponentRow("Push", 0, 0)]
    notes = [
        ComponentNote(on=TODAY, subject=" basket", text="new", reviewer="Head"),
        ComponentNote(on=TODAY - timedelta(days=9), subject="Basket", text="old"),
        ComponentNote(on=TODAY - timedelta(days=366), subject="PAYMENT", text="aged"),
        ComponentNote(on=TODAY, subject="Other", text="of nothing"),
    ]

    found = components.from_rows(rows, notes)
    noted, fresh = components.values(found, TODAY)

    assert [one.note.text if one.note else None for one in found] == ["new", "aged", None]
    assert (noted.items, noted.n, noted.value, fresh.value) == (("Push",), 3, noted.value, 50)
    assert [each.note for each in components.values((), TODAY)] == [
        "there is no component",
        "no note names a component",
    ]


def test_contacts_stand_by_the_alphabet() -> None:
    """It ranks nobody; an area that was also written down is one entry."""
    found = contacts.from_rows(
        [
            ContactRow("Sales", None, NOON_MS, 4),
            ContactRow("basket", NOON_MS, None, 1),
            ContactRow("Zoo", None, None, 0),
        ],
        [
            TouchPoint(on=TODAY - timedelta(days=40), subject="sales", text="first"),
            TouchPoint(on=TODAY, subject="Sales", text="a list of three wishes"),
            TouchPoint(on=TODAY, subject=" ", text="a talk"),
            TouchPoint(on=TODAY, subject="Agency", text="a contract"),
        ],
        WorkCalendar(),
    )

    assert [one.name for one in found] == ["(nobody named)", "Agency", "basket", "Sales", "Zoo"]
    assert [one.last for one in found] == [TODAY, TODAY, date(2026, 11, 19), TODAY, None]
    assert found[3].came_of_it == "a list of three wishes"
    assert found[3].others_comment == date(2026, 11, 19)
