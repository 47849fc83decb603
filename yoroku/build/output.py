"""The folder `output/`: written only where bytes differ, all at the end, and nothing left behind.

A build *stages* each file under a temporary name beside its place (or, when there is no output yet, in a whole folder
beside `output/`), so a build that fails has changed nothing. `commit` then renames. A list of the names to come is
written first: a build that is killed half way is tidied by the next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping

from yoroku.build import sealed
from yoroku.build.inputs import digest, read
from yoroku.build.sealed import PART
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass, field

# Says that everything in the folder was made here, so that a build without its memory may tidy it.
MARKER = ".yoroku-output"
MARKER_TEXT = b"Made by yoroku. The next build removes what it did not make, names that start with a dot excepted.\n"

Made = tuple[int, int, bytes]  # modification time in nanoseconds, size in bytes, digest
Replaced = dict[str, bytes | None]  # what stood at a path before, None for nothing


@dataclass(slots=True)
class Staged:
    """What one process has prepared: files under temporary names, files that are already right, and late ones.

    `late` holds the bytes of files whose place is still taken by a folder or a file of the last build.
    """

    written: dict[str, bytes] = field(default_factory=dict)
    unchanged: dict[str, bytes] = field(default_factory=dict)
    late: dict[str, bytes] = field(default_factory=dict)


class Stage:
    """Prepares files for `root`. One per process; `record` tells what the last build made and is still intact."""

    def __init__(self, root: str, record: Mapping[str, Made], *, fresh: bool) -> None:
        self.root = root
        self.fresh = fresh
        self.staged = Staged()
        self._record = record
        self._base = root + PART if fresh else root
        self._folders: set[str] = set()

    def put(self, path: str, data: bytes) -> None:
        """Prepare one file, unless the output already holds the same bytes. Raises Problems."""
        mark = digest(data)
        made = self._record.get(path)
        if made is not None and made[2] == mark:
            self.staged.unchanged[path] = mark
            return
        target = f"{self._base}/{path}"
        try:
            if not self.fresh and made is None and _holds(target, data):
                self.staged.unchanged[path] = mark
                return
            self._make_folder(target[: target.rfind("/")])
            _write(target if self.fresh else target + PART, data)
        except (FileExistsError, NotADirectoryError):
            self.staged.late[path] = data
        except OSError as error:
            raise not_written(path, error) from error
        self.staged.written[path] = mark

    def adopt(self, made: Mapping[str, Made]) -> None:
        """Take files that were put in their place as made by this build."""
        self._record = {**self._record, **made}

    def stands(self, path: str) -> bool:
        """Whether the output holds this file as the last build made it."""
        return path in self._record

    def holds(self, path: str, mark: bytes) -> bool:
        """Whether the output holds a file with this digest already."""
        made = self._record.get(path)
        return made is not None and made[2] == mark

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            try:
                os.mkdir(folder)
            except OSError:  # it stands, or the one above does not: let the patient way find out
                os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)


def commit(stage: Stage, *parts: Staged, remove: Iterable[str]) -> dict[str, Made]:
    """Put every staged file in its place and remove the stale ones. Returns what now stands there. Raises Problems."""
    made: dict[str, Made] = {}
    root, blocked = stage.root, []
    path = ""
    try:
        if stage.fresh:
            os.rename(root + PART, root)
        else:
            for path in (path for part in parts for path in part.written if path not in part.late):
                try:
                    os.replace(f"{root}/{path}{PART}", f"{root}/{path}")
                except (IsADirectoryError, NotADirectoryError, PermissionError):
                    blocked.append(path)
        for path in sorted(remove):
            _remove(root, path)
        for path in blocked:
            os.replace(f"{root}/{path}{PART}", f"{root}/{path}")
        for path, data in ((path, data) for part in parts for path, data in part.late.items()):
            os.makedirs(os.path.dirname(f"{root}/{path}"), exist_ok=True)
            _write(f"{root}/{path}", data)
        for part in parts:
            for path, mark in (part.written | part.unchanged).items():
                stat = os.stat(f"{root}/{path}")
                made[path] = (stat.st_mtime_ns, stat.st_size, mark)
    except OSError as error:
        raise not_written(path, error) from error
    return made


def discard(stage: Stage, paths: Iterable[str]) -> None:
    """Take back whatever was staged for these paths, in whichever process, as far as the disk lets us."""
    if stage.fresh:
        shutil.rmtree(stage.root + PART, ignore_errors=True)
        return
    for path in paths:
        try:
            os.unlink(f"{stage.root}/{path}{PART}")
        except FileNotFoundError:
            continue
        except OSError:
            pass
        _remove_empty(stage.root, path)


def replaced(stage: Stage) -> Replaced:
    """What stands where the staged files will."""
    found: Replaced = {}
    for path in stage.staged.written:
        try:
            found[path] = read(f"{stage.root}/{path}")
        except OSError:
            found[path] = None
    return found


def put_back(stage: Stage, before: Replaced) -> None:
    """Take back files that were put in their place, as far as the disk lets us."""
    for path, data in before.items():
        with contextlib.suppress(OSError):
            if data is None:
                _remove(stage.root, path)
            else:
                _write(f"{stage.root}/{path}{PART}", data)
                os.replace(f"{stage.root}/{path}{PART}", f"{stage.root}/{path}")


def intact(root: str, record: Mapping[str, Made]) -> dict[str, Made]:
    """Those of the recorded files that still stand as they were left, or hold the recorded bytes after all."""
    look, prefix = os.stat, root + "/"
    kept = dict(record)
    for path, made in record.items():
        target = prefix + path
        try:
            stat = look(target)
            if stat.st_mtime_ns == made[0] and stat.st_size == made[1]:
                continue
            if stat.st_size == made[1] and digest(read(target)) == made[2]:
                kept[path] = (stat.st_mtime_ns, stat.st_size, made[2])
                continue
        except OSError:
            pass
        del kept[path]
    return kept


def leftovers(root: str, announced: Iterable[str] | None) -> set[str]:
    """Tidy after an interrupted build: temporary files go; announced files that came to stand are returned."""
    shutil.rmtree(root + PART, ignore_errors=True)
    for path in list(_files(root)):
        if path.endswith(PART):
            _remove(root, path)
    return {path for path in announced or () if os.path.isfile(f"{root}/{path}")}


def adopt(root: str, shown: str) -> set[str]:
    """Every file of an output folder that this program made but has no memory of. Raises Problems if it is not ours."""
    files = {path for path in _files(root) if not path.startswith(".")}
    if files and not os.path.isfile(f"{root}/{MARKER}"):
        raise Problems(
            Problem(
                Place(shown),
                "output-foreign",
                f"'{shown}' holds files that were not made by a build, such as '{min(files)}'",
                fix="empty it or name another folder",
            )
        )
    return files


def empty(root: str, ours: set[str] | None) -> int:
    """Remove these files, or all, and the folders that this leaves empty; returns how many. Raises Problems."""
    count = 0
    try:
        for path in sorted(_files(root)):
            if ours is None or path in ours or path == MARKER:
                os.unlink(f"{root}/{path}")
                _remove_empty(root, path)
                count += 1
        with contextlib.suppress(OSError):
            os.rmdir(root)
    except OSError as error:
        raise not_written(os.path.basename(root), error) from error
    return count


def announce(path: str, names: Iterable[str]) -> None:
    """Write down which names are about to appear in the output. Raises Problems."""
    try:
        sealed.write(path, list(names))
    except OSError as error:
        raise not_written(os.path.basename(path), error) from error


def not_written(path: str, error: OSError) -> Problems:
    """The problem of a file that the system would not take."""
    reason = error.strerror or str(error)
    fix = "free some space" if error.errno in _FULL else "check that the folder can be written to"
    return Problems(Problem(Place(path), "outside-not-written", f"this file could not be written: {reason}", fix=fix))


def _files(root: str) -> Iterator[str]:
    for folder, _, names in os.walk(root):
        prefix = os.path.relpath(folder, root).replace(os.sep, "/") + "/"
        for name in names:
            yield name if prefix == "./" else prefix + name


def _holds(target: str, data: bytes) -> bool:
    try:
        return os.stat(target).st_size == len(data) and read(target) == data
    except OSError:
        return False


def _write(target: str, data: bytes) -> None:
    handle = os.open(target, _FLAGS, 0o666)
    try:
        done = os.write(handle, data)
        while done < len(data):
            done += os.write(handle, data[done:])
    finally:
        os.close(handle)


def _remove(root: str, path: str) -> None:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        os.unlink(f"{root}/{path}")
    _remove_empty(root, path)


def _remove_empty(root: str, path: str) -> None:
    folder = os.path.dirname(path)
    with contextlib.suppress(OSError):
        while folder:
            os.rmdir(f"{root}/{folder}")
            folder = os.path.dirname(folder)


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_FULL = {28, 122}  # ENOSPC, EDQUOT
