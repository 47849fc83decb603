"""People in lists: members' tables, rosters of office and name, numbered councillors, names called 君, delegates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN, office_start, surname_of
from yoroku.bulletin.people_ja import BODY, KATAKANA_NAME, Found, office_of, office_pattern

GIVEN = rf"[{HAN}ぁ-んァ-ヴーｦ-ﾟ]"
_SPACED = rf"[{HAN}]{{1,4}} {{1,2}}{GIVEN}{{1,5}}"
_NAME = rf"(?:{_SPACED}|[{HAN}]{{1,3}}[ぁ-んァ-ヴーｦ-ﾟ]{{2,5}}|[{HAN}]{{2,5}})"
_NAME_CELL = lazy(rf"^{_NAME}$|^{KATAKANA_NAME}$|^[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'.-]+){{1,3}}$")
_HEADER = lazy(r"^(?:.{0,4}氏 *名|名 *前|お名前|委員名|役職|肩書き?|所属|候補者名?|受賞者|Name)$")
_NAME_HEADER = lazy(r"^(?:.{0,4}氏 *名|名 *前|お名前|委員名|候補者名?|受賞者|Name)$")
_ROSTER = lazy(
    rf"(?:^|(?<=[ (|/、:：・○]))(?P<o>(?:[{HAN}] ){{2,5}}[{HAN}]|"
    rf"[{HAN}ァ-ヴー]{{2,20}}(?:兼?C[EFOTIM]O)?) {{1,8}}(?P<n>{_NAME})(?P<k>君|氏)?(?= {{1,}}|$|[)、(])"
)
_CALLED = lazy(
    rf"(?:^|(?<=[ ○◯(、:]))(?P<n>[{HAN}]{{1,4}} {{0,2}}{GIVEN}{{1,5}}?)(?:君|(?<=[^ ]) 氏)(?=$|[ )、(])|"
    rf"の(?P<m>[{HAN}]{{1,4}} {GIVEN}{{1,4}}) 氏(?=[はがをにと、。))])"
)
_OFFICE_BEFORE = lazy(rf"(?P<o>[{HAN}]{{2,16}})\($")
_NUMBERED = lazy(rf"\d{{1,2}} ?番 {{0,2}}(?P<n>[{HAN}]{{1,4}} {GIVEN}{{1,4}}|[{HAN}]{{3,5}})(?=君|議員| |$|\()")
_DELEGATE = lazy(
    r"^[-•*▪\s]*(?P<c>[A-Z][\w .'-]{2,30}): (?P<n>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'.-]+){1,3})(?: \((?P<r>[a-z][\w "
    r"]+)\))?\.?$"
)
# 鬼頭　遥子　　見本工科大学教授: name, wide blank, office: a members' list that lost its table.
_LISTED = lazy(rf"^(?P<n>[{HAN}]{{1,4}} {{1,2}}{GIVEN}{{1,5}}) {{2,}}(?P<o>\S[^。]{{1,50}}?)(?= {{2,}}|$)")
# （委員）小笠原　みのり　ことり交通株式会社代表取締役: a roster whose members have their part in brackets before them.
_PART_OF = rf"\((?P<r>[{HAN}]{{2,6}})\) ?"
_MEMBER = lazy(
    rf"^(?:{_PART_OF})?(?P<n>(?P<s>[{HAN}]{{1,4}}) {{1,2}}{GIVEN}{{1,5}}) {{1,3}}(?P<o>[^ 。、][^。、 ]{{1,40}})$"
)
# 議長（葛籠貫治）, ５番（畠山弓子君）: a speaker's label with the name in brackets.
_IN_LABEL = lazy(
    rf"^[○◯〇●]?(?P<o>[^()]{{1,14}})\((?P<n>[{HAN}]{{2,5}}|{_SPACED}|[{HAN}]{{1,3}}[ぁ-んァ-ヴー]{{2,5}}?)(?:君|氏|さん|議員)?\)$"
)
_CHIEF = lazy(r"(?:兼)?C[EFOTIM]O$")
# 氏名　　新役職名　　現役職名 and 浮島 順子　代表取締役社長　取締役専務執行役員 below it
_HEADS = lazy(r"^氏 *名 +\S*(?:役職|職名|肩書|所属)\S*(?: +\S{2,8}){0,2}$")
_CELLS = lazy(rf"^(?P<n>{_SPACED}) +(?P<o>[^\s。、]{{2,24}})(?: +[^\s。、]{{1,24}})?$")
_PAPER = lazy(r"(?:新聞|通信|放送|テレビ|新報|日報|ニュース|タイムズ|ラジオ|社|誌|紙|会|省|庁|局|課|党)$")
# 杜文礼（と・ぶんれい）商務次官: the reading's dot shows a name.
_READ = lazy(
    rf"(?<![{HAN}])(?P<n>[{HAN}]{{2,5}})\([ぁ-んァ-ヴー]{{1,8}}・[ぁ-んァ-ヴー]{{1,10}}\)(?P<o>[{HAN}]{{0,12}})"
)
# 曳地ふみさん: a given name that is written in hiragana shows the surname before it.
_KANA_GIVEN = lazy(rf"(?<![{HAN}])(?P<n>[{HAN}]{{1,3}}(?P<g>[ぁ-ん]{{2,4}}))(?=さん|氏|選手|ちゃん)")
_GIVENS = frozenset(
    str.split(
        "ふみ はるか ひかり さくら あかり みゆき まり えり ゆり めぐみ のぞみ かおり みどり ひろみ さゆり "
        "あゆみ まゆみ ちひろ ちはる "
        "みずほ なつみ なおみ ともみ まなみ ひとみ あけみ いずみ まさみ よしみ ますみ かすみ しのぶ つとむ "
        "まもる ひろし たけし きよし "
        "あきら さとし たかし つよし いさむ すすむ みのる しげる まこと かおる すみれ つばさ いつき こころ "
        "ひなた あおい ゆうき はると "
        "ひろと ゆうと そうた あやか あやの あすか さやか ゆかり ゆうか みなみ もえ もも りえ りさ りな えみ "
        "まき まい ゆい ゆう ゆか ゆみ "
        "ゆき みき みか みわ なお なな のり さち さき ちえ ちか てる とし とも はな はる ふさ ふじ まさ みつ "
        "やえ よし きみ きよ しず すず "
        "たか たま つる とめ とよ はつ ひさ ひで まつ みね みや もと やす ゆう ようこ けいこ れいこ ともこ "
        "さちこ ひろこ かずこ のりこ "
        "じゅんこ あつし こずえ いちろう たろう じろう こうじ ゆうじ けんじ しんじ りょう りん るみ れいな "
        "ほのか まどか"
    )
)
_OF = lazy(
    r"(?P<n>[A-Z][a-z'-]+(?: [A-Z]\.)? [A-Z][A-Za-z'-]+) (?:of|from|at) (?:the )?"
    r"(?P<o>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,4})(?= (?:reported|"
    r"discovered|said|told|found|wrote|disclosed|for (?:reporting|discovering|finding|disclosing)))"
)


@cache
def endings(words: frozenset[str]) -> tuple[str, ...]:
    """The words as a tuple for `str.endswith`, longest first."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def name_column(passage: Passage, column: int | None) -> int | None:
    """The cell that holds names, as the table's head says; a new head replaces the old one."""
    heads = [at for at, cell in enumerate(passage.cells) if _NAME_HEADER.match(cell.strip())]
    return heads[0] if heads else column


