"""No sentence that rights or a document's state withhold is anywhere in what a build makes.

The sentences are random strings of characters, so that any run of eight of them in the output can only be a copy.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from machine_site import BASE, ROOT

from yoroku.briefing.authority import read_authority
from yoroku.briefing.file import load, load_note, load_page
from yoroku.build import indexing
from yoroku.build.pipeline import Options, Outcome, build
from yoroku.config import read_settings
from yoroku.site.catalogue import Content, PlainReader

RUN = 8
LETTERS = (
    "あいうえかきくけこさしせそたちつてとなにねのはひふへほまみむめもやゆよらりるれろわ"
    "山川海空風雨雪花鳥月星木林森石砂土火水氷"
)

SETTINGS = """
title: 見本
language: ja
languages: [en]
og_images: true
quote_characters: 60
kinds: [{name: meeting, ja: 会談, en: Meeting}]
"""
ORGANISATIONS = """
- {id: open-ministry, name: 公開省, hosts: [open.example.jp], policy: full}
- {id: closed-desk, name: 非公開社, hosts: [closed.example.jp], policy: private}
"""


@dataclass
class Sentences:
    """Makes sentences and remembers which of them may be seen."""

    seed: int
    shown: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def _made(self, length: int) -> str:
        return "".join(self._random.choices(LETTERS, k=length))

    def show(self, length: int = 24) -> str:
        """A sentence that must be found."""
        self.shown.append(self._made(length))
        return self.shown[-1]

    def hide(self, length: int = 24) -> str:
        """A sentence that must not be found."""
        self.withheld.append(self._made(length))
        return self.withheld[-1]


def front(**values: object) -> str:
    """Front matter; JSON is YAML."""
    return (
        "---\n"
        + "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
        + "---\n"
    )


def source(policy: str, lines: str, **more: str) -> dict[str, object]:
    return {"publisher": f"{policy}社", "title": f"{policy}の資料", "policy": policy, "lines": [lines], **more}


def closed_text(words: Sentences, first: int) -> str:
    """Every kind of block, all of it withheld, from line `first`."""
    hide = words.hide
    rows = [
        f"## {hide()} ^L{first}",
        f"{hide()}。{hide()}。 ^L{first + 1}",
        f"- {hide()} ^L{first + 2}\n- [{hide()}](https://example.org/) ^L{first + 3}",
        f"> {hide()} ^L{first + 4}",
        f"| 項 | 値 |\n|---|---|\n| 一 | {hide()} |\n^L{first + 5}",
        f"```\n{hide()}\n```\n^L{first + 6}",
        f"**{hide()[:12]}**{words.withheld[-1][12:]} ![{hide()}](x.png) `{hide()}` ^L{first + 7}",
    ]
    return "\n\n".join(rows) + "\n"


def one_policy(words: Sentences, policy: str) -> str:
    """A briefing with one source; what is derived copies what the body says."""
    open_ = policy == "full"
    say = words.show if open_ else words.hide
    body = say(), say(), say()
    return (
        front(
            title=f"{policy}だけの見本" if policy != "private" else words.hide(),
            date="2031-01-02",
            kind="meeting",
            event={"start": "2031-01-01T10:00+09:00", "lines": [1]},
            sources=[source(policy, "1-20")],
            people=[{"name": "見本太郎" if policy != "private" else words.hide(9), "lines": [1]}],
            summary=[{"text": body[0], "lines": [1]}],
            decisions=[{"text": body[1], "verb": "確認", "lines": [2]}],
            statements=[{"speaker": "見本太郎", "text": body[2], "mode": "direct", "lines": [3]}],
            review=[{"field": "title", "reason": f"「{body[1]}」による", "value": body[0], "lines": [1]}],
            provenance={
                "bulletin": "content/bulletins/x.txt",
                "evidence": [{"field": "title", "lines": [1], "sure": "low", "why": f"line says {body[0]}"}],
                "dropped": [{"lines": [9], "reason": f"same as {body[2]}"}],
            },
        )
        + f"{body[0]} ^L1\n\n{body[1]} ^L2\n\n「{body[2]}」 ^L3\n"
        + ("" if open_ else "\n" + closed_text(words, 5))
    )


def excerpt(words: Sentences) -> str:
    """A briefing with one source of which so much may be quoted: what is cited first fits, the last does not."""
    cited, dear = words.show(), words.hide(80)
    return (
        front(
            title="抜粋の見本",
            date="2031-01-03",
            event={"start": "2031-01-02", "lines": [1]},
            sources=[source("excerpt", "1-40")],
            summary=[{"text": cited, "lines": [1]}],
            decisions=[{"text": dear, "lines": [2]}],
        )
        + f"{cited}。{words.hide()}。 ^L1\n\n{dear} ^L2\n\n"
        + closed_text(words, 5)
    )


def mixed(words: Sentences) -> str:
    """One bulletin with a source of every policy, and lines that no source claims."""
    open_, hide = words.show(), words.hide
    private_title, private_url = hide(), "https://closed.example.jp/" + hide(12)
    return (
        front(
            title="四つの資料の見本",
            date="2031-02-02",
            kind="meeting",
            event=[
                {"start": "2031-02-01T09:00+09:00", "place": "公開の会場", "lines": [1]},
                {"start": "2031-02-03T09:00+09:00", "place": hide(10), "lines": [42]},
            ],
            sources=[
                source("full", "1-9", url="https://open.example.jp/1"),
                source("link", "20-29"),
                # The host's policy, not the file's.
                {"publisher": "非公開社", "title": private_title, "url": private_url, "lines": ["40-59"]},
            ],
            people=[
                {"name": "見本太郎", "role": "見本大臣", "lines": [1]},
                {"name": hide(9), "role": hide(9), "as_written": [hide(9)], "lines": [41]},
            ],
            organisations=[{"name": hide(9), "lines": [41]}],
            places=[{"name": hide(9), "lines": [42]}],
            topics=[{"name": hide(9), "lines": [43]}],
            references=[{"url": "https://example.org/" + hide(12), "title": hide(), "lines": [44]}],
            corrects=[{"url": "https://example.org/" + hide(12), "title": hide(), "lines": [44]}],
            summary=[{"text": open_, "lines": [1]}, {"text": (linked := hide()), "lines": [20]}],
            decisions=[
                {"text": (closed := hide()), "heading": hide(12), "by": [hide(9)], "lines": [45]},
                {"text": linked, "lines": [20]},
            ],
            statements=[
                {"speaker": hide(9), "text": closed, "context": hide(12), "mode": "direct", "lines": [45]},
                # The lines say that it is open; the words are those of a closed line all the same.
                {"speaker": "見本太郎", "text": closed, "mode": "reported", "lines": [1]},
                {"speaker": "見本太郎", "text": linked, "mode": "reported"},
            ],
        )
        + f"{open_} ^L1\n\n{linked} ^L20\n\n{closed} ^L45\n\n"
        + closed_text(words, 21)
        + "\n"
        + closed_text(words, 46)
        + "\n"
        + closed_text(words, 70)
    )


def closed_state(words: Sentences, person: str, **state: object) -> str:
    """A briefing whose source is open and which is itself not published now. Nobody else names its person."""
    return front(
        title=words.hide(),
        date="2031-01-02",
        event={"start": "2031-01-01", "place": words.hide(9)},
        sources=[source("full", "1-20", url="https://open.example.jp/" + words.hide(12))],
        people=[{"name": words.hide(9)}, {"name": person}],
        topics=[words.hide(9)],
        tags=[words.hide(9)],
        summary=[{"text": words.hide(), "lines": [1]}],
        statements=[{"speaker": "見本太郎", "text": words.hide(), "lines": [2]}],
        aliases=["old-" + next(iter(state)).replace("_", "-")],
        **state,
    ) + closed_text(words, 3)


def borrowed(words: Sentences) -> str:
    """Items of an open source whose lesser fields hold the words of a closed one."""
    open_, closed = words.show(), [words.hide() for _ in range(8)]
    return (
        front(
            title="借りた言葉の見本",
            date="2031-03-02",
            event={"start": "2031-03-01", "place": closed[0], "lines": [1, 20]},
            sources=[source("full", "1-9"), source("private", "20-39")],
            people=[
                {"name": "見本太郎", "role": closed[1], "as_written": ["見本太郎", closed[2]], "lines": [1, 21]},
            ],
            organisations=[{"name": "公開省", "as_written": [closed[3]], "lines": [1, 22]}],
            decisions=[{"text": open_, "heading": closed[4], "verb": closed[5], "by": [closed[6]], "lines": [1, 23]}],
            statements=[{"speaker": "見本太郎", "text": open_, "context": closed[7], "lines": [1, 24]}],
        )
        + f"{open_} ^L1\n\n"
        + "\n\n".join(f"{text} ^L{20 + number}" for number, text in enumerate(closed))
        + "\n"
    )


def compared(words: Sentences) -> str:
    """Two sources that can be compared, and a name that only a private third one gives in full."""
    name, first, second = words.hide(9), words.show(60), words.hide(60)
    return (
        front(
            title="比べる見本",
            date="2031-03-12",
            event={"start": "2031-03-11"},
            sources=[source("full", "1-9"), source("link", "10-19"), source("private", "20-39")],
            people=[{"name": name, "lines": [20]}, {"name": "見本太郎", "lines": [1]}],
        )
        + f"3月11日、見本太郎と{name[:2]}。{first} ^L1\n\n3月11日、{name[:2]}。{second} ^L10\n\n{name} ^L20\n"
    )


STATES: dict[str, dict[str, object]] = {
    "draft": {"draft": True},
    "scheduled": {"publish_at": "2999-01-01"},
    "expired": {"expires_at": "2001-01-01T00:00+09:00"},
    "embargoed": {"embargo_until": "2999-01-01T09:00+09:00"},
}


@dataclass(frozen=True)
class Built:
    """A site, what its build said, and the sentences in it. `lone` is in an unlisted briefing."""

    root: Path
    outcome: Outcome
    words: Sentences
    lone: str


@pytest.fixture(scope="module", params=[1, 2])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    words = Sentences(request.param)
    lone = words.show()
    files = {"site.yaml": SETTINGS, "content/entities/organisations.yaml": ORGANISATIONS}
    for policy in ("full", "link", "private"):
        files[f"content/briefings/{policy}.md"] = one_policy(words, policy)
    files["content/briefings/excerpt.md"] = excerpt(words)
    files["content/briefings/mixed.md"] = mixed(words)
    files["content/briefings/compared.md"] = compared(words)
    files["content/briefings/borrowed.md"] = borrowed(words)
    person = words.hide(9)
    known = {"id": "nobody", "name": person, "reading": words.hide(9), "aliases": [words.hide(9)]}
    files["content/entities/people.yaml"] = json.dumps([known], ensure_ascii=False)
    for name, state in STATES.items():
        files[f"content/briefings/{name}.md"] = closed_state(words, person, **state)
        files[f"content/notes/on-{len(files)}.md"] = (
            front(
                title="下書きの訂正", kind="correction", date="2031-01-07", on=name, was="旧", now="新", reason="誤り"
            )
            + "訂正。"
        )
        files[f"content/notes/{name}.md"] = (
            front(title=words.hide(), kind="note", date="2031-01-05", tags=[words.hide(9)], **state) + words.hide()
        )
        files[f"content/pages/{name}.md"] = front(title=words.hide(), **state) + words.hide()
    files["content/briefings/lone.md"] = (
        front(
            title="載せない見本", date="2031-06-01", unlisted=True, sources=[source("full", "1-9")], people=["見本花子"]
        )
        + f"{lone} ^L1\n"
    )
    # A note on a briefing that is not shown must not tell its title.
    files["content/notes/about-it.md"] = (
        front(title="下書きへの注", kind="note", date="2031-01-06", on="draft") + "注。"
    )
    root = tmp_path_factory.mktemp("leaks")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "templates", root / "templates")
    outcome = build(root, Options(base_url=BASE, search=False, jobs=1))
    return Built(root, outcome, words, lone)


def runs(text: str) -> set[str]:
    """Every run of so many characters, spaces, marks and letters of other scripts aside."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKC", text) if mark in LETTERS)
    return {bare[at : at + RUN] for at in range(len(bare) - RUN + 1)}


