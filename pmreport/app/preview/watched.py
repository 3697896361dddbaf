"""The files a preview depends on, and whether one of them has changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pmreport.config import Config
from pmreport.render.templates import searched

Stamp = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Seen:
    """How the files were: what the report is made from, and what it is dressed in."""

    content: Stamp
    looks: Stamp


def seen(path: Path, config: Config | None) -> Seen:
    """How the files are now. `config` is what `path` holds; None while it has a fault."""
    content, looks = [path], list(searched(None))
    if config is not None:
        content += [config.folder / "drafts"]
        content += [Path(config.money.rates)] if config.money.rates else []
        looks += [Path(config.report.templates)] if config.report.templates else []
    return Seen(stamp(content), stamp(looks))


def stamp(places: Iterable[Path]) -> Stamp:
    """Every file in these places with its time and its size; what vanishes meanwhile is left out."""
    return frozenset(mark for place in places for mark in _marks(place))


def _marks(place: Path) -> Iterator[tuple[str, int, int]]:
    for path in (place, *place.rglob("*")) if place.is_dir() else (place,):
        try:
            state = path.stat()
        except OSError:
            continue
        yield str(path), state.st_mtime_ns, state.st_size
