"""People whom a bulletin names for questions: contacts of a desk, and who answers for a company."""

from __future__ import annotations

from collections.abc import Iterator

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN
from yoroku.bulletin.people_ja import Found
from yoroku.bulletin.people_lists import GIVEN, mention, no_name

_ASKED = rf"[{HAN}]{{2,4}}(?: {GIVEN}{{1,4}})?"
# （役職名）代表取締役社長　（氏名）樋渡　洋一郎: how exchanges have companies name who answers for them.
_TITLED = lazy(
    rf"\(役職名?\) ?(?P<o>[^ ()]{{2,24}}) *\(氏名\) ?"
    rf"(?P<n>[{HAN}]{{1,4}} {{1,2}}{GIVEN}{{1,5}}|[{HAN}]{{3,5}})(?=$|[ )])"
)
# 担当：見本市教育委員会学校教育課　伏見・加賀谷
_SEVERAL = lazy(
    rf"(?:担当者?|問い?合わ?せ先?)[:： ].{{2,40}}[課係室部局班会] +"
    rf"(?P<l>{_ASKED}(?:[・、,] ?{_ASKED}){{0,3}})$"
)
# 広報担当：小田切; 広報グループ（鷺沢）
_CONTACT = lazy(
    rf"(?:担当者?[:：] ?|(?:グループ|課|部|室|係|班|チーム|センター) ?\((?:担当[:： ]?)?)"
    rf"(?P<l>{_ASKED}(?:[、,・] ?{_ASKED}){{0,3}})(?=$|\)| +(?:電話|TEL|E-?mail|内線))"
)


_PAPER = lazy(
    rf"^(?:記者[（(])?(?P<o>[^\s・、。（）()]{{0,14}}?(?:新聞|通信|放送|テレビ|新報|日報|時報|ニュース|タイムズ|タイムス|ラジオ|NHK))"
    rf"(?:社)?[・ 　](?P<n>[{HAN}]{{1,4}})(?:記者)?[)）]?$"
)


def by_contact(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Who answers questions, where the surname is a known one."""
    if "担当" not in passage.folded and "(" not in passage.folded:
        return
    several = _SEVERAL.search(passage.folded)
    for listed in (*_CONTACT.finditer(passage.folded), *((several,) if several else ())):
        for asked in patterns.finditer(_ASKED, listed["l"]):
            known = asked.group().split(" ")[0] in gazetteer.words["surname-ja"]
            if known and not no_name(asked.group(), gazetteer):
                start, end = (listed.start("l") + at for at in asked.span())
                word = passage.text[start:end]
                yield Found(word, "", "", word, passage.lines, passage, start, end, True, "contact")


def by_title(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Labels before an office and a name."""
    for found in _TITLED.finditer(passage.folded) if "氏名)" in passage.folded else ():
        if not no_name(found["n"], gazetteer):
            yield mention(passage, found, passage.text[found.start("o") : found.end("o")], "", "title")


def by_paper(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """（東都新聞・相沢）: a reporter's label."""
    found = _PAPER.match(passage.speaker.strip("【】（）()[]「」 　")) if passage.speaker else None
    if found is None or no_name(found["n"], gazetteer):
        return
    label = Passage(passage.speaker, passage.speaker, passage.span, "label", passage.part)
    start = passage.speaker.find(found["n"], passage.speaker.find(found["o"]) + len(found["o"]))
    name, paper = found["n"], found["o"]
    yield Found(name, "記者", paper, f"{name}", passage.lines, label, start, start + len(name), True, "paper")


JAPANESE = (("contact", by_contact), ("title", by_title), ("paper", by_paper))
