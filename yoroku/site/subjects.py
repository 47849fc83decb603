"""Which briefing a note's `on` means: a path, a slug, an address, or a title that only one briefing has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from yoroku.briefing.model import Briefing
from yoroku.site import permalinks

_ADDRESS = re.compile(r"(?:https?://[^/]+)?(?:/[^/]+)*?/briefings/([a-z0-9_-]+)/(?:[#?].*|index\.html)?")


def subject_word(on: str) -> str:
    """What `on` names, however it is written: without the site's address, the way to the file, and its ending."""
    address = _ADDRESS.fullmatch(on.strip())
    if address:
        return address[1]
    path = on.strip().removesuffix(".md").strip("/")
    while path.startswith(("../", "./")):
        path = path.partition("/")[2]
    return path.removeprefix("content/")


def subjects(briefings: Mapping[str, Briefing]) -> dict[str, str]:
    """Every word that means a briefing, with its key. `briefings` are those that are shown, by key."""
    found: dict[str, str] = {}
    titles = Counter(briefing.title for briefing in briefings.values())
    for key, briefing in briefings.items():
        path = key.removeprefix("content/").removesuffix(".md")
        for word in (path, path.removeprefix("briefings/"), permalinks.slug_of(briefing, key)):
            found.setdefault(word, key)
    stems = Counter(key.rsplit("/", 1)[-1] for key in briefings)
    for key, briefing in briefings.items():
        name = key.rsplit("/", 1)[-1]
        if stems[name] == 1:
            found.setdefault(name.removesuffix(".md"), key)
        if titles[briefing.title] == 1:
            found.setdefault(subject_word(briefing.title), key)
    return found
