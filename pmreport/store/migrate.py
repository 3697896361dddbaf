"""The numbered steps that bring a store to the tables this release knows."""

from dataclasses import dataclass
from importlib.resources import files

from pmreport.store.session import Session

_NOTEBOOK = """
CREATE TABLE IF NOT EXISTS schema_version (
    version INTEGER NOT NULL,
    name    VARCHAR NOT NULL,
    PRIMARY KEY (version)
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step; `name` is its file without the number, `sql` its text."""

    version: int
    name: str
    sql: str


def known() -> tuple[Migration, ...]:
    """All steps of this release, in order; the files are named `0001_tables.sql`."""
    steps = []
    for file in files("pmreport.store").joinpath("migrations").iterdir():
        number, _, name = file.name.removesuffix(".sql").partition("_")
        steps.append(Migration(int(number), name, file.read_text(encoding="utf-8")))
    return tuple(sorted(steps, key=lambda step: step.version))


def newest() -> int:
    """The version that a store has after all steps."""
    return known()[-1].version


def version_of(session: Session) -> int | None:
    """The version of a store; 0 for an empty database, None for one that belongs to somebody else."""
    names = {name for (name,) in session.execute("SELECT table_name FROM information_schema.tables")}
    if "schema_version" not in names:
        return None if names else 0
    ((version,),) = session.execute("SELECT coalesce(max(version), 0) AS newest FROM schema_version")
    return int(version)


def migrate(session: Session) -> None:
    """Apply the steps that are missing; they and their record are one transaction, the caller's."""
    session.execute(_NOTEBOOK)
    ((version,),) = session.execute("SELECT coalesce(max(version), 0) AS newest FROM schema_version")
    for step in known():
        if step.version > version:
            session.execute(step.sql)
            session.execute(
                "INSERT INTO schema_version (version, name) VALUES ($version, $name)",
                {"version": step.version, "name": step.name},
            )
