"""What the numbers of plans, dependencies, priorities, words and the investment mix mean."""

from pmreport.metrics.definition import Definition

ALL = (
    Definition(
        id="plan-duration",
        name="Duration of the plan",
        unit="working days",
        text="The length of the longest chain of open items, one after the other by the links that say what "
        "blocks what. An item lasts as long as its time estimate, else the median cycle time of its size; a "
        "done item lasts nothing. People who are needed twice at once are not in it.",
        source="critical path method",
    ),
    Definition(
        id="plan-critical",
        name="Items on the critical path",
        unit="items",
        text="Items without float: a day later there is a day later at the end.",
        source="critical path method",
    ),
    Definition(
        id="plan-estimated",
        name="Open items of the plan with an estimate of their own",
        unit="%",
        text="The part of the open items whose duration is their own time estimate; the others last as long "
        "as items of their size do in the median.",
    ),
    Definition(
        id="plan-linked",
        name="Open items of the plan that are linked to another",
        unit="%",
        text="The part of the open items that block another item of the plan, or are blocked by one.",
    ),
    Definition(
        id="plan-cycles",
        name="Items in a circle of links",
        unit="items",
        text="Items that block themselves by way of others: no order of them is possible, so these links are "
        "left out and named.",
    ),
    Definition(
        id="dependencies-foreseen",
        name="Dependencies linked before they blocked",
        unit="%",
        text="Of the links to an item of another project or outside the initiative that was still open when "
        "work on the blocked one had started: the part that was made before that start. A link made later is "
        "a surprise.",
    ),
    Definition(
        id="dependencies-mattered",
        name="Links that ever held work up",
        unit="%",
        text="The part of the dependencies on others whose blocking item was still open when work on the "
        "blocked one had started. Low where everything is linked to everything.",
    ),
    Definition(
        id="dependencies-dated",
        name="Open dependencies with an owner and a day",
        unit="%",
        text="Of the dependencies whose blocking item is open: the part in which it has an assignee and a "
        "due date.",
    ),
    Definition(
        id="rank-adherence",
        name="How far work starts in the order of the list",
        unit="",
        text="Kendall's tau-b between the place of an item in the ranked list and the order in which work on "
        "the items started: 1 is the same order, -1 the reverse, 0 none. Items not started are left out.",
        source="Kendall, Rank Correlation Methods, 1970",
    ),
    Definition(
        id="priorities-scored",
        name="Items of the list with a valid score",
        unit="%",
        text="The part of the open items for which WSJF (cost of delay over size) or RICE (reach x impact x "
        "confidence over effort) can be told. A size of 0 is none.",
    ),
    Definition(
        id="investment-labelled",
        name="Delivered items with an investment label",
        unit="%",
        text="Of the items delivered in the window: the part with the labels of exactly one kind of "
        "investment when it was done.",
    ),
    Definition(
        id="investment-label-early",
        name="Labels that were there at the start of work",
        unit="%",
        text="Of the labelled items delivered in the window: the part that carried its label when work on it "
        "started. A label set at the end describes, it does not plan.",
    ),
    Definition(
        id="investment-share",
        name="Share of an investment",
        unit="%",
        text="The part of the delivered items, or of their points, under one kind of investment. What has no "
        "label, or several, stands beside them and is no kind.",
    ),
    Definition(
        id="acronyms-explained",
        name="Acronyms of the items that are explained",
        unit="%",
        text="Of the acronyms that at least three items use: the part that the glossary of the journal "
        "explains. Names of people and keys of projects are no acronyms.",
    ),
    Definition(
        id="acronyms-reviewed",
        name="Explanations that somebody reviewed",
        unit="%",
        text="Of the terms in the glossary of the journal: the part with a reviewer. The others are claimed.",
    ),
    Definition(
        id="components-noted",
        name="Components with a note in the journal",
        unit="%",
        text="Of the components of the projects: the part that a note in the journal names.",
    ),
    Definition(
        id="components-fresh",
        name="Notes about components not older than a year",
        unit="%",
        text="Of the components with a note: the part whose newest note is not older than 365 days.",
    ),
)
