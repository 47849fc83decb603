"""Documents to a search index: divide, run Pagefind on the shards that changed, join, write.

Nothing is done when no indexed text changed. Files are named by what is in them, written before the entry that names
them, and removed after it when nothing names them any more, so a site can be served while it is indexed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from yoroku.problems import Place, Problem
from yoroku.search import pagefind, shards
from yoroku.search.model import IndexReport, Progress, SearchDocument
from yoroku.search.packs import packs
from yoroku.search.shadow import SIGNATURE, fragment, shadow
from yoroku.search.shards import Shard, digest, divide
from yoroku.search.tables import Kind, filter_pack, table
from yoroku.search.tokens import VERSION as TOKENS

ENTRY = "entry.json"
OUTSIDE = frozenset({"pagefind-missing", "pagefind-failed"})
"""Codes of problems that are not the writer's: something outside failed."""

_WORKERS = 2
_WORKER_SCRIPT = "pagefind-worker.js"
_UNKNOWN = "wasm.unknown.pagefind"
_MEMORY = Path("/dev/shm")
_ROOM = 256 << 20


def index(
    documents: Iterable[SearchDocument], *, out: Path, cache: Path, progress: Progress | None = None
) -> IndexReport:
    """Bring the index in folder `out` up to date; `cache` is ours between runs and may be deleted at any time.

    Where Pagefind is missing or fails, `out` is left as it was and the report says so.
    """
    started = time.monotonic()
    pairs = [(document, digest(document)) for document in documents]
    divided = divide(pairs)
    key = hashlib.sha256("\n".join(shard.key for shard in divided).encode()).hexdigest()
    known = _unchanged(out, cache, key)
    if known is not None:
        return IndexReport(known, len(divided), 0, time.monotonic() - started)
    cache.mkdir(parents=True, exist_ok=True)
    try:
        rebuilt = _rebuild(divided, cache, progress or (lambda _done, _total: None))
    except pagefind.PagefindError as error:
        problem = Problem(Place("search"), error.code, error.what, error.fix)
        return IndexReport((), len(divided), 0, time.monotonic() - started, (problem,))
    files = _publish(divided, dict((id(document), known) for document, known in pairs), out=out, cache=cache)
    _remember(cache, key, files)
    return IndexReport(files, len(divided), rebuilt, time.monotonic() - started)


def _unchanged(out: Path, cache: Path, key: str) -> tuple[str, ...] | None:
    """The files of the index, when it was made from the same documents and nothing is missing."""
    try:
        head, *files = (cache / "state").read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return tuple(files) if head == key and _present(out) >= set(files) else None


def _remember(cache: Path, key: str, files: Sequence[str]) -> None:
    _replace(cache / "state", "\n".join((key, *files)).encode())


