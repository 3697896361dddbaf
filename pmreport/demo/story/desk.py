"""Where the issues of the story are opened: ids, keys and the values they are born with."""

from dataclasses import dataclass, field
from typing import Any

from pmreport.demo.catalogue import Project, Site
from pmreport.demo.issue import Issue, Link
from pmreport.demo.life import Life
from pmreport.demo.story import cast

LINK_KINDS = {
    "Blocks": ("blocks", "is blocked by"),
    "Relates": ("relates to", "relates to"),
    "Duplicate": ("duplicates", "is duplicated by"),
}


@dataclass(slots=True)
class Desk:
    """Opens issues one after the other; the n-th issue has the id 10000 + n."""

    site: Site
    lives: list[Life] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _links: int = 10_500

    def next_key(self, project: Project) -> str:
        """The next free key of a project."""
        number = self._numbers.get(project.id, 0) + 1
        self._numbers[project.id] = number
        return f"{project.key}-{number}"

    def open(self, project: str, type_id: str, summary: str, created_ms: int, **born: Any) -> Life:
        """Open an issue. What it is born with has no changelog item."""
        born.setdefault("reporter", cast.PM)
        born.setdefault("status", cast.APP_TODO if project == cast.APP else cast.TODO)
        size = born.pop("size", None)
        issue = Issue(
            id=10_001 + len(self.lives),
            key=self.next_key(self.site.projects[project]),
            project=project,
            type=type_id,
            summary=summary,
            created_ms=created_ms,
            **born,
        )
        if size is not None:
            issue.points[self.site.points_fields[project]] = size
        if issue.original_s is not None:
            issue.remaining_s = issue.original_s
        life = Life(issue)
        self.lives.append(life)
        if issue.parent:
            self.lives[issue.parent - 10_001].issue.children.append(issue.id)
        return life

    def link(self, kind: str, outward: Life, inward: Life, at_ms: int, author: str) -> None:
        """Join two issues: the first blocks (relates to, duplicates) the second."""
        self._links += 1
        verbs = LINK_KINDS[kind]
        outward.issue.links.append(Link(self._links, kind, inward.issue.id, outward=True))
        inward.issue.links.append(Link(self._links, kind, outward.issue.id, outward=False))
        said = f"This issue {verbs[0]} {inward.issue.key}", f"This issue {verbs[1]} {outward.issue.key}"
        outward.at(at_ms, author, "link", (inward.issue.key, said[0]))
        inward.at(at_ms, author, "link", (outward.issue.key, said[1]))
