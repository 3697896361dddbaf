"""A simple JQL evaluator over the corpus; it asks the index first and builds only the issues it must."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, cast
from zoneinfo import ZoneInfo

from pmreport.demo.corpus import Corpus, Row
from pmreport.demo.issue import Issue
from pmreport.demo.jql_dates import instant
from pmreport.demo.jql_fields import Field, field_named
from pmreport.demo.jql_parse import Both, Call, Clause, Either, JqlError, Node, Not, Operand, Words, parse
from pmreport.demo.stamps import local_date

UNBOUNDED = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
TOO_MANY_ORDERS = "JQL can be ordered by at most 7 fields."
MAX_ORDERS = 7
_FOREVER = 1 << 62
_BOUNDS = {"<", "<=", ">", ">="}
_INDEXED = {"project", "key", "created", "updated"}
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
                test = self._test(inner)
                return lambda issue: not test(issue)
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
        values = field_named("text").values
        wanted = text.lower().strip("*").split()
        return lambda issue: all(w in " ".join(map(str, values(issue, self._corpus))).lower() for w in wanted)

    def _clause(self, clause: Clause) -> Test:
        field = field_named(clause.field)
        operator = clause.operator
        if operator in {"is", "is not"} or clause.operands == (None,):
            empty = operator in {"is", "=", "in"}
            return lambda issue: (not tuple(field.values(issue, self._corpus))) == empty
        if field.kind == "text" or operator in {"~", "!~"}:
            test = self._words_in(field, str(clause.operands[0]))
            return test if operator in {"~", "="} else lambda issue: not test(issue)
        if field.kind in {"instant", "day", "number"}:
            return self._comparison(field, clause)
        if operator not in {"=", "!=", "in", "not in"}:
            raise JqlError(f"The operator '{operator}' is not supported by the '{clause.field}' field.")
        wanted = self._wanted(field, clause)
        if operator in {"=", "in"}:
            return lambda issue: any(value in wanted for value in field.values(issue, self._corpus))
        return lambda issue: self._other(field, issue, wanted)

    def _other(self, field: Field, issue: Issue, wanted: set[str]) -> bool:
        values = tuple(field.values(issue, self._corpus))
        return bool(values) and not any(value in wanted for value in values)  # empty ones match neither

    def _words_in(self, field: Field, text: str) -> Test:
        wanted = text.lower().strip("*").split()
        return lambda issue: all(
            w in " ".join(map(str, field.values(issue, self._corpus))).lower() for w in wanted
        )

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
        if field.kind == "sprint" and name in _SPRINT_STATES:
            return {str(s.id) for s in self._corpus.site.sprints.values() if s.state == _SPRINT_STATES[name]}
        raise JqlError(f"Unable to find JQL function '{call.name}({', '.join(call.arguments)})'.")


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
