"""What a feed says of a briefing or a note, as HTML from public views alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import urljoin

from yoroku.site.dates import Formatter
from yoroku.site.rights import Public
from yoroku.site.strings import strings
from yoroku.site.values import Body, NoteCard, Summary

POINTS = 9
LEAD = 3
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_LINK = re.compile(r'(\s(?:href|src)=")([^"]*)"')
_ID = re.compile(r'\s(?:id|data-[\w-]+)="[^"]*"')
Link = Callable[[str], str]


def of_briefing(public: Public, summary: Summary, *, link: Link, lang: str) -> str:
    """Date and place, lead, key points, and the sources with their addresses."""
    briefing = public.briefing
    parts = [_facts(summary, lang)]
    parts += [f"<p>{escape(item.text)}</p>" for item in briefing.summary[:LEAD]]
    points = []
    for item in briefing.decisions[:POINTS]:
        head = f"<strong>{escape(item.heading)}</strong> " if item.heading else ""
        points.append(f"<li>{head}{escape(item.text)}</li>")
    if points:
        parts.append(f"<ol>{''.join(points)}</ol>")
    parts.append(_sources(public, lang))
    parts.append(_more(link(summary.url), lang))
    return "".join(parts)


def of_summary(summary: Summary, *, link: Link, lang: str) -> str:
    """Date and place, and the first sentence."""
    lead = f"<p>{escape(summary.lead)}</p>" if summary.lead else ""
    return _facts(summary, lang) + lead + _more(link(summary.url), lang)


def of_note(card: NoteCard, body: Body, *, link: Link, lang: str) -> str:
    """What it is about, what was corrected, and the note itself."""
    t = strings(lang)
    parts = []
    if card.on_url:
        parts.append(f'<p><a href="{escape(link(card.on_url))}">{escape(card.on_title)}</a></p>')
    rows = [("was", "del", card.was), ("now", "ins", card.now), ("reason", "span", card.reason)]
    cells = [f"<dt>{escape(t(name))}</dt><dd><{tag}>{escape(text)}</{tag}></dd>" for name, tag, text in rows if text]
    if cells:
        parts.append(f"<dl>{''.join(cells)}</dl>")
    return "".join(parts) + rehomed(body.html, page_url=card.url, link=link)


def rehomed(html: str, *, page_url: str, link: Link) -> str:
    """A rendered body with its links as they must stand elsewhere, and without the ids of its own page."""

    def target(found: re.Match[str]) -> str:
        value = urljoin(page_url, unescape(found[2]))
        return f'{found[1]}{escape(link(value) if value.startswith("/") and not value.startswith("//") else value)}"'

    return _TAG.sub(lambda tag: _LINK.sub(target, _ID.sub("", tag[0])), html)


def _facts(summary: Summary, lang: str) -> str:
    fmt = Formatter(lang)
    facts = [fmt.day(summary.at)] if summary.is_event and summary.at else []
    facts += [summary.place] if summary.place else []
    return f"<p>{escape(' / '.join(facts))}</p>" if facts else ""


def _sources(public: Public, lang: str) -> str:
    t = strings(lang)
    rows = []
    for item in public.sources:
        who = item.publisher or item.source.publisher
        title = item.source.title or ("" if who else t("untitled-source"))
        name = escape(": ".join(part for part in (who, title) if part))
        url = item.source.url
        shown = f'<a href="{escape(url)}">{name}</a>' if url.startswith(("https://", "http://")) else name
        rows.append(f"<li>{item.letter} {shown}</li>")
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def _more(url: str, lang: str) -> str:
    return f'<p><a href="{escape(url)}">{escape(strings(lang)("read-all"))}</a></p>'
