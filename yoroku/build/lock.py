"""One build at a time in a site: two would write the same files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from yoroku.problems import Place, Problem, Problems

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt


@contextlib.contextmanager
def held(path: str) -> Iterator[None]:
    """Hold the lock file `path`. The system lets go of it when the process ends, however it ends. Raises Problems."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        what = f"the cache folder cannot be written to: {error.strerror}"
        problem = Problem(
            Place(".yoroku"), "outside-not-written", what, fix="check the folder's permissions and free space"
        )
        raise Problems(problem) from error
    try:
        if not _take(handle):
            raise Problems(_busy(handle))
        os.ftruncate(handle, 0)
        os.pwrite(handle, b"%d\n" % os.getpid(), 0) if hasattr(os, "pwrite") else os.write(handle, b"\n")
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def _busy(handle: int) -> Problem:
    with contextlib.suppress(OSError):
        holder = os.read(handle, 20).decode("ascii", "replace").strip()
        if holder:
            what = f"another build is running here (process {holder})"
            return Problem(Place(".yoroku/lock"), "outside-build-running", what, fix="wait for it or end it")
    return Problem(
        Place(".yoroku/lock"), "outside-build-running", "another build is running here", fix="wait for it or end it"
    )
