"""The data quality of one moment, and the findings that are accepted."""

from datetime import date, datetime
from difflib import get_close_matches

from pmreport.app import journal, lookups
from pmreport.app.numbers.days import stored_calendar
from pmreport.app.numbers.moment import moment
from pmreport.app.rates import rates_of
from pmreport.app.wiring import Workspace
from pmreport.errors import UsageError
from pmreport.metrics.definitions.check import Check
from pmreport.metrics.definitions.quality import CHECKS
from pmreport.metrics.quality import findings as putting
from pmreport.metrics.quality import looks, rows
from pmreport.metrics.quality.finding import BY_CODE, Finding
from pmreport.metrics.quality.rows import Asked
from pmreport.model import journal_state
from pmreport.model.instant import from_ms
from pmreport.model.journal_kinds import QualityException
from pmreport.sync import record

_NEAR = 0.5  # of two letters one is right


def quality(
    workspace: Workspace,
    *,
    as_of: datetime,
    typed_by: datetime,
    most: int | None = None,
) -> tuple[Finding, ...]:
    """The finding of every check; of each the first `most` subjects, None for all.

    Accepted findings count by the moment that was asked for, `typed_by`, also where the newest sync is older.
    What a sync found odd is told by the one that was newest then.
    Raises ConfigurationError for a file of rates that cannot be read.
    """
    calendar = stored_calendar(workspace, as_of)
    site_id, rated = workspace.site_id(), _rated(workspace)
    today = calendar.local_day(typed_by)
    accepted = journal_state.exceptions(journal.read(workspace).entries, typed_by, today)
    with workspace.store.reading() as reader:
        (site,) = reader.rows(rows.site_query(site_id, as_of))
        asked = Asked(
            site_id=site_id,
            as_of=as_of,
            calendar_id=calendar.calendar_id,
            read=as_of if site.read_ms is None else max(as_of, from_ms(site.read_ms)),
            robots=workspace.config.people.automation_accounts,
            rated=rated or (),
            accepted=accepted,
            most=rows.EVERYTHING if most is None else most,
        )
        found = [row for query in rows.queries(asked) for row in reader.rows(query)]
        sprints = reader.rows(rows.sprints_query(site_id, as_of))
        runs = reader.rows(record.detail_query(site_id, typed_by))
        hidden = {row.issue_key for row in reader.rows(rows.hidden_query(site_id, as_of))}
        zone = lookups.site(reader, site_id).time_zone
    seen = (
        *looks.of_sprints(sprints, as_of),
        *looks.of_problems(record.problems_from_rows(runs), site, hidden),
        looks.of_site(site),
        *looks.of_calendar(calendar, as_of, zone),
    )
    unknown = {} if rated is not None else {"W6": putting.NO_RATES}
    if not runs:
        unknown |= dict.fromkeys(looks.SEEN_BY_SYNC, putting.NO_SYNC)
    return putting.findings(found, seen, accepted, unknown=unknown)


def _rated(workspace: Workspace) -> tuple[str, ...] | None:
    """The accounts with a rate, a star where everybody has one; None where no file of rates is named."""
    rates = rates_of(workspace.config)
    if rates is None:
        return None
    return (*rates.by_account, *(("*",) if rates.default else ()))


def check_named(asked: str) -> Check:
    """The check of this id, whatever its capitals. Raises UsageError with the nearest."""
    if found := BY_CODE.get(asked.strip().upper()):
        return found
    words = {check.id.removeprefix("quality-"): check.code for check in CHECKS} | {
        check.code: check.code for check in CHECKS
    }
    near = get_close_matches(asked.strip().upper(), list(BY_CODE), n=1, cutoff=_NEAR) or [
        words[each] for each in get_close_matches(asked.strip().lower(), list(words), n=1)
    ]
    meant = f"did you mean {near[0]}? " if near else ""
    raise UsageError(
        f"there is no check {asked!r}",
        hint=f"{meant}`pmreport show quality` lists them: {', '.join(BY_CODE)}",
    )


def accept(
    workspace: Workspace, check: Check, key: str, *, until: date, reason: str, now: datetime
) -> tuple[QualityException, bool]:
    """Accept a finding up to and including a day, for good in the journal; and whether there is one now.

    Raises UsageError for a day that is over, and without a reason: nobody could judge it later.
    """
    today = stored_calendar(workspace, now).local_day(now)
    if until < today:
        raise UsageError(f"{until} is over", hint="write a day from today on: until then it is not counted")
    if not reason.strip() or not key.strip():
        raise UsageError(
            "a finding is accepted for a reason", hint='write --reason "why this is as it should be"'
        )
    found = _subjects(workspace, check, now)
    name = next((each for each in (key.strip(), key.strip().upper()) if each in found), key.strip())
    accepted = QualityException(check=check.code, key=name, until=until, reason=reason.strip())
    journal.write(workspace, accepted, now=now)
    return accepted, name in found


def _subjects(workspace: Workspace, check: Check, now: datetime) -> frozenset[str]:
    """What a check finds now, what is accepted included."""
    told = quality(workspace, as_of=moment(workspace, now), typed_by=now)
    (finding,) = (each for each in told if each.check is check)
    return frozenset((*finding.subjects, *(each.key for each in finding.accepted)))
