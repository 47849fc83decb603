"""The place in a body that a note's `at` means: a heading, or a line of the bulletin."""

from __future__ import annotations

import re
from html import unescape

from yoroku.markdown import outline
from yoroku.site.values import Body

_LINE = re.compile(r"\^?[Ll]?(\d{1,7})(?:-\d{1,7})?\Z")
_LINES = re.compile(r' id="([^"]*)" data-lines="(\d+)(?:-(\d+))?"')


def place_of(body: Body, at: str) -> str:
    """The id of the heading or line that `at` means in a body; empty when it has none such."""
    line = _LINE.match(at.strip())
    if line:
        number = int(line[1])
        for found in _LINES.finditer(body.html):
            if int(found[2]) <= number <= int(found[3] or found[2]):
                return unescape(found[1])
        return f"L{number}" if f' id="L{number}"' in body.html else ""
    wanted = at.strip().lstrip("#").strip()
    for heading in body.headings:
        if outline.folded(heading.text) == outline.folded(wanted) or heading.anchor == outline.slug(wanted):
            return heading.anchor
    return wanted if wanted.startswith("^") and f' id="{wanted}"' in body.html else ""
