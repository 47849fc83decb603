"""Which files a build reads, and whether they are the ones the last build read.

A file is the same when modification time, change time and size are; if one differs, its digest decides, so that a
cache restored on another machine, where every time differs, is still of use. Paths are relative, with `/`.
Only built-in modules are imported at the top: a build with nothing to do goes through here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

Stat = tuple[int, int, int]  # modification time and change time in nanoseconds, size in bytes
Entry = tuple[int, int, int, bytes]  # the same and the digest of the bytes
Record = dict[str, Entry]

DIGEST_SIZE = 16
_FINE_NS = 50_000_000
_COARSE_NS = 2_000_000_000


def digest(data: bytes) -> bytes:
    """The digest by which contents are compared, 16 bytes."""
    # Not at the top: hashlib takes longer to import than a small site takes to check.
    from hashlib import blake2b  # noqa: PLC0415

    return blake2b(data, digest_size=DIGEST_SIZE).digest()


def read(path: str) -> bytes:
    """A file's bytes. Raises OSError."""
    with open(path, "rb", buffering=0) as file:
        return file.readall()


def walk(root: str, top: str) -> dict[str, Stat]:
    """Every file below `root/top` by its path from `root`, without hidden files and editors' backups.

    Links to files are followed; links to folders only while they stay inside `root` and lead to no folder that holds
    them, so a loop ends. What vanishes while it is being listed is not there.
    """
    found: dict[str, Stat] = {}
    stack = [top]
    while stack:
        folder = stack.pop()
        try:
            entries = os.scandir(os.path.join(root, folder))
        except OSError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if is_ignored(name):
                    continue
                path = f"{folder}/{name}" if folder else name
                try:
                    if entry.is_dir():
                        if not entry.is_symlink() or _may_follow(root, path):
                            stack.append(path)
                        continue
                    stat = entry.stat()
                except OSError:
                    continue
                found[path] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
    return found


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is no content: hidden, an editor's backup or lock, a system's litter."""
    return name[0] in ".#" or name[-1] == "~" or name in {"Thumbs.db", "desktop.ini", "__pycache__"}


def _may_follow(root: str, path: str) -> bool:
    real_root = os.path.realpath(root)
    target = os.path.realpath(os.path.join(root, path))
    holder = os.path.realpath(os.path.join(root, os.path.dirname(path)))
    inside = target.startswith(real_root + os.sep)
    return inside and not (holder + os.sep).startswith(target + os.sep)


def stat_of(path: str) -> Stat | None:
    """The stat of one file, or None when there is none."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)


def listing(root: str, tops: tuple[str, ...]) -> dict[str, Stat]:
    """All inputs below `root`: the files named in `tops` and everything below the folders named there."""
    found: dict[str, Stat] = {}
    for top in tops:
        path = os.path.join(root, top)
        if os.path.isdir(path):
            found.update(walk(root, top))
        elif (stat := stat_of(path)) is not None:
            found[top] = stat
    return found


def is_racy(stat: Stat, read_ns: int) -> bool:
    """Whether a file may have changed after it was read at `read_ns` without its times showing it.

    Times have a grain: some milliseconds, or whole seconds on some file systems. A file from the future, after the
    clock was moved back, is never trusted either.
    """
    newest = max(stat[0], stat[1])
    grain = _COARSE_NS if newest % 1_000_000_000 == 0 else _FINE_NS
    return newest >= read_ns - grain


def same(root: str, found: dict[str, Stat], record: Record, read_ns: int) -> bool:
    """Whether the files found have the very contents on record. Reads only those whose stat leaves a doubt."""
    if len(found) != len(record):
        return False
    doubtful = []
    for path, stat in found.items():
        entry = record.get(path)
        if entry is None:
            return False
        if entry[:3] != stat or is_racy(stat, read_ns):
            if entry[2] != stat[2]:
                return False
            doubtful.append(path)
    try:
        return all(digest(read(os.path.join(root, path))) == record[path][3] for path in doubtful)
    except OSError:
        return False


def recorded(root: str, found: dict[str, Stat], record: Record, read_ns: int) -> Record:
    """The record of the files found: digests come from `record` where stats agree, else from the bytes.

    A file that vanished since it was listed is left out.
    """
    result: Record = {}
    for path, stat in found.items():
        entry = record.get(path)
        if entry is not None and entry[:3] == stat and not is_racy(stat, read_ns):
            result[path] = entry
            continue
        try:
            result[path] = (*stat, digest(read(os.path.join(root, path))))
        except OSError:
            continue
    return result


def relisted(root: str, tops: tuple[str, ...], record: Record, changed: Iterable[str]) -> tuple[Record, frozenset[str]]:
    """The record after these files and folders may have changed, and the paths whose bytes are others now, or gone."""
    result = dict(record)
    for path in changed:
        # A folder is in no record: only then its files must be looked for.
        inside = [path] if path in record else [name for name in record if name.startswith(path + "/")]
        for name in inside:
            result.pop(name, None)
        if path.split("/", 1)[0] in tops:
            result.update(recorded(root, listing(root, (path,)), {}, 0))
    touched = {path for path, _ in result.items() ^ record.items()}
    return result, frozenset(path for path in touched if _mark(result, path) != _mark(record, path))


def _mark(record: Record, path: str) -> bytes:
    entry = record.get(path)
    return entry[3] if entry is not None else b""


def now_ns() -> int:
    """The wall clock, to compare with files' times."""
    return time.time_ns()