def _present(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def _rebuild(divided: Sequence[Shard], cache: Path, progress: Progress) -> int:
    """Index the shards that are not remembered; forget the others. Returns how many were indexed."""
    wanted = {f"{shard.key}.shard" for shard in divided}
    for path in cache.glob("*.shard"):
        if path.name not in wanted:
            path.unlink()
    missing = [shard for shard in divided if shards.load(_remembered(cache, shard)) is None]
    kinds = {shard.kind for shard in divided}
    for kind in sorted(kinds):
        # Pagefind's own files for the browser come with any run.
        if not (cache / "program" / kind / _WORKER_SCRIPT).exists() and not any(s.kind == kind for s in missing):
            missing.append(next(shard for shard in divided if shard.kind == kind))
    total, done = sum(len(shard.documents) for shard in missing), 0
    lock = threading.Lock()
    progress(0, total)

    def work(shard: Shard) -> None:
        nonlocal done
        _index_shard(shard, cache)
        with lock:
            done += len(shard.documents)
            progress(done, total)

    with ThreadPoolExecutor(_WORKERS) as pool:
        for _ in pool.map(work, missing):
            pass
    return len(missing)


def _remembered(cache: Path, shard: Shard) -> Path:
    return cache / f"{shard.key}.shard"


def _index_shard(shard: Shard, cache: Path) -> None:
    with _scratch(cache) as folder:
        indexed = pagefind.run([shadow(document) for document in shard.documents], folder)
        _keep_program(folder / "out", cache / "program" / shard.kind)
        shards.save(_remembered(cache, shard), indexed)


@contextmanager
def _scratch(cache: Path) -> Iterator[Path]:
    """A folder for one run; in memory where there is room, as Pagefind writes a file a page."""
    parent = cache
    try:
        if shutil.disk_usage(_MEMORY).free > _ROOM:
            parent = _MEMORY
    except OSError:
        pass
    with tempfile.TemporaryDirectory(dir=parent, prefix="yoroku-search-") as folder:
        yield Path(folder)


def _keep_program(made: Path, program: Path) -> None:
    program.mkdir(parents=True, exist_ok=True)
    for path in (made / _WORKER_SCRIPT, *made.glob("wasm.*.pagefind")):
        _replace(program / path.name, path.read_bytes())


def _publish(divided: Sequence[Shard], digests: dict[int, str], *, out: Path, cache: Path) -> tuple[str, ...]:
    """Write the whole index and remove what is no longer part of it. Returns its files."""
    writer = _Writer(out)
    names = _names(digests[id(document)] for shard in divided for document in shard.documents)
    ranks = _ranks(divided)
    programs = _programs(divided, cache, writer)
    kinds: list[Kind] = []
    for name, group in groupby(divided, key=lambda shard: shard.kind):
        kinds.append(_kind(name, tuple(group), digests, names, ranks, programs[name], cache, writer))
    for shard in divided:
        for document in shard.documents:
            file = f"fragment/{names[digests[id(document)]]}.pf_fragment"
            if not writer.has(file):
                writer.write(file, fragment(document))
    data = table(kinds)
    meta = writer.write(f"pagefind.{_short(data)}.pf_meta", data)
    entry = {
        "version": pagefind.VERSION,
        "tokens": TOKENS,
        "table": meta,
        "pages": len(digests),
        "worker": _WORKER_SCRIPT,
    }
    writer.finish(json.dumps(entry, separators=(",", ":")).encode())
    return writer.files


def _kind(
    name: str,
    group: tuple[Shard, ...],
    digests: dict[int, str],
    names: dict[str, str],
    ranks: dict[int, int],
    program: str,
    cache: Path,
    writer: _Writer,
) -> Kind:
    loaded = [_loaded(cache, shard) for shard in group]
    ordered = [
        [shard.documents[number] for number in indexed.order] for shard, indexed in zip(group, loaded, strict=True)
    ]
    packed: list[tuple[str, str]] = []
    for pack in packs(loaded):
        packed.append((pack.first, writer.write_pack("index", "pf_index", pack.data)))
    facets: list[tuple[str, str, int]] = []
    for facet in sorted({facet for indexed in loaded for facet, _ in indexed.filters}):
        file = writer.write_pack("filter", "pf_filter", filter_pack(facet, loaded))
        facets.append((facet, file, writer.size(f"filter/{file}.pf_filter")))
    return Kind(
        name=name,
        program=program,
        packs=tuple(packed),
        filters=tuple(facets),
        names=tuple(tuple(names[digests[id(document)]] for document in run) for run in ordered),
        ranks=tuple(tuple(ranks[id(document)] for document in run) for run in ordered),
        counts=tuple(indexed.counts for indexed in loaded),
    )


def _loaded(cache: Path, shard: Shard) -> pagefind.Indexed:
    indexed = shards.load(_remembered(cache, shard))
    if indexed is None:
        raise OSError(f"{_remembered(cache, shard)} vanished while it was needed")
    return indexed


def _names(digests: Iterable[str]) -> dict[str, str]:
    """A short file name for every digest: as many of its characters as tell it from those before it."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for known in digests:
        if known in names:
            continue
        size = 5
        while known[:size] in used:
            size += 1
        names[known] = known[:size]
        used.add(known[:size])
    return names


def _ranks(divided: Sequence[Shard]) -> dict[int, int]:
    """Every document's place in the site's order of dates, oldest first."""
    documents = [document for shard in divided for document in shard.documents]
    ordered = sorted(documents, key=lambda document: (document.sort_date, document.url))
    return {id(document): place for place, document in enumerate(ordered)}


def _programs(divided: Sequence[Shard], cache: Path, writer: _Writer) -> dict[str, str]:
    """Copy Pagefind's programs and say which one searches which kind of shards.

    Coded words pass any stemmer untouched, so they share the program of the site's main language with spaces.
    """
    sizes: dict[str, int] = {}
    for shard in divided:
        sizes[shard.kind] = sizes.get(shard.kind, 0) + len(shard.documents)
    programs: dict[str, str] = {}
    for kind in sorted(sizes, key=lambda kind: (kind == "coded", -sizes[kind], kind)):
        folder = cache / "program" / kind
        own = f"wasm.{kind}.pagefind"
        programs[kind] = own if (folder / own).exists() else _UNKNOWN
        if kind == "coded" and programs:
            programs[kind] = next(iter(programs.values()))
        source = next(path for path in cache.glob(f"program/*/{programs[kind]}"))
        writer.replace(programs[kind], source.read_bytes())
        writer.replace(_WORKER_SCRIPT, (folder / _WORKER_SCRIPT).read_bytes())
    return programs


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]


def _replace(path: Path, data: bytes) -> None:
    """Write so that a reader, or a crash, sees the old file or the new one."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as new:
        new.write(data)
    Path(new.name).chmod(0o644)
    Path(new.name).replace(path)


class _Writer:
    """The output folder: what it holds, what has been named, and what is stale in the end."""

    def __init__(self, out: Path) -> None:
        self._out = out
        for folder in ("index", "filter", "fragment"):
            (out / folder).mkdir(parents=True, exist_ok=True)
        self._present = _present(out)
        self._named: dict[str, bytes] = {}
        self.files: tuple[str, ...] = ()

    def has(self, file: str) -> bool:
        """Whether the file is there already; it belongs to the index from now on."""
        self._named.setdefault(file, b"")
        return file in self._present

    def size(self, file: str) -> int:
        return (self._out / file).stat().st_size

    def write(self, file: str, data: bytes) -> str:
        """Write a file that is named by its content, unless it is there."""
        if not self.has(file):
            _replace(self._out / file, data)
            self._present.add(file)
        return file

    def write_pack(self, folder: str, ending: str, data: bytes) -> str:
        """Write a pack under the shortest name that is not another's; returns the name without folder and ending."""
        known = hashlib.sha256(data).digest()
        letters = format(int.from_bytes(known[:10], "big"), "020d")
        size = 5
        name = _base36(letters)
        while self._named.get(f"{folder}/{name[:size]}.{ending}", known) != known:
            size += 1
        file = f"{folder}/{name[:size]}.{ending}"
        if file not in self._present:
            _replace(self._out / file, gzip.compress(SIGNATURE + data, 9, mtime=0))
            self._present.add(file)
        self._named[file] = known
        return name[:size]

    def replace(self, file: str, data: bytes) -> None:
        """Write a file with a fixed name, when it is not the same already."""
        path = self._out / file
        if not path.exists() or path.read_bytes() != data:
            _replace(path, data)
        self._named[file] = b""

    def finish(self, entry: bytes) -> None:
        """Point to the new files, then remove the others."""
        self.replace(ENTRY, entry)
        for stale in self._present - set(self._named):
            (self._out / stale).unlink(missing_ok=True)
        self.files = tuple(sorted(self._named))


def _base36(decimal: str) -> str:
    number, digits = int(decimal), ""
    while number:
        number, last = divmod(number, 36)
        digits += "0123456789abcdefghijklmnopqrstuvwxyz"[last]
    return digits.ljust(16, "0")
