"""The front matter contract: every key of a briefing, a note and a standing page.

`docs/front-matter.md`, the JSON Schemas and the editors' forms are made from these tables.
"""

from __future__ import annotations

from typing import Any

from yoroku.briefing import model
from yoroku.briefing.addresses import Aliases, Slug
from yoroku.briefing.labels import Language, Tags
from yoroku.briefing.line_spans import LineSpans
from yoroku.briefing.times import Zone, not_backwards
from yoroku.fields import Choice, Field, Part, Record, Records, Text, Texts, Truth, When, Whole

_NOTE_WORDS = (("訂正", "correction"), ("更新", "update"), ("続報", "update"), ("追記", "update"), ("ノート", "note"))
_POLICY_WORDS = (
    *(("public", "full"), ("公開", "full"), ("全文", "full"), ("抜粋", "excerpt"), ("引用", "excerpt")),
    *(("リンク", "link"), ("リンクのみ", "link"), ("非公開", "private"), ("secret", "private")),
)
_LINES = Field("lines", "lines", LineSpans(), "Lines of the bulletin it came from", "もとになった速報の行")

EVENT = Record(
    model.Event,
    (
        Field("start", "start", When(), "When it began, in local time with its offset", "開始(現地の日時)"),
        Field("end", "end", When(), "When it ended", "終了"),
        Field("duration_minutes", "duration_minutes", Whole(), "How long it took, in minutes", "所要(分)"),
        Field("place", "place", Text(), "Where, as the source writes it", "場所(資料の表記)"),
        Field("timezone", "timezone", Zone(), "IANA name or offset of the place", "時間帯"),
        _LINES,
    ),
    sound=not_backwards,
)
SOURCE = Record(
    model.Source,
    (
        Field("publisher", "publisher", Text(), "Who published it", "発行元"),
        Field("title", "title", Text(), "Its title", "題名"),
        Field("url", "url", Text(), "Its address", "URL"),
        Field("date", "date", When(), "When it was published", "日付"),
        Field(
            "policy", "policy", Choice(model.POLICIES, _POLICY_WORDS), "How much of its text may be shown", "公開範囲"
        ),
        Field("kind", "kind", Choice(model.SOURCE_KINDS), "Primary source or news report", "一次資料か報道か"),
        Field("archive", "archive", Text(), "Address of an archived copy", "保存された写しのURL"),
        _LINES,
    ),
    shorthand="publisher",
)
PERSON = Record(
    model.Person,
    (
        Field("name", "name", Text(), "The fullest name known", "氏名", required=True),
        Field("role", "role", Text(), "Role as of the source", "当時の肩書き"),
        Field("organisation", "organisation", Text(), "What the person belongs to", "所属"),
        Field("as_written", "as_written", Texts(), "How the sources write the name", "資料での呼び方"),
        _LINES,
    ),
    shorthand="name",
)
MENTION = Record(
    model.Mention,
    (
        Field("name", "name", Text(), "The name", "名称", required=True),
        Field("as_written", "as_written", Texts(), "How the sources write it", "資料での呼び方"),
        _LINES,
    ),
    shorthand="name",
)
SENTENCE = Record(
    model.Sentence,
    (Field("text", "text", Text(), "A sentence of the source", "資料の一文", required=True), _LINES),
    shorthand="text",
)
DECISION = Record(
    model.Decision,
    (
        Field("text", "text", Text(), "What was agreed, in the source's words", "内容(資料の文)", required=True),
        Field("verb", "verb", Text(), "The source's own verb", "資料の動詞"),
        Field("by", "by", Texts(), "Who", "主体"),
        Field("planned", "planned", Truth(), "Still to come", "予定か"),
        Field("heading", "heading", Text(), "A short heading, written by an editor", "短い見出し(編集者)"),
        _LINES,
    ),
)
STATEMENT = Record(
    model.Statement,
    (
        Field("speaker", "speaker", Text(), "Who said it", "発言者"),
        Field("as_written", "as_written", Text(), "The label of the turn", "発言者の表示"),
        Field("text", "text", Text(), "The words of the source", "発言", required=True),
        Field("mode", "mode", Choice(model.MODES), "Quoted or reported", "直接引用か要旨か"),
        Field("verb", "verb", Text(), "The source's own verb", "資料の動詞"),
        Field("context", "context", Text(), "To whom or where", "場面"),
        _LINES,
    ),
)
REFERENCE = Record(
    model.Reference,
    (
        Field("url", "url", Text(), "The address", "URL"),
        Field("title", "title", Text(), "The title", "題名"),
        _LINES,
    ),
    shorthand="url",
)
REVIEW = Record(
    model.Review,
    (
        Field("field", "field", Text(), "Which field is in doubt", "項目", required=True),
        Field("reason", "reason", Text(), "Why, in plain words", "理由", required=True),
        Field("value", "value", Text(), "The value in doubt", "値"),
        _LINES,
        Field("done", "done", Truth(), "An editor has looked", "確認済み"),
    ),
)
EVIDENCE = Record(
    model.Evidence,
    (
        Field("field", "field", Text(), "Which field", "項目", required=True),
        _LINES,
        Field("sure", "sure", Choice(model.SURE), "high needs two independent signs", "確かさ"),
        Field("why", "why", Text(), "The signs", "根拠"),
    ),
)
FOLDED = Record(
    model.Folded,
    (
        Field("lines", "lines", LineSpans(), "The lines shown", "表示する行"),
        Field("repeats", "repeats", LineSpans(), "Lines that say the same and are not shown again", "同じ内容の行"),
    ),
)
DROPPED = Record(
    model.Dropped,
    (_LINES, Field("reason", "reason", Text(), "Why they were left out", "除いた理由", required=True)),
)
PROVENANCE = Record(
    model.Provenance,
    (
        Field("bulletin", "bulletin", Text(), "The bulletin's file", "速報のファイル"),
        Field("sha256", "sha256", Text(), "Digest of its bytes", "そのSHA-256"),
        Field("encoding", "encoding", Text(), "The encoding found", "文字コード"),
        Field("importer", "importer", Text(), "Version of the importer", "取り込みの版"),
        Field("evidence", "evidence", Records(EVIDENCE), "Where single values came from", "値の根拠"),
        Field("folded", "folded", Records(FOLDED), "Repeated lines", "まとめた行"),
        Field("dropped", "dropped", Records(DROPPED), "Lines left out, with the reason", "除いた行"),
    ),
)


