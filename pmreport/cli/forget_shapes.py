"""What is forgotten, as words and as JSON."""

from collections.abc import Iterator
from typing import Any

from pmreport.app.forget.run import Preview
from pmreport.cli.json_values import SCHEMA

_NOT_CAUGHT = {
    "issue": "What other issues say of it without its key stays.",
    "person": "A name that somebody typed into a text of Jira without a mention stays in the store.",
}
_ELSEWHERE = (
    "Mails that were sent, backups, and copies in other folders are out of reach.",
    "Jira is not changed: it is to be forgotten there too.",
)


def words(preview: Preview, *, is_done: bool) -> str:
    """What would go or has gone, and what is not touched, a line each."""
    head = f"Forgetting {preview.found.title} {'changed' if is_done else 'would change'}:"
    changed = list(_changed(preview)) or ["nothing: it is in no file that pmreport keeps"]
    lines = [head, *(f"  {line}" for line in changed)]
    if preview.kept:
        lines += ["Not touched, though it is named there or may be; delete or edit these yourself:"]
        lines += [f"  {path}" for path in preview.kept]
    return "\n".join([*lines, _NOT_CAUGHT[preview.found.mark.subject], *_ELSEWHERE])


def _changed(preview: Preview) -> Iterator[str]:
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(preview.documents.items()))
    if told:
        yield f"the store: documents ({told}) and their rows in every table"
    journal = preview.files.journal
    if journal.removed or journal.changed:
        yield f"your journal: {journal.removed} entries go, {journal.changed} lose the name"
    yield from (str(one.path) for one in preview.files.changed)


def as_json(preview: Preview, *, is_done: bool) -> dict[str, Any]:
    """The same for programs."""
    journal = preview.files.journal
    return {
        "schema": SCHEMA,
        "forgotten": is_done,
        "subject": preview.found.mark.subject.value,
        "title": preview.found.title,
        "documents": dict(sorted(preview.documents.items())),
        "journal": {"removed": journal.removed, "changed": journal.changed},
        "files": [str(one.path) for one in preview.files.changed],
        "not_touched": [str(path) for path in preview.kept],
    }
