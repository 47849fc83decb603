"""What a bulletin corrects or follows: 訂正 names the release it corrects, 第2報 the report before it."""

from __future__ import annotations

import re

from yoroku.briefing.model import Reference, Span
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.outline import Outline

CORRECTING = lazy(
    r"訂正|正誤|お詫び|おわび|取り消し|取消し|差し?替え|修正|更正|correct(?:ion|ed)|erratum|更正|정정", re.I
)
NAMED = lazy(r"[「『“\"](?P<title>[^「」『』“”\"]{6,80})[」』”\"]")
SERIAL = lazy(r"第\s?(?P<number>[\d０-９一二三四五六七八九十]{1,3})\s?(?P<unit>報)")
HEAD = 6  # blocks from the head in which the corrected release is named
KANJI = {char: value for value, char in enumerate("〇一二三四五六七八九十")}


def find(outline: Outline) -> tuple[Reference, ...]:
    """The releases that this one corrects or continues, named as the bulletin names them."""
    title = outline.title
    lines = outline.title_lines[:1]
    if CORRECTING.search(title):
        named = NAMED.search(title)
        if named:
            return (Reference(url="", title=named.group("title"), lines=lines),)
        for block in outline.blocks[:HEAD]:
            named = NAMED.search(block.text)
            if named and CORRECTING.search(block.text):
                return (Reference(url="", title=named.group("title"), lines=(block.span,)),)
        return (Reference(url="", title=title, lines=lines),)
    serial = SERIAL.search(title) or next(
        (SERIAL.search(b.text) for b in outline.blocks[:3] if len(b.text) < 40 and SERIAL.search(b.text)), None
    )
    if serial is None or _value(serial.group("number")) < 2:
        return ()
    first = lines or (Span(outline.blocks[0].span.first, outline.blocks[0].span.first),)
    # The report before has the same name without its number: the number itself is this report's own.
    stem = title[: title.find(serial.group())].rstrip("（( 　") if serial.group() in title else ""
    return (Reference(url="", title=stem or title, lines=first),)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    if len(number) == 1:
        return KANJI.get(number, 0)
    tens, _, ones = number.partition("十")
    return KANJI.get(tens, 1) * 10 + (KANJI.get(ones, 0) if ones else 0)
