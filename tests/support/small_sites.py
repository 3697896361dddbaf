"""Small sites for tests: some issues of the story with all that belongs to them, free to be edited."""

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cache

from pmreport.demo.catalogue import Site
from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import CLOUD, DIALECTS, Dialect
from pmreport.demo.issue import Issue
from tests.support.simulator import story_corpus

_SECOND_BOARD = 15


@cache
def _whole(product: str) -> Corpus:
    """The story; nobody edits this one."""
    return story_corpus(product=DIALECTS[product])


def cut(product: Dialect, choose: Callable[[Sequence[Issue]], Iterable[Issue]]) -> Corpus:
    """The chosen issues of the story with the whole site around them."""
    whole = _whole(product.name)
    site, issues = deepcopy((whole.site, list(choose(list(whole.issues())))))
    return Corpus(replace(site, product=whole.site.product), issues, whole.now_ms)


def first_of(project: str, most: int, product: Dialect = CLOUD) -> Corpus:
    """So many issues of one project."""
    return cut(product, lambda told: _of_project(told, project)[:most])


def named(product: Dialect, *keys: str) -> Corpus:
    """Some issues that stand alone, by their keys."""
    return cut(product, lambda told: [issue for issue in told if issue.key in keys])


def motley(product: Dialect, projects: Collection[str], of_each: int = 25, oldest: int = 0) -> Corpus:
    """A site in which everything occurs: links, epics, long lists of comments and worklogs.

    The newest issues `of_each` project, and the `oldest` of the site.
    """

    def choose(told: Sequence[Issue]) -> Iterable[Issue]:
        chosen = {issue.id for key in projects for issue in _of_project(told, key)[-of_each:]}
        chosen |= {issue.id for issue in told[:oldest]}
        chosen |= {issue.id for issue in told if issue.links} | {
            max(told, key=lambda issue: len(getattr(issue, name))).id for name in ("comments", "worklogs")
        }
        chosen |= {issue.parent for issue in told if issue.id in chosen and issue.parent}
        return (issue for issue in told if issue.id in chosen)

    return cut(product, choose)


def _of_project(told: Iterable[Issue], key: str) -> list[Issue]:
    return [issue for issue in told if issue.key.startswith(f"{key}-")]


def small_site(dice: random.Random, product: str, projects: Collection[str]) -> Corpus:
    """Ten to twenty-five issues, most of these projects, their sprints, and perhaps a second board."""
    whole = _whole(product)
    everybody = list(whole.issues())
    mine = [each for each in everybody if whole.site.projects[each.project].key in projects]
    odd = [each for each in mine if each.old_keys or each.links or len(each.worklogs) > 19]
    chosen = [*dice.sample(mine, dice.randint(7, 14)), *dice.sample(everybody, 3)]
    chosen += dice.sample(odd, dice.randint(0, 2))
    ids = {each.id for each in chosen}
    for each in list(chosen):
        parent = each
        while parent.parent and (found := whole.issue(parent.parent)):
            ids.add(found.id)
            parent = found
    issues = [deepcopy(each) for each in everybody if each.id in ids]
    for each in issues:
        each.links = [link for link in each.links if link.other in ids]
        each.children = [child for child in each.children if child in ids]
    return Corpus(_smaller(whole.site, issues, dice), issues, whole.now_ms)


def _smaller(site: Site, issues: Iterable[Issue], dice: random.Random) -> Site:
    """The site with the sprints that its issues know, and those that are not closed."""
    sides = [
        side or ""
        for issue in issues
        for history in issue.histories
        for item in history.items
        if item.field == "Sprint"
        for side in (item.from_, item.to)
    ]
    told = {int(each) for side in sides for each in side.split(", ") if each}
    told |= {sprint for issue in issues for sprint in issue.sprints}
    sprints = {each.id: each for each in site.sprints.values() if each.id in told or each.state != "closed"}
    shop = next(board for board in site.boards.values() if board.kind == "scrum")
    boards = dict(site.boards)
    if dice.random() < 0.3:
        boards[_SECOND_BOARD] = replace(shop, id=_SECOND_BOARD, name="SHOP second board")
        own = [each for each in sprints.values() if each.board_id == shop.id]
        for each in dice.sample(own, len(own) // 2):
            sprints[each.id] = replace(each, board_id=_SECOND_BOARD)
    return replace(site, sprints=sprints, boards=boards)
