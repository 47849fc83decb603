"""Style sheets, scripts and pictures of the theme, under names that hold their content's hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from yoroku.records import dataclass

FOLDER = "assets"
_HASH = 10


@dataclass(frozen=True, slots=True)
class Assets:
    """`names` maps an asset as templates call it to its site path; `files` maps an output path to its bytes."""

    names: Mapping[str, str]
    files: Mapping[str, bytes]


def collect(folder: Path, *, tokens: bytes = b"") -> Assets:
    """The assets of a theme. `tokens` is a site's own small style sheet, read after the theme's.

    A file directly in the folder gets its hash in its name. A folder below is one unit, because its scripts import each
    other by name: all its files move under one hashed folder name.
    """
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir():
            inner = {item.relative_to(path).as_posix(): item.read_bytes() for item in _below(path)}
            mark = _digest(b"".join(name.encode() + b"\0" + data for name, data in inner.items()))
            for name, data in inner.items():
                names[f"{path.name}/{name}"] = f"/{FOLDER}/{path.name}.{mark}/{name}"
                files[f"{FOLDER}/{path.name}.{mark}/{name}"] = data
        elif not path.name.startswith("."):
            data = path.read_bytes() + (b"\n" + tokens if path.name == "site.css" and tokens else b"")
            name = f"{path.stem}.{_digest(data)}{path.suffix}"
            names[path.name] = f"/{FOLDER}/{name}"
            files[f"{FOLDER}/{name}"] = data
    return Assets(names, files)


def _below(folder: Path) -> list[Path]:
    return sorted(item for item in folder.rglob("*") if item.is_file() and not item.name.startswith("."))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_HASH]
