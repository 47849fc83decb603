"""How the first sentences of a text say whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from yoroku.bulletin import publishers
from yoroku.bulletin.outline import Block, Outline
from yoroku.bulletin.page_owner import Sign
from yoroku.bulletin.source_patterns import ACTING_EN, ACTING_JA, ACTING_KO, COMPANY, COMPANY_EN, SPOKEN


def company(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """株式会社○○は…: the company with which a text begins."""
    for block in blocks[:8]:
        for pattern in (COMPANY, COMPANY_EN, SPOKEN):
            match = pattern.search(block.text)
            if match:
                yield Sign(match.group("name").strip(), (block.span,), "本文の書き出し")


def provider(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """○○社が提供する…: whose product a notice is of."""
    for block in blocks[:6]:
        match = publishers.PROVIDES.match(block.text)
        if match:
            yield Sign(match.group("a"), (block.span,), "本文の書き出し")


def acting(outline: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """経済産業省は、…しました; CISA has added …: the body that acts in the first sentence."""
    opening = next((block for block in blocks if block.kind == "paragraph" and len(block.text) > 25), None)
    if opening is None:
        return
    pattern = {"ja": ACTING_JA, "ko": ACTING_KO}.get(outline.lang, ACTING_EN)
    match = pattern.match(opening.text)
    if match:
        yield Sign(match.group("name"), (opening.span,), "本文の書き出し")
