"""A file as a response: validators, compression, ranges, and the reload client in every page."""

from __future__ import annotations

import gzip
import hashlib
import html
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from yoroku.preview.files import Found, media_type
from yoroku.preview.wire import Request, Response
from yoroku.preview.words import words
from yoroku.records import dataclass, field

WHOLE = 4_000_000
"""Bytes up to which a file is read at once; a longer one is sent in pieces and known by its size and time."""
PIECE = 262_144
"""Bytes of a piece."""
REMEMBERED = 32
"""Prepared files that are kept in memory, none of them larger than `KEPT` bytes."""
KEPT = 200_000
SMALL = 600
"""Bytes below which compression is not worth its header."""

_COMPRESSED = ("text/", "application/json", "application/xml", "application/atom", "application/rss", "image/svg",
               "application/ld+json", "application/x-ndjson", "application/manifest", "application/wasm")  # fmt: skip
_STYLESHEET = re.compile(rb"<link\b[^>]*\.css\b[^>]*>", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file's bytes as sent, uncompressed, with its validator. `body_tag` leaves a page's stylesheets out."""

    body: bytes
    tag: str
    body_tag: str = ""
    zipped: bytes = b""


@dataclass(slots=True)
class Shelf:
    """The files sent last, so that a page that did not change is not read, hashed and compressed again."""

    _items: OrderedDict[tuple[str, int, int, int], Prepared] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def prepare(self, path: Path, *, page: bool, packed: bool) -> Prepared:
        """Read a file. Raises `OSError`."""
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            # Outputs are replaced by renaming, so the inode tells versions apart even within one tick of the clock.
            key = (str(path), about.st_ino, about.st_mtime_ns, about.st_size)
            with self._lock:
                if (known := self._items.get(key)) is not None:
                    self._items.move_to_end(key)
                    return known
            body = file.read()
        fresh = Prepared(
            body,
            _digest(body),
            _digest(_STYLESHEET.sub(b"", body)) if page else "",
            gzip.compress(body, 1, mtime=0) if packed and not page and len(body) > SMALL else b"",
        )
        if len(body) <= KEPT:
            with self._lock:
                self._items[key] = fresh
                while len(self._items) > REMEMBERED:
                    self._items.popitem(last=False)
        return fresh


@dataclass(frozen=True, slots=True)
class Look:
    """What the reload client in a page must know: its output (empty: any change is its), the revision, the language."""

    name: str
    revision: int
    boot: str
    lang: str = "ja"


def page_response(request: Request, page: Prepared, look: Look, *, status: int = 200) -> Response:
    """A page with the reload client in it."""
    marks = {"page": look.name, "tag": page.tag, "body": page.body_tag, "revision": look.revision, "boot": look.boot}
    say = words(look.lang)
    marks |= {"building": say["building_short"], "stale": say["stale_search"], "lost": say["lost"]}
    data = " ".join(f'data-{key}="{html.escape(str(value))}"' for key, value in marks.items())
    script = f'<script src="/__/reload.js" defer {data}></script>'.encode()
    at = match.start() if (match := _HEAD_END.search(page.body)) else 0
    # Without a head the script goes to the end: in front of a doctype it would change how the page is laid out.
    body = page.body[:at] + script + page.body[at:] if at else page.body + script
    headers = (("Content-Type", media_type("x.html")), ("Yoroku-Tag", f"{page.tag} {page.body_tag}"))
    return conditional(request, body, headers, tag=f"{page.tag}-{look.boot}-{look.revision}", status=status)


def file_response(request: Request, found: Found, shelf: Shelf) -> Response:
    """A file that is no page. Raises `OSError`."""
    kind = media_type(found.name)
    headers = (("Content-Type", kind),)
    if (size := found.path.stat().st_size) > WHOLE:
        return _long(request, found.path, headers, size)
    file = shelf.prepare(found.path, page=False, packed=kind.startswith(_COMPRESSED))
    if found.status == 200 and (cut := _range(request, len(file.body), file.tag)):
        return _part(cut, headers, file.body, file.tag)
    return conditional(request, file.body, headers, tag=file.tag, status=found.status, zipped=file.zipped)


def conditional(
    request: Request,
    body: bytes,
    headers: tuple[tuple[str, str], ...],
    *,
    tag: str,
    status: int = 200,
    zipped: bytes | None = None,
) -> Response:
    """A whole body, compressed when that is wanted, or 304 when the browser has it. `zipped` is its gzip form."""
    packed = zipped != b"" and len(body) > SMALL and _accepts_gzip(request.header("accept-encoding"))
    mark = f'"{tag}-gz"' if packed else f'"{tag}"'
    headers = (*headers, ("ETag", mark), ("Vary", "Accept-Encoding"), ("Accept-Ranges", "bytes"), *COMMON)
    if status == 200 and _same(request.header("if-none-match"), mark):
        return Response(304, headers)
    if packed:
        return Response(status, (*headers, ("Content-Encoding", "gzip")), zipped or gzip.compress(body, 1, mtime=0))
    return Response(status, headers, body)


COMMON = (
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
"""Headers of every response: always ask again, never guess a type, never for another site."""


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def _accepts_gzip(header: str) -> bool:
    """Whether `Accept-Encoding` allows gzip: named or `*`, and not with a weight of zero."""
    weights = {}
    for item in header.lower().split(","):
        name, _, weight = item.partition(";")
        weights[name.strip()] = weight.replace(" ", "").removeprefix("q=").rstrip("0.") != "" if weight else True
    return weights.get("gzip", weights.get("*", False))


def _same(header: str, tag: str) -> bool:
    """Whether `If-None-Match` names this version (weak comparison)."""
    known = {item.strip().removeprefix("W/") for item in header.split(",")}
    return tag in known or "*" in known


def _range(request: Request, size: int, tag: str) -> tuple[int, int] | None:
    """The first and last byte of the one range asked for; (0, -1) when it cannot be had; None to send everything."""
    match = _RANGE.match(request.header("range"))
    if match is None or request.method != "GET" or match.group(0) == "bytes=-":
        return None
    if request.header("if-range") not in ("", f'"{tag}"'):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size - 1), size - 1)
        if last and int(last) < start:
            return None
    return (start, end) if start < size and start <= end else (0, -1)


def _part(cut: tuple[int, int], headers: tuple[tuple[str, str], ...], body: bytes, tag: str) -> Response:
    start, end = cut
    headers = (*headers, ("ETag", f'"{tag}"'), ("Accept-Ranges", "bytes"), *COMMON)
    if end < start:
        return Response(416, (*headers, ("Content-Range", f"bytes */{len(body)}")))
    return Response(206, (*headers, ("Content-Range", f"bytes {start}-{end}/{len(body)}")), body[start : end + 1])


def _long(request: Request, path: Path, headers: tuple[tuple[str, str], ...], size: int) -> Response:
    about = path.stat()
    tag = f"{about.st_ino:x}-{about.st_mtime_ns:x}-{size:x}"
    headers = (*headers, ("ETag", f'"{tag}"'), ("Accept-Ranges", "bytes"), *COMMON)
    if _same(request.header("if-none-match"), f'"{tag}"'):
        return Response(304, headers)
    cut = _range(request, size, tag)
    if cut is None:
        return Response(200, headers, stream=_pieces(path, 0, size), length=size)
    start, end = cut
    if end < start:
        return Response(416, (*headers, ("Content-Range", f"bytes */{size}")))
    length = end - start + 1
    headers = (*headers, ("Content-Range", f"bytes {start}-{end}/{size}"))
    return Response(206, headers, stream=_pieces(path, start, length), length=length)


def _pieces(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


def prepared(body: bytes) -> Prepared:
    """A page that is not a file."""
    return Prepared(body, _digest(body), _digest(_STYLESHEET.sub(b"", body)))
