"""What the forecasts mean."""

from pmreport.metrics.definition import Definition

_SAMPLING = "Throughput sampling, computed exactly instead of simulated"

ALL = (
    Definition(
        id="forecast-when",
        name="Finished by",
        unit="date",
        text="The first week by which everything left is finished with at least this probability, if each "
        "of the sampled weeks, zeros included, is as likely to come again as any other. What is in "
        "progress counts as left. The running week is not sampled, and a week with holidays counts "
        "like any other unless weeks are counted in working days. The probability beside it is exact.",
        source=_SAMPLING,
    ),
    Definition(
        id="forecast-how-many",
        name="Finished in so many weeks",
        unit="items",
        text="The largest number of items that the coming weeks finish with at least this probability, "
        "under the same assumption.",
        source=_SAMPLING,
    ),
    Definition(
        id="backtest",
        name="Came true",
        unit="%",
        text="How many forecasts like this one, made at past weeks from the weeks before them, came true. "
        "The weeks they speak about do not overlap. Fewer than ten prove nothing: the forecast is "
        "untested.",
        source="Exact binomial test; interval by Wilson",
    ),
)
