"""People in English text: titles before names, names before titles, labels of turns, reporters' introductions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.people_ja import Found

_WORD = lazy(r"[A-Za-zÀ-ÖØ-öø-ÿ][\wÀ-ÖØ-öø-ÿ'-]*(?:\.(?=[A-Z]\b|[A-Z]\.)[A-Z])*\.?")
_PLAIN = r"(?:[A-ZÀ-Þ][\wÀ-ÿ'-]*[\wÀ-ÿ]|[A-Z]\.)"
_LINK = frozenset({"de", "van", "von", "der", "den", "bin", "al", "da", "di", "del", "la", "le", "el", "ibn", "ten"})
_INTRODUCED = lazy(
    rf"^(?:(?:Hi|Hello|Thank you|Thanks|Good (?:morning|afternoon|evening))[,.]? ?(?:[\w .]{{0,30}}[,.] )?)?"
    rf"(?:(?:This is|I'm|I am|My name is) )?(?P<n>{_PLAIN}(?: {_PLAIN}){{1,2}}),? (?:with |from |"
    rf"of )?(?:the )?(?P<o>[A-Z][\w&' ]{{1,40}}?)[.,]"
)


@cache
def _heads(words: frozenset[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    index: dict[str, list[tuple[str, ...]]] = {}
    for word in words:
        tokens = tuple(word.split(" "))
        index.setdefault(tokens[0], []).append(tokens)
    return {first: tuple(sorted(known, key=lambda tokens: (-len(tokens), tokens))) for first, known in index.items()}


class _Words:
    """The words of a passage with what stands between them."""

    __slots__ = ("folded", "marks")

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.marks = tuple((found.start(), found.end(), found.group()) for found in _WORD.finditer(folded))

    def adjacent(self, at: int) -> bool:
        """Whether word `at` follows the one before it with one or two blanks only."""
        return 0 < at < len(self.marks) and not self.folded[self.marks[at - 1][1] : self.marks[at][0]].strip()


def _head_at(words: _Words, at: int, heads: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """How many words of a title stand at `at`; 0 when none does."""
    for tokens in heads.get(words.marks[at][2], ()) or heads.get(words.marks[at][2].rstrip("."), ()):
        if at + len(tokens) <= len(words.marks) and all(
            words.marks[at + step][2].rstrip(".") == token.rstrip(".") and (step == 0 or words.adjacent(at + step))
            for step, token in enumerate(tokens)
        ):
            return len(tokens)
    return 0


def by_title(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Secretary of Trade Anton J. Weller, Norland Minister for Foreign Affairs Ida Moss, Capt. Rhea Dunn."""
    heads = _heads(gazetteer.words["en-head"])
    words = _Words(passage.folded)
    at, count = 0, len(words.marks)
    while at < count:
        size = _head_at(words, at, heads)
        if not size:
            at += 1
            continue
        first, after = at, _portfolio(words, at + size, gazetteer)
        title_end = after
        while after < count and words.adjacent(after) and (more := _head_at(words, after, heads)):
            after = _portfolio(words, after + more, gazetteer)
        last = _name_end(words, after, gazetteer) if words.adjacent(after) else after
        if last < count and words.adjacent(last) and _head_at(words, last, heads):
            # Press Secretary Air Force Brig. Gen. Dana Ruiz: what stands between two titles is a service, no name.
            at = last
            continue
        if last == after:
            at = max(after, at + 1)
            continue
        first = _title_start(words, first, gazetteer)
        start, end = words.marks[after][0], _bare_end(words.marks[last - 1])
        role_start, role_end = words.marks[first][0], words.marks[title_end - 1][1]
        role = passage.text[role_start:role_end]
        if role in gazetteer.words["en-polite"]:
            role = ""
        yield Found(
            passage.text[start:end],
            role,
            "",
            passage.text[role_start:end],
            passage.lines,
            passage,
            start,
            end,
            True,
            "title",
        )
        at = last


def _portfolio(words: _Words, at: int, gazetteer: Gazetteer) -> int:
    """Past `of State`, `for Foreign Affairs`, `of France`; `at` itself when nothing of the kind follows."""
    if at >= len(words.marks) or not words.adjacent(at) or words.marks[at][2] not in {"of", "for", "to"}:
        return at
    known = gazetteer.words["en-of"]
    after = at + 1
    if after < len(words.marks) and words.marks[after][2] == "the":
        after += 1
    begin = after
    while after < len(words.marks) and words.adjacent(after) and words.marks[after][2].rstrip(".,") in known:
        after += 1
    if after == begin and words.marks[begin - 1][2] == "the":
        # Chief Executive of the Chalk Rivers Alliance: what follows is the body.
        while after < len(words.marks) and words.adjacent(after) and words.marks[after][2][0].isupper():
            after += 1
        return after if after > begin + 1 else at
    if after == begin and after < len(words.marks) and _long_name(words, after):
        # Minister for Rivers Edda Lindqvist: the name is the last two words.
        return after + 1
    if after == begin:
        for size in (3, 2, 1):
            joined = " ".join(mark[2] for mark in words.marks[begin : begin + size])
            if gazetteer.find(joined) is not None:
                return begin + size
        return at
    while after > begin and words.marks[after - 1][2] in {"and", "the"}:
        after -= 1
    return after


