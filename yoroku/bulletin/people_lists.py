"""People in lists: members' tables, rosters of office and name, numbered councillors, names called 君, delegates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN, office_start, surname_of
from yoroku.bulletin.people_ja import BODY, KATAKANA_NAME, Found, office_of, office_pattern

_GIVEN = rf"[{HAN}ぁ-んァ-ヴーｦ-ﾟ]"
_SPACED = rf"[{HAN}]{{1,4}} {{1,2}}{_GIVEN}{{1,5}}"
_NAME = rf"(?:{_SPACED}|[{HAN}]{{1,3}}[ぁ-んァ-ヴーｦ-ﾟ]{{2,5}}|[{HAN}]{{2,5}})"
_NAME_CELL = lazy(rf"^{_NAME}$|^{KATAKANA_NAME}$|^[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'.-]+){{1,3}}$")
_HEADER = lazy(r"^(?:.{0,4}氏 *名|名 *前|お名前|委員名|役職|肩書き?|所属|候補者名?|受賞者|Name)$")
_NAME_HEADER = lazy(r"^(?:.{0,4}氏 *名|名 *前|お名前|委員名|候補者名?|受賞者|Name)$")
_ROSTER = lazy(
    rf"(?:^|(?<=[ (|/、:：・○]))(?P<o>(?:[{HAN}] ){{2,5}}[{HAN}]|"
    rf"[{HAN}ァ-ヴー]{{2,20}}) {{1,8}}(?P<n>{_NAME})(?P<k>君|氏)?(?= {{1,}}|$|[)、(])"
)
_CALLED = lazy(rf"(?:^|(?<=[ ○◯(、:]))(?P<n>[{HAN}]{{1,4}} ?{_GIVEN}{{1,5}}?)(?:君|(?<=[^ ]) 氏)(?=$|[ )、(])")
_OFFICE_BEFORE = lazy(rf"(?P<o>[{HAN}]{{2,16}})\($")
_NUMBERED = lazy(rf"\d{{1,2}} ?番 {{0,2}}(?P<n>[{HAN}]{{1,4}} {_GIVEN}{{1,4}}|[{HAN}]{{3,5}})(?=君|議員| |$|\()")
_DELEGATE = lazy(
    r"^[-•*▪\s]*(?P<c>[A-Z][\w .'-]{2,30}): (?P<n>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'.-]+){1,3})(?: \((?P<r>[a-z][\w "
    r"]+)\))?\.?$"
)
_OF = lazy(
    r"(?P<n>[A-Z][a-z'-]+(?: [A-Z]\.)? [A-Z][A-Za-z'-]+) of (?:the )?"
    r"(?P<o>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,4})(?= (?:reported|"
    r"discovered|said|told|found|wrote|disclosed))"
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
        or re.match(rf"^{_SPACED}$|^[A-Z][a-z]", cell)
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
        if not words.endswith(endings(gazetteer.words["office"])):
            at = found.end("o")
            continue
        if _no_name(name, gazetteer) or (len(name) == 2 and not found["k"] and found.end() != len(passage.folded)):
            continue
        held = next(word for word in endings(gazetteer.words["office"]) if words.endswith(word))
        head = words[: len(words) - len(held)]
        cut = office_start(head, gazetteer)
        role, organisation = office_of(head[cut:] + held)
        if " " in found["o"]:
            role, organisation = passage.text[found.start("o") : found.end("o")], ""
        else:
            organisation = organisation or head[:cut]
        yield _found(passage, found, role, organisation, "roster")


def _no_name(name: str, gazetteer: Gazetteer) -> bool:
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
    """A table that lost its rows: a name alone on a line after 氏名, its office on the line before or after."""
    name = passage.folded.strip()
    if len(name) > 12 or not re.fullmatch(_SPACED, name) or _no_name(name, gazetteer):
        return
    offices = [other for other in near if other.folded.strip().endswith(endings(gazetteer.words["office"]))]
    role = offices[0].text.strip() if offices else ""
    start = passage.folded.find(name)
    text = passage.text[start : start + len(name)]
    yield Found(text, role, "", text, passage.lines, passage, start, start + len(name), True, "flat")


def is_name_header(passage: Passage) -> bool:
    """Whether a line is the head 氏名 of a table that lost its rows."""
    return len(passage.folded) <= 8 and bool(_NAME_HEADER.match(passage.folded.strip()))


def by_call(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """○周防めぐみ君, 議長（鴨下勝君）: how councils call their members; the office stands before the bracket."""
    called = "君" in passage.folded or " 氏" in passage.folded
    for found in _CALLED.finditer(passage.folded) if called else ():
        if _no_name(found["n"], gazetteer):
            continue
        before = _OFFICE_BEFORE.search(passage.folded, max(0, found.start() - 17), found.start())
        role = organisation = ""
        if before and before["o"].endswith(endings(gazetteer.words["office"])):
            role, organisation = office_of(before["o"])
        yield _found(passage, found, role, organisation, "call")


def by_number(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """3番　鴨下勝: councillors by their seats."""
    for found in _NUMBERED.finditer(passage.folded) if "番" in passage.folded else ():
        if not _no_name(found["n"], gazetteer):
            yield _found(passage, found, "", "", "number")


def delegates(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Veskar: Tibor Galanek (observer)."""
    found = _DELEGATE.match(passage.folded)
    if found and (found["r"] or gazetteer.find(found["c"])):
        yield _found(passage, found, found["r"] or "", passage.text[found.start("c") : found.end("c")], "delegate")


def of_body(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Priya Lindgren of Halden Security reported …."""
    for found in _OF.finditer(passage.folded):
        if not any(word in gazetteer.words["en-not-name"] for word in found["n"].split()):
            yield _found(passage, found, "", passage.text[found.start("o") : found.end("o")], "of")


def _found(passage: Passage, found: re.Match[str], role: str, organisation: str, rule: str) -> Found:
    start, end = found.span("n")
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
    return re.split(r"[/／]", cell)[0].strip().endswith(endings(gazetteer.words["office"]))


def _cell_office(cell: str, gazetteer: Gazetteer) -> tuple[str, str]:
    first = re.split(r" ?[/／]", cell.strip())[0].strip()
    words = first.replace("\u3000", " ").rsplit(" ", 1)
    if len(words) == 2:
        return words[1], words[0]
    held = next((word for word in endings(gazetteer.words["office"]) if first.endswith(word)), "")
    head = first[: len(first) - len(held)]
    return first, head if BODY.search(head) else ""


JAPANESE = (("roster", by_roster), ("call", by_call), ("number", by_number))
ENGLISH = (("delegate", delegates), ("of", of_body))
