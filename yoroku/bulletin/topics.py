"""Topics of the site's controlled list that the text calls for, then its own keywords: quoted terms and compounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from yoroku.briefing.model import Lines, Mention
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.facts_text import Passage, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN
from yoroku.bulletin.statements import quotations

_KEYWORDS = 5
_COMPOUND = searched(
    rf"[{HAN}]{{4,10}}|[ァ-ヴー]{{5,16}}|[{HAN}]{{2,6}}[ァ-ヴー]{{3,10}}|[A-Z]{{2,6}}-?\d{{0,5}}(?![a-z])"
)
_CUT = lazy(r"[しきりえげせてべめれいっみぎじちにびすくるえ](?![、。])")
# What every text of a kind has: a form, not a matter; and figures.
_NO_TOPIC = lazy(
    r"^\d|^[\d.,+-]+$|(?:会談|会議|会見|会合|大臣|首相|長官|委員会|資料|概要|一部訂正|議事録|発表|確認|開始|開催|実施|決定|一致|合意|検討|議論|見直し|"
    r"お知らせ|について|関係者|担当者|予定|対象|以上|以下|前年同期|前年度|今年度|昨年|本年|午前|午後|現地時間|日本時間)$|^(?:第|全|各|約|同|両|当|本|前|次)"
)
_SENTENCE = lazy(r"[。、！？]|(?:です|ます|した|する|ない|だ)$")


def topics(
    title: str, passages: tuple[Passage, ...], taken: frozenset[str], gazetteer: Gazetteer, lang: str
) -> tuple[Mention, ...]:
    """The topics. `taken` are names of people, organisations and places, which are no keywords."""
    kept = tuple(passage for passage in passages if passage.place not in {"dropped", "reference"})
    found = [mention for name, words in gazetteer.topics if (mention := _listed(name, words, kept))]
    if lang == "ja":
        used = {form for mention in found for form in (mention.name, *mention.as_written)}
        found += _keywords(title, kept, taken | used)
    return tuple(found)


def _listed(name: str, words: tuple[str, ...], passages: tuple[Passage, ...]) -> Mention | None:
    forms: list[str] = []
    lines: list[Lines] = []
    for passage in passages:
        here = [word for word in (name, *words) if word in passage.text and _whole_word(word, passage.text)]
        if here:
            forms += here
            lines.append(passage.lines)
    return Mention(name, tuple(dict.fromkeys(forms)), spans(*lines)) if forms else None


def _whole_word(word: str, text: str) -> bool:
    return not word.isascii() or bool(re.search(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", text))


def _parts(term: str) -> Iterator[str]:
    """Every run of letters in a keyword, which is never long."""
    return (term[at:end] for at in range(len(term) + 1) for end in range(at, len(term) + 1))


def _keywords(title: str, passages: tuple[Passage, ...], taken: frozenset[str]) -> list[Mention]:
    where: dict[str, list[Lines]] = {}
    points: Counter[str] = Counter()
    for passage in passages:
        if passage.place == "row":
            continue
        for start, end in quotations(passage.folded):
            term = passage.text[start:end]
            if 2 <= len(term) <= 15 and not _SENTENCE.search(term):
                points[term] += 2
                where.setdefault(term, []).append(passage.lines)
        for found in _COMPOUND.finditer(passage.text) if passage.place != "title" else ():
            # 備蓄運用見直 of 見直し is half a word.
            if not _CUT.match(passage.text, found.end()):
                points[found.group()] += 1
                where.setdefault(found.group(), []).append(passage.lines)
    ranked = sorted(
        (term for term in points if points[term] >= (3 if term in title else 4) and not _NO_TOPIC.search(term)),
        key=lambda term: (-points[term], -len(term), term),
    )
    chosen: list[str] = []
    names = "\0".join(sorted(taken))
    for term in ranked:
        if term in names or any(part in taken for part in _parts(term)):
            continue
        if any(term in name or name in term for name in chosen):
            continue
        chosen.append(term)
        if len(chosen) == _KEYWORDS:
            break
    return [Mention(term, (term,), spans(*where[term])) for term in chosen]
