"""Everything about one goal, as tables."""

from collections.abc import Iterator

from pmreport.app.register import Detail
from pmreport.cli.goals.overview_shapes import measure_words, target_words
from pmreport.cli.goals.written_shapes import standing
from pmreport.cli.grid import Column, Grid
from pmreport.cli.tables import NOT_KNOWN, day
from pmreport.goals.claims import ScoredClaim
from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Polarity
from pmreport.goals.register import Written, short
from pmreport.model.journal_goals import LogKind

MOST_TOLD = 10  # pieces of each side; `--json` holds all
_SIDES = ((Polarity.EVIDENCE, "Speaks for it"), (Polarity.COUNTER, "Speaks against it"))


def detail_tables(known: Detail) -> tuple[Grid, ...]:
    """The goal's own words, its evidence, what was written under it, forecasts, and what was changed."""
    return tuple(_tables(known))


def _tables(known: Detail) -> Iterator[Grid]:
    yield _words(known)
    if len(known.measures) > 1:
        yield _measures(known)
    for polarity, title in _SIDES:
        yield _pieces(known, polarity, title)
    yield _entries(known)
    if known.claims:
        yield _claims(known)
    if known.changes:
        yield _changes(known)


def _words(known: Detail) -> Grid:
    goal, measure = known.goal, known.measure
    state = "active" if goal.active else "on the shelf"
    due = f", by {goal.due}" if goal.due else ""
    rows = (
        ("Why it matters", goal.why),
        ("Now", goal.behaviour_now),
        ("Aimed at", goal.target_behaviour),
        ("Measured by", goal.indicator),
        ("The number", _number(known)),
        ("Target", f"{target_words(goal, measure)}{due}"),
        *_promises(known),
        ("Guard", goal.guard),
        ("Why a fourth", goal.beyond_three),
        ("To show", goal.show),
    )
    return Grid(
        title=f"{goal.id}: {goal.title} ({state}, seen by {goal.visibility})",
        columns=(Column(title="What", whole=True), Column(title="Words")),
        rows=tuple((title, text) for title, text in rows if text),
        notes=tuple(f"{problem.subject}: {problem.detail}; it is left out." for problem in known.problems),
    )


def _promises(known: Detail) -> Iterator[tuple[str, str]]:
    """Each target in a sentence that can be checked; the title stands before the first."""
    told = [promise for _, _, promise in known.measures if promise]
    yield from zip(("As a promise", *("" for _ in told)), told, strict=False)


def _measures(known: Detail) -> Grid:
    """Every number with what guards it in the same row."""
    return Grid(
        title="Measured",
        columns=(
            Column(title="What"),
            Column(title="Now", is_number=True),
            Column(title="n", is_number=True),
            Column(title="What may be said"),
            Column(title="Guard"),
        ),
        rows=tuple(
            (
                name,
                measure_words(found),
                NOT_KNOWN if found.n is None else str(found.n),
                found.verdict or found.missing or "",
                found.guarded,
            )
            for name, found, _ in known.measures
        ),
    )


def _number(known: Detail) -> str:
    measure = known.measure
    if measure is None:
        return f"{NOT_KNOWN} ({known.unmeasured})"
    if measure.value is None:
        return f"{NOT_KNOWN} ({measure.missing})"
    rests_on = f" (n = {measure.n})" if measure.n is not None else ""
    return f"{measure_words(measure)}{rests_on}. {measure.verdict}".strip()


def _pieces(known: Detail, polarity: Polarity, title: str) -> Grid:
    found = [piece for piece in known.evidence if piece.polarity is polarity]
    more = len(found) - MOST_TOLD
    return Grid(
        title=title,
        columns=(
            Column(title="Item", whole=True),
            Column(title="Rule"),
            Column(title="Since", whole=True),
            Column(title="Strength", short="Str", is_number=True),
            Column(title="Judged"),
        ),
        rows=tuple(_piece(piece, known.zone) for piece in found[:MOST_TOLD]),
        empty="No item does.",
        notes=(f"and {more} more; --json has all of them",) if more > 0 else (),
        short_note="Str: strength, 1 to 3.",
    )


def _piece(piece: Evidence, zone: str) -> tuple[str, ...]:
    return (
        piece.issue_key,
        piece.rule_id,
        day(piece.since, zone),
        str(piece.strength),
        _judged(piece),
    )


def _judged(piece: Evidence) -> str:
    told = [] if piece.state is EvidenceState.FOUND else [f"{piece.state}: {piece.note}"]
    if piece.rule_gone:
        told.append("its rule is gone")
    elif not piece.matches:
        told.append("not found any more")
    return "; ".join(told)


def _entries(known: Detail) -> Grid:
    newest_first = sorted(known.written, key=lambda one: (one.logged.on, one.at), reverse=True)
    return Grid(
        title="Written under it",
        columns=(
            Column(title="Day", whole=True),
            Column(title="Kind", whole=True),
            Column(title="Text"),
            Column(title="Standing"),
            Column(title="Id", whole=True),
        ),
        rows=tuple(_entry(one) for one in newest_first),
        empty=f'Nothing yet: pmreport goals log {known.goal.id} "what you did"',
        notes=("Claimed: nobody but you has seen it yet; `pmreport goals confirm ID --reviewer NAME`.",)
        if any(one.is_claimed and one.logged.what not in _OWN for one in known.written)
        else (),
    )


_OWN = {LogKind.RATING, LogKind.HELP, LogKind.ACTION}  # nobody has to confirm them


def _entry(one: Written) -> tuple[str, ...]:
    logged = one.logged
    about = f"{logged.subject}: " if logged.subject else ""
    score = f"{logged.score} of 5: " if logged.score is not None else ""
    link = f" {logged.link}" if logged.link else ""
    reason = f" ({one.result.reason})" if one.result and one.result.reason else ""
    return (
        logged.on.isoformat(),
        logged.what.value,
        f"{score}{about}{logged.text}{link}",
        f"{standing(one)}{reason}",
        short(one.id),
    )


def _claims(known: Detail) -> Grid:
    return Grid(
        title="Forecasts",
        columns=(
            Column(title="Said", whole=True),
            Column(title="About", whole=True),
            Column(title="Range", whole=True),
            Column(title="Sure", is_number=True),
            Column(title="Came", is_number=True),
            Column(title="Outcome"),
            Column(title="Score", is_number=True),
        ),
        rows=tuple(_claim(one, known.zone) for one in known.claims),
        notes=("Score: the interval score; the smaller, the better: a wide range costs, a miss costs more.",),
    )


def _claim(one: ScoredClaim, zone: str) -> tuple[str, ...]:
    said = one.claim.range
    unit = f" {said.unit}" if said.unit else ""
    return (
        day(one.claim.at, zone),
        said.about,
        f"{said.low:f} to {said.high:f}{unit}",
        f"{100 * said.confidence:.0f} %",
        NOT_KNOWN if one.came is None else f"{one.came:.1f}",
        one.outcome.value,
        NOT_KNOWN if one.score is None else f"{one.score:.1f}",
    )


def _changes(known: Detail) -> Grid:
    return Grid(
        title="Changes of its target, window and state",
        columns=(Column(title="Day", whole=True), Column(title="By"), Column(title="What")),
        rows=tuple((day(terms.at, known.zone), terms.by, words) for terms, words in known.changes),
    )
