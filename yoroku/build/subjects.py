"""Whether each note's `on` is a briefing, and its `at` a place in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

from yoroku.briefing.model import Note
from yoroku.build.content import Content
from yoroku.build.documents import kind_of
from yoroku.build.memory import Memory
from yoroku.build.reader import StoredReader
from yoroku.problems import Place, Problem, Severity, did_you_mean
from yoroku.site.margin import place_of
from yoroku.site.subjects import subject_word

_FEW = 3
_REST = "subjects"


def subjects_in_build(content: Content, reader: StoredReader, root: str, memory: Memory) -> tuple[Problem, ...]:
    """The same for a build, which asks only when a document's face or the text of a subject is another one."""
    known = memory.rest.pop(_REST, None)
    if known is None or known[0] != content.catalogue or any(content.marks.get(key) != mark for key, mark in known[1]):
        if found := tuple(subject_problems(content, reader, partial(_lines, root))):
            return found
        notes = (content.cards[key].stub for key in reader.all_notes())
        subjects = {reader.subject(note.on) for note in notes if isinstance(note, Note) and note.on and note.at}
        known = (content.catalogue, tuple(sorted((key, content.marks[key]) for key in subjects if key)))
    memory.rest[_REST] = known
    return ()


def _lines(root: str, path: str) -> list[str]:
    try:
        with open(os.path.join(root, path), encoding="utf-8-sig") as file:
            return file.read().split("\n")
    except (OSError, ValueError):
        return []


def subject_problems(content: Content, reader: StoredReader, lines_of: Callable[[str], list[str]]) -> Iterator[Problem]:
    """A problem for each note on a briefing that is not there, or at a place that it does not have."""
    briefings = [key for key in content.reads if kind_of(key) == "briefing"]
    names = {os.path.basename(key).removesuffix(".md") for key in briefings}
    names |= {content.reads[key].url.strip("/").rpartition("/")[2] for key in briefings}
    for key in reader.all_notes():
        note = content.cards[key].stub
        if not isinstance(note, Note):
            continue
        yield from _incomplete(key, note, lines_of)
        if not note.on:
            continue
        subject = reader.subject(note.on)
        if subject is None:
            yield _without_subject(key, note.on, names, lines_of)
        elif note.at and not place_of(body := reader.body(subject), note.at):
            headings = [heading.text for heading in body.headings]
            fix = did_you_mean(note.at, headings) if headings else ""
            fix = fix if fix.startswith("did") else "name a heading of its text, or a line as L12"
            what = f"the note is at '{note.at}', and '{reader.summary(subject).title}' has no such place"
            severity = Severity.ERROR
            if reader.public(subject).withheld:
                # It may well be a place that the rights of its source do not show.
                what, severity = f"{what} that is shown", Severity.NOTE
            yield Problem(_where(key, lines_of(key), note.at), "unknown-place", what, fix, severity)


def _incomplete(key: str, note: Note, lines_of: Callable[[str], list[str]]) -> Iterator[Problem]:
    """What a note leaves out that its readers need."""
    if note.at and not note.on:
        what = f"the note is at '{note.at}', and names no briefing"
        yield Problem(_where(key, lines_of(key), note.at), "no-subject", what, "add 'on: …'", Severity.WARNING)
    if note.kind != "correction":
        return
    needed = {"on": note.on, "date": note.date, "was": note.was, "now": note.now, "reason": note.reason}
    missing = [name for name, value in needed.items() if not value]
    if missing:
        what = f"the correction does not say {', '.join(repr(name) for name in missing)}"
        fix = "readers are told what was changed, when and why"
        yield Problem(_where(key, lines_of(key), "kind:"), "incomplete-correction", what, fix, Severity.WARNING)


def _without_subject(key: str, on: str, names: set[str], lines_of: Callable[[str], list[str]]) -> Problem:
    at = _where(key, lines_of(key), on)
    if subject_word(on).rsplit("/", 1)[-1] in names:
        what = f"the note is on '{on}', which is not shown now"
        return Problem(at, "subject-withheld", what, "the note stands on its own until it is", Severity.NOTE)
    fix = did_you_mean(subject_word(on).rsplit("/", 1)[-1], names)
    fix = fix if len(names) <= _FEW or fix.startswith("did") else "name a briefing by its slug or path"
    return Problem(at, "unknown-briefing", f"the note is on '{on}', and there is no such briefing", fix)


def _where(path: str, lines: list[str], word: str) -> Place:
    """Where a word first stands in a file."""
    for number, line in enumerate(lines, 1):
        column = line.find(word)
        if column >= 0:
            return Place(path, number, column + 1)
    return Place(path)
