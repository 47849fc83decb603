"""A build that remembers makes the very bytes of a clean one, whatever happened before; and nothing more than it must.

YOROKU_STEPS=2000 makes the long run; the short one is for every day.
"""

import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from yoroku.build import manifest
from yoroku.build.pipeline import Options, build, clean, explain
from yoroku.build.sealed import PART
from yoroku.problems import Problems

STEPS = int(os.environ.get("YOROKU_STEPS", "8"))
THEME = {
    "base.html": "<!doctype html><title>{{ page.frame.title }}</title>"
    "<link href={{ asset('site.css') }}>{% block main %}{% endblock %}",
    "macros.html": "{% macro row(i) %}<li>{{ i.summary.title }} {{ i.summary.url | url }}{% endmacro %}",
    "part.html": "<p>{{ page.frame.site_title }}",
    "briefing.html": "{% extends 'base.html' %}{% block main %}{{ page.body.html | raw_html }}"
    "{% for e in page.around.before %}<i>{{ e.title }}{% endfor %}{% include 'part.html' %}{% endblock %}",
    "briefings.html": "{% extends 'base.html' %}{% from 'macros.html' import row %}{% block main %}"
    "{% for i in page.items %}{{ row(i) }}{% endfor %}{{ page.total }}{% endblock %}",
    "assets/site.css": "body{}",
}
PLAIN = "{% extends 'base.html' %}{% block main %}{{ page }}{% endblock %}"
TEMPLATES = (
    *("home", "one-page", "source", "timeline", "archive", "index", "entity"),
    *("notes", "note", "corrections", "tags", "standing", "search", "404", "moved"),
)
# Drawn as a number: what is picked from (files of the cache, their sizes) may differ when a case is run again, and a
# draw that depended on it would make Hypothesis call the case flaky.
PICKS = st.integers(0, 2**16).map(random.Random)
NAMES = ("朝霧いずみ", "沢渡みなと", "北浜一海")
TITLES = ("観測ブイの会合", "防波堤の点検", "高波の記録", "港の訓練")


def briefing(title: str, day: int, person: str, body: str, extra: str = "") -> str:
    return (
        f'---\ntitle: "{title}"\ndate: 2024-02-{day:02}\n'
        f"event: {{start: 2024-02-{day:02}T10:00:00+09:00}}\n"
        f'people: ["{person}"]\ntopics: ["海"]\nsources: [{{publisher: 汐見市, policy: full}}]\n{extra}'
        f"---\n{body} ^L3\n"
    )


def note(title: str, on: str, body: str) -> str:
    return f'---\ntitle: "{title}"\ndate: 2024-03-01\non: "{on}"\n---\n{body}\n'


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def begin(root: Path) -> None:
    write(root / "site.yaml", "title: 試しの要録\nlanguage: ja\n")
    for name, text in THEME.items():
        write(root / "templates" / name, text)
    for name in TEMPLATES:
        write(root / f"templates/{name}.html", PLAIN)
    write(root / "content/entities/people.yaml", "- {id: izumi, name: 朝霧いずみ, aliases: [いずみ]}\n")
    for number in range(1, 5):
        text = briefing(TITLES[number % 4], number, NAMES[number % 3], f"本文{number}。")
        write(root / f"content/briefings/2024-02-b{number}.md", text)
    write(root / "content/notes/first.md", note("注", "2024-02-b1", "[[2024-02-b2]] を参照。"))
    write(root / "content/notes/zu.svg", '<svg width="4" height="3"/>')
    write(root / "content/pages/about.md", '---\ntitle: "案内"\n---\n説明。\n')


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def whole(root: Path) -> dict[str, bytes]:
    """The finished files: any build, also one that fails, sweeps away what an interrupted one left half written."""
    return {name: data for name, data in tree(root).items() if not name.endswith(PART)}


def make(root: Path, **options) -> object:
    outcome = build(root, Options(search=False, explain=True, **options))
    assert outcome.ok, outcome.problems
    return outcome


