"""Write a file whole or not at all: to a temporary name on the same disk, then renamed over the old one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

PREFIX, SUFFIX = ".yoroku-", ".tmp"


def write_whole(path: Path, data: bytes, *, durable: bool = False, within: Path | None = None) -> None:
    """Write `data` to `path`, whose folders are made. Raises OSError.

    `durable` also waits until the disk has it. `within` is the folder of the temporary file: else that of `path`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if within is not None:
        within.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=within or path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def is_temporary(name: str) -> bool:
    """True for a name that only an interrupted write leaves behind."""
    return name.startswith(PREFIX) and name.endswith(SUFFIX)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
