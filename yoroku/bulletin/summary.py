"""An extractive summary: at most three sentences of the bulletin, verbatim, in the order of the text.

Sentences gain by standing first, by sharing letter pairs with the rest (the middle of the matter), by deciding
something; they lose by repeating a sentence already chosen.
"""

from __future__ import annotations

import re
from collections import Counter

from yoroku import patterns
from yoroku.briefing.model import Decision, Sentence
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.facts_text import Passage, Piece, pieces

MOST = 3
_LOOKED_AT = 120
_CLOSED = lazy(r"[。.!?！？」』”\"]$")
_EMPTY = searched(
    r"おはようございます|こんにちは|よろしくお願い|ありがとうございま|お問い合わせ|問い?合わせ|電話|TEL|E-mail|http|"
    r"御?列席|ご列席|御参加|ご参加いただ|お忙しい中|御多忙|ご多忙|定刻|私からは以上|本日の会議を開|お答え(?:し|いたし|申し上げ)|通告に従い|静粛に|起立を(?:求め|願い)|採決(?:し|いたし)ます|を議題と|一般質問を行|ただいまから|ただ今から|これより.{0,12}(?:開会|開議)|開会(?:し|いた)|"
    r"閉会(?:し|いた)|散会|休憩(?:し|いた)|次の議題|御異議|ご異議|御発言|挙手|一言(?:御|ご)?(?:挨拶|あいさつ)|(?:御|ご)(?:挨拶|清聴)|"
    r"お(?:わび|詫び)申し上げ|御?迷惑をおかけ|お知らせ(?:いた)?します|^(?:※|＊|\*|注|\(注|（注)|^\(?(?:文責|撮影|写真)|担当[:：]|"
    r"^(?:大家好|谢谢|感谢)|祈念|願いまして|"
    r"^これは見本|架空の(?:もの|人物|団体|データ)|(?:fictitious|made up|invented) for|this is a sample|"
    r"以上です|次のとおり|下記のとおり|以下のとおり|"
    r"^(?:Good (?:morning|afternoon|evening)|Thank you|Hello)|For more information|Contact",
    re.IGNORECASE,
)


# 当社は、…を決議いたしましたので、お知らせいたします: the one sentence that says what.
_TELLS = lazy(r"(?:決議|決定|採択|締結|開始|実施|選定|認定|設立|設置|契約|合意)(?:いた|致)?しましたので")
_REMARK = lazy(r"^\s*(?:※|\*(?!\*)|注[:)\d]|\(注)")


def summary(
    title: str, passages: tuple[Passage, ...], decisions: tuple[Decision, ...], lang: str
) -> tuple[Sentence, ...]:
    """The sentences; empty when the text has none that ends like a sentence."""
    found = _sentences(passages, lang)
    if not found:
        return ()
    pairs = [_pairs(piece.folded) for piece in found]
    whole: Counter[str] = Counter()
    for one in pairs:
        whole.update(one)
    decided = {decision.text for decision in decisions}
    named = _pairs(title)
    scores = [
        _score(at, piece, pairs[at], whole, len(found), decided=piece.text in decided, named=named)
        for at, piece in enumerate(found)
    ]
    chosen: list[int] = [0] if scores[0] > 0 else []
    while len(chosen) < min(MOST, len(found)):
        rest = [at for at in range(len(found)) if at not in chosen and scores[at] > 0]
        best = max(
            rest,
            key=lambda at: (scores[at] - 1.2 * max((_overlap(pairs[at], pairs[o]) for o in chosen), default=0), -at),
            default=None,
        )
        if best is None or (chosen and max(_overlap(pairs[best], pairs[o]) for o in chosen) > 0.6):
            break
        chosen.append(best)
    return tuple(Sentence(found[at].text, found[at].lines) for at in sorted(chosen))


def _sentences(passages: tuple[Passage, ...], lang: str) -> list[Piece]:
    shortest, longest = (15, 260) if lang != "en" else (40, 600)
    found: list[Piece] = []
    for places in ({"paragraph"}, {"paragraph", "item", "turn"}):
        for passage in passages:
            # ※ and what goes on after it in the same paragraph is a remark on the text.
            if passage.place in places and not _REMARK.match(passage.folded):
                found += [
                    piece
                    for piece in _pieces(passage)
                    if shortest <= len(piece.text) <= longest
                    and _CLOSED.search(piece.text)
                    and not (_EMPTY.search(piece.folded) and not _TELLS.search(piece.folded))
                ]
            if len(found) >= _LOOKED_AT:
                break
        if found:
            break
    return found


# What stands before a first sentence and is no part of it: a speaker's label, an agency's place and day.
_BEFORE = lazy(
    r"^(?:[○◯●◎〇][^\s:：]{1,20}[\s:：]+|[^\s:：。「]{1,14}[:：](?=\S)|[A-Z][A-Z .'’-]{3,40}: |(?:QUESTION|Q|A): |"
    r"[A-Z][A-Za-z.,'’ ]{2,50} \([A-Z][A-Za-z. ]{1,24}\) ?[-–—] ?|[A-Z][A-Z., ]{3,30}, [A-Za-z. "
    r"]{3,10}\d{1,2}(?:, \d{4})? ?[-–—] ?|"
    r"【[^【】]{2,20}】|[（(][^（）()]{2,20}(?:=|＝)[^（）()]{2,12}[)）] ?(?:[가-힣]{2,4} 기자 = )?|"
    r"新华社[^（）]{2,14}电(?:（[^（）]{2,20}）)?)"
)


def _pieces(passage: Passage) -> list[Piece]:
    """The sentences that may be chosen. A turn's first keeps its speaker's label, or is left out."""
    if passage.place != "turn":
        return [_told(piece) for piece in pieces(passage)]
    found = list(pieces(passage))
    return found if _BEFORE.match(passage.folded) else found[1:]


def _told(piece: Piece) -> Piece:
    found = _BEFORE.match(piece.folded) if piece.start == 0 else None
    cut = found.end() if found else 0
    return Piece(piece.passage, piece.start + cut, piece.end) if cut and piece.end - piece.start > cut else piece


def _pairs(folded: str) -> frozenset[str]:
    letters = (
        patterns.sub(r"[\s、。「」()・\u3041-\u3096]", "", folded)
        if patterns.search(r"[\u3400-\u9fff]", folded)
        else folded.lower()
    )
    if letters.isascii():
        return frozenset(word for word in patterns.findall(r"[a-z]{4,}", letters))
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)


def _score(
    at: int,
    _piece: Piece,
    pairs: frozenset[str],
    whole: Counter[str],
    count: int,
    *,
    decided: bool,
    named: frozenset[str],
) -> float:
    if not pairs:
        return 0.0
    central = sum(min(whole[pair], 6) - 1 for pair in pairs) / (len(pairs) + 8)
    lead = 1.0 if at == 0 else 0.4 if at == 1 else 0.15 if at < max(4, count // 4) else 0.0
    return 0.2 + central * 0.5 + lead + (0.6 if decided else 0.0) + 0.8 * _overlap(pairs, named)