def readings(path: Path) -> list[str]:
    """A file's text, and what it says once the ways to write a character differently are undone."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ics":
        text = text.replace("\r\n ", "").replace("\n ", "")
    spelled = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), unescape(unquote(text)))
    return [text, spelled, re.sub(r"<[^<>]*>", "", unescape(spelled))]


def texts(output: Path) -> dict[str, set[str]]:
    """The runs of every file of an output, and of the names of the files."""
    found = {"(names)": set[str]()}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        found["(names)"] |= runs(name)
        if path.is_file() and path.suffix != ".png":
            found[name] = set().union(*map(runs, readings(path)))
    return found


def test_the_build_was_whole(site: Built) -> None:
    assert site.outcome.ok, [str(problem) for problem in site.outcome.problems]
    made = {path.suffix for path in (site.root / "output").rglob("*") if path.is_file()}
    assert {".html", ".xml", ".json", ".ndjson", ".md", ".ics", ".txt"} <= made


def test_what_may_be_seen_is_seen(site: Built) -> None:
    """The search for leaks would find nothing at all if it could not find this."""
    found = texts(site.root / "output")
    by_kind = {
        "page": {name for name in found if name.endswith(".html")},
        "source view": {name for name in found if name.endswith("source/index.html")},
        "one page": {name for name in found if name.endswith("brief/index.html")},
        "json": {name for name in found if name.endswith("/index.json")},
        "markdown": {name for name in found if name.endswith(".md")},
        "feed": {"feed.xml", "feed.json"},
        "calendar": {"calendar.ics"},
        "statements": {name for name in found if name.endswith(".ndjson")},
    }
    for sentence in site.words.shown:
        assert any(runs(sentence) <= found[name] for name in by_kind["page"] | by_kind["json"]), sentence
    for kind, names in by_kind.items():
        assert any(runs(sentence) <= found[name] for name in names for sentence in site.words.shown), kind


def test_no_withheld_sentence_is_anywhere_in_the_output(site: Built) -> None:
    secret = {run: sentence for sentence in site.words.withheld for run in runs(sentence)}
    leaks = {
        (name, secret[run]) for name, found in texts(site.root / "output").items() for run in found if run in secret
    }
    assert leaks == set()


def test_the_sources_were_compared(site: Built) -> None:
    page = (site.root / "output" / "briefings" / "compared" / "index.html").read_text(encoding="utf-8")
    assert 'id="compare"' in page


def test_the_withheld_have_no_page(site: Built) -> None:
    output = site.root / "output"
    for name in (*STATES, "private"):
        assert not list(output.rglob(f"*{name}*")), name
        assert not list(output.rglob(f"old-{name}*")), name
        everything = "".join(
            path.read_text(encoding="utf-8") for path in output.rglob("*") if path.suffix in (".xml", ".json")
        )
        assert f"/{name}/" not in everything


def test_the_unlisted_is_told_by_nobody_but_itself(site: Built) -> None:
    telling = {name for name, found in texts(site.root / "output").items() if runs(site.lone) & found}
    assert telling
    assert all(name.startswith(("briefings/lone/", "en/briefings/lone/")) for name in telling)
    for path in (site.root / "output").rglob("*"):
        name = path.relative_to(site.root / "output").as_posix()
        if path.is_file() and path.suffix != ".png" and "briefings/lone" not in name:
            assert "briefings/lone" not in path.read_text(encoding="utf-8"), name
            assert "見本花子" not in path.read_text(encoding="utf-8"), name


def test_the_search_is_given_no_withheld_sentence(site: Built) -> None:
    reader = plain_reader(site.root)
    given = [repr(document) for document in indexing.documents(reader)]
    assert any(runs(sentence) <= runs(text) for text in given for sentence in site.words.shown)
    secret = {run for sentence in site.words.withheld for run in runs(sentence)}
    for text in given:
        assert not secret & runs(text)
        assert not runs(site.lone) & runs(text)


def copied(site: Built, folder: Path) -> Path:
    """The site without what was made of it; once is enough for what takes a build of its own."""
    if site.words.seed != 1:
        pytest.skip("once is enough")
    shutil.copytree(site.root, folder / "site", ignore=shutil.ignore_patterns("output", ".yoroku"))
    return folder / "site"


def test_the_search_files_hold_no_withheld_sentence(site: Built, tmp_path: Path) -> None:
    root = copied(site, tmp_path)
    outcome = build(root, Options(base_url=BASE, jobs=1))
    assert outcome.ok, [str(problem) for problem in outcome.problems]
    found: set[str] = set()
    for path in (root / "output/pagefind").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
            found |= runs(data.decode("utf-8", "ignore")) | runs(path.name)
    assert any(runs(sentence) <= found for sentence in site.words.shown)
    assert not {run for sentence in (*site.words.withheld, site.lone) for run in runs(sentence)} & found


def test_links_to_what_is_withheld_do_not_tell_its_title(site: Built, tmp_path: Path) -> None:
    root = copied(site, tmp_path)
    for number, name in enumerate((*STATES, "private")):
        text = f"[[{name}]] と [[{name}|言葉]] と [言葉](../briefings/{name}.md) と ![[{name}]]。"
        path = root / f"content/notes/to-{number}.md"
        path.write_text(front(title=f"指す注{number}", kind="note", date="2031-01-06", on=name) + text, "utf-8")
    outcome = build(root, Options(base_url=BASE, search=False, jobs=1))
    secret = {run for sentence in site.words.withheld for run in runs(sentence)}
    assert not secret & runs(" ".join(map(str, outcome.problems)))
    assert {problem.at.path for problem in outcome.errors} == {f"content/notes/to-{at}.md" for at in range(5)}
    assert not (root / "output").exists()


def test_what_is_withheld_later_leaves_no_trace(site: Built, tmp_path: Path) -> None:
    """A briefing that was published and is withdrawn takes its pages, old addresses, cards and mentions with it."""
    root = copied(site, tmp_path)
    words = Sentences(9)
    path = root / "content/briefings/passing.md"
    text = (
        closed_state(words, words.hide(9), unlisted=False)
        .replace("![", "[")
        .replace("(x.png)", "(https://example.org/)")
    )
    path.write_text(text, encoding="utf-8")
    options = Options(base_url=BASE, search=False, jobs=1)
    assert build(root, options).ok
    secret = {run for sentence in words.withheld for run in runs(sentence)}
    assert any(secret & found for found in texts(root / "output").values())
    path.write_text(path.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    assert build(root, options).ok
    assert {name for name, found in texts(root / "output").items() if secret & found} == set()
    assert not list((root / "output").rglob("*passing*"))
    assert not list((root / "output").rglob("*old-unlisted*"))


def test_warnings_of_the_build_quote_nothing_that_is_withheld(site: Built) -> None:
    said = " ".join((*map(str, site.outcome.problems), *site.outcome.withheld))
    secret = {run for sentence in site.words.withheld for run in runs(sentence)}
    assert not secret & runs(said)
    for name in STATES:
        assert any(f"{name}.md" in line for line in site.outcome.withheld)


def plain_reader(root: Path) -> PlainReader:
    settings = read_settings((root / "site.yaml").read_text(encoding="utf-8"))
    path = "content/entities/organisations.yaml"
    authority = read_authority([(path, (root / path).read_text(encoding="utf-8"))])
    folders = {
        name: [
            (file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
            for file in (root / f"content/{name}").glob("*.md")
        ]
        for name in ("briefings", "notes", "pages")
    }
    content = Content(
        settings=settings,
        authority=authority,
        briefings=tuple((file, load(text, path=file)) for file, text in folders["briefings"]),
        notes=tuple((file, load_note(text, path=file)) for file, text in folders["notes"]),
        pages=tuple((file, load_page(text, path=file)) for file, text in folders["pages"]),
    )
    return PlainReader(content, today=datetime.now(UTC))
