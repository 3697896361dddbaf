"""The definitions: complete, unique, and the ones the code names."""

import re
from importlib.resources import files

from pmreport.metrics.catalog import DEFINITIONS


def test_every_definition_is_a_whole_sentence() -> None:
    """A reader gets a name and a sentence, not a formula alone."""
    for each in DEFINITIONS.values():
        assert each.name[0].isupper()
        assert each.text.endswith((".", '."', '".'))
        assert each.source


def test_ids_are_unique_and_plain() -> None:
    """An id is what stands in links and in JSON."""
    texts = [
        each.read_text(encoding="utf-8")
        for each in files("pmreport.metrics.definitions").iterdir()
        if each.is_file()
    ]
    ids = [each for text in texts for each in re.findall(r'id="([^"]+)"', text)]

    assert sorted(ids) == sorted(DEFINITIONS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each) for each in ids)


def test_a_docstring_that_names_a_definition_names_one_that_exists() -> None:
    """A metric's docstring begins with its id; the definition stands in the catalogue alone."""
    named = [
        name.strip()
        for module in files("pmreport.metrics").iterdir()
        if module.name.endswith(".py")
        for names in re.findall(r'"""([a-z][a-z, -]*): ', module.read_text(encoding="utf-8"))
        for name in names.split(",")
    ]

    assert "commitment-reliability" in named
    assert set(named) <= set(DEFINITIONS)
