"""The colours of a state, and how they read."""

from enum import StrEnum

from pmreport.report.view import Tone


class Colour(StrEnum):
    """A state. GREY is "not known"."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


SEVERITY = {Colour.GREY: 0, Colour.GREEN: 1, Colour.AMBER: 2, Colour.RED: 3}
TONES = {
    Colour.GREEN: Tone.GOOD,
    Colour.AMBER: Tone.WARN,
    Colour.RED: Tone.BAD,
    Colour.GREY: Tone.UNKNOWN,
}
STATES = {
    Colour.GREEN: "on track",
    Colour.AMBER: "at risk",
    Colour.RED: "off track",
    Colour.GREY: "not known",
}
DIMENSIONS = ("schedule", "scope", "budget", "quality", "data")
