"""A builder in a process of its own: the server answers at once while pages are made, and those on all cores.

Python computes in one thread at a time, so a builder beside the server would hold up every answer; and a build shares
its work among forks, which is safe only where nothing else runs. So the process is begun before the preview's first
thread, and the two talk over sockets: one for refreshes, one for the search index, which is made beside them. Should
the process be lost, the work goes on in the preview itself.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from yoroku.preview.builder import Builder, Progress, Refreshed, Superseded
from yoroku.problems import Problem, Problems
from yoroku.records import dataclass

TICK = 0.01
"""Seconds between two looks at whether a running refresh is still wanted."""
COUNTED = 0.05
"""Seconds between two messages of how far a refresh is."""
QUIET = 5.0
"""Seconds without an order after which memory that nobody refers to any more is looked for."""
MANY = 20
"""Orders after which it is looked for even so, where that is a matter of `SHORT` seconds."""
SHORT = 0.2
ENDING = 2.0
"""Seconds that the process gets to end by itself; what it had not finished was never published."""

_SIZE = 4
_CLOSED = "closed"

Make = Callable[[], Builder]


class Failed(Exception):
    """A bug of ours in the other process; its traceback is a note."""


class Closed(BaseException):
    """The preview has ended, or wants its builder to."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the server asks a builder at any moment."""

    output: Path
    base_path: str
    lang: str
    watched: tuple[str, ...]


def possible() -> bool:
    """Whether a process can be begun here: there are forks, and no thread that would be lost in one."""
    return hasattr(os, "fork") and threading.active_count() == 1


