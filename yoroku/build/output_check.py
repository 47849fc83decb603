"""Whether the output still stands as the last build left it. Apart from `output` so that asking imports nothing."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def all_intact(root: str, paths: Iterable[str], times: Iterable[int], sizes: Iterable[int]) -> bool:
    """Whether every file stands as it was left, by its modification time (nanoseconds) and size alone."""
    stat, prefix = os.stat, root + "/"
    try:
        for path, time, size in zip(paths, times, sizes, strict=True):
            found = stat(prefix + path)
            if found.st_mtime_ns != time or found.st_size != size:
                return False
    except OSError:
        return False
    return True
