"""The first initiatives drawn: what became of their scope, what they cost, when they will be finished."""

from pmreport.report.inputs import Initiative, Inputs
from pmreport.report.pictures import costs, fan, waterfall
from pmreport.report.view import Block, Paragraph, Section
from pmreport.report.words import in_words

DRAWN = 2  # initiatives; the tables hold all of them


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """One section, in the order of the configuration; none where no initiative has a scope or a budget."""
    told = [one for one in inputs.initiatives if one.scope is not None or one.budget is not None]
    blocks = [block for one in told[:DRAWN] for block in _of(inputs, one)]
    if not blocks:
        return ()
    if len(told) > DRAWN:
        first = f"The first {DRAWN} of {in_words(len(told), 'initiative')} are drawn"
        blocks.append(Paragraph((f"{first}, in the order of the configuration.",), quiet=True))
    return (Section(id="initiatives-drawn", title="Initiatives, drawn", blocks=tuple(blocks)),)


def _of(inputs: Inputs, one: Initiative) -> tuple[Block, ...]:
    scope = () if one.scope is None else (waterfall.picture(one.scope),)
    cost = () if one.budget is None else (costs.picture(inputs, one, one.budget),)
    outlook = () if one.outlook is None else (fan.picture(one, one.outlook),)
    return (*scope, *cost, *outlook)
