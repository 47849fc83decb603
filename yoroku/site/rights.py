"""What may be published: the state of a document, and how much of each source's text its policy lets through.

Applied once, right after load; everything downstream sees only the `Public` value. ``full`` shows every line,
``excerpt`` what the briefing cites within the quote bound, ``link`` title and address, ``private`` nothing at all,
not even what was learned from that source alone. Facts (dates, names, places) stay unless they are private.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from yoroku.briefing.model import (
    Briefing,
    Decision,
    Event,
    Evidence,
    Lines,
    Mention,
    Person,
    Policy,
    Provenance,
    Reference,
    Review,
    Sentence,
    Source,
    Span,
    State,
    Statement,
)
from yoroku.config import Settings
from yoroku.fields import Moment
from yoroku.records import dataclass, fields, replace
from yoroku.site.blocks import split
from yoroku.site.excerpt import Ledger, Passage, cut_body
from yoroku.site.names import Known, Names
from yoroku.site.text import runs
from yoroku.site.web_addresses import linked

Visibility = Literal["public", "unlisted", "draft", "scheduled", "expired", "embargoed"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STRICTNESS: tuple[Policy, ...] = ("full", "excerpt", "link", "private")


def visibility(state: State, *, today: Moment, zone: tzinfo | None = None) -> Visibility:
    """Whether a document is published `today`, a day or an aware time. `zone` turns times into days (UTC if None)."""
    if state.draft:
        return "draft"
    if state.embargo_until is not None and _before(today, state.embargo_until, zone):
        return "embargoed"
    if state.publish_at is not None and _before(today, state.publish_at, zone):
        return "scheduled"
    if state.expires_at is not None and not _before(today, state.expires_at, zone):
        return "expired"
    return "unlisted" if state.unlisted else "public"


def _before(now: Moment, then: Moment, zone: tzinfo | None) -> bool:
    if isinstance(now, datetime) and isinstance(then, datetime):
        return now < then
    return _day(now, zone) < _day(then, zone)


def _day(moment: Moment, zone: tzinfo | None) -> date:
    return moment.astimezone(zone or ZoneInfo("UTC")).date() if isinstance(moment, datetime) else moment


@dataclass(frozen=True, slots=True)
class Terms:
    """Who published something, how much of it may be shown, and the words that this asks for."""

    policy: Policy
    attribution: str = ""
    kind: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Policies:
    """The rights of a site: its default, its hosts and publishers, the bounds of a quotation."""

    default: Policy = "excerpt"
    hosts: Mapping[str, Known] | None = None
    known: Names | None = None
    quote_characters: int = 400
    quote_percent: int = 30

    def terms(self, source: Source) -> Terms:
        """The rights of one source: its own policy, else its host's, else its publisher's, else the default."""
        entry = self._by_host(source.url)
        if entry is None and self.known is not None and source.publisher:
            entry = self.known.named("orgs", source.publisher)
        policy = source.policy or (entry.policy if entry else "") or self.default
        kind = source.kind or (entry.kind if entry else "")
        assert policy in _STRICTNESS
        return Terms(
            policy, entry.attribution if entry else "", kind, source.publisher or (entry.name if entry else "")
        )

    def _by_host(self, url: str) -> Known | None:
        try:
            host = (urlsplit(url).hostname or "").lower()
        except ValueError:
            return None
        while host and self.hosts:
            if host in self.hosts:
                return self.hosts[host]
            host = host.partition(".")[2]
        return None


def policies(settings: Settings, known: Names) -> Policies:
    """The rights that the settings and the authority file state."""
    hosts = {host.lower(): entry for entry in known.of("orgs") for host in entry.hosts}
    assert settings.policy in _STRICTNESS
    return Policies(settings.policy, hosts, known, settings.quote_characters, settings.quote_percent)


@dataclass(frozen=True, slots=True)
class PublicSource:
    """A source as readers see it. `letter` names it on chips; `length` is its text's characters, shown or not."""

    letter: str
    source: Source
    policy: Policy
    attribution: str = ""
    kind: str = ""
    publisher: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A passage that may be read: its bulletin lines, its source's letter (empty: no source), and its text.

    `whole` says that nothing of it was left out, `placed` that the body has a block with this mark.
    """

    first: int
    last: int
    letter: str
    kind: str
    text: str
    whole: bool = True
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Public:
    """A briefing after its rights: the only form of it that pages, feeds, copies and the index ever see."""

    briefing: Briefing
    sources: tuple[PublicSource, ...] = ()
    lines: tuple[PublicLine, ...] = ()
    withheld: bool = False


def publishable(briefing: Briefing, rights: Policies) -> bool:
    """False when every source is private: then not even the title may be shown."""
    return not briefing.sources or any(rights.terms(source).policy != "private" for source in briefing.sources)


def public(briefing: Briefing, rights: Policies) -> Public:
    """What of `briefing` may be published under `rights`."""
    return _Screen(briefing, rights).result()


Derived = TypeVar("Derived", Sentence, Decision, Statement)
Traced = TypeVar("Traced", Person, Mention, Reference)
Value = TypeVar("Value", Person, Mention, Reference, Event, Decision, Statement)


class _Screen:
    """One pass over one briefing. A class only because every step needs the same few look-ups."""

    def __init__(self, briefing: Briefing, rights: Policies) -> None:
        self.briefing = briefing = linked(briefing)
        self.rights = rights
        self.terms = tuple(rights.terms(source) for source in briefing.sources)
        self.blocks = split(briefing.body)
        found = {terms.policy for terms in self.terms} or {rights.default}
        # A line that no source claims is as closed as the strictest source of the bulletin.
        self.unclaimed: Policy = max(found, key=_STRICTNESS.index)
        self.claims = tuple([(lines, at) for at, source in enumerate(briefing.sources) for lines in source.lines])
        # With one source that names no lines there is nothing else the text could be.
        self.nobody = 0 if len(briefing.sources) == 1 and not self.claims else -1
        self.secret = self.unclaimed == "private"
        self.owners = tuple(self._owner(block.span) for block in self.blocks)
        shown: set[str] = set()
        closed: set[str] = set()
        private: set[str] = set()
        known: set[str] = set()
        lengths: dict[int, int] = {}
        opened = [
            block.span is None or self._policy(owner) == "full"
            for block, owner in zip(self.blocks, self.owners, strict=True)
        ]
        # Nothing can leak where nothing is closed; the runs of a text cost more than all else here.
        guarded = not all(opened)
        for block, owner, open_ in zip(self.blocks, self.owners, opened, strict=True):
            if guarded:
                text = runs(block.text)
                (shown if open_ else closed).update(text)
                (private if not open_ and self._policy(owner) == "private" else known).update(text)
            lengths[owner] = lengths.get(owner, 0) + len(block.text)
        self.closed = closed - shown
        self.private = private - known
        most, percent = rights.quote_characters, rights.quote_percent
        self.ledger = Ledger({owner: min(most, length * percent // 100) for owner, length in lengths.items()})
        self.lengths = lengths

    def result(self) -> Public:
        briefing = self.briefing
        kept = self._granted()
        body = cut_body(briefing.body, self.blocks, tuple(self._passages()))
        view = replace(
            briefing,
            body=body.text,
            events=tuple(
                replace(self._without_private(event), lines=self._open(event.lines))
                for event in briefing.events
                if self._kept(event.lines)
            ),
            sources=tuple(
                source for source, terms in zip(briefing.sources, self.terms, strict=True) if terms.policy != "private"
            ),
            people=self._facts(briefing.people),
            organisations=self._facts(briefing.organisations),
            places=self._facts(briefing.places),
            topics=self._facts(briefing.topics),
            references=self._facts(briefing.references),
            corrects=self._facts(briefing.corrects),
            summary=tuple(kept[id(item)] for item in briefing.summary if id(item) in kept),  # type: ignore[misc]
            decisions=tuple(kept[id(item)] for item in briefing.decisions if id(item) in kept),  # type: ignore[misc]
            statements=tuple(kept[id(item)] for item in briefing.statements if id(item) in kept),  # type: ignore[misc]
            review=tuple(self._review(item) for item in briefing.review if self._kept(item.lines)),
            provenance=self._provenance(briefing.provenance),
        )
        return Public(view, self._sources(), self._lines(body.shown), body.withheld)

    def _owner(self, span: Span | None) -> int:
        """Which source a passage belongs to, -1 for none."""
        if span is not None:
            for lines, at in self.claims:
                if lines.first <= span.last and span.first <= lines.last:
                    return at
        return self.nobody

    def _policy(self, owner: int) -> Policy:
        return self.terms[owner].policy if owner >= 0 else self.unclaimed

    def _owners(self, lines: Lines) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self._owner(span) for span in lines))

    def _kept(self, lines: Lines) -> bool:
        """False for what is known from private sources alone."""
        return not self.secret or not lines or any(self._policy(owner) != "private" for owner in self._owners(lines))

    def _open(self, lines: Lines) -> Lines:
        return tuple(span for span in lines if self._policy(self._owner(span)) != "private") if self.secret else lines

    def _facts(self, items: tuple[Traced, ...]) -> tuple[Traced, ...]:
        if not self.secret:
            return items
        return tuple(
            replace(self._without_private(item), lines=self._open(item.lines))
            for item in items
            if self._kept(item.lines) and not self._private(item.url if isinstance(item, Reference) else item.name)
        )

    def _private(self, text: str) -> bool:
        return bool(self.private) and not self.private.isdisjoint(runs(text))

    def _without_private(self, item: Value) -> Value:
        """The same without words that stand in private lines only, whatever lines the item itself names."""
        if not self.private:
            return item
        changes: dict[str, Any] = {}
        for part in fields(item):
            value = getattr(item, part.name)
            if isinstance(value, str):
                changes |= {part.name: ""} if self._private(value) else {}
            elif part.name in ("as_written", "by"):
                kept = tuple(form for form in value if not self._private(form))
                changes |= {} if kept == value else {part.name: kept}
        return replace(item, **changes) if changes else item

    def _granted(self) -> dict[int, Sentence | Decision | Statement]:
        """The derived sentences that may be shown, by identity, quotations paid for in order of weight."""
        briefing = self.briefing
        queue: list[Sentence | Decision | Statement] = [*briefing.summary[:1]]
        for at in range(max(len(briefing.decisions), len(briefing.statements))):
            queue += [*briefing.decisions[at : at + 1], *briefing.statements[at : at + 1]]
        queue += briefing.summary[1:]
        return {id(item): self._lesser(item) for item in queue if self._allowed(item)}

    def _lesser(self, item: Sentence | Decision | Statement) -> Sentence | Decision | Statement:
        """A granted item whose heading or context is a quotation too: paid for like its text, else left out."""
        lines = self._open(item.lines)
        if isinstance(item, Sentence):
            return replace(item, lines=lines)
        words = item.heading if isinstance(item, Decision) else item.context
        if self._copied(words):
            quoted = next((owner for owner in self._owners(item.lines) if self._policy(owner) == "excerpt"), None)
            if quoted is None or not self.ledger.pay(quoted, words, item.lines):
                words = ""
        if isinstance(item, Decision):
            return replace(self._without_private(item), lines=lines, heading=words)
        return replace(self._without_private(item), lines=lines, context=words)

    def _allowed(self, item: Sentence | Decision | Statement) -> bool:
        owners = self._owners(item.lines)
        if not owners:
            return not self._copied(item.text)
        if any(self._policy(owner) == "full" for owner in owners) and not self._copied(item.text):
            return True
        quoted = next((owner for owner in owners if self._policy(owner) == "excerpt"), None)
        return quoted is not None and self.ledger.pay(quoted, item.text, item.lines)

    def _copied(self, text: str) -> bool:
        return bool(self.closed) and not self.closed.isdisjoint(runs(text))

    def _scrubbed(self, text: str) -> str:
        return "" if self._copied(text) else text

    def _review(self, item: Review) -> Review:
        return replace(
            item, value=self._scrubbed(item.value), reason=self._scrubbed(item.reason), lines=self._open(item.lines)
        )

    def _provenance(self, made: Provenance | None) -> Provenance | None:
        if made is None:
            return None
        evidence = tuple(self._evidence(item) for item in made.evidence if self._kept(item.lines))
        dropped = tuple(replace(item, reason=self._scrubbed(item.reason)) for item in made.dropped)
        return replace(made, evidence=evidence, dropped=dropped)

    def _evidence(self, item: Evidence) -> Evidence:
        return replace(item, why=self._scrubbed(item.why), lines=self._open(item.lines))

    def _sources(self) -> tuple[PublicSource, ...]:
        open_ = [(at, source) for at, source in enumerate(self.briefing.sources) if self.terms[at].policy != "private"]
        return tuple(
            PublicSource(
                letter(number),
                source,
                terms.policy,
                terms.attribution,
                terms.kind,
                terms.publisher,
                self.lengths.get(at, 0),
            )
            for number, (at, source) in enumerate(open_)
            for terms in (self.terms[at],)
        )

    def _letters(self) -> dict[int, str]:
        open_ = [at for at, terms in enumerate(self.terms) if terms.policy != "private"]
        return {at: letter(number) for number, at in enumerate(open_)}

    def _passages(self) -> Iterable[Passage]:
        for block, owner in zip(self.blocks, self.owners, strict=True):
            if block.span is None or self._policy(owner) == "full":
                yield Passage(whole=True)
            else:
                quotable = self._policy(owner) == "excerpt"
                yield Passage(quotes=self.ledger.bought(owner, block.span) if quotable else ())

    def _lines(self, shown: tuple[str, ...]) -> tuple[PublicLine, ...]:
        letters = self._letters()
        found = [
            PublicLine(block.span.first, block.span.last, letters.get(owner, ""), block.kind, text, text == block.text)
            for block, owner, text in zip(self.blocks, self.owners, shown, strict=True)
            if block.span is not None and text
        ]
        return (*found, *self._loose(found, letters))

    def _loose(self, found: list[PublicLine], letters: dict[int, str]) -> Iterable[PublicLine]:
        """Quotations that were granted but stand in no single block: they are still the lines their chips lead to."""
        if not self.ledger.paid:
            return
        covered = {line for item in found for line in range(item.first, item.last + 1)}
        for owner, text, lines in self.ledger.paid:
            if lines and not any(line in covered for span in lines for line in range(span.first, span.last + 1)):
                first, last = lines[0].first, lines[0].last
                yield PublicLine(first, last, letters.get(owner, ""), "paragraph", text, whole=False, placed=False)
                covered.update(range(first, last + 1))


def letter(number: int) -> str:
    """The letter of a source, from 0: A to Z, then A2 and so on."""
    turn, at = divmod(number, len(LETTERS))
    return LETTERS[at] + (str(turn + 1) if turn else "")
