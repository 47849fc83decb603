"""Editors' notes, the list of corrections, standing pages, search, and what the visitor gets for a wrong address."""

from __future__ import annotations

from yoroku.records import dataclass, replace
from yoroku.site.reader import SiteReader
from yoroku.site.strings import strings
from yoroku.site.urls import localised
from yoroku.site.values import Backlink, Body, NoteCard, Publisher, Redirect
from yoroku.site.views import paging
from yoroku.site.views.beside import body_html
from yoroku.site.views.frame import Address, Crumb, Frame, Item, frame, in_languages, item

RECENT = 5
# Notes on one page of a list of them: cards are taller and longer than rows.
PER_LIST = 30
# Pages that exist on every site; a standing page with the same address adds its text on top.
BUILT_IN = ("/about/", "/about/editorial/", "/about/sources/", "/about/accessibility/")


@dataclass(frozen=True, slots=True)
class Notes:
    """One page of a list of notes: all of them, or the corrections. `tagged`: there are notes with tags."""

    frame: Frame
    cards: tuple[NoteCard, ...]
    number: int
    pages: tuple[tuple[int, str], ...]
    total: int
    tagged: bool = False


def notes_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/notes/` and its further pages."""
    return in_languages(reader, paging.addresses("/notes/", len(reader.notes()), PER_LIST))


def notes(reader: SiteReader, address: Address) -> Notes:
    """All notes, newest first."""
    keys = reader.notes()
    cards = tuple(reader.note(key) for key in paging.part(keys, address.number, PER_LIST))
    return _notes(reader, address, ("editors-notes", "/notes/"), cards, len(keys))


def corrections_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/corrections/` and its further pages."""
    return in_languages(reader, paging.addresses("/corrections/", len(_corrections(reader)), PER_LIST))


def corrections(reader: SiteReader, address: Address) -> Notes:
    """Every correction ever made."""
    every = _corrections(reader)
    cards = paging.part(every, address.number, PER_LIST)
    return _notes(reader, address, ("corrections", "/corrections/"), cards, len(every))


def _corrections(reader: SiteReader) -> tuple[NoteCard, ...]:
    return tuple(card for key in reader.notes() if (card := reader.note(key)).kind == "correction")


def _notes(
    reader: SiteReader, address: Address, own: tuple[str, str], cards: tuple[NoteCard, ...], total: int
) -> Notes:
    """One page of the list with that name and URL."""
    name, url = own
    title, crumbs = paging.titled(strings(address.lang)(name), url, address)
    return Notes(
        frame=frame(reader, address, title=title, section="notes", crumbs=crumbs),
        cards=cards,
        number=address.number,
        pages=paging.numbered(url, total, PER_LIST),
        total=total,
        tagged=bool(reader.tags()),
    )


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note."""

    frame: Frame
    card: NoteCard
    body: Body
    linked: tuple[Backlink, ...] = ()


def note_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/notes/<slug>/`."""
    return in_languages(reader, tuple(Address(reader.note(key).url, "", key) for key in reader.all_notes()))


def note(reader: SiteReader, address: Address) -> NotePage:
    """One note's page."""
    card = reader.note(address.key)
    t = strings(address.lang)
    return NotePage(
        frame=frame(
            reader,
            address,
            title=card.title,
            section="notes",
            crumbs=(Crumb(t("editors-notes"), "/notes/"), Crumb(card.title, lang=card.lang)),
            description=card.lead,
            content_lang=card.lang,
            source=address.key,
            listed=card.listed,
            kind="note",
        ),
        card=card,
        body=Body(body_html(reader, address.key, address.lang), reader.body(address.key).headings),
        linked=reader.linked_from(card.url),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """An about page: the editors' own text, and what the site itself knows."""

    frame: Frame
    name: str
    body: Body | None
    links: tuple[tuple[str, str], ...]
    publishers: tuple[Publisher, ...]
    policy: str


def standing_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """The about pages and every standing page of the content."""
    own = dict(reader.pages())
    urls = dict.fromkeys((*BUILT_IN, *own))
    return in_languages(reader, tuple(Address(url, "", own.get(url, "")) for url in urls))


def standing(reader: SiteReader, address: Address) -> Standing:
    """One standing page."""
    t = strings(address.lang)
    settings = reader.settings()
    plain = address.url.removeprefix(f"/{address.lang}") if address.lang != settings.language else address.url
    name = plain.strip("/")
    titles = {
        "about": t("about"),
        "about/editorial": t("foot-policy"),
        "about/sources": t("sources-page"),
        "about/accessibility": t("accessibility-page"),
    }
    page = reader.page(address.key) if address.key else None
    title = page.title if page else titles[name]
    crumbs = (Crumb(title),) if "/" not in name else (Crumb(t("about"), "/about/"), Crumb(title))
    others = tuple((url, titles[url.strip("/")]) for url in BUILT_IN if url != plain)
    return Standing(
        frame=frame(
            reader,
            address,
            title=title,
            crumbs=crumbs,
            description=page.description if page else "",
            content_lang=(page.lang or settings.language) if page else "",
            source=address.key,
            kind="standing",
        ),
        name=name,
        body=Body(body_html(reader, address.key, address.lang), reader.body(address.key).headings) if page else None,
        links=others if name.startswith("about") else (),
        publishers=reader.publishers() if name == "about/sources" else (),
        policy=settings.policy,
    )


@dataclass(frozen=True, slots=True)
class Plain:
    """The search page and 404: recent briefings for those who cannot search."""

    frame: Frame
    recent: tuple[Item, ...]


def search_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/search/`."""
    return in_languages(reader, (Address("/search/", ""),))


def search(reader: SiteReader, address: Address) -> Plain:
    """The search page."""
    title = strings(address.lang)("search")
    recent = tuple(item(reader, key, address.lang) for key in reader.order()[:RECENT])
    return Plain(frame(reader, address, title=title, crumbs=(Crumb(title),), kind="search"), recent)


def missing_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/404.html`, in the site's own language."""
    return (Address("/404.html", reader.settings().language),)


def missing(reader: SiteReader, address: Address) -> Plain:
    """The page for a wrong address."""
    recent = tuple(item(reader, key, address.lang) for key in reader.order()[:RECENT])
    title = strings(address.lang)("missing-title")
    shown = frame(reader, address, title=title, listed=False, kind="missing")
    # There is one such page, whatever the language: the other language begins at its home page.
    homes = tuple((lang, localised("/", lang, reader.settings())) for lang, _ in shown.languages)
    return Plain(replace(shown, languages=homes), recent)


@dataclass(frozen=True, slots=True)
class Moved:
    """A page that leads on to another."""

    frame: Frame
    redirect: Redirect


def moved_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """One page for each old address."""
    return in_languages(reader, tuple(Address(old.url, "", old.url) for old in reader.redirects()))


def moved(reader: SiteReader, address: Address) -> Moved:
    """The page left at an old address."""
    redirect = next(old for old in reader.redirects() if old.url == address.key)
    return Moved(frame(reader, address, title=redirect.title, listed=False, kind="moved"), redirect)
