"""For search engines and browsers: sitemap, robots.txt, the description of the search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yoroku.fields import Moment
from yoroku.records import dataclass
from yoroku.site.changes import latest_change
from yoroku.site.feeds.ids import newest, rfc3339, xml
from yoroku.site.reader import SiteReader
from yoroku.site.urls import absolute
from yoroku.site.values import NoteCard
from yoroku.site.views import entity, lists, notes, tags
from yoroku.site.views.frame import Address, in_languages

# What the sitemap protocol lets one file hold.
URLS = 50_000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages as (address, date of the last change or nothing), or the other sitemaps."""

    rows: tuple[tuple[str, str], ...]
    index: bool = False


def sitemap_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/sitemap.xml`, and its parts where one file cannot hold all; nothing without a public address."""
    settings = reader.settings()
    if not settings.base_url:
        return ()
    count = sum(1 for _ in _pages(reader))
    own = Address("/sitemap.xml", settings.language)
    if count <= URLS:
        return (own,)
    parts = -(-count // URLS)
    return (own, *(Address(f"/sitemap-{n}.xml", settings.language, number=n) for n in range(1, parts + 1)))


def sitemap(reader: SiteReader, address: Address) -> Sitemap:
    """The sitemap at `address`."""
    base = reader.settings().base_url
    pages = [(absolute(url, base), changed) for url, changed in _pages(reader)]
    if address.number:
        return Sitemap(tuple(pages[(address.number - 1) * URLS : address.number * URLS]))
    if len(pages) <= URLS:
        return Sitemap(tuple(pages))
    parts = range(1, -(-len(pages) // URLS) + 1)
    return Sitemap(tuple((absolute(f"/sitemap-{n}.xml", base), "") for n in parts), index=True)


def _pages(reader: SiteReader) -> Iterator[tuple[str, str]]:
    """Every page that search engines may list, in every interface language, with its date where it has one."""
    settings = reader.settings()

    def day(*moments: Moment | None) -> str:
        found = newest(*moments, zone=settings.zone)
        # A day without a time is exact as it is; midnight would be made up.
        return rfc3339(found, settings.zone) if isinstance(found, datetime) else found.isoformat() if found else ""

    site = day(reader.totals().updated)
    for address in lists.home_addresses(reader):
        yield address.url, site
    cards = [reader.note(key) for key in reader.notes()]
    on: dict[str, list[NoteCard]] = {}
    for card in cards:
        on.setdefault(card.on_url, []).append(card)
    for key in reader.order():
        sign = reader.signpost(key)
        for address in in_languages(reader, (Address(sign.url, ""),)):
            yield address.url, day(sign.published, sign.updated, latest_change(on.get(sign.url, ())))
    for card in cards:
        for address in in_languages(reader, (Address(card.url, ""),)):
            yield address.url, day(card.date, card.updated)
    for address in notes.standing_addresses(reader):
        yield address.url, day(reader.page(address.key).updated) if address.key else ""
    families = (
        *(lists.listing_addresses, lists.timeline_addresses, lists.archive_addresses),
        *(entity.index_addresses, entity.entity_addresses, notes.notes_addresses, notes.corrections_addresses),
        tags.tag_addresses,
    )
    for family in families:
        for address in family(reader):
            yield address.url, ""


def encode_sitemap(shown: Sitemap) -> bytes:
    """The sitemap's document."""
    root, item = ("sitemapindex", "sitemap") if shown.index else ("urlset", "url")
    rows = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for url, changed in shown.rows:
        when = f"<lastmod>{changed}</lastmod>" if changed else ""
        rows.append(f"<{item}><loc>{xml(url)}</loc>{when}</{item}>")
    rows.append(f"</{root}>\n")
    return "\n".join(rows).encode()


@dataclass(frozen=True, slots=True)
class Robots:
    """Where the sitemap is; empty without a public address."""

    sitemap: str


def robots_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/robots.txt`."""
    return (Address("/robots.txt", reader.settings().language),)


def robots(reader: SiteReader, _address: Address) -> Robots:
    """What robots are told."""
    base = reader.settings().base_url
    return Robots(absolute("/sitemap.xml", base) if base else "")


def encode_robots(shown: Robots) -> bytes:
    """Everything may be read: what may not be is not published."""
    where = f"\nSitemap: {shown.sitemap}\n" if shown.sitemap else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """The site's search, for the browser's address bar. Addresses are absolute."""

    name: str
    description: str
    lang: str
    search: str
    own: str


def opensearch_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/opensearch.xml`; nothing without a public address."""
    settings = reader.settings()
    return (Address("/opensearch.xml", settings.language),) if settings.base_url else ()


def opensearch(reader: SiteReader, address: Address) -> OpenSearch:
    """The description of the search."""
    settings = reader.settings()
    return OpenSearch(
        name=settings.title,
        description=settings.description or settings.tagline or settings.title,
        lang=settings.language,
        search=absolute("/search/", settings.base_url),
        own=absolute(address.url, settings.base_url),
    )


def encode_opensearch(shown: OpenSearch) -> bytes:
    """The document. OpenSearch 1.1 allows a short name of 16 characters and a description of 1024."""
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{xml(shown.name[:16])}</ShortName>",
        f"<LongName>{xml(shown.name[:48])}</LongName>",
        f"<Description>{xml(shown.description[:1024])}</Description>",
        f'<Url type="text/html" method="get" template="{xml(shown.search)}?q={{searchTerms}}"/>',
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{xml(shown.own)}"/>',
        f"<Language>{xml(shown.lang)}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        "</OpenSearchDescription>\n",
    ]
    return "\n".join(rows).encode()
