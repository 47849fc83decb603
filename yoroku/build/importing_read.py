"""What an import reads: the files of bulletins, and what the site knows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from yoroku.briefing.authority import Authority, read_authority
from yoroku.briefing.model import Briefing
from yoroku.build.importing_names import STDIN, slug_of
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.config import Settings, load_settings
from yoroku.problems import Place, Problem, Problems
from yoroku.records import replace

ENTITIES = "content/entities"
SUFFIXES = (".txt", ".html", ".htm", ".md")


def gazetteer_of(root: Path, settings: Settings | None) -> Gazetteer:
    """What the importer knows: the built-in lists, the site's authority file, its topics."""
    topics = tuple((topic.name, topic.words) for topic in settings.topics) if settings else ()
    return Gazetteer.built_in().with_entities(authority_of(root), topics=topics)


def authority_of(root: Path) -> Authority:
    """The authority file of the site; empty where there is none."""
    folder = root / ENTITIES
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    return read_authority((f"{ENTITIES}/{file.name}", text_of(file, f"{ENTITIES}/{file.name}")) for file in files)


def named(briefing: Briefing, name: str, data: bytes) -> Briefing:
    """The briefing with an address, where it has none yet."""
    return replace(briefing, slug=briefing.slug or slug_of(briefing, name, data))


def bulletin_files(paths: Sequence[str], problems: list[Problem]) -> Iterable[Path | str]:
    """The files that the paths name, those of folders in order; `STDIN` for standard input. Adds to `problems`."""
    for written in paths:
        path = Path(written)
        if written == STDIN:
            yield STDIN
        elif path.is_dir():
            yield from sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in SUFFIXES and file.is_file() and not file.name.startswith(".")
            )
        elif path.exists():
            yield path
        else:
            what, fix = "there is no such file or folder", "check the path"
            problems.append(Problem(Place(written), "no-bulletin", what, fix))


def name_of(root: Path, file: Path | str) -> str:
    """How the provenance names a bulletin: its path in the site, or only its name when it lies elsewhere."""
    if isinstance(file, str):
        return STDIN
    try:
        return file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return file.name


def bytes_of(file: Path | str, name: str) -> bytes:
    """The bytes of a bulletin. Raises `Problems`."""
    try:
        return sys.stdin.buffer.read() if isinstance(file, str) else file.read_bytes()
    except OSError as error:
        what = f"the bulletin cannot be read: {error.strerror}"
        raise Problems(Problem(Place(name), "unreadable", what, "check the file and its permissions")) from None


def text_of(file: Path, path: str) -> str:
    """The text of a file of the site. Raises `Problems`."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Problems(Problem(Place(path), "not-utf8", "the file is not UTF-8", "save it as UTF-8")) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise Problems(Problem(Place(path), "unreadable", what, "check its permissions")) from None


def settings_or_none(root: Path) -> Settings | None:
    """The site's settings; importing to standard output works without a site."""
    try:
        return load_settings(root)
    except Problems as problems:
        if any(problem.code == "no-site" for problem in problems.items):
            return None
        raise
