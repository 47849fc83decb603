"""What an import writes: a briefing, and beside it what was imported, both or (for whoever comes next) neither.

Two files cannot be renamed at one moment. So what was imported waits in `content/briefings/.unfinished/` until the
briefing stands in its place, and is renamed after it. Killed before, the briefing is as it was, and the import is done
again; killed after, the next import or build finishes the renaming. Temporary files lie in the same folder, so that
what a killed import leaves is found in one place.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from yoroku.atomic import write_whole
from yoroku.briefing.file import front_of
from yoroku.build import lock, manifest, output
from yoroku.build.merges import BRIEFINGS
from yoroku.patterns import late
from yoroku.problems import Problems

BASES = f"{BRIEFINGS}/.imported"
UNFINISHED = f"{BRIEFINGS}/.unfinished"

_LOCK = f"{manifest.CACHE}/import-lock"
_WAIT_SECONDS = 60.0
_WAITING = ".waiting"
# Which import a text comes from: these lines are written by us and never wrapped.
_FROM = late(r"^  (?:bulletin|sha256|importer): .*$", re.MULTILINE)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Import while nobody else does, after what a killed import left is mended. Raises `Problems`."""
    with _locked(root, wait_seconds=_WAIT_SECONDS):
        _mend(root)
        try:
            yield
        finally:
            shutil.rmtree(root / UNFINISHED, ignore_errors=True)


def mend(root: Path) -> None:
    """Finish or undo what a killed import left; nothing when there is nothing, or when an import is running."""
    if os.path.isdir(root / UNFINISHED):
        with contextlib.suppress(Problems), _locked(root):
            _mend(root)


def put(root: Path, path: str, text: str | None, *, base: Path, imported: str) -> None:
    """Write a briefing (None: it is so already) and, as `base`, what was imported for it. Raises Problems."""
    waiting = f"{UNFINISHED}/{PurePosixPath(path).relative_to(BRIEFINGS)}{_WAITING}"
    write(root, waiting, imported)
    if text is not None:
        write(root, path, text)
    try:
        base.parent.mkdir(parents=True, exist_ok=True)
        os.replace(root / waiting, base)
    except OSError as error:
        raise output.not_written(BASES, error) from error


def write(root: Path, path: str, text: str) -> None:
    """Write one file of an import. Raises Problems."""
    try:
        write_whole(root / path, text.encode(), durable=True, within=root / UNFINISHED)
    except OSError as error:
        raise output.not_written(path, error) from error


@contextlib.contextmanager
def _locked(root: Path, *, wait_seconds: float = 0.0) -> Iterator[None]:
    with contextlib.suppress(OSError):  # the lock then says that nothing can be written here
        (root / manifest.CACHE).mkdir(parents=True, exist_ok=True)
    with lock.held(str(root / _LOCK), doing="import", wait_seconds=wait_seconds):
        yield


def _mend(root: Path) -> None:
    folder = root / UNFINISHED
    for waiting in sorted(folder.rglob(f"*{_WAITING}")) if folder.is_dir() else ():
        path = waiting.relative_to(folder).as_posix().removesuffix(_WAITING)
        briefing = root / BRIEFINGS / path
        if briefing.is_file() and _origin(briefing) == _origin(waiting):
            base = root / BASES / path
            base.parent.mkdir(parents=True, exist_ok=True)
            os.replace(waiting, base)
    shutil.rmtree(folder, ignore_errors=True)


def _origin(file: Path) -> list[str]:
    return _FROM.findall(front_of(file.read_text(encoding="utf-8", errors="replace")))
