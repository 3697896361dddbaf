"""The private file of rates: what it may hold, and that no refusal tells a rate."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pmreport.app.rates import rates_of
from pmreport.config.load import parse
from pmreport.errors import ConfigurationError
from pmreport.metrics.rates import Rate, Rates

Load = Callable[[str | None], Rates | None]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """The rates of a configuration whose file holds a text; None: there is no file."""

    def of(text: str | None) -> Rates | None:
        if text is not None:
            (tmp_path / "rates.toml").write_text(text, encoding="utf-8")
        config = (
            "[site]\nname='a'\nurl='https://a.example'\nemail='a@a.example'\n[scope]\nprojects=['WEB']\n"
            "[money]\ncurrency='CHF'\nrates='rates.toml'\n"
        )
        return rates_of(parse(config, tmp_path / "pmreport.toml"))

    return of


def test_a_rate_may_be_one_number_or_change_on_a_day(load: Load) -> None:
    """Amounts are exact; the currency is that of the configuration."""
    rates = load(
        "[rates]\nann = 80.10\nbob = [{ rate = 75 }, { since = 2026-07-01, rate = 80 }]\n"
        "[hours_a_week]\nann = 20\n"
    )

    assert rates is not None
    assert rates.currency == "CHF"
    assert rates.by_account == {
        "ann": (Rate(None, Decimal("80.10")),),
        "bob": (Rate(None, Decimal(75)), Rate(date(2026, 7, 1), Decimal(80))),
    }
    assert rates.hours_a_week == {"ann": Decimal(20)}


def test_a_default_prices_everybody_who_is_not_named(load: Load) -> None:
    """Named people keep their own; the currency may be said again."""
    rates = load("currency = 'CHF'\ndefault = 70\nhours_a_week = 30\n[rates]\nann = 80\n")

    assert rates is not None
    assert [rates.per_hour(who, date(2026, 1, 1)) for who in ("ann", "bob", None)] == [80, 70, 70]
    assert rates.expected_hours_a_week("ann") == 30


def test_without_a_file_there_are_no_rates(tmp_path: Path) -> None:
    """A currency alone prices nothing: budgets then run in hours."""
    config = "[site]\nname='a'\nurl='https://a.example'\nemail='a@a.example'\n[scope]\nprojects=['WEB']\n"

    assert rates_of(parse(config + "[money]\ncurrency='CHF'\n", tmp_path / "pmreport.toml")) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "the file of rates cannot be read"),
        ("[rates]\nann = 4711.99 x", "the file of rates is not TOML"),
        ("[rate]\nann = 4711.99", '"rate" is not known here'),
        ("", "there is neither a section [rates] nor a default"),
        ("rates = 4711.99", "what stands in [rates] cannot be used"),
        ("default = 'much'", 'what stands in [rates] of "default" cannot be used'),
        ("currency = 'EUR'\ndefault = 4711.99", "the currency is not the one of [money], CHF"),
        ("hours_a_week = true\n[rates]", "what stands in [hours_a_week] cannot be used"),
        ('[rates]\nann = "4711.99"', 'what stands in [rates] of "ann" cannot be used'),
        ("[rates]\nann = true", 'what stands in [rates] of "ann" cannot be used'),
        ("[rates]\nann = -4711.99", 'what stands in [rates] of "ann" cannot be used'),
        ("[rates]\nann = nan", 'what stands in [rates] of "ann" cannot be used'),
        ("[rates]\nann = inf", 'what stands in [rates] of "ann" cannot be used'),
        ("[rates]\nann = 4711.99e9", 'what stands in [rates] of "ann" cannot be used'),
        ("[rates]\nann = []", 'what stands in [rates] of "ann" cannot be used'),
        ("[rates]\nann = [{ since = 2026-01-01 }]", 'what stands in [rates] of "ann" cannot be used'),
        (
            "[rates]\nann = [{ since = 2026-01-01T10:00:00, rate = 4711.99 }]",
            'what stands in [rates] of "ann" cannot be used',
        ),
        (
            "[rates]\nann = [{ rate = 4711.99 }, { rate = 80 }]",
            'two rates of "ann" begin on the same day',
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_without_telling_a_rate(
    load: Load, text: str | None, what: str
) -> None:
    """The refusal names the file, the section and the account, and says how to write it."""
    with pytest.raises(ConfigurationError) as refused:
        load(text)

    error = refused.value
    assert what in error.what
    assert "rates.toml" in (error.where or "")
    assert error.hint
    assert "4711" not in f"{error.what} {error.where} {error.hint}"
    assert error.__cause__ is None or text is None
