"""One person, once: the mentions that mean the same man or woman become one `Person` with the fullest name."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from yoroku import patterns
from yoroku.briefing.authority import KnownPerson
from yoroku.briefing.model import Person, Review
from yoroku.bulletin import people_age, people_asia, people_contacts, people_en, people_ja, people_lists
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage, Taken, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import MAYORS, called_here, ministries_here, places_here, states_here
from yoroku.bulletin.people_ja import Found
from yoroku.bulletin.review import review
from yoroku.records import dataclass, field, replace

_RULES = {
    "ja": (*people_ja.RULES, ("age", people_age.by_age), *people_lists.JAPANESE, *people_contacts.JAPANESE),
    "en": (*people_en.RULES, *people_lists.ENGLISH),
    "zh": people_asia.CHINESE,
    "ko": people_asia.KOREAN,
}
# How many lines after 氏名, or after the last name under it, a table that lost its rows may go on.
_FLAT = 8
_SHORT = (
    ("内閣総理大臣", "総理"),
    ("総理大臣", "総理"),
    ("首相", "総理"),
    ("外相", "外務大臣"),
    ("法相", "法務大臣"),
    ("農相", "農林水産大臣"),
    ("厚労相", "厚生労働大臣"),
    ("文科相", "文部科学大臣"),
    ("経産相", "経済産業大臣"),
    ("国交相", "国土交通大臣"),
    ("蔵相", "財務大臣"),
    ("衆院議員", "衆議院議員"),
    ("参院議員", "参議院議員"),
)
# Who chairs a committee is one of its members: 榎本委員（座長）.
_MEMBERS = frozenset(
    str.split("委員 座長 座長代理 委員長 委員長代理 部会長 分科会長 会長 会長代理 議長 主査 副座長 副委員長")
)
_MINISTER = lazy(r"(?<=[^首])相$")
# 「青鹿ちひろさん」とあるのは…の誤り: nobody is called so.
_CORRECTED = lazy(r"[^「」。]{0,6}」とあるのは")
_STATE_LETTER = lazy(r"^(?:[米英中韓](?:国(?![防務家会土]))?|仏|独|伊|露|豪|印|日本?|前|元|現|新)(?=.{2})")


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a bulletin, where each is named, and what is unsure about them."""

    persons: tuple[Person, ...]
    found: tuple[tuple[Found, int], ...]
    review: tuple[Review, ...] = ()

    named: dict[int, tuple[tuple[Found, int], ...]] = field(default_factory=dict, compare=False, repr=False)
    labels: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    offices: tuple[tuple[str, str], ...] = ()
    memo: dict[str, int | None] = field(default_factory=dict, compare=False, repr=False)
    ends: dict[str, int | None] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def of(persons: Iterable[Person], found: Iterable[tuple[Found, int]], review: Iterable[Review]) -> People:
        """The persons with their mentions by passage and by label, so that no question looks through all of them."""
        persons, found = tuple(persons), tuple(found)
        named: dict[int, list[tuple[Found, int]]] = {}
        labels: dict[str, int] = {}
        for item, index in found:
            named.setdefault(id(item.passage), []).append((item, index))
            if item.passage.place == "label":
                labels.setdefault(_label(item.passage.text), index)
        offices = tuple((one.name.lower(), office_key(one.role) if one.role else "") for one in persons)
        inside = {key: tuple(items) for key, items in named.items()}
        return People(persons, found, tuple(review), inside, labels, offices)

    def mentions(self, passage: Passage) -> tuple[tuple[Found, int], ...]:
        """(mention, person) of every name in `passage`."""
        return self.named.get(id(passage), ())

    def named_in(self, passage: Passage, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """(place, person) of every mention inside a slice, in order."""
        return tuple(sorted((item.start, index) for item, index in self.mentions(passage) if start <= item.start < end))

    def only_in_office(self, words: str) -> int | None:
        """The one person whose office ends with these words; None when there is none or several."""
        if not self.ends:
            for index, person in enumerate(self.persons):
                for at in range(len(person.role)):
                    end = person.role[at:]
                    self.ends[end] = None if end in self.ends else index
        return self.ends.get(words)

    def by_label(self, label: str) -> int | None:
        """The person a turn's label means, or None."""
        bare = _label(label)
        if bare in self.labels:
            return self.labels[bare]
        if bare not in self.memo:
            key = office_key(bare)
            same = [
                index
                for index, (name, office) in enumerate(self.offices)
                if bare and (name == bare or (self.persons[index].role and office.endswith(key)))
            ]
            # 会長 is the chairman, whoever is 副会長.
            same = [index for index in same if self.offices[index][1] == key] or same
            self.memo[bare] = same[0] if len(same) == 1 else None
        return self.memo[bare]


def _label(text: str) -> str:
    return text.strip().rstrip(":：").lower()


@lru_cache(maxsize=4096)
def office_key(role: str) -> str:
    """An office without its state and abbreviations, to compare: 米国防長官 → 国防長官, 防衛相 → 防衛大臣."""
    key = role.replace(" ", "").lower()
    for short, whole in _SHORT:
        key = key.replace(short, whole)
    return _STATE_LETTER.sub("", _MINISTER.sub("大臣", key))


@lru_cache(maxsize=4096)
def same_office(one: str, other: str) -> bool:
    """Whether two offices may be one man's in one text: 大臣 and 防衛大臣, Secretary and Secretary of State."""
    if one.isascii() and other.isascii() and one and other:
        words = [set(patterns.findall(r"[a-z]+", role.lower())) - {"of", "for", "the", "and"} for role in (one, other)]
        return bool(words[0] & words[1])
    a, b = office_key(one), office_key(other)
    if a in _MEMBERS and b in _MEMBERS and "委員" in (a, b):
        return True
    if not a or not b or a == b or a.endswith(b) or b.endswith(a) or a.startswith(b) or b.startswith(a):
        return True
    return a[-2:] == b[-2:] == "大臣" and ("総理" in a + b or len(a) == 2 or len(b) == 2)


def people(passages: tuple[Passage, ...], gazetteer: Gazetteer, lang: str, day: date | None) -> People:
    """All persons that the kept passages name, in the order of their first mention."""
    rules = _RULES.get(lang, people_ja.RULES)
    if lang == "ja":
        gazetteer = _with_own_words(passages, gazetteer)
    column: int | None = None
    flat = 0
    found: list[Found] = []
    for at, passage in enumerate(passages):
        if passage.place != "dropped":
            flat = _FLAT if people_lists.is_name_header(passage) else max(flat - 1, 0)
            if flat and lang == "ja":
                near = (*passages[max(at - 1, 0) : at], *passages[at + 1 : at + 2])
                if flat_found := tuple(people_lists.by_flat_table(passage, near, gazetteer)):
                    found += flat_found
                    flat = _FLAT
                    continue
            if passage.place == "row":
                column = people_lists.name_column(passage, column)
                found += people_lists.by_row(passage, gazetteer, column)
                continue
            taken = Taken(len(passage.folded))
            for _, rule in rules:
                for item in rule(passage, gazetteer):
                    if _CORRECTED.match(item.passage.folded, item.end):
                        continue
                    if item.passage is not passage or taken.take(item.start, item.end):
                        found.append(item)
    groups, doubtful = _groups(_no_towns(found))
    persons: list[Person] = []
    reviews: list[Review] = list(doubtful)
    where: list[tuple[Found, int]] = []
    for index, group in enumerate(groups):
        person, doubts = _person(group, gazetteer, lang, day)
        persons.append(person)
        reviews += doubts
        where += [(item, index) for item in group]
    return People.of(persons, where, reviews)


def _no_towns(found: list[Found]) -> list[Found]:
    """Without the town of 「見本野市長定例会見」, where somebody else is surely the mayor."""
    mayors = {item.role for item in found if item.sure and item.role in MAYORS}
    return [item for item in found if item.sure or item.role not in mayors or len(_bare(item.name)) > 3]


def _with_own_words(passages: tuple[Passage, ...], gazetteer: Gazetteer) -> Gazetteer:
    """The lists with what the text itself says of its names: its places, portfolios and surnames."""
    text = "\n".join(passage.folded for passage in passages if passage.place != "dropped")
    words = gazetteer.words
    own = {
        "place-here": places_here(text) | states_here(text),
        "portfolio": ministries_here(text) - words["portfolio"],
        "surname-ja": called_here(text) - words["surname-ja"] - words["notname"],
    }
    if not any(own.values()):
        return gazetteer
    more = {kind: words.get(kind, frozenset()) | found for kind, found in own.items() if found}
    return replace(gazetteer, words={**words, **more})


def _bare(name: str) -> str:
    return name.replace(" ", "").replace("\u3000", "")


def _parts(name: str) -> list[str]:
    return [part for part in patterns.split(r"[・=＝·\s]+", name) if part]


def _whole_of(short: str, long: str) -> bool:
    """Whether `short` may stand for `long`: the surname of a native name, the last (or first) part of a foreign one."""
    if patterns.search(r"[A-Za-z]", short) or "・" in long or "·" in long:
        a, b = [part.lower() for part in _parts(short)], [part.lower() for part in _parts(long)]
        if len(a) == 1:
            return a[0] in {b[-1], b[0]}
        return set(a) <= set(b) or (a[0] == b[0] and a[-1] == b[-1])
    return _bare(long).startswith(_bare(short))


@dataclass(slots=True)
class _Group:
    """Mentions that mean one person: their positions, the roles they give, the first (longest) name."""

    name: str
    members: list[int]
    roles: dict[str, None]

    def held(self, role: str) -> bool:
        """Whether one of the roles may be `role`."""
        return any(same_office(other, role) for other in self.roles)


@dataclass(slots=True)
class _Names:
    """The groups by their names: a bulletin may name thousands of people, and each mention asks who it may be."""

    groups: list[_Group] = field(default_factory=list)
    same: dict[str, list[int]] = field(default_factory=dict)
    by_part: dict[str, list[int]] = field(default_factory=dict)
    ordered: list[tuple[str, int]] = field(default_factory=list)

    def add(self, group: _Group) -> None:
        """One more group."""
        at, bare = len(self.groups), _bare(group.name)
        self.groups.append(group)
        self.same.setdefault(bare.lower(), []).append(at)
        for part in {part.lower() for part in _parts(group.name)}:
            self.by_part.setdefault(part, []).append(at)
        insort(self.ordered, (bare, at))

    def called(self, name: str) -> list[_Group]:
        """The groups of that very name."""
        return [self.groups[at] for at in self.same.get(_bare(name).lower(), ())]

    def longer(self, name: str) -> list[_Group]:
        """The groups of other names for which `name` may stand, in the order they were made."""
        parts, bare = _parts(name), _bare(name)
        near = set(self.by_part.get(parts[0].lower(), ()) if parts else range(len(self.groups)))
        at = bisect_left(self.ordered, (bare, -1))
        while at < len(self.ordered) and self.ordered[at][0].startswith(bare):
            near.add(self.ordered[at][1])
            at += 1
        near.difference_update(self.same.get(bare.lower(), ()))
        return [self.groups[at] for at in sorted(near) if _whole_of(name, self.groups[at].name)]


def _groups(found: list[Found]) -> tuple[list[list[Found]], list[Review]]:
    order = sorted(range(len(found)), key=lambda at: (-len(_bare(found[at].name)), at))
    names = _Names()
    reviews: list[Review] = []
    for at in order:
        item = found[at]
        same = names.called(item.name)
        fitting = [group for group in same if group.held(item.role)]
        if not fitting and same and _is_full(item.name):
            fitting = same[:1]
        if not fitting:
            fitting = [group for group in names.longer(item.name) if group.held(item.role)]
            if len(fitting) > 1:
                key = office_key(item.role)
                exact = [one for one in fitting if item.role and any(office_key(role) == key for role in one.roles)]
                fitting = exact or fitting
                if len(fitting) > 1:
                    reviews.append(review("people", "two-persons", item.surface, item.lines))
        if not fitting and item.role in _MEMBERS:
            # 真壁委員 speaks, and 真壁　達夫　戸張市副市長 is on the roster.
            listed = [one for one in names.longer(item.name) if any(_on_roster(found[at]) for at in one.members)]
            fitting = listed if len(listed) == 1 else []
        if fitting:
            fitting[0].members.append(at)
            fitting[0].roles[item.role] = None
        else:
            names.add(_Group(item.name, [at], {item.role: None}))
    ordered = sorted((sorted(group.members) for group in names.groups), key=lambda members: members[0])
    return [[found[at] for at in members] for members in ordered], reviews


def _on_roster(item: Found) -> bool:
    """Whether a mention is a full name on a line of a list, no sentence."""
    return len(_bare(item.name)) < len(item.name) and "。" not in item.passage.folded


def _is_full(name: str) -> bool:
    return len(_parts(name)) > 1 or len(_bare(name)) >= 4


def _person(group: list[Found], gazetteer: Gazetteer, lang: str, day: date | None) -> tuple[Person, list[Review]]:
    named = [item for item in group if item.passage.place != "label"] or group
    longest = max(len(_bare(item.name)) for item in named)
    name = next(item.name for item in named if len(_bare(item.name)) == longest)
    role = _role(group, name)
    organisation = next((item.organisation for item in group if item.organisation), "")
    lines = spans(*(item.lines for item in group))
    forms = tuple(dict.fromkeys(item.surface for item in group if item.surface))
    reviews: list[Review] = []
    known, clash = _known(name, group, gazetteer.people, day)
    if known:
        name = known
    if clash:
        reviews.append(review("people", "authority-unsure", clash, lines, lang))
    if not any(item.sure for item in group):
        reviews.append(review("people", "name-unsure", forms[0] if forms else name, lines, lang))
    elif not role:
        reviews.append(review("people", "no-role", name, lines, lang))
    return Person(name, role, organisation, forms, lines), reviews


def _role(group: list[Found], name: str) -> str:
    """The role as written: the one most used in full, an abbreviation (防衛相) only when nothing else stands."""
    roles = [item.role for item in group if item.role]
    if not roles:
        return ""
    counted = Counter(roles)
    roles = list(counted)  # each once, in order
    listed = {item.role for item in group if item.rule == "member"}
    beside = {item.role for item in group if item.name == name}
    return max(
        roles,
        key=lambda role: (
            not _abbreviated(role),
            role in listed,
            not any(_more_exact(other, role) for other in roles),
            role in beside,
            counted[role],
            -roles.index(role),
        ),
    )


def _more_exact(other: str, role: str) -> bool:
    """Whether `other` is `role` and more: 防衛大臣 of 大臣, 米国防長官 of 国防長官."""
    a, b = office_key(other), office_key(role)
    if a == b:
        return other != role and other.endswith(role) and other[0] in "米英仏独伊露中韓豪印"
    return a.endswith(b) and not _abbreviated(other)


def _abbreviated(role: str) -> bool:
    return (role.endswith("相") and role != "首相") or (role.isupper() and role.isascii() and " " in role)


def _known(name: str, group: list[Found], known: Iterable[KnownPerson], day: date | None) -> tuple[str, str]:
    """(full name of the authority file, or empty; name in doubt, or empty).

    A bare native surname is completed only when the office and, if the roles are dated, the day fit one person alone. A
    katakana surname stays as the source has it: that is how the source calls the person.
    """
    if not patterns.fullmatch(r"[\u3400-\u9fff々ヶ]{1,3}", name):
        return "", ""
    roles = [item.role for item in group if item.role]
    fits: list[str] = []
    near: list[str] = []
    for person in known:
        full = _bare(person.name)
        if not full.startswith(name) or full == name:
            continue
        held = [
            role for role in person.roles if any(office_key(word) and same_office(word, role.title) for word in roles)
        ]
        if not held:
            continue
        if day is not None and any(
            (r.since is None or r.since <= day) and (r.until is None or day <= r.until) for r in held
        ):
            fits.append(person.name)
        else:
            near.append(person.name)
    if len(fits) == 1:
        return fits[0], ""
    return "", (near or fits or [""])[0]
