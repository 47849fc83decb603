"""How names are written: what in a run of kanji and katakana before an office is a name, and what is not."""

from __future__ import annotations

from functools import lru_cache

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.records import dataclass

HAN = "\u3400-\u9fff々〆ヶヵ髙﨑ケノ之"
_KANA_WORD = r"[ァ-ヴ][ァ-ヴー]*"
RUN = lazy(r"[\u3400-\u9fff\uf900-\ufaff々〆ヶヵァ-ヴー・=A-Z]+")
FOREIGN = lazy(rf"(?P<name>{_KANA_WORD}(?:[・=-]{_KANA_WORD}|[・ ]?[A-Z](?:\.|・)[・ ]?{_KANA_WORD})*)(?P<rest>.*)$")
_STATE = lazy(
    r"(?:人民|民主|連邦|社会主義|イスラム|首長国)*(?:共和国|王国|連邦|首長国|公国|合衆国|連合|"
    r"国(?![防務家土会連際境民立])|州|市|県|大学)"
)
_TAIL_NOT_NAME = frozenset(
    "的性者長部課会省庁局国側用中内前後新等各系型式化員官職級社店署党県市町村区都府道団班隊院所校室"
)
_STATES = frozenset("日米英仏独伊露ロ中韓豪印加")
_MAYOR = lazy(rf"(?=([{HAN}]{{1,5}}[市町村区])(?:長|議))")
_OTHERWISE = lazy(r"[市町村区](?!長|議(?!会))")
# A・ブレナー会長
_INITIAL = lazy(r"(?:[A-Z]・)+(?=[ァ-ヴ])")
_MIXED = lazy(r"[ァ-ヴ]{2}")
MAYORS = frozenset(
    {"市長", "副市長", "市議", "町長", "副町長", "村長", "副村長", "区長", "副区長", "町議", "村議", "区議"}
)
_BODY_BETWEEN = lazy(r"(?:機構|研究所|大学|協会|連盟|組合|病院|会社|銀行|事務所|河川|機関|財団|センター)")
_HEAD_NOT_NAME = frozenset("両各同全諸元前旧次当第新現毎某副正総")


