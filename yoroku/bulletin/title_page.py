"""The title line of a copied page: the headline, which another line repeats, and the site's name beside it."""

from __future__ import annotations

from yoroku.bulletin.lines import Look, key
from yoroku.bulletin.title_patterns import COLUMN, DAY_ONLY, NAMED, PAGE_EDGE, SEPARATED


def page_titles(looks: tuple[Look, ...]) -> dict[str, str]:
    """Headlines that a page's own title line names (key → what else stands there, the site's name)."""
    found: dict[str, str] = {}
    keys = {look.key for look in looks}
    for place, look in enumerate(looks):
        if look.size < 12 or not SEPARATED.search(look.text) or not PAGE_EDGE.search(look.text):
            continue
        parts = [part for part in PAGE_EDGE.split(look.text) if part.strip()]
        if not 2 <= len(parts) <= 6:
            continue
        best, site = "", ""
        # Far from the head only a line that begins with the headline is a page's title.
        for at in range(len(parts) if place < 3 else 1):
            for end in range(len(parts), at, -1):
                begin = look.text.find(parts[at])
                stop = look.text.find(parts[end - 1], begin) + len(parts[end - 1])
                words = look.text[begin:stop].strip()
                rest = [part for part in parts[:at] + parts[end:] if part.strip(" 】")]
                bare = rest and "：" in look.text[stop : stop + 1] and not NAMED.search(rest[-1].strip())
                bare = bare and key(rest[-1]) not in keys
                # … – March 14, 2024: a day is no site.
                bare = bare or all(DAY_ONLY.match(part.strip()) for part in rest)
                if not rest or bare or len(words) < 8 or key(words) not in keys or key(words) == look.key:
                    continue
                # The site's own name stands on the page too; the headline is the longer of the two.
                if len(words) > len(best):
                    best, site = words, site_of(rest)
        if best:
            found.setdefault(key(best), site)
    return found


def site_of(rest: list[str]) -> str:
    """The site that a page's title line names besides the headline: the first words that are no column's name."""
    named = [part.strip(" 】") for part in rest if not COLUMN.fullmatch(part.strip())]
    return (named or [rest[-1].strip(" 】")])[0]
