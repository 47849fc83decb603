"""From pages' values to the search index: what of each briefing, note and standing page can be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from yoroku.search import IndexReport, Labels, SearchDocument, Section, index
from yoroku.site.dates import Formatter, day_of
from yoroku.site.names import EntityKind
from yoroku.site.reader import SiteReader
from yoroku.site.urls import all_languages
from yoroku.site.values import Entry, Summary
from yoroku.site.views.frame import kind_label

FOLDER = "pagefind"
CACHE = "search"
_FACETS: tuple[tuple[EntityKind, str], ...] = (
    ("people", "person"),
    ("orgs", "organisation"),
    ("places", "place"),
    ("topics", "topic"),
)


def documents(reader: SiteReader) -> Iterator[SearchDocument]:
    """Everything that the search finds, in a fixed order. Only listed documents are found."""
    entries = {(entry.kind, entry.slug): entry for kind, _ in _FACETS for entry in reader.entries(kind)}
    for key in sorted(reader.order()):
        yield _briefing(reader, key, entries)
    for key in sorted(reader.notes()):
        yield _note(reader, key)
    for url, key in sorted(reader.pages()):
        page = reader.page(key)
        lang = page.lang or reader.settings().language
        yield SearchDocument(url, lang, page.title, _sections(reader, key))


def labels(reader: SiteReader) -> Labels:
    """How kinds and topics are called in each interface language, where that is not the word in the files."""
    settings = reader.settings()
    return {
        lang: {
            "kind": {
                kind.name: label
                for kind in settings.kinds
                if (label := kind_label(settings, kind.name, lang)) != kind.name
            },
            "topic": {topic.name: topic.en for topic in settings.topics if lang == "en" and topic.en},
        }
        for lang in all_languages(settings)
    }


def bring_up_to_date(
    found: Iterable[SearchDocument],
    *,
    root: str,
    output: str,
    cache: str,
    engine: str,
    labels: Labels,
    progress: Callable[[str, int, int], None],
) -> IndexReport:
    """Index the documents into the output. `engine` is the site path of the theme's search/engine.js, or empty."""
    return index(
        found,
        out=Path(root, output, FOLDER),
        cache=Path(root, cache, CACHE),
        engine=f"..{engine}" if engine else "",
        labels=labels,
        progress=lambda done, total: progress("search", done, total),
    )


def _briefing(reader: SiteReader, key: str, entries: Mapping[tuple[EntityKind, str], Entry]) -> SearchDocument:
    summary = reader.summary(key)
    sources = tuple(dict.fromkeys(tag.publisher or tag.title for tag in summary.sources if tag.publisher or tag.title))
    filters = [("source", sources)]
    for kind, facet in _FACETS:
        filters.append((facet, tuple(ref.name for ref in summary.entities if ref.kind == kind)))
    filters += [("kind", (summary.kind,)), ("year", (str(summary.on.year),) if summary.on else ())]
    # Words and dates are written by the page that shows the result, in its own language.
    meta = (
        ("kind", summary.kind),
        ("date", summary.on.isoformat() if summary.on else ""),
        ("sources", Formatter(summary.lang).names(sources)),
    )
    return SearchDocument(
        url=summary.url,
        lang=summary.lang,
        title=summary.title,
        sections=(*_told(reader, key), *_sections(reader, key)),
        filters=tuple((facet, values) for facet, values in filters if any(values)),
        sort_date=summary.on.isoformat() if summary.on else "",
        meta=tuple((name, value) for name, value in meta if value),
        also=_also(summary, entries),
    )


def _note(reader: SiteReader, key: str) -> SearchDocument:
    card = reader.note(key)
    on = day_of(card.date).isoformat() if card.date else ""
    return SearchDocument(
        url=card.url,
        lang=card.lang,
        title=card.title,
        sections=_sections(reader, key),
        filters=(("year", (on[:4],)),) if on else (),
        sort_date=on,
        meta=(("date", on),) if on else (),
    )


def _sections(reader: SiteReader, key: str) -> tuple[Section, ...]:
    return tuple(Section(*section) for section in reader.body(key).sections)


def _told(reader: SiteReader, key: str) -> Iterator[Section]:
    """Points, decisions and statements that the page shows and its text does not hold, as an editor may write them."""
    briefing, body = reader.public(key).briefing, reader.body(key)
    held = _bare("\n".join(part for _, *parts in body.sections for part in parts))
    told = [part.text for part in briefing.summary] + [part.text for part in briefing.decisions]
    told += [part.text for part in briefing.statements]
    missing = [text for text in dict.fromkeys(told) if text and _bare(text) not in held]
    if missing:
        yield Section("", "", "\n".join(" ".join(text.split("\n")) for text in missing))


def _bare(text: str) -> str:
    return "".join(text.split())


def _also(summary: Summary, entries: Mapping[tuple[EntityKind, str], Entry]) -> tuple[str, ...]:
    """Readings and other forms of the names: they are found and never shown."""
    words: dict[str, None] = {}
    for ref in summary.entities:
        entry = entries.get((ref.kind, ref.slug))
        words.update(dict.fromkeys(form for form in ref.forms if form != ref.name))
        if entry is not None:
            words.update(dict.fromkeys(word for word in (entry.reading, entry.romanised) if word))
    return tuple(words)
