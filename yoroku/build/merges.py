"""Conflict pages that a re-import left: told by every build and check until an editor has dealt with them.

Only built-in modules are imported at the top beyond our own small ones: a build with nothing to do comes through here.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from yoroku.problems import Place, Problem, Severity

BRIEFINGS = "content/briefings"
MERGES = f"{BRIEFINGS}/.merge"


def pending_merges(root: Path) -> tuple[Problem, ...]:
    """A warning for each conflict page that an editor has not dealt with and deleted yet."""
    folder = root / MERGES
    files = sorted(folder.rglob("*.md")) if os.path.isdir(folder) else []
    paths = (f"{BRIEFINGS}/{file.relative_to(folder).as_posix()}" for file in files)
    return tuple(
        conflict(path, file.read_text("utf-8", errors="replace").count("\n## "))
        for path, file in zip(paths, files, strict=True)
    )


def conflict(path: str, count: int) -> Problem:
    """The warning for a briefing with so many places that both sides changed."""
    page = f"{MERGES}/{PurePosixPath(path).relative_to(BRIEFINGS)}"
    places = "place" if count == 1 else "places"
    what = f"the new import and an editor changed the same {count} {places}; the editor's version stands"
    return Problem(Place(path), "merge-conflict", what, f"compare in {page}, then delete that file", Severity.WARNING)
