"""What was written under a goal, as words and as a JSON object."""

from pmreport.cli.json_values import Json, instant, iso_date
from pmreport.goals.register import Written, short
from pmreport.model.journal_goals import LogKind

CLAIMED = "claimed"


def written_words(one: Written) -> str:
    """An entry in a line: its kind, what it is about, the text, and whether somebody vouches for it."""
    logged = one.logged
    about = f" ({logged.subject})" if logged.subject else ""
    score = f" {logged.score} of 5" if logged.score is not None else ""
    return f"{logged.what.value}{score}{about}: {logged.text} [{standing(one)}]"


def standing(one: Written) -> str:
    """Who vouches for an entry; of an action also what came of it.

    What the person thinks of themselves and where they need help is theirs alone: nobody has to confirm it.
    """
    if one.result is not None:
        return f"{one.result.state.value} {one.result.on}"
    if one.logged.what is LogKind.ACTION:
        return f"open, due {one.logged.due}" if one.logged.due else "open"
    if one.reviewer:
        return f"seen by {one.reviewer}"
    return "own" if one.logged.what in {LogKind.RATING, LogKind.HELP} else CLAIMED


def written_json(one: Written) -> Json:
    """An entry."""
    logged = one.logged
    return {
        "id": one.id,
        "short": short(one.id),
        "at": instant(one.at),
        "by": one.by,
        "goal_id": logged.goal,
        "kind": logged.what.value,
        "on": logged.on.isoformat(),
        "text": logged.text,
        "subject": logged.subject,
        "link": logged.link,
        "reviewer": one.reviewer,
        "claimed": one.is_claimed,
        "due": iso_date(logged.due),
        "score": logged.score,
        "result": None
        if one.result is None
        else {
            "state": one.result.state.value,
            "on": one.result.on.isoformat(),
            "reason": one.result.reason,
        },
    }
