"""What the numbers of work with others mean: readiness, involvement, questions and updates."""

from pmreport.metrics.definition import Definition

ALL = (
    Definition(
        id="ready-at-start",
        name="Items ready when their sprint started",
        unit="%",
        text="Of the items you reported that were in a sprint at the moment it started: the part that had an "
        "estimate and an owner then, and whose description says what is expected (acceptance, expected, done "
        "when; the words are those of the newest reading, since Jira's history of them is not kept).",
    ),
    Definition(
        id="planned-before-start",
        name="Sprints with a plan written before their start",
        unit="%",
        text="Of the sprints that started with an item of yours: the part for which you wrote an entry under "
        "the goal in the two weeks before the start. A plan that is typed afterwards is none.",
    ),
    Definition(
        id="involved-early",
        name="Items that others had spoken about before the start",
        unit="%",
        text="Of the items you reported on which work started in the window: the part about which somebody "
        "else had said something of substance before (a comment of fifteen words or more, or with a link). "
        "Jira does not say who is of design and who of engineering, so anybody but you counts.",
    ),
    Definition(
        id="involvement-lead",
        name="Lead of the first word over the start",
        unit="working days",
        text="The working days from that first word to the start of work: the middle one, of five or more.",
    ),
    Definition(
        id="clarification-rate",
        name="Items that others had to ask about",
        unit="%",
        text="Of the items you reported on which work started in the window: the part with two or more "
        "comments of others with a question mark after the start.",
    ),
    Definition(
        id="updates-sent",
        name="Weeks with an update",
        unit="%",
        text="Of the weeks of the last quarter that are over, from the first one with an update on: the "
        "part for which the weekly report was sent, or a note was logged under the goal.",
    ),
    Definition(
        id="update-length",
        name="Length of an update",
        unit="words",
        text="The words that lead each entry of your draft, which are what is read: the middle one of "
        "the weeks of the last quarter, of three or more.",
    ),
    Definition(
        id="updates-whole",
        name="Updates that say where it stands, what is asked and what is next",
        unit="%",
        text="Of the drafts of the last quarter: the part with a bottom line, an ask and a plan. The "
        "colours stand in every weekly report.",
    ),
    Definition(
        id="updates-honest",
        name="Updates whose colours agree with the data",
        unit="%",
        text="Of the updates sent in the last quarter: the part in which no colour was written over a "
        "measure that was red.",
    ),
    Definition(
        id="updates-copied",
        name="Updates that say what the week before said",
        unit="%",
        text="Of the bottom lines that follow one of the week before: the part that shares nine tenths "
        "of its words with it.",
    ),
)
