"""The pages around a preview: the frame that it stands in, and what is shown while it cannot be made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pmreport.render import sandbox, templates, vocabulary

_FOLDER = Path(__file__).parent / "preview"
_AROUND = 2  # lines before and behind the one with the fault


@dataclass(frozen=True, slots=True)
class Guarded:
    """A page, and the content security policy that lets it do what it must and no more."""

    text: str
    policy: str


def frame(name: str, number: int) -> Guarded:
    """The page that holds the report `name`, made for the `number`th time, and loads it again."""
    return _page("frame.html.j2", name=name, number=number)


def fault(
    name: str, what: str, where: str | None, hint: str | None, *, has_last: bool, watching: bool
) -> Guarded:
    """Why there is no page, with the lines around the fault; `has_last`: a good one can still be seen."""
    return _page(
        "fault.html.j2",
        name=name,
        what=what,
        where=where,
        hint=hint,
        lines=_lines(where),
        has_last=has_last,
        watching=watching,
    )


def _page(template: str, /, **words: object) -> Guarded:
    shipped = templates.load()
    made = sandbox.environment((_FOLDER, templates.shipped_folder()))
    templates.furnished(made, shipped.theme, dict(shipped.chart_settings))
    made.begin()
    style, script = made.filters["stylesheet"]("preview.css"), made.filters["script"]("preview.js")
    text = made.get_template(template).render(style=style, script=script, **words)
    return Guarded(text, _policy(style, script, text))


def _policy(style: Markup, script: Markup, text: str) -> str:
    """Nothing but its own style and script; the frame also asks this server, and shows what is on it."""
    rules = ["default-src 'none'", f"style-src {vocabulary.csp_hash(style)}"]
    if "<iframe" in text:
        rules += [f"script-src {vocabulary.csp_hash(script)}", "connect-src 'self'", "frame-src 'self'"]
    ancestors = "'none'" if "<iframe" in text else "'self'"
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'", f"frame-ancestors {ancestors}"])


def _lines(where: str | None) -> Sequence[tuple[int, str, bool]]:
    """The lines of a template around a fault, each with its number and whether it is the one."""
    place = re.fullmatch(r"(?P<path>.+\.(?:j2|json)):(?P<line>\d+)", where or "")
    if place is None or not Path(place["path"]).is_file():
        return ()
    lines = Path(place["path"]).read_text(encoding="utf-8", errors="replace").splitlines()
    at = int(place["line"])
    first = max(at - _AROUND, 1)
    return [(first + n, line, first + n == at) for n, line in enumerate(lines[first - 1 : at + _AROUND])]
