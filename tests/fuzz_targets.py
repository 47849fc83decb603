"""What must hold for any bytes at all: the targets of bench/fuzz.py, and of the cases that it found."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from yoroku.briefing.authority import read_authority
from yoroku.briefing.file import TOKYO, dump, dump_note, load, load_note, load_page
from yoroku.bulletin.decode import decode
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.importer import import_bulletin
from yoroku.config import read_settings
from yoroku.markdown import render
from yoroku.problems import Problems
from yoroku.site.resolver import Destination, SiteResolver

_GAZETTEER = Gazetteer.built_in()
_RESOLVER = SiteResolver({"x": Destination("/notes/x/", "x")}, exists=lambda url: url in ("/notes/x/", "/media/x.png"))
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_VOID = frozenset({"img", "br", "hr", "input", "wbr", "col"})


class _Sound(HTMLParser):
    """Fails at anything that could run, and at an element that is closed but was not opened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "iframe", "object", "embed", "style", "base", "svg", "math", "form"), tag
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            found = _SCHEME.match(re.sub(r"[\x00-\x1f]", "", value or "")) if name in ("href", "src") else None
            assert found is None or found[1].lower() in ("http", "https", "mailto"), (tag, name, value)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"


def markdown(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    found = render(text, path="x.md", resolve=_RESOLVER)
    assert render(text, path="x.md", resolve=_RESOLVER) == found
    page = _Sound()
    page.feed(found.html)
    page.close()
    assert page.open == []
    anchors = [heading.anchor for heading in found.headings]
    assert len(anchors) == len(set(anchors))


def front_matter(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for read in (_briefing, _note, _page, read_settings, _authority):
        try:
            read(text)
        except Problems:
            continue


def _briefing(text: str) -> None:
    found = load(text, path="x.md", zone=TOKYO)
    assert load(dump(found), path="x.md", zone=TOKYO) == found


def _note(text: str) -> None:
    found = load_note(text, path="x.md", zone=TOKYO)
    assert load_note(dump_note(found), path="x.md", zone=TOKYO) == found


def _page(text: str) -> None:
    load_page(text, path="x.md", zone=TOKYO)


def _authority(text: str) -> None:
    for name in ("people", "organisations", "places", "hosts"):
        read_authority([(f"content/entities/{name}.yaml", text)])


def decoding(data: bytes) -> None:
    try:
        found = decode(data, name="x.txt")
    except Problems:
        return
    found.text.encode("utf-8")


def importing(data: bytes) -> None:
    try:
        briefing = import_bulletin(data, name="x.txt", gazetteer=_GAZETTEER).briefing
    except Problems:
        return
    text = dump(briefing)
    assert dump(load(text, path="x.md", zone=TOKYO)) == text
    markdown(briefing.body.encode())


TARGETS: dict[str, Callable[[bytes], None]] = {
    "decode": decoding,
    "front-matter": front_matter,
    "markdown": markdown,
    "import": importing,
}
