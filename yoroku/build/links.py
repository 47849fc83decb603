"""What is wrong in the texts of a site as a whole: mistakes in bodies, and links to places that other pages lack."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from yoroku.build.library import Library
from yoroku.build.reader import StoredReader
from yoroku.problems import Problem
from yoroku.site.fragments import FragmentLink, anchors, broken_fragments
from yoroku.site.reserved import RESERVED


def text_problems(reader: StoredReader, library: Library, keys: Iterable[str], root: str) -> Iterator[Problem]:
    """What is wrong in the rendered bodies of these documents; only those whose rendering is on record."""
    urls: dict[str, str] = {}
    known: dict[str, frozenset[str] | None] = {}

    def anchors_of(url: str) -> frozenset[str] | None:
        if not urls:
            urls.update(reader.addresses())
        if url not in known:
            key = urls.get(url)
            rendering = library.rendering(key) if key is not None else None
            known[url] = anchors(rendering.body.html) if rendering is not None else None
        return known[url]

    bodies = library.bodies
    for key in [
        key for key in keys if (entry := bodies.get(key)) is not None and not (entry.clean and not entry.fragments)
    ]:
        yield from reader.body_problems(key)
        entry = bodies[key]
        if entry.fragments:
            links = (FragmentLink(*link) for link in entry.fragments)
            yield from broken_fragments(key, links, anchors_of, RESERVED, lambda key=key: _lines(root, key))  # type: ignore[misc]


def _lines(root: str, path: str) -> list[str]:
    try:
        with open(os.path.join(root, path), encoding="utf-8-sig", newline=None) as file:
            return file.read().split("\n")
    except (OSError, ValueError):
        return []
