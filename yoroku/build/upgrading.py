"""Bring a site to the running program's version: the carried wheel, and what the owner has left as it was given.

The wheel that the site carries holds what the site was given, so what the owner changed is known without any record.
Nothing that was changed or removed by the owner is ever written; what both have changed is listed, with the difference.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path

from yoroku import __version__
from yoroku.atomic import write_whole
from yoroku.build.begin import FIRST, LAST, REQUIREMENTS, needed, themed
from yoroku.build.carried import CHANGES, VENDOR, Wheel, given, given_by, wheel_of
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass

_CARRIED = re.compile(rf"^\./{VENDOR}/(yoroku-([0-9][\w.!+-]*?)-py3-none-any\.whl)\b", re.MULTILINE)
_VERSION = re.compile(r"^## (\d+(?:\.\d+)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What became of a site: versions before and after, paths below it, and what its owner has to do.

    `yours` are the files that the owner and the new version have both changed, each with what the version changed.
    """

    before: str
    after: str
    renewed: tuple[str, ...]
    yours: tuple[tuple[str, str], ...]
    migrate: str


def upgrade(root: Path) -> Upgraded:
    """Renew the program that the site in `root` carries. Raises `Problems` when there is none, or no way to write."""
    listed = _listed(root)
    found = _CARRIED.search(listed)
    first, last = listed.find(FIRST), listed.find(LAST)
    if found is None or not 0 <= first < last:
        what = f"'{FIRST.strip()}', the wheel in {VENDOR}/ and '{LAST.strip()}' are not all here"
        fix = "install Yoroku in the way that this file says, or remove it and run 'init' again"
        raise Problems(Problem(Place(REQUIREMENTS), "carries-no-program", what, fix))
    try:
        files = given()
        wheel = wheel_of(files)
        old = given_by(root / VENDOR / found[1])
        renewed, yours = _compared(root, themed(old), themed(files))
        if renewed or found[1] != wheel.name or wheel.digest not in listed:
            text = listed[:first] + needed(wheel, files) + listed[last + len(LAST) :]
            _write(root, {path: themed(files)[path] for path in renewed}, wheel, requirements=text)
            if found[1] != wheel.name:
                (root / VENDOR / found[1]).unlink()
    except OSError as error:
        what = f"the site could not be written: {error.strerror}"
        raise Problems(
            Problem(Place(str(root)), "outside-not-written", what, "mend that, then run this again")
        ) from None
    changes = files[CHANGES].decode("utf-8")
    return Upgraded(found[2], __version__, renewed, yours, to_migrate(changes, since=found[2]))


def to_migrate(changes: str, *, since: str) -> str:
    """The *To migrate* sections of a change log for the versions after `since`, newest first, each with its number."""
    starts = [(found.start(), found[1]) for found in _VERSION.finditer(changes)]
    sections = []
    for (start, version), (end, _) in zip(starts, [*starts[1:], (len(changes), "")], strict=True):
        _, heading, text = changes[start:end].partition("### To migrate\n")
        text = re.split(r"^#", text, maxsplit=1, flags=re.MULTILINE)[0].strip()
        if heading and text and _numbers(version) > _numbers(since):
            sections.append(f"to migrate to {version}:\n{text}\n")
    return "".join(sections)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _listed(root: Path) -> str:
    try:
        return (root / REQUIREMENTS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        what, fix = "this file, which a site carries its program by, cannot be read", "'init' writes it"
        raise Problems(Problem(Place(REQUIREMENTS), "carries-no-program", what, fix)) from None


def _compared(
    root: Path, old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Paths to be renewed, and those that both sides changed with the difference between the versions."""
    renewed: list[str] = []
    yours: list[tuple[str, str]] = []
    for path, data in sorted(new.items()):
        before = old.get(path)
        here = _bytes(root / path)
        if data in (before, here):
            continue
        # A file that the owner removed stays removed.
        if here == before or (before is None and here is None):
            renewed.append(path)
        elif here is not None:
            yours.append((path, _difference(path, before or here, data)))
    return tuple(renewed), tuple(yours)


def _bytes(path: Path) -> bytes | None:
    """What is there, with the line ends that we write: git on Windows may have changed them."""
    return path.read_bytes().replace(b"\r\n", b"\n") if path.is_file() else None


def _difference(path: str, before: bytes, after: bytes) -> str:
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    return "".join(difflib.unified_diff(old, new, fromfile=path, tofile=f"{path} ({__version__})"))


def _write(root: Path, files: Mapping[str, bytes], wheel: Wheel, *, requirements: str) -> None:
    """The wheel after the files that it is compared with, the list last: killed in between, this can be run again."""
    for path, data in files.items():
        write_whole(root / path, data, durable=True)
    write_whole(root / VENDOR / wheel.name, wheel.data, durable=True)
    write_whole(root / REQUIREMENTS, requirements.encode(), durable=True)
