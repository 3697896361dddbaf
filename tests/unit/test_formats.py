"""The formats a report is written in."""

from pmreport.app import formats
from pmreport.app.rendering import MAKERS


def test_each_format_has_one_way_to_be_made() -> None:
    """What the command line offers is what can be rendered, no more and no less."""
    assert sorted(MAKERS) == sorted(formats.NAMES)
