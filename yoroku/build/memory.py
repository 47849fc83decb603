"""Everything a build remembers of the last one beyond its manifest, and how it is kept on disk.

Loaded table by table, and only when something changed: a build with nothing to do reads the manifest alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from yoroku.build import codec, graph, store
from yoroku.build.documents import Asked, Card
from yoroku.build.inputs import digest
from yoroku.build.library import BodyEntry
from yoroku.build.store import Tables, Where

TABLES = ("cards", "bodies", "pages", "traces", "rest")


class Read(NamedTuple):
    """One content file as it was read: the digest of its bytes, what reading it asked and was answered, its card.

    What every build needs of every document stands beside the encoded card: its URL, its encoded state (empty: always
    public; None: nothing of it may be shown), the bulletin it came from with that one's SHA-256 and the importer, the
    ordinal of the day that it is listed under (0: none), and two digests: `mark` of all that its own pages can learn
    from it, `face` of its card.
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

    @property
    def wholes(self) -> dict[str, Where]:
        """Where each document lies in the logs."""
        return {key: read.where for key, read in self.reads.items() if read.where is not None}


def save(folder: str, memory: Memory) -> tuple[str, ...]:
    """Write the tables that differ from those on disk; returns the names of all of them. Raises OSError."""
    tables = Tables(folder)
    bodies = {key: tuple(entry) for key, entry in memory.bodies.items()}
    reads = {key: tuple(read) for key, read in memory.reads.items()}
    values = (reads, bodies, memory.pages, graph.packed(memory.traces), memory.rest)
    return tuple(tables.save(name, value) for name, value in zip(TABLES, values, strict=True))


def load(folder: str, names: tuple[str, ...]) -> Memory | None:
    """The memory that was saved under these names, or None when any part of it is missing or torn."""
    tables = Tables(folder)
    values = [tables.load(name) for name in names]
    if len(values) != len(TABLES) or any(value is None for value in values):
        return None
    reads, bodies, pages, traces, rest = values
    return Memory(
        reads={key: Read(*read) for key, read in reads.items()},
        bodies={key: BodyEntry(*entry) for key, entry in bodies.items()},
        pages=pages,
        traces=graph.unpacked(traces),
        rest=rest,
    )


def compacted(folder: str, memory: Memory) -> Memory:
    """The same memory, its values in one new log when most of what the logs hold is of the past. Raises OSError."""
    used = {f"w{key}": where for key, where in memory.wholes.items()}
    used |= {f"b{key}": entry.where for key, entry in memory.bodies.items()}
    moved = store.compacted(folder, used)
    if moved == used:
        return memory
    reads = {key: read._replace(where=moved.get(f"w{key}", read.where)) for key, read in memory.reads.items()}
    bodies = {key: entry._replace(where=moved[f"b{key}"]) for key, entry in memory.bodies.items() if f"b{key}" in moved}
    return Memory(reads, bodies, memory.pages, memory.traces, memory.rest)


def tidy(folder: str, memory: Memory, names: tuple[str, ...]) -> None:
    """Remove the tables and logs that this memory does not use."""
    Tables(folder).keep_only(names)
    used = {where[0] for where in memory.wholes.values()} | {entry.where[0] for entry in memory.bodies.values()}
    for name in os.listdir(folder):
        stem, _, suffix = name.partition(".")
        if suffix == "log" and stem.isdecimal() and int(stem) not in used:
            os.unlink(os.path.join(folder, name))


def face_of(read: Read, state: str) -> bytes:
    """The digest of all that other pages can learn from a document."""
    return read.face if state == "public" else digest(read.face + state.encode())
