"""What the rest of the site sees of a briefing, and what entities are, from public views alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from yoroku.briefing.model import Event, Mention, Note, Person, Statement
from yoroku.records import replace
from yoroku.site.citations import cite
from yoroku.site.dates import day_of
from yoroku.site.names import EntityKind, Known, Names, key, slug_of
from yoroku.site.rights import Public
from yoroku.site.values import (
    Appearance,
    Entity,
    EntityRef,
    Entry,
    Happening,
    NoteCard,
    Office,
    Said,
    SourceTag,
    Summary,
)

MAX_RELATED = 12
LEAD = 160
# A first sentence shorter than this takes the next one with it.
SHORT = 30
_SENTENCE = re.compile(r".+?(?:[。！？](?:[」』）)]*)|[.!?](?:[”\")]*)(?=\s|$))\s*", re.DOTALL)


def summarise(public: Public, names: Names, *, path: str, url: str, listed: bool = True) -> Summary:
    """The summary of one briefing."""
    briefing = public.briefing
    event = next((event for event in briefing.events if event.start), None)
    at = event.start if event else briefing.date
    # A source without a name of its own is still one source.
    tags = tuple(
        SourceTag(item.letter, item.publisher, item.source.title, item.kind, item.policy, item.attribution)
        for item in public.sources
    )
    return Summary(
        key=path,
        url=url,
        title=briefing.title,
        lang=briefing.lang,
        kind=briefing.kind,
        at=at,
        on=day_of(at) if at else None,
        is_event=event is not None,
        place=event.place if event else "",
        published=briefing.date,
        updated=briefing.updated,
        lead=lead_of(public),
        sources=tags,
        entities=tuple(_refs(public, names)),
        tags=briefing.tags,
        points=len(briefing.decisions),
        statements=len(briefing.statements),
        direct=sum(statement.mode == "direct" for statement in briefing.statements),
        events=tuple(happening for event in briefing.events if (happening := _happening(event))),
        sourced=bool(public.lines),
        listed=listed,
    )


def _happening(event: Event) -> Happening | None:
    if event.start is None:
        return None
    end = event.end
    if end is None and event.duration_minutes and isinstance(event.start, datetime):
        end = event.start + timedelta(minutes=event.duration_minutes)
    return Happening(event.start, end, event.place)


def lead_of(public: Public) -> str:
    """The first sentence of the summary, else of the key points; empty when rights leave neither."""
    briefing = public.briefing
    texts = [*(item.text for item in briefing.summary[:1]), *(item.text for item in briefing.decisions[:1])]
    return texts[0] if texts else ""


def _refs(public: Public, names: Names) -> Iterable[EntityRef]:
    briefing = public.briefing
    groups: tuple[tuple[EntityKind, Sequence[Person | Mention]], ...] = (
        ("people", briefing.people),
        ("orgs", briefing.organisations),
        ("places", briefing.places),
        ("topics", briefing.topics),
    )
    for kind, items in groups:
        seen: set[str] = set()
        for item in items:
            ref = _ref(kind, item, names)
            if ref.slug not in seen:
                seen.add(ref.slug)
                yield ref


def _ref(kind: EntityKind, item: Person | Mention, names: Names) -> EntityRef:
    known = _known(kind, item, names)
    role = item.role if isinstance(item, Person) else ""
    forms = item.as_written or (item.name,)
    if known is not None:
        return EntityRef(kind, known.id, known.name, role, forms, item.name, known.romanised)
    return EntityRef(kind, slug_of(kind, item.name), item.name, role, forms, item.name)


def _known(kind: EntityKind, item: Person | Mention, names: Names) -> Known | None:
    for name in (item.name, *item.as_written):
        known = names.named(kind, name)
        if known is not None:
            return known
    return None


def speaker_ref(speaker: str, people: Sequence[EntityRef]) -> EntityRef | None:
    """Which of a briefing's people a statement's speaker is."""
    wanted = key(speaker)
    for ref in people:
        if wanted and wanted in {key(ref.name), key(ref.called), *(key(form) for form in ref.forms)}:
            return ref
    return None


def appearance(public: Public, summary: Summary, *, kind: EntityKind, slug: str) -> Appearance:
    """What one briefing says of one entity: a person's statements, anyone's lines."""
    briefing = public.briefing
    ref = next((ref for ref in summary.of(kind) if ref.slug == slug), None)
    if ref is None:
        return Appearance()
    said: tuple[Said, ...] = ()
    items: Sequence[Person | Mention] = briefing.people
    if kind == "people":
        said = tuple(
            Said(statement, cite(public, statement.lines, url=summary.url))
            for statement in briefing.statements
            if _is(statement, ref, summary)
        )
    else:
        items = {"orgs": briefing.organisations, "places": briefing.places, "topics": briefing.topics}[kind]
    lines = next((item.lines for item in items if item.name == ref.called), ())
    return Appearance(ref.role, said, cite(public, lines[:2], url=summary.url))


def _is(statement: Statement, ref: EntityRef, summary: Summary) -> bool:
    found = speaker_ref(statement.speaker, summary.of("people"))
    return found is not None and found.slug == ref.slug


def speakers(public: Public, summary: Summary) -> Counter[tuple[str, str]]:
    """How often each person of a briefing speaks, by slug and mode."""
    people = summary.of("people")
    found: Counter[tuple[str, str]] = Counter()
    for statement in public.briefing.statements:
        ref = speaker_ref(statement.speaker, people)
        if ref is not None:
            found[(ref.slug, statement.mode)] += 1
    return found


def entries(summaries: Iterable[Summary], kind: EntityKind, names: Names) -> tuple[Entry, ...]:
    """The index of one kind: every entity that a listed briefing names, in reading order."""
    counts: Counter[str] = Counter()
    named: dict[str, str] = {}
    latest: dict[str, date] = {}
    for summary in summaries:
        for ref in summary.of(kind):
            counts[ref.slug] += 1
            named.setdefault(ref.slug, ref.name)
            if summary.on and summary.on > latest.get(ref.slug, date.min):
                latest[ref.slug] = summary.on
    known = {entry.id: entry for entry in names.of(kind)}
    found = [
        replace(_entry(kind, slug, named[slug], known.get(slug)), count=count, latest=latest.get(slug))
        for slug, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda entry: (not entry.reading, entry.reading or entry.name, entry.slug)))


def _entry(kind: EntityKind, slug: str, name: str, known: Known | None) -> Entry:
    if known is None:
        # A name in kana is its own reading.
        reading = name if all("ぁ" <= mark <= "ヿ" or mark in "・ー " for mark in name) else ""
        return Entry(kind, slug, name, hiragana(reading), name if name.isascii() else "")
    return Entry(kind, slug, known.name, hiragana(known.reading), known.romanised)


def hiragana(text: str) -> str:
    """Katakana as hiragana, so that readings sort together."""
    return "".join(chr(ord(mark) - 0x60) if "ァ" <= mark <= "ヶ" else mark for mark in text)


def entity(
    entry: Entry, summaries: Sequence[Summary], names: Names, *, spoken: Callable[[str], Counter[tuple[str, str]]]
) -> Entity:
    """One entity over its briefings, newest first. `spoken` counts the statements of a briefing's people."""
    known = next((item for item in names.of(entry.kind) if item.id == entry.slug), None)
    people: Counter[tuple[EntityKind, str]] = Counter()
    others: Counter[tuple[EntityKind, str]] = Counter()
    named: dict[tuple[EntityKind, str], EntityRef] = {}
    forms: Counter[str] = Counter()
    role, role_on = "", None
    said = direct = 0
    for summary in summaries:
        for ref in summary.entities:
            named.setdefault((ref.kind, ref.slug), ref)
            if (ref.kind, ref.slug) == (entry.kind, entry.slug):
                forms.update(set(ref.forms))
                if ref.role and not role:
                    role, role_on = ref.role, summary.on
            else:
                (people if ref.kind == "people" else others)[(ref.kind, ref.slug)] += 1
        if entry.kind == "people":
            counted = spoken(summary.key)
            direct += counted[(entry.slug, "direct")]
            said += counted[(entry.slug, "direct")] + counted[(entry.slug, "reported")]
    days = [summary.on for summary in summaries if summary.on]
    return Entity(
        entry=entry,
        keys=tuple(summary.key for summary in summaries),
        offices=tuple(
            Office(item.title, item.organisation, item.since and day_of(item.since), item.until and day_of(item.until))
            for item in (known.roles if known else ())
        ),
        known=known is not None,
        first=min(days) if days else None,
        statements=said,
        direct=direct,
        role=role,
        role_on=role_on,
        present=_ranked(people, named),
        related=_ranked(others, named),
        forms=tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))),
    )


