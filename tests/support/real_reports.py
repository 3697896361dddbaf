"""The five reports as real inputs give them, with something of everything, and of nothing."""

from pmreport.report import build
from pmreport.report.inputs import Inputs
from pmreport.report.view import Report
from tests.support.flowing import estimation_inputs, team_inputs
from tests.support.report_inputs import empty_inputs, rich_inputs

NAMES = ("weekly", "sprint", "estimation", "team", "review")
_INPUTS = {"team": team_inputs, "estimation": estimation_inputs}


def inputs(name: str) -> Inputs:
    """What the report of this name is built from."""
    return _INPUTS.get(name, rich_inputs)()


def report(name: str) -> Report:
    """The report of this name, full."""
    built: Report = getattr(build, name)(inputs(name))
    return built


def empty(name: str) -> Report:
    """The report of this name over no item at all."""
    built: Report = getattr(build, name)(empty_inputs())
    return built