@lru_cache(maxsize=4096)
def runs(folded: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, word) of every run of kanji, katakana and capitals: what a name or a compound can be made of."""
    return tuple((found.start(), found.end(), found.group()) for found in RUN.finditer(folded))


_KANA_HEAD = lazy(r"(?:^|[\s、。「」(（・=＝])(?P<n>[ぁ-ん]{2,5})$")
_NO_KANA_HEAD = frozenset(
    str.split(
        "では また なお この その あの どの から まで より など には とは へは のは "
        "ただし さらに いずれも および ならびに かつ ほか"
    )
)


def kana_head(folded: str, start: int) -> int:
    """Where a name begins whose first letters are hiragana: みどり県葉山台市; `start` itself when they are none."""
    found = _KANA_HEAD.search(folded, max(0, start - 6), start)
    return found.start("n") if found and found["n"] not in _NO_KANA_HEAD else start


@dataclass(frozen=True, slots=True)
class Split:
    """A name and what stood between it and the office. `sure` when the surname is known or the name is foreign."""

    name: str
    between: str
    sure: bool


def split_name(head: str, anchor: str, gazetteer: Gazetteer) -> Split | None:
    """The name at the start of `head`, the run that stands before the office `anchor`; None when there is none."""
    if not head:
        return None
    if "ァ" <= head[0] <= "ヴ":
        return _foreign(head, gazetteer)
    initial = _INITIAL.match(head)
    if initial and (found := _foreign(head[initial.end() :], gazetteer)):
        return Split(head[: initial.end()] + found.name, found.between, True)
    if head[0] in _STATES and len(head) > 2 and "ァ" <= head[1] <= "ヴ" and (found := _foreign(head[1:], gazetteer)):
        # 米オースティン国防長官, but not 日サルビナ防衛相会談.
        return None if head[0] == "日" else found
    return _native(head, anchor, gazetteer)


def _foreign(head: str, gazetteer: Gazetteer) -> Split | None:
    """エマニュエル・マクロン・フランス共和国 → マクロン and the country; オースティン米国防 → オースティン."""
    found = FOREIGN.match(head)
    if not found:
        return None
    parts = patterns.split(r"[・=]", found["name"])
    rest = found["rest"]
    between = rest
    if rest and (_STATE.match(rest) or rest.startswith(("新聞", "大学"))):
        between = parts.pop() + rest
    else:
        last = gazetteer.find(parts[-1])
        if last is not None and last.kind in {"country", "city", "region"}:
            between = parts.pop() + rest
    while parts and parts[-1] in gazetteer.words["not-foreign"]:
        between = parts.pop() + between
    if not parts or parts[0] in gazetteer.words["not-foreign"]:
        return None
    name = "・".join(parts)
    if len(name) < 2 or (
        len(parts) == 1 and (_is_word(name, gazetteer) or name in gazetteer.words.get("place-here", ()))
    ):
        return None
    return Split(head[: len(name)], between.lstrip("・"), True)


def _is_word(name: str, gazetteer: Gazetteer) -> bool:
    entry = gazetteer.find(name)
    return name in gazetteer.words["not-foreign"] or (
        entry is not None and entry.kind in {"country", "city", "region", "organisation"}
    )


def _native(head: str, anchor: str, gazetteer: Gazetteer) -> Split | None:
    surnames = gazetteer.words["surname-ja"]
    cut = office_start(head, gazetteer)
    name, between = head[:cut], head[cut:]
    if not name:
        # 林外務 → everything was an office's words; a surname may hide in it (東, 中, 北 are both).
        return None
    place = _place_start(name, anchor, gazetteer) if not between else None
    if place is not None:
        name, between = name[:place], name[place:]
        if not name:
            return None
    if name[0] in _HEAD_NOT_NAME and not surname_of(name, surnames):
        return None
    if name in gazetteer.words["notname"] or len(name) > 6 or "・" in name or patterns.search(r"[A-Z=]", name):
        return None
    entry = gazetteer.find(name)
    if entry is not None and entry.kind != "city":
        return None
    surname = surname_of(name, surnames)
    if surname and len(name) - len(surname) <= 3:
        return Split(name, between, True)
    if anchor in {"大臣", "副大臣", "相"} and 2 <= len(surname) <= 3 and not between:
        # 柏葉資源循環大臣: a portfolio that no list has.
        return Split(surname, name[len(surname) :], True)
    if between and (_BODY_BETWEEN.search(between) or name[-1] in "川山島港橋"):
        return None
    if _MIXED.search(name) or not 2 <= len(name) <= 5 or name[-1] in _TAIL_NOT_NAME or _made_of(name, gazetteer):
        return None
    return Split(name, between, False)


def surname_of(name: str, surnames: frozenset[str]) -> str:
    """The longest known surname that `name` begins with, or an empty string."""
    return next((name[:size] for size in (4, 3, 2, 1) if name[:size] in surnames and len(name) >= size), "")


def _made_of(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a would-be name is two ordinary words: 教育委員, 運営担当."""
    words = gazetteer.words["notname"], gazetteer.words["portfolio"]
    return any(
        any(name[:at] in known for known in words) and any(name[at:] in known for known in words)
        for at in range(1, len(name))
    )


def office_start(head: str, gazetteer: Gazetteer) -> int:
    """Where the words that belong to the office begin, read from the right: 新庄｜経済再建担当."""
    words = gazetteer.words["portfolio"]
    longest = 8
    cut = len(head)
    surnames = gazetteer.words["surname-ja"]
    while cut > 0:
        for size in range(min(longest, cut), 0, -1):
            word = head[cut - size : cut]
            if word in words and not (size == 1 and 1 < cut <= 5 and _eats_name(head[:cut], surnames)):
                if size == 1 and cut == 1 and word in surnames:
                    return cut
                cut -= size
                break
            if (
                size > 1
                and (place := gazetteer.find(word)) is not None
                and place.kind in _OFFICE_OF
                and (size > 2 or cut > 5 or not _eats_name(head[:cut], surnames))
            ):
                cut -= size
                break
        else:
            if cut and head[cut - 1] == "・" and cut < len(head):
                cut -= 1
                continue
            return cut
    return cut


