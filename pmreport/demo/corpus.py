"""Everything the simulator serves: the site, its issues, and the order in which they were updated."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pmreport.demo import bulk as bulk_issues
from pmreport.demo import tinkering
from pmreport.demo.bulk import Bulk
from pmreport.demo.catalogue import Site
from pmreport.demo.datacenter import dressed
from pmreport.demo.dialect import CLOUD, Dialect
from pmreport.demo.issue import Comment, Issue, Item, Worklog
from pmreport.demo.life import IDS_PER_ISSUE
from pmreport.demo.story import year
from pmreport.demo.story.diary import NOW_MS

_KEPT_BULK = 20_000
_KEPT_FORMS = 4

Fate = Literal["deleted", "hidden", "archived"]


class Row(NamedTuple):
    """What the index knows of an issue; its natural order is that of updates, then of keys."""

    updated_ms: int
    project_key: str
    number: int
    id: int
    created_ms: int
    project: str


class Corpus:
    """A site and its issues at an instant. Edits happen at `now_ms`, which only moves forward."""

    def __init__(self, site: Site, issues: Iterable[Issue], now_ms: int, bulk: Bulk | None = None) -> None:
        self.site = site
        self.now_ms = now_ms
        self.revision = 0
        self.deleted_worklogs: list[tuple[int, int]] = []
        self.fates: dict[int, Fate] = {}
        self.closed_projects: set[str] = set()
        self._bulk = bulk
        self._known = {issue.id: issue for issue in issues}
        self._built: dict[int, Issue] = {}
        self._rows = {issue.id: self._row(issue) for issue in self._known.values()}
        if bulk is not None:
            self._rows.update(
                (i, self._bulk_row(bulk, i)) for i in range(bulk.first_id, bulk.first_id + bulk.count)
            )
        self._ids_by_key = {key: i.id for i in self._known.values() for key in (*i.old_keys, i.key)}
        self._sorted: list[Row] | None = None
        self._worklogs: list[tuple[int, int]] | None = None
        self.shared: dict[tuple[str, ...], str] = {}
        self.steps: dict[tuple[tuple[Item, ...], str], str] = {}
        self._written: OrderedDict[str, dict[int, bytes]] = OrderedDict()

    def _row(self, issue: Issue) -> Row:
        key = self.site.projects[issue.project].key
        return Row(issue.updated_ms, key, issue.number, issue.id, issue.created_ms, issue.project)

    def _bulk_row(self, bulk: Bulk, issue_id: int) -> Row:
        created, updated = bulk.instants(issue_id)
        return Row(updated, "WEB", issue_id - bulk.first_id + 1, issue_id, created, "10003")

    @property
    def rows(self) -> dict[int, Row]:
        """The index, by issue id."""
        return self._rows

    def updated_between(self, low_ms: int, high_ms: int) -> Sequence[Row]:
        """The rows updated in [low, high), oldest update first."""
        if self._sorted is None:
            self._sorted = sorted(self._rows.values())
        first = bisect_left(self._sorted, low_ms, key=lambda row: row.updated_ms)
        last = bisect_left(self._sorted, high_ms, key=lambda row: row.updated_ms)
        return self._sorted[first:last]

    def issue(self, issue_id: int) -> Issue | None:
        """An issue by its id; None when there is none, or it was deleted."""
        if issue_id not in self._rows:
            return None
        known = self._known.get(issue_id) or self._built.get(issue_id)
        if known is None and self._bulk is not None:
            if len(self._built) >= _KEPT_BULK:
                self._built.clear()
            known = self._built[issue_id] = self._bulk.issue(issue_id, self.site)
        return known

    def find(self, key_or_id: str) -> Issue | None:
        """An issue by id, key, or a key it had before; keys in any case."""
        text = key_or_id.strip().upper()
        if text.isdigit():
            return self.issue(int(text))
        found = self._ids_by_key.get(text)
        if found is None and self._bulk is not None and text.startswith("WEB-") and text[4:].isdigit():
            found = self._bulk.first_id + int(text[4:]) - 1
        return self.issue(found) if found is not None else None

    def issues(self) -> Iterator[Issue]:
        """Every issue, by id."""
        for issue_id in sorted(self._rows):
            issue = self.issue(issue_id)
            if issue is not None:
                yield issue

    def told(self) -> Iterator[Issue]:
        """The issues that are kept in memory: the story and whatever was edited, no untouched bulk."""
        return (issue for issue in self._known.values() if issue.id in self._rows)

    def comment(self, comment_id: int) -> Comment | None:
        """A comment by its id."""
        issue = self.issue(comment_id // IDS_PER_ISSUE)
        return next((c for c in issue.comments if c.id == comment_id), None) if issue else None

    def worklog(self, worklog_id: int) -> Worklog | None:
        """A worklog by its id."""
        issue = self.issue(worklog_id // IDS_PER_ISSUE)
        return next((w for w in issue.worklogs if w.id == worklog_id), None) if issue else None

    def worklogs_updated(self) -> list[tuple[int, int]]:
        """When each worklog was last written, and its id."""
        if self._worklogs is None:
            self._worklogs = [(log.updated_ms, log.id) for issue in self.issues() for log in issue.worklogs]
        return self._worklogs

    def written(self, name: str) -> dict[int, bytes]:
        """The JSON of issues that was written under a name before; whoever writes more keeps it here."""
        kept = self._written.setdefault(name, {})
        self._written.move_to_end(name)
        if len(self._written) > _KEPT_FORMS:
            self._written.popitem(last=False)
        return kept

    def touched(self, issue: Issue) -> None:
        """Say that an issue was edited: its written JSON and the index are made anew."""
        self._known[issue.id] = issue  # a bulk issue that was edited is kept from now on
        self._rows[issue.id] = self._row(issue)
        self._ids_by_key[issue.key] = issue.id
        self._changed()
        self._write_anew(issue)

    def delete(self, issue: Issue) -> None:
        """Delete an issue and its sub-tasks: Jira leaves no trace of them, not even on those they hung on."""
        self._drop(issue, "deleted")
        for child in [child for child in map(self.any_issue, issue.children) if child is not None]:
            if self.site.types[child.type].level < 0:
                self.delete(child)
            else:
                child.parent = None
        if (parent := self.any_issue(issue.parent or 0)) is not None:
            parent.children = [each for each in parent.children if each != issue.id]
        for other in filter(None, (self.any_issue(link.other) for link in issue.links)):
            other.links = [link for link in other.links if link.other != issue.id]

    def hide(self, issue: Issue) -> None:
        """Take an issue out of the sight of the token: what it hangs on still names it."""
        self._drop(issue, "hidden")

    def archive(self, issue: Issue) -> None:
        """Archive an issue: no search finds it any more, and its `updated` stays."""
        self._drop(issue, "archived")

    def bring_back(self, issue: Issue) -> None:
        """Show an issue again, or unarchive it, with the `updated` it had."""
        self.fates.pop(issue.id, None)
        self.touched(issue)

    def _drop(self, issue: Issue, fate: Fate) -> None:
        self._known[issue.id] = issue
        self._rows.pop(issue.id, None)
        self.fates[issue.id] = fate
        self._changed()
        self._write_anew(issue)

    def any_issue(self, issue_id: int) -> Issue | None:
        """An issue by its id, also one that is out of sight; None where there is none or it was deleted."""
        if self.fates.get(issue_id) == "deleted":
            return None
        return self._known.get(issue_id) or self.issue(issue_id)

    def _write_anew(self, issue: Issue) -> None:
        """Forget the written JSON of an issue and of those that show it: parent, sub-tasks, far ends."""
        self._forget(issue)

    def out_of_sight(self, key_or_id: str) -> Issue | None:
        """An issue by id or key, also one that the token may not see any more; none that was deleted."""
        text = key_or_id.strip().upper()
        return self.any_issue(int(text) if text.isdigit() else self._ids_by_key.get(text, 0))

    def site_changed(self) -> None:
        """Say that the site was edited: a sprint's new name stands in the JSON of its issues."""
        for issue in (*self._known.values(), *self._built.values()):
            issue.fragments.clear()
        self._written.clear()
        self.shared.clear()
        self.steps.clear()
        self._changed()

    def _forget(self, issue: Issue) -> None:
        """Let the issue and those that show it be written anew."""
        near = {issue.id, issue.parent, *issue.children, *(link.other for link in issue.links)} - {None}
        for kept in self._written.values():
            for issue_id in near & kept.keys():
                del kept[issue_id or 0]
        for other in (self.issue(i) for i in near if i is not None):
            if other is not None:
                other.fragments.clear()

    def _changed(self) -> None:
        self._sorted = None
        self._worklogs = None
        self.revision += 1


def build(issues: int | None, seed: int, product: Dialect = CLOUD, *, histories: int | None = None) -> Corpus:
    """The story, and as many bulk issues beyond it as make `issues` (never fewer than the story).

    Those have so many `histories` on average; None: the handful of their way through the columns.
    """
    site = year.site(seed)
    told = year.story(site, seed)
    extra = (issues or 0) - len(told)
    if extra <= 0:
        return Corpus(dressed(site, product), told, NOW_MS)
    bulk_issues.extend(site)
    bulk = Bulk(seed, 1 + told[-1].id, extra, tinkering.classes(histories))
    return Corpus(dressed(site, product), told, NOW_MS, bulk)
