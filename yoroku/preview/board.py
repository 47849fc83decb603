"""The board: which revision is wanted, which one is visible, and what the open pages are told.

Every save raises the wanted revision at once. A finished refresh makes it the visible one. A request waits until what
it asks for is visible, so nobody sees a page of one revision beside a list of another.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections import Counter, deque
from collections.abc import Callable

from yoroku.preview.builder import Refreshed
from yoroku.records import dataclass, field, replace

HISTORY = 30
"""Refreshes that the panel remembers."""
LISTED = 300
"""Changed outputs that are named to the browser; beyond, every page looks for itself."""
LOOKED_AT = 4
"""Pages that are made before others because somebody looked at them last, and as many because somebody waits."""
NAMED_EARLY = 20
"""Outputs that are named to the browser while the refresh goes on."""
PAGE_SUFFIXES = (".html", ".xml", ".json", ".ics", ".txt", "")
"""What a refresh of content can change: requests for these wait. Others wait only when a file of their kind changed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One refresh, for the panel. `at` is local wall time in seconds since the epoch; `inputs` None means all."""

    revision: int
    at: float
    inputs: tuple[str, ...] | None
    result: Refreshed


@dataclass(frozen=True, slots=True)
class State:
    """What an open page is told.

    `since` is the revision before this one, `changed` the outputs between the two (None: too many to name), `ready` the
    outputs of the coming revision that can be had already.
    """

    boot: str
    serial: int = 0
    revision: int = 0
    since: int = 0
    building: bool = False
    done: int = 0
    total: int = 0
    changed: tuple[str, ...] | None = ()
    ready: tuple[str, ...] = ()
    problem: str = ""
    problem_id: str = ""
    stale_search: bool = False

    def json(self) -> str:
        """The state as the browser reads it."""
        names = self.__dataclass_fields__
        return json.dumps({name: getattr(self, name) for name in names}, ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class Board:
    """Shared by the watcher, the refresh loop and every connection. All methods may be called from any thread."""

    wanted: int = 0
    visible: int = 0
    ever: bool = False
    closed: bool = False
    looked_at: tuple[str, ...] = ()
    history: deque[Entry] = field(default_factory=lambda: deque(maxlen=HISTORY))
    _state: State = field(default_factory=lambda: State(boot=secrets.token_hex(6)))
    _ready: set[str] = field(default_factory=set)
    _coming: int = 0
    _waiting: Counter[str] = field(default_factory=Counter)
    _kinds: frozenset[str] | None = None
    _lock: threading.Condition = field(default_factory=threading.Condition)

    def want(self, kinds: frozenset[str] | None) -> int:
        """A save was seen: whoever asks from now on waits for it. `kinds` are suffixes of the files, None for all."""
        with self._lock:
            if self.wanted == self.visible:
                self._kinds = frozenset()
            self._kinds = None if kinds is None or self._kinds is None else self._kinds | kinds
            self.wanted += 1
            return self.wanted

    def begin(self, revision: int) -> None:
        """The refresh that makes a revision starts."""
        with self._lock:
            self._ready.clear()
            self._coming = revision
            self._tell(building=True, done=0, total=0, ready=())

    def ready(self, path: str) -> None:
        """An output has its new bytes although the refresh goes on."""
        with self._lock:
            self._ready.add(path)
            if len(self._state.ready) < NAMED_EARLY:
                self._tell(ready=(*self._state.ready, path))
            self._lock.notify_all()

    def count(self, done: int, total: int) -> None:
        """The refresh has made `done` of `total` outputs."""
        with self._lock:
            # A browser needs no more than some steps a second; each is a line on every open connection.
            if total and (done == total or done * 20 // total != self._state.done * 20 // total):
                self._tell(done=done, total=total)

    def finish(self, entry: Entry, problem: str, problem_id: str) -> None:
        """A refresh ended: what it left in the output is what is visible now."""
        with self._lock:
            changed = (*(made.path for made in entry.result.written), *entry.result.removed, *sorted(self._ready))
            self.visible = max(self.visible, entry.revision)
            self.ever = self.ever or not entry.result.failed
            self.history.appendleft(entry)
            self._ready.clear()
            self._tell(
                since=self._state.revision,
                revision=self.visible,
                building=False,
                ready=(),
                changed=changed if len(changed) <= LISTED else None,
                problem=problem,
                problem_id=problem_id,
            )

    def search(self, *, stale: bool) -> None:
        """Say whether the search answers for older pages than the visible ones."""
        with self._lock:
            if stale != self._state.stale_search:
                self._tell(stale_search=stale)

    def look(self, path: str) -> None:
        """Somebody looks at this output: it is made before others."""
        with self._lock:
            self.looked_at = (path, *(other for other in self.looked_at if other != path))[:LOOKED_AT]

    def first(self) -> tuple[str, ...]:
        """The pages to be made before others: those that somebody waits for, then those looked at last."""
        with self._lock:
            waited = [path for path in self._waiting if path.endswith(".html")]
            return tuple(dict.fromkeys((*waited[:LOOKED_AT], *self.looked_at)))

    def wait(self, path: str | None, seconds: float) -> bool:
        """Wait until the visible revision of an output is the one wanted on arrival; False when time ran out."""
        with self._lock:
            goal = self.wanted
            if path is not None and not self._touches(path):
                return True
            self._waiting[path or ""] += 1
            try:
                return self._lock.wait_for(lambda: self.closed or self._has(path, goal), seconds)
            finally:
                self._waiting[path or ""] -= 1
                if not self._waiting[path or ""]:
                    del self._waiting[path or ""]

    def state(self) -> State:
        """The present state."""
        return self._state

    def next(self, serial: int, seconds: float) -> State | None:
        """The first state after `serial`, or None when none came in time or the board was closed."""
        with self._lock:
            self._lock.wait_for(lambda: self.closed or self._state.serial > serial, seconds)
            return self._state if self._state.serial > serial and not self.closed else None

    def close(self) -> None:
        """Let everybody go."""
        with self._lock:
            self.closed = True
            self._lock.notify_all()

    def _has(self, path: str | None, goal: int) -> bool:
        """Whether an output is as new as a revision: finished, or early in the refresh that makes it."""
        return self.visible >= goal or (path in self._ready and self._coming >= goal)

    def _touches(self, path: str) -> bool:
        """Whether a running refresh could change this output."""
        suffix = path[path.rfind(".") :] if "." in path.rsplit("/", 1)[-1] else ""
        return suffix in PAGE_SUFFIXES or self._kinds is None or suffix in self._kinds

    def _tell(self, **news: object) -> None:
        change: Callable[..., State] = replace
        self._state = change(self._state, serial=self._state.serial + 1, **news)
        self._lock.notify_all()


def now() -> float:
    """Wall time in seconds since the epoch, for showing to people only."""
    return time.time()
