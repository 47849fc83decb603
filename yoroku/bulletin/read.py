"""Bytes to an outline: decode, fold, find the title, drop what is no text, part the documents, read."""

from __future__ import annotations

from collections.abc import Iterable

from yoroku.briefing.model import Dropped, Folded, Lines, Span
from yoroku.bulletin import blocks, boilerplate, decode, html, language, lines, parts, publishers, repeats, title
from yoroku.bulletin.lines import Look
from yoroku.bulletin.messages import reason
from yoroku.bulletin.outline import Block, Outline, Part


def read_bulletin(data: bytes, *, name: str, recurring: frozenset[str] = frozenset()) -> Outline:
    """The outline of a bulletin. `recurring`: compared lines (`lines.key`) known to recur across one host's bulletins.

    Raises `Problems` when the bytes are no text.
    """
    decoded = decode.decode(data, name=name)
    numbered = html.split(decoded.text) if html.is_html(decoded.text, name=name) else lines.split(decoded.text)
    looks = lines.looks(numbered)
    if not looks:
        raise decode.empty(name)
    folded = repeats.fold(looks)
    once = tuple(look for look in looks if look.number not in folded)
    dirt = boilerplate.find(once, recurring=recurring)
    found = title.find(looks, dirt.reasons, folded=frozenset(folded), first=once[dirt.first].number, page=dirt.page)
    outside = boilerplate.around(once, dirt, found.headline)
    reasons = {number: why for number, why in (dirt.reasons | outside).items() if number != found.headline}
    if found.headline is not None:
        folded.update(
            {number: found.headline for number in found.lines if number != found.headline and number not in reasons}
        )
        folded.pop(found.headline, None)
        reasons.update({look.number: "ページの題（サイト名つき）" for look in looks if look.number in found.echoes})
    folded, reasons = _settled(folded, reasons)
    kept = tuple(look for look in looks if look.number not in folded and look.number not in reasons)
    pieces = parts.find(kept, headline=found.headline)
    rules = {kept[at].number: "文書の区切り" for at in pieces.rules}
    made, documents = _documents(kept, pieces, found, filled=tuple(look.number for look in looks))
    made, reasons = tuple(block for block in made if block.span.first not in rules), reasons | rules
    lang = language.of(look.text for look in kept)
    return Outline(
        lines=numbered,
        blocks=made,
        parts=documents,
        title=found.text,
        title_lines=spans(found.lines),
        lang=lang,
        folded=_folded(folded),
        dropped=_dropped(reasons, lang),
        title_sure=found.sure,
        title_why=reason(found.why, lang),
        site=found.site,
        encoding=decoded.encoding,
        damaged=decoded.damaged,
    )


def _settled(folded: dict[int, int], reasons: dict[int, str]) -> tuple[dict[int, int], dict[int, str]]:
    """Each line's one fate: what repeats a dropped line is dropped for the same reason, and never counted twice."""
    settled, why = dict(folded), dict(reasons)
    for number, kept in folded.items():
        if kept in why and number not in why:
            why[number] = why[kept]
    return {number: kept for number, kept in settled.items() if number not in why and kept not in why}, why


def _documents(
    kept: tuple[Look, ...], pieces: parts.Pieces, found: title.Title, *, filled: tuple[int, ...]
) -> tuple[tuple[Block, ...], tuple[Part, ...]]:
    """The blocks, each with its document, and the documents. `filled`: numbers of all lines that are not blank."""
    matter: dict[int, int] = {}
    starts: list[tuple[int, int]] = []  # position of a document's first line, its index
    for at, piece in enumerate(pieces.pieces, 1):
        own = [place for place in (piece.title, piece.url) if place is not None]
        own = [place for place in own if place == piece.title or kept[place].text == piece.address]
        matter.update(dict.fromkeys(own, at))
        starts.append((min([*own, *piece.credits, piece.start]), at))
    headline = next((at for at, look in enumerate(kept) if look.number == found.headline), None)
    if headline is not None:
        matter.setdefault(headline, 0)
    pairs = {place: (name, url) for name, place, url in pieces.references}
    named = {name for name, _, _ in pieces.references if name is not None}
    body = tuple(look for at, look in enumerate(kept) if at not in matter and at not in pairs and at not in named)
    gone = {*pairs, *named}
    heads = frozenset(kept[at].number for place, _ in starts for at in range(place, min(place + 5, len(kept))))
    led = frozenset(kept[at - 1].number for at in gone if at and at - 1 not in gone)
    made = list(
        blocks.build(
            body, headline=found.headline, led=led, heads=heads, gone=frozenset(filled) - {look.number for look in body}
        )
    )
    for place, (name, url) in pairs.items():
        made.extend(_reference(kept, place, name, url))
    made.sort(key=lambda block: block.span)
    first_is_whole = (
        bool(pieces.pieces) and pieces.pieces[0].title is not None and pieces.pieces[0].title == headline
    ) or (bool(pieces.pieces) and pieces.pieces[0].title is None)
    belongs = {kept[place].number: index for place, index in starts}
    shift = 1 if first_is_whole else 0
    current = 0
    placed: list[Block] = []
    order = sorted(belongs, reverse=True)
    for block in made:
        while order and block.span.first >= order[-1]:
            current = belongs[order.pop()]
        part = max(0, current - shift)
        placed.append(block if part == 0 else _moved(block, part))
    documents = _parts(kept, pieces, matter, tuple(placed), found, shift=shift)
    return tuple(placed), documents


