"""Front matter: what is written is read back, every mistake has its place, the documents agree with the code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import jsonschema
import pytest
import yaml
from editors_site import Site
from hypothesis import given, settings
from hypothesis import strategies as st

from yoroku.briefing import model, schema
from yoroku.briefing.file import dump, dump_note, load, load_note
from yoroku.briefing.reference import front_matter_page, json_schemas
from yoroku.fields import Part, Record, Records
from yoroku.problems import Problems

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases" / "front-matter"

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=30)
lines = st.lists(
    st.tuples(st.integers(1, 99), st.integers(0, 9)).map(lambda pair: model.Span(pair[0], pair[0] + pair[1])),
    max_size=3,
).map(tuple)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.one_of(
    st.dates(date(1868, 1, 1)),
    st.datetimes(datetime(1868, 1, 2), datetime(2999, 1, 1), timezones=offsets).map(
        lambda at: at.replace(microsecond=0)
    ),
)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), strategy)


def many(value: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(value, max_size=3).map(tuple)


zones = st.sampled_from(["", "Asia/Tokyo", "America/New_York", "UTC", "+09:00", "-03:30"])
mentions = st.builds(model.Mention, name=texts, as_written=many(texts), lines=lines)
briefings = st.builds(
    model.Briefing,
    title=texts,
    lang=st.sampled_from(["ja", "en", "zh"]),
    kind=texts,
    date=maybe(moments),
    updated=maybe(moments),
    aliases=many(st.from_regex(r"/?[a-z0-9あ-ん]{1,8}(?:[-/][a-z0-9]{1,8}){0,3}", fullmatch=True)),
    tags=many(texts),
    state=st.builds(
        model.State,
        draft=st.booleans(),
        publish_at=maybe(moments),
        expires_at=maybe(moments),
        embargo_until=maybe(moments),
        unlisted=st.booleans(),
        # What expires before it is published is a mistake.
    ).filter(lambda state: not (state.publish_at and state.expires_at)),
    # What ends before it begins is a mistake.
    events=many(
        st.builds(model.Event, start=moments, duration_minutes=maybe(st.integers(0, 9999)), place=texts, timezone=zones)
        | st.builds(model.Event, end=maybe(moments), place=texts)
    ),
    sources=many(
        st.builds(
            model.Source, publisher=texts, title=texts, policy=st.sampled_from(["", *model.POLICIES]), lines=lines
        )
    ),
    people=many(st.builds(model.Person, name=texts, role=texts, as_written=many(texts), lines=lines)),
    organisations=many(mentions),
    topics=many(mentions),
    summary=many(st.builds(model.Sentence, text=texts, lines=lines)),
    decisions=many(st.builds(model.Decision, text=texts, verb=texts, by=many(texts), planned=st.booleans())),
    statements=many(
        st.builds(model.Statement, speaker=texts | st.just(""), text=texts, mode=st.sampled_from(model.MODES))
    ),
    review=many(st.builds(model.Review, field=texts, reason=texts, value=texts, lines=lines, done=st.booleans())),
    provenance=maybe(
        st.builds(model.Provenance, bulletin=texts, dropped=many(st.builds(model.Dropped, lines=lines, reason=texts)))
    ),
    body=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")),
)


@settings(max_examples=150, deadline=None)
@given(briefings)
def test_load_undoes_dump(briefing: model.Briefing) -> None:
    text = dump(briefing)
    assert load(text, path="x.md") == briefing
    assert dump(load(text, path="x.md")) == text


@settings(max_examples=50, deadline=None)
@given(briefings)
def test_other_yaml_readers_see_the_same_texts(briefing: model.Briefing) -> None:
    front = yaml.safe_load(dump(briefing).split("\n---\n")[0].removeprefix("---\n"))
    assert front["title"] == briefing.title
    assert [item if isinstance(item, str) else item["name"] for item in front.get("organisations", [])] == [
        item.name for item in briefing.organisations
    ]


def test_notes_come_back_too() -> None:
    note = model.Note(
        title="訂正", kind="correction", was="11棟", now="17棟", major=False, date=date(2024, 2, 4), body="文\n"
    )
    assert load_note(dump_note(note), path="n.md") == note


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-01-12", date(2023, 1, 12)),
        ("2023-01-12 16:30", datetime(2023, 1, 12, 7, 30, tzinfo=UTC)),
        ("2023-01-12T16:30:00-05:00", datetime(2023, 1, 12, 21, 30, tzinfo=UTC)),
        ("2023-01-12T16:30Z", datetime(2023, 1, 12, 16, 30, tzinfo=UTC)),
    ],
)
def test_dates_without_zone_are_in_the_sites_zone(written: str, expected: object) -> None:
    assert load(f"---\ntitle: x\ndate: {written}\n---\n", path="x.md").date == expected


@pytest.mark.parametrize("written", ["no", "16:30", "0113", "2023-01-12", "1e3", "0x10", "yes", "1_000"])
def test_yaml_does_not_change_what_was_written(written: str) -> None:
    assert load(f"---\ntitle: {written}\ntags: [{written}]\n---\n", path="x.md").title == written


def cases() -> list[Path]:
    return sorted(CASES.glob("*.txt"))


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.stem)
def test_mistakes_have_places_and_remedies(case: Path) -> None:
    content, expected = case.read_text(encoding="utf-8").split("=====\n")
    with pytest.raises(Problems) as raised:
        load_note(content, path=f"content/notes/{case.stem}.md") if case.stem.startswith("note-") else load(
            content, path=f"content/briefings/{case.stem}.md"
        )
    assert str(raised.value) + "\n" == expected


def test_there_are_sixty_broken_files() -> None:
    assert len(cases()) >= 60


def test_spaces_after_the_hyphens_are_nothing() -> None:
    note = load_note("--- \ntitle: 注\ntags: 甲, 乙、丙\n---\t\n本文\n", path="n.md")
    assert (note.title, note.tags, note.body) == ("注", ("甲", "乙", "丙"), "本文\n")


def test_documents_agree_with_the_code() -> None:
    assert (ROOT / "docs" / "front-matter.md").read_text(encoding="utf-8") == front_matter_page()
    for name, text in json_schemas().items():
        assert (ROOT / "schema" / name).read_text(encoding="utf-8") == text
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("folder", ["briefings", "notes", "pages"])
def test_sample_content_fits_the_schema(folder: str) -> None:
    kind = folder.removesuffix("s")
    schema = json.loads((ROOT / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    for file in sorted((ROOT / "content" / folder).rglob("*.md")):
        front = yaml.load(file.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n"), yaml.BaseLoader)
        jsonschema.validate(_typed(front), schema)


def _typed(value: object) -> object:
    """What a schema-aware editor sees: whole numbers and truth values resolved, dates as text."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdigit() and len(value) < 6 else value


def records(record: Record) -> Iterator[Record]:
    """A record and all that its values are made of."""
    yield record
    for field in record.fields:
        if isinstance(field.kind, (Records, Part)):
            yield from records(field.kind.record)


@pytest.mark.parametrize("record", [schema.BRIEFING, schema.NOTE, schema.PAGE])
def test_what_need_not_be_written_may_be_left_out(record: Record) -> None:
    for inner in records(record):
        assert inner.type(**{field.attribute: "甲" for field in inner.fields if field.required}) is not None


def test_a_quotation_of_nobody_in_particular_comes_back(tmp_path: Path) -> None:
    """A source may quote without a name: the import then writes a statement without a speaker."""
    briefing = load(
        "---\ntitle: 見本\nstatements: [{text: 海は広い}, {speaker: , text: 深い}]\n---\n本文。\n", path="x.md"
    )
    assert [(said.speaker, said.text) for said in briefing.statements] == [("", "海は広い"), ("", "深い")]
    assert load(dump(briefing), path="x.md") == briefing
    site = Site(tmp_path / "site")
    site.write("content/briefings/2024-02-02-quoted.md", dump(briefing))
    assert site.made() == []
    assert "話し手の記載なし" in site.page("briefings/2024-02-02-quoted/index.html")
