"""The people, the workflow and the projects of the story."""

from pmreport.demo.catalogue import Component, IssueType, Named, Project, Status, User, Version

PM = "712020:5f0c2a9e-8d41-4c57-9b1e-2f6d0a7c3e11"
HEAD = "712020:0b7e61d2-45aa-4f0e-8c93-71d2b6e4a902"
FORMER = "557058:9a3d5c70-1e2f-4b86-a0d7-c4e8f1b25d63"
AUTOMATION = "557058:f58131cb-b67d-43c7-b30d-6b58d40bd077"
TOMAS = "712020:1c9d7e34-6b20-4a15-92f8-0d3e5b7a6c41"
AYLIN = "712020:2d8e6f45-7c31-4b26-83e9-1e4f6c8b7d52"
JONAS = "712020:3e7f5a56-8d42-4c37-94da-2f5a7d9c8e63"
SOFIA = "712020:4f6a4b67-9e53-4d48-a5cb-3a6b8e0d9f74"
MAREK = "712020:5a5b3c78-0f64-4e59-b6dc-4b7c9f1e0a85"
NADIA = "712020:6b4c2d89-1a75-4f6a-87ed-5c8d0a2f1b96"
LUCA = "712020:7c3d1e90-2b86-4a7b-98fe-6d9e1b3a2c07"
EMMA = "712020:8d2e0fa1-3c97-4b8c-a90f-7e0f2c4b3d18"
OSKAR = "712020:9e1f9ab2-4da8-4c9d-ba10-8f1a3d5c4e29"

USERS = {
    user.account_id: user
    for user in (
        User(account_id=PM, name="Inês Duarte", email="ines.duarte@aurora.example"),
        User(account_id=HEAD, name="Petra Novak", email="petra.novak@aurora.example"),
        User(account_id=TOMAS, name="Tomas Berg"),
        User(account_id=AYLIN, name="Aylin Kaya"),
        User(account_id=JONAS, name="Jonas Weber"),
        User(account_id=SOFIA, name="Sofia Rossi"),
        User(account_id=MAREK, name="Marek Zielinski"),
        User(account_id=NADIA, name="Nadia Haddad"),
        User(account_id=LUCA, name="Luca Ferri"),
        User(account_id=EMMA, name="Emma Lindgren"),
        User(account_id=OSKAR, name="Oskar Nyman"),
        User(account_id=FORMER, name="Former user", active=False),
        User(account_id=AUTOMATION, name="Automation for Jira", account_type="app"),
    )
}
SHOP_TEAM = (TOMAS, AYLIN, JONAS, SOFIA)
APP_TEAM = (NADIA, LUCA, EMMA, OSKAR)

SHOP, APP, OPS, WEB = "10000", "10001", "10002", "10003"
PROJECTS = {
    p.id: p
    for p in (
        Project(id=SHOP, key="SHOP", name="Aurora Shop", lead=PM),
        Project(id=APP, key="APP", name="Aurora App", lead=PM, team_managed=True),
        Project(id=OPS, key="OPS", name="Shop Operations", lead=MAREK),
    )
}

TODO, DOING, REVIEW, DONE = "10000", "3", "10001", "10002"
ON_HOLD, TESTING = "10003", "10004"
APP_TODO, APP_DOING, APP_REVIEW, APP_DONE, APP_ON_HOLD = "10010", "10011", "10012", "10013", "10014"
STATUSES = {
    s.id: s
    for s in (
        Status(id=DOING, name="In Progress", category="indeterminate"),
        Status(id=TODO, name="To Do", category="new"),
        Status(id=REVIEW, name="In Review", category="indeterminate"),
        Status(id=DONE, name="Done", category="done"),
        Status(id=ON_HOLD, name="On Hold", category="indeterminate"),
        Status(id=TESTING, name="Testing", category="indeterminate", deleted=True),
        Status(id=APP_TODO, name="To Do", category="new", project_id=APP),
        Status(id=APP_DOING, name="In Progress", category="indeterminate", project_id=APP),
        Status(id=APP_REVIEW, name="In Review", category="indeterminate", project_id=APP),
        Status(id=APP_DONE, name="Done", category="done", project_id=APP),
        # The shop's status of this name is one of work in progress, and stands in no column.
        Status(id=APP_ON_HOLD, name="On Hold", category="new", project_id=APP),
    )
}

