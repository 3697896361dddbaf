"""The company of the story on Data Center: the same people, projects and sprints, known otherwise."""

import unicodedata
from dataclasses import replace

from pmreport.demo.catalogue import Board, FieldInfo, Site, User
from pmreport.demo.changes import SPRINT, TEAM_POINTS
from pmreport.demo.dialect import CLOUD, DATACENTER, Dialect

EPIC_NAME = "customfield_10011"
_FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
_FIRST_USER = 10_100
_CLOUD_FIELDS = {"statuscategorychangedate"}


def dressed(site: Site, product: Dialect) -> Site:
    """The site as its product has it."""
    return site if product is CLOUD else _datacenter(site)


def _datacenter(site: Site) -> Site:
    return replace(
        site,
        product=DATACENTER,
        base_url=site.base_url + DATACENTER.context,
        users={u.account_id: _user(n, u) for n, u in enumerate(site.users.values())},
        boards={board.id: _board(board) for board in site.boards.values()},
        fields={info.id: _field(info) for info in _fields(site)},
    )


def _user(number: int, who: User) -> User:
    """A person with a key that stays and a name that can change; addresses are not hidden here."""
    plain = unicodedata.normalize("NFKD", who.name.lower()).encode("ascii", "ignore").decode()
    name = ".".join(plain.split())
    return replace(
        who, key=f"JIRAUSER{_FIRST_USER + number}", username=name, email=who.email or f"{name}@aurora.example"
    )


def _board(board: Board) -> Board:
    """Team-managed boards exist on Cloud alone; here the same team has a board of sprints."""
    return replace(board, kind="scrum") if board.kind == "simple" else board


def _fields(site: Site) -> list[FieldInfo]:
    epic_name = FieldInfo(
        id=EPIC_NAME,
        name="Epic Name",
        local_name="Nome do épico",
        type="string",
        custom="com.pyxis.greenhopper.jira:gh-epic-label",
        clauses=("cf[10011]", "Epic Name"),
    )
    return [*(info for info in site.fields.values() if info.id not in _CLOUD_FIELDS), epic_name]


def _field(info: FieldInfo) -> FieldInfo:
    if info.id == SPRINT:
        return replace(info, items="string")
    return replace(info, custom=_FLOAT) if info.id == TEAM_POINTS else info
