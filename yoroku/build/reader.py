"""Answers a page's questions from what the build remembers, and a recorder that notes question and answer.

The values are made by the site's own functions: this reader only puts remembered summaries, documents and bodies in
place of loaded ones. What a page asked is known by name and arguments; an answer by its digest, and beside it by its
*ground*, the digest of all it can depend on. Where the ground is the same the answer is, and nobody works it out.
"""

# The protocol in site/reader.py documents the methods.
# ruff: noqa: D102
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from yoroku.briefing.model import Note, StandingPage
from yoroku.build import codec
from yoroku.build.content import Content
from yoroku.build.documents import Card
from yoroku.build.doubts import Edits, edits
from yoroku.build.graph import Question, Recording
from yoroku.build.grounds import BY_DOCUMENT, GONE, Grounds
from yoroku.build.inputs import DIGEST_SIZE
from yoroku.build.library import Library, Rendering
from yoroku.build.memory import Memory, Read
from yoroku.build.store import Where
from yoroku.build.tables import Answers, FirstLines, Noting, Shelves, Stubs
from yoroku.config import Settings
from yoroku.problems import Problem
from yoroku.records import replace
from yoroku.site import catalogue
from yoroku.site.backlinks import Linking
from yoroku.site.compare import Comparison
from yoroku.site.destinations import Destination, Named, hidden
from yoroku.site.names import EntityKind, Names
from yoroku.site.outlinks import Outlink
from yoroku.site.pictures import Picture, Pictures
from yoroku.site.reader import SiteReader
from yoroku.site.resolver import Shown
from yoroku.site.rights import Public, Visibility
from yoroku.site.strings import strings
from yoroku.site.values import Around, Body, NoteCard, Signpost, Summary

# Answers that change exactly when their ground does; a body has a digest of its own on record.
_BY_GROUND = BY_DOCUMENT | {"summary", "signpost", "body"}


