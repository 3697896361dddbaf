"""What the functions of a rule stand for, and where each may stand."""

from pmreport.goals.context import FieldKind, JqlContext, JqlField, SprintState
from pmreport.goals.jql_error import JqlError, did_you_mean
from pmreport.goals.jql_words import DATE_FUNCTIONS, VERSION_FUNCTIONS
from pmreport.goals.tree import Clause, FunctionCall, Jql, Membership

_SPRINTS = {
    "openSprints": SprintState.OPEN,
    "closedSprints": SprintState.CLOSED,
    "futureSprints": SprintState.FUTURE,
}
_VERSIONS = ("fixVersions", "versions")
_TYPES = ("issuetype",)
_FITS: dict[str, tuple[FieldKind, tuple[str, ...]]] = {  # no ids: any field of the kind
    "currentUser": (FieldKind.USER, ()),
    **dict.fromkeys(_SPRINTS, (FieldKind.SPRINT, ("sprint",))),
    "standardIssueTypes": (FieldKind.CHOICE, _TYPES),
    "subTaskIssueTypes": (FieldKind.CHOICE, _TYPES),
    **dict.fromkeys(VERSION_FUNCTIONS, (FieldKind.CHOICE, _VERSIONS)),
    **dict.fromkeys(DATE_FUNCTIONS, (FieldKind.DATE, ())),
}


def sprint_state(name: str) -> SprintState | None:
    """The state of the sprints that a function stands for; None for every other function."""
    return _SPRINTS.get(name)


def called_ids(
    jql: Jql, call: FunctionCall, clause: Clause, field: JqlField, context: JqlContext
) -> tuple[str, ...]:
    """The ids a function stands for; none for the sprints of a state, which the history itself tells.

    Raises JqlError for a function that does not fit the field or the operator.
    """
    kind, field_ids = _FITS[call.name]
    if field.kind is not kind or (field_ids and field.ids[0] not in field_ids):
        problem = f"{call.name}() is no value of {field.name}"
        raise JqlError(problem, text=jql.text, span=call.span)
    if call.name == "currentUser":
        return _current_user(jql, call, clause, context)
    if not isinstance(clause, Membership):
        problem, hint = f"{call.name}() gives several values", f"Write {field.name} IN {call.name}()."
        raise JqlError(problem, text=jql.text, span=call.span, hint=hint)
    if call.name in _SPRINTS:
        return ()
    if call.name in VERSION_FUNCTIONS:
        return _versions(jql, call, context)
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


def _versions(jql: Jql, call: FunctionCall, context: JqlContext) -> tuple[str, ...]:
    """The versions of some projects, or of all; released or not as Jira says today."""
    known = context.choices.get("project", ())
    projects: set[str] = set()
    for argument in call.arguments:
        found = {named.id for named in known if argument.casefold() in (named.id, named.name.casefold())}
        if not found:
            hint = did_you_mean(argument, (named.name for named in known))
            problem = f"there is no project {argument} on this site"
            raise JqlError(problem, text=jql.text, span=call.span, hint=hint)
        projects |= found
    released = call.name == "releasedVersions"
    return tuple(
        version
        for version, state in context.versions.items()
        if state.released is released and (not call.arguments or state.project_id in projects)
    )
