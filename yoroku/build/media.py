"""The pictures and other media below `content/`: where they lie in the output, and their sizes, read once a change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from yoroku.build.inputs import Record, read
from yoroku.build.memory import Memory
from yoroku.problems import Place, Problem, Problems
from yoroku.site.pictures import SUFFIXES, Picture, is_media, media_url, size_of

_REST = "media"


def sources(record: Record) -> Iterator[tuple[str, str]]:
    """Output path and file of everything below `content/` that is copied."""
    for path in record:
        if is_media(path):
            yield media_url(path).lstrip("/"), path


def read_media(root: str, record: Record, memory: Memory) -> tuple[Picture, ...]:
    """All media by path, with the sizes of pictures. Raises Problems where two files would be one in the output."""
    known: dict[str, Any] = memory.rest.get(_REST, {})
    sizes: dict[str, Any] = {}
    found: list[Picture] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for path in sorted(filter(is_media, record)):
        url = media_url(path)
        # Some disks tell neither upper from lower case nor composed from decomposed characters.
        other = taken.setdefault(url.casefold(), path)
        if other != path:
            what = f"this file would have the same address as {other}"
            problems.append(Problem(Place(path), "same-address", what, "give one of them another name"))
        mark = record[path][3]
        row = known.get(path)
        if row is None or row[0] != mark:
            row = (mark, _size(os.path.join(root, path)))
        sizes[path] = row
        width, height = row[1] or (None, None)
        found.append(Picture(path, url, width, height))
    if problems:
        raise Problems(*problems)
    memory.rest[_REST] = sizes
    return tuple(found)


def _size(path: str) -> tuple[int, int] | None:
    if not path.lower().endswith(SUFFIXES):
        return None
    try:
        return size_of(read(path))
    except OSError:
        return None  # copying it will say what is wrong
