"""The first initiatives drawn: what became of their scope, what they cost, when they will be finished.

Pictures of one kind stand beside each other, so that initiatives can be compared.
"""

from itertools import chain, zip_longest

from pmreport.report.inputs import Initiative, Inputs
from pmreport.report.pictures import costs, fan, waterfall
from pmreport.report.view import Block, Paragraph, Section
from pmreport.report.words import in_words

DRAWN = 2  # initiatives; the tables hold all of them


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """One section, in the order of the configuration; none where no initiative has a scope or a budget."""
    told = [one for one in inputs.initiatives if one.scope is not None or one.budget is not None]
    kinds = zip_longest(*(_of(inputs, one) for one in told[:DRAWN]))
    blocks = [block for block in chain.from_iterable(kinds) if block is not None]
    if not blocks:
        return ()
    if len(told) > DRAWN:
        first = f"The first {DRAWN} of {in_words(len(told), 'initiative')} are drawn"
        blocks.append(Paragraph((f"{first}, in the order of the configuration.",), quiet=True))
    return (Section(id="initiatives-drawn", title="Initiatives, drawn", blocks=tuple(blocks)),)


def _of(inputs: Inputs, one: Initiative) -> tuple[Block | None, ...]:
    return (
        None if one.scope is None else waterfall.picture(one.scope),
        None if one.budget is None else costs.picture(inputs, one, one.budget),
        None if one.outlook is None else fan.picture(one, one.outlook),
    )
