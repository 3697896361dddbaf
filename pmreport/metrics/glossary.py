"""Every definition as one document, for those who want to check before they trust."""

from collections.abc import Mapping, Sequence

from pmreport.metrics.definition import Definition

_HEAD = """\
# What the numbers mean

Made from `pmreport/metrics/definitions/` by `make docs`; change a definition there. Every number comes with
its unit, how many observations it rests on, how many were left out and why, and how sure it is:
`pmreport show NAME --explain`.
"""


def markdown(families: Mapping[str, Sequence[Definition]]) -> str:
    """The definitions by family, each under its name with its id, as GitHub and an editor show them."""
    parts = [_HEAD]
    for family, definitions in families.items():
        parts.append(f"## {family}\n")
        parts += [_entry(each) for each in definitions]
    return "\n".join(parts)


def _entry(definition: Definition) -> str:
    unit = f"; {definition.unit}" if definition.unit else ""
    source = "" if definition.source == "pmreport" else f" *{definition.source}.*"
    return f"**{definition.name}** (`{definition.id}`{unit}): {definition.text}{source}\n"
