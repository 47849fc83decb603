"""Documents to a search index: divide, run Pagefind on the shards that changed, join, write.

Nothing is done when no indexed text changed. Files are named by what is in them, written before the entry that names
them, and removed after it when nothing names them any more, so a site can be served while it is indexed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from yoroku.problems import Place, Problem
from yoroku.search import pagefind, shards
from yoroku.search.bundle import present, replace
from yoroku.search.model import IndexReport, Labels, Progress, SearchDocument
from yoroku.search.pagefind import Indexed
from yoroku.search.publish import WORKER, publish
from yoroku.search.shadow import shadow
from yoroku.search.shards import FORMAT, Shard, digest, divide

_WORKERS = 2
_MEMORY = Path("/dev/shm")
_ROOM = 256 << 20


def index(
    documents: Iterable[SearchDocument],
    *,
    out: Path,
    cache: Path,
    engine: str = "",
    labels: Labels | None = None,
    progress: Progress | None = None,
) -> IndexReport:
    """Bring the index in folder `out` up to date; `cache` is ours between runs and may be deleted at any time.

    `engine` is the address of the theme's search/engine.js relative to `out`: whoever looks for Pagefind's own module
    in the folder is led there. `labels` are what pages show for values of facets. Where Pagefind is missing or fails,
    `out` is left as it was and the report says so (problems whose codes begin with ``outside-``).
    """
    started = time.monotonic()
    divided = divide([(document, digest(document)) for document in documents])
    shown = json.dumps(labels or {}, sort_keys=True)
    key = hashlib.sha256(
        "\n".join((str(FORMAT), engine, shown, *(shard.key for shard in divided))).encode()
    ).hexdigest()
    known = _unchanged(out, cache, key)
    if known is not None:
        return IndexReport(known, len(divided), 0, time.monotonic() - started)
    cache.mkdir(parents=True, exist_ok=True)
    try:
        ready, rebuilt = _ready(divided, cache, progress or _silent)
    except pagefind.PagefindError as error:
        problem = Problem(Place("search"), error.code, error.what, error.fix)
        return IndexReport((), len(divided), 0, time.monotonic() - started, (problem,))
    files = publish(ready, out=out, programs=cache / "program", engine=engine, labels=labels or {})
    replace(cache / "state", "\n".join((key, *files)).encode())
    return IndexReport(files, len(divided), rebuilt, time.monotonic() - started)


def _silent(_done: int, _total: int) -> None:
    return


def _unchanged(out: Path, cache: Path, key: str) -> tuple[str, ...] | None:
    """The files of the index, when it was made from the same documents and nothing is missing or added."""
    try:
        head, *files = (cache / "state").read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return tuple(files) if head == key and present(out) == set(files) else None


def _ready(divided: Sequence[Shard], cache: Path, progress: Progress) -> tuple[tuple[tuple[Shard, Indexed], ...], int]:
    """Every shard with its index, remembered or made now, and how many were made. Forgets shards of the past."""
    wanted = {_remembered(cache, shard) for shard in divided}
    for path in cache.glob("*.shard"):
        if path not in wanted:
            path.unlink()
    have = {shard.key: shards.load(_remembered(cache, shard)) for shard in divided}
    # Pagefind's own files for the browser come with a run of every kind.
    for kind in {shard.kind for shard in divided}:
        if not (cache / "program" / kind / WORKER).exists():
            have[next(shard.key for shard in divided if shard.kind == kind)] = None
    missing = [shard for shard in divided if have[shard.key] is None]
    made = _index(missing, cache, progress)
    return tuple((shard, made.get(shard.key) or _sure(have[shard.key])) for shard in divided), len(missing)


def _sure(indexed: Indexed | None) -> Indexed:
    assert indexed is not None
    return indexed


def _remembered(cache: Path, shard: Shard) -> Path:
    return cache / f"{shard.key}.shard"


def _index(missing: Sequence[Shard], cache: Path, progress: Progress) -> dict[str, Indexed]:
    total, done = sum(len(shard.documents) for shard in missing), 0
    lock = threading.Lock()
    if missing:
        progress(0, total)

    def work(shard: Shard) -> Indexed:
        nonlocal done
        with _scratch(cache) as folder:
            indexed = pagefind.run([shadow(document) for document in shard.documents], folder)
            _keep_program(folder / "out", cache / "program" / shard.kind)
        shards.save(_remembered(cache, shard), indexed)
        with lock:
            done += len(shard.documents)
            progress(done, total)
        return indexed

    with ThreadPoolExecutor(_WORKERS) as pool:
        return {shard.key: indexed for shard, indexed in zip(missing, pool.map(work, missing), strict=True)}


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
    for path in (made / WORKER, *made.glob("wasm.*.pagefind")):
        kept = program / path.name
        if not kept.exists():
            replace(kept, path.read_bytes())
