"""Which inputs changed, and which pages that makes stale: no more than needed, never less."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoroku.build import inputs
from yoroku.build.graph import Columns, Recording, Traces, packed, stale, unpacked


def write(path: Path, text: str, *, age: float = 10) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    then = time.time_ns() - int(age * 1e9) + 1
    os.utime(path, ns=(then, then))


def record(root: Path, read_ns: int) -> inputs.Record:
    return inputs.recorded(str(root), inputs.walk(str(root), ""), {}, read_ns)


def same(root: Path, kept: inputs.Record, read_ns: int) -> bool:
    return inputs.same(str(root), inputs.walk(str(root), ""), kept, read_ns)


def test_hidden_files_backups_and_loops_are_no_content(tmp_path: Path) -> None:
    for name in ("a.md", "b c/#.md", ".git/x", "a.md~", ".#a.md", "#a.md#", "深い/名前.md", "b c/e\u0301 %#.md"):
        write(tmp_path / name, "x")
    os.symlink(tmp_path, tmp_path / "深い/loop")
    os.symlink("/etc", tmp_path / "outside")
    os.symlink(tmp_path / "missing", tmp_path / "broken.md")
    os.symlink(tmp_path / "a.md", tmp_path / "linked.md")
    assert set(inputs.walk(str(tmp_path), "")) == {"a.md", "深い/名前.md", "b c/e\u0301 %#.md", "linked.md"}
    assert set(inputs.walk(str(tmp_path), "深い")) == {"深い/名前.md"}
    assert inputs.walk(str(tmp_path), "nowhere") == {}


@pytest.mark.parametrize("change", ["content", "same size and times", "removed", "added", "renamed"])
def test_a_change_is_noticed(tmp_path: Path, change: str) -> None:
    write(tmp_path / "a.md", "one")
    write(tmp_path / "b.md", "two")
    now = time.time_ns() + 10**9
    kept = record(tmp_path, now)
    assert same(tmp_path, kept, now)
    times = (os.stat(tmp_path / "a.md").st_atime_ns, os.stat(tmp_path / "a.md").st_mtime_ns)
    if change == "content":
        (tmp_path / "a.md").write_text("other")
    elif change == "same size and times":
        (tmp_path / "a.md").write_text("eno")
        os.utime(tmp_path / "a.md", ns=times)
    elif change == "removed":
        (tmp_path / "a.md").unlink()
    elif change == "added":
        write(tmp_path / "c.md", "three")
    else:
        (tmp_path / "a.md").rename(tmp_path / "c.md")
    assert not same(tmp_path, kept, now)


def test_other_times_with_the_same_bytes_are_no_change(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "one")
    now = time.time_ns()
    kept = record(tmp_path, now)
    write(tmp_path / "a.md", "one", age=3)
    assert same(tmp_path, kept, now)


def test_a_file_as_new_as_the_build_is_read_again(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "one", age=0)
    stat = inputs.stat_of(str(tmp_path / "a.md"))
    assert stat is not None
    kept = {"a.md": (*stat, inputs.digest(b"uno"))}  # as if it had been rewritten within one tick
    assert not same(tmp_path, kept, time.time_ns())
    assert inputs.is_racy((5 * 10**9, 0, 3), 6 * 10**9)  # whole seconds: a coarse clock
    assert not inputs.is_racy((5 * 10**9 + 1, 0, 3), 6 * 10**9)
    assert inputs.is_racy((9 * 10**9 + 1, 0, 3), 6 * 10**9)  # from the future


def trace(**pages: dict) -> Traces:
    traces = Traces()
    for page, answers in pages.items():
        recording = Recording()
        for question, answer in answers.items():
            recording.note(question, answer)
        traces.add(page, recording)
    return traces


def test_questions_are_rechecked_in_order_and_once() -> None:
    a, b, c = ("list",), ("title", "b"), ("title", "c")
    traces = trace(home={a: b"1", b: b"2"}, other={a: b"1", c: b"3"}, third={c: b"3"})
    log = []

    def answer(question, old):
        log.append(question)
        return {a: b"x", c: b"3"}[question]

    # What stands behind a changed list is not asked: it may not exist any more.
    assert list(stale(traces, ["home", "other", "third", "new"], answer)) == [
        ("home", a),
        ("other", a),
        ("new", None),
    ]
    assert log == [a, c]


QUESTIONS = st.tuples(st.sampled_from(["q", "r"]), st.integers(0, 9))
PAGES = st.dictionaries(
    st.text("abc/", min_size=1, max_size=5), st.lists(QUESTIONS, max_size=5, unique=True), max_size=6
)


@given(PAGES)
def test_traces_come_back_from_their_columns(pages: dict) -> None:
    traces = trace(**{page: {q: inputs.digest(repr(q).encode()) for q in asked} for page, asked in pages.items()})
    again = Traces(base=Columns(packed(traces)))
    assert unpacked(packed(traces)) == traces == again.only(again.names())
    assert {page: again.asked(page) for page in pages} == {page: traces.asked(page) for page in pages}


@given(PAGES, st.sets(QUESTIONS, max_size=3))
def test_pages_are_stale_exactly_when_an_answer_changed(pages: dict, changed: set) -> None:
    traces = trace(**{page: dict.fromkeys(asked, b"old") for page, asked in pages.items()})
    found = {page for page, _ in stale(traces, pages, lambda q, old: b"new" if q in changed else b"old")}
    expected = {page for page, asked in pages.items() if changed & set(asked)}
    subjects = {question[-1] for question in changed}
    for known in (traces, Traces(base=Columns(packed(traces)))):
        assert known.asking(subjects, None, changed.__contains__) == found == expected
        assert known.asking(frozenset(), "q".__eq__, changed.__contains__) == {
            page for page, asked in pages.items() if {q for q in changed if q[0] == "q"} & set(asked)
        }


@given(PAGES, PAGES, st.sets(QUESTIONS, max_size=3), st.sampled_from("abc/"))
def test_what_is_added_stands_in_place_of_what_was_on_record(old: dict, new: dict, asked: set, gone: str) -> None:
    def made(pages: dict, mark: bytes) -> Traces:
        return trace(**{page: dict.fromkeys(asked, mark) for page, asked in pages.items()})

    plain = made(old, b"old").plus(made(new, b"new")).without(gone)
    columns = Traces(base=Columns(packed(made(old, b"old")))).plus(made(new, b"new")).without(gone)
    assert set(plain.names()) == set(columns.names()) == (old.keys() | new.keys()) - {gone}
    assert plain.only(plain.names()) == columns.only(columns.names())
    subjects = {question[-1] for question in asked}
    for names in (None, "r".__eq__):
        for doubtful in (asked.__contains__, lambda question: question[-1] % 2 == 0):
            assert plain.asking(subjects, names, doubtful) == columns.asking(subjects, names, doubtful)
