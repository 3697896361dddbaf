"""The page and the mail as a browser shows them."""

from collections.abc import Callable

import pytest

from tests.support.browsers import Opened

Opener = Callable[..., Opened]


@pytest.mark.parametrize(("width", "shown"), [(390, "narrow"), (1100, "wide")])
def test_one_drawing_of_each_chart_is_shown(open_page: Opener, width: int, shown: str) -> None:
    """The narrow one on a phone, the wide one elsewhere."""
    page = open_page("weekly", width=width).page

    assert page.locator(".chart svg:visible").count() == page.locator(f".chart .{shown} svg").count() == 3


def test_dark_is_dark(open_page: Opener) -> None:
    """Ground, words and the lines of a chart change with the reader's choice."""
    colours = """[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color,
      getComputedStyle(document.querySelector('.wide svg .s-ink')).stroke]"""

    light = open_page("weekly", color_scheme="light").page.evaluate(colours)
    dark = open_page("weekly", color_scheme="dark").page.evaluate(colours)

    assert light[0] == "rgb(255, 255, 255)"
    assert all(one != other for one, other in zip(light, dark, strict=True))


def test_a_table_is_searched_and_sorted(open_page: Opener) -> None:
    """Words and choice narrow it with a live count; a click sorts by what is meant, unknown last."""
    page = open_page("sprint").page
    table = page.locator("#items-table")
    page.get_by_label("Status").select_option("Blocked")
    page.get_by_label("Search").fill("release note")
    count = page.locator(".controls output").inner_text()
    shown = table.locator("tbody tr:visible").count()
    page.get_by_label("Search").fill("")
    page.get_by_label("Status").select_option("")
    points = "td:nth-child(5)"

    table.get_by_role("button", name="Points").click()
    rising = table.locator(points).all_inner_texts()
    table.get_by_role("button", name="Points").click()
    falling = table.locator(points).all_inner_texts()

    assert count == f"{shown} of 70 shown"
    assert 0 < shown < 20
    assert (rising[0], rising[-1]) == ("1", "–")
    assert (falling[0], falling[-1]) == ("8", "–")
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize(
    ("column", "rising", "falling"),
    [
        ("Item", "6543210", "0123456"),
        ("Points", "1543062", "0634152"),
        ("Due", "1605432", "3405162"),
        ("Read", "6543210", "0123456"),
        ("State", "1350246", "0246135"),
    ],
)
def test_a_column_is_sorted_by_what_it_means(
    open_page: Opener, column: str, rising: str, falling: str
) -> None:
    """By value, not by letters; equals keep their order, unknown ones stay last, a third click undoes it."""
    page = open_page("sorting").page
    head = page.get_by_role("columnheader", name=column)
    seen = []

    for _ in range(3):
        head.get_by_role("button").click()
        places = page.locator("#all td:last-child").all_inner_texts()
        seen.append((head.get_attribute("aria-sort"), "".join(place[-1] for place in places)))

    assert seen == [("ascending", rising), ("descending", falling), (None, "0123456")]


def test_the_keyboard_is_enough(open_page: Opener) -> None:
    """The first stop skips to the report, a chart's table opens with Enter, a wide table can be scrolled."""
    page = open_page("weekly").page

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    landed = page.evaluate("document.activeElement.id")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")

    assert (first, landed) == ("skip", "content")
    assert page.locator("#burn-up-table").is_visible()
    assert page.locator(".scroll:not([tabindex='0'])").count() == 0


def test_every_stop_of_the_keyboard_is_seen_and_in_order(open_page: Opener) -> None:
    """From top to bottom as one reads, each with a ring; a heading sorts and a field filters with keys."""
    page = open_page("sorting").page
    wanted = page.evaluate(
        "document.querySelectorAll('a[href], button, input, select, [tabindex=\"0\"]').length"
    )
    stops = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(_STOP))

    page.get_by_role("button", name="Points").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Search").focus()
    page.keyboard.type("web-14")

    assert [place for place, _ in stops] == sorted(place for place, _ in stops)
    assert all(ring for _, ring in stops)
    assert len({place for place, _ in stops}) == wanted
    assert page.locator("th[aria-sort=ascending]").inner_text().strip().endswith("Points")
    assert page.locator(".controls output").inner_text() == "1 of 7 shown"


_STOP = """() => {
  const active = document.activeElement, seen = getComputedStyle(active);
  return [[...document.querySelectorAll("*")].indexOf(active), seen.outlineStyle !== "none"];
}"""


def test_a_rating_can_be_given_by_keyboard(open_page: Opener) -> None:
    """Without a script: the fields take focus, arrows choose a number, and the other's rating stays empty."""
    shown = open_page("real/review", java_script_enabled=False).page
    shown.locator("#own-estimation-scale").focus()
    shown.keyboard.press("ArrowRight")
    shown.keyboard.press("ArrowRight")
    chosen = shown.locator("input[type=radio]:checked")

    assert chosen.count() == 1
    assert chosen.get_attribute("name") == "own-estimation-scale"
    assert chosen.get_attribute("value") == "3"
