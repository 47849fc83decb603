"""Values on disk that are never believed when torn, foreign or of another version.

A sealed file is one header line and a marshal blob: the header names the format, the Python that wrote it (marshal is
not stable between versions), the blob's length and its checksum. `read` gives None for anything that does not fit.
Only built-in modules are imported: a build with nothing to do reads one of these and ends.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing takes longer to import than all of this
    from typing import Any

FORMAT = 1
_MAGIC = f"yoroku {FORMAT} {sys.implementation.cache_tag}".encode()


def seal(value: Any) -> bytes:
    """The sealed form of a value made of None, bool, int, float, str, bytes, tuple, list and dict."""
    return b"".join(seal_parts(value))


def seal_parts(value: Any) -> tuple[bytes, bytes]:
    """The same in two parts, header and blob: a table of all documents need not be copied to be written."""
    blob = marshal.dumps(value, 2)
    return b"%s %d %08x\n" % (_MAGIC, len(blob), zlib.crc32(blob)), blob


def unseal(data: bytes) -> object | None:
    """The value that was sealed, or None when the bytes are not what this very version wrote."""
    end = data.find(b"\n", 0, 200)
    blob = memoryview(data)[end + 1 :]
    if end < 0 or data[:end] != b"%s %d %08x" % (_MAGIC, len(blob), zlib.crc32(blob)):
        return None
    try:
        value: object = marshal.loads(blob)
    except (ValueError, EOFError, TypeError):
        return None
    return value


def read(path: str) -> object | None:
    """The value in a sealed file, or None when there is no such file or it cannot be believed."""
    try:
        with open(path, "rb", buffering=0) as file:
            return unseal(file.readall())
    except OSError:
        return None


def write(path: str, value: Any) -> int:
    """Seal a value into a file, all of it or nothing. Returns its size in bytes. Raises OSError."""
    return write_parts(path, seal_parts(value))


def write_parts(path: str, parts: tuple[bytes, bytes]) -> int:
    """Write what `seal_parts` gave, all of it or nothing. Returns its size in bytes. Raises OSError."""
    part = path + PART
    with open(part, "wb", buffering=0) as file:
        for data in parts:
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
    os.replace(part, path)
    return sum(map(len, parts))


# The end of every temporary name, so that what an interrupted build leaves can be told from what people keep.
PART = ".yoroku-part"
