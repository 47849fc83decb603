"""People, organisations, places and topics: their indexes and their pages."""

from __future__ import annotations

from yoroku.records import dataclass, replace
from yoroku.site.citations import Chip
from yoroku.site.names import KINDS, EntityKind
from yoroku.site.reader import SiteReader
from yoroku.site.strings import strings
from yoroku.site.values import Appearance, Backlink, Entity, Entry, Said
from yoroku.site.views.frame import Address, Crumb, Frame, Item, frame, in_languages, item, popovers
from yoroku.site.views.paging import page_url

PER_PAGE = 20
# Entries on one page of an index: more would not fit the first view's bytes.
PER_INDEX = 160
_ROWS = (
    ("あ", "ぁあぃいぅうぇえぉおゔ"),
    ("か", "かがきぎくぐけげこごゕゖ"),
    ("さ", "さざしじすずせぜそぞ"),
    ("た", "ただちぢっつづてでとど"),
    ("な", "なにぬねの"),
    ("は", "はばぱひびぴふぶぷへべぺほぼぽ"),
    ("ま", "まみむめも"),
    ("や", "ゃやゅゆょよ"),
    ("ら", "らりるれろ"),
    ("わ", "ゎわゐゑをん"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one initial. `initial` is empty for those without a reading."""

    initial: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """One page of the index of one kind. `initials` are those of all pages: (initial, where it begins)."""

    frame: Frame
    kind: EntityKind
    groups: tuple[Group, ...]
    initials: tuple[tuple[str, str], ...]
    total: int
    number: int
    pages: tuple[tuple[int, str], ...]


def index_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/people/`, `/orgs/`, `/places/`, `/topics/`, with further pages for many entries."""
    pages = tuple(
        Address(page_url(f"/{kind}/", number), "", kind, number)
        for kind in KINDS
        for number in range(1, max(1, -(-len(reader.entries(kind)) // PER_INDEX)) + 1)
    )
    return in_languages(reader, pages)


def index(reader: SiteReader, address: Address) -> Index:
    """One page of the index of a kind, by 五十音 or by letter."""
    kind = _kind(address.key)
    entries = reader.entries(kind)
    initials = {entry.slug: _initial(entry, address.lang) for entry in entries}
    order = sorted(entries, key=lambda entry: _order(entry, initials[entry.slug], address.lang))
    groups: dict[str, list[Entry]] = {}
    begins: dict[str, int] = {}
    first = (address.number - 1) * PER_INDEX
    for at, entry in enumerate(order):
        initial = initials[entry.slug]
        begins.setdefault(initial, at)
        if first <= at < first + PER_INDEX:
            groups.setdefault(initial, []).append(entry)
    anchors = {initial: f"i{number}" for number, initial in enumerate(begins, start=1)}
    url = f"/{kind}/"
    name = strings(address.lang)(kind)
    page = strings(address.lang)("page-n", n=address.number)
    further = address.number > 1
    return Index(
        frame=frame(
            reader,
            address,
            title=f"{name} {page}" if further else name,
            section=kind,
            crumbs=(Crumb(name, url), Crumb(page)) if further else (Crumb(name),),
        ),
        kind=kind,
        groups=tuple(Group(initial, anchors[initial], tuple(found)) for initial, found in groups.items()),
        initials=tuple(
            (initial, f"{page_url(url, at // PER_INDEX + 1)}#{anchors[initial]}") for initial, at in begins.items()
        ),
        total=len(entries),
        number=address.number,
        pages=tuple((n, page_url(url, n)) for n in range(1, max(1, -(-len(order) // PER_INDEX)) + 1)),
    )


def _order(entry: Entry, initial: str, lang: str) -> tuple[bool, bool, str, str]:
    word = _latin(entry) if lang == "en" else (entry.reading or entry.name)
    return (not initial, initial.isascii() and lang != "en", word.casefold(), entry.slug)


def _latin(entry: Entry) -> str:
    return entry.romanised or (entry.name if entry.name.isascii() else "")


def _initial(entry: Entry, lang: str) -> str:
    """The heading of an entry: its kana row, or its letter."""
    if lang == "en":
        word = _latin(entry)
        return word[:1].upper() if word[:1].isascii() and word[:1].isalpha() else ""
    head = entry.reading[:1]
    row = next((row for row, members in _ROWS if head and head in members), "")
    if row:
        return row
    letter = entry.name[:1].upper()
    return letter if letter.isascii() and letter.isalpha() else ""


@dataclass(frozen=True, slots=True)
class EventSaid:
    """One event of an entity: the briefing's row and what was said there."""

    item: Item
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One entity. `events` hold a person's statements; `items` are all briefings of this page, newest first."""

    frame: Frame
    entity: Entity
    kind: EntityKind
    role_chips: tuple[Chip, ...]
    ruby: tuple[tuple[str, str], ...]
    events: tuple[EventSaid, ...]
    items: tuple[Item, ...]
    number: int
    pages: tuple[tuple[int, str], ...]
    popovers: tuple[Chip, ...]
    linked: tuple[Backlink, ...] = ()


def entity_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/people/<slug>/` and so on, with further pages for those in many briefings."""
    pages = [
        Address(page_url(entry.url, number), "", f"{kind}/{entry.slug}", number)
        for kind in KINDS
        for entry in reader.entries(kind)
        for number in range(1, -(-entry.count // PER_PAGE) + 1)
    ]
    return in_languages(reader, tuple(pages))


def _kind(word: str) -> EntityKind:
    return next(kind for kind in KINDS if kind == word)


def entity(reader: SiteReader, address: Address) -> EntityPage:
    """The page of one entity."""
    name, _, slug = address.key.partition("/")
    kind = _kind(name)
    found = reader.entity(kind, slug)
    t = strings(address.lang)
    first = (address.number - 1) * PER_PAGE
    keys = found.keys[first : first + PER_PAGE]
    appearances = [_scoped(reader.appearance(kind, slug, key), at) for at, key in enumerate(keys)]
    items = tuple(item(reader, key, address.lang) for key in keys)
    events = tuple(
        EventSaid(row, appearance.said) for row, appearance in zip(items, appearances, strict=True) if appearance.said
    )
    count = -(-len(found.keys) // PER_PAGE)
    entry = found.entry
    role_chips = next((appearance.chips[:1] for appearance in appearances if appearance.role), ())
    title = entry.name if address.number == 1 else f"{entry.name} {t('page-n', n=address.number)}"
    return EntityPage(
        frame=frame(
            reader,
            address,
            title=title,
            section=kind,
            crumbs=(Crumb(t(kind), f"/{kind}/"), Crumb(entry.name)),
            kind="entity",
        ),
        entity=found,
        kind=kind,
        role_chips=role_chips if address.number == 1 else (),
        ruby=ruby(entry.name, entry.reading),
        events=events,
        items=items,
        linked=reader.linked_from(entry.url) if address.number == 1 else (),
        number=address.number,
        pages=tuple((n, page_url(entry.url, n)) for n in range(1, count + 1)),
        popovers=popovers(
            role_chips if address.number == 1 else (), *(said.chips for event in events for said in event.said)
        ),
    )


def _scoped(appearance: Appearance, at: int) -> Appearance:
    """The same with ids that no other briefing's chips on this page have."""
    said = tuple(
        replace(item, chips=tuple(replace(chip, scope=str(at)) for chip in item.chips)) for item in appearance.said
    )
    return replace(appearance, said=said, chips=tuple(replace(chip, scope=str(at)) for chip in appearance.chips))


def ruby(name: str, reading: str) -> tuple[tuple[str, str], ...]:
    """(base, reading) pairs for the page's heading; no reading where the name is its own."""
    if not reading or all("ぁ" <= mark <= "ヿ" or mark.isascii() or mark in "・" for mark in name):
        return ((name, ""),)
    return ((name, reading),)
