"""Everything about one goal, as a JSON object."""

from pmreport.app.register import Detail
from pmreport.cli.goal_shapes import evidence_json
from pmreport.cli.goals.overview_shapes import measure_json
from pmreport.cli.goals.written_shapes import written_json
from pmreport.cli.json_values import SCHEMA, Json, instant, iso_date, number
from pmreport.goals.claims import ScoredClaim
from pmreport.goals.goal import GoalRule
from pmreport.goals.register import KnownTerms, short


def detail_json(known: Detail) -> Json:
    """`goals show`."""
    goal = known.goal
    return {
        "schema": SCHEMA,
        "id": goal.id,
        "title": goal.title,
        "why": goal.why,
        "behaviour_now": goal.behaviour_now,
        "target_behaviour": goal.target_behaviour,
        "indicator": goal.indicator,
        "guard": goal.guard,
        "show": goal.show,
        "active": goal.active,
        "beyond_three": goal.beyond_three,
        "visibility": goal.visibility.value,
        "target": number(goal.target),
        "aim": goal.aim.value,
        "due": iso_date(goal.due),
        "measure": measure_json(known.measure),
        "measures": [
            {"name": name, "promise": promise, **(measure_json(found) or {})}
            for name, found, promise in known.measures
        ],
        "unmeasured": known.unmeasured,
        "rules": [_rule(rule) for rule in goal.rules],
        "evidence": [evidence_json(piece) for piece in known.evidence],
        "entries": [written_json(one) for one in known.written],
        "forecasts": [_claim(one) for one in known.claims],
        "changes": [_change(terms, words) for terms, words in known.changes],
        "problems": [problem.subject for problem in known.problems],
    }


def _rule(rule: GoalRule) -> Json:
    return {
        "id": rule.id,
        "jql": rule.jql,
        "polarity": rule.polarity.value,
        "strength": rule.strength,
    }


def _claim(one: ScoredClaim) -> Json:
    said = one.claim.range
    return {
        "id": one.claim.id,
        "short": short(one.claim.id),
        "at": instant(one.claim.at),
        "about": said.about,
        "low": number(said.low),
        "high": number(said.high),
        "confidence": number(said.confidence),
        "unit": said.unit,
        "text": said.text,
        "outcome": one.outcome.value,
        "came": number(one.came),
        "interval_score": number(one.score),
    }


def _change(known: KnownTerms, words: str) -> Json:
    return {"at": instant(known.at), "by": known.by, "what": words}
