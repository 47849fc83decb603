"""Where documents live: from their front matter and file name alone, ASCII, permanent, checked for collisions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from yoroku.briefing.model import Briefing, Note, StandingPage
from yoroku.problems import Place, Problem
from yoroku.site.dates import day_of

# What nobody would call a person or a page: a slug, folders, a file of the web.
_ADDRESS = re.compile(r"(?:[a-z0-9._~%-]+/)*[a-z0-9]+(?:[-_][a-z0-9]+)*(?:\.html?)?/?")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def slug_of(document: Briefing | Note, path: str) -> str:
    """The last part of the address: the front matter's slug, else the file's name, else day and a stable code."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    stem = name[:dot] if 0 < dot < len(name) - 1 else name
    for word in (document.slug, stem.lower()):
        if _SLUG.fullmatch(word):
            return word
    code = hashlib.sha256((document.slug or stem or document.title).encode()).hexdigest()[:8]
    return f"{day_of(document.date).isoformat()}-{code}" if document.date else code


def of_briefing(briefing: Briefing, path: str) -> str:
    """``/briefings/<slug>/``."""
    return f"/briefings/{slug_of(briefing, path)}/"


def of_note(note: Note, path: str) -> str:
    """``/notes/<slug>/``."""
    return f"/notes/{slug_of(note, path)}/"


def of_page(page: StandingPage, path: str) -> str:
    """``/<slug>/``; a file ``about-editorial.md`` is ``/about/editorial/``."""
    name = page.slug.strip("/") or path.removeprefix("content/").removeprefix("pages/").removesuffix(".md")
    parts = [part.lower() for part in name.split("/")]
    if parts[0].startswith("about-"):
        parts[:1] = ["about", parts[0].removeprefix("about-")]
    safe = [part if _SLUG.fullmatch(part) else hashlib.sha256(part.encode()).hexdigest()[:8] for part in parts]
    return "/" + "/".join(safe) + "/"


def of_alias(alias: str, folder: str) -> str:
    """An old address: a whole path, or a slug in the document's own folder; empty for an alias that is a name only.

    Never outside the site.
    """
    alias = alias.strip()
    if not alias.startswith("/") and not _ADDRESS.fullmatch(alias):
        return ""
    parts = [part for part in alias.strip().split("/") if part not in ("", ".", "..")]
    if not parts:
        return ""
    path = "/".join(parts)
    if not alias.startswith("/") and len(parts) == 1:
        path = f"{folder.strip('/')}/{path}"
    return "/" + path + ("" if re.search(r"\.[a-z0-9]{2,5}$", path) else "/")


def redirected(pages: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[tuple[str, str, str]]:
    """(old address, new address, title) for each alias that is an address. `pages` are (URL, title, aliases)."""
    for url, title, aliases in pages:
        folder = url.rstrip("/").rsplit("/", 1)[0]
        for alias in aliases:
            old = of_alias(alias, folder)
            if old and old != url:
                yield old, url, title


def collisions(claims: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
    """A problem for each URL that two files claim. `claims` are (URL, file)."""
    first: dict[str, str] = {}
    found = []
    for url, path in claims:
        # Case decides nothing on some disks, so it must not decide here.
        other = first.setdefault(url.casefold(), path)
        if other != path:
            what = f"the address {url} is already that of {other}"
            found.append(Problem(Place(path), "same-address", what, "give one of them another 'slug'"))
    return tuple(found)
