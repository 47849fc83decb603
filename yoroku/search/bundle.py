"""The index's folder in the site: files named by what is in them, old or new at any moment but never half."""

from __future__ import annotations

import hashlib
import os
import zlib
from base64 import b32encode
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from yoroku.search.shadow import SIGNATURE

ENTRY = "entry.json"
_FOLDERS = ("index", "filter", "fragment")
# The highest takes six times as long to save 5 %.
_LEVEL = 4
_GZIP = 31


def replace(path: Path, data: bytes) -> None:
    """Write so that a reader, or a crash, sees the old file or the new one."""
    new = f"{path}.{os.getpid()}.new"
    with open(new, "wb") as file:
        file.write(data)
    os.replace(new, path)


def present(out: Path) -> set[str]:
    """The files in the folder, relative to it."""
    found: set[str] = set()
    for folder in ("", *_FOLDERS):
        try:
            with os.scandir(out / folder) as listing:
                found.update(f"{folder}/{e.name}" if folder else e.name for e in listing if e.is_file())
        except FileNotFoundError:
            continue
    return found


class Bundle:
    """What the folder holds, what has been written or kept, and what is stale in the end.

    Used in a `with`: files are compressed and written beside the work that makes them.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        for folder in _FOLDERS:
            (out / folder).mkdir(parents=True, exist_ok=True)
        self._present = present(out)
        self._named: dict[str, bytes] = {}
        self._pool = ThreadPoolExecutor(2)
        self._writing: list[Future[None]] = []

    def __enter__(self) -> Bundle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def keep(self, file: str) -> bool:
        """The file belongs to the index; whether it is there already."""
        self._named.setdefault(file, b"")
        return file in self._present

    def write(self, file: str, data: bytes) -> None:
        """Write a file that `keep` did not find."""
        replace(self._out / file, data)

    def pack(self, folder: str, ending: str, data: bytes) -> str:
        """Compress and write data under the shortest name that is no other's; returns the bare name."""
        known = hashlib.sha256(data).digest()
        letters = b32encode(known).decode().lower()
        size = 5
        while self._named.get(f"{folder}/{letters[:size]}.{ending}", known) != known:
            size += 1
        file = f"{folder}/{letters[:size]}.{ending}"
        self._named[file] = known
        if file not in self._present:
            self._writing.append(self._pool.submit(self._compress, file, data))
            # Do not hold more than a few packs that wait for their turn.
            if len(self._writing) > 64:
                self._writing.pop(0).result()
        return letters[:size]

    def _compress(self, file: str, data: bytes) -> None:
        self.write(file, zlib.compress(SIGNATURE + data, _LEVEL, _GZIP))

    def settle(self) -> None:
        """Wait until everything is written. Raises what went wrong."""
        for waiting in self._writing:
            waiting.result()
        self._writing.clear()

    def size(self, file: str) -> int:
        """Bytes of a file that is there."""
        return (self._out / file).stat().st_size

    def fixed(self, file: str, data: bytes) -> None:
        """A file with a name of its own; written when it is not the same already."""
        path = self._out / file
        if not path.exists() or path.read_bytes() != data:
            replace(path, data)
        self._named[file] = b""

    def finish(self, entry: bytes) -> tuple[str, ...]:
        """Point to the new files, then remove all others. Returns the files of the index."""
        self.settle()
        self.fixed(ENTRY, entry)
        for stale in self._present - set(self._named):
            (self._out / stale).unlink(missing_ok=True)
        return tuple(sorted(self._named))
