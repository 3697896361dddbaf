"""The values a rule names, found on the site by name or by id."""

import re
from decimal import Decimal, InvalidOperation

from pmreport.goals.context import FieldKind, JqlContext, JqlField, Named
from pmreport.goals.dates import local_day, moment
from pmreport.goals.jql_error import JqlError, did_you_mean
from pmreport.goals.tree import FunctionCall, Jql, Literal
from pmreport.model.instant import to_ms

_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_]*)-[0-9]+")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([wdhm]?)")
_LARGEST = Decimal(10) ** 15  # far beyond what is estimated or counted
_SECONDS = {"": 60, "m": 60, "h": 3600, "d": 8 * 3600, "w": 40 * 3600}  # a day of eight hours, as Jira ships
_CATEGORIES = (
    Named("new", "To Do"),
    Named("indeterminate", "In Progress"),
    Named("done", "Done"),
    Named("undefined", "No Category"),
    Named("new", "2"),  # the ids that Jira gives the categories
    Named("indeterminate", "4"),
    Named("done", "3"),
    Named("undefined", "1"),
)


def dated_ids(
    jql: Jql, value: Literal | FunctionCall, field: JqlField, context: JqlContext
) -> tuple[str, ...]:
    """The day that is meant, as YYYY-MM-DD, or the moment, as epoch milliseconds."""
    at = moment(jql, value, context)
    return (local_day(at, context).isoformat() if field.kind is FieldKind.DATE else str(to_ms(at)),)


def wanted_ids(jql: Jql, literal: Literal, field: JqlField, context: JqlContext) -> tuple[str, ...]:
    """The ids of the values that a literal means for a field; all of them where a name is borne by several.

    Numbers come as plain decimal text, working time as seconds, issues as upper-case key or as id; days and
    moments are told by `dated_ids`. Raises JqlError where nothing is meant, naming what is near.
    """
    match field.kind:
        case FieldKind.CHOICE | FieldKind.USER | FieldKind.SPRINT | FieldKind.CATEGORY:
            return _listed(jql, literal, field, context)
        case FieldKind.OPTION:
            named = tuple(value for field_id in field.ids for value in context.choices.get(field_id, ()))
            return _named(literal, named) or (literal.text,)
        case FieldKind.ISSUE:
            return (_issue(jql, literal, context),)
        case FieldKind.NUMBER:
            return (_number(jql, literal, field),)
        case FieldKind.DURATION:
            return (_seconds(jql, literal, field),)
        case _:
            problem, hint = f"{field.name} is a text", f'Look for words in it: {field.name} ~ "...".'
            raise JqlError(problem, text=jql.text, span=literal.span, hint=hint)


def _listed(jql: Jql, literal: Literal, field: JqlField, context: JqlContext) -> tuple[str, ...]:
    known = _known(field, context)
    found = _named(literal, known)
    if not found:
        hint = did_you_mean(literal.text, (value.name for value in known))
        problem = f"{field.name} has no value {literal.text} on this site"
        raise JqlError(problem, text=jql.text, span=literal.span, hint=hint)
    if field.kind is FieldKind.CATEGORY:
        return tuple(status for status, category in context.categories.items() if category in found)
    return found


def _known(field: JqlField, context: JqlContext) -> tuple[Named, ...]:
    match field.kind:
        case FieldKind.USER:
            return context.users
        case FieldKind.SPRINT:
            return tuple(Named(sprint.id, sprint.name) for sprint in context.sprints)
        case FieldKind.CATEGORY:
            return _CATEGORIES
        case _:
            return context.choices.get(field.ids[0], ())


def _named(literal: Literal, known: tuple[Named, ...]) -> tuple[str, ...]:
    """By name, else by id; a bare number by id, else by name: Jira's own order."""
    wanted = literal.text.casefold()
    by_name = dict.fromkeys(value.id for value in known if value.name.casefold() == wanted)
    by_id = dict.fromkeys(value.id for value in known if value.id == literal.text)
    is_id = literal.text.isdecimal() and not literal.quoted
    return tuple((by_id or by_name) if is_id else (by_name or by_id))


def _issue(jql: Jql, literal: Literal, context: JqlContext) -> str:
    if literal.text.isdecimal():
        return literal.text
    key = _KEY.fullmatch(literal.text)
    if key is None:
        problem = f"{literal.text} is no issue key"
        raise JqlError(problem, text=jql.text, span=literal.span, hint="A key looks like WEB-12.")
    projects = tuple(named.name for named in context.choices.get("project", ()))
    if key[1].casefold() not in {project.casefold() for project in projects}:
        hint = did_you_mean(key[1], projects)
        raise JqlError(
            f"there is no project {key[1]} on this site", text=jql.text, span=literal.span, hint=hint
        )
    return literal.text.upper()


def _number(jql: Jql, literal: Literal, field: JqlField) -> str:
    try:
        number = Decimal(literal.text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > _LARGEST:
        problem = f"{field.name} is a number, and {literal.text} is none"
        raise JqlError(problem, text=jql.text, span=literal.span)
    return f"{number.normalize():f}"


def _seconds(jql: Jql, literal: Literal, field: JqlField) -> str:
    """`1d 4h`, or a number of minutes."""
    parts = [_AMOUNT.fullmatch(part) for part in literal.text.split()]
    if not parts or None in parts:
        problem = f"{field.name} is working time, and {literal.text} is none"
        raise JqlError(problem, text=jql.text, span=literal.span, hint="Write it as 3h, or 1d.")
    return f"{sum((Decimal(part[1]) * _SECONDS[part[2]] for part in parts if part), Decimal()).normalize():f}"
