"""Lines that say again what another line says: pasted twice, or retold in nearly the same words.

An exact repeat needs a long line or a run of lines: short lines repeat for good reasons (table cells, a severity given
for two versions, the same answer in minutes). A near repeat is contained in another line by four-character pieces and
brings no word, number or negation of its own, so that folding it can lose nothing.
"""

from __future__ import annotations

from collections import defaultdict

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.lines import URL, Look

LONG = 20  # characters of a line that can start a run of repeats
ALONE = 28  # characters of a line that folds with no repeated neighbour
ADJACENT = 8  # characters of a line that folds right after itself
GRAM = 4
CONTAINED = 0.8
CROWD = 12  # lines that may share a piece before it says nothing
WORD = lazy(
    r"[\u4e00-\u9fff々〆ヶ]+|[\u30a1-\u30ffー]+|[a-z]{3,}|(?<![0-9.])[0-9][0-9.,]*[^0-9.,]?|[\uac00-\ud7a3]{2,}"
)
NEGATION = lazy(r"ない|なく|なかっ|ません|ぬ|ずに|\bnot\b|n't|\bno\b|不|未|没|无|無")
PAIR = lazy(r"^.{1,12}[:：]|^[（(]?[誤正][）)]|^[○●◯]\S{1,14}[（(]|^\S{1,10}[：:]")


def fold(looks: tuple[Look, ...]) -> dict[int, int]:
    """Which line repeats which: the repeating line's number → the number of the line that is kept."""
    folded = _exact(looks)
    # Only a bulletin that repeats itself, or carries several documents, retells: elsewhere alike is not the same.
    pasted = any(look.size >= LONG for look in looks if look.number in folded)
    if pasted or sum(1 for look in looks if look.text.startswith("http") and URL.fullmatch(look.text)) > 1:
        rest = tuple(look for look in looks if look.number not in folded)
        folded.update(_near(rest, pasted=pasted))
    return {number: _root(folded, number) for number in sorted(folded)}


def _root(folded: dict[int, int], number: int) -> int:
    seen = {number}
    while folded[number] in folded and folded[number] not in seen:
        number = folded[number]
        seen.add(number)
    return folded[number]


def _exact(looks: tuple[Look, ...]) -> dict[int, int]:
    where: dict[str, list[int]] = defaultdict(list)
    for at, look in enumerate(looks):
        where[look.key].append(at)
    folded: dict[int, int] = {}
    for at, look in enumerate(looks):
        if look.number in folded:
            continue
        before = looks[at - 1] if at else None
        if before and before.key == look.key and look.size >= ADJACENT and not look.key.isdigit():
            folded[look.number] = before.number
            continue
        if look.size < LONG or len(where[look.key]) < 2:
            continue
        for first in where[look.key][:CROWD]:
            if first >= at:
                break
            start, end = _run(looks, first, at)
            if end - start > 1 or (look.size >= ALONE and not PAIR.match(look.flat)):
                for step in range(start, end):
                    folded.setdefault(looks[at + step].number, looks[first + step].number)
                break
    return folded


def _run(looks: tuple[Look, ...], first: int, again: int) -> tuple[int, int]:
    """How far the lines around `first` and `again` agree, as offsets; the two runs never overlap."""
    gap = again - first
    start, end = 0, 1
    while -start < gap - 1 and first + start > 0 and looks[first + start - 1].key == looks[again + start - 1].key:
        start -= 1
    while end < gap and again + end < len(looks) and looks[first + end].key == looks[again + end].key:
        end += 1
    return start, end


def _near(looks: tuple[Look, ...], *, pasted: bool) -> dict[int, int]:
    # What one document says twice, under two of its headings, stays twice.
    document: dict[int, int] = {}
    count = 0
    for look in looks:
        count += look.text.startswith("http") and bool(URL.fullmatch(look.text))
        document[look.number] = count
    long = [look for look in looks if look.size >= LONG and look.sentence and not PAIR.match(look.flat)]
    if len(long) < 2:
        return {}
    posted: dict[str, list[int]] = defaultdict(list)
    for at, look in enumerate(long):
        for piece in _anchors(look.key):
            posted[piece].append(at)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for holders in posted.values():
        if 1 < len(holders) <= CROWD:
            for one in range(len(holders)):
                for other in range(one + 1, len(holders)):
                    shared[holders[one], holders[other]] += 1
    folded: dict[int, int] = {}
    sizes = [len(_anchors(look.key)) for look in long]
    for (one, other), count in sorted(shared.items()):
        first, second = long[one], long[other]
        if not pasted and document[first.number] == document[second.number]:
            continue
        small, large = (second, first) if second.size <= first.size else (first, second)
        least = sizes[other if small is second else one] * CONTAINED
        if small.number in folded or large.number in folded or count * 2 < least:
            continue
        if contained(small.key, large.key):
            folded[small.number] = large.number
    return folded


def _anchors(key: str) -> set[str]:
    """A quarter of a line's pieces, chosen by their first character, the same in every line."""
    return {key[at : at + GRAM] for at in range(len(key) - GRAM + 1) if ord(key[at]) % 4 == 1}


def contained(small: str, large: str) -> bool:
    """Whether `small` says nothing that `large` does not say."""
    pieces = {small[at : at + GRAM] for at in range(len(small) - GRAM + 1)}
    said = {large[at : at + GRAM] for at in range(len(large) - GRAM + 1)}
    if not pieces or len(pieces & said) < CONTAINED * len(pieces):
        return False
    if len(NEGATION.findall(small)) != len(NEGATION.findall(large)) and small not in large:
        return False
    # A figure counts with what stands beside it: 4校 is not said by 4ミリ.
    words = set(WORD.findall(large))
    return all(word in words if word[0].isdigit() else word in large for word in set(WORD.findall(small)))
