"""Which moments and periods can be told of, and what is said of the others."""

from datetime import UTC, datetime

import pytest

from pmreport.app.lookups import SiteFacts
from pmreport.app.moments import known_at, moments
from pmreport.errors import UsageError
from pmreport.model.instant import to_ms

BERLIN = "Europe/Berlin"
FIRST, SYNCED = datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 11, 22, 17, tzinfo=UTC)
FACTS = SiteFacts(
    name="acme",
    browse_url="https://acme.example",
    time_zone=BERLIN,
    account_id="ann",
    data_as_of_ms=to_ms(SYNCED),
    issues_known=7,
    first_ms=to_ms(FIRST),
)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_moment_after_the_sync_is_that_of_the_sync() -> None:
    """Nothing later is known; an earlier moment stays, and a site without issues refuses none."""
    assert known_at(FACTS, NOW, BERLIN) == SYNCED
    assert known_at(FACTS, FIRST, BERLIN) == FIRST
    empty = FACTS._replace(first_ms=None)
    assert known_at(empty, datetime(1, 1, 1, tzinfo=UTC), BERLIN).year == 1


@pytest.mark.parametrize("year", [1, 1500, 2025])
def test_a_moment_before_the_first_issue_is_refused(year: int) -> None:
    """The span that is known is named; no report says that its data are of the year 1500."""
    with pytest.raises(UsageError, match="no issue yet at that moment") as caught:
        moments("weekly", FACTS, asked=datetime(year, 1, 1, tzinfo=UTC), period=None, zone=BERLIN)

    assert caught.value.hint == "what is known reaches from 3 Mar 2026 to 22 Nov 2026"


@pytest.mark.parametrize(
    ("name", "period", "said"),
    [
        ("weekly", "2099-W52", "2099-W52 has not begun yet"),
        ("weekly", "2026-W49", "2026-W49 has not begun yet"),
        ("weekly", "1900-W01", "there was no issue yet in 1900-W01"),
        ("review", "2025-Q4", "there was no issue yet in 2025-Q4"),
    ],
)
def test_a_period_without_history_is_refused(name: str, period: str, said: str) -> None:
    """Before the first issue and after the moment looked from there is nothing to tell."""
    with pytest.raises(UsageError, match=said) as caught:
        moments(name, FACTS, asked=NOW, period=period, zone=BERLIN)

    assert caught.value.hint == "what is known reaches from 3 Mar 2026 to 23 Nov 2026"


@pytest.mark.parametrize(
    ("name", "period"), [("weekly", "2026-W48"), ("weekly", "2026-W10"), ("review", None)]
)
def test_a_period_that_touches_what_is_known_is_told(name: str, period: str | None) -> None:
    """The running week and the week of the first issue count; a default is never refused."""
    assert moments(name, FACTS, asked=NOW, period=period, zone=BERLIN).looked_from == SYNCED
    young = FACTS._replace(first_ms=to_ms(SYNCED))
    assert moments(name, young, asked=NOW, period=None, zone=BERLIN).period.end_instant <= NOW


def test_a_week_is_no_quarter() -> None:
    """Each report has its own kind of period."""
    with pytest.raises(UsageError, match="the review report is not made for 2026-W40"):
        moments("review", FACTS, asked=NOW, period="2026-W40", zone=BERLIN)
