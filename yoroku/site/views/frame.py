"""What every page shows around its own content, and the pieces that several families share."""

from __future__ import annotations

from calendar import Calendar
from datetime import date

from yoroku.config import Settings
from yoroku.records import dataclass, replace
from yoroku.site import urls
from yoroku.site.citations import Chip
from yoroku.site.feeds.fonts import pictures
from yoroku.site.reader import SiteReader
from yoroku.site.strings import strings
from yoroku.site.values import Summary

DESCRIPTION = 120


@dataclass(frozen=True, slots=True)
class Address:
    """One page: its URL, its interface language, and what it shows (a document's key, a slug, a number)."""

    url: str
    lang: str
    key: str = ""
    number: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the breadcrumbs. The last one, the page itself, has no URL."""

    title: str
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page: head, masthead, breadcrumbs, footer.

    `title` is the page's own; `section` the item of the main navigation it belongs to; `languages` are (language, URL)
    of the same page in every interface language; `content_lang` is the language of its content where that differs;
    `picture` is the site path of the picture that a shared link shows.
    """

    url: str
    lang: str
    title: str
    description: str
    section: str
    crumbs: tuple[Crumb, ...]
    site_title: str
    tagline: str
    author: str
    base_url: str
    root: str
    content_lang: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    edit_url: str = ""
    report_url: str = ""
    listed: bool = True
    view_of: str = ""
    kind: str = "page"
    picture: str = ""

    def link(self, url: str) -> str:
        """`url` in this page's interface language."""
        return self.root + url


def frame(
    reader: SiteReader,
    address: Address,
    *,
    title: str,
    section: str = "",
    crumbs: tuple[Crumb, ...] = (),
    description: str = "",
    content_lang: str = "",
    source: str = "",
    listed: bool = True,
    view_of: str = "",
    kind: str = "page",
) -> Frame:
    """The frame of the page at `address`. `source` is the content file that an editor would edit.

    `view_of` is the page that this one only shows in another way: search engines are led there.
    """
    settings = reader.settings()
    plain = address.url if address.lang == settings.language else address.url.removeprefix(f"/{address.lang}")
    languages = urls.all_languages(settings)
    text = description or settings.description or settings.tagline or settings.title
    home = (Crumb(strings(address.lang)("home"), "/"),) if crumbs else ()
    return Frame(
        url=address.url,
        lang=address.lang,
        title=title,
        description=text if len(text) <= DESCRIPTION else text[: DESCRIPTION - 1].rstrip() + "…",
        section=section,
        crumbs=home + crumbs,
        site_title=settings.title,
        tagline=settings.tagline,
        author=settings.author,
        base_url=settings.base_url,
        root="" if address.lang == settings.language else f"/{address.lang}",
        content_lang="" if content_lang == address.lang else content_lang,
        languages=tuple((lang, urls.localised(plain, lang, settings)) for lang in languages)
        if len(languages) > 1
        else (),
        edit_url=edit_url(settings, source),
        report_url=settings.report_url or (f"{settings.repository.rstrip('/')}/issues" if settings.repository else ""),
        listed=listed,
        view_of=view_of,
        kind=kind,
        picture=f"{plain}card.png" if kind == "briefing" and pictures(settings) else "",
    )


def edit_url(settings: Settings, source: str) -> str:
    """Where a content file is edited; empty without a repository."""
    if not settings.repository or not source:
        return ""
    path = source if source.startswith("content/") else f"content/{source}"
    return f"{settings.repository.rstrip('/')}/edit/{settings.branch}/{path}"


def in_languages(reader: SiteReader, pages: tuple[Address, ...]) -> tuple[Address, ...]:
    """Each page in every interface language of the site."""
    settings = reader.settings()
    return tuple(
        replace(page, url=urls.localised(page.url, lang, settings), lang=lang)
        for lang in urls.all_languages(settings)
        for page in pages
    )


def kind_label(settings: Settings, kind: str, lang: str) -> str:
    """The label of a kind of briefing in one language; the word itself when the settings have none."""
    for name in settings.kinds:
        if name.name == kind:
            return (name.en if lang == "en" else name.ja) or kind
    return kind


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a list of briefings."""

    summary: Summary
    kind: str
    publishers: tuple[str, ...]


def item(reader: SiteReader, key: str, lang: str) -> Item:
    """The list row of a briefing."""
    summary = reader.summary(key)
    publishers = dict.fromkeys(tag.publisher or tag.title for tag in summary.sources)
    return Item(summary, kind_label(reader.settings(), summary.kind, lang), tuple(name for name in publishers if name))


@dataclass(frozen=True, slots=True)
class Day:
    """A cell of a month: its number (0 for none) and how many events it has."""

    day: int
    on: date | None = None
    count: int = 0
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month as a calendar, weeks from Monday, with the months before and after that have something."""

    year: int
    month: int
    weeks: tuple[tuple[Day, ...], ...]
    earlier: tuple[int, int] | None = None
    later: tuple[int, int] | None = None


def month_grid(
    days: tuple[tuple[int, tuple[str, ...]], ...],
    months: tuple[tuple[int, int, int], ...],
    *,
    year: int,
    month: int,
    link: str,
    current: int = 0,
) -> MonthGrid:
    """The calendar of a month. `link` is the URL of a day, with ``{day}`` for its ISO date."""
    counts = {day: len(keys) for day, keys in days}

    def cell(day: int) -> Day:
        if day not in counts:
            return Day(day)
        on = date(year, month, day)
        return Day(day, on, counts[day], link.format(day=on.isoformat()), day == current)

    weeks = tuple(tuple(cell(day) for day in week) for week in Calendar().monthdayscalendar(year, month))
    known = [(year_, month_) for year_, month_, _ in months]
    later = [pair for pair in known if pair > (year, month)]
    earlier = [pair for pair in known if pair < (year, month)]
    return MonthGrid(year, month, weeks, max(earlier, default=None), min(later, default=None))


def popovers(*groups: tuple[Chip, ...]) -> tuple[Chip, ...]:
    """Each cited place once, in order of appearance: the popovers of a page."""
    return tuple({chip.id: chip for group in groups for chip in group}.values())
