"""Pictures of a site: what they are called, where they lie in the output, and how large they are.

The size is read from the first bytes of a file, so that a page leaves room for a picture before it has loaded.
"""

from __future__ import annotations

import posixpath
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from yoroku.records import dataclass

CONTENT = "content/"
MEDIA = "content/media/"
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")

_SVG_TAG = re.compile(rb"<svg\b[^>]*>")
_SVG_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*\Z")
_SIDEWAYS = range(5, 9)  # EXIF orientations that swap width and height
# JPEG segments that hold the size: start of frame, without the three tables among them.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that pages can show. `path` is where it lies; the size is in CSS pixels and None when it is not known."""

    path: str
    url: str
    width: int | None = None
    height: int | None = None


def is_media(path: str) -> bool:
    """Whether a file below `content/` is copied to the output: all of the media folder, and pictures anywhere."""
    if path.startswith(MEDIA):
        return True
    if path.endswith(".md"):  # most files
        return False
    return path.startswith(CONTENT) and path.lower().endswith(SUFFIXES) and "/." not in path


def media_url(path: str) -> str:
    """The site-relative address of a media file: its place below `content/`, with composed characters."""
    below = path.removeprefix(MEDIA) if path.startswith(MEDIA) else path.removeprefix(CONTENT)
    return "/media/" + unicodedata.normalize("NFC", below)


class Pictures:
    """The media of a site, found by path or by name."""

    def __init__(self, pictures: Iterable[Picture] = ()) -> None:
        self.by_url: Mapping[str, Picture] = {picture.url: picture for picture in pictures}
        self._by_path = {_composed(picture.path): picture for picture in self.by_url.values()}
        self._by_name: dict[str, Picture] = {}
        # The name nearest to the root stands for its namesakes, as in Obsidian.
        for path in sorted(self._by_path, key=lambda path: (path.count("/"), path)):
            self._by_name.setdefault(posixpath.basename(path).casefold(), self._by_path[path])

    def beside(self, document: str, src: str) -> Picture | None:
        """The picture that a destination in `document` means, percent-encoded or not."""
        for written in dict.fromkeys((src, unquote(src))):
            for path in _candidates(document, _composed(written)):
                if path in self._by_path:
                    return self._by_path[path]
        return None

    def named(self, document: str, name: str) -> Picture | None:
        """The picture that `![[name]]` means: a path, or a file name anywhere in the content."""
        plain = _composed(name)
        return self.beside(document, name) or (None if "/" in plain else self._by_name.get(plain.casefold()))

    def names(self) -> list[str]:
        """All file names, for suggestions."""
        return sorted({posixpath.basename(path) for path in self._by_path})

    def written_from(self, document: str, name: str) -> str:
        """The path to write in `document` for the picture with this file name."""
        found = self._by_name.get(name.casefold())
        return posixpath.relpath(found.path, posixpath.dirname(document)) if found else name


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _candidates(document: str, written: str) -> Iterator[str]:
    """Content paths that a path can mean: from the document's folder, from the content's or the media's root."""
    inner = posixpath.normpath(written.lstrip("/"))
    if not written.startswith("/"):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(document), written))
    if not inner.startswith(".."):
        yield inner
        yield CONTENT + inner
        yield MEDIA + inner
    elif (below := re.sub(r"^(?:\.\./)+", "", inner)).startswith("media/"):
        # `../media/x.png`, as seen from the page rather than from the file.
        yield CONTENT + below


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a picture in pixels, as a browser shows it; None when they cannot be told."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _positive(struct.unpack(">II", data[16:24]))
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _positive(struct.unpack("<HH", data[6:10]))
        if data.startswith(b"\xff\xd8"):
            return _positive(_of_jpeg(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _positive(_of_webp(data))
        if data[4:8] == b"ftyp":
            return _positive(_of_avif(data))
        return _positive(_of_svg(data))
    except (struct.error, IndexError, ValueError):
        return None


def _positive(size: tuple[int, ...] | None) -> tuple[int, int] | None:
    return (size[0], size[1]) if size is not None and min(size) > 0 else None


def _of_jpeg(data: bytes) -> tuple[int, int] | None:
    at, sideways = 2, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        kind = data[at + 1]
        if kind in (0x01, 0xFF) or 0xD0 <= kind <= 0xD8:
            at += 1 if kind == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (height, width) if sideways else (width, height)
        if kind == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            sideways = _orientation(data[at + 10 : at + 2 + length]) in _SIDEWAYS
        at += 2 + length
    return None


def _orientation(tiff: bytes) -> int:
    order = "<" if tiff[:2] == b"II" else ">"
    (start,) = struct.unpack(order + "I", tiff[4:8])
    (count,) = struct.unpack(order + "H", tiff[start : start + 2])
    for number in range(count):
        at = start + 2 + 12 * number
        tag, _, _, value = struct.unpack(order + "HHIH", tiff[at : at + 10])
        if tag == 0x0112:
            return int(value)
    return 1


def _of_webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack("<I", data[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _of_avif(data: bytes) -> tuple[int, int] | None:
    """The largest spatial extent among the image's properties: thumbnails have smaller ones."""
    sizes = [struct.unpack(">II", data[at + 8 : at + 16]) for at in _places(data[:65536], b"ispe")]
    return max(sizes, default=None)


def _places(data: bytes, word: bytes) -> Iterator[int]:
    at = data.find(word)
    while at >= 0:
        yield at
        at = data.find(word, at + 1)


def _of_svg(data: bytes) -> tuple[int, int] | None:
    found = _SVG_TAG.search(data[:65536])
    if found is None:
        return None
    tag = found[0].decode("utf-8", "replace")
    numbers = [_SVG_NUMBER.match(_attribute(tag, name)) for name in ("width", "height")]
    if numbers[0] and numbers[1]:
        return round(float(numbers[0][1])), round(float(numbers[1][1]))
    box = re.split(r"[\s,]+", _attribute(tag, "viewBox").strip())
    return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else None


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return (found[1] or found[2] or "") if found else ""
