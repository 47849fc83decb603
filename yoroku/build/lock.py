"""One build at a time in a site: two would write the same files."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator

from yoroku.problems import Place, Problem, Problems

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt


_PAUSE_SECONDS = 0.05
_NAMES = {"build": "lock", "import": "import-lock"}


@contextlib.contextmanager
def held(path: str, *, doing: str = "build", wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock file `path`. The system lets go of it when the process ends, however it ends.

    Raises Problems when somebody else holds it, and goes on doing so for `wait_seconds`.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        what = f"the cache folder cannot be written to: {error.strerror}"
        problem = Problem(
            Place(".yoroku"), "outside-not-written", what, fix="check the folder's permissions and free space"
        )
        raise Problems(problem) from error
    try:
        until = time.monotonic() + wait_seconds
        while not _take(handle):
            if time.monotonic() >= until:
                raise Problems(_busy(handle, doing))
            time.sleep(_PAUSE_SECONDS)
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


def _busy(handle: int, doing: str) -> Problem:
    holder = ""
    with contextlib.suppress(OSError):
        holder = os.read(handle, 20).decode("ascii", "replace").strip()
    what = f"another {doing} is running here" + (f" (process {holder})" if holder else "")
    return Problem(Place(f".yoroku/{_NAMES[doing]}"), f"outside-{doing}-running", what, fix="wait for it or end it")
