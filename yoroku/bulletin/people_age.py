"""People whom Japanese reports name with an age, and names with a polite word after a blank."""

from __future__ import annotations

from collections.abc import Iterator

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN, surname_of
from yoroku.bulletin.people_ja import Found, found_at, office_pattern

_AGED = lazy(
    rf"(?P<t>会社員|会社役員|無職|アルバイト|自営業|自営|農業|漁業|団体職員|公務員|パート従業員|大学生|高校生|中学生|小学生|運転手|作業員|主婦|"
    rf"従業員|店員|医師|看護師|教員|元[{HAN}]{{2,4}})?"
    rf"(?P<n>[{HAN}ノ]{{1,4}}?[{HAN}ぁ-ん]{{1,4}}?)(?:さん|ちゃん|くん|君|氏|(?P<o>容疑者|被告))? "
    rf"?\(\d{{1,3}}\)(?P<o2>容疑者|被告)?"
)
_AGE = lazy(r"\(\d{1,3}\)")
_SPACED_POLITE = lazy(rf"(?P<n>[{HAN}]{{3,5}}) 氏(?=[がはにのを、らと])")


def by_age(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """会社員久留島宏容疑者(34), 無職田ノ上みやさん(81): whom a report names with an age; 玉置健吾 氏が."""
    surnames = gazetteer.words["surname-ja"]
    for found in _SPACED_POLITE.finditer(passage.folded) if " 氏" in passage.folded else ():
        if surname_of(found["n"], surnames):
            yield found_at(passage, found.span("n"), found.end("n"), "", "", sure=True, rule="polite")
    if "(" not in passage.folded or not _AGE.search(passage.folded):
        return
    for found in _AGED.finditer(passage.folded):
        name = found["n"]
        start = found.start("n")
        known = surname_of(name, surnames)
        if not (found["t"] or known) or len(name) < 3 or name in gazetteer.words["notname"]:
            continue
        if gazetteer.find(name) is not None or office_pattern(gazetteer).search(name):
            continue
        end = start + len(name)
        role = found["o"] or found["o2"] or found["t"] or ""
        yield found_at(passage, (start, end), end, role, "", sure=bool(known), rule="age")
