"""Restatements: numbers of the last report that was sent, and are others now."""

from collections.abc import Iterable, Iterator, Mapping

from pmreport.report.differences import between, changed_keys, why
from pmreport.report.freeze import Frozen
from pmreport.report.inputs import Restatement
from pmreport.report.told import Told

DELIVERED = "delivered"  # the id of the number that counts what was done in the period


def restatements(
    sent: Frozen, again: Frozen, delivered: Iterable[str], happened: Mapping[str, str]
) -> tuple[Restatement, ...]:
    """Every number of the report `sent` that is another one when it is built `again` for the same moment.

    `delivered` are the keys of what was done in its period as it is known today, restricted ones empty: what
    was reopened since does not count there any more, and the reader of two reports has to hear why.
    """
    found = between(sent, again, happened)
    general = "; ".join(found.causes)
    return (
        *_delivered(sent.told, tuple(delivered), happened),
        *(
            Restatement(
                period=sent.told.period,
                label=one.label,
                was=one.was.text,
                now=one.now.text,
                why="; ".join(filter(None, (one.why, general))),
            )
            for one in found.figures
            if one.was is not None and one.now is not None and one.id != DELIVERED
        ),
    )


def keys_to_explain(sent: Told, again: Told, delivered: Iterable[str]) -> frozenset[str]:
    """The items whose fate says why a number changed."""
    was, now = _keys(sent), frozenset(delivered) - {""}
    return changed_keys(sent, again) | (was ^ now)


def _keys(told: Told) -> frozenset[str]:
    found = told.figure(DELIVERED)
    return frozenset(found.keys if found else ())


def _delivered(sent: Told, delivered: tuple[str, ...], happened: Mapping[str, str]) -> Iterator[Restatement]:
    found = sent.figure(DELIVERED)
    if found is None or found.value is None or found.value == len(delivered):
        return
    known, now = frozenset(found.keys), frozenset(delivered) - {""}
    has_all = len(known) == found.value  # else some had no name, or the link had no room for them
    yield Restatement(
        period=sent.period,
        label=found.label,
        was=found.text,
        now=str(len(delivered)),
        why=why(sorted(known - now), sorted(now - known) if has_all else (), happened),
    )
