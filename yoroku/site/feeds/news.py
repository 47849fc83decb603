"""What is in a feed: the newest briefings and notes of the site, or those of one entity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from yoroku.fields import Moment
from yoroku.records import dataclass
from yoroku.site.changes import as_changed
from yoroku.site.feeds import content
from yoroku.site.feeds.ids import instant, link, newest, urn
from yoroku.site.names import KINDS
from yoroku.site.reader import SiteReader
from yoroku.site.strings import strings
from yoroku.site.urls import localised
from yoroku.site.values import NoteCard, Summary
from yoroku.site.views.frame import Address, in_languages, kind_label

ENTRIES = 50
OF_ENTITY = 20
# An entity in more briefings than this is looked up among its newest events and the newest publications only.
LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Category:
    """A label of an entry. `term` is the word in the files or the slug, `url` the page of what it names."""

    term: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `url` is a link as the feed writes it; times are aware; `html` is its content."""

    id: str
    url: str
    title: str
    lang: str
    published: datetime | None
    updated: datetime
    summary: str
    html: str
    author: str
    categories: tuple[Category, ...]
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed. `own` is its address and `home` that of the page it belongs to, as links."""

    id: str
    own: str
    home: str
    title: str
    subtitle: str
    lang: str
    author: str
    updated: datetime | None
    entries: tuple[Entry, ...]
    absolute: bool


def addresses(name: str, reader: SiteReader) -> tuple[Address, ...]:
    """The feed called `name` of the site, in each language of the interface, and of every entity."""
    lang = reader.settings().language
    own = [
        Address(f"{entry.url}{name}", lang, f"{kind}/{entry.slug}") for kind in KINDS for entry in reader.entries(kind)
    ]
    return (*in_languages(reader, (Address(f"/{name}", lang),)), *own)


atom_addresses = partial(addresses, "feed.xml")
json_addresses = partial(addresses, "feed.json")


def feed(reader: SiteReader, address: Address) -> Feed:
    """The feed at `address`: of one entity where the address has a key, else of the site."""
    return _of_entity(reader, address) if address.key else _of_site(reader, address)


def latest(reader: SiteReader, limit: int) -> tuple[str, ...]:
    """The keys of the briefings that were published last, newest first; an event's day stands in for a missing one."""
    keys: dict[str, None] = {}
    for year, month, _ in reader.published_months():
        if len(keys) >= limit:
            break
        for _, found in reader.published_in(year, month):
            keys.update(dict.fromkeys(found))
    looked = 0
    for year, month, _ in reader.months():
        if looked >= limit:
            break
        for _, found in reader.month(year, month):
            looked += len(found)
            keys.update({key: None for key in found if reader.summary(key).published is None})
    return tuple(key for key, _ in _newest_first(reader, keys)[:limit])


def _newest_first(reader: SiteReader, keys: dict[str, None]) -> list[tuple[str, Moment]]:
    zone = reader.settings().zone
    dated = [(key, day) for key in keys if (day := _told_on(reader.summary(key)))]
    return sorted(dated, key=lambda item: (-instant(item[1], zone).timestamp(), item[0]))


def _told_on(summary: Summary) -> Moment | None:
    return summary.published or summary.updated or summary.at


def _of_site(reader: SiteReader, address: Address) -> Feed:
    settings = reader.settings()
    briefings = [_briefing(reader, key, address, full=True) for key in latest(reader, ENTRIES)]
    notes = [card for key in reader.notes()[:ENTRIES] if (card := reader.note(key)).major]
    entries = [*briefings, *(entry for card in notes if (entry := _note(reader, card, address)))]
    return _feed(reader, address, entries, title=settings.title, home="/", limit=ENTRIES)