def _ranked(
    counts: Counter[tuple[EntityKind, str]], named: dict[tuple[EntityKind, str], EntityRef]
) -> tuple[Entry, ...]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_RELATED]
    found = ((named[key], count) for key, count in ranked)
    return tuple(Entry(ref.kind, ref.slug, ref.name, romanised=ref.romanised, count=count) for ref, count in found)


def opening(text: str) -> str:
    """The first sentence of a text, with the next where it is short; cut where it is too long for a list."""
    found = ""
    for sentence in _SENTENCE.findall(text):
        if found and len(found) + len(sentence) > LEAD:
            break
        found += sentence
        if len(found) >= SHORT:
            break
    found = found.strip() or text.strip()
    return found if len(found) <= LEAD else found[:LEAD].rstrip() + "…"


def note_card(
    note: Note, *, path: str, url: str, on: Summary | None, text: str, listed: bool, language: str
) -> NoteCard:
    """A note as lists see it. `text` is its body without markup."""
    return NoteCard(
        key=path,
        url=url,
        title=note.title,
        kind=note.kind,
        lang=note.lang or language,
        date=note.date,
        updated=note.updated,
        author=note.author,
        on_url=on.url if on else "",
        on_title=on.title if on else "",
        at=note.at,
        tags=note.tags,
        major=note.major,
        was=note.was,
        now=note.now,
        reason=note.reason,
        lead=opening(text),
        listed=listed,
    )