def _states(*names: str) -> tuple[Field, ...]:
    table = {
        "draft": Field("draft", "state.draft", Truth(), "Not published yet", "下書き"),
        "publish_at": Field("publish_at", "state.publish_at", When(), "Publish from then on", "公開日時"),
        "expires_at": Field("expires_at", "state.expires_at", When(), "Withdraw from then on", "公開終了"),
        "embargo_until": Field("embargo_until", "state.embargo_until", When(), "Withheld until then", "解禁日時"),
        "unlisted": Field(
            "unlisted", "state.unlisted", Truth(), "A page, but in no list, feed or search", "一覧に出さない"
        ),
    }
    return tuple(table[name] for name in names)


_STATES = _states("draft", "publish_at", "expires_at", "embargo_until", "unlisted")
_TITLE = Field("title", "title", Text(), "The title", "題名", required=True)
_SLUG = Field("slug", "slug", Slug(), "Last part of the address, ASCII, permanent", "URLの末尾")
_ALIASES = Field("aliases", "aliases", Aliases(), "Earlier addresses or other names that lead here", "以前のURLや別名")
_TAGS = Field("tags", "tags", Tags(), "Free labels", "タグ")
_UPDATED = Field("updated", "updated", When(), "When it was last changed", "更新日")


def _with_state(value: type) -> Any:
    def make(**values: Any) -> Any:
        state = {name[6:]: values.pop(name) for name in tuple(values) if name.startswith("state.")}
        return value(**values, state=model.State(**state))

    return make


BRIEFING = Record(
    _with_state(model.Briefing),
    (
        _TITLE,
        Field("lang", "lang", Language(), "Language of the text (ja, en, …)", "言語"),
        Field("kind", "kind", Text(), "Kind, one of those in site.yaml", "種別"),
        Field("date", "date", When(), "When the bulletin was published", "公開日"),
        _UPDATED,
        _SLUG,
        _ALIASES,
        _TAGS,
        *_STATES,
        Field("event", "events", Records(EVENT, single=True), "When and where it happened", "できごと"),
        Field("sources", "sources", Records(SOURCE), "The documents it is made from", "資料"),
        Field("people", "people", Records(PERSON), "Who is named", "人物"),
        Field("organisations", "organisations", Records(MENTION), "Organisations named", "組織"),
        Field("places", "places", Records(MENTION), "Places named", "場所"),
        Field("topics", "topics", Records(MENTION), "What it is about", "主題"),
        Field("summary", "summary", Records(SENTENCE), "Its main sentences", "要約(資料の文)"),
        Field("decisions", "decisions", Records(DECISION), "What was decided", "合意・確認事項"),
        Field("statements", "statements", Records(STATEMENT), "Who said what", "発言"),
        Field("references", "references", Records(REFERENCE), "Links for further reading", "参考リンク"),
        Field("corrects", "corrects", Records(REFERENCE), "What it corrects or follows", "訂正・続報の対象"),
        Field("review", "review", Records(REVIEW), "What a person should look at", "要確認"),
        Field("provenance", "provenance", Part(PROVENANCE), "What it was made from", "来歴"),
    ),
)
NOTE = Record(
    _with_state(model.Note),
    (
        _TITLE,
        Field("kind", "kind", Choice(model.NOTE_KINDS, _NOTE_WORDS), "Kind of note", "種類"),
        Field("lang", "lang", Language(), "Language of the text", "言語"),
        Field("date", "date", When(), "When it was written", "日付"),
        _UPDATED,
        Field("author", "author", Text(), "Who wrote it", "筆者"),
        Field("on", "on", Text(), "The briefing it is about", "対象のブリーフィング"),
        Field("at", "at", Text(), "A heading or a line (L12) of it", "対象の見出しか行"),
        _SLUG,
        _ALIASES,
        _TAGS,
        Field("major", "major", Truth(default=True), "Told in the feed", "フィードで知らせる"),
        Field("was", "was", Text(), "Correction: what stood there", "訂正前"),
        Field("now", "now", Text(), "Correction: what stands there now", "訂正後"),
        Field("reason", "reason", Text(), "Correction: why", "訂正の理由"),
        *_STATES,
    ),
)
PAGE = Record(
    _with_state(model.StandingPage),
    (
        _TITLE,
        Field("lang", "lang", Language(), "Language of the text", "言語"),
        _SLUG,
        Field("description", "description", Text(), "One sentence for search engines", "説明"),
        _UPDATED,
        _ALIASES,
        *_STATES,
    ),
)


def json_schema(record: Record, *, title: str) -> dict[str, object]:
    """The JSON Schema (2020-12) of a front matter record."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **record.schema()}
