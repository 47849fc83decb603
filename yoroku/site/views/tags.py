"""The list of tags, and a page for each: the briefings and notes that bear it."""

from __future__ import annotations

from yoroku.records import dataclass
from yoroku.site.reader import SiteReader
from yoroku.site.strings import strings
from yoroku.site.tags import INDEX
from yoroku.site.values import NoteCard, Tag
from yoroku.site.views.frame import Address, Crumb, Frame, Item, frame, in_languages, item


@dataclass(frozen=True, slots=True)
class TagPage:
    """A tag's page, or with `tags` the list of them all."""

    frame: Frame
    tags: tuple[Tag, ...]
    items: tuple[Item, ...] = ()
    cards: tuple[NoteCard, ...] = ()


def tag_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/tags/` and `/tags/<tag>/`; nothing on a site without tags."""
    tags = reader.tags()
    pages = [Address(INDEX, "")] if tags else []
    return in_languages(reader, (*pages, *(Address(tag.url, "", tag.url) for tag in tags)))


def tag(reader: SiteReader, address: Address) -> TagPage:
    """One tag, or all."""
    t = strings(address.lang)
    if not address.key:
        own = frame(reader, address, title=t("tags"), section="notes", crumbs=(Crumb(t("tags")),))
        return TagPage(own, reader.tags())
    found = next(tag for tag in reader.tags() if tag.url == address.key)
    crumbs = (Crumb(t("tags"), INDEX), Crumb(found.name))
    return TagPage(
        frame(reader, address, title=t("tag-title", name=found.name), section="notes", crumbs=crumbs),
        (),
        tuple(item(reader, key, address.lang) for key in found.briefings),
        tuple(reader.note(key) for key in found.notes),
    )
