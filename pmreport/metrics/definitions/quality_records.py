"""The checks of histories, sight and time."""

from pmreport.metrics.definitions.check import Check

CHECKS = (
    Check(
        code="H1",
        id="quality-history-join",
        title="The last change does not lead to the value of today",
        population="issues",
        touches=("Sprints", "Flow", "Scope"),
        bias="either way: a change is missing, and nobody knows which.",
        text="The newest change of a field must lead to the value that Jira shows now. Where it does "
        "not, the value of today is taken, and the history before it is a guess.",
    ),
    Check(
        code="H2",
        id="quality-field-unknown",
        title="A field was renamed or is unknown",
        population="fields in use",
        touches=("Sprints", "Estimation"),
        bias="what the field held counts as empty.",
        text="A field that a rule or the configuration names is not on the site, or is hidden from the "
        "token's user.",
    ),
    Check(
        code="H3",
        id="quality-history-cut",
        title="Jira gave less history than there is",
        population="issues",
        touches=("Sprints", "Flow", "Forecast", "Scope", "Estimation"),
        bias="towards calm: changes that were not given did not happen here.",
        text="Jira counts more changes of an issue than it handed out, so its early history is missing.",
    ),
    Check(
        code="H4",
        id="quality-replay",
        title="Steps of a history do not follow each other",
        population="issues with a transition",
        touches=("Flow", "Sprints"),
        bias="either way: time is given to the wrong status.",
        text="Played forwards, each transition must begin where the one before ended. Imports and merged "
        "histories break the chain; this program goes backwards from today instead.",
    ),
    Check(
        code="P1",
        id="quality-moved",
        title="Issues moved to another project",
        population="issues",
        touches=("Sprints", "Scope"),
        bias="fewer items: a board's own report drops what left its filter.",
        text="An issue that changed its project since the period began. It is followed by its id; fields "
        "and statuses may have changed their meaning.",
    ),
    Check(
        code="P2",
        id="quality-hidden",
        title="Jira counts more than it shows",
        population="projects",
        touches=("Sprints", "Flow", "Forecast", "Scope", "Estimation"),
        bias="fewer items: what the token may not see is in no number.",
        text="Some issues, comments or worklogs are counted by Jira and not shown to the token's user, "
        "or too much was out of sight at once to be believed.",
    ),
    Check(
        code="P3",
        id="quality-gone",
        title="Issues deleted or out of sight",
        population="issues known",
        touches=("Sprints", "Scope"),
        bias="past commitments stay, present scope shrinks.",
        text="Issues that went out of sight since the period began. They count until then, and are not "
        "named: whoever reads this may not know of them.",
    ),
    Check(
        code="P4",
        id="quality-links-twice",
        title="The same link stands twice",
        population="issues with links",
        touches=(),
        bias="counts of dependencies are too high.",
        text="Two issues are joined more than once by one kind of link, in whichever direction.",
    ),
    Check(
        code="T1",
        id="quality-zones",
        title="The zone of the profile differs from the reporting zone",
        population="sites",
        touches=(),
        bias="days near midnight differ from what Jira shows.",
        text="Jira shows the person reading it days of their own profile; reports use the reporting zone.",
        context=True,
    ),
    Check(
        code="T2",
        id="quality-clock-change",
        title="Days with 23 or 25 hours",
        population="days",
        touches=(),
        bias="none on elapsed time; clock times an hour off elsewhere.",
        text="Days of the period on which the clock was changed. Durations here are differences of instants.",
        context=True,
    ),
    Check(
        code="T3",
        id="quality-future",
        title="Stamps after the newest sync",
        population="issues",
        touches=("work-item-age", "open-age", "stale-items", "first-response", "mention-response"),
        bias="too young: what has not happened yet has no age.",
        text="An issue was created or updated later than it was read: some clock is wrong.",
    ),
    Check(
        code="T4",
        id="quality-no-holidays",
        title="The calendar has no holidays this year",
        population="calendars",
        touches=("follow-ups-overdue", "open-age", "first-response", "time-to-answer", "stale-items"),
        bias="too late and too old by the days off.",
        text="No day off is known for the year looked at, so that every weekday counts as worked.",
        context=True,
    ),
)