class Apart:
    """A `Builder` whose work another process does. To be made before any thread is started; `made` is its maker."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._facts: Facts | None = None
        self._here: Builder | None = None
        self._lock = threading.Lock()
        (work, its_work), (search, its_search) = (socket.socketpair() for _ in range(2))
        self._work, self._search = _Line(work), _Line(search)
        self._pid = os.fork()
        if not self._pid:
            work.close()
            search.close()
            _serve(make, _Line(its_work), _Line(its_search))
        its_work.close()
        its_search.close()

    def made(self) -> Builder:
        """This, as soon as the builder could be made. Raises `Problems`."""
        return self if self._here is None and self._ask("make") else self._instead()

    @property
    def output(self) -> Path:
        """As `Builder.output`."""
        return self._known().output

    @property
    def base_path(self) -> str:
        """As `Builder.base_path`."""
        return self._known().base_path

    @property
    def lang(self) -> str:
        """As `Builder.lang`."""
        return self._known().lang

    @property
    def watched(self) -> tuple[str, ...]:
        """As `Builder.watched`."""
        return self._known().watched

    def current(self) -> bool:
        """As `Builder.current`."""
        found: bool | None = self._ask("current")
        return self._instead().current() if found is None else found

    def refresh(self, changed: frozenset[str] | None, *, first: tuple[str, ...], progress: Progress) -> Refreshed:
        """As `Builder.refresh`."""
        found: Refreshed | None = self._ask("refresh", changed, first, progress=progress)
        if found is None:
            return self._instead().refresh(changed, first=first, progress=progress)
        return found

    def reindex(self) -> tuple[Problem, ...]:
        """As `Builder.reindex`."""
        found: tuple[Problem, ...] | None = None
        if self._here is None:
            try:
                self._search.send("reindex")
                found = self._result(self._search.receive())
            except (EOFError, OSError):
                if not self._pid:
                    return ()  # it was closed meanwhile
        return self._instead().reindex() if found is None else found

    def close(self) -> None:
        """End the process, at once where it does not end by itself. Safe to call twice."""
        if self._here is not None:
            self._here.close()
        pid, self._pid = self._pid, 0
        self._work.close()
        self._search.close()
        end = time.monotonic() + ENDING
        while pid and os.waitpid(pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return
            time.sleep(TICK)

    def _known(self) -> Facts:
        if self._here is not None:
            return _facts(self._here)
        assert self._facts is not None  # nobody has this builder before it was made
        return self._facts

    def _ask(self, *order: Any, progress: Progress | None = None) -> Any:
        """What the process answers; None when it is lost. Raises what the builder raised."""
        if self._here is not None:
            return None
        try:
            self._work.send(*order)
            told = False
            while True:
                while progress is not None and not self._work.waits(TICK):
                    if not told and progress.superseded():
                        self._work.send("superseded")
                        told = True
                answer = self._work.receive()
                if answer[0] == "facts":
                    self._facts = answer[1]
                elif answer[0] == "ready" and progress is not None:
                    progress.ready(answer[1])
                elif answer[0] == "count" and progress is not None:
                    progress.count(answer[1], answer[2])
                else:
                    return self._result(answer)
        except (EOFError, OSError):
            return None

    @staticmethod
    def _result(answer: tuple[Any, ...]) -> Any:
        kind, *rest = answer
        if kind == "problems":
            raise Problems(*rest[0])
        if kind == "superseded":
            raise Superseded
        if kind == "failed":
            failure = Failed(rest[0])
            failure.add_note(rest[1])
            raise failure
        return rest[0]

    def _instead(self) -> Builder:
        """A builder in this process, after the other one was lost. Raises `Problems`."""
        with self._lock:
            if self._here is None:
                self._here = self._make()
            return self._here


class _Line:
    """One end of a socket that carries values."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, *message: Any) -> None:
        """Send a value. Raises `OSError` when nobody listens any more."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._end.sendall(len(data).to_bytes(_SIZE, "big") + data)

    def waits(self, seconds: float) -> bool:
        """Whether something is there to be received, at the latest after this time."""
        return bool(select.select([self._end], [], [], seconds)[0])

    def receive(self) -> tuple[Any, ...]:
        """The next value. Raises `EOFError` when the other end is closed."""
        message: tuple[Any, ...] = pickle.loads(self._bytes(int.from_bytes(self._bytes(_SIZE), "big")))
        return message

    def fileno(self) -> int:
        """The socket's number, for `select`."""
        return self._end.fileno()

    def close(self) -> None:
        """Close this end, also where somebody waits at it."""
        with contextlib.suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)
        self._end.close()

    def _bytes(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            piece = self._end.recv(count - len(data))
            if not piece:
                raise EOFError
            data += piece
        return bytes(data)


def _serve(make: Make, work: _Line, search: _Line) -> NoReturn:
    """The other process: do what is ordered until the preview closes its ends."""
    # Ctrl-C reaches all processes of a terminal; this one ends when the preview does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    worker = _Worker(make, work)
    try:
        waste = _Waste()
        while True:
            ready = select.select([work, search], [], [], QUIET if waste.orders else None)[0]
            if not ready:
                waste.collect()
            for line in ready:
                if line is work:
                    worker.answer(work.receive())
                    waste.add()
                else:
                    search.receive()
                    # In a thread, so that refreshes go on; as long as it runs, they do without forks.
                    threading.Thread(target=worker.reindex, args=(search,), daemon=True).start()
    except (Closed, EOFError, OSError):
        worker.close()
    except BaseException:
        traceback.print_exc()
    finally:
        # Never back into the preview's own code, which this process was forked from.
        os._exit(0)


class _Waste:
    """Templates and mistakes of the past, a megabyte each: Python itself looks for them hardly ever in this program."""

    def __init__(self) -> None:
        self.orders = 0
        self._took = 0.0

    def add(self) -> None:
        """An order was carried out."""
        self.orders += 1
        if self.orders >= MANY and self._took < SHORT:
            self.collect()

    def collect(self) -> None:
        """Free what nobody refers to."""
        begun = time.thread_time()
        gc.collect()
        self.orders, self._took = 0, time.thread_time() - begun


class _Worker:
    """The builder in the other process, and what it tells the preview."""

    def __init__(self, make: Make, line: _Line) -> None:
        self._make = make
        self._line = line
        self._builder: Builder | None = None
        self._told: Facts | None = None
        self._counted = 0.0
        self._superseded = False

    def answer(self, order: tuple[Any, ...]) -> None:
        """Carry out one order and send what comes of it."""
        kind, *rest = order
        if kind == "superseded":
            return  # of a refresh that was done before this arrived
        answer = _attempt(lambda: self._do(kind, *rest))
        self._tell_facts()
        self._line.send(*answer)

    def reindex(self, line: _Line) -> None:
        """Make the index and send what comes of it."""
        builder = self._builder
        answer = _attempt(lambda: builder.reindex() if builder is not None else ())
        with contextlib.suppress(OSError):  # the preview has ended
            line.send(*answer)

    def close(self) -> None:
        """Close the builder."""
        if self._builder is not None:
            self._builder.close()

    def _do(self, kind: str, *rest: Any) -> Any:
        if self._builder is None:
            self._builder = self._make()
        if kind == "current":
            return self._builder.current()
        if kind == "refresh":
            self._superseded, self._counted = False, 0.0
            changed, first = rest
            progress = Progress(self._ready, self._count, self._is_superseded)
            return self._builder.refresh(changed, first=first, progress=progress)
        return True

    def _ready(self, path: str) -> None:
        self._tell_facts()
        self._line.send("ready", path)

    def _count(self, done: int, total: int) -> None:
        self._look()
        now = time.monotonic()
        if now - self._counted >= COUNTED or done == total:
            self._counted = now
            self._tell_facts()
            self._line.send("count", done, total)

    def _is_superseded(self) -> bool:
        self._look()
        return self._superseded

    def _look(self) -> None:
        """See whether the preview wants this refresh to end, or has ended itself. Raises `Closed`."""
        while self._line.waits(0):
            try:
                self._line.receive()
            except (EOFError, OSError):
                raise Closed from None
            self._superseded = True

    def _tell_facts(self) -> None:
        if self._builder is not None and (facts := _facts(self._builder)) != self._told:
            self._told = facts
            self._line.send("facts", facts)


def _facts(builder: Builder) -> Facts:
    return Facts(builder.output, builder.base_path, builder.lang, builder.watched)


def _attempt(work: Callable[[], Any]) -> tuple[Any, ...]:
    """What comes of a piece of work, as a message."""
    try:
        return ("value", work())
    except Problems as problems:
        return ("problems", problems.items)
    except Superseded:
        return ("superseded",)
    except Exception as error:
        return ("failed", f"{type(error).__name__}: {error}", traceback.format_exc())
