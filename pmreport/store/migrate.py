"""The numbered steps that bring a store to the tables this release knows."""

from dataclasses import dataclass
from importlib.resources import files

from pmreport.store.session import Session

_NOTEBOOK = """
CREATE TABLE IF NOT EXISTS {notebook} (
    version INTEGER NOT NULL,
    name    VARCHAR NOT NULL,
    PRIMARY KEY (version)
)
"""


_NAMES = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step; `name` is its file without the number, `sql` its text."""

    version: int
    name: str
    sql: str


def known(folder: str = "migrations") -> tuple[Migration, ...]:
    """All steps of this release, in order; the files are named `0001_tables.sql`."""
    steps = []
    for file in files("pmreport.store").joinpath(folder).iterdir():
        number, _, name = file.name.removesuffix(".sql").partition("_")
        steps.append(Migration(int(number), name, file.read_text(encoding="utf-8")))
    return tuple(sorted(steps, key=lambda step: step.version))


def newest() -> int:
    """The version that a store has after all steps."""
    return known()[-1].version


def version_of(session: Session) -> int | None:
    """The version of a store; 0 for an empty database, None for one that belongs to somebody else."""
    names = {name for (name,) in session.execute(_NAMES)}
    if "schema_version" not in names:
        return None if names else 0
    return _newest_in(session, "schema_version")


def migrate(session: Session, folder: str = "migrations", notebook: str = "schema_version") -> None:
    """Apply the steps that are missing; they and their record are one transaction, the caller's.

    `folder` holds the steps, and the table `notebook` says which of them were taken: those that only one kind
    of database needs are counted for themselves.
    """
    session.execute(_NOTEBOOK.format(notebook=notebook))
    version = _newest_in(session, notebook)
    for step in known(folder):
        if step.version > version:
            session.execute(step.sql)
            session.execute(
                f"INSERT INTO {notebook} (version, name) VALUES ($version, $name)",  # noqa: S608 - own names only
                {"version": step.version, "name": step.name},
            )


def _newest_in(session: Session, notebook: str) -> int:
    text = f"SELECT coalesce(max(version), 0) AS newest FROM {notebook}"  # noqa: S608 - own names only
    ((version,),) = session.execute(text)
    return int(version)
