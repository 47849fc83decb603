"""Which documents are indexed together, and what is remembered of each such shard.

A shard is a run of documents in order of date. Where one ends is decided by the documents themselves (an address
whose checksum ends in the right way), so a new or removed document moves the ends of its own shard and no other's;
one edit means one run of Pagefind over a few hundred pages. Memory is bounded by the size of a shard.
"""

from __future__ import annotations

import base64
import hashlib
import marshal
import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from yoroku.records import dataclass
from yoroku.search.cbor import Entries
from yoroku.search.model import SearchDocument
from yoroku.search.pagefind import VERSION, Indexed
from yoroku.search.tokens import VERSION as TOKENS
from yoroku.search.tokens import is_coded

FORMAT = 2
_LEAST, _MOST, _ONE_IN = 320, 640, 160
_MAGIC = b"yoroku-shard-1\n"


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents that are indexed together. `kind` is ``coded`` or a language with spaces; `key` digests them all."""

    kind: str
    documents: tuple[SearchDocument, ...]
    digests: tuple[str, ...]
    key: str


def digest(document: SearchDocument) -> str:
    """What a document's index and result are named by: changes when anything in it changes. 52 letters and digits."""
    sections = tuple((section.anchor, section.heading, section.text) for section in document.sections)
    parts = (FORMAT, TOKENS, VERSION, document.url, document.lang, document.title, sections, document.filters)
    # Version 2 of marshal writes equal values as equal bytes.
    data = marshal.dumps((*parts, document.sort_date, document.meta, document.also), 2)
    return base64.b32encode(hashlib.sha256(data).digest()).decode().rstrip("=").lower()


def divide(documents: Sequence[tuple[SearchDocument, str]]) -> tuple[Shard, ...]:
    """The shards of a site, from its documents with their digests. The same documents give the same shards."""

    def kind(pair: tuple[SearchDocument, str]) -> str:
        lang = pair[0].lang
        return "coded" if is_coded(lang) else lang.split("-")[0].lower()

    ordered = sorted(documents, key=lambda pair: (kind(pair), pair[0].sort_date, pair[0].url))
    shards: list[Shard] = []
    for name, group in groupby(ordered, key=kind):
        for run in _runs(list(group)):
            digests = tuple(known for _, known in run)
            key = hashlib.sha256("\n".join((name, *digests)).encode()).hexdigest()[:32]
            shards.append(Shard(name, tuple(document for document, _ in run), digests, key))
    return tuple(shards)


def _runs(pairs: list[tuple[SearchDocument, str]]) -> Iterator[list[tuple[SearchDocument, str]]]:
    run: list[tuple[SearchDocument, str]] = []
    for pair in pairs:
        run.append(pair)
        ends = zlib.crc32(pair[0].url.encode()) % _ONE_IN == 0
        if len(run) >= _MOST or (ends and len(run) >= _LEAST):
            yield run
            run = []
    if run:
        yield run


def save(path: Path, indexed: Indexed) -> None:
    """Remember what Pagefind made of a shard."""
    entries = indexed.entries
    table = (b"\n".join(entries.words), array("I", entries.starts).tobytes(), entries.data)
    body = marshal.dumps((indexed.order, table, indexed.counts, indexed.filters))
    temporary = path.with_suffix(".new")
    temporary.write_bytes(_MAGIC + hashlib.sha256(body).digest() + body)
    temporary.replace(path)


def load(path: Path) -> Indexed | None:
    """What Pagefind made of a shard before; nothing when it is missing, torn or not ours."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head, body = data[: len(_MAGIC)], data[len(_MAGIC) + 32 :]
    if head != _MAGIC or hashlib.sha256(body).digest() != data[len(_MAGIC) : len(_MAGIC) + 32]:
        return None
    # The digest was right, so these bytes are ours: marshal never sees a stranger's.
    order, (words, offsets, entries), counts, filters = marshal.loads(body)
    starts = array("I")
    starts.frombytes(offsets)
    table = Entries(tuple(words.split(b"\n")) if words else (), tuple(starts), entries)
    return Indexed(order, table, counts, filters)
