"""The page: one file that asks for nothing, says everything, and lets nothing out."""

import base64
import hashlib
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmreport.errors import BadDataError, ExitStatus
from pmreport.render import mail, markdown, page, sandbox, templates, text
from pmreport.render.templates import Templates
from pmreport.report.view import Report, Section
from tests.support import sample_report
from tests.support.html_reader import read
from tests.support.report_strategies import drawn_blocks, reports

SHIPPED = templates.load()
SAMPLES = (sample_report.weekly(), sample_report.sprint(), sample_report.review(), sample_report.hostile())
FETCHING = {
    "img",
    "iframe",
    "object",
    "embed",
    "link",
    "video",
    "audio",
    "source",
    "use",
    "image",
    "base",
    "form",
}


@pytest.mark.parametrize("report", SAMPLES, ids=["weekly", "sprint", "review", "hostile"])
def test_a_page_asks_for_nothing(report: Report) -> None:
    """No element fetches, nothing but links leads outside, no element carries a style or a handler."""
    elements = read(page.render(report, SHIPPED)).elements

    assert {tag for tag, _ in elements} & FETCHING == set()
    for tag, attributes in elements:
        assert not {"src", "srcset", "style", "srcdoc", "action", "ping"} & attributes.keys(), (
            tag,
            attributes,
        )
        assert not [name for name in attributes if name.startswith("on")]
        if "href" in attributes:
            assert tag == "a"
            assert str(attributes["href"]).startswith(("https://", "http://", "#"))


@pytest.mark.parametrize("report", SAMPLES, ids=["weekly", "sprint", "review", "hostile"])
def test_the_policy_of_a_page_allows_its_own_style_and_script_alone(report: Report) -> None:
    """The hashes in the policy are those of the one style and the one script."""
    html = page.render(report, SHIPPED)
    policy = next(
        str(attributes["content"])
        for tag, attributes in read(html).elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )

    for name in ("style", "script"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_hostile_words_stay_words() -> None:
    """Scripts, tags, template marks and closing tags in Jira's texts are read as they were typed."""
    html = page.render(sample_report.hostile(), SHIPPED)
    reader = read(html)
    said = "".join(reader.words)

    assert [tag for tag, _ in reader.elements].count("script") == 1
    assert "img" not in [tag for tag, _ in reader.elements]
    assert "<script>document.title='broken'</script>" in said
    assert '"><img src=x onerror="document.title=1">' in said
    assert "{{ report.__class__ }} {% raw %}" in said
    assert "[RLO]gnp.exe[PDF]" in said
    assert "\u202e" not in html
    assert "x" * 10_000 in said
    assert "🚀👩‍💻 العربية 中文" in said


def test_ids_are_used_once() -> None:
    """Every id of a page is valid and its own, and every link within the sample leads somewhere."""
    for report in SAMPLES:
        elements = read(page.render(report, SHIPPED)).elements
        names = [str(attributes["id"]) for _, attributes in elements if "id" in attributes]

        assert len(names) == len(set(names))
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name) for name in names)


def test_the_same_report_gives_the_same_bytes() -> None:
    """Drawn twice, and drawn by templates loaded anew."""
    report = sample_report.weekly()

    assert (
        page.render(report, SHIPPED) == page.render(report, SHIPPED) == page.render(report, templates.load())
    )


def test_a_page_is_small_and_quick() -> None:
    """A weekly with four pictures is under 100 kB; drawn on a busy machine it still takes only seconds."""
    report = sample_report.weekly()
    started = time.perf_counter()

    html = page.render(report, SHIPPED)

    assert len(html.encode()) < 100_000
    assert time.perf_counter() - started < 10


