"""The words the importer knows: places with their clocks, organisations with their hosts, offices, verbs, surnames.

What is built in lies in `data/*.tsv`; a site's authority file adds to it and wins. Looking up costs one dictionary
access a character, whatever the number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from yoroku.briefing.authority import Authority, KnownPerson
from yoroku.bulletin.facts_pattern import lazy
from yoroku.records import dataclass, field, replace

_REMEMBERED = 2048
_DATA = Path(__file__).parent / "data"
_LETTER = lazy(r"[A-Za-zÀ-ÿ0-9]")
_KANA = lazy(r"[\u30a1-\u30fa\u30fc]")
_HAN = lazy(r"[\u3400-\u9fff々]")
_HANGUL = lazy(r"[\uac00-\ud7a3]")
_CREDIT = lazy(r"[)】=]|電|通信")
_OPENING = frozenset("(【= ")
# 国連 inside 各国連携 and 同志国連絡会: the next letter makes another word.
_BROKEN_BY = {
    "国連": "携続日絡帯邦",
    "日本": "海酒",
    "中国": "地四",
    "米国": "防務産製内",
    "英国": "防産製",
    "韓国": "防産製",
    "北京": "市",
}

# 浜松 inside 浜松葉: what may follow a city of two letters.
_SHORT_PLACES = frozenset(
    str.split(
        "青森 岩手 秋田 山形 茨城 栃木 群馬 埼玉 富山 福井 山梨 岐阜 愛知 三重 滋賀 兵庫 奈良 鳥取 島根 岡山 "
        "徳島 香川 愛媛 高知 佐賀 大分 "
        "川崎 函館 旭川 釧路 盛岡 郡山 水戸 前橋 高崎 甲府 松本 大津 姫路 松江 下関 高松 松山 別府 対馬 佐渡 "
        "能登 知床 東海 近畿 関東 関西 "
        "西安 青島 高雄 台中 慶州 水原 平昌 桜島 東京 大阪 京都 横浜 神戸 札幌 仙台 福岡 広島 長崎 沖縄 那覇 "
        "新潟 金沢 静岡 浜松 熊本 福島"
    )
)
_AFTER_PLACE = frozenset("市県都府区町港駅空内圏湾城大会支本入出在着発訪滞開共時地中西東北南高地銀電証家支")


@dataclass(frozen=True, slots=True)
class Entry:
    """A known name. `kind`: country, city, prefecture, region, place, office-place, organisation or news."""

    name: str
    kind: str
    zone: str = ""
    hosts: tuple[str, ...] = ()
    several_zones: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name found at `start`–`end` of a folded text, with the form that stood there."""

    start: int
    end: int
    form: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything known by name. Make it once with `built_in()` and pass it around; it is never changed."""

    names: Mapping[str, tuple[tuple[str, Entry], ...]]
    zones: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    said: Mapping[str, str]
    decided: Mapping[str, str]
    news: frozenset[str]
    hosts: Mapping[str, str]
    people: tuple[KnownPerson, ...] = ()
    topics: tuple[tuple[str, tuple[str, ...]], ...] = ()
    known: frozenset[str] = field(default=frozenset())
    memo: dict[str, tuple[Hit, ...]] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def built_in() -> Gazetteer:
        """What the importer knows without a site; read from disk once a process."""
        return _built_in()

    def with_entities(self, authority: Authority, topics: Iterable[tuple[str, tuple[str, ...]]] = ()) -> Gazetteer:
        """This gazetteer and a site's authority file and controlled topics (name, words that call for it)."""
        forms: dict[str, Entry] = {}
        for place in authority.places:
            zone = place.timezone or self._zone_known((place.name, *place.aliases))
            entry = Entry(place.name, "place", zone, id=place.id)
            forms.update((form, entry) for form in (place.name, *place.aliases) if len(form) > 1)
        hosts = dict(self.hosts)
        news = set(self.news)
        for body in authority.organisations:
            # A site's own entry says nothing of the seat's clock: the built-in one's stands.
            zone = self._zone_known((body.name, *body.aliases))
            kind = "news" if body.kind == "report" else "organisation"
            entry = Entry(body.name, kind, zone, hosts=body.hosts, id=body.id)
            forms.update((form, entry) for form in (body.name, *body.aliases) if len(form) > 1)
            hosts.update((host, body.name) for host in body.hosts)
            if body.kind == "report":
                news.update((body.name, *body.aliases))
        listed = tuple((name, tuple(words)) for name, words in topics)
        return replace(
            self,
            names=_indexed(forms, self.names),
            hosts=hosts,
            news=frozenset(news),
            people=authority.people,
            topics=listed or self.topics,
            known=self.known | frozenset(forms),
            memo={},
        )

    def _zone_known(self, forms: Iterable[str]) -> str:
        return next((entry.zone for form in forms if (entry := self.find(form)) and entry.zone), "")

    def hits(self, folded: str) -> tuple[Hit, ...]:
        """Known names in `folded`, leftmost and longest first, at word edges only; remembered, as several ask."""
        known = self.memo.get(folded)
        if known is None:
            if len(self.memo) >= _REMEMBERED:
                self.memo.clear()
            known = self.memo[folded] = tuple(self._scan(folded))
        return known

    def open_hits(self, folded: str) -> tuple[Hit, ...]:
        """Known names wherever they stand, for a script that parts no words."""
        return tuple(self._scan(folded, edges=False))

    def _scan(self, folded: str, *, edges: bool = True) -> Iterator[Hit]:
        at, end = 0, len(folded) - 1
        names = self.names
        while at < end:
            found = names.get(folded[at : at + 2])
            if found is not None:
                for form, entry in found:
                    if folded.startswith(form, at) and (not edges or _edges(folded, at, at + len(form))):
                        if entry.kind == "news" and len(form) == 2 and not _credited(folded, at):
                            continue
                        yield Hit(at, at + len(form), form, entry)
                        at += len(form) - 1
                        break
            at += 1

    def find(self, form: str) -> Entry | None:
        """The entry that `form` names exactly, or None."""
        return next((entry for known, entry in self.names.get(form[:2], ()) if known == form), None)

    def zone_of(self, word: str) -> str:
        """The zone that 「○○時間」 or an abbreviation names, or an empty string."""
        found = self.zones.get(word, "")
        if found or not word.endswith("時間"):
            return found
        entry = self.find(word.removesuffix("時間"))
        return entry.zone if entry and not entry.several_zones else ""


