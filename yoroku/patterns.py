"""Patterns that are compiled when they are first used, and kept for the next start of the program.

An import needs four hundred patterns, and compiling one class of kanji takes up to two milliseconds: together half of
what one short bulletin costs. What the compiler made is therefore kept where Python keeps its compiled modules, under
the same conditions: nothing is written where Python writes no bytecode. It is a memory and no more: a file that is
missing, torn or another Python's is made again, and where the library's own parts have other names nothing is kept.
"""

from __future__ import annotations

import contextlib
import importlib
import marshal
import re
import sys
import zlib
from array import array
from collections.abc import Callable, Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

__all__ = [
    "compiled",
    "findall",
    "finditer",
    "fullmatch",
    "keep",
    "late",
    "match",
    "remembered",
    "search",
    "split",
    "sub",
]

_METHODS = ("match", "fullmatch", "search", "sub", "split", "findall", "finditer")
# Beyond this, what this start did not use is let go: patterns of older versions of the program.
_MOST = 2000

# What the compiler makes of a pattern: flags, code, number of groups, names of groups.
_Code = tuple[int, bytes, int, dict[str, int]]
Value = TypeVar("Value")


class _Late:
    """Stands for a pattern, and takes over its methods when one is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        pattern = compiled(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled at its first use."""
    return cast("re.Pattern[str]", _Late(source, flags))


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, from memory where an earlier start left it there."""
    return _memory.pattern(source, flags)


@cache
def _ready(source: str, flags: int) -> re.Pattern[str]:
    return compiled(source, flags)


# As in `re`, for patterns that stand in the program: one made of a bulletin's words would be kept for ever.


def search(source: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """As `re.search`."""
    return _ready(source, flags).search(text)


def match(source: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """As `re.match`."""
    return _ready(source, flags).match(text)


def fullmatch(source: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """As `re.fullmatch`."""
    return _ready(source, flags).fullmatch(text)


def finditer(source: str, text: str, flags: int = 0) -> Iterator[re.Match[str]]:
    """As `re.finditer`."""
    return _ready(source, flags).finditer(text)


def findall(source: str, text: str, flags: int = 0) -> list[Any]:
    """As `re.findall`."""
    return _ready(source, flags).findall(text)


def split(source: str, text: str) -> list[str | Any]:
    """As `re.split`."""
    return _ready(source, 0).split(text)


def sub(source: str, by: str, text: str) -> str:
    """As `re.sub`."""
    return _ready(source, 0).sub(by, text)


def keep() -> None:
    """Leave what was compiled for the next start. A folder that cannot be written to is no mistake."""
    _memory.write()


def remembered(key: Hashable, make: Callable[[], Value]) -> Value:
    """What `make` makes, from memory where an earlier start left it there.

    `key` says everything that the value comes from; both are made of what `marshal` writes: plain values and tuples.
    """
    return _memory.value(key, make)


class Memory:
    """The compiled patterns of one file. `file` None keeps nothing."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._known: dict[Hashable, Any] | None = None
        self._used: dict[Hashable, Any] = {}
        self._new = False

    def value(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What the file has for `key`; else what `make` makes, which `write` will add."""
        if self._file is None:
            return make()
        if self._known is None:
            self._known = _read(self._file)
        if key in self._known:
            found = self._known[key]
        else:
            found, self._new = make(), True
        self._used[key] = found
        return cast("Value", found)

    def pattern(self, source: str, flags: int) -> re.Pattern[str]:
        """The compiled pattern. Raises `re.error`."""
        if self._file is None or _sre is None:
            return re.compile(source, flags)
        return _pattern(source, self.value((source, int(flags)), lambda: _compile(source, int(flags))))

    def write(self) -> None:
        """Write the file when something is new."""
        if not self._new or self._file is None or sys.dont_write_bytecode:
            return
        self._new = False
        everything = {**(self._known or {}), **self._used}
        data = marshal.dumps(everything if len(everything) <= _MOST else self._used)
        # Not at the top: a start that finds everything needs no temporary files.
        from yoroku.atomic import write_whole  # noqa: PLC0415

        with contextlib.suppress(OSError):
            write_whole(self._file, b"%s%08x%s" % (_MAGIC, zlib.crc32(data), data))


def _read(file: Path) -> dict[Hashable, Any]:
    """What a file keeps; nothing when it is not whole or not of this Python."""
    try:
        written = file.read_bytes()
    except OSError:
        return {}
    start = len(_MAGIC) + 8
    data = memoryview(written)[start:]
    if written[:start] != b"%s%08x" % (_MAGIC, zlib.crc32(data)):
        return {}
    return cast("dict[Hashable, Any]", marshal.loads(data))


def _compile(source: str, flags: int) -> _Code:
    parsed = _parser.parse(source, flags)
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    state = parsed.state
    return flags | state.flags, code, state.groups - 1, dict(state.groupdict)


def _pattern(source: str, made: _Code) -> re.Pattern[str]:
    flags, code, groups, names = made
    listed: list[str | None] = [None] * (groups + 1)
    for name, at in names.items():
        listed[at] = name
    words = array("I", code).tolist()
    return cast("re.Pattern[str]", _sre.compile(source, flags, words, groups, names, tuple(listed)))


def _library(*names: str) -> tuple[Any, ...]:
    """The parts of the library's `re` that compile; nothing where this Python has none of that name."""
    try:
        return tuple(importlib.import_module(name) for name in names)
    except ImportError:
        return (None,) * len(names)


def _beside() -> Path | None:
    """The file beside this module's own bytecode."""
    bytecode = __spec__.cached if __spec__ is not None else None
    return Path(bytecode).with_suffix(".patterns") if bytecode else None


_sre, _compiler, _parser = _library("_sre", "re._compiler", "re._parser")
# The same code means another thing to another Python, or to one with other tables of letters.
_MAGIC = f"yoroku patterns {sys.version} {getattr(_sre, 'MAGIC', 0)} {sys.byteorder}\n".encode()
_memory = Memory(_beside())
