"""Files of the content that look like texts and are not read, because of where they lie or how their names end."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from yoroku.build.documents import BRIEFINGS, FOLDERS
from yoroku.problems import Place, Problem, Severity

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".txt", ".text")
_OTHERS = (".html", ".htm", ".docx", ".doc", ".rtf", ".odt", ".org", ".rst")
_FOLDERS = tuple(FOLDERS)
_BULLETINS = "content/bulletins/"
# What people leave in folders for each other.
_FOR_PEOPLE = ("readme", "license", "contributing", "changelog")


def unread(paths: Iterable[str]) -> Iterator[Problem]:
    """A warning for each file that somebody may have meant for the site."""
    for path in paths:
        if not path.startswith("content/") or path.startswith(_BULLETINS):
            continue
        fix = _fix(path, path.lower())
        if fix and not posixpath.basename(path).lower().startswith(_FOR_PEOPLE):
            yield Problem(Place(path), "not-read", "this file is not read", fix, Severity.WARNING)


def _fix(path: str, lower: str) -> str:
    known = path.startswith(_FOLDERS)
    if not known and lower.endswith(".md"):
        return "move it to content/notes/, content/pages/ or content/briefings/"
    if not known or path.endswith(".md"):
        return ""
    if path.startswith(BRIEFINGS) and lower.endswith((".txt", ".html", ".htm")):
        return f"a bulletin belongs in {_BULLETINS}"
    name = f"{posixpath.splitext(posixpath.basename(path))[0]}.md"
    if lower.endswith(_MARKDOWN):
        return f"rename it to '{name}'"
    return f"save its text as Markdown in '{name}'" if lower.endswith(_OTHERS) else ""
