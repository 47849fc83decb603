"""What the importer says to an editor, in the language of the bulletin: Japanese for Japanese, else English."""

from __future__ import annotations

from functools import cache
from pathlib import Path

# key → (Japanese, English)
MESSAGES: dict[str, tuple[str, str]] = {
    "no-title": ("題名が見つからず、本文から取った", "No title was found; the words are taken from the text"),
    "unsure-title": ("題名を示す手がかりが一つしかない", "Only one sign speaks for this title"),
    "no-publisher": ("発行者が分からない", "The publisher is not named"),
    "publisher-differs": ("発行者を示す手がかりが一致しない", "The signs for the publisher disagree"),
    "damaged": ("読めない文字があり「\ufffd」に置き換えた", "Some characters could not be read and stand as “\ufffd”"),
    "guessed-encoding": ("文字コードを文面から推定した", "The encoding was worked out from the text"),
    "no-text": ("題名のほかに本文がない", "There is no text besides the title"),
    "corrects": ("訂正・続報の対象を確かめてください", "Check what this corrects or follows"),
}


def say(message: str, lang: str) -> str:
    """A message in the bulletin's language."""
    japanese, english = MESSAGES[message]
    return japanese if lang == "ja" else english


@cache
def _reasons() -> dict[str, str]:
    rows = (Path(__file__).parent / "data" / "reasons.tsv").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows if not row.startswith("#"))


def reason(words: str, lang: str) -> str:
    """Why a line was dropped or a value found, in the bulletin's language; several reasons are joined by 、."""
    if lang == "ja":
        return words
    known = _reasons()
    return known.get(words) or ", ".join(known.get(part, part) for part in words.split("、"))
