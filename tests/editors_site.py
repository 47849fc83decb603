"""A small invented site on disk for the tests of what editors do, with the theme that ships."""

from __future__ import annotations

import shutil
import struct
import zlib
from pathlib import Path

from yoroku.build.pipeline import Options, build

ROOT = Path(__file__).resolve().parent.parent
BRIEFING = "content/briefings/2024/2024-02-01-buoys.md"
PAGE = "briefings/2024-02-01-buoys/index.html"
HEADER = (
    "title: 観測ブイの会合（見本）\nlang: ja\ndate: 2024-02-01\nsources:\n  - publisher: 汐見市\n    policy: full\n"
)


def png(width: int, height: int, grey: int = 0) -> bytes:
    """A valid PNG of one shade."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([grey]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Site:
    """A folder with a site in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "templates", root / "templates")
        self.write("site.yaml", "title: 見本要録\nlanguage: ja\nlanguages: [en]\n")
        self.write(BRIEFING, f"---\n{HEADER}---\n## 合意 ^L2\n\n観測値を毎日交換する。 ^L3\n")

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def note(self, name: str, body: str, front: str = "") -> None:
        """Write a note; `front` has further lines of front matter."""
        self.write(f"content/notes/{name}.md", f"---\ntitle: 注 {name}\ndate: 2024-03-01\n{front}---\n{body}\n")

    def build(self, **options: object) -> object:
        """Build without search."""
        return build(self.root, Options(**{"search": False, "explain": True, "jobs": 1, **options}))

    def made(self, **options: object) -> list[str]:
        """Build, and return the warnings; nothing may be wrong."""
        outcome = self.build(**options)
        assert outcome.ok, [str(problem) for problem in outcome.problems]
        return [str(problem) for problem in outcome.problems]

    def wrong(self, **options: object) -> list[str]:
        """Build, and return what is wrong, as it is told."""
        outcome = self.build(**options)
        assert not outcome.ok
        return [str(problem) for problem in outcome.problems]

    def page(self, path: str) -> str:
        """A finished file as text."""
        return (self.root / "output" / path).read_text("utf-8")

    def tree(self) -> dict[str, bytes]:
        """Every finished file."""
        out = self.root / "output"
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
