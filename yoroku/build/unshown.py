"""Pictures and other files that only withheld texts show: they are withheld with them.

A file that no text names is published, since a template or a page elsewhere may lead to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from yoroku.build.memory import Read
from yoroku.site.pictures import Picture, Pictures

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def unshown(reads: Mapping[str, Read], shown: Collection[str], media: Iterable[Picture]) -> tuple[str, ...]:
    """The paths of media that texts name where nobody may read it, and nowhere else. `shown` are open documents."""
    closed = [(path, word) for path, read in reads.items() for word in _closed(read, path in shown)]
    if not closed:
        return ()
    pictures = Pictures(media)
    held = {path for document, word in closed for path in _meant(pictures, document, word)}
    if held:
        told = ((path, word) for path, read in reads.items() if path in shown for word in read.told)
        held.difference_update(path for document, word in told for path in _meant(pictures, document, word))
    return tuple(sorted(held))


def _closed(read: Read, shown: bool) -> tuple[str, ...]:
    return read.untold if shown else (*read.untold, *read.told)


def _meant(pictures: Pictures, document: str, word: str) -> Iterator[str]:
    for written in dict.fromkeys((word, _ESCAPED.sub(r"\1", unescape(word)))):
        found = pictures.by_url.get(unquote(written)) or pictures.named(document, written)
        if found is not None:
            yield found.path