def _of_entity(reader: SiteReader, address: Address) -> Feed:
    name, _, slug = address.key.partition("/")
    kind = next(kind for kind in KINDS if kind == name)
    found = reader.entity(kind, slug)
    keys = dict.fromkeys(found.keys[:LOOKED_AT])
    if len(found.keys) > LOOKED_AT:
        rest = set(found.keys)
        keys.update({key: None for key in latest(reader, ENTRIES) if key in rest})
    told = [key for key, _ in _newest_first(reader, keys)[:OF_ENTITY]]
    entries = [_briefing(reader, key, address, full=False) for key in told]
    cards = {card.key: card for key in told for note in reader.notes_on(key) if (card := reader.note(note)).listed}
    entries += [entry for card in cards.values() if card.major and (entry := _note(reader, card, address))]
    settings = reader.settings()
    title = strings(address.lang)("feed-title", name=found.entry.name, site=settings.title)
    return _feed(reader, address, entries, title=title, home=found.entry.url, limit=OF_ENTITY)


def _feed(reader: SiteReader, address: Address, entries: list[Entry], *, title: str, home: str, limit: int) -> Feed:
    settings = reader.settings()
    to = _links(reader, address)
    return Feed(
        # Atom and JSON are two forms of the same feed.
        id=urn(settings, f"{localised(home, address.lang, settings)}feed"),
        own=link(address.url, base_url=settings.base_url, of=address.url),
        home=to(home),
        title=title,
        subtitle=settings.description or settings.tagline,
        lang=address.lang,
        author=settings.author or settings.title,
        updated=max((entry.updated for entry in entries), default=None),
        entries=tuple(sorted(entries, key=lambda entry: (-entry.updated.timestamp(), entry.id))[:limit]),
        absolute=bool(settings.base_url),
    )


def _links(reader: SiteReader, address: Address) -> Callable[[str], str]:
    """How a feed names a site path: pages in its own language, files as they are."""
    settings = reader.settings()

    def to(target: str) -> str:
        page = target.partition("#")[0].endswith("/")
        chosen = localised(target, address.lang, settings) if page else target
        return link(chosen, base_url=settings.base_url, of=address.url)

    return to


def _briefing(reader: SiteReader, key: str, address: Address, *, full: bool) -> Entry:
    settings, summary = reader.settings(), reader.summary(key)
    # Small changes are for the page and its history; readers of feeds are told of the others.
    on = [reader.note(note) for note in reader.notes_on(key)]
    summary = as_changed(summary, [card for card in on if card.major])
    zone, lang = settings.zone, address.lang
    to = _links(reader, address)
    changed = newest(summary.published, summary.updated, zone=zone) or summary.at
    # `latest` and the entity's keys are filtered by the same three dates.
    assert changed is not None
    kind = (Category(summary.kind, kind_label(settings, summary.kind, lang)),) if summary.kind else ()
    topics = tuple(Category(ref.slug, ref.name, to(ref.url)) for ref in summary.of("topics"))
    if full:
        html = content.of_briefing(reader.public(key), summary, link=to, lang=lang)
    else:
        html = content.of_summary(summary, link=to, lang=lang)
    return Entry(
        id=urn(settings, summary.url),
        url=to(summary.url),
        title=summary.title,
        lang=summary.lang,
        published=instant(summary.published, zone) if summary.published else None,
        updated=instant(changed, zone),
        summary=summary.lead,
        html=html,
        author="",
        categories=(*kind, *topics, *(Category(tag, tag) for tag in summary.tags)),
    )


def _note(reader: SiteReader, card: NoteCard, address: Address) -> Entry | None:
    settings = reader.settings()
    zone, lang = settings.zone, address.lang
    changed = newest(card.date, card.updated, zone=zone)
    if changed is None:
        return None
    to = _links(reader, address)
    t = strings(lang)
    label = t(card.kind)
    return Entry(
        id=urn(settings, card.url),
        url=to(card.url),
        title=t("feed-note", kind=label, title=card.title),
        lang=card.lang,
        published=instant(card.date, zone) if card.date else None,
        updated=instant(changed, zone),
        summary=card.lead,
        html=content.of_note(card, reader.body(card.key), link=to, lang=lang),
        author=card.author,
        categories=(Category(card.kind, label), *(Category(tag, tag) for tag in card.tags)),
    )
