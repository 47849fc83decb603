"""The question that comes before every build: is there anything to do at all?

Ask here first, before anything else of the build is imported. The answer costs a few system calls a file.
"""

from __future__ import annotations

from yoroku.build import manifest


def unchanged(root: str, *, output: str, base_url: str | None, drafts: bool, search: bool) -> manifest.Manifest | None:
    """What the last build left, when there is nothing to do; None when a build is needed."""
    return look(root, output=output, base_url=base_url, drafts=drafts, search=search).current


def look(root: str, *, output: str, base_url: str | None, drafts: bool, search: bool) -> manifest.Look:
    """The same with all that was seen on the way, so that a build need not look again."""
    return manifest.Look(root, request(output=output, base_url=base_url, drafts=drafts, search=search))


def request(*, output: str, base_url: str | None, drafts: bool, search: bool) -> manifest.Request:
    """The part of a command line that decides what a build makes."""
    return (output, base_url or "", drafts, search)
