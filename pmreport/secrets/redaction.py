"""Texts cleared of secrets, before anybody reads them."""

from collections.abc import Mapping

from pmreport.model.hidden import without_secrets


def redacted(text: str, environ: Mapping[str, str]) -> str:
    """`text` without the secrets of the environment and without anything that looks like a token."""
    return without_secrets(
        text,
        (
            value.strip()
            for name, value in environ.items()
            if name.startswith("PMREPORT_") and name.endswith(("_TOKEN", "_PASSWORD"))
        ),
    )
