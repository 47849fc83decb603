"""Who said what: quotations with a verb of saying, answers in turns, and what a sentence reports in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yoroku import patterns
from yoroku.briefing.model import Review, Statement
from yoroku.bulletin import statements_latin
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.facts_text import PROSE, Passage, Piece, pieces
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN
from yoroku.bulletin.people import People, office_key
from yoroku.bulletin.review import review
from yoroku.bulletin.speakers import Subject, marked_again, named_again, subject_before
from yoroku.records import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """The statements in order, and what is unsure about them."""

    statements: tuple[Statement, ...]
    review: tuple[Review, ...]


_BRACKET = lazy("[「」]")
_LONGEST_TURN = 400
_LONGEST_QUESTION = 200
_CHAIN = lazy(r"^(?:と|とし|などと|と述べ|と話し|と語り|し)?、?(?:さらに|また|その上で|そのうえで|続けて)?、?「")
_PASSIVE = lazy(
    r"^(?:など)?と(?:いきなり|突然)?(?:声を?(?:掛け|かけ)られ|言われ|呼び?(?:掛け|かけ)られ|告げられ|話し?(?:掛け|"
    r"かけ)られ|脅され)"
)
_AGENT = lazy(r"(?P<n>[^、。「」はがをにで\s]{1,14})(?:に|から)$")
_NAME_LIKE = lazy(r"^[^\u3041-\u3096。、]{1,18}$")
_STRONG = lazy(r"述べ|語|話|発言|コメント|答え|応じ|訴え|呼び|言|いい|声を")
_WEAK_NAME = lazy(
    r"^(?:の|を|が|は|に|で|へ|や|、|と(?:は|も|の(?!コメント|談話|声明|見解|認識|考え|見方|懸念|意見|指摘|メッセージ)|して|なる|なり|いう|呼ば|名付|題し|位置|銘打|書|表記|定義|連携|"
    r"協力|協議|会談))"
)
_COMMENT = lazy(r"コメント|談話|あいさつ|挨拶|の声|メッセージ|声明")
_LABEL_Q = lazy(
    r"^(?:Q|問|質問|記者|外国プレス記者|QUESTION|REPORTER|기자|질문|记者|问|司会|事務局|MODERATOR|幹事)\d*$",
    re.IGNORECASE,
)
# （委員）小笠原　みのり　ことり交通株式会社代表取締役: a roster, nobody speaks.
_MEMBER = lazy(rf"^[{HAN}]{{1,4}}[ 　]{{1,2}}[{HAN}ぁ-んァ-ヴー]{{1,5}}[ 　]{{1,3}}[^\s。、]{{2,40}}$")
# ３　その他, 発行：…: the next item of the agenda and the foot, in nobody's mouth.
_NEXT_ITEM = lazy(
    r"^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?[ .、．][^。、]{2,20}|"
    r"(?:発行者?|編集者?|問い?合わ?せ先?|連絡先)[:：].+)$"
)
_LEADS = lazy(r"^(?:[QA問答][ \d]{0,3}(?=[（(]))?[○◯●◎【（([<〈 ]*")  # A（市長）
_ANSWERING = lazy(rf"^[ 　]*(?P<o>[{HAN}]{{0,7}}(?:知事|[{HAN}]長|管理者))[ 　]+(?=\S)")
_AFTER_LABEL = lazy(r"[^:：】)）\]>〉\s]{0,12}[】）)\]>〉]*[ 　]?[:：．.]?[ 　]*")
_LABEL_A = lazy(r"^(?:A|答|回答|ANSWER|답|답변|答复)\d*$", re.IGNORECASE)
_REPORTED = searched(
    r"(?:(?:決意|考え|認識|期待|懸念|支持|謝意|敬意|意向|見解|見方|立場|意|感謝|お悔やみ|弔意|哀悼の意|賛意|姿勢|"
    r"自信|危機感|遺憾の意)を?(?:改めて|強く|重ねて)?"
    r"(?:表明し|述べ|示し|伝え|表し|示され|表明され)|旨(?:を|の)?(?:改めて|重ねて)?(?:述べ|発言|説明し|表明し|伝え|"
    r"強調し|言及)|発言があ[っり]|"
    r"が示され(?:た|まし)|を(?:改めて|強く|重ねて)?(?:述べ|説明し|強調し|指摘し|要請し|求め|訴え|呼び掛け|呼びかけ|"
    r"明らかにし|否定し|説明が))"
    r"(?:た|まし|る|て|、|$)"
)


_REPORT_VERB = lazy(r"述べ|発言|説明|表明|伝え|強調|指摘|要請|求め|訴え|呼び掛け|呼びかけ|明らか|否定|表し|言及|示")


@cache
def _verbs(words: frozenset[str]) -> re.Pattern[str]:
    stems = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return patterns.compiled(
        rf"^(?:、?など|等|ほか|という|といった)?と(?:の|いう|の趣旨の)?(?P<mid>[^。「」]{{0,44}}?)(?P<v>{stems})"
        r"|^(?:など)?(?P<v2>とし(?:た|て(?:い|お)|ました|、)|との(?:コメント|談話|声明|見解|認識|考え|見方|懸念)(?=を))"
    )


def statements(passages: tuple[Passage, ...], people: People, gazetteer: Gazetteer, lang: str) -> Said:
    """All statements of the kept text."""
    if lang in {"en", "zh", "ko"}:
        found, doubts = statements_latin.statements(passages, people, lang)
        turns, more = _turns(passages, people, lang)
        return Said((*found, *turns), (*doubts, *more))
    made: list[Statement] = []
    reviews: list[Review] = []
    for statement, doubt in _japanese(passages, people, gazetteer):
        made.append(statement)
        if doubt:
            reviews.append(review("statements", doubt, statement.text[:40], statement.lines))
    turns, more = _turns(passages, people, lang)
    return Said((*made, *turns), (*reviews, *more))


def _japanese(passages: tuple[Passage, ...], people: People, gazetteer: Gazetteer) -> Iterator[tuple[Statement, str]]:
    last: Subject | None = None
    part = None
    before: Passage | None = None
    verbs = _verbs(frozenset(gazetteer.said))
    for passage in passages:
        if passage.part != part:
            last, part = None, passage.part
        if passage.place == "heading":
            last = _headed(passage, people) or last
        if passage.place not in PROSE or (passage.place == "turn" and "」と" not in passage.folded):
            before = passage if passage.place != "dropped" else before
            continue
        whole = _whole(passage, before, people)
        if whole:
            yield whole
            last = Subject(whole[0].speaker) if whole[0].speaker else last
        else:
            for piece in pieces(passage):
                own: Subject | None = None
                for statement, doubt, subject in _direct(piece, people, verbs, gazetteer, last):
                    own = subject or own
                    yield statement, doubt
                if own is None:
                    for statement, subject in _reports(piece, people):
                        yield statement, ""
                        own = subject
                    own = own or subject_before(passage, piece.start, piece.end, people)
                if own is not None and (own.person is not None or own.generic):
                    last = own
        before = passage


def _headed(passage: Passage, people: People) -> Subject | None:
    named = people.named_in(passage, 0, len(passage.text))
    return Subject(people.persons[named[0][1]].name, named[0][1]) if len({index for _, index in named}) == 1 else None


def quotations(folded: str) -> tuple[tuple[int, int], ...]:
    """(start, end) inside the outermost 「…」 of a passage; quotations nest. An unclosed one is left out."""
    if "「" not in folded:
        return ()
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for mark in _BRACKET.finditer(folded):
        at = mark.start()
        if mark.group() == "「":
            opened.append(at)
        elif opened:
            start = opened.pop() + 1
            # What closed inside this one is part of it; inside one that never closes it counts.
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at))
    return tuple(found)


def _whole(passage: Passage, before: Passage | None, people: People) -> tuple[Statement, str] | None:
    """A paragraph that is one quotation, under a heading or a name: 代表取締役社長　久我 理人."""
    folded = passage.folded.strip()
    if (
        not (folded.startswith("「") and folded.endswith("」"))
        or len(quotations(passage.folded)) != 1
        or before is None
    ):
        return None
    start, end = quotations(passage.folded)[0]
    if end - start < 8 or start > 2:
        return None
    named = {index for _, index in people.named_in(before, 0, len(before.text))} or named_again(before.folded, people)
    if len(named) == 1 and len(before.text) < 60:
        speaker = people.persons[named.pop()].name
        return Statement(speaker, passage.text[start:end], lines=passage.lines), ""
    if _COMMENT.search(before.folded) and len(before.text) < 40:
        return Statement("", passage.text[start:end], lines=passage.lines), "no-speaker"
    return None


def _direct(
    piece: Piece, people: People, verbs: re.Pattern[str], gazetteer: Gazetteer, last: Subject | None
) -> Iterator[tuple[Statement, str, Subject | None]]:
    passage = piece.passage
    found = [(start + piece.start, end + piece.start) for start, end in quotations(piece.folded)]
    for at, (start, end) in enumerate(found):
        after = passage.folded[end + 1 : piece.end]
        text = passage.text[start:end]
        passive = _PASSIVE.match(after)
        if passive:
            agent = _AGENT.search(passage.folded[piece.start : start - 1])
            if agent:
                words = patterns.sub(r"^.*(?:ぬ|い|の|た|る)(?=[^ぁ-ん]+$)", "", agent["n"]) or agent["n"]
                yield (
                    Statement(words, text, verb=passive.group()[1:].lstrip("と"), lines=piece.lines),
                    "speaker-unnamed",
                    None,
                )
            continue
        verb = _verb(after, verbs, gazetteer)
        if not verb and at + 1 < len(found) and _CHAIN.match(after):
            verb = _verb(passage.folded[found[at + 1][1] + 1 : piece.end], verbs, gazetteer)
        if not verb or _is_name(text, after, verb):
            continue
        subject = subject_before(passage, piece.start, start - 1, people) or _subject_after(piece, end, people)
        again = set() if subject else marked_again(passage.folded[piece.start : start - 1], people)
        if len(again) == 1:
            subject = Subject(people.persons[min(again)].name, min(again))
        if subject is not None:
            doubt = "speaker-unnamed" if subject.generic else ""
            yield Statement(subject.words, text, verb=verb, lines=piece.lines), doubt, subject
        elif last is not None:
            yield Statement(last.words, text, verb=verb, lines=piece.lines), "speaker-inherited", last
        else:
            yield Statement("", text, verb=verb, lines=piece.lines), "no-speaker", None


def _verb(after: str, verbs: re.Pattern[str], _gazetteer: Gazetteer) -> str:
    found = verbs.match(after)
    if not found:
        return ""
    return found["v"] or found["v2"].rstrip("、")


def _is_name(text: str, after: str, verb: str) -> bool:
    """「札幌宣言」 and 「使える制度」 are names and emphasis."""
    if len(text) < 4 or _WEAK_NAME.match(after):
        return True
    if _NAME_LIKE.match(text) and not _STRONG.search(verb):
        return True
    return bool(_NAME_LIKE.match(text)) and len(text) < 8 and text[-1] not in "。！!？?"


_AFTER_SUBJECT = lazy(r"^と、?(?:[^。]{0,10})?")


def _subject_after(piece: Piece, end: int, people: People) -> Subject | None:
    """「…」と鈴木市長は述べた."""
    named = people.named_in(piece.passage, end, min(piece.end, end + 16))
    if not named:
        return None
    return Subject(people.persons[named[0][1]].name, named[0][1])


def _reports(piece: Piece, people: People) -> Iterator[tuple[Statement, Subject]]:
    """Each verb that reports speech, with its own subject: A 大臣から…旨述べ、B 大臣から…発言があった."""
    if len(piece.text) < 15:
        return
    told: set[str] = set()
    for found in _REPORTED.finditer(piece.folded):
        subject = subject_before(piece.passage, piece.start, piece.start + found.start(), people)
        if subject is None or subject.words in told:
            continue
        if subject.person is None and not patterns.match(r"両|双方", subject.words):
            continue
        told.add(subject.words)
        verb = _REPORT_VERB.search(found.group())
        yield Statement(subject.words, piece.text, "reported", verb.group() if verb else "", lines=piece.lines), subject


def _turns(passages: tuple[Passage, ...], people: People, lang: str) -> tuple[list[Statement], list[Review]]:
    """Answers in a press conference or minutes: the speaker is the label's person; the question is the context."""
    made: list[Statement] = []
    reviews: list[Review] = []
    question = alone = ""
    main = _main_person(passages, people)
    speaker = ""
    for passage in passages:
        if passage.place != "turn":
            continue
        label = passage.speaker.strip()
        text = _turn_text(passage)
        if text == passage.text and _NEXT_ITEM.match(passage.folded):
            speaker = ""
            continue
        if _LABEL_Q.match(label):
            # Who asks stays with the question: 記者（瀬音新聞）：原因は何でしょうか。
            asked = passage.text if passage.text != text or not alone else f"{alone} {text}"
            alone = passage.text if not text.strip() else ""
            question, speaker = _capped(passage, asked, _LONGEST_QUESTION), ""
            continue
        alone = ""
        doubt = ""
        if label:
            index = people.by_label(label)
            if index is None and _LABEL_A.match(label) and main is not None:
                index, doubt = main, "speaker-inherited"
            if index is None and main is not None and _is_office_of(label, people.persons[main].role):
                index = main
            speaker = people.persons[index].name if index is not None else "" if _LABEL_A.match(label) else label
            doubt = doubt or ("no-speaker" if not speaker else "")
        office = _ANSWERING.match(text) if _LABEL_A.match(label) else None
        if office:
            # 答　知事　若者の定着を柱に…
            speaker, text, doubt = office["o"], text[office.end() :], "speaker-unnamed"
        if not text.strip() or not (speaker or doubt) or _MEMBER.match(text.strip()):
            continue
        made.append(
            Statement(
                speaker,
                _capped(passage, text, _LONGEST_TURN),
                context=question,
                lines=passage.lines,
                as_written=label if label != speaker else "",
            )
        )
        if doubt and not any(item.reason == review("", doubt, lang=lang).reason for item in reviews):
            reviews.append(review("statements", doubt, text[:40], passage.lines, lang))
        question = ""
    return made, reviews


