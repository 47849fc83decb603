"""Bulletins in files become briefings in files. Reading, naming and writing; the import itself is `bulletin.importer`.

What the importer wrote is kept beside the briefings (`content/briefings/.imported/`), so that a later import can tell
an editor's words from its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from yoroku.briefing.file import dump, front_of
from yoroku.briefing.merge import conflict_page, merge
from yoroku.briefing.model import Briefing
from yoroku.build.halfway import BASES, alone, put, write
from yoroku.build.importing_many import Bulletin, import_many
from yoroku.build.importing_names import free_path
from yoroku.build.importing_read import (
    bulletin_files,
    bytes_of,
    gazetteer_of,
    name_of,
    named,
    text_of,
)
from yoroku.build.merges import BRIEFINGS, MERGES, conflict
from yoroku.bulletin.importer import IMPORTER, import_bulletin
from yoroku.config import Settings, load_settings
from yoroku.patterns import keep, late
from yoroku.problems import Place, Problem, Problems, Severity, ordered
from yoroku.records import dataclass, replace

BULLETINS = "content/bulletins"

Progress = Callable[[str, int, int], None]

# The provenance stands at the end of the front matter; these lines are written by us and never wrapped.
_BULLETIN_LINE = late(r'^  bulletin: (?:"(.*)"|(.*))$', re.MULTILINE)
_SHA_LINE = late(r"^  sha256: \"?([0-9a-f]{64})", re.MULTILINE)
_SLUG_LINE = late(r'^slug: "?([^"\n]*)', re.MULTILINE)
_IMPORTER_LINE = late(r'^  importer: "?([^"\n]*)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did. Paths are relative to the site's folder."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: int = 0
    to_review: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no bulletin failed."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Existing:
    """A briefing already there, by what its provenance says."""

    path: str
    sha256: str
    importer: str

    def is_of(self, data: bytes) -> bool:
        """Whether this importer made it of these bytes; one whose importer is not named was written by hand."""
        return self.sha256 == hashlib.sha256(data).hexdigest() and self.importer in ("", IMPORTER)


def import_bulletins(
    root: Path, paths: Sequence[str], *, jobs: int | None = None, progress: Progress | None = None
) -> ImportOutcome:
    """Import the files and folders named. A bulletin that fails never stops the others."""
    problems: list[Problem] = []
    files = tuple(bulletin_files(paths, problems))
    # Whoever names a bulletin whose briefing was deleted wants it again; a build does not.
    settings = load_settings(root)
    with alone(root):
        outcome = _import_files(root, files, existing(root), settings, progress, deleted={}, jobs=jobs)
    return replace(outcome, problems=ordered((*problems, *outcome.problems)))


def import_new(
    root: Path, *, settings: Settings, bulletins: Sequence[str], progress: Progress | None = None
) -> ImportOutcome:
    """Import those of `bulletins` (paths below the site's folder) that have no briefing yet or have changed."""
    if not bulletins:
        return ImportOutcome()
    files = tuple(root / path for path in bulletins)
    with alone(root):
        known = existing(root)
        return _import_files(root, files, known, settings, progress, deleted=deleted_briefings(root, known))


def _import_files(
    root: Path,
    files: Sequence[Path | str],
    known: dict[str, Existing],
    settings: Settings,
    progress: Progress | None,
    *,
    deleted: dict[str, str],
    jobs: int | None = None,
) -> ImportOutcome:
    created: list[str] = []
    updated: list[str] = []
    problems: list[Problem] = []
    unchanged = to_review = 0
    taken = {entry.path for entry in known.values()}
    wanted: list[Bulletin] = []
    for file in files:
        name = name_of(root, file)
        try:
            data = bytes_of(file, name)
            before = known.get(name)
            if before is not None and before.is_of(data):
                unchanged += 1
                continue
            if before is None and name in deleted:
                problems.append(_deleted(name, deleted[name]))
                continue
        except Problems as failed:
            problems += failed.items
            continue
        wanted.append(Bulletin(name, data))
    answers = import_many(wanted, gazetteer_of(root, settings), jobs=jobs, progress=progress) if wanted else []
    keep()
    for bulletin, answer in zip(wanted, answers, strict=True):
        problems += answer.problems
        if answer.briefing is None:
            continue
        name, before = bulletin.name, known.get(bulletin.name)
        briefing = named(answer.briefing, name, bulletin.data)
        to_review += len(briefing.review)
        if before is None:
            path = free_path(briefing, taken)
            taken.add(path)
            _write(root, path, dump(replace(briefing, slug=PurePosixPath(path).stem)))
            created.append(path)
            continue
        outcome = _bring_up_to_date(root, before, briefing, name)
        if outcome.changed:
            updated.append(before.path)
        else:
            unchanged += 1
        problems += outcome.problems
    return ImportOutcome(tuple(created), tuple(updated), unchanged, to_review, ordered(problems))


def would_create(
    root: Path, *, settings: Settings, bulletins: Sequence[str]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The new briefings, as path and text, that importing these bulletins would write; nothing is written."""
    known = existing(root)
    gazetteer = gazetteer_of(root, settings)
    taken = {entry.path for entry in known.values()}
    deleted = deleted_briefings(root, known)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name in bulletins:
        if name in deleted:
            problems.append(_deleted(name, deleted[name]))
        if name in known or name in deleted:
            continue
        try:
            data = bytes_of(root / name, name)
            imported = import_bulletin(data, name=name, gazetteer=gazetteer)
        except Problems as failed:
            problems += failed.items
            continue
        problems += imported.problems
        briefing = named(imported.briefing, name, data)
        path = free_path(briefing, taken)
        taken.add(path)
        texts[path] = dump(replace(briefing, slug=PurePosixPath(path).stem))
    return texts, ordered(problems)


def existing(root: Path) -> dict[str, Existing]:
    """The briefings that came from bulletins, by the bulletin's path."""
    found: dict[str, Existing] = {}
    folder = root / BRIEFINGS
    for file in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        path = file.relative_to(root).as_posix()
        if "/." in path:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        front = front_of(text)
        bulletin = _BULLETIN_LINE.search(front)
        sha256 = _SHA_LINE.search(front)
        if bulletin and sha256:
            importer = _IMPORTER_LINE.search(front)
            name = bulletin[1] or bulletin[2]
            found[name] = Existing(path, sha256[1], importer[1] if importer else "")
    return found


@dataclass(frozen=True, slots=True)
class _Update:
    changed: bool
    problems: tuple[Problem, ...] = ()


def _bring_up_to_date(root: Path, before: Existing, briefing: Briefing, bulletin: str) -> _Update:
    """Merge a new import into a briefing that may have been edited, renamed or moved."""
    path = before.path
    ours = text_of(root / path, path).replace("\r\n", "\n")
    base_file = _base_of(root, path, bulletin)
    if base_file is None:
        if before.sha256 == (briefing.provenance.sha256 if briefing.provenance else ""):
            return _Update(changed=False)  # only the importer is another one
        what = f"the bulletin '{bulletin}' has changed, but what was imported before is not there to compare with"
        fix = f"bring the change in by hand, or delete the file and import '{bulletin}' again"
        return _Update(changed=False, problems=(Problem(Place(path), "no-base", what, fix, Severity.WARNING),))
    base = text_of(base_file, path)
    # The address was given at the first import and stays; the file's name is the editor's affair.
    slug = _SLUG_LINE.search(base)
    theirs = dump(replace(briefing, slug=slug[1] if slug else PurePosixPath(path).stem))
    merged = merge(base, ours, theirs)
    if merged.conflicts:
        page = conflict_page(path, merged.conflicts)
        write(root, _beside(root, MERGES, path).relative_to(root).as_posix(), page)
    put(root, path, merged.text if merged.text != ours else None, base=base_file, imported=theirs)
    problems = (conflict(path, len(merged.conflicts)),) if merged.conflicts else ()
    return _Update(changed=merged.text != ours, problems=problems)


def _base_of(root: Path, path: str, bulletin: str) -> Path | None:
    """The file that keeps what was imported for a briefing: beside its path, or where it lay before it was renamed."""
    beside = _beside(root, BASES, path)
    if beside.is_file() and _bulletin_of(beside) == bulletin:
        return beside
    return _bases(root).get(bulletin)


def _bases(root: Path) -> dict[str, Path]:
    folder = root / BASES
    files = sorted(folder.rglob("*.md")) if folder.is_dir() else []
    return {name: file for file in files if (name := _bulletin_of(file))}


def _bulletin_of(file: Path) -> str:
    text = file.read_text(encoding="utf-8", errors="replace")
    found = _BULLETIN_LINE.search(front_of(text))
    return (found[1] or found[2]) if found else ""


def deleted_briefings(root: Path, known: dict[str, Existing]) -> dict[str, str]:
    """Bulletins whose briefing was imported once and is not there any more, with what is kept of it."""
    return {name: file.relative_to(root).as_posix() for name, file in _bases(root).items() if name not in known}


def _deleted(bulletin: str, base: str) -> Problem:
    what = f"the briefing of this bulletin was deleted and is not made again (it was {base.replace('/.imported', '')})"
    fix = f"to have it again: import {bulletin}; to forget it: delete the bulletin too"
    return Problem(Place(bulletin), "deleted-briefing", what, fix, Severity.NOTE)


def _beside(root: Path, folder: str, path: str) -> Path:
    return root / folder / PurePosixPath(path).relative_to(BRIEFINGS)


def _write(root: Path, path: str, text: str) -> None:
    put(root, path, text, base=_beside(root, BASES, path), imported=text)
