"""The facts of a bulletin: all of the front matter that is not its text. One call, frozen values, no guess unsaid.

Each extractor is a function of the passages (see `facts_text`); what one finds, later ones may read, never change.
"""

from __future__ import annotations

from yoroku.briefing.model import (
    Decision,
    Event,
    Evidence,
    Mention,
    Person,
    Review,
    Sentence,
    Statement,
)
from yoroku.bulletin.decisions import decisions
from yoroku.bulletin.event import events
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage, fold, passages
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.kind import kind
from yoroku.bulletin.organisations import organisations
from yoroku.bulletin.outline import Outline
from yoroku.bulletin.people import People, people
from yoroku.bulletin.places import places
from yoroku.bulletin.published import dated_by_event, published
from yoroku.bulletin.review import review
from yoroku.bulletin.statements import statements
from yoroku.bulletin.summary import summary
from yoroku.bulletin.topics import topics
from yoroku.bulletin.zones import host_zone
from yoroku.fields import Moment
from yoroku.records import dataclass

_URL = lazy(r"https?://[^\s<>「」（）]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found. `source_dates` has one date (or None) for each part of the outline."""

    date: Moment | None = None
    updated: Moment | None = None
    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    topics: tuple[Mention, ...] = ()
    kind: str = ""
    summary: tuple[Sentence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    statements: tuple[Statement, ...] = ()
    source_dates: tuple[Moment | None, ...] = ()
    review: tuple[Review, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def extract(outline: Outline, gazetteer: Gazetteer) -> Facts:
    """Everything that the bulletin says of itself: pure, deterministic, extractive."""
    read = passages(outline)
    lang = outline.lang
    urls = tuple(part.url for part in outline.parts if part.url)
    days = published(read, urls, gazetteer, lang, parts=len(outline.parts))
    persons = people(read, gazetteer, lang, days.anchor)
    issuer = next((zone for url in (*urls, *_addresses(read)) if (zone := host_zone(url))), "")
    title = fold(outline.title)
    sort = kind(title, read, gazetteer)
    happened = events(read, days, gazetteer, lang, zone=issuer, kind=sort)
    days = dated_by_event(days, happened.events, sort, lang)
    masks = _masks(persons)
    bodies = organisations(read, masks, gazetteer, lang)
    bodies = (*bodies, *_of_people(persons, bodies, gazetteer))
    forms = frozenset(form for body in bodies for form in body.as_written)
    where = places(read, masks, forms, happened.events, gazetteer, lang=lang)
    said = statements(read, persons, gazetteer, lang)
    settled = decisions(read, persons, gazetteer, lang)
    doubts = [*days.review, *happened.review, *persons.review, *said.review, *settled.review]
    if not sort:
        doubts.append(review("kind", "no-kind", lang=lang))
    names = (
        forms
        | {form for place in where for form in place.as_written}
        | {form for one in persons.persons for form in (one.name, *one.as_written)}
    )
    return Facts(
        date=days.date,
        updated=days.updated,
        events=happened.events,
        people=persons.persons,
        organisations=bodies,
        places=where,
        topics=topics(outline.title, read, names, gazetteer, lang),
        kind=sort,
        summary=summary(title, read, settled.decisions, lang),
        decisions=settled.decisions,
        statements=said.statements,
        source_dates=days.parts,
        review=tuple(dict.fromkeys(doubts)),
        evidence=(*days.evidence, *happened.evidence),
    )


# 葛巻瀬市長: the town's head is of the town, not of 葛巻瀬.
_HEADS = ("市長", "町長", "村長", "区長", "知事", "都知事", "府知事", "県知事")


def _of_people(persons: People, bodies: tuple[Mention, ...], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The bodies that people are said to be of: a reporter's paper, a researcher's institute; no countries."""
    known = {form for body in bodies for form in (body.name, *body.as_written)}
    found: dict[str, Mention] = {}
    for person in persons.persons:
        name = person.organisation
        entry = gazetteer.find(fold(name)) if len(name) > 1 else None
        place = entry is not None and entry.kind not in {"organisation", "news"}
        if (
            len(name) < 3
            or place
            or name in known
            or person.role.startswith(_HEADS)
            or name.endswith(("国", "共和国", "連邦", "王国", "県", "市", "町", "村"))
        ):
            continue
        found.setdefault(name, Mention(name, (name,), person.lines))
    return tuple(found.values())


def _masks(found: People) -> dict[int, tuple[tuple[int, int], ...]]:
    """Where names of people stand, by the id of the passage, which lives as long as the call."""
    masks: dict[int, list[tuple[int, int]]] = {}
    for item, _ in found.found:
        masks.setdefault(id(item.passage), []).append((item.start, item.end))
    return {key: tuple(spans) for key, spans in masks.items()}


def _addresses(read: tuple[Passage, ...]) -> tuple[str, ...]:
    return tuple(found for passage in read if "://" in passage.text for found in _URL.findall(passage.text))[:4]