def _is_office_of(label: str, role: str) -> bool:
    """Whether a label (大臣, 総理) is the office of the person whom the title names, whoever else holds one like it."""
    bare = office_key(label.strip().rstrip(":："))
    return len(bare) > 1 and bool(role) and office_key(role).endswith(bare)


def _turn_text(passage: Passage) -> str:
    """The turn without its label: the label is what the text begins with, in brackets or before a colon."""
    label, text = passage.speaker.strip(), passage.text
    lead = _LEADS.match(text)
    signs = lead.end() if lead else 0
    at = next((at for at in range(signs, -1, -1) if text.startswith(label, at)), None) if label else None
    rest = _AFTER_LABEL.match(text, at + len(label)) if at is not None else None
    return text[rest.end() :] if rest else text


def _capped(passage: Passage, text: str, longest: int) -> str:
    """At most `longest` characters of the turn, cut at a sentence's end."""
    if len(text) <= longest:
        return text.strip()
    shift = len(passage.text) - len(text)
    ends = [piece.end - shift for piece in pieces(passage) if 0 < piece.end - shift <= longest]
    return text[: ends[-1]].strip() if ends else text[:longest].strip()


def _main_person(passages: tuple[Passage, ...], people: People) -> int | None:
    """The person whom the title names, else the only one who is no reporter."""
    for passage in passages:
        if passage.place == "title":
            named = {index for _, index in people.named_in(passage, 0, len(passage.text))}
            if len(named) == 1:
                return named.pop()
    others = [
        at
        for at, person in enumerate(people.persons)
        if person.role and person.role not in {"記者", "기자"} and person.role != person.organisation
    ]
    return others[0] if len(others) == 1 else None
