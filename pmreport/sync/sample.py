"""Some of the stored issues, chosen so that nobody can foresee which, and the same every time."""

import hashlib
from collections.abc import Iterable
from heapq import nsmallest


def sample(issue_ids: Iterable[int], size: int, seed: int) -> list[int]:
    """`size` of the ids (all, where there are no more), in order. Another seed chooses others."""

    def lot(issue_id: int) -> bytes:
        return hashlib.sha256(f"{seed}:{issue_id}".encode()).digest()

    return sorted(nsmallest(size, issue_ids, key=lot))
