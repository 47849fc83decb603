"""Home, the list of briefings, the timeline and the archive."""

from __future__ import annotations

from datetime import date

from yoroku.briefing.model import Decision
from yoroku.records import dataclass, replace
from yoroku.site.dates import Formatter
from yoroku.site.names import KINDS
from yoroku.site.reader import SiteReader
from yoroku.site.strings import strings
from yoroku.site.values import Entry, NoteCard, Totals
from yoroku.site.views.frame import Address, Crumb, Frame, Item, MonthGrid, frame, in_languages, item, month_grid

RECENT = 6
POINTS = 3
# How many of the newest events may lead: one with key points says more than a newer one without.
LEADING = 12
NOTES = 2
# The first page of the timeline holds whole years until it has this many events.
TIMELINE = 60
# A year with more events than this has a page for each of its months.
WHOLE_YEAR = 150
# A month with more rows than this shows them without their first sentences.
BRIEF_ROWS = 60
OFTEN = 12


@dataclass(frozen=True, slots=True)
class Home:
    """The home page. `top` is a recent briefing with its first key points, see `_leading`."""

    frame: Frame
    totals: Totals
    top: Item | None
    points: tuple[Decision, ...]
    recent: tuple[Item, ...]
    calendar: MonthGrid | None
    notes: tuple[NoteCard, ...]
    often: tuple[Entry, ...]


