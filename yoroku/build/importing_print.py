"""What `import --stdout` and `--explain` print. No file of the site is written: what writes them is not loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from yoroku.briefing.file import dump
from yoroku.build.importing_read import bulletin_files, bytes_of, gazetteer_of, name_of, named, settings_or_none
from yoroku.bulletin.explain import explain
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.importer import import_bulletin
from yoroku.patterns import keep
from yoroku.problems import Problem, Problems, Severity, ordered
from yoroku.records import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """What `--stdout` and `--explain` print."""

    text: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether no bulletin failed."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


def print_briefings(root: Path, paths: Sequence[str]) -> Printed:
    """The Markdown of the briefings that the bulletins make; nothing is written."""
    return _printed(root, paths, _import_text)


def explain_bulletins(root: Path, paths: Sequence[str]) -> Printed:
    """Line by line what became of the bulletins, and why; nothing is written."""

    def lines(data: bytes, name: str, gazetteer: Gazetteer) -> tuple[str, tuple[Problem, ...]]:
        return "".join(f"{line}\n" for line in explain(data, name=name, gazetteer=gazetteer)), ()

    return _printed(root, paths, lines)


def _import_text(data: bytes, name: str, gazetteer: Gazetteer) -> tuple[str, tuple[Problem, ...]]:
    imported = import_bulletin(data, name=name, gazetteer=gazetteer)
    return dump(named(imported.briefing, name, data)), imported.problems


def _printed(
    root: Path, paths: Sequence[str], produce: Callable[[bytes, str, Gazetteer], tuple[str, tuple[Problem, ...]]]
) -> Printed:
    gazetteer = gazetteer_of(root, settings_or_none(root))
    parts: list[str] = []
    problems: list[Problem] = []
    for file in bulletin_files(paths, problems):
        name = name_of(root, file)
        try:
            text, found = produce(bytes_of(file, name), name, gazetteer)
        except Problems as failed:
            problems += failed.items
            continue
        parts.append(text)
        problems += found
    keep()
    return Printed("".join(parts), ordered(problems))