EPIC, STORY, TASK, BUG, SUBTASK, ACTION, QUESTION = (
    "10100",
    "10101",
    "10102",
    "10103",
    "10104",
    "10105",
    "10106",
)
APP_EPIC, APP_STORY, APP_TASK, APP_BUG, APP_SUBTASK = "10110", "10111", "10112", "10113", "10114"
TYPES = {
    t.id: t
    for t in (
        IssueType(id=EPIC, name="Epic", level=1),
        IssueType(id=STORY, name="Story"),
        IssueType(id=TASK, name="Task"),
        IssueType(id=BUG, name="Bug"),
        IssueType(id=SUBTASK, name="Sub-task", level=-1),
        IssueType(id=ACTION, name="Action"),
        IssueType(id=QUESTION, name="Question"),
        IssueType(id=APP_EPIC, name="Epic", level=1, project_id=APP),
        IssueType(id=APP_STORY, name="Story", project_id=APP),
        IssueType(id=APP_TASK, name="Task", project_id=APP),
        IssueType(id=APP_BUG, name="Bug", project_id=APP),
        IssueType(id=APP_SUBTASK, name="Subtask", level=-1, project_id=APP),
    )
}
PRIORITIES = {
    str(i): Named(str(i), name)
    for i, name in enumerate(("Highest", "High", "Medium", "Low", "Lowest"), start=1)
}
WONT_DO, DUPLICATE = "10001", "10002"
RESOLUTIONS = {
    r.id: r
    for r in (
        Named("10000", "Done"),
        Named(WONT_DO, "Won't Do"),
        Named(DUPLICATE, "Duplicate"),
        Named("10003", "Cannot Reproduce"),
    )
}

CHECKOUT_1, CHECKOUT_2, CHECKOUT_3, APP_4, APP_5 = "10200", "10201", "10202", "10203", "10204"
VERSIONS = {
    v.id: v
    for v in (
        Version(
            id=CHECKOUT_1,
            project=SHOP,
            name="Checkout 1",
            start="2025-11-03",
            release="2026-04-24",
            released=True,
        ),
        Version(
            id=CHECKOUT_2,
            project=SHOP,
            name="Checkout 2",
            start="2026-06-01",
            release="2026-12-18",
            description="One page, three payment methods, a budget of 1 300 hours.",
        ),
        Version(id=CHECKOUT_3, project=SHOP, name="Checkout 3"),
        Version(
            id=APP_4, project=APP, name="App 4.0", start="2025-11-26", release="2026-06-12", released=True
        ),
        Version(id=APP_5, project=APP, name="App 5.0", start="2026-06-15", release="2027-01-29"),
        Version(
            id="10205",
            project=SHOP,
            name="Autumn campaign",
            release="2026-10-02",
            released=True,
            archived=True,
        ),
    )
}
COMPONENTS = {
    c.id: c
    for c in (
        Component(
            id="10300", project=SHOP, name="Payment", description="Cards, wallets, refunds", lead=TOMAS
        ),
        Component(
            id="10301", project=SHOP, name="Basket", description="What a customer means to buy", lead=AYLIN
        ),
        Component(
            id="10302", project=SHOP, name="Catalogue", description="Products, prices and search", lead=JONAS
        ),
        Component(id="10303", project=APP, name="Push", description="Messages to phones", lead=NADIA),
        Component(id="10304", project=APP, name="Account", description="Sign-in and profile", lead=LUCA),
    )
}
