"""Invented documents and queries for `bench/search.py`: Japanese with the word frequencies of real texts, and English.

All names and events are made up (見本). The same seed gives the same documents, and a corpus of 400 is the beginning of
one of 10,000. Truth: a Japanese query is answered by the documents whose text holds it after NFKC and lower-casing
(English ones: at the beginning of a word); an English query by those that hold every one of its words in any form.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from yoroku.search import SearchDocument, Section


def listed(words: str) -> list[str]:
    """The words of a text with spaces."""
    return words.split()


KANJI = (
    "会談合意防衛抑止外交経済産業安全保障気候変動災害医療教育交通通信技術研究資源食料環境文化地域海洋宇宙"
    "情報管理計画制度改革支援協力連携強化推進検討確認発表声明首脳閣僚大臣知事市長委員議長代表国際共同"
    "訓練演習供給網半導体電力"
)
KATAKANA = listed(
    "サイバー ミサイル ドローン データ ネットワーク エネルギー インフラ システム サービス プログラム "
    "リスク モデル センター コスト ルール"
)
LATIN = listed("MQ-9 F-35 AI 2+2 GSOMIA ISR G7 NATO SDGs COVID-19 5G IoT")
FAMILIES = listed("見本山 見本川 試田 例沢 仮崎 架空橋 雛形")
NAMES = [f"{family}{given}" for family in FAMILIES for given in listed("太郎 花子 一郎 遥 健 美咲")]
VERBS = listed(
    "確認した 合意した 発表した 検討している 強化する方針だ 求めた 歓迎した 述べた 見直すことになった 続けている"
)
JOINTS = listed("について、 を受けて、 に向けて、 のため、 では、 に関し、 をめぐり、 とともに、")
ABSENT = listed(
    "鯖缶祭典 量子猫舌 仏滅通信簿 幽霊船団長 蜜柑税率 銀河鉄槌 狸寝法案 泥棒猫権 鰻登庁 雪達磨式典 "
    "饂飩協定 蒟蒻問答集 鸚鵡返令 瓢箪駒形 杓子定則 鉄瓶条約 風鈴予算 団栗外交 蝸牛速達 案山子庁 "
    "ペンギン省 バナナ税 XQZ-77 忍者大臣 カレー憲章"
)
ACTIONS = listed(
    "discuss review support confirm extend launch delay suspend approve reject inspect repair monitor train supply "
    "verify study announce welcome criticise examine improve reduce expand report measure protect restore publish "
    "deliver"
)
THINGS = listed(
    "harbour bridge reactor budget treaty exercise satellite vaccine tariff pipeline railway ferry clinic school "
    "forest river glacier harvest fishery warehouse battery sensor antenna archive museum library market factory "
    "station airport border shelter sanction summit envoy convoy policy strategy agency inquiry ministry county"
)
EN_SHARE = 10


def forms(word: str) -> tuple[str, ...]:
    """The forms of a regular English verb, of which the first two are those of a noun too."""
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing")
    if word.endswith("e"):
        return (word, f"{word}s", f"{word}d", f"{word[:-1]}ing")
    plural = f"{word}es" if word.endswith(("s", "sh", "ch")) else f"{word}s"
    return (word, plural, f"{word}ed", f"{word}ing")


class Corpus:
    """Documents one after the other; every tenth is English."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        words: dict[str, None] = {}
        while len(words) < 4000:
            words["".join(self.chance.choice(KANJI) for _ in range(self.chance.choice((2, 2, 2, 3, 4))))] = None
        self.words = [*KATAKANA, *words]
        self.weights = list(accumulate(1 / (rank + 12) for rank in range(len(self.words))))
        syllables = listed("mi ral to ves ko ra len dor ash qui ber nol fex tam ur")
        self.towns = ["".join(self.chance.choices(syllables, k=3)).title() for _ in range(400)]

    def documents(self, count: int) -> list[SearchDocument]:
        """The first `count` documents."""
        return [self.english(n) if n % EN_SHARE == EN_SHARE - 1 else self.japanese(n) for n in range(count)]

    def noun(self) -> str:
        """A noun, a name or an acronym."""
        roll = self.chance.random()
        if roll < 0.03:
            return self.chance.choice(LATIN)
        if roll < 0.06:
            return self.chance.choice(NAMES) + self.chance.choice(("大臣", "知事", "氏"))
        return self.chance.choices(self.words, cum_weights=self.weights)[0]

    def sentence(self) -> str:
        """A sentence that says that something was done about something."""
        noun, chance = self.noun, self.chance
        parts = [f"{noun()}の{noun()}{chance.choice(JOINTS)}" for _ in range(chance.randint(1, 2))]
        quoted = f"「{noun()}と{noun()}を進める」と" if chance.random() < 0.2 else f"{noun()}を"
        number = f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日、" if chance.random() < 0.15 else ""
        return f"{number}{''.join(parts)}{quoted}{chance.choice(VERBS)}。"

    def japanese(self, number: int) -> SearchDocument:
        """A page of about 800 characters."""
        chance = self.chance
        sections = []
        for n in range(chance.randint(2, 4)):
            lines = ["".join(self.sentence() for _ in range(chance.randint(1, 4))) for _ in range(chance.randint(2, 4))]
            sections.append(Section(f"s{n}", f"{self.noun()}の{self.noun()}", "\n".join(lines)))
        title = f"{self.noun()}{self.noun()}、{self.noun()}を{chance.choice(VERBS)}"
        people = tuple(dict.fromkeys(chance.choices(NAMES, k=2)))
        return self._page(number, "ja", title, sections, people)

    def clause(self) -> str:
        """Somebody does something somewhere."""
        chance = self.chance
        first, second = forms(chance.choice(THINGS))[:2], forms(chance.choice(THINGS))[:2]
        return f"the {chance.choice(first)} {chance.choice(forms(chance.choice(ACTIONS)))} the {chance.choice(second)}"

    def english(self, number: int) -> SearchDocument:
        """A page of about 150 words."""
        chance = self.chance
        sections = []
        for n in range(chance.randint(2, 3)):
            lines = [
                " ".join(f"In {chance.choice(self.towns)}, {self.clause()}." for _ in range(chance.randint(1, 4)))
                for _ in range(chance.randint(2, 3))
            ]
            sections.append(Section(f"s{n}", f"{chance.choice(self.towns)} {chance.choice(THINGS)}", "\n".join(lines)))
        title = f"{chance.choice(self.towns)}: {self.clause()}"
        return self._page(number, "en", title, sections, ())

    def _page(
        self, number: int, lang: str, title: str, sections: Sequence[Section], people: tuple[str, ...]
    ) -> SearchDocument:
        chance = self.chance
        date = f"{2015 + number % 10}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        filters = (("person", people), ("topic", (self.words[chance.randint(0, 40)],)), ("year", (date[:4],)))
        return SearchDocument(
            f"/d{number}/", lang, title, tuple(sections), tuple(pair for pair in filters if pair[1]), date
        )