def _long_name(words: _Words, at: int) -> bool:
    run = at
    while run < len(words.marks) and (run == at or words.adjacent(run)) and words.marks[run][2][0].isupper():
        run += 1
    return run - at == 3


def _title_start(words: _Words, at: int, gazetteer: Gazetteer) -> int:
    known = gazetteer.words["en-before"]
    while at > 0 and words.adjacent(at) and (words.marks[at - 1][2] in known or _adjective(words.marks[at - 1][2])):
        # The Defense of "Ministry of Defense spokesperson" is the ministry's.
        if (
            at > 2
            and words.marks[at - 2][2] in {"of", "for"}
            and words.marks[at - 3][2] in {"Ministry", "Department", "Office", "Secretary", "Minister"}
        ):
            break
        at -= 1
    return at


def _adjective(word: str) -> bool:
    return (
        word[0].isupper()
        and len(word) > 4
        and word.endswith(("ese", "ian", "ish", "can", "ean", "nch", "aeli", "aqi", "ani"))
    )


def _name_end(words: _Words, at: int, gazetteer: Gazetteer) -> int:
    """The index after the last word of the name that begins at `at`."""
    begin = at
    avoid = _avoided(gazetteer.words["en-of"], gazetteer.words["en-before"])
    while at < len(words.marks) and at - begin < 4 and (at == begin or words.adjacent(at)):
        word = words.marks[at][2]
        bare = patterns.sub(r"(?:'s|\.)$", "", word)
        if not (word[0].isupper() or (word in _LINK and at > begin)):
            break
        if (
            bare in gazetteer.words["en-not-name"]
            or (bare in avoid and at == begin)
            or (at > begin and bare in avoid and len(bare) > 4)
        ):
            break
        at += 1
        if word.endswith("'s") or (
            word.endswith(".") and len(word) > 2 and not patterns.fullmatch(r"(?:[A-Z]\.)+", word)
        ):
            break
    while at > begin and words.marks[at - 1][2] in _LINK:
        at -= 1
    return at


@cache
def _avoided(of: frozenset[str], before: frozenset[str]) -> frozenset[str]:
    return of | before


@cache
def _capitals(heads: frozenset[str]) -> frozenset[str]:
    return frozenset(word.upper().rstrip(".") for word in heads)


def _bare_end(mark: tuple[int, int, str]) -> int:
    _start, end, word = mark
    if word.endswith("'s"):
        return end - 2
    return end - 1 if word.endswith(".") and len(word) > 2 and not patterns.fullmatch(r"(?:[A-Z]\.)+", word) else end


@cache
def _apposition(lower: frozenset[str], heads: frozenset[str]) -> re.Pattern[str]:
    titles = "|".join(
        re.escape(word) for word in sorted(lower | heads, key=lambda word: (-len(word), word)) if word[-1] != "."
    )
    return patterns.compiled(
        rf"(?P<n>{_PLAIN}(?: {_PLAIN}){{1,3}})"
        r"(?:, (?:(?:[A-Z][a-z]?[a-z]?\.){2,3}|MBA|PhD|MD|JD|CPA|RN|KC|MP|OBE|CBE|Jr\.))*"
        rf", (?:the |an? |its |their |who is |our )?"
        rf"(?P<t>(?:[\w&'-]+ ){{0,4}}?(?:{titles})\b(?: (?:executive|officer|director|president|minister|scientist))?)"
        rf"(?: (?:of|for|at) (?:the )?(?P<o>[A-Z][\w&'-]*(?: (?:of |and |for )?[A-Z][\w&'-]*){{0,5}}))?"
    )


@cache
def _lower_before(lower: frozenset[str]) -> re.Pattern[str]:
    titles = "|".join(re.escape(word) for word in sorted(lower, key=lambda word: (-len(word), word)))
    return patterns.compiled(rf"\b(?P<t>(?:{titles})|(?:{titles.title()})) (?P<n>{_PLAIN}(?: {_PLAIN}){{1,2}})")


def _first(gazetteer: Gazetteer) -> frozenset[str]:
    return frozenset(_heads(gazetteer.words["en-head"]))