def clean_build(root: Path) -> tuple[tuple, dict[str, bytes]]:
    """What a build elsewhere, that never saw this site, says and makes of it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "elsewhere"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("output", ".yoroku", "stored"))
        outcome = build(copy, Options(search=False, jobs=1))
        return outcome.problems, tree(copy / "output")


class Edits(RuleBasedStateMachine):
    """Edits of every kind in any order, with builds between them."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name) / "site"
        begin(self.root)
        self.number = 10
        self.dirty = True

    def briefings(self) -> list[Path]:
        return sorted((self.root / "content/briefings").rglob("*.md"))

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
        self.dirty = True

    @rule(
        pick=PICKS,
        word=st.sampled_from(["追記", "改稿", "[[2024-02-b1]]", "**強調**", "\n\n![[first]]\n", "![[zu.svg|図]]"]),
    )
    def edit_a_body(self, pick: random.Random, word: str) -> None:
        file = pick.choice(self.briefings())
        file.write_text(file.read_text("utf-8") + f"\n{word}{pick.randrange(9)}\n", "utf-8")
        self.dirty = True

    @rule(pick=PICKS)
    def edit_front_matter(self, pick: random.Random) -> None:
        file = pick.choice(self.briefings())
        extra = pick.choice(["", "draft: true\n", "unlisted: true\n", "tags: [甲]\n", 'aliases: ["old-one"]\n'])
        day, person = pick.randrange(1, 28), pick.choice([*NAMES, "いずみ"])
        if extra.startswith("aliases") and any("old-one" in other.read_text("utf-8") for other in self.briefings()):
            extra = ""
        body = file.read_text("utf-8").split("---\n", 2)[2]
        file.write_text(briefing(pick.choice(TITLES), day, person, body.strip().removesuffix("^L3"), extra), "utf-8")
        self.dirty = True

    @rule(day=st.integers(1, 28), where=st.sampled_from(["", "deep/", "深い/"]))
    def add_a_briefing(self, day: int, where: str) -> None:
        self.number += 1
        text = briefing(TITLES[day % 4], day, NAMES[day % 3], f"新しい本文{self.number}。")
        write(self.root / f"content/briefings/{where}2024-02-b{self.number}.md", text)
        self.dirty = True

    @precondition(lambda self: len(self.briefings()) > 1)
    @rule(pick=PICKS)
    def delete_a_briefing(self, pick: random.Random) -> None:
        pick.choice(self.briefings()).unlink()
        self.dirty = True

    @rule(pick=PICKS)
    def rename_a_briefing(self, pick: random.Random) -> None:
        self.number += 1
        file = pick.choice(self.briefings())
        file.rename(file.with_name(f"2024-02-r{self.number}.md"))
        self.dirty = True

    @rule(name=st.sampled_from(["朝霧いずみ", "沢渡みなと", "朝霧泉"]), alias=st.sampled_from(["いずみ", "北浜一海"]))
    def edit_the_authority_file(self, name: str, alias: str) -> None:
        write(self.root / "content/entities/people.yaml", f"- {{id: izumi, name: {name}, aliases: [{alias}]}}\n")
        self.dirty = True

    @rule(pick=PICKS, gone=st.booleans())
    def edit_a_note(self, pick: random.Random, gone: bool) -> None:
        name = pick.choice(["n0", "n1", "first", "first"])
        gone = gone and name != "first"
        file = self.root / f"content/notes/{name}.md"
        if gone and file.exists():
            file.unlink()
        else:
            on = pick.choice(self.briefings()).stem
            write(file, note(f"注{pick.randrange(3)}", on, f"[[{pick.choice(self.briefings()).stem}]] を参照。"))
        self.dirty = True

    @rule(
        name=st.sampled_from(
            ["base.html", "macros.html", "part.html", "briefing.html", "home.html", "assets/site.css"]
        ),
        mark=st.integers(0, 9),
    )
    def edit_the_theme(self, name: str, mark: int) -> None:
        old = (THEME | {"home.html": PLAIN})[name]
        new = old.replace("<li>", f"<li>{mark}") if name == "macros.html" else old.replace("{}", f"{{top:{mark}px}}")
        new = new if new != old else old.replace("{% block main %}", f"{{% block main %}}{mark}")
        write(self.root / "templates" / name, new)
        self.dirty = True

    @rule(line=st.sampled_from(["per_page: 2", "title: 別の要録", "timezone: America/New_York", "tagline: ひとこと"]))
    def edit_the_settings(self, line: str) -> None:
        rest = "" if line.startswith("title") else "title: 試しの要録\n"
        write(self.root / "site.yaml", f"{rest}language: ja\n{line}\n")
        self.dirty = True

    @rule(name=st.sampled_from(["content/media/a.svg", "content/notes/zu.svg", "static/CNAME"]), gone=st.booleans())
    def edit_a_copied_file(self, name: str, gone: bool) -> None:
        file = self.root / name
        if gone:
            file.unlink(missing_ok=True)
        else:
            self.number += 1
            write(file, f'<svg width="{self.number}" height="3"/>')
        self.dirty = True

    @rule(pick=PICKS)
    def somebody_meddles_with_the_output(self, pick: random.Random) -> None:
        files = sorted(path for path in (self.root / "output").rglob("*") if path.is_file())
        if files:
            file = pick.choice(files)
            if pick.random() < 0.5:
                file.unlink()
            else:
                file.write_text("meddled with")
        self.dirty = True

    @rule(how=st.sampled_from(["gone", "torn", "elsewhere", "of another version"]), pick=PICKS)
    def something_happens_to_the_cache(self, how: str, pick: random.Random) -> None:
        cache = self.root / ".yoroku"
        if not cache.is_dir():
            return
        if how == "gone":
            shutil.rmtree(cache)
        elif how == "torn":
            file = pick.choice(sorted(path for path in cache.rglob("*") if path.is_file()))
            data = file.read_bytes()
            file.write_bytes(data[: pick.randrange(len(data) + 1)])
        elif how == "elsewhere":
            # Carried to another machine: everything has other times.
            moved = self.root.with_name(f"site{self.number}{pick.randrange(10**6)}")
            self.root.rename(moved)
            self.root = moved
            for path in [*moved.rglob("*")]:
                os.utime(path, ns=(10**18, 10**18 + pick.randrange(10**9)))
        else:
            file = self.root / manifest.MANIFEST
            if file.exists():
                file.write_bytes(file.read_bytes().replace(b"yoroku", b"other!", 1))
        self.dirty = True

    @rule(pick=PICKS)
    def an_older_cache_is_restored(self, pick: random.Random) -> None:
        cache, stored = self.root / ".yoroku", self.root / "stored"
        if stored.exists() and pick.random() < 0.5:
            shutil.rmtree(cache, ignore_errors=True)
            shutil.copytree(stored, cache)
        elif cache.exists():
            shutil.rmtree(stored, ignore_errors=True)
            shutil.copytree(cache, stored)
        self.dirty = True

    @rule()
    def a_build_is_interrupted(self) -> None:
        output = self.root / "output"
        if output.is_dir():
            write(output / f"half/written.html{PART}", "half")
            write(self.root / ".yoroku/unfinished", "torn")
        self.dirty = True

    @rule()
    def a_broken_file_stops_a_build(self) -> None:
        before = whole(self.root / "output")
        write(self.root / "content/notes/broken.md", "---\ntitle: [\n---\n")
        write(self.root / "templates/home.html", "{{ page.nothing }}")
        assert not build(self.root, Options(search=False)).ok
        assert whole(self.root / "output") == before
        (self.root / "content/notes/broken.md").unlink()
        write(self.root / "templates/home.html", PLAIN)
        self.dirty = True

    @rule(jobs=st.sampled_from([None, 1, 3]))
    def build(self, jobs: int | None) -> None:
        before = whole(self.root / "output")
        outcome = build(self.root, Options(search=False, jobs=jobs))
        problems, expected = clean_build(self.root)
        # A link to a briefing that was deleted stops both, for the same reasons.
        assert outcome.problems == problems
        assert whole(self.root / "output") == (expected if outcome.ok else before)
        if outcome.ok:
            assert not [name for name in tree(self.root) if name.endswith(PART)]
            again = make(self.root)
            assert (again.written, again.removed, again.problems) == ((), (), problems)
        self.dirty = False

    def teardown(self) -> None:
        if hasattr(self, "root"):
            try:
                if self.dirty:
                    self.build(None)
            finally:
                self.folder.cleanup()


