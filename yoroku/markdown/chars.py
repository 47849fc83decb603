"""Classes of characters that Japanese Markdown needs: CJK, wide, opening, closing.

The ranges are written out instead of asking `unicodedata` for the East Asian Width, for two reasons: emoji are
"wide" there but are no CJK text, and the answer would change with the version of Python.
"""

from __future__ import annotations

import unicodedata

from yoroku.patterns import late

_HANGUL = "\u1100-\u11ff\u3131-\u318e\u3200-\u321e\u3260-\u327f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
# CJK without Hangul: radicals, punctuation, kana, bopomofo, ideographs, Yi, vertical, small and full-width forms,
# half-width kana, Tangut, Nushu, and the ideographic planes.
_WIDE = (
    "\u2329\u232a\u2e80-\u303e\u3040-\u3130\u318f-\u31ff\u321f-\u325f\u3280-\ua4cf\uf900-\ufaff\ufe10-\ufe1f"
    "\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffee\U00016fe0-\U00018d8f\U0001aff0-\U0001b2ff\U0001f200-\U0001f2ff"
    "\U00020000-\U0003fffd"
)

CJK = late(f"[{_WIDE}{_HANGUL}]")
WIDE = late(f"[{_WIDE}]")
# A break that a plain run of text can drop without asking anything else.
WIDE_BREAK = late(f"(?<=[{_WIDE}]) ?\n[ \t]*(?=[{_WIDE}])")

VARIATION_SELECTORS = late("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# What belongs to the character before it: sound marks written apart, and variation selectors.
COMBINING = "\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"

# Marks that end a clause; no line and no emphasis begins with one (JIS X 4051, 行頭禁則).
STOPS = frozenset("、。，．：；！？｡､‼⁇⁈⁉")

ZERO_WIDTH_SPACE = "\u200b"


def opens(char: str) -> bool:
    """Whether the character is an opening bracket or quotation mark."""
    return unicodedata.category(char) in ("Ps", "Pi")


def closes(char: str) -> bool:
    """Whether the character is a closing bracket or quotation mark."""
    return unicodedata.category(char) in ("Pe", "Pf")


def ambiguous(char: str) -> bool:
    """Punctuation or a symbol that Japanese fonts draw wide: “ ” … ※ ○, and emoji."""
    return unicodedata.category(char)[0] in "PS" and unicodedata.east_asian_width(char) in "AW"


def break_vanishes(before: str, after: str, *, lang: str) -> bool:
    """Whether a line break between two characters is dropped rather than shown as a space.

    CSS Text 3, segment break transformation: between wide characters, Hangul excluded; and, where the writing
    system is Chinese, Japanese or Yi, also between a wide character and ambiguous punctuation or symbols.
    Two emoji keep the break: they are no CJK text. Empty strings stand for the edge of the block.
    """
    if not before or not after:
        return False
    if ZERO_WIDTH_SPACE in (before, after):
        return True
    left, right = WIDE.match(before) is not None, WIDE.match(after) is not None
    if left and right:
        return True
    if not (left or right) or lang.partition("-")[0] not in ("ja", "zh", "ii"):
        return False
    return ambiguous(after if left else before)
