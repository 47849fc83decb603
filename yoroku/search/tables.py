"""The file that the browser reads first: which packs, pages and facets there are."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence

from yoroku.records import dataclass
from yoroku.search import cbor
from yoroku.search.model import Labels
from yoroku.search.pagefind import Indexed
from yoroku.search.shadow import SIGNATURE

# Lengths only steer the ranking: multiples of this are exact enough and half the size.
LENGTH_STEP = 32
# Sizes of packs only steer what is loaded first: one character each.
SIZE_STEP, _MOST_STEPS = 2048, 70


@dataclass(frozen=True, slots=True)
class Kind:
    """Shards that share packs: the coded ones, or those of a language with spaces.

    `packs` are (first word, file name), `sizes` their bytes, `filters` (facet, file name, bytes), `names` the result
    files of each shard in the order that Pagefind numbered its pages, `ranks` the places of the same pages in the
    site's order of dates.
    """

    name: str
    program: str
    packs: tuple[tuple[str, str], ...]
    sizes: tuple[int, ...]
    filters: tuple[tuple[str, str, int], ...]
    names: tuple[tuple[str, ...], ...]
    ranks: tuple[tuple[int, ...], ...]
    counts: tuple[tuple[int, ...], ...]


def table(kinds: Sequence[Kind], labels: Labels) -> bytes:
    """The table of all kinds, and the labels, as a gzip file.

    Pages whose ranks run on from the page before are only counted.
    """
    data = {
        "kinds": [
            {
                "kind": kind.name,
                "wasm": kind.program,
                "first": [first for first, _ in kind.packs],
                "packs": " ".join(name for _, name in kind.packs),
                "sizes": "".join(chr(48 + min(size // SIZE_STEP, _MOST_STEPS)) for size in kind.sizes),
                "filters": {facet: [name, size] for facet, name, size in kind.filters},
                "shards": [
                    {"pages": " ".join(names), "ranks": _steps(ranks), "lengths": [_length(n) for n in counts]}
                    for names, ranks, counts in zip(kind.names, kind.ranks, kind.counts, strict=True)
                ],
            }
            for kind in kinds
        ],
        "labels": labels,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(SIGNATURE + text.encode(), 9, 31)


def _length(words: int) -> int:
    return max(1, round(words / LENGTH_STEP))


def _steps(ranks: Sequence[int]) -> list[list[int]]:
    """The ranks as runs: [first rank, how many follow each other]."""
    runs: list[list[int]] = []
    for rank in ranks:
        if runs and rank == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([rank, 1])
    return runs


def filter_pack(facet: str, shards: Sequence[Indexed]) -> bytes:
    """One facet of all shards: the length of every shard's part, then the parts, in Pagefind's own format."""
    pieces: list[bytes] = []
    for indexed in shards:
        known: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]] = dict(indexed.filters)
        values: list[cbor.Value] = [[value, list(pages)] for value, pages in known.get(facet, ())]
        pieces.append(cbor.encode([facet, values]))
    return b"".join(len(piece).to_bytes(4, "big") for piece in pieces) + b"".join(pieces)
