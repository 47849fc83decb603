"""Notices what changed under the project: events of the system where they arrive, looking at time stamps where not.

Events get lost: on network drives and in some containers none arrive, and a full queue drops some. So a trial file is
written at the start, and a slow sweep compares time stamps beside the events. What it finds that no event told of is
handed on as well, and when that happens, events cannot be relied on here and looking becomes the way to watch.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from yoroku.preview.settle import Burst
from yoroku.records import dataclass

POLL = 0.4
"""Seconds between two looks when events do not arrive; more when a look takes long."""
SWEEP = 3.0
"""Seconds between two looks beside events, at first; a quiet project is looked at less and less often."""
SWEEP_LONGEST = 30.0
LOAD = 50
"""A look of n seconds is followed by at least this many times n seconds of rest: 2 per cent of one core."""
GRACE = 1.0
"""Seconds that an event may take to arrive before it counts as lost."""

_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
_SKIPPED = frozenset({"output", "node_modules", "__pycache__", "venv"})
_TEMPORARY = (
    "~",
    ".swp",
    ".swx",
    ".swo",
    ".tmp",
    ".temp",
    ".bak",
    ".crswap",
    ".part",
    ".orig",
    "___jb_tmp___",
    "___jb_old___",
)

PROBE_FOLDER = ".yoroku"
PROBE = 2.0
"""Seconds that the event of the trial file may take."""

Stamp = tuple[int, int, int]
"""Modification time in nanoseconds, size in bytes, inode."""


def ignored(path: str) -> bool:
    """Whether a path relative to the project is nobody's input: hidden, an output, an editor's scratch file."""
    parts = path.split("/")
    name = parts[-1]
    return (
        parts[0] in _SKIPPED
        or any(part.startswith((".", "#")) for part in parts)
        or "__pycache__" in parts
        or name.endswith(_TEMPORARY)
        or ".sb-" in name  # TextEdit's safe save
        or name == "4913"  # Vim tries out a folder with this name
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """A burst that is over: the files (None: look at everything) and the number of the revision that has them."""

    revision: int
    paths: frozenset[str] | None


class Watcher:
    """Collects changes in a `Burst`, from threads of its own.

    `seen(path)` is called at the first sign of each change with a path relative to the project, or None when anything
    may have changed; it returns the number of the revision that will have it.
    """

    def __init__(self, root: Path, *, output: Path, poll: bool, seen: Callable[[str | None], int]) -> None:
        self._root = os.path.realpath(root)
        self._output = os.path.realpath(output)
        self._seen = seen
        self._burst = Burst()
        self._revision = 0
        self._lock = threading.Condition()
        self._stopping = threading.Event()
        self._tops: tuple[str, ...] = ()
        self._watched: dict[str, ObservedWatch] = {}
        self._told: dict[str, float] = {}
        self._observer = None if poll else Observer()
        self.polling = POLL if poll else 0.0
        self._sweeper = threading.Thread(target=self._sweep, name="preview-sweep", daemon=True)

    def start(self, tops: tuple[str, ...]) -> None:
        """Watch these files and these folders with all that is in them."""
        self._tops = tops
        if self._observer is not None:
            try:
                self._observer.start()
                self._schedule()
            except OSError:  # too many watches, or none to be had
                self._give_up_events()
        self._sweeper.start()

    def follow(self, tops: tuple[str, ...]) -> None:
        """Watch others from now on."""
        if tops != self._tops:
            self._tops = tops
            self._schedule()

    def wait(self, seconds: float) -> Changes | None:
        """The next burst that is over; None when there was none in time."""
        end = time.monotonic() + seconds
        with self._lock:
            while not self._stopping.is_set():
                due, now = self._burst.due(), time.monotonic()
                if due is not None and due <= now:
                    return Changes(self._revision, self._burst.take())
                if now >= end:
                    return None
                self._lock.wait(min(end, due or end) - now)
        return None

    def wake(self) -> None:
        """Let `wait` return early and for good."""
        self._stopping.set()

    def stop(self) -> None:
        """End the threads."""
        self.wake()
        with self._lock:
            self._lock.notify_all()
        if self._observer is not None and self._observer.is_alive():
            self._observer.stop()
            self._observer.join(2)
        if self._sweeper.is_alive():
            self._sweeper.join(2)

    def tell(self, event: FileSystemEvent) -> None:
        """Take an event of the system."""
        whole = isinstance(event, FileClosedEvent | FileMovedEvent)
        for place in (event.src_path, event.dest_path):
            path = self._relative(os.fsdecode(place)) if place else None
            if path is None or self._elsewhere(path):
                continue
            if event.is_directory:
                self._folder(path)
            else:
                self._note(path, whole=whole and os.path.lexists(os.path.join(self._root, path)))

    def _folder(self, path: str) -> None:
        """A folder came, went or moved: what was in it is found by looking."""
        if any(top == path or top.startswith(f"{path}/") for top in self._tops):
            self._watch_again(path)
        now = time.monotonic()
        with self._lock:
            self._revision = self._seen(None)
            self._burst.add_everything(now)
            self._told[path] = now
            self._lock.notify_all()

    def _watch_again(self, top: str) -> None:
        """A watched folder is another one now: the old watches look at what is gone."""
        for folder in [folder for folder in self._watched if folder == top or folder.startswith(f"{top}/")]:
            with contextlib.suppress(KeyError, OSError):
                if self._observer is not None:
                    self._observer.unschedule(self._watched.pop(folder))
        with contextlib.suppress(OSError):
            self._schedule()

    def _note(self, path: str, *, whole: bool) -> None:
        now = time.monotonic()
        with self._lock:
            if len(self._told) > 5_000:
                self._told = {known: at for known, at in self._told.items() if now - at < SWEEP_LONGEST}
            self._told[path] = now
            # Under the lock: whoever takes the burst must take the revision that belongs to it.
            self._revision = self._seen(path)
            self._burst.add(path, now, whole=whole)
            self._lock.notify_all()

    def _relative(self, path: str) -> str | None:
        """A path relative to the project, or None when it is no input."""
        if path == self._output or path.startswith(self._output + os.sep) or not path.startswith(self._root + os.sep):
            return None
        relative = path[len(self._root) + 1 :].replace(os.sep, "/")
        return None if ignored(relative) else relative

    def _elsewhere(self, path: str) -> bool:
        """Whether a path is nothing that is watched, nor holds anything that is."""
        return not any(path == top or path.startswith(f"{top}/") or top.startswith(f"{path}/") for top in self._tops)

    def _schedule(self) -> None:
        """Put a watch on the top level and on each folder that is there."""
        observer = self._observer
        if observer is None:
            return
        handler = _Handler(self.tell)
        wanted = {"": False, **dict.fromkeys(self._tops, True)}
        for folder, recursive in wanted.items():
            path = os.path.join(self._root, folder) if folder else self._root
            if folder not in self._watched and os.path.isdir(path):
                self._watched[folder] = observer.schedule(handler, path, recursive=recursive, event_filter=_EVENTS)

    def _give_up_events(self) -> None:
        observer, self._observer = self._observer, None
        self.polling = POLL
        if observer is not None and observer.is_alive():
            observer.stop()

    def _sweep(self) -> None:
        """Look at all time stamps from time to time, or all the time when events do not arrive."""
        known, looked, pause, took = self._stamps(), time.monotonic(), SWEEP, 0.0
        self._probe()
        while not self._stopping.wait(max(self.polling, 5 * took) if self.polling else max(pause, LOAD * took)):
            before, looked = looked, time.monotonic()
            now = self._stamps()
            took = time.monotonic() - looked
            changed = {path for path, _ in now.items() ^ known.items()}
            known = now
            if not self.polling:
                pause = SWEEP if changed else min(pause * 1.5, SWEEP_LONGEST)
                changed = self._untold(changed, before) if changed else set()
                if changed:
                    self._give_up_events()
            for path in changed:
                self._note(path, whole=False)

    def _untold(self, changed: set[str], since: float) -> set[str]:
        """The changed files of which no event told, although it had time to arrive."""
        if self._stopping.wait(GRACE):
            return set()
        with self._lock:
            told = {path for path, at in self._told.items() if at > since - GRACE}
        return {path for path in changed if not any(path == one or path.startswith(f"{one}/") for one in told)}

    def _probe(self) -> None:
        """Write a file where nobody reads and see whether an event tells of it; if none does, poll from the start."""
        observer, arrived = self._observer, threading.Event()
        folder = os.path.join(self._root, PROBE_FOLDER)
        probe = os.path.join(folder, f"probe-{os.getpid()}")
        if observer is None:
            return
        try:
            os.makedirs(folder, exist_ok=True)
            watch = observer.schedule(_Handler(lambda _: arrived.set()), folder)
            with open(probe, "wb"):
                pass
            if not arrived.wait(PROBE) and not self._stopping.is_set():
                self._give_up_events()
                return
            observer.unschedule(watch)
        except OSError:
            pass  # nothing can be written here; the sweep decides later
        finally:
            with contextlib.suppress(OSError):
                os.unlink(probe)

    def _stamps(self) -> dict[str, Stamp]:
        """The time stamps of all inputs."""
        stamps: dict[str, Stamp] = {}
        for folder, deep in (("", False), *((top, True) for top in self._tops)):
            for path, stamp in _scan(os.path.join(self._root, folder) if folder else self._root, deep=deep):
                relative = self._relative(path)
                if relative is not None and not self._elsewhere(relative):
                    stamps[relative] = stamp
        return stamps


class _Handler(FileSystemEventHandler):
    def __init__(self, tell: Callable[[FileSystemEvent], None]) -> None:
        self._tell = tell

    def dispatch(self, event: FileSystemEvent) -> None:
        self._tell(event)


def _scan(folder: str, *, deep: bool) -> Iterator[tuple[str, Stamp]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        with contextlib.suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                if deep and not entry.name.startswith("."):
                    yield from _scan(entry.path, deep=True)
                continue
            about = entry.stat()
            yield entry.path, (about.st_mtime_ns, about.st_size, about.st_ino)
