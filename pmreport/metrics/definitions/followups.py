"""What the numbers of follow-ups mean."""

from pmreport.metrics.definition import Definition

ALL = (
    Definition(
        id="follow-ups-open",
        name="Open follow-ups",
        unit="items",
        text="Actions, questions, decisions, risks, assumptions, issues and dependencies that are not "
        "closed: issues of a follow-up type or label, comments that begin with ACTION, QUESTION, ASK or "
        "RISK, and what was typed into the journal. A question in a comment is closed by the first "
        "later comment of the one asked or by a DECISION there, an action by a comment that begins with "
        '"done", each also by its issue being done.',
    ),
    Definition(
        id="follow-ups-overdue",
        name="Overdue follow-ups",
        unit="items",
        text="Open follow-ups whose due day has passed on the local calendar; lateness in working days.",
    ),
    Definition(
        id="follow-ups-unowned",
        name="Unowned follow-ups",
        unit="items",
        text="Open follow-ups without an owner.",
    ),
    Definition(
        id="promises-kept",
        name="Promises kept",
        unit="%",
        text="Of the follow-ups whose first due day lay in the window, those closed on that local day or "
        "before (percent plan complete). Late is not kept, and open is not kept. Moving the day does "
        "not help. Left out: what was dropped before its day, and days that were said after the item "
        "was closed. Not a grade: whoever is graded by it promises less.",
        source="Ballard, The Last Planner System of Production Control, 2000",
    ),
    Definition(
        id="due-adherence",
        name="Due date adherence",
        unit="%",
        text="The same promises against the day that holds now; one moved to a day still ahead is left out. "
        "The distance to promises kept is what moving dates hides.",
    ),
    Definition(
        id="promise-moves",
        name="Promises moved",
        unit="moves",
        text="How often the day of these promises was changed after it was first said.",
    ),
    Definition(
        id="open-age",
        name="Age of open follow-ups",
        unit="working days",
        text="Working days from the local day an open follow-up was raised to today. The median is the "
        "nearest rank, and is not said of fewer than five.",
    ),
    Definition(
        id="ownerless-share",
        name="Ownerless share",
        unit="%",
        text="Open follow-ups without an owner / open follow-ups.",
    ),
    Definition(
        id="dateless-share",
        name="Dateless share",
        unit="%",
        text="Open follow-ups without a due day / open follow-ups.",
    ),
    Definition(
        id="first-response",
        name="Time to first response",
        unit="working hours",
        text="From raising a follow-up to the first comment, transition or worklog of somebody else, "
        "automation left out, in the hours of the working calendar, for what was raised since the "
        "window began. What is unanswered counts for as long as it has waited (Kaplan-Meier median), "
        "never dropped. Waiting for a customer is not taken off: Jira does not say which status means "
        "that.",
        source="After CHAOSS, Time to First Response",
    ),
    Definition(
        id="time-to-answer",
        name="Time to answer",
        unit="working hours",
        text="From asking a question to closing it, or from raising a decision to having it, in the hours of "
        "the working calendar; open ones count for as long as they have waited.",
    ),
    Definition(
        id="chases",
        name="Chases",
        unit="comments",
        text="Comments of whoever raised a follow-up, on its issue, before anybody else responded. It shows "
        "effort and is no target.",
    ),
    Definition(
        id="mention-response",
        name="Mention response",
        unit="working hours",
        text="From naming somebody with an @ in a comment to the first comment, transition or worklog of "
        "that person on the issue, in the hours of the working calendar; unanswered ones count for as "
        "long as they have waited.",
    ),
    Definition(
        id="mentions-unanswered",
        name="Unanswered mentions",
        unit="mentions",
        text="People named with an @ in a comment of the last 13 weeks on an issue still open, who have "
        "neither commented, nor moved it, nor logged work there since. Reactions, and mentions in "
        "descriptions, cannot be seen.",
    ),
    Definition(
        id="stale-items",
        name="Items that stand still",
        unit="%",
        text="Open items, epics left out, on which no person has done anything for five working days or "
        "more: a comment, a transition, another assignee, a worklog or a new description. Rank, sprint, "
        "links and automation are no deeds.",
    ),
    Definition(
        id="blocked-items",
        name="Blocked items",
        unit="items",
        text="Open items that carry a flag, and since when without a break. The reason is the comment "
        "nearest to the flag within ten minutes: one by whoever put the flag up, else anybody's.",
    ),
    Definition(
        id="closure-balance",
        name="Closure balance",
        unit="items",
        text="Follow-ups closed minus follow-ups raised, by week; above 0 the list gets shorter.",
    ),
    Definition(
        id="reopened-soon",
        name="Reopened within 30 days",
        unit="%",
        text="Closings of follow-up issues in the window that were undone within 30 days / closings. It "
        "guards against closing to keep a promise.",
    ),
)
