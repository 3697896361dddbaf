"""Templates of one's own: tried on the sample, listed beside the shipped ones, copied."""

import json
import re
import textwrap
from pathlib import Path
from typing import Any, get_args

import pytest

from pmreport.cli.boundary import run
from pmreport.errors import BadDataError
from pmreport.render import own_reports, page, shelf, templates, trial
from pmreport.render.fault import Fault
from pmreport.render.sample.reports import everything, frame
from pmreport.report import view
from pmreport.report.view import Bars, Chart, Report
from tests.support.schema import faults as unlike_schema

PLANTED = {
    "weekly/page.html.j2": (
        '{% extends "_page.html.j2" %}\n'
        "{% block headline %}{{ report.titel }} {{ reprot.x }}\n"
        "{% for section in report.sections %}{{ secton.title | upper }}\n"
        "{{ section.tilte }}{{ section.id | slug }}{{ section.gone | slug }}{% endfor %}{% endblock %}\n"
        "{% block contnet %}{% endblock %}\n"
        '<img src="https://pictures.example/x.png">\n'
    ),
    "weekly/pge.html.j2": "{{ report.title",
    "weekly/mail.txt.j2": "\n{{ report.title | uper }}",
    "sprint/page.html.j2": "<p>\n{{ report.title + 1 }}",
    "team/page.html.j2": '{% import "_blocks.html.j2" as b with context %}\n{{ b.calout(report.headline) }}',
    "steering/page.html.j2": '{# from: sprnt #}\n{% extends "_page.html.j2" %}',
    "charts/burnup.vl.json": '{"mark": "bar",\n "data": {"url": "https://data.example"}}',
    "charts/velocity.vl.json": '{"mark": "bar",\n "data": ',
    "charts/bars.vl.json": '{"mark": "nonsense", "data": {"name": "bars"}, "encoding": {}}',
    "charts/burnpu.vl.json": '{"mark": "bar", "data": {"name": "scope"}, "encoding": {}}',
    "theme.json": '{"light": {},\n}',
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """A folder of templates."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def plain(name: str) -> Report:
    """A report without a section."""
    return frame(name, "Harbour: at risk", "16 to 22 Nov 2026")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Fault, ...]]:
    """A folder with a fault of every kind, and what the trial says of it."""
    folder = write(tmp_path_factory.mktemp("mine"), PLANTED)
    return folder, trial.faults(folder)


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("weekly/page.html.j2:2", 'a report has no "titel"; did you mean "title"?'),
        ("weekly/page.html.j2:2", '"reprot" is nothing a template knows; did you mean "report"?'),
        ("weekly/page.html.j2:3", '"secton" is nothing a template knows; did you mean "section"?'),
        ("weekly/page.html.j2:4", 'a section has no "tilte"; did you mean "title"?'),
        ("weekly/page.html.j2:4", 'a section has no "gone"'),
        ("weekly/page.html.j2:5", '_page.html.j2 has no block "contnet"; did you mean "content"?'),
        ("weekly/page.html.j2:6", "a report fetches nothing, and this wants https://pictures.example/x.png"),
        ("weekly/pge.html.j2", 'nothing uses weekly/pge.html.j2; did you mean "weekly/page.html.j2"?'),
        ("weekly/pge.html.j2:1", "the template is broken: unexpected end"),
        ("weekly/mail.txt.j2:2", "the template is broken: No filter named 'uper'. Did you mean \"upper\"?"),
        ("sprint/page.html.j2:2", "the template is broken: can only concatenate str"),
        ("team/page.html.j2:2", '_blocks.html.j2 has no "calout"; did you mean "callout"?'),
        ("steering/page.html.j2:1", 'no report is called "sprnt"; did you mean "sprint"?'),
        ("charts/burnup.vl.json", 'the chart has a key "url"'),
        ("charts/velocity.vl.json:2", "the chart is not valid JSON"),
        ("charts/bars.vl.json", "the chart cannot be drawn"),
        ("charts/burnpu.vl.json", "nothing uses charts/burnpu.vl.json; did you mean"),
        ("theme.json:2", "the theme is not valid JSON"),
    ],
)
def test_every_fault_is_told_with_its_place(
    planted: tuple[Path, tuple[Fault, ...]], place: str, what: str
) -> None:
    """File and line, what is wrong there, and what was probably meant."""
    folder, found = planted

    assert [one for one in found if one.where == f"{folder / place}" and one.what.startswith(what)]


def test_nothing_else_is_a_fault(planted: tuple[Path, tuple[Fault, ...]]) -> None:
    """A fault is told once, though five reports meet it, and what follows from it is not."""
    assert len(planted[1]) == 18


def test_whatever_is_done_with_a_name_that_is_none_the_rest_is_looked_at(tmp_path: Path) -> None:
    """One fault a line; asking whether it is there, or saying what stands for it, is none."""
    lines = (
        "{{ report.titel + 1 }}{{ 1 - report.titel }}{{ -report.titel }}",
        "{{ report.titel() }}{{ report.titel[0] }}{{ report.titel.first.second }}",
        "{% for one in report.titel %}{{ one }}{% endfor %}",
        "{% if not report.titel or report.titel == 1 or 1 in report.titel or report.titel < 3 %}x{% endif %}",
        "{{ report.titel | length }}{{ report.titel | prose_day }}{{ report.titel | upper }}",
        "{% set a = {report.titel: 1} %}{{ report.titel }}",
        "{% if report.titel is defined %}x{% endif %}{{ report.titel | default('x') }}",
        "{{ report.sections[99].title }}",
    )
    found = trial.faults(write(tmp_path, {"review/page.html.j2": "\n".join(lines)}))

    assert [one.where.rpartition(":")[2] for one in found] == ["1", "2", "3", "4", "5", "6", "8"]

    said = {one.what for one in found}
    assert said == {'a report has no "titel"; did you mean "title"?', "there is no entry 99"}


def test_the_sample_has_everything() -> None:
    """Every kind of block and of inline part, and data for every chart that is shipped."""
    sample = everything("weekly")
    blocks = [block for section in sample.sections for block in section.blocks]
    charts = {block.spec for block in blocks if isinstance(block, Chart)} | {"bars"}
    said = repr(sample)

    assert {type(block) for block in blocks} == set(get_args(view.Block))
    assert all(f"{kind.__name__}(" in said for kind in get_args(view.Inline) if kind is not str)
    assert any(isinstance(block, Bars) for block in blocks)
    known = {one for entry in shelf.entries(None) if (one := shelf.chart_name(entry.name))}
    assert known - charts == set(), "a new chart needs rows in pmreport/render/sample"
    assert charts <= known


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ report.title | safe }}", "No filter named 'safe'"),
        ("{% autoescape false %}{{ report.title }}{% endautoescape %}", "escaping is always on"),
        ('{% include "weekly/mail.txt.j2" %}', "plain text"),
        ("{% include 'link.j2' %}", "a link out of its folder"),
    ],
)
def test_no_word_of_a_report_gets_into_a_page_unescaped(tmp_path: Path, text: str, reason: str) -> None:
    """Neither by mistake nor on purpose; and a link leads no file of the machine into a report."""
    mine = write(tmp_path / "mine", {"weekly/page.html.j2": text})
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (mine / "link.j2").symlink_to(tmp_path / "secret")

    with pytest.raises(BadDataError, match=reason):
        page.render(plain("weekly"), templates.load(mine))


def test_a_name_that_no_report_can_have_is_told(tmp_path: Path) -> None:
    """`pmreport report list` is another command; and a shipped name in capitals is another name."""
    body = '{% extends "_page.html.j2" %}'
    names = ("list/page.html.j2", "a b/page.html.j2", "THEME.css", "steering/page.html.j2")

    found = trial.faults(write(tmp_path, dict.fromkeys(names, body)))

    assert [one.what for one in found] == [
        'nothing uses THEME.css; did you mean "theme.css"?',
        'no report can be called "a b"',
        'no report can be called "list"',
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "_page.html.j2" %}{% block content %}{% include "weekly/page.html.j2" %}{% endblock %}',
        "{% if 1 %}" * 300 + "{% endif %}" * 300,
        "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    ],
    ids=["itself", "depth", "loops"],
)
def test_a_template_that_is_too_deep_is_told(tmp_path: Path, text: str) -> None:
    """It is a fault of the template with its file, and none of pmreport."""
    mine = write(tmp_path, {"weekly/page.html.j2": text})

    with pytest.raises(BadDataError, match="the template is broken") as told:
        page.render(plain("weekly"), templates.load(mine))

    assert "page.html.j2" in (told.value.where or "")


@pytest.mark.parametrize(
    "line",
    [
        "{% set n.s = n.s ~ n.s %}",
        "{% set n.s = n.s + n.s %}",
        "{{ 2000000000 * 'x' }}",
        "{% set n.s = n.s | replace('a', 'aa') %}",
        "{% set x = range(99999) | list | length %}",
    ],
)
def test_a_template_that_grows_without_end_is_told(tmp_path: Path, line: str) -> None:
    """A text that doubles, and a long list made again and again, take neither all memory nor all time."""
    text = f"{{% set n = namespace(s='aaaa') %}}{{% for i in range(9999) %}}\n{line}{{% endfor %}}"
    mine = write(tmp_path, {"weekly/page.html.j2": text})

    with pytest.raises(BadDataError, match=r"makes a text|makes too much|loops turn") as told:
        page.render(plain("weekly"), templates.load(mine))

    assert (told.value.where or "").endswith("page.html.j2:2")


def test_a_part_of_ones_own_is_escaped_whatever_its_name(tmp_path: Path) -> None:
    """`parts.j2` is brought in by a page."""
    mine = write(
        tmp_path,
        {"weekly/page.html.j2": '{% include "parts.j2" %}', "parts.j2": '<b>{{ "<i>" ~ report.title }}'},
    )

    assert page.render(plain("weekly"), templates.load(mine)).startswith("<b>&lt;i&gt;Harbour")


@pytest.mark.parametrize("name", ["theme.css", "page.js", "_page.html.j2", "_blocks.html.j2"])
def test_every_shared_file_can_be_ones_own(tmp_path: Path, name: str) -> None:
    """A word added to one's own copy stands in the page."""
    shipped = (templates.shipped_folder() / name).read_text(encoding="utf-8")
    mark = {"css": "/* mine */", "js": "// mine"}.get(name.rpartition(".")[2], "<!-- mine -->")
    added = shipped.replace("{% macro callout(block) %}", "{% macro callout(block) %}" + mark)
    mine = write(tmp_path, {name: added if added != shipped else f"{shipped}\n{mark}"})

    assert mark in page.render(plain("review"), templates.load(mine))


def test_a_report_of_ones_own_is_another_one_in_other_clothes(tmp_path: Path) -> None:
    """Its page is its own; its mail, and its values, are those of the report it is made from."""
    mine = write(
        tmp_path, {"steering/page.html.j2": "{# from: sprint #}\n{{ report.name }}: {{ report.title }}"}
    )
    found = own_reports.find(mine, "steering")
    dressed = templates.load(mine, dress="steering")

    assert found is not None
    assert found.base == "sprint"
    assert page.render(plain("sprint"), dressed).strip() == "sprint: Harbour: at risk"
    assert dressed.render("sprint/subject.txt.j2", plain("sprint")).startswith("Harbour, week 47")


@pytest.mark.parametrize("name", ["weekly", "list", "diff", "charts", ".hidden", "_parts", "two words"])
def test_not_every_folder_is_a_report_of_ones_own(tmp_path: Path, name: str) -> None:
    """A shipped name stays that report's; words of the command and hidden folders are none."""
    write(tmp_path, {f"{name}/page.html.j2": "x"})

    assert own_reports.names(tmp_path) == ()
    assert own_reports.find(tmp_path, name) is None


def test_what_the_paper_says_works(tmp_path: Path) -> None:
    """The report in docs/templates.md has no fault, and the blocks named there are those there are."""
    paper = (Path(__file__).parents[2] / "docs/templates.md").read_text(encoding="utf-8")
    lines = paper.partition("my_templates/steering/page.html.j2`:\n\n")[2].partition("\n\n")[0]
    named = re.findall(r"`(\w+)`", paper.partition("A block is one of ")[2].partition(";")[0])
    mine = write(tmp_path, {"steering/page.html.j2": textwrap.dedent(lines)})

    assert trial.faults(mine) == ()
    assert len(lines.splitlines()) < 11
    assert own_reports.names(mine) == ("steering",)
    assert sorted(named) == sorted(kind.__name__.lower() for kind in get_args(view.Block))


# The commands


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A configuration with a folder of templates that is not there yet."""
    path = tmp_path / "pmreport.toml"
    path.write_text(
        '[site]\nname = "a"\nurl = "https://jira.example"\n[scope]\nprojects = ["PM"]\n'
        '[report]\ntemplates = "mine"\n',
        encoding="utf-8",
    )
    return path


def said(desk: Path, *words: str, status: int = 0) -> None:
    """Run a command."""
    assert run(["--config", str(desk), "templates", *words], {}) == status


def standings(desk: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `templates list` says of each file."""
    capsys.readouterr()
    said(desk, "list", "--json")
    shape = json.loads(capsys.readouterr().out)
    assert unlike_schema(shape, "templates-list") == []
    return {one["name"]: one["standing"] for one in shape["templates"]}


def test_a_copy_is_followed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Unchanged, changed, and then its original changes too; a file that was never copied; a new one."""
    mine = desk.parent / "mine"
    said(desk, "copy", "weekly")
    said(desk, "copy", "burnup")
    write(mine, {"weekly/page.html.j2": "mine", "theme.css": "mine", "steering/page.html.j2": "mine"})
    record = json.loads((mine / ".copied.json").read_text())
    record["weekly/page.html.j2"]["sha256"] = "of an older version"
    before = standings(desk, capsys)
    (mine / ".copied.json").write_text(json.dumps(record))

    after = standings(desk, capsys)

    assert before["weekly/page.html.j2"] == "own"
    assert after["weekly/page.html.j2"] == "outdated"
    assert after["weekly/mail.html.j2"] == after["charts/burnup.vl.json"] == "copy"
    assert after["theme.css"] == "unknown"
    assert after["steering/page.html.j2"] == "new"
    assert after["theme.json"] == "shipped"


def test_a_copy_is_never_written_over_in_silence(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second copy is refused, nothing of it is made; --force is the word for it."""
    mine = desk.parent / "mine"
    write(mine, {"weekly/mail.html.j2": "mine"})

    said(desk, "copy", "weekly", status=2)
    assert not (mine / "weekly/page.html.j2").exists()
    assert "mail.html.j2 is there already; nothing was copied" in capsys.readouterr().err

    said(desk, "copy", "weekly", "--force")
    assert (mine / "weekly/mail.html.j2").read_text() != "mine"


def test_a_copy_is_compared_with_what_is_shipped(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Line by line, what is shipped today first."""
    said(desk, "copy", "review")
    said(desk, "diff", "review")
    said(desk, "diff", "weekly")
    assert capsys.readouterr().err.endswith("Nothing differs.\nNothing differs.\n")
    write(desk.parent / "mine", {"review/subject.txt.j2": "Mine: {{ report.subject }}\n"})

    said(desk, "diff", "review")

    assert "-{{ report.subject }}\n+Mine: {{ report.subject }}\n" in capsys.readouterr().out


def test_what_to_write_into_the_configuration_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the copies lie elsewhere than the configuration says."""
    said(desk, "copy", "theme.css", "--to", str(desk.parent / "other"))

    assert '[report]\ntemplates = "other"' in capsys.readouterr().err
    assert (desk.parent / "other" / "theme.css").is_file()


def test_a_misspelt_template_is_guessed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is copied."""
    said(desk, "copy", "wekly", status=2)

    assert 'no template is called "wekly"; did you mean "weekly"?' in capsys.readouterr().err


def test_faults_are_told_with_status_65(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As words and as JSON; a folder that is whole ends with 0."""
    said(desk, "copy", "review")
    said(desk, "check")
    assert "Nothing is wrong" in capsys.readouterr().out
    write(desk.parent / "mine", {"review/page.html.j2": "{{ report.titel }}"})

    said(desk, "check", status=65)
    told = capsys.readouterr().out
    said(desk, "check", "--json", status=65)
    shape = json.loads(capsys.readouterr().out)

    assert f'did you mean "title"?\n  --> {desk.parent / "mine/review/page.html.j2"}:1\n' in told
    assert unlike_schema(shape, "templates-check") == []
    assert [one["where"] for one in shape["faults"]] == [f"{desk.parent / 'mine/review/page.html.j2'}:1"]


def test_no_folder_is_a_fault_of_the_configuration(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to check; the table of what is shipped says so too."""
    said(desk, "check", status=78)
    said(desk, "list")
    desk.write_text(desk.read_text().partition("[report]")[0], encoding="utf-8")
    said(desk, "check", status=78)
    said(desk, "list")
    told = capsys.readouterr()

    assert "which is not there yet" in told.out
    assert "Scope as a step line" in told.out
    assert "You have none of your own" in told.out
    assert "no folder of templates is set" in told.err
