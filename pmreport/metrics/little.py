"""Little's Law as a check: whether averages of this flow may be trusted at all."""

from dataclasses import dataclass
from fractions import Fraction

NOT_USABLE = Fraction(1, 4)
_ALIKE = Fraction(1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One window of a flow. Times are in any one unit; `in_progress_time` sums what each item spent in it.

    `departed_time` sums the whole cycle times of the `departed` items. `age_before` and `age_after` sum the
    ages of what was in progress at the start and at the end of the window.
    """

    length: int
    in_progress_time: int
    arrived: int
    departed: int
    departed_time: int
    before: int
    after: int
    age_before: int = 0
    age_after: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LittlesLaw:
    """`residual` = average WIP / (throughput x average cycle time) - 1; None where nothing was finished.

    `throughput` is a unit of time, `cycle_time` in it. `failed` names the conditions that did not hold.
    """

    average_wip: Fraction
    throughput: Fraction
    cycle_time: Fraction | None
    residual: Fraction | None
    failed: tuple[str, ...]

    @property
    def is_usable(self) -> bool:
        """Whether averages of this window say anything about the weeks to come."""
        return self.residual is not None and abs(self.residual) <= NOT_USABLE


def littles_law(balance: Balance) -> LittlesLaw:
    """littles-law: average work in progress against throughput times average cycle time, exactly.

    The conditions are those of Vacanti. Raises ValueError for a window without length.
    """
    if balance.length <= 0:
        raise ValueError(f"a window needs a length: {balance.length}")
    average = Fraction(balance.in_progress_time, balance.length)
    rate = Fraction(balance.departed, balance.length)
    cycle = Fraction(balance.departed_time, balance.departed) if balance.departed else None
    product = rate * cycle if cycle else None
    return LittlesLaw(
        average_wip=average,
        throughput=rate,
        cycle_time=cycle,
        residual=average / product - 1 if product else None,
        failed=tuple(_failed(balance)),
    )


def _failed(balance: Balance) -> list[str]:
    failed = []
    if not _alike(balance.arrived, balance.departed):
        failed.append(f"{balance.arrived} items came in and {balance.departed} left")
    if not _alike(balance.departed, balance.departed - balance.dropped):
        failed.append(f"{balance.dropped} items were dropped, not finished")
    if not _alike(balance.before, balance.after):
        failed.append(f"work in progress went from {balance.before} to {balance.after} items")
    if balance.before and balance.after:
        older = Fraction(balance.age_after * balance.before, balance.after * max(balance.age_before, 1))
        if older > 1 + _ALIKE:
            failed.append(f"the average age of work in progress grew to {float(older):.1f} times what it was")
    return failed


def _alike(one: int, other: int) -> bool:
    """Equal but for one item, or for a tenth."""
    return abs(one - other) <= 1 or abs(one - other) <= _ALIKE * max(one, other)
