"""When a burst of file events is over: pure arithmetic on times, no clock and no files.

Editors save in many ways. A file that was closed after writing, or moved into place, is whole at once; one that was
only reported as created, changed or gone may be half written, or about to be replaced, so it waits a little longer.
"""

from __future__ import annotations

from yoroku.records import dataclass, field

WHOLE = 0.004
"""Seconds of quiet after a file was closed or moved into place."""
DOUBTFUL = 0.08
"""Seconds of quiet after an event that does not say that the file is whole."""
MANY = 20
"""From this number of files on, a burst (a branch switch, an unpacked archive) gets the longer quiet."""
LONGEST = 2.0
"""Seconds after which a burst that never ends is handed over as far as it has come."""
LIMIT = 2_000
"""Files after which a burst stops being a list: everything is looked at instead."""


@dataclass(slots=True)
class Burst:
    """The events that have come since the last hand-over. Times are seconds of any steady clock."""

    _due: dict[str, float] = field(default_factory=dict)
    _first: float | None = None
    _last: float = 0.0
    _everything: bool = False

    def add(self, path: str, now: float, *, whole: bool) -> None:
        """Note an event; a whole file replaces the doubt that earlier events left about it."""
        self._begin(now)
        self._due[path] = now + (WHOLE if whole else DOUBTFUL)
        if len(self._due) > LIMIT:
            self.add_everything(now)

    def add_everything(self, now: float) -> None:
        """Note that anything may have changed: a folder moved, or events were lost."""
        self._begin(now)
        self._everything = True
        self._due = {"": now + DOUBTFUL}

    def due(self) -> float | None:
        """When the burst is over if nothing more comes, or None when there is none."""
        if self._first is None:
            return None
        quiet = max(self._due.values())
        if len(self._due) > MANY:
            quiet = max(quiet, self._last + DOUBTFUL)
        return min(quiet, self._first + LONGEST)

    def take(self) -> frozenset[str] | None:
        """Hand over the files and start anew; None means everything."""
        paths = None if self._everything else frozenset(self._due)
        self._due, self._first, self._everything = {}, None, False
        return paths

    def _begin(self, now: float) -> None:
        self._first = now if self._first is None else self._first
        self._last = now
