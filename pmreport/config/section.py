"""What every section of a TOML file obeys, and how a fault of one is said."""

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Shape(BaseModel):
    """A section. Unknown keys are faults, nothing is converted, and what is left out stays unset."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


def fault_of(key: str | tuple[str | int, ...], what: str) -> PydanticCustomError:
    """A fault of a section that is best shown at one of its keys, or at the end of a path of keys."""
    path = (key,) if isinstance(key, str) else key
    return PydanticCustomError("fault", "{what}", {"what": what, "path": path})


def refuse_twins(ids: list[str], what: str) -> None:
    """Refuse an id that stands twice, at its second place."""
    for index, one in enumerate(ids):
        if one in ids[:index]:
            raise fault_of((index, "id"), f'there is another {what} with the id "{one}"')
