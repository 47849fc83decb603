"""The memory between builds: tables, and logs of larger values. All of it lies in `.yoroku/`.

A table is a sealed file whose name ends in its checksum; the manifest lists the names, so the tables of two builds
are never mixed. A log only grows: a value is found by (log, offset, length). Each process writes a log of its own;
logs of which little is still used are copied together. Nothing here is believed without its checksum.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, BinaryIO

from yoroku.build import sealed

Where = tuple[int, int, int, int]  # log number, offset, length, checksum

_LEAST = 1 << 20  # logs smaller than this, together, are not worth copying
_BUFFER = 1 << 18


class Tables:
    """Named tables in a folder, each under a name that says what is in it."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def save(self, name: str, value: Any) -> str:
        """Write a table unless the same one is there. Returns its file name. Raises OSError."""
        header, blob = parts = sealed.seal_parts(value)
        size = len(header) + len(blob)
        file = f"{name}-{zlib.crc32(blob, zlib.crc32(header)):08x}{size:x}.table"
        path = os.path.join(self._folder, file)
        try:
            if os.stat(path).st_size == size:
                return file
        except OSError:
            pass
        sealed.write_parts(path, parts)
        return file

    def has(self, file: str) -> bool:
        """Whether the table is there."""
        return os.path.exists(os.path.join(self._folder, file))

    def load(self, file: str) -> Any:
        """A table's value, or None when it is missing or torn."""
        return sealed.read(os.path.join(self._folder, file))

    def keep_only(self, files: Iterable[str]) -> None:
        """Remove every table but these, and what interrupted builds left."""
        wanted = set(files)
        for name in _names(self._folder):
            if (name.endswith(".table") and name not in wanted) or name.endswith(sealed.PART):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(self._folder, name))


class LogWriter:
    """One process's new log. Nothing is created until something is added."""

    def __init__(self, folder: str, number: int) -> None:
        self._path = os.path.join(folder, log_name(number))
        self._number = number
        self._at = 0
        self._file: BinaryIO | None = None

    def add(self, data: bytes) -> Where:
        """Append a value. Raises OSError."""
        if self._file is None:
            self._file = open(self._path, "wb", buffering=_BUFFER)  # noqa: SIM115 (closed by `close`)
        self._file.write(data)
        where = (self._number, self._at, len(data), zlib.crc32(data))
        self._at += len(data)
        return where

    def flush(self) -> None:
        """Hand everything to the system, so that it can be read."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Finish the log."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Logs:
    """Reads values out of the logs of a folder."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._open: dict[int, int] = {}

    def read(self, where: Where) -> bytes | None:
        """The value at a place, or None when it is not there as it was written."""
        number, offset, length, check = where
        try:
            handle = self._open.get(number)
            if handle is None:
                handle = os.open(os.path.join(self._folder, log_name(number)), os.O_RDONLY | getattr(os, "O_BINARY", 0))
                self._open[number] = handle
            data = _read_at(handle, length, offset)
        except OSError:
            return None
        return data if len(data) == length and zlib.crc32(data) == check else None

    def close(self) -> None:
        """Let go of the files."""
        for handle in self._open.values():
            os.close(handle)
        self._open.clear()

    def next_number(self) -> int:
        """A log number that no file has."""
        return max((number for name in _names(self._folder) if (number := _number(name)) is not None), default=0) + 1

    def sizes(self) -> dict[int, int]:
        """How many bytes each log has."""
        found = {}
        for name in _names(self._folder):
            number = _number(name)
            if number is not None:
                with contextlib.suppress(OSError):
                    found[number] = os.stat(os.path.join(self._folder, name)).st_size
        return found

    def keep_only(self, numbers: Iterable[int]) -> None:
        """Remove every log but these."""
        self.close()
        wanted = set(numbers)
        for name in _names(self._folder):
            number = _number(name)
            if number is not None and number not in wanted:
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(self._folder, name))


def compacted(folder: str, used: Mapping[Hashable, Where]) -> dict[Hashable, Where]:
    """The same values in fewer bytes: copied into one new log when less than half of the logs is still used.

    The old logs stay until the manifest no longer names them. A value that cannot be read is left out. Raises OSError.
    """
    logs = Logs(folder)
    total = sum(logs.sizes().values())
    live = sum(where[2] for where in used.values())
    if total < _LEAST or (live * 2 > total and len({where[0] for where in used.values()}) < 64):
        return dict(used)
    writer = LogWriter(folder, logs.next_number())
    moved: dict[Hashable, Where] = {}
    for key, where in sorted(used.items(), key=lambda item: item[1]):
        data = logs.read(where)
        if data is not None:
            moved[key] = writer.add(data)
    writer.close()
    logs.close()
    return moved


def log_name(number: int) -> str:
    """The file name of a log."""
    return f"{number}.log"


def _number(name: str) -> int | None:
    stem, _, suffix = name.partition(".")
    return int(stem) if suffix == "log" and stem.isdecimal() else None


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _read_at(handle: int, length: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(handle, length, offset)
    os.lseek(handle, offset, os.SEEK_SET)  # Windows
    return os.read(handle, length)
