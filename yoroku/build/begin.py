"""Begin a site: `init DIR` writes settings, templates, workflows and samples, and never over a file that is there."""

from __future__ import annotations

import os
from pathlib import Path

from yoroku import __version__
from yoroku.atomic import write_whole
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass

# In the installed package the files lie beside the code; in a checkout they are the checkout's own.
_PACKAGED = Path(__file__).resolve().parent.parent / "_site"
_CHECKOUT = Path(__file__).resolve().parent.parent.parent

PARTS = ("site.yaml", "build.py", "templates", "content", ".pages.yml", "schema", "editors", ".vscode")
WORKFLOWS = (".github/workflows/pages.yml", ".github/workflows/links.yml")
# Made by builds or by Python, so no part of what a site begins with.
_LEFT_OUT = ("content/briefings",)

GITIGNORE = """\
/output/
/.yoroku/
/.venv/
__pycache__/

# Raw bulletins are other people's texts: kept here, not published. Remove this line only for texts you may pass on.
/content/bulletins/
"""
REQUIREMENTS = f"yoroku=={__version__}\n"
README = """\
# {title}

    python -m venv .venv
    .venv/bin/python -m pip install -r requirements.txt
    .venv/bin/python build.py
    .venv/bin/python build.py serve

Put bulletins into `content/bulletins/`, notes into `content/notes/`, names into `content/entities/`. The samples are
marked 見本: delete `content/bulletins/*`, `content/briefings/`, `content/notes/*` and the sample entries of
`content/entities/*.yaml` when you begin.
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """Paths below the new site's folder: what was written, and what was there already and left alone."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def begin(target: Path) -> Begun:
    """Write a working site into `target`. Raises `Problems` when that is a file or cannot be written."""
    if target.exists() and not target.is_dir():
        raise Problems(Problem(Place(str(target)), "not-a-folder", "this is a file", "name a new or an empty folder"))
    written: list[str] = []
    kept: list[str] = []
    try:
        for path, data in sorted(_files().items()):
            if (target / path).exists():
                kept.append(path)
            else:
                write_whole(target / path, data)
                written.append(path)
    except OSError as error:
        what = f"the site could not be written: {error.strerror}"
        raise Problems(Problem(Place(str(target)), "outside-not-written", what, "check the folder")) from None
    return Begun(tuple(written), tuple(kept))


def _files() -> dict[str, bytes]:
    """Path below the new site → bytes."""
    root = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    files = {".gitignore": GITIGNORE.encode(), "requirements.txt": REQUIREMENTS.encode()}
    files["README.md"] = README.format(title="要録").encode()
    for part in PARTS:
        for file in _below(root / part):
            path = file.relative_to(root).as_posix()
            if not path.startswith(_LEFT_OUT):
                files[path] = file.read_bytes()
    for path in WORKFLOWS:
        files[path] = _workflow((root / path).read_text(encoding="utf-8")).encode()
    return files


def _below(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
    return sorted(file for file in found if "__pycache__" not in file.parts and not file.name.startswith(".DS_"))


def _workflow(text: str) -> str:
    """The project's own workflow for a site that has the package installed instead of beside it."""
    text = text.replace("cache-dependency-path: requirements/runtime.lock", "cache-dependency-path: requirements.txt")
    install = "python -m pip install -r requirements.txt"
    lines = []
    for line in text.splitlines():
        command = line.partition("run: python scripts/start.py")
        if command[1]:
            indent = " " * (len(command[0].removesuffix("- ")) + (2 if command[0].endswith("- ") else 0))
            lines += [f"{command[0]}run: |", f"{indent}  {install}", f"{indent}  python build.py{command[2]}"]
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"