def _edges(folded: str, start: int, end: int) -> bool:
    """Whether a name may begin and end here: not inside a longer Latin, katakana or (for short names) kanji word."""
    first, last = folded[start], folded[end - 1]
    before = folded[start - 1] if start else ""
    after = folded[end : end + 1]
    if _LETTER.match(first):
        return not (before and _LETTER.match(before)) and not (after and _LETTER.match(after))
    if _KANA.match(first) and before and (_KANA.match(before)):
        return False
    if _KANA.match(last) and after and _KANA.match(after):
        return False
    if end - start == 2 and _HAN.match(first):
        if after and after in _BROKEN_BY.get(folded[start:end], ""):
            return False
        if after and _HAN.match(after) and folded[start:end] in _SHORT_PLACES and after not in _AFTER_PLACE:
            return False
        if before and _HAN.match(before) and before not in "在駐対訪来米英日韓中独仏伊露豪印北南東西":
            return False
    return not (_HANGUL.match(first) and before and _HANGUL.match(before))


def _credited(folded: str, at: int) -> bool:
    """Whether an agency's short name stands as a credit does: （共同）, 【ワシントン共同】, 共同電; not 共同研究."""
    return bool(_CREDIT.match(folded, at + 2)) and (folded[at - 1 : at] in _OPENING or "【" in folded[:at])


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _cell(row: list[str], at: int) -> list[str]:
    return [form for form in row[at].split(";") if form] if at < len(row) else []


@cache
def _built_in() -> Gazetteer:
    forms: dict[str, Entry] = {}
    hosts = {row[0]: row[1] for row in _rows("hosts.tsv")}
    news: set[str] = set()
    for row in _rows("regions.tsv"):
        entry = Entry(row[0], "region")
        forms.update((form, entry) for form in (row[0], *_cell(row, 1)))
    for row in _rows("countries.tsv"):
        entry = Entry(row[0], "country", row[6].lstrip("*"), several_zones=row[6].startswith("*"))
        forms.update((form, entry) for at in (0, 1, 2, 3, 4, 5) for form in _cell(row, at) if len(form) > 1)
    for row in _rows("cities.tsv"):
        entry = Entry(row[0], "city", row[5])
        forms.update((form, entry) for at in (0, 1, 2, 3, 4) for form in _cell(row, at) if len(form) > 1)
    for row in _rows("prefectures.txt"):
        forms[row[0]] = Entry(row[0], "prefecture", "Asia/Tokyo")
    for row in _rows("organisations.tsv"):
        kind = "office-place" if row[2] == "place-office" else "organisation"
        entry = Entry(row[0], kind, row[3] if len(row) > 3 else "", tuple(_cell(row, 4)))
        forms.update((form, entry) for at in (0, 1) for form in _cell(row, at))
        hosts.update((host, row[0]) for host in entry.hosts)
    for row in _rows("news.tsv"):
        entry = Entry(row[0], "news", hosts=tuple(_cell(row, 2)))
        forms.update((form, entry) for at in (0, 1) for form in _cell(row, at) if len(form) > 2)
        hosts.update((host, row[0]) for host in entry.hosts)
        news.update((row[0], *_cell(row, 1)))
    return Gazetteer(
        names=_indexed(forms, {}),
        zones={row[0]: row[1] for row in _rows("zones.tsv")},
        words=_words(),
        said={row[1]: row[2] for row in _rows("verbs.tsv") if row[0] == "say"},
        decided={row[1]: row[2] for row in _rows("verbs.tsv") if row[0] == "decide"},
        news=frozenset(news),
        hosts=hosts,
        known=frozenset(forms),
    )


def _words() -> dict[str, frozenset[str]]:
    words = {f"surname-{row[0]}": frozenset(row[1].split()) for row in _rows("surnames.tsv")}
    for name in ("offices.tsv", "words.tsv"):
        words.update((row[0], frozenset(row[1].split())) for row in _rows(name))
    for row in _rows("titles_en.tsv"):
        words[f"en-{row[0]}"] = frozenset(word.replace("_", " ") for word in row[1].split())
    words["city-ja"] = frozenset(word for row in _rows("cities_ja.txt") for word in row[0].split())
    return words


def _indexed(
    forms: Mapping[str, Entry], base: Mapping[str, tuple[tuple[str, Entry], ...]]
) -> dict[str, tuple[tuple[str, Entry], ...]]:
    """Names by their first two letters, longest first; `forms` win over `base`."""
    added: dict[str, dict[str, Entry]] = {}
    for form, entry in forms.items():
        added.setdefault(form[:2], {})[form] = entry
    return {
        **base,
        **{
            key: tuple(sorted({**dict(base.get(key, ())), **known}.items(), key=lambda pair: (-len(pair[0]), pair[0])))
            for key, known in added.items()
        },
    }
