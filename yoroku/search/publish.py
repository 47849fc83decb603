"""Indexed shards to the files of the site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from yoroku.records import dataclass
from yoroku.search import pagefind
from yoroku.search.bundle import Bundle
from yoroku.search.model import Labels
from yoroku.search.packs import packs
from yoroku.search.pagefind import Indexed
from yoroku.search.shadow import fragment
from yoroku.search.shards import Shard
from yoroku.search.tables import Kind, filter_pack, table
from yoroku.search.tokens import VERSION as TOKENS

WORKER = "pagefind-worker.js"
_UNKNOWN = "wasm.unknown.pagefind"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one document's result is, and its place in the site's order of dates."""

    name: str
    rank: int


def publish(
    ready: Sequence[tuple[Shard, Indexed]], *, out: Path, programs: Path, engine: str, labels: Labels
) -> tuple[str, ...]:
    """Write the index and remove what is no longer part of it. Returns its files, relative to `out`.

    Whoever looks for Pagefind's module finds `engine`, which has the same exports. `programs` holds Pagefind's own
    files, in a folder for every kind of shards.
    """
    places = _places([shard for shard, _ in ready])
    with Bundle(out) as bundle:
        wasm = _programs([shard for shard, _ in ready], programs, bundle)
        kinds = [
            _kind(list(group), wasm[name], places, bundle)
            for name, group in groupby(ready, key=lambda pair: pair[0].kind)
        ]
        for shard, _ in ready:
            for document in shard.documents:
                file = f"fragment/{places[document.url].name}.pf_fragment"
                if not bundle.keep(file):
                    bundle.write(file, fragment(document))
        data = table(kinds, labels)
        meta = f"pagefind.{hashlib.sha256(data).hexdigest()[:10]}.pf_meta"
        if not bundle.keep(meta):
            bundle.write(meta, data)
        if engine:
            bundle.fixed("pagefind.js", f"export * from {json.dumps(engine)};\n".encode())
        entry = {"version": pagefind.VERSION, "tokens": TOKENS, "table": meta, "pages": len(places), "worker": WORKER}
        return bundle.finish(json.dumps(entry, separators=(",", ":")).encode())


def _kind(group: Sequence[tuple[Shard, Indexed]], program: str, places: Mapping[str, _Place], bundle: Bundle) -> Kind:
    loaded = [indexed for _, indexed in group]
    ordered = [[places[shard.documents[n].url] for n in indexed.order] for shard, indexed in group]
    packed = tuple(
        (pack.first, bundle.pack("index", "pf_index", pack.data))
        for pack in packs([indexed.entries for indexed in loaded])
    )
    names = sorted({facet for indexed in loaded for facet, _ in indexed.filters})
    facets = [(facet, bundle.pack("filter", "pf_filter", filter_pack(facet, loaded))) for facet in names]
    bundle.settle()
    return Kind(
        name=group[0][0].kind,
        program=program,
        packs=packed,
        sizes=tuple(bundle.size(f"index/{file}.pf_index") for _, file in packed),
        filters=tuple((facet, file, bundle.size(f"filter/{file}.pf_filter")) for facet, file in facets),
        names=tuple(tuple(place.name for place in run) for run in ordered),
        ranks=tuple(tuple(place.rank for place in run) for run in ordered),
        counts=tuple(indexed.counts for indexed in loaded),
    )


def _places(divided: Sequence[Shard]) -> dict[str, _Place]:
    ordered = sorted(
        (
            (document, known)
            for shard in divided
            for document, known in zip(shard.documents, shard.digests, strict=True)
        ),
        key=lambda pair: (pair[0].sort_date, pair[0].url),
    )
    names = _names(known for _, known in ordered)
    return {document.url: _Place(name=names[known], rank=rank) for rank, (document, known) in enumerate(ordered)}


def _names(digests: Iterable[str]) -> dict[str, str]:
    """A short file name for every digest: as many of its characters as tell it from those before it."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for known in digests:
        size = 5
        while known[:size] in used:
            size += 1
        names[known] = known[:size]
        used.add(known[:size])
    return names


def _programs(divided: Sequence[Shard], programs: Path, bundle: Bundle) -> dict[str, str]:
    """Copy Pagefind's programs and say which one searches which kind of shards.

    Coded words pass any stemmer untouched, so they share the program of the site's main language with spaces.
    """
    sizes: dict[str, int] = {}
    for shard in divided:
        sizes[shard.kind] = sizes.get(shard.kind, 0) + len(shard.documents)
    chosen: dict[str, str] = {}
    for kind in sorted(sizes, key=lambda kind: (kind == "coded", -sizes[kind], kind)):
        own = f"wasm.{kind}.pagefind"
        chosen[kind] = own if (programs / kind / own).exists() else _UNKNOWN
        if kind == "coded":
            chosen[kind] = next(iter(chosen.values()))
        source = next(path for path in sorted(programs.glob(f"*/{chosen[kind]}")))
        bundle.fixed(chosen[kind], source.read_bytes())
        bundle.fixed(WORKER, (programs / kind / WORKER).read_bytes())
    return chosen
