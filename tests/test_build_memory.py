"""Canonical bytes, sealed files, tables and logs: what the build remembers is the very value, or nothing."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yoroku.briefing.model import Briefing, Event, Note, Person, Provenance, Source, Span, State
from yoroku.build import codec, sealed
from yoroku.build.store import Logs, LogWriter, Tables, compacted
from yoroku.config import Settings, Topic

# How long it takes to make up a briefing says nothing of what is tested.
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXT = st.text(max_size=30)
ZONES = st.sampled_from(
    [UTC, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York"), timezone(timedelta(hours=5, minutes=45))]
)
MOMENTS = st.none() | st.dates() | st.datetimes(timezones=ZONES, allow_imaginary=False)
SPANS = st.lists(st.builds(Span, st.integers(1, 99), st.integers(1, 99)), max_size=3).map(tuple)
BRIEFINGS = st.builds(
    Briefing,
    title=TEXT,
    date=MOMENTS,
    tags=st.lists(TEXT, max_size=3).map(tuple),
    state=st.builds(State, draft=st.booleans(), publish_at=MOMENTS),
    events=st.lists(st.builds(Event, start=MOMENTS, place=TEXT, lines=SPANS), max_size=2).map(tuple),
    sources=st.lists(st.builds(Source, publisher=TEXT, policy=st.sampled_from(["", "full"])), max_size=2).map(tuple),
    people=st.lists(st.builds(Person, name=TEXT, lines=SPANS), max_size=2).map(tuple),
    provenance=st.none() | st.builds(Provenance, bulletin=TEXT),
    body=TEXT,
)


@SLOWLY
@given(BRIEFINGS)
def test_a_value_comes_back_from_its_bytes(briefing: Briefing) -> None:
    assert codec.decode(codec.encode(briefing)) == briefing


@SLOWLY
@given(BRIEFINGS)
def test_equal_values_have_equal_bytes(briefing: Briefing) -> None:
    # Decoding makes new objects that share nothing with the old ones, which is what upsets pickle.
    again = codec.decode(codec.encode(briefing))
    assert codec.encode(again) == codec.encode(briefing)


@SLOWLY
@given(BRIEFINGS, BRIEFINGS)
def test_different_values_have_different_bytes(one: Briefing, other: Briefing) -> None:
    assert (codec.encode(one) == codec.encode(other)) == (one == other)


def test_a_type_is_part_of_a_value() -> None:
    same_fields = [Note("x"), Briefing("x"), ("x",), "x", frozenset({"x"}), {"x": "x"}, b"x"]
    assert len({codec.encode(value) for value in same_fields}) == len(same_fields)


def test_sets_and_mappings_have_one_order() -> None:
    assert codec.encode(frozenset("abcdefgh")) == codec.encode(frozenset("hgfedcba"))
    assert codec.encode({"a": 1, "b": 2}) == codec.encode({"b": 2, "a": 1})


def test_a_span_of_autumn_keeps_its_fold() -> None:
    moment = datetime(2024, 11, 3, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1)
    assert codec.decode(codec.encode(moment)).fold == 1


def test_settings_are_values_too() -> None:
    settings = Settings("要録", topics=(Topic("防災", words=("高波",)),))
    assert codec.decode(codec.encode(settings)) == settings


@dataclass
class Loose:
    text: str


@pytest.mark.parametrize("value", [Loose("x"), [1], {1, 2}, (Loose("x"),), object()])
def test_what_can_change_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        codec.encode(value)


def test_classes_of_others_are_never_looked_up() -> None:
    with pytest.raises(TypeError, match="not of this package"):
        codec.decode(codec.encode(Span(1, 2)).replace(b"yoroku.briefing.model:Span", b"subprocess:Popen________xx"))


@given(st.binary(min_size=1, max_size=20), st.data())
def test_a_sealed_value_survives_no_change_at_all(content: bytes, data: st.DataObject) -> None:
    whole = sealed.seal((content, {"at": date(2023, 1, 1).toordinal()}))
    assert sealed.unseal(whole) == (content, {"at": date(2023, 1, 1).toordinal()})
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert sealed.unseal(whole[:cut]) is None
    at = data.draw(st.integers(0, len(whole) - 1))
    assert sealed.unseal(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]) is None


@given(st.binary(max_size=200))
def test_bytes_of_others_are_not_believed(content: bytes) -> None:
    assert sealed.unseal(content) is None


def test_another_version_is_not_believed() -> None:
    assert sealed.unseal(sealed.seal(1).replace(b"yoroku 1", b"yoroku 0")) is None


def test_a_table_is_written_once_and_found_by_its_name(tmp_path: Path) -> None:
    tables = Tables(str(tmp_path))
    name = tables.save("pages", ("a", 1))
    time = os.stat(tmp_path / name).st_mtime_ns
    assert tables.save("pages", ("a", 1)) == name
    assert os.stat(tmp_path / name).st_mtime_ns == time
    other = tables.save("pages", ("b", 2))
    assert (tables.load(name), tables.load(other)) == (("a", 1), ("b", 2))
    (tmp_path / f"left{sealed.PART}").write_bytes(b"x")
    tables.keep_only([other])
    assert os.listdir(tmp_path) == [other]


def test_log_values_are_found_or_refused(tmp_path: Path) -> None:
    writer = LogWriter(str(tmp_path), 1)
    first, second = writer.add("一".encode()), writer.add(b"2" * 1000)
    writer.close()
    logs = Logs(str(tmp_path))
    assert (logs.read(first), logs.read(second)) == ("一".encode(), b"2" * 1000)
    assert logs.read((1, 1, 3, first[3])) is None
    assert logs.read((7, 0, 1, 0)) is None
    assert logs.next_number() == 2
    logs.close()
    (tmp_path / "1.log").write_bytes(b"x")
    assert Logs(str(tmp_path)).read(second) is None


def test_compaction_keeps_what_is_used_and_nothing_else(tmp_path: Path) -> None:
    writer = LogWriter(str(tmp_path), 1)
    places = {str(number): writer.add(bytes([number % 256]) * 9000) for number in range(300)}
    writer.close()
    used = {key: where for key, where in places.items() if int(key) % 10 == 0}
    moved = compacted(str(tmp_path), used)
    logs = Logs(str(tmp_path))
    logs.keep_only({where[0] for where in moved.values()})
    assert {key: logs.read(where) for key, where in moved.items()} == {
        key: bytes([int(key) % 256]) * 9000 for key in used
    }
    assert logs.sizes() == {2: 30 * 9000}
    assert compacted(str(tmp_path), moved) == moved
