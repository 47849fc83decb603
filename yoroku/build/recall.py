"""What a session starts from and leaves behind: the last build's manifest, memory and outputs."""

from __future__ import annotations

import contextlib
import os
from typing import Any

from yoroku.build import inputs, manifest, memory, output, sealed
from yoroku.build.inputs import Record
from yoroku.build.memory import Memory
from yoroku.build.output import Made
from yoroku.problems import Problem
from yoroku.records import dataclass, field


@dataclass(slots=True)
class Kept:
    """What is known of the last good build. Each good build replaces it as a whole.

    `stray` are files in the output that are ours but of no build that is remembered.
    """

    memory: Memory = field(default_factory=Memory)
    record: Record = field(default_factory=dict)
    code: Record = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    read_ns: int = 0
    stray: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Left:
    """What a manifest says beyond `Kept`."""

    request: manifest.Request
    until: int
    warnings: tuple[Problem, ...]
    withheld: tuple[str, ...]


def recall(root: str, folder: str, seen: manifest.Look | None = None) -> Kept:
    """What the last build left, as far as it can be believed. `folder` is the output, relative. Raises Problems."""
    found = manifest.load(root) if seen is None else seen.found
    target = os.path.join(root, folder)
    stray = _tidied(root, target)
    ours = found is not None and found.request[0] == folder
    if not ours and os.path.isdir(target):
        stray |= output.adopt(target, folder)
    listing = seen.code if seen is not None and seen.code is not None else manifest.code_listing()
    before = found.read_ns if found else 0
    code = inputs.recorded(manifest.code_root(), listing, found.code if found else {}, before)
    if found is None:
        return Kept(code=code, stray=stray)
    known = None
    if _digests(code) == _digests(found.code) and found.platform == manifest.platform():
        known = memory.load(os.path.join(root, manifest.CACHE), found.tables)
    made = dict(found.made.items()) if ours else {}
    return Kept(known or Memory(), found.inputs, code, made, found.read_ns, stray)


def keep(root: str, kept: Kept, left: Left) -> None:
    """Write memory and manifest, the manifest last, and remove what only the build before needed. Raises Problems."""
    cache = os.path.join(root, manifest.CACHE)
    try:
        tables = memory.save(cache, kept.memory)
        manifest.save(
            root,
            manifest.Manifest(
                left.request,
                manifest.platform(),
                kept.code,
                kept.record,
                manifest.Outputs.of(kept.made),
                read_ns=kept.read_ns,
                until=left.until,
                tables=tables,
                notices=tuple(_plain(problem) for problem in left.warnings),
                withheld=left.withheld,
            ),
        )
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(root, manifest.UNFINISHED))
        memory.tidy(cache, kept.memory, tables)
    except OSError as error:
        raise output.not_written(manifest.CACHE, error) from error


def _tidied(root: str, target: str) -> set[str]:
    """After an interrupted build: the files that it had announced and put in place."""
    unfinished = os.path.join(root, manifest.UNFINISHED)
    if not os.path.lexists(unfinished) and not os.path.lexists(target + sealed.PART):
        return set()
    announced = sealed.read(unfinished)
    return output.leftovers(target, announced if isinstance(announced, list) else None)


def _digests(record: Record) -> dict[str, bytes]:
    return {path: entry[3] for path, entry in record.items()}


def _plain(problem: Problem) -> tuple[Any, ...]:
    at = problem.at
    return (at.path, at.line, at.column, problem.code, problem.what, problem.fix, problem.severity.value)
