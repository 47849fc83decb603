"""What an answer can depend on, known by digests, so that nobody works out an answer that must be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from yoroku.build.codec import digest_of
from yoroku.build.content import Content
from yoroku.build.doubts import FEW, Edits
from yoroku.build.graph import Question, Traces
from yoroku.build.inputs import DIGEST_SIZE, digest
from yoroku.build.library import BodyEntry
from yoroku.records import dataclass

GONE = b"\0" * DIGEST_SIZE
_NONE = digest(b"")  # of a text without links
BY_DOCUMENT = frozenset({"public", "comparison", "page"})
_OF_ONE = BY_DOCUMENT | {
    "summary",
    "signpost",
    "appearance",
    "template",
}  # what else documents show each other is no ground of theirs


class Grounds:
    """What each answer can depend on, as digests: one document, the settings, or all that documents show each other."""

    def __init__(
        self,
        *,
        settings: bytes,
        catalogue: bytes,
        basis: bytes,
        marks: Mapping[str, bytes],
        faces: Mapping[str, bytes],
        signs: Mapping[str, bytes],
        linked: Mapping[str, bytes],
        showing: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._basis = basis
        self._signs = signs
        self._linked = linked
        self._marks = marks
        self._faces = faces
        self._showing = showing

    def of(self, question: Question) -> bytes:
        """The ground of an answer; `GONE` when it is about a document that is not shown."""
        name = question[0]
        if name == "summary":
            return self._faces.get(question[1], GONE)
        if name == "signpost":
            return self._signs.get(question[1], GONE)
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
        """Today's grounds, to be remembered: for all together, for templates, and four digests a document."""
        return (self._settings, self._catalogue, self._basis, dict(templates), self._rows)

    def doubts(
        self, before: tuple[Any, ...], templates: Mapping[str, bytes], edits: Callable[[list[str]], Edits | None]
    ) -> Doubts:
        """Which answers can be others than `before`, which `rest` gave. `edits` says what a few edited faces touch."""
        settings, catalogue, basis, old_templates, rows = before
        size, now = DIGEST_SIZE, self._rows
        changed = {key for key, _ in now.items() ^ rows.items()}
        few = None
        if catalogue != self._catalogue and basis == self._basis and now.keys() == rows.keys():
            faced = sorted(key for key in changed if now[key][size : 2 * size] != rows[key][size : 2 * size])
            few = edits(faced) if len(faced) <= FEW else None
        subjects = changed | {key for key, words in self._showing.items() if not changed.isdisjoint(words)}
        subjects |= {name for name, _ in templates.items() ^ old_templates.items()}
        return Doubts(
            subjects=frozenset(subjects),
            faces=frozenset(key for key in changed if rows.get(key, b"")[size : 2 * size] != self._faces.get(key)),
            signs=frozenset(key for key in changed if rows.get(key, b"")[2 * size : 3 * size] != self._signs.get(key)),
            texts=any(rows.get(key, _NONE)[-size:] != self._linked.get(key, _NONE) for key in changed),
            shared=catalogue != self._catalogue or settings != self._settings,
            edits=few,
        )

    @cached_property
    def _rows(self) -> dict[str, bytes]:
        faces, signs, linked = self._faces, self._signs, self._linked
        return {key: mark + faces[key] + signs[key] + linked[key] for key, mark in self._marks.items()}

    @cached_property
    def _texts(self) -> bytes:
        """The digest of all links that texts hold."""
        return digest(b"".join([key.encode() + found for key, found in self._linked.items() if found != _NONE]))


@dataclass(frozen=True, slots=True)
class Doubts:
    """Which answers may be others than those on record.

    `subjects` are the documents and templates that changed, `faces` and `signs` those of them that changed in what
    others see of them. `texts` says that the links of a text changed; `shared` that anything did that documents show
    each other; `edits` what of that, where it is known.
    """

    subjects: frozenset[str]
    faces: frozenset[str]
    signs: frozenset[str]
    texts: bool
    shared: bool
    edits: Edits | None

    def about(self, question: Question) -> bool:
        """Whether the answer to a question is in doubt."""
        name = question[0]
        if name == "summary":
            return question[1] in self.faces
        if name == "signpost":
            return question[1] in self.signs
        # What a question is about stands last.
        if question[-1] in self.subjects or (self.texts and name == "linked_from"):
            return True
        return self.shared and name not in _OF_ONE and (self.edits is None or self.edits.touch(question))

    def pages(self, traces: Traces) -> set[str]:
        """The pages on record that asked something whose answer is in doubt."""
        broad = self._is_broad if self.shared or self.texts else None
        return traces.asking(self.subjects, broad, self.about)

    def _is_broad(self, name: str) -> bool:
        return name not in _OF_ONE


def grounds_of(content: Content, bodies: Mapping[str, BodyEntry]) -> Grounds:
    """The grounds of a build's content. `bodies` are the renderings on record, which tell whose texts they show."""
    rules = content.rules
    return Grounds(
        showing={
            key: tuple([word for kind, word in entry.asked if kind == "shown"])
            for key, entry in bodies.items()
            if entry.asked
        },
        settings=content.rules.settings_digest,
        catalogue=content.catalogue,
        basis=digest(rules.names_digest + rules.settings_digest + digest_of(content.media)),
        signs={key: content.reads[key].signed for key in content.marks},
        linked={key: content.reads[key].linked for key in content.marks},
        marks=content.marks,
        faces=content.faces,
    )
