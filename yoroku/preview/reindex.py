"""The search index follows the pages at a distance: after a pause, one run at a time, never in the way of a page."""

from __future__ import annotations

import threading
from collections.abc import Callable

from yoroku.preview.board import Board
from yoroku.preview.builder import Keeper
from yoroku.problems import Problem

QUIET = 1.0
"""Seconds without a change before the search is indexed again."""


class Reindexer:
    """A thread that indexes when the pages have been left alone for a while."""

    def __init__(self, keeper: Keeper, board: Board, *, on: bool, say: Callable[[tuple[Problem, ...]], None]) -> None:
        self._keeper = keeper
        self._board = board
        self._on = on
        self._say = say
        self._wanted = 0
        self._made = 0
        self._closed = False
        self._lock = threading.Condition()
        self._thread: threading.Thread | None = None

    def outdated(self) -> None:
        """The pages are newer than the index now."""
        if self._on:
            with self._lock:
                self._wanted += 1
            self._board.search(stale=True)

    def later(self) -> None:
        """Index when things have been quiet for a while."""
        if not self._on or self._wanted == self._made:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="preview-search", daemon=True)
                self._thread.start()
            self._lock.notify_all()

    def close(self) -> None:
        """Wait for a run to end, for some seconds at most."""
        with self._lock:
            self._closed = True
            self._lock.notify_all()
        if self._thread is not None:
            self._thread.join(5)

    def _run(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._closed or self._wanted > self._made)
                goal = self._wanted
                while not self._closed and self._lock.wait(QUIET):
                    goal = self._wanted  # something changed again: the pause begins anew
                if self._closed:
                    return
                goal = self._wanted
            self._say(self._keeper.reindex())
            with self._lock:
                self._made = goal
                fresh = self._wanted == goal
            if fresh:
                self._board.search(stale=False)
