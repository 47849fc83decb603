"""People in Chinese and Korean text: a surname that exists, beside an office."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.people_ja import Found
from yoroku.bulletin.places_rules import FOREIGN_ZH

_ZH_OFFICE = (
    "国家主席|国务院总理|国务院副总理|外交部发言人|国防部发言人|商务部发言人|新闻发言人|发言人|总书记|国务委员|"
    "外交部长|外长|国防部长|防长|财政部长|副部长|部长|"
    "副总统|总统|副总理|总理|首相|大臣|国务卿|副省长|省长|副市长|市长|区长|县长|副主席|主席|副主任|主任|副局长|局长|"
    "司长|处长|院长|副院长|校长|所长|"
    "董事长|总裁|总经理|首席执行官|秘书长|大使|代表|委员长|书记|行长|院士|教授|厅长|廳長|局長|部長|處長|署長|院長|"
    "校長|市長|縣長|區長|省長|鄉長|市議員|立法委員|立委|議員|總統|副總統|總理|主席|發言人|董事長|總經理|執行長|"
    "秘書長|總工程師|总工程师|副厅长|副處長|副市長|副局長|新聞局長|發言人|檢察官|法官|警长|警長|館長|馆长|所長|"
    "研究員|組長|组长|科長|科长|隊長|队长|站長|站长|船長|船长|經理|经理|總監|总监|工程師|工程师|鎮長|镇长|村長|村长|會長|理事長|記者|研究员|司令员|会长|理事长|团长|议长|记者|议员|专家|负责人|主持人"
)
_ZH_END = (
    r"(?=[，。、；：:“”「」（）()\s]|今|致|說|質|則|説|並|也|率|提|回|答|坦|接|受|在|于|与|和|同|会|对|说|表|"
    r"主|介|指|强|宣|出|当|今|日|的|将|率|为|等|就|访|说道|称|向|也|还|致|签|举|抵|要|透|参加|陪同|到|前往|调研|视察|考察|检查|听取|赴|作|发言|讲话|宣读|\d|$)"
)
_ZH_STOP = frozenset("时時何哪是否什么在于与和同会对说表主介指强宣出当今日的将率就访称也还致签举抵及等")
_ZH_FOREIGN = lazy(
    rf"(?P<o>(?:[\u4e00-\u9fff]{{0,8}}?)(?:{_ZH_OFFICE}))(?P<n>[\u4e00-\u9fff]{{1,6}}(?:·[\u4e00-\u9fff]{{1,8}}?)+?){_ZH_END}"
)
_ZH_LOAN = lazy(rf"(?P<o>(?:[\u4e00-\u9fff]{{0,4}}?)(?:{_ZH_OFFICE}))(?P<n>[{FOREIGN_ZH}]{{3,6}}){_ZH_END}")
_ZH_AFTER = lazy(rf"(?P<o>{_ZH_OFFICE})(?P<n>[\u4e00-\u9fff]{{2,4}}?){_ZH_END}")
_ZH_BEFORE = lazy(rf"(?<![\u4e00-\u9fff])(?P<n>[\u4e00-\u9fff]{{2,3}})(?P<o>{_ZH_OFFICE}){_ZH_END}")
_ZH_REPORTER = lazy(r"记者[ :：]?(?P<n>[\u4e00-\u9fff]{2,3}(?:[ 、][\u4e00-\u9fff]{2,3}){0,2})(?=[）)、，]|$)")
_KO_OFFICE = (
    "대통령|국무총리|총리|부총리|장관|차관|대변인|위원장|부위원장|시장|도지사|지사|군수|구청장|국회의원|의원|"
    "대표이사|대표|회장|부회장|사장|부사장|"
    "교수|연구원|국장|과장|실장|청장|원장|부장|본부장|센터장|소장|처장|대사|총영사|총장|학장|교장|기자|감독|선수|판사|검사|"
    "변호사|의장|부의장|이사장|총재|행장|"
    "비서실장|안보실장|수석|보좌관|국무장관|국방장관|외무장관|특사|참모총장|사령관|서장|소방서장|팀장|센터장|단장|"
    "조합장"
)
_KO = lazy(
    rf"(?<![가-힣])(?P<n>[가-힣]{{2,4}}) (?:(?P<b>[가-힣A-Za-z]+(?:부|청|처|원|시|도|군|구|사|그룹|대학교|대|당|회|"
    rf"은행|본부|센터|실|국|과|공사|공단|연구소|위원회)) )?"
    rf"(?P<p>[가-힣]{{0,8}}?)(?P<o>{_KO_OFFICE})(?=[은는이가을를와과의도에께,. )·:]|$)"
)
_KO_AFTER = lazy(rf"(?:^|(?<=[ :：(]))(?P<o>{_KO_OFFICE}) (?P<n>[가-힣]{{2,4}})(?=[ (,.)]|$)")
_KO_SHORT = lazy(
    rf"(?<![가-힣])(?P<n>[가-힣]) (?P<p>[가-힣]{{0,4}}?)(?P<o>{_KO_OFFICE})(?=[은는이가을를와과의도에께,. )]|$)"
)
_KO_FOREIGN = lazy(
    rf"(?<![가-힣])(?P<n>[가-힣]{{1,6}} [가-힣]{{2,6}}) (?P<b>[가-힣]{{2,8}}) "
    rf"(?P<o>{_KO_OFFICE})(?=[은는이가을를와과의도에께,. )]|"
    rf"$)"
)


@cache
def _longest_first(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _surname(name: str, words: frozenset[str]) -> str:
    return next((word for word in _longest_first(words) if name.startswith(word)), "")


def _found(
    passage: Passage, name: tuple[int, int], role: str, organisation: str, surface: tuple[int, int], *, rule: str
) -> Found:
    text = passage.text
    return Found(
        text[name[0] : name[1]],
        role,
        organisation,
        text[surface[0] : surface[1]],
        passage.lines,
        passage,
        name[0],
        name[1],
        True,
        rule,
    )


def chinese_after(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """外交部发言人汪文斌: an office, then surname and given name."""
    surnames = gazetteer.words["surname-zh"]
    for found in _ZH_FOREIGN.finditer(passage.folded):
        yield _found(
            passage, found.span("n"), _after_place(found["o"]), "", (found.start("o"), found.end("n")), rule="after"
        )
    for found in _ZH_LOAN.finditer(passage.folded):
        office = _after_place(found["o"])
        yield _found(
            passage, found.span("n"), office, "", (found.start("n") - len(office), found.end("n")), rule="after"
        )
    for found in _ZH_AFTER.finditer(passage.folded):
        name = found["n"]
        surname = _surname(name, surnames)
        if (
            "·" in passage.folded[found.end() : found.end() + 1]
            or not surname
            or len(name) - len(surname) not in {1, 2}
        ):
            continue
        if any(letter in _ZH_STOP for letter in name[len(surname) :]):
            continue
        yield _found(passage, found.span("n"), found["o"], "", (found.start("o"), found.end("n")), rule="after")


def _after_place(office: str) -> str:
    """贝尔德纳总统 of 来华进行国事访问的贝尔德纳总统."""
    return patterns.split(r"[的由和与同向访对请是]", office)[-1][-10:]


def chinese_labels(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """顾知行：a turn's label that is a surname and a given name; the office stands elsewhere or nowhere."""
    name = passage.speaker.strip()
    surname = _surname(name, gazetteer.words["surname-zh"])
    if passage.place == "turn" and 2 <= len(name) <= 4 and surname and len(name) - len(surname) in {1, 2}:
        at = passage.text.find(name)
        if at >= 0 and not patterns.search(_ZH_OFFICE, name):
            yield _found(passage, (at, at + len(name)), "", "", (at, at + len(name)), rule="label")


