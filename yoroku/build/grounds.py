"""What an answer can depend on, known by digests, so that nobody works out an answer that must be the same."""

from __future__ import annotations

from collections.abc import Mapping

from yoroku.build.content import Content
from yoroku.build.graph import Question
from yoroku.build.inputs import DIGEST_SIZE, digest
from yoroku.build.library import BodyEntry

GONE = b"\0" * DIGEST_SIZE
BY_DOCUMENT = frozenset({"public", "comparison", "page"})


class Grounds:
    """What each answer can depend on, as digests: one document, the settings, or all that documents show each other."""

    def __init__(
        self,
        *,
        settings: bytes,
        catalogue: bytes,
        marks: Mapping[str, bytes],
        faces: Mapping[str, bytes],
        shown: Mapping[str, bytes],
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._marks = marks
        self._faces = faces
        self._shown = shown

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
            shown = self._shown.get(key, b"")
            return digest(self._marks[key] + self._catalogue + shown) if key in self._marks else GONE
        return self._settings if name == "settings" else self._catalogue


def grounds_of(content: Content, bodies: Mapping[str, BodyEntry]) -> Grounds:
    """The grounds of a build's content. `bodies` are the renderings on record, which tell whose texts they show."""
    marks = content.marks
    return Grounds(
        shown={
            key: b"".join(marks.get(word, GONE) for kind, word in entry.asked if kind == "shown")
            for key, entry in bodies.items()
            if entry.asked
        },
        settings=content.rules.settings_digest,
        catalogue=content.catalogue,
        marks=content.marks,
        faces=content.faces,
    )
