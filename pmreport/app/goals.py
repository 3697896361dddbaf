"""Tagging: the rules of the goals asked of the store, and the evidence they leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pmreport.app import journal, lookups
from pmreport.app.calendar import calendar_of
from pmreport.app.files import write_whole
from pmreport.app.forgotten import everything
from pmreport.app.moments import known_at
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError
from pmreport.goals import catalog, counting, evidence_json, item, judgement, names, tagging, terms
from pmreport.goals.context import JqlContext
from pmreport.goals.counting import Desk
from pmreport.goals.coverage import Coverage, RuleId, coverage
from pmreport.goals.difference import Difference, difference
from pmreport.goals.evidence import Evidence, Match, collect
from pmreport.goals.explain import Explanation
from pmreport.goals.explain import explain as explained
from pmreport.goals.goal import Goal
from pmreport.goals.item import Item
from pmreport.goals.tagging import Prepared, PreparedRule
from pmreport.model.forgotten import Subject
from pmreport.model.journal_goals import EvidenceDecision, GoalTerms
from pmreport.store.session import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSummary:
    """What a run of the rules found: the evidence as it is now, and what came and went since the last run.

    `terms` are the goals whose target, window or state differs from what was last written down. `remarks` are
    sentences about rules and goals that could not be asked. `path` is where the evidence lies; None for a dry
    run.
    """

    goals: tuple[Goal, ...]
    evidence: tuple[Evidence, ...]
    coverage: Coverage
    difference: Difference
    terms: tuple[GoalTerms, ...]
    remarks: tuple[str, ...]
    path: Path | None


def tag(workspace: Workspace, *, now: datetime, dry_run: bool) -> TagSummary:
    """Run every rule of the active goals and keep what they found; a dry run keeps nothing.

    What a person judged is laid over it from their journal, which gets an entry for each goal whose target,
    window or state was changed since the last run. Nothing is found of an issue that is to be forgotten,
    though a forgetting that runs or has broken off has left it in the store. Raises ConfigurationError for a
    wrong rule, with its place; the evidence then stays as it was.
    """
    goals = catalog.resolve(workspace.config.goals)
    old = _found_before(workspace)
    with workspace.store.reading() as reader:
        context = jql_context(workspace, reader, now)
        prepared = tagging.prepare(goals, context)
        desk = desk_of(workspace, context)
        found = [match for rule in prepared.rules for match in matches_of(reader, rule, desk)]
        items = reader.rows(tagging.item_count_query(context))[0].items
    entries = journal.read(workspace).entries
    hidden = everything(workspace, workspace.store)  # asked last: it may have been forgotten meanwhile
    collected = collect(old, (each for each in found if not hidden.found(Subject.ISSUE, str(each.issue_id))))
    evidence = judgement.judged(collected, judgement.decisions(entries), rule_ids(goals))
    changed = terms.to_log(goals, entries, now)
    path = None if dry_run else evidence_path(workspace)
    if path is not None:
        write_whole(path, evidence_json.dump(evidence, context.as_of).encode())
        if changed:
            journal.write_all(workspace, changed, now=now)
    return TagSummary(
        goals=goals,
        evidence=evidence,
        coverage=coverage(collected, prepared.rule_ids, items),
        difference=difference(old, collected),
        terms=changed,
        remarks=prepared.remarks,
        path=path,
    )


def matches_of(reader: Reader, rule: PreparedRule, desk: Desk) -> tuple[Match, ...]:
    """What one rule finds; where it asks for a number, that is counted on what its JQL finds."""
    rows, condition = reader.rows(rule.query), rule.rule.condition
    if condition is None or not rows:
        return rule.matches(rows)
    numbers = reader.rows(counting.number_query(condition, rule.query, desk))
    return rule.matches(rows, counting.counted(numbers, condition, desk))


def _numbers(
    reader: Reader, prepared: Prepared, found: Item | None, desk: Desk
) -> dict[tuple[str, str], float]:
    """The numbers of one item that rules ask for, by goal and rule."""
    known: dict[tuple[str, str], float] = {}
    for rule in prepared.rules:
        condition = rule.rule.condition
        if found is not None and condition is not None:
            only = counting.one_item(rule.plan.context.site_id, found.issue_id)
            rows = reader.rows(counting.number_query(condition, only, desk))
            for one in counting.counted(rows, condition, desk).values():
                known[rule.goal.id, rule.rule.id] = one.value
    return known


def desk_of(workspace: Workspace, context: JqlContext) -> Desk:
    """What counting needs: working days are those of the reporting calendar."""
    return Desk(
        calendar=calendar_of(workspace.config, context.as_of),
        as_of=context.as_of,
        robots=workspace.config.people.automation_accounts,
    )


def rule_ids(goals: Iterable[Goal]) -> frozenset[RuleId]:
    """Goal and rule of every rule, those of goals on the shelf too."""
    return frozenset((goal.id, rule.id) for goal in goals for rule in goal.rules)


def explain(workspace: Workspace, key: str, *, now: datetime) -> Explanation:
    """Every rule and every clause for one item. Raises BadDataError for an item the store does not hold."""
    goals = catalog.resolve(workspace.config.goals)
    with workspace.store.reading() as reader:
        context = jql_context(workspace, reader, now)
        prepared: Prepared = tagging.prepare(goals, context)
        which = (context.site_id, key, context.as_of_ms)
        found = item.from_rows(reader.rows(item.query(*which)), reader.rows(item.past_query(*which)))
        numbers = _numbers(reader, prepared, found, desk_of(workspace, context))
    if found is None:
        raise BadDataError(
            f"there is no item {key} in the store",
            hint="check the key; an item made after the last sync is there after `pmreport sync`",
        )
    return explained(found, prepared.rules, context, numbers)


def jql_context(workspace: Workspace, reader: Reader, asked: datetime) -> JqlContext:
    """What the words of the rules mean; now is not later than the newest sync, which knows no more."""
    site_id = workspace.site_id()
    facts = lookups.site(reader, site_id)
    return names.context_from_rows(
        reader.rows(names.query(site_id)),
        site_id=site_id,
        account=workspace.config.me.account or facts.account_id or None,
        zone=_zone(facts.time_zone, workspace.config.calendar.time_zone),
        week_start=workspace.config.calendar.week_start.name.lower(),
        as_of=known_at(facts, asked, workspace.config.calendar.time_zone),
    )


def goals_at(workspace: Workspace, then: datetime) -> tuple[Goal, ...]:
    """The goals of the configuration, held against what they were held against at a moment."""
    return terms.as_they_stood(catalog.resolve(workspace.config.goals), journal.read(workspace).entries, then)


def said_by(workspace: Workspace, then: datetime) -> tuple[EvidenceDecision, ...]:
    """What the person had said of the evidence by a moment."""
    return judgement.decisions(entry for entry in journal.read(workspace).entries if entry.at <= then)


def load_evidence(workspace: Workspace, *, by: datetime | None = None) -> tuple[Evidence, ...]:
    """The evidence of the last run with what the person has made of it (`by` a moment); nothing before it.

    Raises BadDataError for a file, or a journal, that is broken.
    """
    said = judgement.decisions(journal.read(workspace).entries) if by is None else said_by(workspace, by)
    return judgement.judged(_found_before(workspace), said, rule_ids(catalog.resolve(workspace.config.goals)))


def _found_before(workspace: Workspace) -> tuple[Evidence, ...]:
    path = evidence_path(workspace)
    text = _text_of(path)
    return () if text is None else evidence_json.load(text, where=str(path))


def evidence_as_of(workspace: Workspace) -> datetime | None:
    """The moment the last run looked at; None before the first. Raises BadDataError as `load_evidence`."""
    path = evidence_path(workspace)
    text = _text_of(path)
    return None if text is None else evidence_json.as_of(text, where=str(path))


def evidence_path(workspace: Workspace) -> Path:
    """Where the evidence lies: in the person's own folder, never in the store."""
    return workspace.config.own_folder / "evidence.json"


def _text_of(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise evidence_json.unreadable(str(path)) from error


def _zone(profile: str, fallback: str) -> ZoneInfo:
    try:
        return ZoneInfo(profile)
    except (ZoneInfoNotFoundError, ValueError):  # a zone Jira knows and this machine does not
        return ZoneInfo(fallback)