class StoredReader(catalogue.PlainReader):
    """A `SiteReader` over remembered cards. `shelves` says which documents are shown.

    `withheld` are the others, as (file, URL, why): for what is said of links to them.
    """

    def __init__(
        self,
        settings: Settings,
        names: Names,
        *,
        cards: Mapping[str, Card],
        shelves: Shelves,
        signs: Mapping[str, bytes],
        links: Mapping[str, bytes],
        media: tuple[Picture, ...],
        library: Library,
        marks: Mapping[str, bytes],
        unready: Mapping[str, Visibility],
        withheld: tuple[tuple[str, str, str], ...] = (),
    ) -> None:
        self._settings = settings
        self._names = names
        self._pictures = Pictures(media)
        self._cards = cards
        self.shelves = shelves
        self._signs = signs
        self._links = links
        self._library = library
        self._marks = marks
        self._unready = unready
        self._withheld = withheld
        self._lines = cast(Any, FirstLines(cards))
        self._briefings = cast(Any, Stubs(cards, shelves.kinds["briefing"]))
        self._notes = cast(Any, Stubs(cards, shelves.kinds["note"]))
        self._pages = cast(Any, Stubs(cards, shelves.kinds["page"]))
        self._listed = shelves.listed
        self._memory = self.answers = Answers(library)
        self._looked: dict[tuple[str, str], None] = {}
        self.problems, self.fragments = {}, {}

    def summary(self, key: str) -> Summary:
        found = self._cards[key].summary
        if found is None or key not in self._briefings:
            raise KeyError(key)
        found = found if key in self._listed else replace(found, listed=False)
        return replace(found, title=self._titled(key, found.title)) if key in self._unready else found

    def note(self, key: str) -> NoteCard:
        card = super().note(key)
        return replace(card, title=self._titled(key, card.title)) if key in self._unready else card

    def _titled(self, key: str, title: str) -> str:
        t = strings(self._settings.language)
        return t("unready", state=t(f"state-{self._unready[key]}"), title=title)

    def signpost(self, key: str) -> Signpost:
        if key not in self._briefings:
            raise KeyError(key)
        return cast(Signpost, codec.decode(self._signs[key]))

    def public(self, key: str) -> Public:
        return cast(Public, self._library.whole(key).document)

    def comparison(self, key: str) -> Comparison | None:
        return self._library.whole(key).comparison

    def page(self, key: str) -> StandingPage:
        page = cast(StandingPage, self._library.whole(key).document)
        return replace(page, title=self._titled(key, page.title)) if key in self._unready else page

    def body(self, key: str) -> Body:
        entry = self._library.bodies.get(key)
        if entry is not None and self.body_ground(key) == (entry.mark, entry.answers):
            found = self._library.rendering(key)
            if found is not None:
                return found.body
        self._looked.clear()
        body: Body = catalogue.PlainReader.body.__wrapped__(self, key)  # type: ignore[attr-defined]
        asked = tuple(self._looked)
        self._library.add_rendering(
            key,
            Rendering(body, self.problems.pop(key, ())),
            mark=self._marks[key],
            asked=asked,
            answers=self._link_answers(asked),
            fragments=self.fragments.pop(key, ()),
        )
        return body

    def body_ground(self, key: str) -> tuple[bytes, bytes]:
        """What the rendering on record depends on, as it is now: the document, and where its links lead."""
        entry = self._library.bodies[key]
        return self._marks.get(key, GONE), self._link_answers(entry.asked)

    def body_digest(self, key: str) -> bytes:
        """The digest of the body as it is now; renders it when the one on record is out of date."""
        entry = self._library.bodies.get(key)
        if entry is None or self.body_ground(key) != (entry.mark, entry.answers):
            self.body(key)
        return self._library.bodies[key].digest

    def body_problems(self, key: str) -> tuple[Problem, ...]:
        """What was wrong in a body; only for bodies whose rendering is on record."""
        entry = self._library.bodies.get(key)
        if entry is None or entry.clean:
            return ()
        found = self._library.rendering(key)
        return found.problems if found else ()

    def linking(self) -> tuple[frozenset[str], bool]:
        """The documents whose texts look others up, as they are on record; whether any text links to another."""
        linking = frozenset(key for key, entry in self._library.bodies.items() if entry.asked)
        return linking, any(self._links.values())

    def _linking(self, key: str, links: tuple[Outlink, ...]) -> Linking:
        found = super()._linking(key, links)
        return replace(found, title=self._titled(key, found.title)) if key in self._unready else found

    def _outlinks(self, key: str) -> tuple[Outlink, ...]:
        found = self._links[key]
        return cast(tuple[Outlink, ...], codec.decode(found)) if found else ()

    def addresses(self) -> Iterator[tuple[str, str]]:
        """The URL and the key of every document that is shown."""
        for key, _ in self._documents():
            yield self._url(key), key

    def around(self, key: str) -> Around:
        at = self._position.get(key)
        if at is None:
            return Around()
        order, reach = self._order, catalogue.AROUND
        return Around(
            tuple([self._event(older) for older in reversed(order[at + 1 : at + 1 + reach])]),
            tuple([self._event(newer) for newer in reversed(order[max(0, at - reach) : at])]),
        )

    @property
    def _order(self) -> tuple[str, ...]:
        return self.shelves.order

    @property
    def _position(self) -> dict[str, int]:
        return self.shelves.position

    def _spoken(self, key: str) -> Counter[tuple[str, str]]:
        return Counter({(slug, mode): count for slug, mode, count in self._cards[key].spoken})

    def _document(self, key: str) -> catalogue.Document:
        return self._briefings[key] if key in self._briefings else cast(Note, self._library.whole(key).document)

    @cached_property
    def _table(self) -> Mapping[str, Destination]:  # type: ignore[override]
        plain = cast(Any, catalogue.PlainReader._table).func
        return Noting(lambda: plain(self), self._looked)

    def _exists(self, url: str) -> bool:
        self._looked["url", url] = None
        return super()._exists(url)

    def _picture(self, path: str, name: str, anywhere: bool) -> Picture | None:
        self._looked["named" if anywhere else "beside", f"{path}\n{name}"] = None
        return super()._picture(path, name, anywhere)

    def _shown(self, path: str) -> Shown | None:
        self._looked["shown", path] = None
        return super()._shown(path)

    def _why_not(self, word: str) -> str:
        return super()._why_not(word) or hidden(word, self._hidden())

    def _hidden(self) -> Iterator[tuple[Named, str]]:
        for key, url, why in self._withheld:
            stub = self._cards[key].stub
            yield Named(key, url, stub.title, stub.aliases), why

    def _link_answers(self, asked: tuple[tuple[str, str], ...]) -> bytes:
        if not asked:
            return b""
        table = cast(Noting, self._table)
        found: list[object] = []
        for kind, word in asked:
            if kind == "url":
                found.append(word in self._urls)
            elif kind == "shown":
                found.append(self._marks.get(word))
            elif kind in ("named", "beside"):
                path, _, name = word.partition("\n")
                found.append(super()._picture(path, name, kind == "named"))
            else:
                found.append(table.today(word))
        return codec.digest_of(tuple(found))


def _reason(told: str) -> tuple[str, str, str]:
    return told.partition(": ")