def chinese_before(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """习近平主席: surname, given name, then an office."""
    for found in _ZH_BEFORE.finditer(passage.folded):
        name = found["n"]
        surname = _surname(name, gazetteer.words["surname-zh"])
        if surname and len(name) > len(surname) and gazetteer.find(name) is None and name[-1] not in "部省市国委局院":
            yield _found(passage, found.span("n"), found["o"], "", (found.start("n"), found.end("o")), rule="before")


def chinese_reporters(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """（记者 张三 李四）."""
    for found in _ZH_REPORTER.finditer(passage.folded):
        at = found.start("n")
        for name in patterns.split(r"[ 、]", found["n"]):
            if _surname(name, gazetteer.words["surname-zh"]):
                yield _found(passage, (at, at + len(name)), "记者", "", (at, at + len(name)), rule="reporter")
            at += len(name) + 1


def korean_full(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """윤석열 대통령, 박진 외교부 장관."""
    for found in _KO.finditer(passage.folded):
        name = found["n"]
        surname = _surname(name, gazetteer.words["surname-ko"])
        if (
            not surname
            or name in gazetteer.words["ko-not-name"]
            or len(name) - len(surname) not in {1, 2}
            or gazetteer.find(name) is not None
        ):
            continue
        if name.endswith(("부", "시", "청", "도", "회", "는", "은", "를", "의", "에")) and len(name) > 2:
            continue
        role = passage.text[found.start("p") : found.end("o")]
        yield _found(passage, found.span("n"), role, found["b"] or "", found.span(), rule="full")


def korean_after(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """과장 남궁혜원: an office, then the full name."""
    for found in _KO_AFTER.finditer(passage.folded):
        surname = _surname(found["n"], gazetteer.words["surname-ko"])
        if surname and len(found["n"]) - len(surname) == 2 and found["n"] not in gazetteer.words["ko-not-name"]:
            yield _found(passage, found.span("n"), found["o"], "", found.span(), rule="after")


def korean_short(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """박 장관: a surname before an office."""
    for found in _KO_SHORT.finditer(passage.folded):
        if found["n"] in gazetteer.words["surname-ko"] and found["n"] not in "전현신양각본":
            yield _found(
                passage,
                found.span("n"),
                passage.text[found.start("p") : found.end("o")],
                "",
                found.span(),
                rule="short",
            )


def korean_foreign(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """토니 블링컨 미국 국무장관: a foreign name, its country, an office."""
    for found in _KO_FOREIGN.finditer(passage.folded):
        country = gazetteer.find(found["b"])
        if country is not None and country.kind == "country":
            yield _found(passage, found.span("n"), found["o"], found["b"], found.span(), rule="foreign")


CHINESE = (
    ("after", chinese_after),
    ("label", chinese_labels),
    ("before", chinese_before),
    ("reporter", chinese_reporters),
)
KOREAN = (("foreign", korean_foreign), ("full", korean_full), ("after", korean_after), ("short", korean_short))
