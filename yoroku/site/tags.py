"""Tags: free labels that editors give to briefings and notes.

What differs in case or width only is one tag, and so are `open data` and `open-data`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from yoroku.site.values import Tag

INDEX = "/tags/"
_HYPHEN = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])")


def folded(tag: str) -> str:
    """What makes two tags the same."""
    return " ".join(_HYPHEN.sub(" ", unicodedata.normalize("NFKC", tag).casefold()).split())


def tag_url(tag: str) -> str:
    """The page of a tag: its own letters where they are ASCII, else a stable code."""
    bare = folded(tag)
    spelled = re.sub(r"[^a-z0-9]+", "-", bare).strip("-") if bare.isascii() else ""
    # Letters that say less than the tag ("C++" is not "C") are no address of it.
    if not spelled or len(spelled) > 60 or spelled != bare.replace(" ", "-"):
        spelled = "t-" + hashlib.sha256(bare.encode()).hexdigest()[:10]
    return f"{INDEX}{spelled}/"


def tags_of(
    briefings: Iterable[tuple[str, tuple[str, ...]]], notes: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[Tag, ...]:
    """Every tag with the keys of what bears it, in the order given. Both are (key, tags)."""
    names: dict[str, str] = {}
    borne: tuple[dict[str, dict[str, None]], dict[str, dict[str, None]]] = ({}, {})
    for found, documents in zip(borne, (briefings, notes), strict=True):
        for key, tags in documents:
            for tag in tags:
                if word := folded(tag):
                    names.setdefault(word, " ".join(tag.split()))
                    found.setdefault(word, {})[key] = None
    return tuple(
        Tag(names[word], tag_url(word), tuple(borne[0].get(word, ())), tuple(borne[1].get(word, ())))
        for word in sorted(names)
    )
