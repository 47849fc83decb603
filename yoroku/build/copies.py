"""What is copied rather than made: the theme's assets, media, static files; and the digests of templates."""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

from yoroku.build import media, sealed
from yoroku.build.inputs import Record, digest, read
from yoroku.build.manifest import CACHE
from yoroku.build.memory import Memory
from yoroku.build.output import MARKER, MARKER_TEXT, Stage
from yoroku.problems import Place, Problem, Problems
from yoroku.site.pages import PAGE_KINDS
from yoroku.site.theme import Theme
from yoroku.site.urls import output_path

TEMPLATES = "templates/"
STATIC = "static/"
# A site's own small style sheet becomes the end of the theme's.
TOKENS = "static/tokens.css"
_NAMED = 1000  # versions of templates after which a long session forgets them


class _Compiled(BytecodeCache):
    """Compiled templates in files that are not believed when they are torn, as the standard cache's are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        data = sealed.read(self._file(bucket))
        if isinstance(data, bytes):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        # Another process may be writing the very same; and nothing but time is lost without.
        with contextlib.suppress(OSError):
            sealed.write(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> str:
        return str(self._folder / f"{bucket.key}.template")


class ThemeShelf:
    """The theme of a site, loaded when a page needs it and not before, and again when a file of it changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._key = b""
        self._theme: Theme | None = None
        self._loaded = b""
        self._named: dict[bytes, tuple[str | None, ...]] = {}

    def theme(self) -> Theme:
        """The theme as its files are now. Raises Problems."""
        if self._theme is None or self._loaded != self._key:
            compiled = self._root / CACHE / "jinja"
            compiled.mkdir(parents=True, exist_ok=True)
            self._theme = Theme(
                self._root / "templates", tokens=self._tokens(), cache=_Compiled(compiled), named=self._named
            )
            self._loaded = self._key
        return self._theme

    def _tokens(self) -> bytes:
        try:
            return (self._root / TOKENS).read_bytes()
        except FileNotFoundError:
            return b""

    def digests(self, record: Record, memory: Memory, touched: frozenset[str] | None = None) -> dict[str, bytes]:
        """For each template the digest of all that it is made of. Raises Problems.

        `touched` are the only paths that may differ from the last time.
        """
        known = memory.rest.get("theme")
        if touched is not None and known is not None and known[0] == self._key and not any(map(_is_theme, touched)):
            same: dict[str, bytes] = known[1]
            return same
        files = {path: entry[3] for path, entry in record.items() if _is_theme(path)}
        self._key = digest(b"\0".join(path.encode() + b"\0" + mark for path, mark in sorted(files.items())))
        if known is not None and known[0] == self._key:
            found: dict[str, bytes] = known[1]
            return found
        if not self._named or len(self._named) > _NAMED:
            self._named = dict(memory.rest.get("named", {}))
        theme = self.theme()
        assets = b"\0".join(name.encode() for _, name in sorted(theme.assets.names.items()))
        result = {}
        for template in dict.fromkeys(kind.template for kind in PAGE_KINDS if kind.template):
            names = sorted(theme.referenced(template))
            parts = [name.encode() + b"\0" + files.get(TEMPLATES + name, b"") for name in names]
            result[template] = digest(b"\0".join([*parts, assets]))
        return result

    def rest(self, digests: dict[str, bytes], memory: Memory) -> dict[str, Any]:
        """What to remember of the theme."""
        if self._theme is None or self._loaded != self._key:
            return {"theme": (self._key, digests, memory.rest["theme"][2])}
        named = self._named or memory.rest.get("named", {})
        return {"theme": (self._key, digests, tuple(sorted(self._theme.assets.files))), "named": named}

    def is_remembered(self, memory: Memory) -> bool:
        """Whether the theme's files are those of the last build."""
        known = memory.rest.get("theme")
        return known is not None and known[0] == self._key

    def planned(self, record: Record, memory: Memory, held: Collection[str] = ()) -> set[str]:
        """The output paths of everything that is copied."""
        known = memory.rest.get("theme")
        assets = known[2] if known is not None and known[0] == self._key else self.theme().assets.files
        return {MARKER, *assets, *(path for path, _ in sources(record, held))}

    def copy(self, record: Record, memory: Memory, stage: Stage, held: Collection[str]) -> None:
        """Stage every copy that the output does not hold. Raises Problems."""
        stage.put(MARKER, MARKER_TEXT)
        for path, source in sources(record, held):
            if not stage.holds(path, record[source][3]):
                try:
                    stage.put(path, read(os.path.join(self._root, source)))
                except OSError as error:
                    what = f"the file cannot be read: {error.strerror}"
                    raise Problems(Problem(Place(source), "unreadable", what, "check its permissions")) from None
        known = memory.rest.get("theme")
        if known is not None and known[0] == self._key and all(stage.stands(path) for path in known[2]):
            return
        for path, data in self.theme().assets.files.items():
            stage.put(path, data)


def collisions(pages: Iterable[str], record: Record) -> tuple[Problem, ...]:
    """A problem for each copied file whose place is that of a page or, where case decides nothing, of another copy."""
    taken = {output_path(url).casefold(): f"the page {url}" for url in pages}
    folders = {folder for path in taken for folder in _folders(path)}
    found = []
    for path, source in sorted(sources(record)):
        name = unicodedata.normalize("NFC", path).casefold()
        other = taken.setdefault(name, source)
        above = next((folder for folder in _folders(name) if folder in taken), None)
        if other == source and name not in folders and above is None:
            folders.update(_folders(name))
            continue
        whose = other if other != source else taken.get(above or "", "a folder of the site")
        what = f"'{source}' would be published where {whose} is"
        found.append(Problem(Place(source), "same-address", what, "give the file another name"))
    return tuple(found)


def _is_theme(path: str) -> bool:
    return path.startswith(TEMPLATES) or path == TOKENS


def _folders(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def sources(record: Record, held: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Output path and file of everything of the site that is copied as it is; `held` is withheld."""
    yield from ((path, source) for path, source in media.sources(record) if source not in held)
    for path in record:
        if path.startswith(STATIC) and path != TOKENS:
            yield path.removeprefix(STATIC), path
