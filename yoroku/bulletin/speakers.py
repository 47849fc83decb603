"""Who is the subject of a sentence: the last marked one before a place, a person if one is named, else the words."""

from __future__ import annotations

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.names import HAN
from yoroku.bulletin.people import People
from yoroku.records import dataclass

_MARKED = lazy(
    r"(?:氏|さん|君)?(?:ら)?(?: ?\([^()]{1,30}\))?(?:[=＝][^=＝。]{1,16}[=＝])?"
    r"(?:は|が|も|から|によると|によれば|として|[:：]|、(?=「)|은|는|이|"
    r"가|께서|[,，]? ?(?:表示|说|說|强调|指出|称|介绍|回应|认为|宣布))"
)
_NOUN = f"{HAN}ァ-ヴーA-Za-z0-9・々両"
_SUBJECT = lazy(
    # Whole runs only, or the last 24 letters of a longer one: what follows is never of the run.
    rf"(?P<np>(?<![{_NOUN}])[{_NOUN}]{{1,24}}+|[{_NOUN}]{{24}}+)(?: ?\([^()]{{1,20}}\))?(?P<m>[はが])"
)
_NOT_SUBJECT = lazy(
    r"^(?:会談|会議|会合|協議|今回|今後|当面|これ|それ|今年|昨年|今|現在|一方|このほか|内容|理由|結果|背景|影響|"
    r"目的|日|年|月|時|件|点|人数|数|声|事案|方|もの|こと|"
    r"取材|会見|質問|議論|状況|必要|場合|地震|台風|気温|水位|価格|費用|予算|法案|制度|計画|事業|調査|問題|課題|"
    r"可能性|被害|見方|意見|批判|懸念|期待|効果|対応|対策)$|"
    r"(?:日|年|月|時|分|件|回|%|率|額|量|性|力|間|上|中|下|後|前|際|側面|ため|点|面|こと|もの|制度|体制|計画|案|"
    r"会談|会議|会合|宣言|声明)$"
)
_GROUP = lazy(
    r"^(?:両|双方|各国|参加|一同|関係|首脳|閣僚|外相|国防相|政府|与党|野党|議会|委員会|理事会|会議|県|市|町|村|国|"
    r"同社|同省|同庁|同局|当社|公社|協会|連盟)"
)
# An assembly cannot speak, but it can decide.
_ASSEMBLY = lazy(r"(?:会議|会合|会談|総会)$")
_GENERIC = lazy(
    r"(?:担当者|関係者|男性|女性|男|女|住民|職員|幹部|専門家|広報|高官|当局者|報道担当|責任者|家族|遺族|客|利用者|"
    r"市民|店主|農家|生徒|学生|消息筋)$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who: the words as written, and the person (an index into `People.persons`) when it is one."""

    words: str
    person: int | None = None
    generic: bool = False


def subject_before(passage: Passage, start: int, at: int, people: People, *, roles: bool = True) -> Subject | None:
    """The last subject between `start` and `at` of `passage`; quoted words do not count."""
    best: tuple[int, Subject] | None = None
    open_text = outside(passage.folded, start, at)
    for item, index in people.mentions(passage):
        if not start <= item.start < at or open_text[item.start - start] == "\0":
            continue
        end = item.start + len(item.surface) if item.surface.startswith(item.name) else item.end
        marked = _MARKED.match(passage.folded, end, at + 1) or _MARKED.match(passage.folded, item.end, at + 1)
        if marked and (best is None or item.start > best[0]):
            best = (item.start, Subject(people.persons[index].name, index))
    for found in _SUBJECT.finditer(open_text) if "は" in open_text or "が" in open_text else ():
        words = found["np"]
        place = start + found.start("np")
        if (_NOT_SUBJECT.search(words) and (roles or not _ASSEMBLY.search(words))) or (
            best is not None and place <= best[0] + 24 and place >= best[0]
        ):
            continue
        if (best is not None or found["m"] == "が") and not (_GROUP.match(words) or _GENERIC.search(words)):
            continue
        person = _by_office(words, people) if roles else None
        generic = bool(_GENERIC.search(words))
        if best is None or place > best[0]:
            name = people.persons[person].name if person is not None else passage.text[place : place + len(words)]
            best = (place, Subject(name, person, generic))
    return best[1] if best else None


_SPEAKS = lazy(r"(?:氏|さん|君)?(?: ?\([^()]{1,30}\))?(?:は|が|も|から|[:：])")


def named_again(text: str, people: People) -> set[int]:
    """The persons whose full names stand in a text, found anew: 当社社長の乙部圭吾は of 乙部 圭吾."""
    return {
        index
        for index, person in enumerate(people.persons)
        if len(name := person.name.replace(" ", "").replace("\u3000", "")) >= 3 and name in text
    }


def marked_again(text: str, people: People) -> set[int]:
    """Those of them that a sentence has as its subject."""
    return {
        index
        for index in named_again(text, people)
        if (name := people.persons[index].name.replace(" ", "").replace("\u3000", ""))
        and _SPEAKS.match(text, text.rfind(name) + len(name))
    }


def outside(folded: str, start: int, at: int) -> str:
    """The slice with quoted letters blanked, so that no subject is seen in them."""
    text = folded[start:at]
    if "「" not in text and "『" not in text and "“" not in text:
        return text
    depth = 0
    letters: list[str] = []
    for char in text:
        if char in "「『“":
            depth += 1
        letters.append("\0" if depth else char)
        if char in "」』”" and depth:
            depth -= 1
    return "".join(letters)


def _by_office(words: str, people: People) -> int | None:
    """The one person whose office the words are: 大臣は, 総裁は, 同市長は."""
    bare = words.removeprefix("同").removeprefix("新").removeprefix("この")
    if len(bare) < 2:
        return None
    return people.only_in_office(bare)
