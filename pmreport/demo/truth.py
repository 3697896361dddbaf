"""What is in the corpus, counted: the judge of a sync."""

from collections import Counter
from typing import Any

from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import Issue


def issue_truth(issue: Issue) -> dict[str, Any]:
    """One issue, counted."""
    return {
        "id": issue.id,
        "key": issue.key,
        "old_keys": list(issue.old_keys),
        "updated_ms": issue.updated_ms,
        "status": issue.status,
        "sprints": list(issue.sprints),
        **_counts(issue),
    }


def _counts(issue: Issue) -> dict[str, int]:
    return {
        "histories": len(issue.histories),
        "history_items": sum(len(row.items) for row in issue.histories),
        "worklogs": len(issue.worklogs),
        "worklog_seconds": sum(row.seconds for row in issue.worklogs),
        "comments": len(issue.comments),
        "link_ends": len(issue.links),
    }


def truth(corpus: Corpus) -> dict[str, Any]:
    """The whole corpus, counted, and each project by its key. A link has two ends and counts once."""
    projects: dict[str, Counter[str]] = {p.key: Counter() for p in corpus.site.projects.values()}
    links: set[int] = set()
    for issue in corpus.issues():
        counted = projects[corpus.site.projects[issue.project].key]
        counted["issues"] += 1
        counted.update(_counts(issue))
        links.update(link.id for link in issue.links)
    total: Counter[str] = Counter()
    for counted in projects.values():
        total.update(counted)
    site = corpus.site
    return {
        "now_ms": corpus.now_ms,
        **_full(total),
        "links": len(links),
        "sprints": len(site.sprints),
        "boards": len(site.boards),
        "versions": len(site.versions),
        "components": len(site.components),
        "statuses": sum(not s.deleted for s in site.statuses.values()),
        "fields": len(site.fields),
        "projects": {key: _full(counted) for key, counted in projects.items()},
    }


def _full(counted: Counter[str]) -> dict[str, int]:
    names = ("issues", "histories", "history_items", "worklogs", "worklog_seconds", "comments", "link_ends")
    return {name: counted[name] for name in names}
