"""From a URL to a file of the output, as GitHub Pages answers it. Nothing outside the output is ever named."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from yoroku.records import dataclass

INDEX = "index.html"
NOT_FOUND = "404.html"

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".ndjson": "application/x-ndjson; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".xsl": "text/xsl; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to send. `name` is its path relative to the output, with `/`; `status` is 200 or 404."""

    name: str
    path: Path
    status: int = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """Another URL to go to: 301 for a folder without its slash, 302 from outside the base path into it."""

    location: str
    status: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing is there, not even a 404 page."""


def media_type(name: str) -> str:
    """The Content-Type for a file name. Text is always UTF-8."""
    return _TYPES.get(os.path.splitext(name)[1].lower(), "application/octet-stream")


def parts_of(target: str) -> tuple[str, ...] | None:
    """The decoded segments of a URL path, the last one empty when it ends with a slash; None for an unsafe path."""
    path = target.partition("?")[0].partition("#")[0]
    if not path.startswith("/"):
        return None
    try:
        parts = tuple(unquote_to_bytes(part).decode("utf-8") for part in path[1:].split("/"))
    except UnicodeDecodeError:
        return None
    if any(part in (".", "..") or not _plain(part) for part in parts):
        return None
    return parts if all(parts[:-1]) else None


def guess(parts: tuple[str, ...]) -> str:
    """The output that a path most likely means, before it exists: what a request for it waits for."""
    if parts[-1] == "":
        return "/".join((*parts[:-1], INDEX))
    return "/".join(parts) if "." in parts[-1] else "/".join((*parts, INDEX))


def within(parts: tuple[str, ...], base_path: str) -> tuple[str, ...] | Moved | None:
    """The segments below the base path, a way into it, or None when the URL lies elsewhere on the host."""
    base = tuple(part for part in base_path.split("/") if part)
    if not base:
        return parts
    if parts == base:
        return Moved(base_path, 301)
    if parts[: len(base)] == base:
        return parts[len(base) :]
    return Moved(base_path, 302) if parts == ("",) else None


def find(output: Path, parts: tuple[str, ...], *, base_path: str) -> Found | Moved | Missing:
    """The file for path segments below the base path: itself, `name.html`, an index, or the 404 page."""
    if parts[-1] == "":
        found = _file(output, (*parts[:-1], INDEX))
    else:
        found = _file(output, parts) or _file(output, (*parts[:-1], f"{parts[-1]}.html"))
        if found is None and _file(output, (*parts, INDEX)):
            return Moved(base_path + quote("/".join(parts)) + "/", 301)
    return found or missing(output)


def missing(output: Path) -> Found | Missing:
    """The site's own 404 page, when it has one."""
    found = _file(output, (NOT_FOUND,))
    return Found(found.name, found.path, 404) if found else Missing()


def _plain(part: str) -> bool:
    """Whether a segment is one name on every file system: no separator, drive, stream or control character."""
    return not any(char in '/\\:*?"<>|' or ord(char) < 32 or ord(char) == 127 for char in part) and len(part) < 256


def _file(output: Path, parts: tuple[str, ...]) -> Found | None:
    path = output.joinpath(*parts)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        # A link inside the output must not lead out of it.
        real = os.path.realpath(path)
    except (OSError, ValueError):
        return None
    root = os.path.realpath(output)
    return Found("/".join(parts), path) if real.startswith(root + os.sep) else None