_OFFICE_OF = frozenset({"country", "prefecture", "organisation", "region", "news"})


def _eats_name(head: str, surnames: frozenset[str]) -> bool:
    """Whether the last letter of `head` belongs to a name (中 in 田中, 部 in 服部, 国 in 三国)."""
    return (len(head) in {2, 3} and head in surnames) or (
        2 <= len(head) <= 5
        and bool(surname_of(head, surnames))
        and surname_of(head, surnames) != head[:-1]
        and len(head) > 2
    )


def places_here(text: str) -> frozenset[str]:
    """The towns that a text names otherwise than in 「○○町長」: 音羽根町 is one, so 音羽根町長 is no Mr 音羽根."""
    stems = {found[1] for found in _MAYOR.finditer(text)}
    if not stems:
        return frozenset()
    ends = (found.end() for found in _OTHERWISE.finditer(text))
    return frozenset(word for end in ends for size in range(2, 7) if (word := text[max(0, end - size) : end]) in stems)


_PORTFOLIO = lazy(rf"([{HAN}]{{2,12}}?)(?:副大臣|大臣)")
_STATE_HERE = lazy(
    r"(?<![ァ-ヴー・])([ァ-ヴー]{2,})(?=の首都|(?:人民|民主)?共和国|王国|外務省|国防省|大使館|"
    r"の[ァ-ヴ][ァ-ヴー]*・[ァ-ヴー・]+(?:大統領|首相|外相|国防相|国王|外務大臣|国防大臣))"
)
_CALLED_SO = lazy(rf"(?<![{HAN}ァ-ヴー])([{HAN}]{{2,3}})氏")


def ministries_here(text: str) -> frozenset[str]:
    """Portfolios that no list has, of ministries that the text names: 対外関係 of 志賀孝一対外関係大臣."""
    found: set[str] = set()
    for words in {match[1] for match in _PORTFOLIO.finditer(text)} if "大臣" in text else ():
        found.update(
            next(((words[at:],) for at in range(len(words) - 1) if f"{words[at:]}省" in text), ())  # the longest
        )
    return frozenset(found)


def states_here(text: str) -> frozenset[str]:
    """Katakana words that the text uses as states: ヴェルシアの首都, so ヴェルシア首相 is no Mr ヴェルシア."""
    return frozenset(match[1] for match in _STATE_HERE.finditer(text))


def called_here(text: str) -> frozenset[str]:
    """Surnames that the text proves by its politeness: 有村氏, so 有村外相 is a man or woman too."""
    return frozenset(match[1] for match in _CALLED_SO.finditer(text)) if "氏" in text else frozenset()


def _place_start(name: str, anchor: str, gazetteer: Gazetteer) -> int | None:
    """Where a place begins that the office is of: 都城｜市長, 池田宜永｜都城｜市長, 東京都｜知事; else None."""
    if name in gazetteer.words["surname-ja"] and anchor not in MAYORS:
        return None  # 有村外相
    if name[-1] in "都道府県市区町村郡" and anchor != "氏" and not (anchor in MAYORS and name[-1] in "町村区県"):
        found = patterns.search(r"[^都道府県市区町村郡]{1,4}[都道府県市区町村郡]$", name)
        start = found.start() if found else 0
        surname = surname_of(name, gazetteer.words["surname-ja"])
        if surname and len(name) > len(surname) + 2 and start < len(surname):
            return None
        return start
    if anchor in MAYORS:
        if f"{name}{anchor[-2]}" in gazetteer.words.get("place-here", ()):
            return 0
        for size in range(min(5, len(name)), 1, -1):
            if name[-size:] in gazetteer.words["city-ja"] and (size == len(name) or len(name) - size >= 3):
                return len(name) - size
    return None
