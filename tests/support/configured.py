"""The configuration of a simulated site, as a person would write it."""

from pathlib import Path

from pmreport.demo.process import RunningSimulator

GOAL = """\
[[goal]]
id = "estimation"
use = "catalogue:estimate-ahead"
"""


def configured(folder: Path, site: RunningSimulator, *projects: str, scope: str = "", more: str = "") -> Path:
    """The file, with a store beside it.

    `scope` are further lines of that section; `more` goes on in the section `[me]`, and may begin others.
    """
    keys = ", ".join(f'"{key}"' for key in projects)
    path = folder / "pmreport.toml"
    path.write_text(
        f"""\
[site]
name = "sim"
url = "{site.url}"
email = "{site.email}"
[scope]
projects = [{keys}]
{scope}
[store]
url = "duckdb:store.duckdb"
[me]
folder = "."
{more}""",
        encoding="utf-8",
    )
    return path
