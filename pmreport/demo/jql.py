"""A simple JQL evaluator over the corpus; it asks the index first and builds only the issues it must."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from operator import attrgetter
from typing import Any, cast
from zoneinfo import ZoneInfo

from pmreport.demo.corpus import Corpus, Row
from pmreport.demo.issue import Issue
from pmreport.demo.jql_dates import instant
from pmreport.demo.jql_fields import Field, field_named
from pmreport.demo.jql_parse import Both, Call, Clause, Either, JqlError, Node, Not, Operand, Words, parse
from pmreport.demo.jql_past import When, changed, was
from pmreport.demo.stamps import local_date, utc_ms

UNBOUNDED = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
TOO_MANY_ORDERS = "JQL can be ordered by at most 7 fields."
MAX_ORDERS = 7
_FOREVER = 1 << 62
_OPPOSITES = (("=", "!="), ("<", ">="), (">", "<="), ("~", "!~"), ("in", "not in"), ("is", "is not"))
_CONTRARY = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
_BOUNDS = {"<", "<=", ">", ">="}
_INDEXED = {"project", "key", "created", "updated"}
_WITH_A_PAST = {"status", "assignee", "reporter", "priority", "resolution", "fixversion"}
_SPRINT_STATES = {"opensprints": "active", "closedsprints": "closed", "futuresprints": "future"}
Test = Callable[[Issue], bool]


class Finder:
    """Answers JQL for one viewer. An anonymous viewer sees no project, so no issue."""

    def __init__(self, corpus: Corpus, *, anonymous: bool = False) -> None:
        self._corpus = corpus
        self._anonymous = anonymous
        self._zone = ZoneInfo(corpus.site.zones.user)

    def ids(self, jql: str) -> list[int]:
        """The ids of the issues that match, in the order asked for. Raises JqlError."""
        search = parse(jql)
        bounded = not self._corpus.site.product.unbounded_searches
        if search.where is None and bounded:
            raise JqlError(UNBOUNDED)
        if len(search.order) > MAX_ORDERS and bounded:
            raise JqlError(TOO_MANY_ORDERS)
        where = search.where or Both(())
        test = self._test(where)
        orders = [(field_named(name), down) for name, down in search.order]
        if self._anonymous:
            return []
        return self._ordered(self._matching(where, test), orders)

    def _matching(self, where: Node, test: Test) -> list[Row]:
        parts = where.parts if isinstance(where, Both) else (where,)
        rows = self._candidates(parts)
        if all(isinstance(p, Clause) and field_named(p.field).name in _INDEXED for p in parts):
            tests = [self._row_test(part) for part in parts if isinstance(part, Clause)]
            for check in filter(None, tests):
                rows = [row for row in rows if check(row)]
            return list(rows)
        found = []
        for row in rows:
            issue = self._corpus.issue(row.id)
            if issue is not None and test(issue):
                found.append(row)
        return found

    def _candidates(self, parts: Sequence[Node]) -> Iterable[Row]:
        """The fewest rows the index can offer for conditions that must all hold; bounds of `updated` do."""
        clauses = [part for part in parts if isinstance(part, Clause)]
        low, high = self._span(clauses)
        for clause in clauses:
            field = field_named(clause.field)
            if field.name == "key" and clause.operator in {"=", "in"}:
                rows = [self._corpus.rows[int(i)] for i in sorted(self._wanted(field, clause))]
                return [row for row in rows if low <= row.updated_ms < high]
        return self._corpus.updated_between(low, high)

    def _span(self, clauses: Iterable[Clause]) -> tuple[int, int]:
        """The half-open span of `updated` that is left by all bounds."""
        low, high = -_FOREVER, _FOREVER
        for clause in clauses:
            if field_named(clause.field).name == "updated" and clause.operator in _BOUNDS:
                edge = self._instant(clause) + (clause.operator in {">", "<="})
                low, high = (max(low, edge), high) if ">" in clause.operator else (low, min(high, edge))
        return low, high

    def _row_test(self, clause: Clause) -> Callable[[Row], bool] | None:
        """What a row must meet; None where every candidate meets it."""
        name = field_named(clause.field).name
        if name == "updated" and clause.operator in _BOUNDS:
            return None
        if name in {"created", "updated"} and clause.operator not in {"is", "is not"}:
            edge, holds = self._instant(clause), _COMPARE[clause.operator]
            if name == "created":
                return lambda row: holds(row.created_ms, edge)
            return lambda row: holds(row.updated_ms, edge)
        if clause.operator in {"is", "is not"}:
            return lambda _row: clause.operator == "is not"
        wanted = self._wanted(field_named(clause.field), clause)
        negative = clause.operator in {"!=", "not in"}
        if name == "project":
            return lambda row: (row.project in wanted) != negative
        return lambda row: (str(row.id) in wanted) != negative

    def _ordered(self, rows: list[Row], orders: list[tuple[Field, bool]]) -> list[int]:
        if [(field.name, down) for field, down in orders] == [("updated", False), ("key", False)]:
            rows.sort()  # the order of the index, in which most rows come already
            return [row.id for row in rows]
        for field, down in reversed(orders or [(field_named("created"), True)]):
            rows.sort(key=self._sort_key(field), reverse=down)
        return [row.id for row in rows]

    def _sort_key(self, field: Field) -> Callable[[Row], Any]:
        return _ROW_KEYS.get(field.name) or (lambda row: self._issue_key(field, row))

    def _issue_key(self, field: Field, row: Row) -> tuple[object, ...]:
        issue = self._corpus.issue(row.id)
        values = tuple(field.values(issue, self._corpus)) if issue else ()
        return (not values, values)  # empty values stand last

    def _test(self, node: Node) -> Test:
        match node:
            case Not(inner):
                return self._contrary(inner)
            case Both(parts):
                tests = [self._test(part) for part in parts]
                return lambda issue: all(t(issue) for t in tests)
            case Either(parts):
                tests = [self._test(part) for part in parts]
                return lambda issue: any(t(issue) for t in tests)
            case Words(words):
                return self._words(" ".join(words))
            case Clause():
                return self._clause(node)

    def _words(self, text: str) -> Test:
        return self._words_in(field_named("text"), text)

    def _clause(self, clause: Clause) -> Test:
        field = field_named(clause.field)
        if field.name == "resolution":  # Jira's name for none
            operands = (None if str(each).lower() == "unresolved" else each for each in clause.operands)
            clause = replace(clause, operands=tuple(operands))
        operator = clause.operator
        if operator == "changed" or operator.startswith("was"):
            return self._of_the_past(field, clause)
        if operator in {"is", "is not"} or clause.operands == (None,):
            empty = operator in {"is", "=", "in"}
            return lambda issue: (not tuple(field.values(issue, self._corpus))) == empty
        if field.kind == "text" or operator in {"~", "!~"}:
            return self._of_texts(field, clause)
        if field.kind in {"instant", "day", "number", "duration"}:
            return self._comparison(field, clause)
        if operator not in {"=", "!=", "in", "not in"}:
            raise JqlError(f"The operator '{operator}' is not supported by the '{clause.field}' field.")
        wanted = self._wanted(field, clause)
        if operator in {"=", "in"}:
            named = wanted | ({""} if None in clause.operands else set())
            return lambda issue: any(
                value in named for value in tuple(field.values(issue, self._corpus)) or ("",)
            )
        return lambda issue: self._other(field, issue, wanted)

    def _other(self, field: Field, issue: Issue, wanted: set[str]) -> bool:
        values = tuple(field.values(issue, self._corpus))
        return bool(values) and not any(value in wanted for value in values)  # empty ones match neither

    def _contrary(self, node: Node) -> Test:
        """NOT turns the operator of a clause: what is EMPTY matches neither."""
        match node:
            case Clause() if node.operator in _CONTRARY:
                return self._test(replace(node, operator=_CONTRARY[node.operator]))
            case Not(inner):
                return self._test(inner)
            case Both(parts):
                return self._test(Either(tuple(Not(part) for part in parts)))
            case Either(parts):
                return self._test(Both(tuple(Not(part) for part in parts)))
            case _:
                test = self._test(node)
                return lambda issue: not test(issue)

    def _of_texts(self, field: Field, clause: Clause) -> Test:
        test = self._words_in(field, str(clause.operands[0]))
        if clause.operator in {"~", "="}:
            return test
        return lambda issue: bool(tuple(field.values(issue, self._corpus))) and not test(issue)

    def _words_in(self, field: Field, text: str) -> Test:
        """All words in one of the texts; words in inner quotes side by side; a star lets a word go on."""
        parts = re.findall(r'"([^"]*)"|([^\s"]+)', text.lower())
        wanted = [
            r"\b"
            + r"\W+".join(map(re.escape, re.findall(r"\w+", part)))
            + ("" if part.endswith("*") else r"\b")
            for part in (quoted or word for quoted, word in parts)
        ]
        return lambda issue: any(
            all(re.search(pattern, str(value).lower()) for pattern in wanted)
            for value in field.values(issue, self._corpus)
        )

    def _of_the_past(self, field: Field, clause: Clause) -> Test:
        word = clause.operator.partition(" ")[0].upper()
        if field.name not in _WITH_A_PAST:
            raise JqlError(f"History searches do not support the '{clause.field}' field: {word}.")
        when, sides = self._when(clause)
        if clause.operator == "changed":
            return changed(field, self._corpus, sides, when)
        wanted, empty = self._wanted(field, clause), None in clause.operands
        test = was(field, self._corpus, wanted, when, empty=empty)
        return (lambda issue: not test(issue)) if "not" in clause.operator else test

    def _when(self, clause: Clause) -> tuple[When, dict[str, set[str]]]:
        """What the predicates leave of time and people, and the values of FROM and TO."""
        when, sides = When(), {}
        for word, operands in clause.predicates:
            if word in {"from", "to"}:
                asked = Clause(clause.field, "in", operands)
                empty = {""} if None in operands else set()
                sides[word] = self._wanted(field_named(clause.field), asked) | empty
            elif word == "by":
                people = self._wanted(field_named("assignee"), Clause("assignee", "in", operands))
                when = when._replace(people=frozenset(people))
            else:
                at = [instant(each or "", clause.field, self._zone, self._corpus.now_ms) for each in operands]
                low, high = self._bounds(word, at)
                when = when._replace(low=max(when.low, low), high=min(when.high, high))
        return when, sides

    def _bounds(self, word: str, at: list[int]) -> tuple[int, int]:
        if word == "after":
            return at[0] + 1, _FOREVER
        if word == "before":
            return 0, at[0]
        if word == "during":
            return at[0], at[1] + 1
        day = local_date(at[0], self._zone)
        begin, end = (
            utc_ms(datetime.combine(each, time(), self._zone)) for each in (day, day + timedelta(days=1))
        )
        return begin, end

    def _comparison(self, field: Field, clause: Clause) -> Test:
        edges: list[float | str] = [self._edge(field, clause, operand) for operand in clause.operands]
        holds = _COMPARE.get(clause.operator)
        if holds is None:  # in, not in
            inside = clause.operator == "in"
            return lambda issue: any((v in edges) == inside for v in field.values(issue, self._corpus))
        return lambda issue: any(holds(value, edges[0]) for value in field.values(issue, self._corpus))

    def _edge(self, field: Field, clause: Clause, operand: Operand) -> float | str:
        if field.kind == "number":
            try:
                return float(str(operand))
            except ValueError:
                raise JqlError(f"'{operand}' is not a valid number for the field '{clause.field}'.") from None
        if field.kind == "duration":
            return _seconds(str(operand), clause.field)
        at_ms = instant(operand or "", clause.field, self._zone, self._corpus.now_ms)
        return local_date(at_ms, self._zone).isoformat() if field.kind == "day" else at_ms

    def _instant(self, clause: Clause) -> int:
        return instant(clause.operands[0] or "", clause.field, self._zone, self._corpus.now_ms)

    def _wanted(self, field: Field, clause: Clause) -> set[str]:
        wanted: set[str] = set()
        for operand in clause.operands:
            if isinstance(operand, Call):
                wanted |= self._called(field, operand)
            elif operand is not None and field.ids is not None:
                found = field.ids(operand, self._corpus)
                if not found or (field.name == "project" and self._anonymous):
                    raise JqlError(_unknown(field, clause, operand))
                wanted |= found
        return wanted

    def _called(self, field: Field, call: Call) -> set[str]:
        name = call.name.lower()
        if field.kind == "user" and name == "currentuser":
            return {self._corpus.site.me}
        if field.name in {"fixversion", "affectedversion"} and name in {
            "releasedversions",
            "unreleasedversions",
        }:
            return self._versions(call)
        if field.name == "issuetype" and name in {"standardissuetypes", "subtaskissuetypes"}:
            below = name == "subtaskissuetypes"
            return {kind.id for kind in self._corpus.site.types.values() if (kind.level < 0) == below}
        if field.kind == "sprint" and name in _SPRINT_STATES:
            return {str(s.id) for s in self._corpus.site.sprints.values() if s.state == _SPRINT_STATES[name]}
        raise JqlError(f"Unable to find JQL function '{call.name}({', '.join(call.arguments)})'.")

    def _versions(self, call: Call) -> set[str]:
        site = self._corpus.site
        named = {word.lower() for word in call.arguments}
        return {
            version.id
            for version in site.versions.values()
            if version.released == (call.name.lower() == "releasedversions")
            and (not named or named & {version.project, site.projects[version.project].key.lower()})
        }


def _seconds(text: str, field: str) -> float:
    parts = [re.fullmatch(r"(\d+(?:\.\d+)?)([wdhm]?)", part) for part in text.split()]
    if not parts or None in parts:
        raise JqlError(f"'{text}' is not a valid duration for the field '{field}'.")
    units = {"": 60, "m": 60, "h": 3600, "d": 28_800, "w": 144_000}
    return sum(float(part[1]) * units[part[2]] for part in parts if part)


def _unknown(field: Field, clause: Clause, text: str) -> str:
    if field.kind == "sprint":
        return f"Sprint with name '{text}' does not exist or you do not have permission to view it."
    if field.name == "key" and text.isdigit():
        return f"A value with ID '{text}' does not exist for the field '{clause.field}'."
    if field.name == "key":
        return f"An issue with key '{text}' does not exist for field '{clause.field}'."
    return f"The value '{text}' does not exist for the field '{clause.field}'."


_ROW_KEYS: dict[str, Callable[[Row], Any]] = {
    "updated": attrgetter("updated_ms"),
    "created": attrgetter("created_ms", "id"),
    "key": attrgetter("project_key", "number"),
    "project": attrgetter("project_key"),
}


def _less(a: object, b: object) -> bool:
    return cast("float", a) < cast("float", b)


_COMPARE: dict[str, Callable[[object, object], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": _less,
    ">": lambda a, b: _less(b, a),
    "<=": lambda a, b: not _less(b, a),
    ">=": lambda a, b: not _less(a, b),
}
