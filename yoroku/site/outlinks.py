"""The links that a text holds, as they are written, each with the words around it.

They are taken from a document when it is read, so that the pages it leads to know of a link without its whole text,
and an edit that leaves the links and the words around them alone changes nothing elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoroku.records import dataclass

CONTEXT = 120

_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_BLOCKS = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")
_LINK = re.compile(
    r"!?\[\[(?P<target>[^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|(?P<label>[^\[\]\n]*))?\]\]"
    r"|!?\[(?P<words>[^\[\]]*)\]\((?P<href><[^<>\n]+>|[^()\s]+)[^()\n]*\)"
)
# What a link, an embed or the definition of a reference leads to, as it is written.
_NAMED = re.compile(
    r"\[\[([^\[\]\n|#]+)"
    r"|\]\(\s*<([^<>\n]+)>"
    r"|\]\(\s*((?:[^\s()<>]|\([^\s()]*\))+)"
    r"|^[ >]*\[[^\[\]\n]+\]:\s*<?([^\s<>]+)",
    re.MULTILINE,
)
_FILE = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
_AFTER = re.compile(r"[?#]")
# Addresses of other sites, and places on the same page.
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_MARK = re.compile(r" \^(?:L\d+(?:-\d+)?|[A-Za-z0-9-]+)$", re.MULTILINE)
_LEADING = re.compile(
    r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d+[.)][ \t]+)?(?:\[![^\]]*\][-+]?[ \t]*)?", re.MULTILINE
)
_RUBY = re.compile(r"\{([^{}|]+)(?:\|[^{}]*)\}")
_EMPHASIS = re.compile(r"\*{1,3}|~~")


@dataclass(frozen=True, slots=True)
class Outlink:
    """A link to another page of the site. `named` says that `written` is a page's name, not an address."""

    written: str
    named: bool
    context: str


def outlinks(body: str) -> tuple[Outlink, ...]:
    """The links of a Markdown body that may lead to another page of the site, in order."""
    return tuple(dict.fromkeys(_links(body))) if "[[" in body or "](" in body else ()


def files_named(text: str) -> tuple[str, ...]:
    """What a Markdown text calls files that it may show or link to, each once; addresses of other sites are not."""
    if "[[" not in text and "](" not in text and "]:" not in text:
        return ()
    written = (next(filter(None, found.groups())).strip() for found in _NAMED.finditer(text))
    files = (_AFTER.split(word, maxsplit=1)[0].rstrip("\\") for word in written if "://" not in word)
    return tuple(dict.fromkeys(file for file in files if _FILE.search(file)))


def _links(body: str) -> Iterator[Outlink]:
    for block in _BLOCKS.split(_CODE.sub("", body) if "`" in body or "~~~" in body else body):
        if "[[" not in block and "](" not in block:
            continue
        for link in _LINK.finditer(block):
            if link["target"]:
                yield Outlink(link["target"].strip(), True, _around(block, link))
            elif not _ELSEWHERE.match(href := link["href"].strip("<>")):
                yield Outlink(href, False, _around(block, link))


def _around(block: str, link: re.Match[str]) -> str:
    """The block as a reader sees it, cut to the words near the link."""
    before, _, after = _plain(f"{block[: link.start()]}\0{block[link.end() :]}").partition("\0")
    if not link["label"] and link["target"] and not (before + after).strip():
        return ""  # the name of a file alone tells nobody anything
    words = _shown(link)
    room = max(0, CONTEXT - len(words)) // 2
    start = before if len(before) <= room else "…" + before[-room:].lstrip()
    end = after if len(after) <= room else after[:room].rstrip() + "…"
    return " ".join((start + words + end).split())


def _plain(text: str) -> str:
    text = _LEADING.sub("", _MARK.sub("", _LINK.sub(_shown, text)))
    return _EMPHASIS.sub("", _RUBY.sub(r"\1", text))


def _shown(link: re.Match[str]) -> str:
    return link["label"] or link["target"] or link["words"] or ""
