"""A CSV file holds what Jira says, and nothing that a spreadsheet or a terminal would obey."""

from pathlib import Path

from pmreport.model.outgoing import Outgoing
from pmreport.render import csv_table


def test_a_text_is_neither_computed_nor_obeyed(tmp_path: Path) -> None:
    """Escapes and marks that turn writing round are shown; line ends, tabs and every script stay."""
    texts = [
        "\x1b]0;owned\x07\x1b[2J",
        "invoice\u202efdp.exe",
        "=1+1",
        "\r=1",
        "Zoë 日本 שלום",
        "two\r\nlines\t.",
    ]

    count = csv_table.write(
        tmp_path / "a.csv", Outgoing(name="a", columns=("summary",)), [[[one] for one in texts]]
    )

    content = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    assert count == 6
    assert content.split("\r\n") == [
        "summary",
        "␛]0;owned␇␛[2J",
        "invoice[RLO]fdp.exe",
        "'=1+1",
        '"\'\n=1"',
        "Zoë 日本 שלום",
        '"two\nlines\t."',
        "",
    ]
