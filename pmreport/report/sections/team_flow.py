"""How work flows for the team: numbers of every board, and what is too old for its column."""

from decimal import Decimal

from pmreport.report import links, terms
from pmreport.report.inputs import BoardFlow, Inputs
from pmreport.report.sections import flow_figures, flow_pictures
from pmreport.report.view import Block, Column, Figures, Mark, Number, Paragraph, Row, Section, Table, Tone
from pmreport.report.words import in_words

SHOWN = 10
_COLUMNS = (
    Column(title="Item"),
    Column(title="Column"),
    Column(title="Age in days", numeric=True, definition=terms.AGE),
    Column(title="Half had left it at", numeric=True),
    Column(title="85 % had left it at", numeric=True),
    Column(title="State"),
)


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """For every board its numbers, then its oldest items; one section that says so where nothing flows."""
    if not inputs.flow:
        none = Paragraph(("No board and no item is known, so nothing flows.",))
        return (Section(id="flow", title="Flow", blocks=(none,), brief=True),)
    return tuple(_board(inputs, board) for board in inputs.flow)


def _board(inputs: Inputs, board: BoardFlow) -> Section:
    blocks: list[Block] = [
        Figures(flow_figures.of_board(board)),
        *flow_pictures.ageing(board),
        ageing(inputs, board),
        *flow_pictures.cycle_times(inputs, board),
        *flow_pictures.cumulative_flow(board),
    ]
    warnings = (*board.notes, *board.summary.warnings)
    if warnings:
        blocks.append(Paragraph((f"To know: {'; '.join(warnings)}.",), quiet=True))
    return Section(id=board.id, title=board.name, blocks=tuple(blocks), brief=True)


def ageing(inputs: Inputs, board: BoardFlow, *, shown: int | None = SHOWN) -> Table:
    """The items in progress on a board, the oldest first; `shown` None: all that are known by name."""
    known = board.summary.ageing
    told = known.items[:shown]
    return Table(
        id=f"{board.id}-ageing",
        caption=f"{in_words(known.n, 'item')} in progress, the oldest first",
        columns=_COLUMNS,
        rows=tuple(
            Row(
                cells=(
                    (links.named(inputs, item.issue_key, f"{item.issue_key} {item.summary}"),),
                    (item.column,),
                    (_days(item.age_days),),
                    (_days(item.typical_days),),
                    (_days(item.slow_days),),
                    (Mark("Slow", Tone.WARN) if item.is_slow else Mark("As usual"),),
                )
            )
            for item in told
        ),
        more=max(0, known.n - len(told)),
        empty="Nothing is in progress.",
    )


def _days(count: int | None) -> Number:
    return Number(value=None if count is None else Decimal(count))