def _is_name_cell(cell: str, surnames: frozenset[str]) -> bool:
    """Whether a cell reads as a name by itself: a blank inside, a foreign name, or a known surname."""
    return bool(
        "・" in cell
        or patterns.match(rf"^{_SPACED}$|^[A-Z][a-z]", cell)
        or (surname_of(cell, surnames) and 3 <= len(cell) <= 5)
    )


def by_roster(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """議長　岩本早苗, 教 育 長　北村 潔, 代表取締役社長　木村 雅之: office, blank, name, and no sentence."""
    if len(passage.folded) > 200 or "。" in passage.folded or " " not in passage.folded:
        return
    at = 0
    while found := _ROSTER.search(passage.folded, at):
        at = found.end("n")
        words = found["o"].replace(" ", "")
        name = found["n"]
        chief = _CHIEF.search(words)  # 代表取締役社長CEO
        office = words[: chief.start()] if chief else words
        if not office.endswith(endings(gazetteer.words["office"])):
            at = found.end("o")
            continue
        if no_name(name, gazetteer) or (len(name) == 2 and not found["k"] and found.end() != len(passage.folded)):
            continue
        held = next(word for word in endings(gazetteer.words["office"]) if office.endswith(word))
        head = office[: len(office) - len(held)]
        cut = office_start(head, gazetteer)
        role, organisation = office_of(words[cut:])
        if " " in found["o"]:
            role, organisation = passage.text[found.start("o") : found.end("o")], ""
        else:
            organisation = organisation or head[:cut]
        yield mention(passage, found, role, organisation, "roster")


def no_name(name: str, gazetteer: Gazetteer) -> bool:
    """Whether what stands where a name may stand is a known word, an office, a place or a body."""
    bare = name.replace(" ", "")
    return (
        bare in gazetteer.words["notname"]
        or any(part in gazetteer.words["notname"] for part in name.split())
        or bool(office_pattern(gazetteer).search(bare))
        or gazetteer.find(bare) is not None
        or bare.endswith(
            (
                "会",
                "部",
                "課",
                "室",
                "局",
                "省",
                "庁",
                "所",
                "員会",
                "名",
                "人",
                "回",
                "号",
                "分",
                "時",
                "町",
                "市",
                "村",
                "区",
                "県",
                "年",
                "月",
                "日",
                "円",
            )
        )
    )


def by_flat_table(passage: Passage, near: tuple[Passage, ...], gazetteer: Gazetteer) -> Iterator[Found]:
    """A table that lost its rows: a name alone on a line after 氏名, its office on the line before or after.

    Where the cells stand on one line, the office is the next cell.
    """
    name = passage.folded.strip()
    cells = _CELLS.match(name)
    if cells and not no_name(cells["n"], gazetteer) and _ends_in_office(_CHIEF.sub("", cells["o"]), gazetteer):
        at = passage.folded.find(cells["n"])
        text = passage.text[at : at + len(cells["n"])]
        role = passage.text[at + cells.start("o") - cells.start("n") :][: len(cells["o"])]
        yield Found(text, role, "", text, passage.lines, passage, at, at + len(text), True, "flat")
        return
    if len(name) > 12 or not patterns.fullmatch(_SPACED, name) or no_name(name, gazetteer):
        return
    offices = [other for other in near if other.folded.strip().endswith(endings(gazetteer.words["office"]))]
    role = offices[0].text.strip() if offices else ""
    start = passage.folded.find(name)
    text = passage.text[start : start + len(name)]
    yield Found(text, role, "", text, passage.lines, passage, start, start + len(name), True, "flat")


def is_name_header(passage: Passage) -> bool:
    """Whether a line is the head 氏名 of a table that lost its rows, alone or with what stands beside the names."""
    line = passage.folded.strip()
    return bool(_NAME_HEADER.match(line)) if len(line) <= 8 else bool(_HEADS.match(line))


def by_call(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """○周防めぐみ君, 議長（鴨下勝君）: how councils call their members; the office stands before the bracket."""
    called = "君" in passage.folded or " 氏" in passage.folded
    for found in _CALLED.finditer(passage.folded) if called else ():
        if found["m"]:
            # 見本研究所の御厨 渉 氏
            if not no_name(found["m"], gazetteer):
                yield mention(passage, found, "", "", "call", group="m")
            continue
        if no_name(found["n"], gazetteer):
            continue
        before = _OFFICE_BEFORE.search(passage.folded, max(0, found.start() - 17), found.start())
        role = organisation = ""
        if before and before["o"].endswith(endings(gazetteer.words["office"])):
            role, organisation = office_of(before["o"])
        yield mention(passage, found, role, organisation, "call")


def by_number(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """3番　鴨下勝: councillors by their seats."""
    for found in _NUMBERED.finditer(passage.folded) if "番" in passage.folded else ():
        if not no_name(found["n"], gazetteer):
            yield mention(passage, found, "", "", "number")


def delegates(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Veskar: Tibor Galanek (observer)."""
    found = _DELEGATE.match(passage.folded)
    if found and (found["r"] or gazetteer.find(found["c"])):
        yield mention(passage, found, found["r"] or "", passage.text[found.start("c") : found.end("c")], "delegate")


def of_body(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Priya Lindgren of Halden Security reported …."""
    for found in _OF.finditer(passage.folded):
        if not any(word in gazetteer.words["en-not-name"] for word in found["n"].split()):
            yield mention(passage, found, "", passage.text[found.start("o") : found.end("o")], "of")


def by_list(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """A line of a members' list: the name first, its office after a wide blank."""
    if len(passage.folded) > 90 or "  " not in passage.folded:
        return
    found = _LISTED.match(passage.folded)
    if found is None or no_name(found["n"], gazetteer) or not _ends_in_office(found["o"], gazetteer):
        return
    role, organisation = _cell_office(found["o"], gazetteer)
    yield mention(passage, found, role, organisation, "list")


def by_member(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """A member's line of a roster, with the part in brackets or, where the surname is known, without."""
    found = _MEMBER.match(passage.folded.strip()) if " " in passage.folded and len(passage.folded) < 80 else None
    if found is None or no_name(found["n"], gazetteer) or not _ends_in_office(found["o"], gazetteer):
        return
    if not found["r"] and found["s"] not in gazetteer.words["surname-ja"]:
        return
    role, organisation = _cell_office(found["o"], gazetteer)
    start = passage.folded.find(found["n"])
    name = passage.text[start : start + len(found["n"])]
    yield Found(
        name, role, organisation, name, passage.lines, passage, start, start + len(name), True, "member"
    )  # fmt: skip


def by_bracket(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """The name in the brackets of a speaker's label."""
    found = _IN_LABEL.match(passage.speaker.replace("（", "(").replace("）", ")")) if passage.speaker else None
    if found is None or no_name(found["n"], gazetteer) or _PAPER.search(found["n"]) or "記者" in found["o"]:
        return
    label = Passage(passage.speaker, passage.speaker, passage.span, "label", passage.part)
    start, end = found.span("n")
    name = passage.speaker[start:end]
    yield Found(
        name,
        passage.speaker[: found.end("o")].lstrip("○◯〇●"),
        "",
        name,
        passage.lines,
        label,
        start,
        end,
        True,
        "label",
    )


def by_reading(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """A name with its reading in brackets, parted by a dot; the office may follow."""
    for found in _READ.finditer(passage.folded) if "・" in passage.folded and "(" in passage.folded else ():
        held = next((word for word in endings(gazetteer.words["office"]) if found["o"].endswith(word)), "")
        if not no_name(found["n"], gazetteer):
            yield mention(passage, found, found["o"] if held else "", "", "reading")


def by_given(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """曳地ふみさん."""
    for found in _KANA_GIVEN.finditer(passage.folded) if "さん" in passage.folded or "氏" in passage.folded else ():
        if found["g"] in _GIVENS and not no_name(found["n"], gazetteer):
            yield mention(passage, found, "", "", "given")


def mention(
    passage: Passage, found: re.Match[str], role: str, organisation: str, rule: str, *, group: str = "n"
) -> Found:
    """What a rule found, its name in a group of the pattern."""
    start, end = found.span(group)
    # 能見　卓君: the politeness is no part of the name.
    end -= passage.text[start:end].endswith("君") and end - start > 2
    name = passage.text[start:end]
    return Found(name, role, organisation, name, passage.lines, passage, start, end, True, rule)


def by_row(passage: Passage, gazetteer: Gazetteer, column: int | None) -> Iterator[Found]:
    """A row of a members' table: one cell is a name (the one under `column`, if the head said), another an office."""
    cells = passage.cells
    if len(cells) < 2 or any(_HEADER.match(cell.strip()) for cell in cells):
        return
    surnames = gazetteer.words["surname-ja"]
    pattern = office_pattern(gazetteer)
    names = [
        cell
        for at, cell in enumerate(cells)
        if (at == column or _is_name_cell(cell.strip(), surnames))
        and _NAME_CELL.match(cell.strip())
        and not pattern.search(cell.replace(" ", ""))
        and cell.replace(" ", "") not in gazetteer.words["notname"]
    ]
    offices = [cell for cell in cells if cell not in names and _ends_in_office(cell, gazetteer)]
    if len(names) != 1 or not (offices or column is not None):
        return
    role, organisation = _cell_office(offices[-1], gazetteer) if offices else ("", "")
    name = names[0].strip()
    at = passage.text.find(name)
    yield Found(name, role, organisation, name, passage.lines, passage, at, at + len(name), True, "row")


def _ends_in_office(cell: str, gazetteer: Gazetteer) -> bool:
    return patterns.split(r"[/／]", cell)[0].strip().endswith(endings(gazetteer.words["office"]))


def _cell_office(cell: str, gazetteer: Gazetteer) -> tuple[str, str]:
    first = patterns.split(r" ?[/／]", cell.strip())[0].strip()
    words = first.replace("\u3000", " ").rsplit(" ", 1)
    if len(words) == 2:
        return words[1], words[0]
    held = next((word for word in endings(gazetteer.words["office"]) if first.endswith(word)), "")
    head = first[: len(first) - len(held)]
    return first, head if BODY.search(head) else ""


JAPANESE = (
    ("bracket", by_bracket),
    ("list", by_list),
    ("member", by_member),
    ("roster", by_roster),
    ("call", by_call),
    ("number", by_number),
    ("reading", by_reading),
    ("given", by_given),
)
ENGLISH = (("delegate", delegates), ("of", of_body))
