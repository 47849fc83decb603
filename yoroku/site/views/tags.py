"""The list of tags, and a page for each: the briefings and notes that bear it."""

from __future__ import annotations

from yoroku.records import dataclass
from yoroku.site.reader import SiteReader
from yoroku.site.strings import strings
from yoroku.site.tags import INDEX
from yoroku.site.values import NoteCard, Tag
from yoroku.site.views import paging
from yoroku.site.views.frame import Address, Crumb, Frame, Item, frame, in_languages, item

# Tags on one page of their list, and documents on one page of a tag.
PER_INDEX, PER_TAG = 300, 30


@dataclass(frozen=True, slots=True)
class TagPage:
    """One page of a tag (`name`), briefings before notes, or with `tags` of the list of them all.

    `total`: how many documents bear the tag, or how many tags there are.
    """

    frame: Frame
    name: str
    total: int
    tags: tuple[Tag, ...]
    items: tuple[Item, ...]
    cards: tuple[NoteCard, ...]
    number: int
    pages: tuple[tuple[int, str], ...]


def tag_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/tags/` and `/tags/<tag>/` with their further pages; nothing on a site without tags."""
    tags = reader.tags()
    pages = list(paging.addresses(INDEX, len(tags), PER_INDEX)) if tags else []
    for tag in tags:
        pages += paging.addresses(tag.url, tag.count, PER_TAG, tag.url)
    return in_languages(reader, tuple(pages))


def tag(reader: SiteReader, address: Address) -> TagPage:
    """One tag, or all."""
    t = strings(address.lang)
    if not address.key:
        tags = reader.tags()
        title, crumbs = paging.titled(t("tags"), INDEX, address)
        return TagPage(
            frame(reader, address, title=title, section="notes", crumbs=crumbs),
            "",
            len(tags),
            paging.part(tags, address.number, PER_INDEX),
            (),
            (),
            address.number,
            paging.numbered(INDEX, len(tags), PER_INDEX),
        )
    found = next(tag for tag in reader.tags() if tag.url == address.key)
    title, _ = paging.titled(t("tag-title", name=found.name), found.url, address)
    crumbs = (Crumb(t("tags"), INDEX), *paging.titled(found.name, found.url, address)[1])
    borne = [(True, key) for key in found.briefings] + [(False, key) for key in found.notes]
    shown = paging.part(borne, address.number, PER_TAG)
    return TagPage(
        frame(reader, address, title=title, section="notes", crumbs=crumbs),
        found.name,
        len(borne),
        (),
        tuple(item(reader, key, address.lang) for is_briefing, key in shown if is_briefing),
        tuple(reader.note(key) for is_briefing, key in shown if not is_briefing),
        address.number,
        paging.numbered(found.url, len(borne), PER_TAG),
    )