TestIncrementalEqualsClean = Edits.TestCase
TestIncrementalEqualsClean.settings = settings(
    max_examples=8 if STEPS < 100 else STEPS // 25,
    stateful_step_count=STEPS if STEPS < 100 else 25,
    deadline=None,
    derandomize=STEPS < 100,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    begin(tmp_path)
    make(tmp_path)
    return tmp_path


def remade(outcome) -> set[str]:
    return {reason.partition(": ")[0] for reason in outcome.reasons}


def test_nothing_changed_makes_nothing(site: Path) -> None:
    outcome = make(site)
    assert (outcome.written, outcome.removed, outcome.reasons) == ((), (), ())


def test_an_edit_of_a_body_remakes_the_pages_of_that_briefing_only(site: Path) -> None:
    file = site / "content/briefings/2024-02-b2.md"
    file.write_text(file.read_text("utf-8") + "\n追記。\n", "utf-8")
    outcome = make(site)
    here = "/briefings/2024-02-b2/"
    assert here in remade(outcome)
    assert {path for path in outcome.written if path.startswith("briefings/")} <= set(tree(site / "output"))
    assert all("briefings/2024-02-b2/" in path or "." in path for path in outcome.written)
    assert not {"/", "/briefings/", "/timeline/2024/", "/people/izumi/", "/briefings/2024-02-b1/"} & remade(outcome)


def test_an_edit_of_a_title_remakes_what_shows_it(site: Path) -> None:
    file = site / "content/briefings/2024-02-b4.md"
    file.write_text(file.read_text("utf-8").replace('title: "', 'title: "改・'), "utf-8")
    made = remade(make(site))
    assert {"/", "/briefings/", "/briefings/2024-02-b4/", "/briefings/2024-02-b3/", "/timeline/2024/"} <= made
    assert not {"/briefings/2024-02-b1/", "/notes/", "/about/"} & made


def test_an_edit_of_a_name_remakes_what_names_that_person(site: Path) -> None:
    write(site / "content/entities/people.yaml", "- {id: izumi, name: 朝霧いずみ, reading: あさぎりいずみ}\n")
    made = remade(make(site))
    assert "/people/izumi/" in made
    assert not {"/briefings/2024-02-b1/", "/briefings/2024-02-b2/"} & made


def test_an_edit_of_a_partial_remakes_the_pages_that_include_it(site: Path) -> None:
    write(site / "templates/part.html", "<p>別の部品")
    outcome = make(site)
    assert remade(outcome) == {f"/briefings/2024-02-b{number}/" for number in range(1, 5)}
    assert all(reason.endswith("the template briefing.html or something in it changed") for reason in outcome.reasons)


def test_times_of_unchanged_pages_stay(site: Path) -> None:
    before = {path: os.stat(site / "output" / path).st_mtime_ns for path in tree(site / "output")}
    write(site / "content/notes/second.md", note("二つ目", "2024-02-b1", "本文。"))
    written = set(make(site).written)
    after = {path: os.stat(site / "output" / path).st_mtime_ns for path in tree(site / "output")}
    assert {path for path in after if after[path] != before.get(path)} == written


def test_a_deleted_briefing_leaves_no_file(site: Path) -> None:
    (site / "content/briefings/2024-02-b3.md").unlink()
    outcome = make(site)
    assert "briefings/2024-02-b3/index.html" in outcome.removed
    assert not (site / "output/briefings/2024-02-b3").exists()


def test_a_moment_in_the_front_matter_is_a_reason_to_build(site: Path) -> None:
    text = briefing("予告", 9, NAMES[0], "本文。", "publish_at: 2999-01-01\n")
    write(site / "content/briefings/2024-02-b9.md", text)
    assert make(site).withheld == ("content/briefings/2024-02-b9.md: scheduled until 2999-01-01",)
    found = manifest.load(str(site))
    assert found is not None
    assert found.until == 32_472_111_600 + 1  # 2999-01-01 in Japan


def test_explain_tells_what_a_page_was_made_from(site: Path) -> None:
    lines = explain(site, "/briefings/2024-02-b2/")
    assert lines[0] == "/briefings/2024-02-b2/ (briefing)"
    assert "  body content/briefings/2024-02-b2.md" in lines
    assert "  template briefing.html" in lines
    assert explain(site, "output/briefings/2024-02-b2/index.html") == lines
    with pytest.raises(Problems, match="made no page"):
        explain(site, "/briefings/nowhere/")


def test_clean_leaves_only_what_people_wrote(site: Path) -> None:
    write(site / "output/.git/HEAD", "kept")
    assert clean(site) > 10
    assert set(tree(site / "output")) == {".git/HEAD"}
    assert not (site / ".yoroku").exists()


def test_two_pages_at_one_address_are_a_problem(site: Path) -> None:
    before = tree(site / "output")
    write(site / "content/briefings/deep/2024-02-B2.md", briefing("同じ", 3, NAMES[0], "本文。"))
    outcome = build(site, Options(search=False))
    assert [problem.code for problem in outcome.problems] == ["same-address"]
    assert outcome.exit_code == 1
    assert tree(site / "output") == before


def test_folders_of_others_are_not_written_to(tmp_path: Path) -> None:
    begin(tmp_path)
    write(tmp_path / "output/precious.txt", "mine")
    outcome = build(tmp_path, Options(search=False))
    assert [problem.code for problem in outcome.problems] == ["output-foreign"]
    assert tree(tmp_path / "output") == {"precious.txt": b"mine"}
