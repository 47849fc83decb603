"""Tags and languages: texts that people write in more ways than one."""

from __future__ import annotations

import re

from yoroku.fields import Reading, Text, Texts
from yoroku.patterns import late
from yoroku.records import dataclass
from yoroku.yaml_nodes import Items, Node, Scalar

_COMMAS = late(r"[,、，]")
_WIDE_COMMA = late(r"[、，]|^[［【]")
_LANGUAGE = late(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# What people write for a language's code, countries among it.
_MEANT = {"jp": "ja", "日本語": "ja", "japanese": "ja", "英語": "en", "english": "en", "us": "en", "uk": "en"}
_MEANT |= {"kr": "ko", "韓国語": "ko", "cn": "zh", "中国語": "zh", "tw": "zh-TW"}


@dataclass(frozen=True, slots=True)
class Tags(Texts):
    """Free labels. `甲, 乙` without brackets is two of them; wide commas inside brackets are told."""

    def read(self, node: Node, key: str, reading: Reading) -> tuple[str, ...] | None:
        """The tags in order."""
        if isinstance(node, Scalar) and node.plain and not node.empty and not node.text.startswith("［"):
            return tuple(tag for part in _COMMAS.split(node.text) if (tag := part.strip()))
        for item in node.items if isinstance(node, Items) else (node,):
            if isinstance(item, Scalar) and item.plain and (found := _WIDE_COMMA.search(item.text)):
                parts = ", ".join(part.strip("［］【】 ") for part in re.split("[、，]", item.text))
                what = f"'{item.text}' in '{key}' has the wide mark '{found[0]}'"
                fix = f"write [{parts}] in ASCII, or put it in quotes if it is one tag"
                reading.problem(item, "wide-comma", what, fix)
        return Texts.read(self, node, key, reading)


@dataclass(frozen=True, slots=True)
class Language(Text):
    """A language's code, such as `ja` or `zh-TW`."""

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        """The code."""
        text = Text.read(self, node, key, reading)
        if text is None or (_LANGUAGE.fullmatch(text) and text.lower() not in _MEANT):
            return text
        near = _MEANT.get(text.lower(), "")
        fix = f"did you mean '{near}'?" if near else "write a code such as ja or en"
        reading.problem(node, "wrong-language", f"{key} '{text}' is not the code of a language", fix)
        return None
