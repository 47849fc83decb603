"""`check`: everything that is wrong, with its place, and nothing written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from sample_site import begin, run, tree, write

from yoroku.build.pipeline import Options, build, check
from yoroku.problems import Problem, Severity

NOTES = "content/notes"
REVIEWED = """---
title: 見直しの要る記録
date: 2024-02-09
sources: [{publisher: 潮見県, policy: full}]
review:
  - field: people
    reason: 名字だけです。
    value: 北浜
  - field: event
    reason: 年がありません。
    done: true
---
本文。 ^L1
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = begin(tmp_path_factory.mktemp("built"))
    outcome = build(root, Options(search=False))
    assert outcome.ok, outcome.problems
    return root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "site")
    return tmp_path / "site"


def found(root: Path, **options: bool) -> list[Problem]:
    return list(check(root, **options).problems)


def note(root: Path, name: str, body: str, front: str = "") -> str:
    write(root / NOTES / name, f"---\ntitle: 題{name}\ndate: 2024-03-02\n{front}---\n{body}\n")
    return f"{NOTES}/{name}"


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(str(problem.at), problem.code) for problem in problems]


def test_a_sound_site_has_no_problems_and_nothing_is_written(built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*") if ".yoroku" not in path.parts}
    manifest = (built / ".yoroku/manifest").read_bytes()
    outcome = check(built)
    assert (outcome.problems, outcome.exit_code) == ((), 0)
    assert outcome.documents == len([path for path in built.glob("content/**/*.md") if "/." not in path.as_posix()])
    assert {path: path.stat().st_mtime_ns for path in built.rglob("*") if ".yoroku" not in path.parts} == before
    assert (built / ".yoroku/manifest").read_bytes() == manifest
    assert check(built).problems == ()  # from what was remembered


def test_a_site_that_was_never_built_is_checked_with_what_its_bulletins_would_become(tmp_path: Path) -> None:
    root = begin(tmp_path)
    before = tree(root / "content")
    outcome = check(root)
    assert {problem.code for problem in outcome.problems} == {"not-imported"}
    assert [problem.at.path for problem in outcome.problems] == sorted(
        f"content/bulletins/{name}" for name in before_names(before)
    )
    assert outcome.exit_code == 0
    assert tree(root / "content") == before
    assert not (root / "output").exists()


def before_names(files: dict[str, bytes]) -> list[str]:
    return [name.removeprefix("bulletins/") for name in files if name.endswith((".txt", ".html"))]


def test_every_mistake_in_a_text_has_line_and_column(site: Path) -> None:
    path = note(
        site,
        "wrong.md",
        "[[無い頁]]\n\n![](../media/wave.svg)\n\n![図](../media/none.svg)\n\n"
        "[[first-note#無い節]] と [節](first-note.md#無い) と [x](nowhere.md)",
    )
    problems = found(site)
    assert told(problems) == [
        (f"{path}:5:3", "unresolved-wikilink"),
        (f"{path}:7:5", "missing-alt"),
        (f"{path}:9:6", "broken-image"),
        (f"{path}:11:3", "broken-fragment"),
        (f"{path}:11:26", "broken-fragment"),
        (f"{path}:11:50", "broken-link"),
    ]
    assert all(problem.fix for problem in problems)


def test_the_build_finds_the_same_and_leaves_the_output_as_it_was(site: Path) -> None:
    before = tree(site / "output")
    path = note(site, "wrong.md", "[[2022-10-18-japan-olmea-ocean-ministers#^L99999]]\n\n[[無い頁]]")
    outcome = build(site, Options(search=False))
    errors = [(str(problem.at), problem.code) for problem in outcome.errors]
    assert errors == [(f"{path}:5:3", "broken-fragment"), (f"{path}:7:3", "unresolved-wikilink")]
    assert tree(site / "output") == before
    assert not [name for name in tree(site / "output") if "part" in name]
    (site / path).unlink()
    assert build(site, Options(search=False)).ok
    assert tree(site / "output") == before


def test_a_heading_that_is_renamed_breaks_the_links_of_others(site: Path) -> None:
    note(site, "other.md", "[[first-note#節のなか]]")
    assert build(site, Options(search=False)).ok
    file = site / NOTES / "first-note.md"
    file.write_text(
        file.read_text("utf-8").replace("## 節のなか", "## 別の節").replace("#節のなか|", "#別の節|"), "utf-8"
    )
    for problems in (found(site), list(build(site, Options(search=False)).problems)):
        assert told(problems) == [(f"{NOTES}/other.md:5:3", "broken-fragment")]


def test_a_broken_link_of_a_template_is_told_once_with_the_number_of_pages(site: Path) -> None:
    file = site / "templates/partials/footer.html"
    file.write_text(file.read_text("utf-8") + "<a href=\"{{ '/no/such/' | url }}\">x</a>", "utf-8")
    problems = [problem for problem in found(site) if problem.code == "broken-link"]
    assert len(problems) == 1
    assert "/no/such/" in problems[0].what.replace("../", "/")
    assert "more pages" in problems[0].what


def test_a_mistake_in_front_matter_hides_nothing_else(site: Path) -> None:
    """The bodies of files whose front matter cannot be read are checked with the rest, at their own lines."""
    body = "[[無い頁]]\n\n＃ 見出し\n\n![図](../media/none.svg)\n\n[[first-note#無い節]]"
    expected = [
        ("unresolved-wikilink", 0),
        ("not-markdown", 2),
        ("broken-image", 4),
        ("broken-fragment", 6),
    ]
    fronts = {
        "unknown.md": ("---\ntitle: 題\ndate: 2024-03-02\nauther: 甲\n---\n", "unknown-key", 4),
        "twice.md": ("---\ntitle: 題\nupdated: 2024-13-01\ndate: 2024-02-30\ntags:\n  - a\n---\n", "wrong-date", 3),
        "yaml.md": ('---\ntitle: "題\ndate: 2024-03-02\n---\n', "yaml-syntax", 2),
        "without.md": ("", "no-front-matter", 1),
        "empty.md": ("---\n---\n", "missing-key", 2),
        "bom.md": ("\ufeff---\nntitle: 題\n---\n", "unknown-key", 2),
    }
    for name, (front, _, _) in fronts.items():
        text = front + body + "\n"
        (site / NOTES / name).write_bytes((text.replace("\n", "\r\n") if "\ufeff" in front else text).encode())
    other = note(site, "other.md", "[[無い頁]]、[[unknown]]、[[twice#節]]")
    problems = found(site)
    for name, (front, code, line) in fronts.items():
        here = [(problem.code, problem.at.line) for problem in problems if problem.at.path == f"{NOTES}/{name}"]
        first = front.count("\n") + 1
        assert (code, line) in here, (name, here)
        assert [row for row in here if row[0] in dict(expected)] == [(code, first + at) for code, at in expected], name
    assert (f"{other}:5:3", "unresolved-wikilink") in told(problems)


def test_what_only_a_mistake_elsewhere_breaks_is_not_told(site: Path) -> None:
    """A file whose names cannot be read may well be what others link to."""
    note(site, "wrong.md", "## 節\n\n本文。", "slug: Äb\naliases: [Old Name, 古い名]\ntags: [a, a: b]\n")
    write(site / NOTES / "torn.md", "---\ntitle: 裂けた題\n\n本文。\n")
    (site / NOTES / "legacy.md").write_bytes("---\ntitle: 昔の題\n---\n## 節\n".encode("shift_jis"))
    links = "[[古い名]]、[[題wrong.md]]、[[wrong#節]]、[[torn]]、[[legacy#節]]、[[裂けた題]]、[節](legacy.md#節)"
    other = note(site, "other.md", links)
    at_note = note(site, "at.md", "本文。", "on: 2024-01-04-broken\nat: 節\n")
    bad = "content/briefings/2024/2024-01-04-broken.md"
    write(site / bad, "---\ntitle: 題\ndate: 2024-1-4x\n---\n## 節\n")
    problems = found(site)
    assert {problem.at.path for problem in problems} == {
        *(f"{NOTES}/{name}.md" for name in ("wrong", "torn", "legacy")),
        bad,
    }
    assert not {other, at_note} & {problem.at.path for problem in problems}


def test_settings_that_cannot_be_read_hide_no_mistake_of_a_file(site: Path) -> None:
    file = site / "site.yaml"
    file.write_text(file.read_text("utf-8") + "\nlanguge: ja\n", "utf-8")
    path = note(site, "wrong.md", "＃ 見出し\n\n[[無い頁]]", "auther: 甲\n")
    assert told(found(site)) == [
        (f"{path}:4:1", "unknown-key"),
        (f"{path}:6:1", "not-markdown"),
        (f"site.yaml:{file.read_text('utf-8').count(chr(10))}:1", "unknown-key"),
    ]


def test_two_files_with_one_address_hide_nothing_else(site: Path) -> None:
    note(site, "a.md", "[[無い頁]]", "slug: same\n")
    note(site, "b.md", "x", "slug: same\n")
    path = note(site, "c.md", "[[無い別の頁]]、[[a]]、[[b]]、[[題b.md]]")
    codes = told(found(site))
    assert (f"{path}:5:3", "unresolved-wikilink") in codes
    assert "same-address" in {code for _, code in codes}
    assert len(codes) in (2, 3)


def test_a_mistake_in_a_template_hides_no_mistake_of_a_text(site: Path) -> None:
    write(site / "templates/partials/footer.html", "{% if %}")
    path = note(site, "wrong.md", "[[無い頁]]")
    problems = found(site)
    assert (f"{path}:5:3", "unresolved-wikilink") in told(problems)
    assert any(problem.at.path == "templates/partials/footer.html" for problem in problems)


def test_a_second_check_still_finds_what_a_vanished_page_breaks(site: Path) -> None:
    assert found(site) == []
    file = site / "templates/home.html"
    file.write_text(
        file.read_text("utf-8").replace(
            "{% block main %}", "{% block main %}<a href=\"{{ '/feed.xml#x' | url }}\">f</a>"
        )
    )
    assert found(site) == []  # a feed has no places, so the fragment is nobody's mistake
    (site / "content/pages/about-editorial.md").unlink()
    note(site, "wrong.md", "[編集方針](/about/editorial/#訂正)")
    assert ("broken-fragment") in {problem.code for problem in found(site)}


def test_notes_on_nothing(site: Path) -> None:
    path = note(site, "lost.md", "本文。", "on: 2022-10-18-japan-olmea-ocean-minister\n")
    problems = found(site)
    assert told(problems) == [(f"{path}:4:5", "unknown-briefing")]
    assert "did you mean '2022-10-18-japan-olmea-ocean-ministers'?" in problems[0].fix


def test_strict_lists_open_review_items_where_they_stand(site: Path) -> None:
    write(site / "content/briefings/2024/2024-02-09-review.md", REVIEWED)
    path = "content/briefings/2024/2024-02-09-review.md"
    assert check(site).exit_code == 0
    outcome = check(site, strict=True)
    mine = [problem for problem in outcome.problems if problem.at.path == path]
    assert [(str(problem.at), problem.code) for problem in mine] == [(f"{path}:6:5", "open-review")]
    assert "名字だけです" in mine[0].what
    assert "北浜" in mine[0].what
    assert outcome.exit_code == 1


def test_strict_makes_warnings_fail(site: Path) -> None:
    for file in (site / "content/briefings").rglob("*.md"):
        done = re.sub(r"(?m)^review:\n(?:  .*\n)+", "", file.read_text("utf-8"))
        file.write_text(done, "utf-8")
    assert check(site, strict=True).exit_code == 0
    note(site, "bare.md", "![](../media/wave.svg)")
    assert check(site).exit_code == 0
    assert check(site, strict=True).exit_code == 1


def test_pending_merges_and_changed_bulletins_are_told(site: Path) -> None:
    write(site / "content/briefings/.merge/2024/x.md", "# 合わせる\n\n## 一\n\n## 二\n")
    bulletin = next((site / "content/bulletins").glob("*.txt"))
    bulletin.write_bytes(bulletin.read_bytes() + b"\n")
    codes = {problem.code: problem.severity for problem in found(site)}
    assert codes == {"merge-conflict": Severity.WARNING, "not-imported": Severity.NOTE}


def test_mistakes_in_front_matter_are_all_told_at_once(site: Path) -> None:
    one = note(site, "one.md", "x", "knd: note\n")
    two = note(site, "two.md", "x", "draft: nope\n")
    assert [(problem.at.path, problem.at.line) for problem in found(site)] == [(one, 4), (two, 4)]


def test_the_command_prints_clickable_lines_and_exits_with_1(site: Path) -> None:
    path = note(site, "wrong.md", "[[無い頁]]")
    ran = run(site, "check")
    assert ran.returncode == 1
    assert f"{path}:5:3: error: '[[無い頁]]' leads nowhere" in ran.stdout + ran.stderr
    assert "1 problems" in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "line",
    [
        "slug: ../../etc/passwd",
        "slug: a/../../b",
        "slug: con",
        'slug: "a\\u202eb"',
        "aliases: [../../../tmp/x]",
        "aliases: [/assets/site.css]",
        'aliases: ["..\\\\..\\\\x"]',
        "aliases: [/.git/config]",
        "aliases: ['https://evil.example/']",
        "aliases: ['aux.html']",
        "aliases: ['x?y']",
    ],
)
def test_addresses_that_no_disk_should_hold_are_problems(site: Path, line: str) -> None:
    path = note(site, "address.md", "x", f"{line}\n")
    problems = found(site)
    assert [(problem.at.path, problem.at.line, problem.code) for problem in problems] == [(path, 4, "unsafe-address")]


def same_address(site: Path) -> set[str]:
    return {problem.at.path for problem in found(site) if problem.code == "same-address"}


def test_files_that_differ_in_case_only_are_problems(site: Path) -> None:
    write(site / "content/media/Wave.svg", "<svg/>")
    assert same_address(site) == {"content/media/wave.svg"}
    (site / "content/media/Wave.svg").unlink()
    write(site / "static/index.html", "mine")
    write(site / "static/FEED.xml", "mine")
    write(site / "static/about", "a file where a folder must be")
    assert same_address(site) == {"static/index.html", "static/FEED.xml", "static/about"}
    shutil.rmtree(site / "static")
    note(site, "a.md", "x", "aliases: [/same/]\n")
    note(site, "b.md", "x", "aliases: [/Same/]\n")
    assert same_address(site)
