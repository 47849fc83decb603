"""The Pagefind process: the plain binary over a folder of shadow pages. The only part that starts a program."""

from __future__ import annotations

import os
import subprocess
import zlib
from collections.abc import Sequence
from gzip import decompress
from pathlib import Path

from yoroku.records import dataclass
from yoroku.search import cbor
from yoroku.search.shadow import SIGNATURE, Shadow

VERSION = "1.5.2"
# Small chunks keep Pagefind's compressor from searching the same long list again and again; they are joined later.
_ENVIRONMENT = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "2500", "TOKIO_WORKER_THREADS": "1"}
_SECONDS = 600
_A_FOLDER = 40


class PagefindError(Exception):
    """Pagefind is missing, failed, or wrote something else than expected. `code` is the problem's code."""

    def __init__(self, code: str, what: str, fix: str) -> None:
        super().__init__(what)
        self.code, self.what, self.fix = code, what, fix


@dataclass(frozen=True, slots=True)
class Indexed:
    """What Pagefind made of one folder.

    Page n is shadow `order[n]` with `counts[n]` words. `filters` are name → value → pages.
    """

    order: tuple[int, ...]
    entries: cbor.Entries
    counts: tuple[int, ...]
    filters: tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...]


def binary() -> Path:
    """Where the Pagefind program is. Raises PagefindError when it is not installed."""
    try:
        import pagefind_bin  # noqa: PLC0415 - only when something is indexed
    except ImportError as error:
        raise _missing() from error
    # Never the extended one, whatever else is installed: it cuts Japanese words that are already coded.
    for name in ("pagefind", "pagefind.exe"):
        path = Path(pagefind_bin.__file__).parent / name
        if path.is_file():
            return path
    raise _missing()


def run(shadows: Sequence[Shadow], folder: Path) -> Indexed:
    """Index the pages; page n of the result is `shadows[n]`. `folder` is scratch and must be empty."""
    out = folder / "out"
    program = binary()
    try:
        command = [str(program), "--site", str(_write(shadows, folder)), "--output-path", str(out), "--silent"]
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, env={**os.environ, **_ENVIRONMENT}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(str(error)) from error
    if done.returncode:
        raise _failed(done.stderr.decode(errors="replace").strip()[-400:] or f"exit code {done.returncode}")
    try:
        return _read(out, shadows)
    except (OSError, EOFError, ValueError, KeyError, IndexError, TypeError) as error:
        raise _failed(f"unexpected files: {error}") from error


def _write(shadows: Sequence[Shadow], folder: Path) -> Path:
    """Lay the pages out so that walking the folder meets them in order, and return the folder to walk.

    Pagefind numbers pages as it walks, and file systems list a big folder in an order of their own. Small folders
    come oldest or newest first on most; which, is tried out. Elsewhere only the index's bytes depend on the machine.
    """
    site = folder / "site"
    numbers = range(len(shadows))
    for number in reversed(numbers) if _newest_first(folder / "order") else numbers:
        path = Path(f"{site}/{_name(number)}")
        if number % _A_FOLDER in (0, _A_FOLDER - 1) or number == len(shadows) - 1:
            path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "wb") as file:
            file.write(shadows[number].page.encode())
    return site


def _newest_first(folder: Path) -> bool:
    """Whether this file system lists the files of a small folder in the order opposite to their making."""
    folder.mkdir()
    names = [str(number) for number in range(_A_FOLDER)]
    for name in names:
        (folder / name).touch()
    return os.listdir(folder) == names[::-1]


def _name(number: int) -> str:
    return f"{number // _A_FOLDER**2}/{number // _A_FOLDER % _A_FOLDER}/{number}.html"


def _read(out: Path, shadows: Sequence[Shadow]) -> Indexed:
    (meta_path,) = out.glob("*.pf_meta")
    meta, _ = cbor.decode(_plain(meta_path))
    assert isinstance(meta, list)
    version, pages, _, filters, *_ = meta
    if version != VERSION:
        raise ValueError(f"Pagefind is {version}, not {VERSION}")
    assert isinstance(pages, list)
    assert isinstance(filters, list)
    named = [page for page in pages if isinstance(page, list)]
    order = tuple(_number(out / "fragment" / f"{name}.pf_fragment") for name, _ in named)
    counts = tuple(count for _, count in named if isinstance(count, int))
    if sorted(order) != list(range(len(shadows))) or counts != tuple(shadows[n].words for n in order):
        raise ValueError("pages or their words were not counted as coded")
    return Indexed(
        order=order,
        entries=cbor.join(_plain(path) for path in (out / "index").iterdir()),
        counts=counts,
        filters=tuple(sorted(_filter(path) for path in (out / "filter").iterdir())) if filters else (),
    )


def _number(path: Path) -> int:
    """Which shadow a fragment is of: its address stands first, the rest is not needed."""
    start = zlib.decompressobj(31).decompress(path.read_bytes(), 80).decode(errors="replace")
    return int(start.split('"url":"', 1)[1].split(".html", 1)[0].rsplit("/", 1)[1])


def _filter(path: Path) -> tuple[str, tuple[tuple[str, tuple[int, ...]], ...]]:
    value, _ = cbor.decode(_plain(path))
    assert isinstance(value, list)
    name, values = value
    assert isinstance(name, str)
    assert isinstance(values, list)
    found: list[tuple[str, tuple[int, ...]]] = []
    for item in values:
        assert isinstance(item, list)
        term, pages = item
        assert isinstance(term, str)
        assert isinstance(pages, list)
        found.append((term, tuple(page for page in pages if isinstance(page, int))))
    return name, tuple(sorted(found))


def _plain(path: Path) -> bytes:
    data = decompress(path.read_bytes())
    if not data.startswith(SIGNATURE):
        raise ValueError(f"{path.name} has no signature")
    return data[len(SIGNATURE) :]


def _missing() -> PagefindError:
    return PagefindError(
        "outside-pagefind-missing", "Pagefind is not installed", f"pip install pagefind-bin=={VERSION}"
    )


def _failed(reason: str) -> PagefindError:
    return PagefindError(
        "outside-pagefind-failed", f"Pagefind failed: {reason}", "run the build again, or build without search"
    )
