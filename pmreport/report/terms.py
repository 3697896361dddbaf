"""The marks of a report: the definitions it uses, and the glossary of those used only."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pmreport.metrics.catalog import DEFINITIONS
from pmreport.report.view import Bars, Block, Chart, Facts, Figures, Section, Table, Term

# Ids of pmreport.metrics.catalog
COMMITMENT = "commitment"
ADDED = "added"
REMOVED = "removed"
REESTIMATED = "re-estimated"
COMPLETED = "completed"
NOT_COMPLETED = "not-completed"
COMPLETED_OUTSIDE = "completed-outside"
COMPLETION_RATIO = "completion-ratio"
COMMITMENT_RELIABILITY = "commitment-reliability"
NET_GROWTH = "net-scope-growth"
BIAS_FACTOR = "bias-factor"
TYPICAL_FACTOR = "typical-factor"
OVERDUE = "follow-ups-overdue"
UNOWNED = "follow-ups-unowned"
DELIVERED = "delivered"
CYCLE_TIME = "cycle-time"
IN_PROGRESS = "work-in-progress"
THROUGHPUT = "throughput"
AGE = "work-item-age"
SIZE_AGREEMENT = "size-agreement"
BLOCKED = "blocked"
SPI_TIME = "spi-time"
FORECAST_WHEN = "forecast-when"
SCOPE_GROWTH = "scope-growth"
EAC = "eac-typical"
CPI = "cpi"
ACTUAL_COST = "actual-cost"
EARNED_VALUE = "earned-value"
PLANNED_VALUE = "planned-value"
FINISH_BY_PACE = "finish-by-pace"
MILESTONE_SLIP = "milestone-slip"
BUDGET = "budget-at-completion"
REOPENED = "quality-reopened"

# Marks that only a report has
DATA_AGE = "data-age"
RAG = "rag"
IDEAL = "ideal-line"

MARKS: Mapping[str, Term] = MappingProxyType(
    {
        term.id: term
        for term in (
            Term(
                RAG,
                "Green, amber, red, grey",
                "Set by written thresholds: amber at or above the first, red at or above the second. Grey: "
                "the input is missing. The overall colour is that of the worst dimension that is known.",
            ),
            Term(
                DATA_AGE,
                "Age of the data",
                "Working days after the day of the last complete sync, up to the day of this report.",
            ),
            Term(
                IDEAL,
                "Ideal line",
                "An even pace over the working days from the start of a sprint to its planned end.",
            ),
        )
    }
)


def glossary(sections: Iterable[Section], also: Iterable[str] = ()) -> tuple[Term, ...]:
    """The terms that these sections use, and those of `also`, by name; an id nobody defined is left out."""
    used = {definition for section in sections for block in section.blocks for definition in _used(block)}
    used.update(also)
    found = (term_of(definition) for definition in used)
    return tuple(
        sorted((term for term in found if term is not None), key=lambda term: (term.name.lower(), term.id))
    )


def term_of(definition: str) -> Term | None:
    """The term with this id; None when nobody defined it."""
    known = DEFINITIONS.get(definition)
    return MARKS.get(definition) if known is None else Term(known.id, known.name, known.text)


def _used(block: Block) -> Iterator[str]:
    match block:
        case Figures(figures=figures):
            yield from (figure.definition for figure in figures)
        case Facts(facts=facts):
            yield from (fact.definition for fact in facts)
        case Table(columns=columns):
            yield from (column.definition for column in columns)
        case Chart(table=table) | Bars(table=table):
            yield from _used(table)
        case _:
            return
