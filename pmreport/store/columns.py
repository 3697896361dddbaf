"""Rows turned into columns that DuckDB reads without looking at each value twice.

A statement a row is a hundred times slower than one staged table, and lists as parameters are twice as slow
as arrays: of a sync's time the writing was the largest part.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pmreport.store.batch import AnyRow
from pmreport.store.tables import Table

NOTHING = -(2**63)  # stands for NULL in an array of whole numbers; no id and no instant is that far down


def arrays(table: Table, rows: Sequence[AnyRow]) -> dict[str, Any]:
    """An array for each column of the table."""
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    named = zip(table.columns, table.types, columns, strict=True)
    return {name: _array(kind, values, nullable=name in table.nullable) for name, kind, values in named}


def selection(table: Table) -> str:
    """The columns of those arrays as SQL gives them their types back."""
    nullable = [name in table.nullable for name in table.columns]
    return ", ".join(map(_typed, table.columns, table.types, nullable))


def _typed(name: str, kind: str, nullable: bool) -> str:  # noqa: FBT001 - mapped over three columns
    if kind == "BIGINT":
        return f"NULLIF({name}, {NOTHING}) AS {name}" if nullable else name
    return f"CAST({name} AS {kind}) AS {name}"


def _array(kind: str, values: Sequence[Any], *, nullable: bool) -> Any:
    import numpy as np

    if kind == "BIGINT":
        told = [NOTHING if value is None else value for value in values] if nullable else values
        return np.array(told, dtype=np.int64)
    if kind == "DOUBLE PRECISION":  # DuckDB takes what is no number for NULL
        return np.array([float("nan") if value is None else value for value in values], dtype=float)
    if kind == "BOOLEAN":
        return np.array([value if value is None else str(value) for value in values], dtype=object)
    if kind == "VARCHAR":
        return np.array(encodable(values), dtype=object)
    return np.array(values, dtype=object)


def encodable(values: Sequence[str | None]) -> Sequence[str | None]:
    """Half a surrogate pair, which Jira passes on from cut-off texts, becomes a question mark."""
    try:
        "".join(filter(None, values)).encode()
    except UnicodeEncodeError:
        return [value and value.encode("utf-8", "replace").decode() for value in values]
    return values
