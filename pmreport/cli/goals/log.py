"""`pmreport goals log`: writes something down under a goal."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import click

from pmreport.cli import clock
from pmreport.cli.session import Session, common, pass_session

_KINDS = (
    "note",
    "decision",
    "touch-point",
    "research",
    "glossary",
    "action",
    "rating",
    "help",
    "words",
    "forecast",
)


class _Number(click.ParamType[Decimal]):
    """A number as it was typed, exact; a share may be written in percent."""

    name = "number"

    def __init__(self, *, is_share: bool = False) -> None:
        self._is_share = is_share

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        if isinstance(value, Decimal):
            return value
        text = str(value).strip()
        is_percent = self._is_share and text.endswith("%")
        try:
            number = Decimal(text.removesuffix("%") if is_percent else text)
        except InvalidOperation:
            self.fail(f"{value!r} is no number", param, ctx)
        if not number.is_finite():
            self.fail(f"{value!r} is no number", param, ctx)
        return number / 100 if is_percent else number


_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("log", short_help="Write something down under a goal.")
@click.argument("goal", metavar="ID")
@click.argument("text", metavar="TEXT")
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    metavar="KIND",
    help=f"One of {', '.join(_KINDS)}; default: note, with --range forecast.",
)
@click.option("--at", "on", type=_DAY, metavar="DATE", help="The day it is about; else today.")
@click.option(
    "--for",
    "subject",
    default="",
    metavar="WHAT",
    help="Of a forecast the item or the sprint; else the term, the competitor, the person.",
)
@click.option("--link", default="", metavar="URL", help="Where it can be seen.")
@click.option(
    "--reviewer", default="", metavar="NAME", help="Who has seen it and agrees; else it is claimed."
)
@click.option("--due", type=_DAY, metavar="DATE", help="Of an action: the day it is due.")
@click.option("--score", type=int, metavar="1-5", help="Of a rating: 1 is not yet, 5 a habit.")
@click.option("--range", "span", type=_Number(), nargs=2, metavar="LOW HIGH", help="Of a forecast: from, to.")
@click.option(
    "--confidence",
    type=_Number(is_share=True),
    metavar="P",
    help="Of a forecast: how sure, e.g. 0.8 or 80%.",
)
@click.option("--unit", default="", metavar="UNIT", help="Of a forecast: h or points; else that of the item.")
@common()
@pass_session
def command(session: Session, /, **said: Any) -> None:
    """Write TEXT down under the goal ID; it stays in your journal for good.

    An action needs --due. A glossary entry needs --for TERM, a touch-point --for NAME, a research note both
    --for NAME and --link. A rating needs --score; with a reviewer it is theirs, else your own. `words` are
    what a reviewer said; `help` is what you need. A forecast needs --range, --confidence and --for, and is
    scored when it is done:

    pmreport goals log estimation "Checkout API" --range 20 40 --confidence 0.8 --for WEB-12 --unit h
    """
    from pmreport.app import writing
    from pmreport.cli import screen
    from pmreport.goals.register import short

    is_forecast = said["kind"] == "forecast" or (said["kind"] is None and said["span"] is not None)
    workspace, now = session.workspace(), clock.now()
    if is_forecast:
        entry = writing.forecast(workspace, _range(said), now=now)
    else:
        _refuse_range(said)
        entry = writing.log(workspace, _logged(said, now, workspace.config.calendar.time_zone), now=now)
    screen.note(f"Kept as {short(entry.id)} in your journal.")


def _range(said: dict[str, Any]) -> Any:
    from pmreport.errors import UsageError
    from pmreport.model.journal_kinds import Range

    if said["span"] is None or said["confidence"] is None:
        raise UsageError(
            "a forecast needs a range and how sure you are",
            hint="write --range LOW HIGH --confidence 0.8 --for KEY",
        )
    for name in ("on", "due", "score"):
        if said[name] is not None:
            option = {"on": "at"}.get(name, name)
            raise UsageError(
                f"--{option} does not go with a forecast", hint="it counts from the moment it is said"
            )
    low, high = said["span"]
    return Range(
        about=said["subject"],
        low=low,
        high=high,
        confidence=said["confidence"],
        unit=said["unit"],
        goal=said["goal"],
        text=said["text"],
    )


def _refuse_range(said: dict[str, Any]) -> None:
    from pmreport.errors import UsageError

    for name, option in (("span", "range"), ("confidence", "confidence"), ("unit", "unit")):
        if said[name]:
            raise UsageError(f"--{option} goes with a forecast", hint="write --kind forecast")


def _logged(said: dict[str, Any], now: datetime, zone: str) -> Any:
    from zoneinfo import ZoneInfo

    from pmreport.model.journal_goals import Logged, LogKind

    today = now.astimezone(ZoneInfo(zone)).date()
    return Logged(
        goal=said["goal"],
        text=said["text"],
        what=LogKind(said["kind"] or "note"),
        on=said["on"].date() if said["on"] else today,
        link=said["link"],
        reviewer=said["reviewer"],
        subject=said["subject"],
        due=said["due"].date() if said["due"] else None,
        score=said["score"],
    )