def _parts(
    kept: tuple[Look, ...],
    pieces: parts.Pieces,
    matter: dict[int, int],
    placed: tuple[Block, ...],
    found: title.Title,
    *,
    shift: int,
) -> tuple[Part, ...]:
    documents: list[Part] = []
    named: dict[int, list[int]] = {}
    for at, which in matter.items():
        named.setdefault(max(0, which - shift), []).append(kept[at].number)
    told: dict[int, list[Span]] = {}
    for block in placed:
        told.setdefault(block.part, []).append(block.span)
    for index in range(len(pieces.pieces) + 1 - shift):
        piece = pieces.pieces[index - 1 + shift] if index - 1 + shift >= 0 else None
        own, text = named.get(index, []), tuple(told.get(index, ()))
        if piece is None:
            documents.append(
                Part(title=found.text if found.headline is not None else "", lines=text, matter=spans(own))
            )
            continue
        words = kept[piece.title].text if piece.title is not None else ""
        credits = tuple(kept[at] for at in piece.credits)
        publisher = publishers.of_part(words, credits)
        whole = index == 0
        documents.append(
            Part(
                title=found.text if whole and found.headline is not None else words,
                url=piece.address,
                credit=credits[0].text if credits else "",
                publisher=publisher,
                lines=text,
                matter=spans(own),
            )
        )
    return tuple(documents)


def _reference(kept: tuple[Look, ...], place: int, name: int | None, url: str) -> tuple[Block, ...]:
    """A title with its address as one block, or as two when other lines stand between them."""
    line = kept[place]
    alone = ((line.text, url),) if line.text == url else ()
    if name is None:
        return (Block("reference", line.text, Span(line.number, line.number), links=alone),)
    first, words = kept[name].number, kept[name].text
    if line.number == first + 1:
        return (Block("reference", words, Span(first, line.number), links=((words, url),)),)
    return (
        Block("reference", words, Span(first, first), links=((words, url),)),
        Block("reference", line.text, Span(line.number, line.number), links=alone),
    )


def _moved(block: Block, part: int) -> Block:
    return Block(
        block.kind,
        block.text,
        block.span,
        block.level,
        block.marker,
        block.speaker,
        block.cells,
        part,
        block.quoted,
        block.links,
    )


def _folded(folded: dict[int, int]) -> tuple[Folded, ...]:
    repeats_of: dict[int, list[int]] = {}
    for number, kept in sorted(folded.items()):
        repeats_of.setdefault(kept, []).append(number)
    return tuple(Folded(spans([kept]), spans(numbers)) for kept, numbers in sorted(repeats_of.items()))


def _dropped(reasons: dict[int, str], lang: str) -> tuple[Dropped, ...]:
    by_reason: dict[str, list[int]] = {}
    for number, words in sorted(reasons.items()):
        by_reason.setdefault(words, []).append(number)
    return tuple(Dropped(spans(numbers), reason(words, lang)) for words, numbers in by_reason.items())


def spans(numbers: Iterable[int]) -> Lines:
    """Line numbers as spans, neighbours together."""
    found: list[Span] = []
    for number in sorted(set(numbers)):
        if found and found[-1].last == number - 1:
            found[-1] = Span(found[-1].first, number)
        else:
            found.append(Span(number, number))
    return tuple(found)