def reader_of(content: Content, library: Library, *, before: StoredReader | None = None) -> StoredReader:
    """The reader of a build's content. `before` is the one of the last build, if it is at hand."""
    days = {key: read.day for key, read in content.reads.items()}
    shelves = before.shelves if before is not None else None
    if shelves is None or shelves.states is not content.states or shelves.days != days:
        shelves = Shelves(content.states, days)
    return StoredReader(
        content.rules.settings,
        content.rules.names,
        cards=content.cards,
        shelves=shelves,
        signs={key: read.sign for key, read in content.reads.items()},
        links={key: read.links for key, read in content.reads.items()},
        media=content.media,
        library=library,
        marks=content.marks,
        unready=content.unready,
        withheld=tuple((key, content.reads[key].url, why) for key, _, why in map(_reason, content.withheld)),
    )


class Recorder:
    """A `SiteReader` that notes each question with the ground and the digest of its answer."""

    def __init__(
        self, reader: StoredReader, grounds: Grounds, templates: Mapping[str, bytes], reads: Mapping[str, Read]
    ) -> None:
        self._reader = reader
        self._reads = reads
        self._grounds = grounds
        self._templates = templates
        self._known: dict[Question, bytes] = {}
        self._shared: dict[Question, Question] = {}
        self._doubtful: set[str] | None = None
        self.recording = Recording()

    def begin(self) -> SiteReader:
        """Start recording for the next page."""
        self.recording = Recording()
        return cast(SiteReader, self)

    def digest(self, question: Question, old: bytes | None = None) -> bytes:
        """Ground and digest of an answer today. `old` is the pair on record, kept where the ground is the same."""
        known = self._known.get(question)
        if known is None:
            known = self._known[question] = self._digest(question, old)
        return known

    def _digest(self, question: Question, old: bytes | None) -> bytes:
        name, *arguments = question
        if name == "template":
            return self._templates.get(arguments[0], GONE) * 2
        ground = self._grounds.of(question)
        if ground == GONE:
            return GONE + GONE
        if old is not None and old[:DIGEST_SIZE] == ground:
            return old
        try:
            answer = None if name in _BY_GROUND else getattr(self._reader, name)(*arguments)
        except (KeyError, StopIteration):
            # Asked about something that is no longer there; whatever led to the question has changed too.
            return GONE + GONE
        return self._of_answer(question, ground, answer)

    def _of_answer(self, question: Question, ground: bytes, answer: object) -> bytes:
        if question[0] == "body":
            return ground + self._reader.body_digest(question[1])
        return ground + (ground if question[0] in _BY_GROUND else codec.digest_of(answer))

    def doubtful(self, memory: Memory) -> set[str]:
        """The pages on record that asked something whose ground is another one today: only they can have changed."""
        if self._doubtful is None:
            before = memory.rest.get("grounds")
            if before is None:
                self._doubtful = set(memory.traces.names())
            else:
                doubts = self._grounds.doubts(before, self._templates, lambda keys: self._edits(keys, memory))
                self._doubtful = doubts.pages(memory.traces)
                self._reader.answers.trust(memory.rest.get("answers", {}), doubts)
        return self._doubtful

    def _edits(self, keys: list[str], memory: Memory) -> Edits | None:
        """What the edits of a few documents can have changed in the answers about all."""
        reader = self._reader
        linking, telling = reader.linking()
        if any(memory.reads[key].state or self._reads[key].state for key in keys):
            return None
        return edits(
            keys,
            memory.reads,
            self._reads,
            linking=linking,
            telling=telling,
            order=lambda reads: reader.shelves.ordered({key: read.day for key, read in reads.items()}),
        )

    def grounds(self) -> Any:
        """What to remember of today's grounds."""
        return self._grounds.rest(self._templates)

    def kept(self) -> dict[Question, Where]:
        """Where the answers lie that the next build need not work out."""
        return self._reader.answers.kept()

    def confirmed(self, answers: dict[Question, bytes]) -> None:
        """Put today's pairs in place of those on record, so that answers found to be the same are not doubted again."""
        known = self._known
        answers.update({question: known[question] for question in answers.keys() & known.keys()})

    def rests_on(self, question: Question) -> None:
        """Note something that the page depends on without asking for it, such as its template."""
        self.recording.asked[question] = self.digest(question)

    def noted(self, question: Question, answer: object) -> None:
        """Note a question and its answer for the page that is being made."""
        asked = self.recording.asked
        if question not in asked:
            known = self._known.get(question)
            if known is None:
                known = self._known[question] = self._of_answer(question, self._grounds.of(question), answer)
            # Thousands of pages ask the same: they share one tuple.
            asked[self._shared.setdefault(question, question)] = known


def _asking(name: str) -> Any:
    def method(self: Recorder, *arguments: Any) -> Any:
        answer = getattr(self._reader, name)(*arguments)
        self.noted((name, *arguments), answer)
        return answer

    method.__name__ = name
    return method


for _name in [name for name in vars(SiteReader) if not name.startswith("_")]:
    setattr(Recorder, _name, _asking(_name))

__all__ = ["GONE", "EntityKind", "Noting", "Recorder", "StoredReader", "reader_of"]
