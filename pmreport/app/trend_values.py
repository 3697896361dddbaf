"""What the test of trends says of a number, as a value beside it."""

from collections.abc import Iterable, Sequence

from pmreport.metrics.value import Value
from pmreport.report import trends

_TREND = "-trend"


def trend_value(definition: str, shares: Sequence[float], time: str) -> Value:
    """What may be said of the shares from one `time` to the next, beside the number it is about."""
    return Value(
        id=f"{definition}{_TREND}",
        definition=definition,
        label=definition,
        value=None,
        unit="",
        n=len(shares),
        note=trends.change_words(shares, time),
    )


def trend_words_by_number(values: Iterable[Value]) -> dict[str, str]:
    """What the test of trends says, by the id of the number it is about."""
    return {
        f"{name}-typical-factor" if value.definition == "estimation-trend" else name: value.note
        for value in values
        if (name := value.id.removesuffix(_TREND)) != value.id
    }
