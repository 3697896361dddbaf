"""When the page of a preview is made again, and what is shown while it cannot be made."""

from dataclasses import dataclass, field
from pathlib import Path

from pmreport.app.preview.making import Making, Shown, Trouble, Workshop
from pmreport.app.preview.watched import Seen, stamp
from pmreport.errors import BadDataError
from pmreport.render.sample.reports import frame
from pmreport.report.view import Report


@dataclass
class Desk:
    """Files by their versions, and how often each step was done with them."""

    content: int = 0
    looks: int = 0
    fault: Exception | None = None
    done: list[str] = field(default_factory=list)
    told: list[Shown] = field(default_factory=list)

    def look(self) -> Seen:
        """The versions."""
        return Seen(frozenset({("content", self.content, 0)}), frozenset({("looks", self.looks, 0)}))

    def build(self) -> Report:
        """A report of this version."""
        self.done.append("build")
        return frame("weekly", f"Version {self.content}", "")

    def render(self, report: Report) -> str:
        """Its page, or the fault."""
        self.done.append("render")
        if self.fault:
            raise self.fault
        return f"{report.title} in {self.looks}"

    def workshop(self) -> Workshop:
        """Where the page is made."""
        return Workshop(Making(look=self.look, build=self.build, render=self.render), self.told.append)


def test_a_page_is_made_once_for_the_same_files() -> None:
    """Asked three times, it is made and told once."""
    desk = Desk()
    workshop = desk.workshop()

    shown = [workshop.now() for _ in range(3)]

    assert shown == [Shown(number=1, page="Version 0 in 0")] * 3
    assert desk.done == ["build", "render"]
    assert desk.told == shown[:1]


def test_a_template_dresses_the_same_report_anew() -> None:
    """The report is built again only where what it says may have changed."""
    desk = Desk()
    workshop = desk.workshop()
    workshop.now()
    desk.looks = 1
    first = workshop.now()
    desk.content = 1

    second = workshop.now()

    assert (first.page, second.page) == ("Version 0 in 1", "Version 1 in 1")
    assert desk.done == ["build", "render", "render", "build", "render"]


def test_the_last_good_page_stays_while_there_is_a_fault() -> None:
    """Neither ours nor the person's faults end the preview; the next change is tried."""
    desk = Desk()
    workshop = desk.workshop()
    workshop.now()
    desk.looks, desk.fault = 1, BadDataError("broken", where="page:3", hint="mend it")
    broken = workshop.now()
    desk.looks, desk.fault = 2, KeyError("secret words")
    ours = workshop.now()
    desk.looks, desk.fault = 3, None

    mended = workshop.now()

    assert broken.page == ours.page == "Version 0 in 0"
    assert broken.trouble == Trouble(what="broken", where="page:3", hint="mend it")
    assert ours.trouble is not None
    assert ours.trouble.what == "a fault of pmreport itself (KeyError)"
    assert mended == Shown(number=4, page="Version 0 in 3")


def test_a_stamp_changes_with_what_lies_below(tmp_path: Path) -> None:
    """A file that comes, that grows, that goes; a place that is not there has none."""
    seen = [stamp([tmp_path, tmp_path / "gone"])]
    for text in ("a", "ab"):
        (tmp_path / "deep").mkdir(exist_ok=True)
        (tmp_path / "deep" / "file").write_text(text)
        seen.append(stamp([tmp_path, tmp_path / "gone"]))
    (tmp_path / "deep" / "file").unlink()
    seen.append(stamp([tmp_path, tmp_path / "gone"]))

    assert len(set(seen)) == 4
