"""What items of each size took: the middle half of them and their median, or each one where they are few.

Spec `sizes`:
    `sizes` [{size, n, middle, low, high}]  smallest first; middle (the median), low and high (the quartiles)
            are days, null where too few items allow none
    `dots`  [{size, n, days}]               the items of sizes that have too few for a median, one by one
"""

from collections.abc import Mapping, Sequence

from pmreport.metrics.consistency import Bucket, Consistency
from pmreport.report.charts import Points
from pmreport.report.pictures import values
from pmreport.report.view import Chart, ChartValue, Table
from pmreport.report.words import exact, in_words, plain
from pmreport.stats.ranks import Agreement

FEWEST = 2  # sizes: one alone is no comparison
SHOWN = 12
_CLEAR = 0.3  # below, an order of sizes says little about one item


def picture(told: Consistency, table: Table) -> Chart:
    """The days by size over a table of the same values; for at least `FEWEST` sizes."""
    shown = chosen(told.buckets)
    said = finding(told)
    few = f", the {SHOWN} most frequent sizes" if len(shown) < len(told.buckets) else ""
    return Chart(
        id="sizes-drawn",
        spec="sizes",
        caption=f"{said}{few}",
        description=f"Days from start to done by points: median, middle half, and single items. {said}.",
        data=data(shown),
        table=table,
    )


def chosen(buckets: Sequence[Bucket]) -> tuple[Bucket, ...]:
    """The sizes that most items have, smallest size first."""
    frequent = sorted(buckets, key=lambda bucket: (-bucket.n, bucket.points))[:SHOWN]
    return tuple(sorted(frequent, key=lambda bucket: bucket.points))


def finding(told: Consistency) -> str:
    """What may be said of size and time: an order only where its interval keeps clear of none."""
    over = in_words(told.n, "item")
    if told.agreement is None or told.agreement.rho_interval is None:
        return f"Too few to say whether larger sizes take longer, over {over}"
    return f"{_order(told.agreement)}: rank correlation {_numbers(told.agreement)}, over {over}"


def data(shown: Sequence[Bucket]) -> Mapping[str, Points]:
    """The data sets of the picture."""
    return {
        "sizes": tuple(_size(bucket) for bucket in shown),
        "dots": tuple({**_named(bucket), "days": day} for bucket in shown for day in bucket.dots),
    }


def _order(agreement: Agreement) -> str:
    low, high = agreement.rho_interval or (0.0, 0.0)
    if low > 0:
        return (
            "Larger sizes take longer" if agreement.rho >= _CLEAR else "Larger sizes take longer, if weakly"
        )
    return "Larger sizes take less long" if high < 0 else "No order shown between size and days"


def _numbers(agreement: Agreement) -> str:
    low, high = (plain(exact(edge), 2) for edge in agreement.rho_interval or ())
    return f"{plain(exact(agreement.rho), 2)} (95 % between {low} and {high})"


def _size(bucket: Bucket) -> Mapping[str, ChartValue]:
    return {
        **_named(bucket),
        "middle": bucket.median_days,
        "low": bucket.low,
        "high": bucket.high,
    }


def _named(bucket: Bucket) -> Mapping[str, ChartValue]:
    return {"size": values.number(exact(bucket.points)), "n": bucket.n}
