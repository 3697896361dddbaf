"""Which configuration file is read: the one asked for, else the first one found."""

from collections.abc import Mapping
from pathlib import Path

from pmreport.errors import ConfigurationError

NAME = "pmreport.toml"
EXAMPLE = "config.example.toml"
VARIABLE = "PMREPORT_CONFIG"


def find(asked: Path | None, environ: Mapping[str, str]) -> Path:
    """The configuration file.

    It is `asked` (`--config`), else what PMREPORT_CONFIG names, else `./pmreport.toml`, else the one in the
    user's configuration folder. Raises ConfigurationError where there is none.
    """
    if asked is not None:
        return _existing(asked, "--config")
    if named := environ.get(VARIABLE):
        return _existing(Path(named).expanduser(), VARIABLE)
    places = (Path(NAME), user_folder() / NAME)
    for place in places:
        if place.is_file():
            return place
    raise ConfigurationError(
        "there is no configuration yet",
        where=", then ".join(str(place) for place in places),
        hint="`pmreport init` writes one for your own Jira, `pmreport demo` shows what pmreport does "
        f"without; every option stands in {example()}",
    )


def example() -> Path:
    """The file that shows every option: beside this module in an installed package, else in the checkout."""
    folder = Path(__file__).parent
    installed = folder / EXAMPLE
    return installed if installed.is_file() else folder.parents[1] / EXAMPLE


def user_folder() -> Path:
    """The user's configuration folder on this system."""
    from platformdirs import user_config_path

    return user_config_path("pmreport", appauthor=False)


def read(path: Path) -> str:
    """The text of the file, without carriage returns. Raises ConfigurationError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        hint = "save it again as UTF-8"
        raise ConfigurationError("the file is not UTF-8 text", where=f"{path}:{line}", hint=hint) from error
    except OSError as error:
        raise ConfigurationError(f"cannot read the file: {error.strerror}", where=str(path)) from error


def _existing(path: Path, asked_by: str) -> Path:
    if path.is_file():
        return path
    if path.is_dir():
        what = f"the configuration that {asked_by} names is a folder"
        raise ConfigurationError(what, where=str(path), hint=f"name the file in it, e.g. {path / NAME}")
    raise ConfigurationError(
        f"the configuration that {asked_by} names does not exist", where=str(path), hint="check the path"
    )
