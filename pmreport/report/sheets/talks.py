"""What was agreed in the talks about goals, as a list."""

from pmreport.goals.goal import Goal
from pmreport.goals.talk import NOTHING, Action
from pmreport.model.journal_goals import ActionState
from pmreport.report.inputs import Inputs
from pmreport.report.sheets import state
from pmreport.report.sheets.shape import ACTIONS, Sheet
from pmreport.report.view import Column, Day, Row, Table

_COLUMNS = tuple(
    Column(title=title)
    for title in (state.ID, "Goal", "Summary", state.STATUS, "Raised", "Due", "What came of it")
)
_STATES = {None: state.OPEN, ActionState.DONE: state.DONE}


def sheet(inputs: Inputs) -> Sheet:
    """The actions of every active goal that `inputs` hold, in the order of a talk: open ones first."""
    told = [
        _row(goal, action)
        for goal in inputs.goals
        if goal.active
        for action in inputs.talks.get(goal.id, NOTHING).actions
    ]
    table = Table(
        id="actions",
        caption="What was agreed in the talks",
        columns=_COLUMNS,
        rows=tuple(told),
        empty="No action was agreed.",
    )
    return Sheet(name=ACTIONS, table=table, choices={state.STATUS: state.STATES})


def _row(goal: Goal, action: Action) -> Row:
    return Row(
        cells=(
            (state.name_of("talk", f"{goal.id} {action.agreed} {action.text}"),),
            (goal.title,),
            (action.text,),
            (_STATES.get(action.state, state.NOT_DONE),),
            (Day(action.agreed),),
            (Day(action.due),) if action.due else (),
            (action.reason,),
        )
    )
