"""Destinations: which are allowed, how they are normalised, and bare URLs in Japanese text."""

from __future__ import annotations

import re

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_ALLOWED = frozenset({"http", "https", "mailto", "tel"})
# A URL made of these is already in its normal form; most are, and the full parse costs 30 times as much.
_NORMAL = re.compile(r"(?:https?://[a-z0-9.-]+(?::\d+)?)?(?:[/#?][A-Za-z0-9\-_.!~*'();/?:@&=+$,#]*)?\Z").match


class Href(str):
    """A normalised destination that remembers how it was written."""

    raw: str


def normalise(url: str) -> str:
    """The destination as it goes into an attribute, percent-encoded."""
    if _NORMAL(url):
        return url
    href = Href(normalizeLink(url))
    href.raw = url
    return href


def as_written(href: object) -> str:
    """The destination before it was percent-encoded."""
    return str(getattr(href, "raw", href))


def scheme(url: str) -> str:
    """The scheme in lower case, empty for a relative destination."""
    found = _SCHEME.match(url)
    return found[1].lower() if found else ""


def allowed(url: str) -> bool:
    """Whether a destination may be a link: http, https, mailto, tel, relative or a fragment."""
    return scheme(url) in _ALLOWED or not _SCHEME.match(url)


def is_external(url: str) -> bool:
    """Whether a destination leaves the site for another host."""
    return scheme(url) in ("http", "https") or url.startswith("//")


# --- bare URLs ---

# ASCII that may stand in a bare URL; a backslash before punctuation is Markdown's own escape.
_ASCII = r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|\\[!-/:-@\[-`{-~]"
# Japanese in a URL (/wiki/防衛省) starts a part of its own; after an ASCII letter it is the sentence going on
# (…/index.htmlを参照). A part does not begin with hiragana: that would be a particle.
_LETTER = r"[^\W\x00-\x7f_]"
_PART = rf"(?<=[/=#?&(])(?![\u3040-\u309f]){_LETTER}(?:{_LETTER}|[-_.%](?={_LETTER}))*"
_LABEL = r"[^\W_][\w-]*(?=\.)"
_HOST = rf"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?|{_LABEL})(?:\.(?:[A-Za-z0-9-]+|{_LABEL}))*"
_BARE = re.compile(rf"//{_HOST}(?::\d+)?(?:(?=[/?#])(?:{_ASCII}|{_PART})*)?")
_WORD_BEFORE = re.compile(r"[A-Za-z0-9+.\-_]")
_TRAILING = frozenset("?!.,:;*_~'\"")
_BRACKETS = re.compile(r"[()]")
_ENTITY = re.compile(r"&[A-Za-z0-9]{1,31};\Z")


def bare_url_end(src: str, start: int) -> int:
    """Where the URL ends whose scheme's colon is followed by `//` at `start`; `start` itself when there is none.

    It ends before full-width punctuation and brackets, before an ASCII bracket that it did not open, and without
    the punctuation that ends the sentence.
    """
    found = _BARE.match(src, start)
    if found is None:
        return start
    end = found.end()
    depth = 0
    for bracket in _BRACKETS.finditer(src, start, end):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            end = bracket.start()
            break
    while src[end - 1] in _TRAILING:
        entity = _ENTITY.search(src, max(start, end - 33), end) if src[end - 1] == ";" else None
        end = entity.start() if entity else end - 1
    return end if end > start + len("//") else start


def bare_url(state: StateInline, silent: bool) -> bool:
    """Inline rule: make a bare http(s) URL a link."""
    src, colon = state.src, state.pos
    if silent or state.linkLevel or not src.startswith("://", colon):
        return False
    for name in ("https", "http"):
        begin = colon - len(name)
        if src[max(begin, 0) : colon].lower() == name and state.pending[-len(name) :].lower() == name:
            break
    else:
        return False
    if begin > 0 and _WORD_BEFORE.match(src[begin - 1]):
        return False
    end = min(bare_url_end(src, colon + 1), state.posMax)
    if end <= colon + len("://"):
        return False
    state.pending = state.pending[: -len(name)]
    text = unescapeAll(src[begin:end])
    href = state.md.normalizeLink(text)
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup, opening.info = "linkify", "auto"
    opening.meta = {"at": begin}
    state.push("text", "", 0).content = text
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "linkify", "auto"
    state.pos = end
    return True
