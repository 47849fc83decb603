"""How strongly a source's verb binds, from 4 (settled by document or vote) to 1 (a stance); shown by fill and border.

A picture of the word, not a judgement: the word itself is always the source's own.
"""

from __future__ import annotations

_STRENGTHS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (4, ("署名", "調印", "締結", "発効", "決定", "可決", "採択", "成立", "議決", "制定", "批准", "承認", "発令")),
    (4, ("signed", "adopted", "decided", "approved", "enacted", "ratified", "concluded")),
    (3, ("合意", "一致", "約束", "agreed", "concurred")),
    (1, ("歓迎", "表明", "期待", "支持", "要請", "提案", "評価", "懸念", "非難", "強調", "説明")),
    (1, ("welcomed", "stated", "expressed", "supported", "proposed", "called", "urged")),
)
CONFIRMED = 2


def strength(verb: str) -> int:
    """The strength of a verb; of one that the table does not have, that of 確認."""
    word = verb.casefold()
    for level, stems in _STRENGTHS:
        if any(stem in word for stem in stems):
            return level
    return CONFIRMED
