"""The few words that the renderer itself writes into a page, for each interface language."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_JA: Final = {
    "footnotes": "脚注",
    "back": "本文へ戻る",
    "done": "完了",
    "open": "未完了",
    "note": "メモ",
    "abstract": "要旨",
    "info": "情報",
    "todo": "作業",
    "tip": "ヒント",
    "success": "達成",
    "question": "疑問",
    "warning": "注意",
    "failure": "失敗",
    "danger": "危険",
    "bug": "不具合",
    "example": "例",
    "quote": "引用",
    "important": "重要",
    "caution": "警告",
}
_EN: Final = {
    **{kind: kind.capitalize() for kind in _JA},
    "back": "Back to the text",
}

WORDS: Final = MappingProxyType({"ja": MappingProxyType(_JA), "en": MappingProxyType(_EN)})


def word(key: str, *, lang: str) -> str:
    """The word in the language, in English where the language is not known. A missing key is our bug."""
    return WORDS.get(lang.partition("-")[0], WORDS["en"])[key]
