"""Whole documents and rendered bodies, read back from the logs one at a time: memory does not grow with bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from yoroku.build import codec, inputs
from yoroku.build.documents import Whole
from yoroku.build.store import Logs, LogWriter, Where
from yoroku.problems import Problem
from yoroku.records import dataclass
from yoroku.site.values import Body

# Documents and renderings at hand, some 15 KB each: pages of one document, and lists of one time, are made together.
_NEAR = 1024


@dataclass(frozen=True, slots=True)
class Rendering:
    """A rendered body and what was wrong in it. It stands for the document `mark` and the answers `links`.

    `asked` are the words and addresses that its links looked up, as (kind, word).
    """

    body: Body
    problems: tuple[Problem, ...] = ()


class BodyEntry(NamedTuple):
    """Where a rendering lies, of which document it is, and what its links asked and were answered.

    `fragments` are its links to a place on another page, as `FragmentLink` has them.
    """

    mark: bytes
    asked: tuple[tuple[str, str], ...]
    answers: bytes
    digest: bytes
    where: Where
    clean: bool
    fragments: tuple[tuple[str, str, str, int], ...] = ()


class Library:
    """The documents and renderings of one build, by key. `reread` reads a file whose place in the log is lost."""

    def __init__(
        self,
        logs: Logs,
        writer: LogWriter,
        *,
        wholes: dict[str, Where],
        bodies: dict[str, BodyEntry],
        reread: Callable[[str], Whole],
    ) -> None:
        self.wholes = wholes
        self.bodies = bodies
        self.rendered: dict[str, BodyEntry] = {}
        self._logs = logs
        self._writer = writer
        self._reread = reread
        self._near: dict[tuple[str, str], Any] = {}

    def writing_to(self, writer: LogWriter) -> None:
        """Write to another log from here on: each process has its own."""
        self._writer = writer

    def flush(self) -> None:
        """Hand what was added to the system, so that other processes can read it."""
        self._writer.flush()

    def add_whole(self, key: str, whole: Whole) -> None:
        """Keep a document that was just read."""
        self.wholes[key] = self._writer.add(codec.encode(whole))
        self._near.pop(("whole", key), None)

    def whole(self, key: str) -> Whole:
        """A document after its rights. Raises KeyError when nothing of it may be shown."""
        near = self._near.get(("whole", key))
        if near is None:
            near = self._read(self.wholes[key])
            near = self._keep("whole", key, self._reread(key) if near is None else near)
        found: Whole = near
        return found

    def rendering(self, key: str) -> Rendering | None:
        """The rendering of a document's body that is on record, if it can still be read."""
        entry = self.bodies.get(key)
        if entry is None:
            return None
        near = self._near.get(("body", key))
        if near is None:
            near = self._read(entry.where)
            if near is not None:
                self._keep("body", key, near)
        found: Rendering | None = near
        return found

    def add_rendering(
        self,
        key: str,
        rendering: Rendering,
        *,
        mark: bytes,
        asked: Any,
        answers: bytes,
        fragments: tuple[tuple[str, str, str, int], ...],
    ) -> BodyEntry:
        """Keep a rendering that was just made."""
        # The body is its first field: reduced once for its digest and for the log.
        reduced = codec.plain(rendering)
        digest = inputs.digest(codec.packed(reduced[1]))
        where = self._writer.add(codec.packed(reduced))
        plain: Any = tuple(tuple(link) for link in fragments)
        entry = BodyEntry(mark, asked, answers, digest, where, not rendering.problems, plain)
        self.bodies[key] = self.rendered[key] = entry
        self._keep("body", key, rendering)
        return entry

    def value(self, where: Where) -> Any:
        """A value of the last build, None when it cannot be read."""
        data = self._logs.read(where)
        return None if data is None else codec.decode(data)

    def add_value(self, value: object) -> Where:
        """Keep a value for the next build."""
        return self._writer.add(codec.encode(value))

    def _keep(self, what: str, key: str, value: Any) -> Any:
        if len(self._near) >= _NEAR:
            del self._near[next(iter(self._near))]
        self._near[what, key] = value
        return value

    def _read(self, where: Where) -> Any:
        data = self._logs.read(where)
        if data is None:
            self._writer.flush()
            data = self._logs.read(where)
        return None if data is None else codec.decode(data)
