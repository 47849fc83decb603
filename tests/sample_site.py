"""A small site of invented texts that has every kind of page, and ways to build, read and compare it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BULLETINS = (
    "2022-10-18-japan-olmea-ocean-ministers.txt",
    "2024-02-03-high-waves-report-1.txt",
    "2024-12-02-shiomi-year-end-hours.html",
)


def begin(root: Path, *, whole: bool = False) -> Path:
    """The samples of the project as a site of its own; by default with few of its bulletins."""
    for name in ("templates", "content/entities", "content/pages", "content/bulletins", "content/notes"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "site.yaml", root / "site.yaml")
    if not whole:
        shutil.rmtree(root / "content/notes")
        for path in (root / "content/bulletins").iterdir():
            if path.name not in BULLETINS:
                path.unlink()
        write(root / "content/notes/first-note.md", NOTE)
        write(root / "content/media/wave.svg", SVG)
    return root


NOTE = """---
title: 見本の注
date: 2024-03-01
on: 2022-10-18-japan-olmea-ocean-ministers
aliases: [old-note]
---
## 節のなか

[[2024-02-03-high-waves-report-1]] と [[first-note#節のなか|この節]] を参照。![波の図](../media/wave.svg)
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 4h8"/></svg>\n'


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def command(root: Path, *words: str) -> list[str]:
    """The program's command line for a site."""
    return [sys.executable, str(PROJECT / "build.py"), "-C", str(root), *words]


def run(root: Path, *words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does; the process has the project in its path."""
    env = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run(
        command(root, *words),
        cwd=cwd or root,
        env=env,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=240,
        check=False,
    )


def tree(root: Path, *, search: bool = False) -> dict[str, bytes]:
    """Every file below a folder with its bytes; what Pagefind makes only with `search`."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and (search or not name.startswith("pagefind/")):
            found[name] = path.read_bytes()
    return found
