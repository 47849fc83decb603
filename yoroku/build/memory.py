"""Everything a build remembers of the last one beyond its manifest, and how it is kept on disk.

Loaded table by table, and only when something changed: a build with nothing to do reads the manifest alone.
"""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from yoroku.build import codec, graph, store
from yoroku.build.documents import Asked, Card
from yoroku.build.inputs import digest
from yoroku.build.library import BodyEntry
from yoroku.build.store import Tables, Where
from yoroku.records import dataclass, field

# What differs from these by a few edits lies in "late", so that an edit writes little.
TABLES = ("cards", "bodies", "pages", "traces")
LATE = "late"
_FEW = 64  # documents and pages that may lie in "late"


class Read(NamedTuple):
    """One content file as it was read: the digest of its bytes, what reading it asked and was answered, its card.

    What every build needs of every document stands beside the encoded card: its URL, its encoded state (empty: always
    public; None: nothing of it may be shown), the bulletin it came from with that one's SHA-256 and the importer, the
    ordinal of the day that it is listed under (0: none), and two digests: `mark` of all that its own pages can learn
    from it, `face` of its card. `sign` is its encoded signpost, `signed` the digest of that; `links` are its encoded
    links to other pages (empty: none), `linked` the digest of them. `told` are the files that it names where readers
    see it, `untold` those it names only in what its rights withhold.
    """

    file: bytes
    asked: Asked
    answers: bytes
    card: bytes
    where: Where | None
    url: str
    state: bytes | None
    origin: tuple[str, str]
    day: int
    mark: bytes
    face: bytes
    sign: bytes
    signed: bytes
    links: bytes
    linked: bytes
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


class Cards(Mapping[str, Card]):
    """The cards of all documents, decoded when they are asked for."""

    def __init__(self, reads: Mapping[str, Read], before: Cards | None = None) -> None:
        self._reads = reads
        self._cards: dict[str, Card] = {}
        if before is not None:
            known = before._reads
            self._cards = {key: card for key, card in before._cards.items() if reads.get(key) is known[key]}

    def __getitem__(self, key: str) -> Card:
        found = self._cards.get(key)
        if found is None:
            found = self._cards[key] = codec.decode(self._reads[key].card)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._reads)

    def __len__(self) -> int:
        return len(self._reads)


class Late(NamedTuple):
    """What differs from the tables on disk: the names of those, the keys of documents and bodies, URLs of pages."""

    tables: tuple[str, ...]
    reads: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    traces: frozenset[str] = frozenset()

    def and_also(self, reads: Iterable[str], bodies: Iterable[str], traces: Iterable[str]) -> Late | None:
        """With what one more edit changed; None when that is no longer little."""
        found = Late(self.tables, self.reads.union(reads), self.bodies.union(bodies), self.traces.union(traces))
        return found if max(map(len, found[1:])) <= _FEW else None


@dataclass(slots=True)
class Memory:
    """What one finished build knew. All of it is of the same moment.

    `pages` maps a URL to its kind and address; `assets` an output path to the digest of what it was copied from;
    `warnings` are those of content files by path; `globals` the digests of settings and authority file.
    """

    reads: dict[str, Read] = field(default_factory=dict)
    bodies: dict[str, BodyEntry] = field(default_factory=dict)
    pages: dict[str, tuple[str, Any]] = field(default_factory=dict)
    traces: graph.Traces = field(default_factory=graph.Traces)
    rest: dict[str, Any] = field(default_factory=dict)
    late: Late | None = None

    @property
    def wholes(self) -> dict[str, Where]:
        """Where each document lies in the logs."""
        return {key: read.where for key, read in self.reads.items() if read.where is not None}


def save(folder: str, memory: Memory) -> tuple[str, ...]:
    """Write the tables that differ from those on disk; returns the names of all of them. Raises OSError."""
    tables = Tables(folder)
    late = memory.late
    if late is None or not all(tables.has(name) for name in late.tables):
        named = zip(TABLES, _tables_of(memory), strict=True)
        late = memory.late = Late(tuple(tables.save(name, value) for name, value in named))
    changes = (
        {key: tuple(memory.reads[key]) for key in sorted(late.reads)},
        {key: tuple(memory.bodies[key]) for key in sorted(late.bodies) if key in memory.bodies},
        graph.packed(memory.traces.only(sorted(late.traces))),
    )
    return (*late.tables, tables.save(LATE, (changes, memory.rest)))


def _tables_of(memory: Memory) -> Iterator[Any]:
    """The values of `TABLES`, each made when the one before is written: together they would be the most of a build."""
    yield {key: tuple(read) for key, read in memory.reads.items()}
    yield {key: tuple(entry) for key, entry in memory.bodies.items()}
    yield memory.pages
    columns = graph.packed(memory.traces)
    memory.traces = graph.Traces(base=graph.Columns(columns))
    yield columns


def load(folder: str, names: tuple[str, ...]) -> Memory | None:
    """The memory that was saved under these names, or None when any part of it is missing or torn."""
    tables = Tables(folder)
    values = [tables.load(name) for name in names]
    if len(values) != len(TABLES) + 1 or any(value is None for value in values):
        return None
    reads, bodies, pages, traces, ((late_reads, late_bodies, late_traces), rest) = values
    reads.update(late_reads)
    bodies.update(late_bodies)
    late = graph.unpacked(late_traces)
    return Memory(
        reads=dict(zip(reads, map(Read._make, reads.values()), strict=True)),
        bodies=dict(zip(bodies, map(BodyEntry._make, bodies.values()), strict=True)),
        pages=pages,
        traces=graph.Traces(late.answers, late.pages, graph.Columns(traces)),
        rest=rest,
        late=Late(names[:-1], frozenset(late_reads), frozenset(late_bodies), frozenset(late.pages)),
    )


def compacted(folder: str, memory: Memory) -> Memory:
    """The same memory, its values in one new log when most of what the logs hold is of the past. Raises OSError."""
    if memory.late is not None:
        return memory
    used: dict[Hashable, Where] = {f"w{key}": where for key, where in memory.wholes.items()}
    used |= {f"b{key}": entry.where for key, entry in memory.bodies.items()}
    answers = memory.rest.get("answers", {})
    used |= {("a", *question): where for question, where in answers.items()}
    moved = store.compacted(folder, used)
    if moved == used:
        return memory
    reads = {key: read._replace(where=moved.get(f"w{key}", read.where)) for key, read in memory.reads.items()}
    bodies = {key: entry._replace(where=moved[f"b{key}"]) for key, entry in memory.bodies.items() if f"b{key}" in moved}
    kept = {question: moved["a", *question] for question in answers if ("a", *question) in moved}
    return Memory(reads, bodies, memory.pages, memory.traces, memory.rest | {"answers": kept})


def tidy(folder: str, memory: Memory, names: tuple[str, ...]) -> None:
    """Remove the tables and logs that this memory does not use."""
    Tables(folder).keep_only(names)
    if memory.late is not None and memory.late.reads:
        return  # logs are tidied with the tables
    used = {where[0] for where in memory.wholes.values()} | {entry.where[0] for entry in memory.bodies.values()}
    used |= {where[0] for where in memory.rest.get("answers", {}).values()}
    for name in os.listdir(folder):
        stem, _, suffix = name.partition(".")
        if suffix == "log" and stem.isdecimal() and int(stem) not in used:
            os.unlink(os.path.join(folder, name))


def face_of(read: Read, state: str) -> bytes:
    """The digest of all that other pages can learn from a document."""
    return read.face if state == "public" else digest(read.face + state.encode())