def home_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/`."""
    return in_languages(reader, (Address("/", ""),))


def home(reader: SiteReader, address: Address) -> Home:
    """The home page."""
    settings = reader.settings()
    order = reader.order()
    leading = _leading(reader, order)
    top = item(reader, leading, address.lang) if leading else None
    months = reader.months()
    calendar = None
    if months:
        year, month, _ = months[0]
        on = top.summary.on if top else None
        calendar = month_grid(
            reader.month(year, month),
            months,
            year=year,
            month=month,
            link=f"{_month_url(year, month, months)}#d{{day}}",
            current=on.day if on and (on.year, on.month) == (year, month) else 0,
        )
    often = [entry for kind in KINDS for entry in reader.entries(kind) if entry.count > 1]
    often.sort(key=lambda entry: (-entry.count, KINDS.index(entry.kind), entry.slug))
    return Home(
        frame=frame(reader, address, title="", section="briefings", description=settings.description, kind="home"),
        totals=reader.totals(),
        top=top,
        points=reader.public(leading).briefing.decisions[:POINTS] if leading else (),
        recent=tuple(item(reader, key, address.lang) for key in order[: 1 + RECENT] if key != leading)[:RECENT],
        calendar=calendar,
        notes=tuple(reader.note(key) for key in reader.notes()[:NOTES]),
        often=tuple(often[:OFTEN]),
    )


def _leading(reader: SiteReader, order: tuple[str, ...]) -> str:
    """The newest briefing with as many key points as home shows, else with any, else the newest. Empty: none."""
    newest = order[:LEADING]
    for least in (POINTS, 1):
        for key in newest:
            if reader.summary(key).points >= least:
                return key
    return newest[0] if newest else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list of briefings. `pages` are (number, URL); `undated` rows come last."""

    frame: Frame
    items: tuple[Item, ...]
    number: int
    pages: tuple[tuple[int, str], ...]
    total: int


def _list_url(number: int) -> str:
    return "/briefings/" if number == 1 else f"/briefings/page/{number}/"


def listing_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/briefings/` and its further pages."""
    size = reader.settings().per_page
    count = max(1, -(-len(reader.order()) // size))
    return in_languages(reader, tuple(Address(_list_url(n), "", number=n) for n in range(1, count + 1)))


def listing(reader: SiteReader, address: Address) -> Listing:
    """One page of the list."""
    t = strings(address.lang)
    order = reader.order()
    size = reader.settings().per_page
    count = max(1, -(-len(order) // size))
    first = (address.number - 1) * size
    own = t("briefings") if address.number == 1 else f"{t('briefings')} {t('page-n', n=address.number)}"
    crumbs = (
        (Crumb(t("briefings")),)
        if address.number == 1
        else (Crumb(t("briefings"), "/briefings/"), Crumb(t("page-n", n=address.number)))
    )
    return Listing(
        frame=frame(reader, address, title=own, section="briefings", crumbs=crumbs),
        items=tuple(item(reader, key, address.lang) for key in order[first : first + size]),
        number=address.number,
        pages=tuple((n, _list_url(n)) for n in range(1, count + 1)),
        total=len(order),
    )


@dataclass(frozen=True, slots=True)
class TimelineMonth:
    """The events of one month, newest last; each row (day, item). `url`: the month's own page, where there is one."""

    year: int
    month: int
    count: int
    url: str
    rows: tuple[tuple[date, Item], ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A year's events by date, a month's where the year is large, or on the first page those of the newest years.

    `years` are (year, events). Months without rows only lead to their own pages.
    """

    frame: Frame
    year: int
    month: int
    years: tuple[tuple[int, int], ...]
    months: tuple[TimelineMonth, ...]
    undated: tuple[Item, ...]


def _years(months: tuple[tuple[int, int, int], ...]) -> tuple[tuple[int, int], ...]:
    counts: dict[int, int] = {}
    for year, _, count in months:
        counts[year] = counts.get(year, 0) + count
    return tuple(sorted(counts.items(), reverse=True))


def _large(months: tuple[tuple[int, int, int], ...]) -> frozenset[int]:
    return frozenset(year for year, count in _years(months) if count > WHOLE_YEAR)


def _month_url(year: int, month: int, months: tuple[tuple[int, int, int], ...]) -> str:
    """The page of the timeline that has the rows of a month."""
    return f"/timeline/{year}/{month:02}/" if year in _large(months) else f"/timeline/{year}/"


def _newest(months: tuple[tuple[int, int, int], ...]) -> set[tuple[int, int]]:
    """The months whose rows stand on the first page: whole years, but only the newest months of a large one."""
    large = _large(months)
    shown: set[tuple[int, int]] = set()
    total = 0
    for year, count in _years(months):
        if shown and (total + count > TIMELINE or year in large):
            break
        for _, month, held in (row for row in months if row[0] == year):
            if year in large and shown and total + held > TIMELINE:
                break
            shown.add((year, month))
            total += held
    return shown


def timeline_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/timeline/`, one page a year, and one a month of a large year."""
    months = reader.months()
    large = _large(months)
    pages = [Address("/timeline/", "")]
    pages += [Address(f"/timeline/{year}/", "", number=year) for year, _ in _years(months)]
    pages += [
        Address(_month_url(year, month, months), "", number=year, month=month)
        for year, month, _ in months
        if year in large
    ]
    return in_languages(reader, tuple(pages))


def timeline(reader: SiteReader, address: Address) -> Timeline:
    """One page of the timeline."""
    t = strings(address.lang)
    months = reader.months()
    year = address.number
    large = _large(months)
    if not year:
        shown = _newest(months)
    elif address.month:
        shown = {(year, address.month)}
    else:
        shown = {row[:2] for row in months if row[0] == year and year not in large}
    years = {year} if year else {found for found, _ in shown}
    title, crumbs = t("timeline"), [Crumb(t("timeline"), "/timeline/" if year else "")]
    if year:
        title = f"{title} {year}"
        crumbs.append(Crumb(Formatter(address.lang).year(year), f"/timeline/{year}/" if address.month else ""))
    if address.month:
        title = f"{title}-{address.month:02}"
        crumbs.append(Crumb(Formatter(address.lang).month_name(address.month)))
    return Timeline(
        frame(reader, address, title=title, section="timeline", crumbs=tuple(crumbs)),
        year,
        address.month,
        _years(months),
        tuple(
            TimelineMonth(
                own,
                month,
                count,
                _month_url(own, month, months) if own in large else "",
                _rows(reader, address.lang, own, month) if (own, month) in shown else (),
            )
            for own, month, count in (reversed(months) if year else months)
            if own in years
        ),
        () if year else tuple(item(reader, key, address.lang) for key in reader.undated()),
    )


def _rows(reader: SiteReader, lang: str, year: int, month: int) -> tuple[tuple[date, Item], ...]:
    return tuple(
        (date(year, month, day), item(reader, key, lang)) for day, keys in reader.month(year, month) for key in keys
    )


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive: all months (`/archive/`), a year's months, or one month with its calendar and list.

    `items` are (day of publication, row), newest first.
    """

    frame: Frame
    year: int
    month: int
    months: tuple[tuple[int, int, int], ...]
    calendar: MonthGrid | None
    items: tuple[tuple[date, Item], ...]


def archive_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/archive/`, `/archive/2023/`, `/archive/2023/01/`."""
    months = reader.published_months()
    pages = [Address("/archive/", "")]
    pages += [Address(f"/archive/{year}/", "", number=year) for year, _ in _years(months)]
    pages += [Address(f"/archive/{year}/{month:02}/", "", number=year, month=month) for year, month, _ in months]
    return in_languages(reader, tuple(pages))


def archive(reader: SiteReader, address: Address) -> Archive:
    """One page of the archive."""
    t = strings(address.lang)
    months = reader.published_months()
    year, month = address.number, address.month
    crumbs = [Crumb(t("archive"), "/archive/" if year else "")]
    if year:
        crumbs.append(Crumb(Formatter(address.lang).year(year), f"/archive/{year}/" if month else ""))
    calendar = None
    items: tuple[tuple[date, Item], ...] = ()
    title = f"{t('archive')} {year}" if year else t("archive")
    if month:
        crumbs.append(Crumb(Formatter(address.lang).month_name(month)))
        title = f"{t('archive')} {year}-{month:02}"
        days = reader.published_in(year, month)
        calendar = month_grid(days, months, year=year, month=month, link="#d{day}")
        items = tuple(
            (date(year, month, day), item(reader, key, address.lang)) for day, keys in reversed(days) for key in keys
        )
        if len(items) > BRIEF_ROWS:
            items = tuple((on, replace(row, summary=replace(row.summary, lead=""))) for on, row in items)
    return Archive(
        frame(reader, address, title=title, section="", crumbs=tuple(crumbs)), year, month, months, calendar, items
    )
