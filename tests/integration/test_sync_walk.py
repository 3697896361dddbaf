"""Every issue is met, whatever happens between two pages."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.errors import TryLaterError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.dialect import CLOUD, DATA_CENTER, Dialect
from pmreport.jira.paging import Json
from pmreport.jira.settings import Deployment, SiteSettings
from pmreport.model.instant import to_ms
from pmreport.sync.walk import Trail, Walk, settled_ms
from tests.support.fake_jira import Card, FakeJira, Shelf

BERLIN = ZoneInfo("Europe/Berlin")
NOW_MS = to_ms(datetime(2026, 11, 20, 10, tzinfo=UTC))
MINUTE = 60_000
BOTH = pytest.mark.parametrize("dialect", [CLOUD, DATA_CENTER], ids=["cloud", "data center"])


def cards(count: int, *, apart_ms: int = 25_000, end_ms: int = NOW_MS - 60 * MINUTE) -> list[Card]:
    """So many issues, changed one after the other, the last one at `end_ms`."""
    stamps = [end_ms - apart_ms * (count - number) for number in range(1, count + 1)]
    return [Card(number=n, created_ms=at, updated_ms=at) for n, at in enumerate(stamps, start=1)]


@contextmanager
def walking(
    shelf: Shelf, dialect: Dialect, *, zone: ZoneInfo | None = BERLIN, size: int = 20
) -> Iterator[tuple[FakeJira, Walk]]:
    """A walk over the shelf, oldest change first, and the server that sees its questions."""
    with FakeJira() as jira:
        jira.say(f"/{dialect.api}/{dialect.search_path}", shelf.search)
        site = SiteSettings(name="acme", url=jira.url, deployment=Deployment(dialect.deployment))
        trail = Trail(
            terms='project = "ABC"',
            order="updated",
            fields=("created", "updated"),
            size=size,
            zone=zone,
            settled_ms=settled_ms(NOW_MS),
        )
        with JiraClient(site, Credential(token="t", email="e@acme.example")) as client:  # noqa: S106 - made up
            client.dialect = dialect
            yield jira, Walk(client=client, trail=trail)


def numbers(pages: list[list[Json]]) -> list[int]:
    """The issues of some pages."""
    return [int(each["id"]) for page in pages for each in page]


@BOTH
def test_each_issue_is_met_once_and_in_order(dialect: Dialect) -> None:
    """Oldest change first: what changes meanwhile moves to where it is still to be read."""
    shelf = Shelf(cards=cards(130), zone=BERLIN)

    with walking(shelf, dialect) as (_, walk):
        pages = list(walk.pages())

    assert numbers(pages) == list(range(1, 131))


@BOTH
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), apart_ms=st.sampled_from([7_000, 40_000]))
def test_no_issue_is_lost_to_the_edits_of_others(dialect: Dialect, seed: int, apart_ms: int) -> None:
    """Between two pages somebody edits two issues and deletes one: what was there all the time is met.

    (Where a single minute fills several pages they are followed by offset; there the roll call helps.)
    """
    dice = random.Random(seed)  # noqa: S311 - a story, no secret
    shelf = Shelf(cards=cards(90, apart_ms=apart_ms), zone=BERLIN)

    def meanwhile(answered: int) -> None:
        for card in dice.sample(shelf.cards, 2):
            card.updated_ms = NOW_MS + answered * 1000
        shelf.cards.remove(dice.choice(shelf.cards))

    shelf.meanwhile = meanwhile
    with walking(shelf, replace(dialect, deepest=60), size=10) as (_, walk):
        met = set(numbers(list(walk.pages())))

    assert {card.number for card in shelf.cards if card.updated_ms < NOW_MS} <= met


def test_an_issue_that_changes_meanwhile_comes_again() -> None:
    """Its newer state is what is to be stored."""
    shelf = Shelf(cards=cards(50), zone=BERLIN)

    def meanwhile(answered: int) -> None:
        if answered == 1:
            shelf.cards[0].updated_ms = NOW_MS

    shelf.meanwhile = meanwhile
    with walking(shelf, DATA_CENTER) as (_, walk):
        pages = list(walk.pages())

    assert numbers(pages).count(1) == 2
    assert walk.read[1] == NOW_MS


def test_an_offset_never_passes_the_window() -> None:
    """Beyond it the server answers 500; a minute with more issues than that is walked by keys."""
    crowd = [Card(number=n, created_ms=NOW_MS, updated_ms=NOW_MS - 30 * MINUTE) for n in range(100, 400)]
    shelf = Shelf(cards=[*cards(90), *crowd], zone=BERLIN, window=100)

    with walking(shelf, replace(DATA_CENTER, deepest=100)) as (jira, walk):
        pages = list(walk.pages())

    assert sorted(numbers(pages)) == sorted(card.number for card in shelf.cards)
    assert max(asked.body["startAt"] + asked.body["maxResults"] for asked in jira.asked) <= 100
    assert any('key > "' in asked.body["jql"] for asked in jira.asked)


def test_a_server_without_key_ranges_ends_the_run() -> None:
    """Better to stop and say so than to lose what stands behind the window."""
    crowd = [Card(number=n, created_ms=1, updated_ms=NOW_MS - 30 * MINUTE) for n in range(100, 400)]
    shelf = Shelf(cards=crowd, zone=BERLIN, window=100, knows_key_ranges=False)

    with walking(shelf, replace(DATA_CENTER, deepest=100)) as (_, walk), pytest.raises(TryLaterError):
        list(walk.pages())


def test_a_repeated_token_does_not_lead_in_circles() -> None:
    """A server that names the same next page for ever: minutes lead on, and keys where a minute is full."""
    crowd = [Card(number=n, created_ms=1, updated_ms=NOW_MS - 30 * MINUTE) for n in range(200, 300)]
    shelf = Shelf(cards=[*cards(130), *crowd], zone=BERLIN, repeat_token=True)

    with walking(shelf, CLOUD) as (_, walk):
        pages = list(walk.pages())

    assert sorted(numbers(pages)) == sorted(card.number for card in shelf.cards)


@BOTH
def test_short_pages_are_no_end(dialect: Dialect) -> None:
    """A server may give fewer issues than it was asked for."""
    shelf = Shelf(cards=cards(60), zone=BERLIN, cap=3)

    with walking(shelf, dialect) as (_, walk):
        pages = list(walk.pages())

    assert numbers(pages) == list(range(1, 61))


@BOTH
def test_an_unknown_zone_loses_nothing(dialect: Dialect) -> None:
    """Without the zone in which Jira reads our minutes every zone must do."""
    shelf = Shelf(cards=cards(120, apart_ms=40 * MINUTE), zone=ZoneInfo("Pacific/Auckland"))

    with walking(shelf, dialect, zone=None) as (_, walk):
        pages = list(walk.pages())

    assert numbers(pages) == list(range(1, 121))


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_happens_twice_is_walked_whole(fold: int) -> None:
    """The minute 02:30 of that night is two instants, and nobody knows which one Jira takes it for."""
    night = to_ms(datetime(2026, 10, 25, 3, tzinfo=UTC))
    shelf = Shelf(cards=cards(200, apart_ms=MINUTE, end_ms=night), zone=BERLIN, fold=fold)

    with walking(shelf, DATA_CENTER) as (jira, walk):
        pages = list(walk.pages())

    assert numbers(pages) == list(range(1, 201))
    assert len(jira.asked) < 40
