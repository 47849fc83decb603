"""What the program says in Japanese: messages of golden cases, help, reports; English unless it is asked for."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from editors_site import ROOT, Site
from test_editing_slips import SLIPS

from yoroku import help_ja, problems_ja
from yoroku.cli import _parser, main
from yoroku.markdown.slips import slips
from yoroku.problems import Place, Problem, Severity
from yoroku.speech import TABLE, Speech, language

CASES = ROOT / "tests" / "cases"
LINE = re.compile(
    r"(?P<at>[^\n]+?): (?P<severity>error|warning|note): (?P<what>.*?); (?P<fix>.*) \[(?P<code>[a-z0-9-]+)\]"
)
JAPANESE = re.compile(r"[ぁ-んァ-ヶ]")


def golden() -> list[tuple[str, Problem]]:
    found = []
    for file in sorted((*(CASES / "bodies").glob("*.txt"), *(CASES / "front-matter").glob("*.txt"))):
        for line in LINE.finditer(file.read_text("utf-8").rpartition("=====\n")[2]):
            problem = Problem(Place("x.md"), line["code"], line["what"], line["fix"], Severity(line["severity"]))
            found.append((f"{file.parent.name}/{file.stem}", problem))
    return found


def test_golden_messages_have_japanese_words() -> None:
    cases = golden()
    assert len(cases) >= 80
    for name, problem in cases:
        said = problems_ja.in_japanese(problem)
        assert said.what != problem.what, (name, problem.what)
        assert said.fix != problem.fix, (name, problem.fix)
        assert JAPANESE.search(said.what), said.what
        # The writer's own values stand in it as they were.
        for value in re.findall(r"'([^']+)'", problem.what):
            assert value in said.what, (name, value)


@pytest.mark.parametrize(("body", "_column"), SLIPS)
def test_slips_have_japanese_words(body: str, _column: int) -> None:
    for problem in slips(body, path="x.md"):
        said = problems_ja.in_japanese(problem)
        assert (said.what, said.fix) != (problem.what, problem.fix)
        assert JAPANESE.search(said.what)


def test_what_has_no_japanese_words_is_said_in_english() -> None:
    problem = Problem(Place("x.md", 3), "no-such-code", "something else is wrong", "mend it")
    assert problems_ja.in_japanese(problem) == problem


def test_values_may_look_like_places_for_values() -> None:
    problem = Problem(Place("x.md", 3, 1), "broken-link", "'{0} {} \\1' leads nowhere", "did you mean '{1}'?")
    assert problems_ja.told(problem) == (
        "x.md:3:1: error: 「{0} {} \\1」のリンク先がありません。「{1}」ではありませんか [broken-link]"
    )


@pytest.mark.parametrize("table", [problems_ja._WHATS, problems_ja._FIXES])
def test_every_value_of_a_sentence_has_its_place(table: dict[str, str]) -> None:
    for english, japanese in table.items():
        used = {int(number) for number in re.findall(r"\{(\d)\}", japanese)}
        assert used == set(range(english.count("{}"))), english


def test_reports_need_the_same_values_in_both_languages() -> None:
    for name, (japanese, english) in TABLE.items():
        fields = [set(re.findall(r"\{(\w+)", text)) for text in (japanese, english)]
        assert fields[0] == fields[1], name


@pytest.mark.parametrize(
    ("environment", "words", "expected"),
    [
        ({}, [], "en"),
        ({"LANG": "ja_JP.UTF-8"}, [], "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, [], "en"),
        ({"LANG": "C", "YOROKU_LANG": "ja"}, [], "ja"),
        ({"YOROKU_LANG": "ja"}, ["check", "--lang", "en"], "en"),
        ({}, ["--lang=ja", "check"], "ja"),
    ],
)
def test_the_language_is_the_one_asked_for(environment: dict[str, str], words: list[str], expected: str) -> None:
    assert language(environment, words) == expected


def helps(parser: argparse.ArgumentParser) -> set[str]:
    found = {parser.description or "", *(group.title or "" for group in parser._action_groups)}
    for action in parser._actions:
        found |= {action.help or "", *(choice.help or "" for choice in getattr(action, "_choices_actions", ()))}
        if isinstance(action, argparse._SubParsersAction):
            found = found.union(*map(helps, action.choices.values()))
    return found - {""}


def test_all_help_is_there_in_japanese() -> None:
    known = {TABLE["description"][1], TABLE["commands"][1], *help_ja.HELP}
    assert helps(_parser(Speech("en"))) <= known
    assert all(re.search(r"[ぁ-んァ-ヶ一-龠]", text) for text in helps(_parser(Speech("ja"))))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["bild"], "COMMAND: 'bild' はありません("),
        (["import"], "PATH が足りません"),
        (["--jobs", "0"], "--jobs: 1 から 256 の整数を書きます"),
        (["--jobs", "x"], "--jobs: 'x' は整数ではありません"),
        (["serve", "--port", "x"], "--port: 'x' は整数ではありません"),
        (["build", "--out"], "--output: 値を一つ書いてください"),
        (["build", "--nope"], "--nope という引数はありません"),
        (["check", "--strict=1"], "--strict: 値 '1' は要りません"),
        (["serve", "--o"], "--o は --output, --open のどれか分かりません"),
        (["new", "note", "題", "--kind", "zzz"], "--kind: 'zzz' はありません("),
        (["check", "--lang", "ja", "--no-{}-{0}"], "--no-{}-{0} という引数はありません"),
    ],
)
def test_a_command_line_is_refused_in_japanese(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOROKU_LANG", "ja")
    assert main(words) == 2
    told = capsys.readouterr().err
    assert expected in told
    assert told.startswith("使い方: ")
    assert not re.search(r"usage|error|argument", told)
    monkeypatch.setenv("YOROKU_LANG", "en")
    if "ja" not in words:
        assert main(words) == 2
        assert re.match(r"usage: .* error: ", capsys.readouterr().err, re.DOTALL)


def test_help_begins_in_the_language() -> None:
    for lang, word in (("ja", "使い方: "), ("en", "usage: ")):
        assert _parser(Speech(lang)).format_help().startswith(word)


def run(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *words]
    return subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_build_speaks_japanese_where_it_is_asked_to(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.note("a", "[[無い頁]]")
    site.note("b", "本文。", "publish_at: 2999-01-01 09:00\n")
    told = run(site.root, "build", "--no-search", YOROKU_LANG="ja")
    assert told.returncode == 1
    assert (
        "content/notes/a.md:5:3: error: 「[[無い頁]]」のリンク先がありません。"
        "名前を直すか、括弧を取り除きます [unresolved-wikilink]"
    ) in told.stderr.splitlines()
    assert "何も書き出していません。output/ は元のままです" in told.stderr
    # Other programs read the same in every language.
    plain, japanese = (run(site.root, "check", "--json", YOROKU_LANG=lang).stdout for lang in ("en", "ja"))
    assert json.loads(plain) == json.loads(japanese)
    site.note("a", "本文。")
    told = run(site.root, "--no-search", "--lang", "ja")
    assert told.returncode == 0
    assert "非公開: content/notes/b.md は 2999-01-01 09:00 +09:00 に公開されます" in told.stderr
    assert re.search(r"output/: 書き出し \d+、削除 0、そのまま 0", told.stderr)
    (site.root / "content/notes/b.md").unlink()
    run(site.root, "build", "--no-search", YOROKU_LANG="ja")
    nothing = run(site.root, "build", "--no-search", YOROKU_LANG="ja").stderr
    assert "output/: 書き出し 0、削除 0、そのまま" in nothing