def test_two_hundred_items_fit() -> None:
    """A page of 200 items stays under 300 kB."""
    assert (
        len(page.render(replace(sample_report.sprint(), sections=(sample_report.items(200),)), SHIPPED))
        < 300_000
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(report=reports())
def test_drawing_never_fails(report: Report) -> None:
    """Any report has a page, mail, text and Markdown, and no word of it stands where it chose."""
    elements = read(page.render(report, SHIPPED)).elements
    said = mail.render(replace(report, audience="manager"), SHIPPED)
    written = text.render(report, SHIPPED)
    marked = markdown.render(report, SHIPPED)

    assert [tag for tag, _ in elements].count("script") == 1
    assert "script" not in [tag for tag, _ in read(said.html).elements]
    assert max(map(len, said.text.splitlines())) <= 78
    assert max(map(len, written.splitlines())) <= 78
    assert "\n" not in said.subject
    assert "<script" not in marked.replace("\\<script", "")


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(block=drawn_blocks, name=st.text(max_size=5))
def test_any_picture_can_be_drawn(block: object, name: str) -> None:
    """Charts and bars of any data draw, though it may be nothing."""
    section = Section(id=name, title=name, blocks=(block,))  # type: ignore[arg-type] # hypothesis gives an object

    html = page.render(replace(sample_report.weekly(), sections=(section,)), SHIPPED)

    assert html.count("<svg") >= 0
    assert "style=" not in html


def test_a_report_nobody_has_drawn_is_named() -> None:
    """A report of another name needs a folder of that name."""
    with pytest.raises(BadDataError, match=r"no template our-own/page\.html\.j2"):
        page.render(replace(sample_report.weekly(), name="our-own"), SHIPPED)


def test_what_is_missing_is_a_dash(tmp_path: Path) -> None:
    """A template that prints nothing known prints no "None"."""
    own = write(
        tmp_path,
        "our-own/page.html.j2",
        "{{ report.sections[0].blocks[0].figures[0].missing }} {{ report.title }}",
    )

    assert page.render(replace(sample_report.weekly(), name="our-own"), own).startswith("– Harbour")


# Templates


def write(folder: Path, name: str, content: str) -> Templates:
    """The templates of a user who has changed one file."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return templates.load(folder)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("{% extends '_page.html.j2' %}\n\n{% block headline %}{{ report.titel }}{% endblock %}", 3, "titel"),
        ("<p>\n{% if report.title %}\n</p>", 3, "'if'"),
        ("{{ report.title | shout }}", 1, "shout"),
        ("{{ reprot.title }}", 1, "reprot"),
        ("\n{{ report.title + 1 }}", 2, "concatenate"),
        ("\n\n{{ report.title | prose_day }}", 3, "day"),
        ("{{ report.__class__.__mro__ }}", 1, "unsafe"),
        ("{% include '../../../../etc/passwd' %}", None, "no template"),
        ("\n{% include 'gone.j2' %}", 2, "no template gone.j2"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            1,
            "turn more than",
        ),
        ("{{ 'a' * 10000000000 }}", 1, "* makes too much here"),
        ("{{ 10 ** 10 ** 9 }}", 1, "** makes too much here"),
    ],
    ids=[
        *("field", "unclosed", "filter", "variable", "sum", "argument", "sandbox", "outside", "gone"),
        *("loops", "text", "power"),
    ],
)
def test_a_broken_template_names_its_line(
    tmp_path: Path, content: str, line: int | None, reason: str
) -> None:
    """The user is told the file, the line and the reason, with status 65."""
    broken = write(tmp_path, "weekly/page.html.j2", content)

    with pytest.raises(BadDataError) as caught:
        page.render(sample_report.weekly(), broken)

    assert caught.value.status is ExitStatus.BAD_DATA
    assert reason in caught.value.what
    if line is not None:
        assert caught.value.where == f"{tmp_path / 'weekly/page.html.j2'}:{line}"


def test_loops_over_a_name_are_counted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever they go over; told with fewer turns than are allowed, which take seconds."""
    monkeypatch.setattr(sandbox, "_MOST_TURNS", 20_000)
    loops = "{% set r = range(99999) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}"
    broken = write(tmp_path, "weekly/page.html.j2", loops)

    with pytest.raises(BadDataError, match="turn more than 20,000") as caught:
        page.render(sample_report.weekly(), broken)

    assert caught.value.where == f"{tmp_path / 'weekly/page.html.j2'}:1"


@pytest.mark.parametrize("name", ["weekly/page.html.j2", "theme.json"])
def test_a_template_that_is_not_utf_8_is_named(tmp_path: Path, name: str) -> None:
    """An editor of long ago saved it; the file is told, and how to save it."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"caf\xe9")

    with pytest.raises(BadDataError, match="the template is not UTF-8 text") as caught:
        page.render(sample_report.weekly(), templates.load(tmp_path))

    assert caught.value.where == str(tmp_path / name)


def test_an_empty_page_is_a_fault(tmp_path: Path) -> None:
    """Nobody is sent a page with nothing on it."""
    empty = write(tmp_path, "weekly/page.html.j2", "\n{# nothing #}\n")

    with pytest.raises(BadDataError, match="the template writes nothing") as caught:
        page.render(sample_report.weekly(), empty)

    assert caught.value.where == str(tmp_path / "weekly/page.html.j2")


def test_a_misspelt_field_is_guessed(tmp_path: Path) -> None:
    """`report.titel` was probably `report.title`."""
    broken = write(tmp_path, "weekly/page.html.j2", "{{ report.titel }}")

    with pytest.raises(BadDataError) as caught:
        page.render(sample_report.weekly(), broken)

    assert caught.value.what.endswith('a report has no "titel"; did you mean "title"?')


def test_the_users_folder_comes_first(tmp_path: Path) -> None:
    """One file of one's own changes one part; the policy follows a style of one's own."""
    own = write(tmp_path, "theme.css", "body { color: var(--bad) }")

    html = page.render(sample_report.review(), own)

    assert "body { color: var(--bad) }" in html
    assert f"style-src 'sha256-{_hash_of_style(html)}'" in html


def _hash_of_style(html: str) -> str:
    (style,) = re.findall("<style>(.*?)</style>", html, flags=re.DOTALL)
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def test_a_template_cannot_leave_its_folders(tmp_path: Path) -> None:
    """A file beside the folder is not a template."""
    (tmp_path / "secret.j2").write_text("secret", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    mine = templates.load(tmp_path / "mine")

    assert mine.has("weekly/page.html.j2")
    assert not mine.has("../secret.j2")
    assert not mine.has(str(tmp_path / "secret.j2"))


def test_a_fault_of_our_own_is_not_blamed_on_a_template() -> None:
    """A report that is no report crashes, for that is a bug and no typing error."""
    broken = replace(sample_report.weekly(), time_zone="Nowhere/At_All")

    with pytest.raises(KeyError):
        page.render(broken, SHIPPED)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("theme.json", "{", "theme"),
        ("theme.json", '{"font": "x", "light": {}, "dark": {"a": "#000000"}}', "same colours"),
        ("charts/config.json", "[]", "not a JSON object"),
    ],
)
def test_a_broken_theme_is_named(tmp_path: Path, name: str, content: str, reason: str) -> None:
    """A theme that cannot be used stops at once, naming the file."""
    with pytest.raises(BadDataError, match=reason) as caught:
        write(tmp_path, name, content)

    assert str(tmp_path / name) in str(caught.value.where)
