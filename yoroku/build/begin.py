"""Begin a site: `init DIR` writes settings, templates, workflows and samples, and never over a file that is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from yoroku.atomic import write_whole
from yoroku.build.carried import LOCK, VENDOR, Wheel, given, requirements, wheel_of
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass

REQUIREMENTS = "requirements.txt"
WORKFLOWS = (".github/workflows/pages.yml", ".github/workflows/links.yml")
# What an upgrade renews where the owner has not touched it.
THEME = ("build.py", "templates/", ".pages.yml", "schema/", "editors/", ".vscode/", *WORKFLOWS)
# What is the owner's from the first moment.
OWN = ("site.yaml", "content/bulletins/", "content/entities/", "content/notes/", "content/pages/")

GITIGNORE = """\
/output/
/.yoroku/
/.venv/
__pycache__/

# Raw bulletins are other people's texts: kept here, not published. Except only those that you may pass on.
/content/bulletins/*
"""
# An upgrade renews what stands between these two; the rest of the file is the owner's.
FIRST = "# Yoroku itself, carried by this site, and what it needs: written by `yoroku upgrade`.\n"
LAST = "# The end of what Yoroku needs; packages of your own go below, with their digests.\n"
README = """\
# {title}

    python -m venv .venv
    .venv/bin/python -m pip install -r requirements.txt
    .venv/bin/python build.py
    .venv/bin/python build.py serve

On Windows: `py -m venv .venv`, and `.venv\\Scripts\\python` in place of `.venv/bin/python`. The install fetches the
packages that `requirements.txt` pins; Yoroku itself lies in `vendor/`.

To publish, push to GitHub and choose *Settings → Pages → Source: GitHub Actions*. To renew Yoroku, install a newer one
elsewhere and run its `yoroku -C . upgrade`: what you changed is left as it is.

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
        files = given()
        wheel = wheel_of(files)
        for path, data in sorted(_files(files, wheel).items()):
            if (target / path).exists():
                kept.append(path)
            else:
                write_whole(target / path, data)
                written.append(path)
        # Last, and never beside a list that asks for another one.
        carried = target / VENDOR / wheel.name
        if not carried.exists() and wheel.digest in (target / REQUIREMENTS).read_text(encoding="utf-8"):
            write_whole(carried, wheel.data)
            written.append(f"{VENDOR}/{wheel.name}")
    except OSError as error:
        what = f"the site could not be written: {error.strerror}"
        raise Problems(Problem(Place(str(target)), "outside-not-written", what, "check the folder")) from None
    return Begun(tuple(written), tuple(kept))


def _files(files: Mapping[str, bytes], wheel: Wheel) -> dict[str, bytes]:
    """Path below the new site → bytes; the wheel aside."""
    samples = sorted(path for path in files if path.startswith("content/bulletins/"))
    return themed(files) | {
        ".gitignore": (GITIGNORE + "".join(f"!/{path}\n" for path in samples)).encode(),
        "README.md": README.format(title="要録").encode(),
        REQUIREMENTS: needed(wheel, files).encode(),
        **_under(files, OWN),
    }


def themed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of what a version gives, what its upgrades may renew: path below a site → bytes."""
    theme = _under(files, THEME)
    return theme | {path: _workflow(theme[path].decode("utf-8")).encode() for path in WORKFLOWS if path in theme}


def needed(wheel: Wheel, files: Mapping[str, bytes]) -> str:
    """The part of `requirements.txt` that is ours, with its marks."""
    return FIRST + requirements(wheel, files[LOCK].decode("utf-8")) + LAST


def _under(files: Mapping[str, bytes], places: Iterable[str]) -> dict[str, bytes]:
    starts = tuple(places)
    return {path: data for path, data in files.items() if path.startswith(starts)}


def _workflow(text: str) -> str:
    """The project's own workflow for a site that carries the package instead of lying beside it."""
    text = text.replace("cache-dependency-path: requirements/runtime.lock", f"cache-dependency-path: {REQUIREMENTS}")
    install = f"python -m pip install --require-hashes -r {REQUIREMENTS}"
    lines = []
    for line in text.splitlines():
        command = line.partition("run: python scripts/start.py")
        if command[1]:
            indent = " " * (len(command[0].removesuffix("- ")) + (2 if command[0].endswith("- ") else 0))
            lines += [f"{command[0]}run: |", f"{indent}  {install}", f"{indent}  python build.py{command[2]}"]
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"
