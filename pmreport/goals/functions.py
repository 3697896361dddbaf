"""What the functions of a rule stand for, and where each may stand."""

from pmreport.goals.context import FieldKind, JqlContext, JqlField
from pmreport.goals.jql_error import JqlError
from pmreport.goals.tree import Clause, FunctionCall, Jql, Membership

OPEN_SPRINTS = "openSprints"

_FITS = {
    "currentUser": (FieldKind.USER, None),
    OPEN_SPRINTS: (FieldKind.SPRINT, "sprint"),
    "standardIssueTypes": (FieldKind.CHOICE, "issuetype"),
    "subTaskIssueTypes": (FieldKind.CHOICE, "issuetype"),
}


def called_ids(
    jql: Jql, call: FunctionCall, clause: Clause, field: JqlField, context: JqlContext
) -> tuple[str, ...]:
    """The ids a function stands for; none for `openSprints()`, which the history itself tells."""
    kind, field_id = _FITS[call.name]
    if field.kind is not kind or field_id not in (None, field.ids[0]):
        problem = f"{call.name}() is no value of {field.name}"
        raise JqlError(problem, text=jql.text, span=call.span)
    if call.name == "currentUser":
        return _current_user(jql, call, clause, context)
    if not isinstance(clause, Membership):
        problem, hint = f"{call.name}() gives several values", f"Write {field.name} IN {call.name}()."
        raise JqlError(problem, text=jql.text, span=call.span, hint=hint)
    if call.name == OPEN_SPRINTS:
        return ()
    every = dict.fromkeys(named.id for named in context.choices.get("issuetype", ()))
    return tuple(
        found for found in every if (found in context.subtask_types) is (call.name == "subTaskIssueTypes")
    )


def _current_user(jql: Jql, call: FunctionCall, clause: Clause, context: JqlContext) -> tuple[str, ...]:
    if isinstance(clause, Membership) and not clause.bracketed:
        hint = "Write = currentUser(), or IN (currentUser())."
        raise JqlError("currentUser() is one value, not a list", text=jql.text, span=call.span, hint=hint)
    if context.account is None:
        hint = "Write your account id in the configuration: [me] account."
        raise JqlError("nobody has said who currentUser() is", text=jql.text, span=call.span, hint=hint)
    return (context.account,)
