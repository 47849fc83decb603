"""What an answer can depend on, known by digests, so that nobody works out an answer that must be the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from yoroku.build.content import Content
from yoroku.build.documents import is_document, kind_of
from yoroku.build.graph import Question
from yoroku.build.inputs import DIGEST_SIZE, digest
from yoroku.build.library import BodyEntry

GONE = b"\0" * DIGEST_SIZE
BY_DOCUMENT = frozenset({"public", "comparison", "page"})
_OF_ONE = BY_DOCUMENT | {
    "summary",
    "appearance",
    "template",
}  # what else documents show each other is no ground of theirs


def _links_back(key: str) -> bool:
    """Whether the pages that a document links to tell of it."""
    return is_document(key) and kind_of(key) in ("note", "page")


class Grounds:
    """What each answer can depend on, as digests: one document, the settings, or all that documents show each other."""

    def __init__(
        self,
        *,
        settings: bytes,
        catalogue: bytes,
        marks: Mapping[str, bytes],
        faces: Mapping[str, bytes],
        showing: Mapping[str, tuple[str, ...]],
        texts: bytes,
    ) -> None:
        self._texts = texts
        self._settings = settings
        self._catalogue = catalogue
        self._marks = marks
        self._faces = faces
        self._showing = showing

    def of(self, question: Question) -> bytes:
        """The ground of an answer; `GONE` when it is about a document that is not shown."""
        name = question[0]
        if name == "summary":
            return self._faces.get(question[1], GONE)
        if name in BY_DOCUMENT:
            return self._marks.get(question[1], GONE)
        if name == "appearance":
            key = question[3]
            return digest(self._marks[key] + self._faces[key]) if key in self._faces else GONE
        if name in ("note", "body"):
            key = question[1]
            shown = b"".join([self._marks.get(word, GONE) for word in self._showing.get(key, ())])
            return digest(self._marks[key] + self._catalogue + shown) if key in self._marks else GONE
        if name == "linked_from":
            return digest(self._catalogue + self._texts)
        return self._settings if name == "settings" else self._catalogue

    def rest(self, templates: Mapping[str, bytes]) -> tuple[Any, ...]:
        """Today's grounds, to be remembered: settings, catalogue, templates, and mark and face of each document."""
        return (self._settings, self._catalogue, dict(templates), self._rows)

    def suspects(
        self, answers: Iterable[Question], before: tuple[Any, ...] | None, templates: Mapping[str, bytes]
    ) -> set[Question]:
        """Those of the questions whose ground is another one than `before`, which `rest` gave."""
        if before is None:
            return set(answers)
        settings, catalogue, old_templates, rows = before
        changed = {key for key, _ in self._rows.items() ^ rows.items()}
        changed |= {key for key, words in self._showing.items() if not changed.isdisjoint(words)}
        changed |= {name for name, _ in templates.items() ^ old_templates.items()}
        edited = any(_links_back(key) for key in changed)
        faces, size = self._faces, DIGEST_SIZE
        # What a question is about stands last.
        found = {
            question for question in answers if question[-1] in changed or (edited and question[0] == "linked_from")
        }
        found -= {
            question
            for question in found
            if question[0] == "summary" and rows.get(question[1], b"")[size:] == faces.get(question[1])
        }
        if catalogue == self._catalogue and settings == self._settings:
            return found
        return found | {question for question in answers if question[0] not in _OF_ONE}

    @cached_property
    def _rows(self) -> dict[str, bytes]:
        faces = self._faces
        return {key: mark + faces[key] for key, mark in self._marks.items()}


def grounds_of(content: Content, bodies: Mapping[str, BodyEntry]) -> Grounds:
    """The grounds of a build's content. `bodies` are the renderings on record, which tell whose texts they show."""
    return Grounds(
        texts=digest(b"".join(mark for key, mark in content.marks.items() if _links_back(key))),
        showing={
            key: tuple([word for kind, word in entry.asked if kind == "shown"])
            for key, entry in bodies.items()
            if entry.asked
        },
        settings=content.rules.settings_digest,
        catalogue=content.catalogue,
        marks=content.marks,
        faces=content.faces,
    )