def from_texts(folder: Path, start: int) -> Iterator[SearchDocument]:
    """Every .txt file below a folder as a document: first line the title. Numbered from `start`."""
    for number, path in enumerate(sorted(folder.rglob("*.txt")), start):
        text = path.read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines:
            lang = "ja" if re.search("[ぁ-ん]", text) else "en"
            yield SearchDocument(f"/d{number}/", lang, lines[0], (Section("", "", "\n".join(lines[1:])),))


def plain(text: str) -> str:
    """A text as the truth compares it."""
    return unicodedata.normalize("NFKC", text).lower()


def text_of(document: SearchDocument) -> str:
    """All that a page shows, a block a line."""
    return "\n".join([document.title, *(part for s in document.sections for part in (s.heading, s.text) if part)])


@dataclass(frozen=True)
class Query:
    """What is asked, on a page of which language, and the pages that hold it."""

    text: str
    lang: str
    wanted: frozenset[str]
    titled: frozenset[str]


def japanese_queries(documents: Sequence[SearchDocument], count: int, seed: int) -> list[Query]:
    """Substrings cut at random, names, compounds, acronyms, beginnings of titles, full-width forms, absent words."""
    chance = random.Random(seed + 1)
    some = [document for document in documents if document.lang == "ja"]
    texts = {document.url: (document.lang, plain(text_of(document))) for document in documents}
    titles = {document.url: plain(document.title) for document in documents}
    wide = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})
    asked: dict[str, None] = {}
    while len(asked) < count:
        kind, document = chance.random(), chance.choice(some)
        line = chance.choice(text_of(document).split("\n"))
        size = chance.choice((2, 3, 4, 4, 5, 6, 8, 10, 14))
        start = chance.randrange(max(1, len(line) - size + 1))
        query = line[start : start + size]
        if kind < 0.15:
            query = chance.choice((*NAMES, *LATIN, *KATAKANA))
        elif kind < 0.25:
            query = document.title[: chance.randint(4, 9)]
        elif kind < 0.3:
            query = query.translate(wide)
        if len(query) > 1 and not any(c.isspace() or c in '"-−－' for c in query):
            asked[query] = None
    found = []
    for query in (*asked, *ABSENT):
        key = plain(query)
        word = re.compile(rf"(?<![a-z0-9]){re.escape(key)}")
        wanted = frozenset(
            url for url, (lang, text) in texts.items() if key in text and (lang != "en" or word.search(text))
        )
        found.append(Query(query, "ja", wanted, frozenset(url for url in wanted if key in titles[url])))
    return found


def english_queries(documents: Sequence[SearchDocument], count: int, seed: int) -> list[Query]:
    """One to three words in any form, and names of towns."""
    chance = random.Random(seed + 2)
    families = {form: word for word in (*ACTIONS, *THINGS) for form in forms(word)}

    def lemmas(text: str) -> frozenset[str]:
        return frozenset(families.get(word, word) for word in re.findall("[a-z0-9]+", plain(text)))

    texts = {document.url: lemmas(text_of(document)) for document in documents if document.lang == "en"}
    some = [document for document in documents if document.lang == "en"]
    asked: dict[str, None] = {}
    while some and len(asked) < count:
        words = [
            word for word in re.findall("[A-Za-z]+", text_of(chance.choice(some))) if word.lower() not in ("the", "in")
        ]
        picked = chance.sample(words, min(len(words), chance.choice((1, 1, 2, 2, 3))))
        changed = (chance.choice(forms(families[word])) if word in families else word for word in picked)
        asked[" ".join(changed)] = None
    found = []
    for query in asked:
        wanted = frozenset(url for url, have in texts.items() if lemmas(query) <= have)
        titled = frozenset(d.url for d in some if lemmas(query) <= lemmas(d.title))
        found.append(Query(query, "en", wanted, titled))
    return found