def by_trade(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Coast service chief Anselm Ruiz, passenger Delphine Okoro: a trade in small letters before a full name."""
    for found in _lower_before(gazetteer.words["en-lower"] | gazetteer.words["en-trade"]).finditer(passage.folded):
        words = found["n"].split(" ")
        if any(word in gazetteer.words["en-not-name"] or word in gazetteer.words["en-body"] for word in words):
            continue
        if passage.folded[found.end() : found.end() + 1] == "." and f"{words[-1]}." in _first(gazetteer):
            # Secretary Air Force Brig. Gen. Ruiz: a rank begins there.
            continue
        if gazetteer.find(found["n"]) is not None or any(word in gazetteer.words["en-head"] for word in words):
            continue
        start, end = found.span("n")
        role = passage.text[found.start("t") : found.end("t")]
        yield Found(
            passage.text[start:end],
            role,
            "",
            passage.text[start:end],
            passage.lines,
            passage,
            start,
            end,
            True,
            "trade",
        )


def by_apposition(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Imogen Tarrant, chief executive of Larkfield Materials; Ned Price, Department Spokesperson."""
    if "," not in passage.folded:
        return
    pattern = _apposition(gazetteer.words["en-lower"], gazetteer.words["en-head"] - gazetteer.words["en-polite"])
    for found in pattern.finditer(passage.folded):
        name = found["n"].split(" ")
        start = found.start("n")
        while len(name) > 2 and (
            name[0] in gazetteer.words["en-not-name"] or name[0].rstrip(".") in gazetteer.words["en-head"]
        ):
            start += len(name[0]) + 1
            name = name[1:]
        if (
            len(name) < 2
            or any(word in gazetteer.words["en-body"] or word in gazetteer.words["en-not-name"] for word in name)
            or gazetteer.find(" ".join(name))
        ):
            continue
        if patterns.search(r"\b(?:and|said|who|which|was|is|told|has)\b", found["t"]):
            continue
        role = passage.text[found.start("t") : found.end("t")]
        end = found.end("n")
        yield Found(
            passage.text[start:end], role, passage.text[found.start("o") : found.end("o")] if found["o"] else "",
            passage.text[start:end], passage.lines, passage, start, end, True, "apposition",
        )  # fmt: skip


def by_introduction(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """QUESTION: Tomas Breck, Harbour Gazette."""
    if passage.place != "turn":
        return
    shift = 0
    label = patterns.match(r"^(?:QUESTION|Q|REPORTER)[:.] ?", passage.folded)
    if label:
        shift = label.end()
    found = _INTRODUCED.match(passage.folded[shift:])
    if not found or any(word in gazetteer.words["en-not-name"] for word in found["n"].split(" ")):
        return
    start, end = found.start("n") + shift, found.end("n") + shift
    paper = passage.text[found.start("o") + shift : found.end("o") + shift]
    yield Found(
        passage.text[start:end],
        paper,
        paper,
        passage.text[start:end],
        passage.lines,
        passage,
        start,
        end,
        True,
        "introduced",
    )


def by_label(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """SECRETARY ODUYA: a surname in capitals after a title in capitals."""
    words = passage.speaker.split(" ")
    if len(words) < 2 or not passage.speaker.isascii():
        return
    heads = _capitals(gazetteer.words["en-head"])
    size = next(
        (size for size in (3, 2, 1) if " ".join(words[:size]).upper().rstrip(".") in heads and len(words) > size), 0
    )
    if not size or not all(word[:1].isupper() for word in words):
        return
    name = " ".join(words[size:]).rstrip(":")
    label = Passage(passage.speaker, passage.speaker, passage.span, "label", passage.part)
    role = "" if " ".join(words[:size]).title() in gazetteer.words["en-polite"] else " ".join(words[:size])
    yield Found(name, role, "", passage.speaker, passage.lines, label, 0, 0, True, "label")


_BRACKETED = lazy(
    rf"(?P<n>{_PLAIN}(?: {_PLAIN}){{1,2}}) \((?P<t>(?:[A-Z][\w'-]+ ){{0,3}}(?:Clerk|Chair|Chairman|Chairwoman|"
    rf"Secretary|Minister|"
    r"Director|Officer|Manager|Mayor|President|Treasurer|Adviser|Engineer|Editor|Leader|Spokesperson))\)"
)
_SHOUTED = lazy(r"^(?P<n>[A-Z][A-Z'.-]+(?: [A-Z][A-Z'.-]+){1,3}), (?P<t>[A-Z][A-Z ,'-]{5,60})$")


def by_bracket(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """Helen Strake (Town Clerk); MIRIAM HALDANE, SECRETARY OF STATE on a line of its own."""
    for found in _BRACKETED.finditer(passage.folded) if " (" in passage.folded else ():
        name = found["n"].split(" ")
        if not any(word in gazetteer.words["en-not-name"] or word in gazetteer.words["en-body"] for word in name):
            # Councillors R. Ashdown (Chair): a title of several stands before the first.
            several = name[0].endswith("s") and name[0][:-1] in gazetteer.words["en-head"]
            yield _held(passage, found, len(name[0]) + 1 if several else 0)
    shouted = _SHOUTED.match(passage.folded) if passage.folded.isupper() else None
    if shouted and any(word in _capitals(gazetteer.words["en-head"]) for word in shouted["t"].split(" ")):
        yield _held(passage, shouted)


def _held(passage: Passage, found: re.Match[str], lead: int = 0) -> Found:
    start, end = found.start("n") + lead, found.end("n")
    name, role = passage.text[start:end], passage.text[found.start("t") : found.end("t")]
    return Found(name, role, "", name, passage.lines, passage, start, end, True, "bracket")


RULES = (
    ("title", by_title),
    ("bracket", by_bracket),
    ("apposition", by_apposition),
    ("trade", by_trade),
    ("introduced", by_introduction),
    ("label", by_label),
)
