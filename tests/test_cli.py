"""The program as a person meets it: commands, messages with places, exit codes, an output that survives mistakes."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SITE = "title: 見本サイト\nkinds: [{name: notice, ja: お知らせ, en: Notice}]\n"
BRIEFING = "---\ntitle: 観測の見本\ndate: 2024-02-03\nslug: {slug}\n---\n\n本文の見本です。\n"
BULLETIN = "潮見県の見本発表\n2024年2月3日\n潮見県は観測ブイを十二基に増やすと発表した。これは見本です。\n"


def run(site: Path, *words: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {key: value for key, value in os.environ.items() if key not in ("GITHUB_ACTIONS", "YOROKU_BASE_URL")}
    command = [sys.executable, str(ROOT / "build.py"), "-C", str(site), *words]
    return subprocess.run(
        command, input=stdin, capture_output=True, check=False, env={**env, **environment}, timeout=600
    )


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode()


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        file.relative_to(folder).as_posix(): (file.stat().st_mtime_ns, file.read_bytes())
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that has been built once, without search."""
    folder = tmp_path_factory.mktemp("built") / "site"
    shutil.copytree(ROOT / "templates", folder / "templates")
    write(folder / "site.yaml", SITE)
    write(folder / "content" / "bulletins" / "2024-02-03-shiomi.txt", BULLETIN)
    write(folder / "content" / "briefings" / "2024" / "first.md", BRIEFING.format(slug="first"))
    done = run(folder, "--no-search")
    assert done.returncode == 0, told(done)
    return folder


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the built site, cache included, as a restored one in a folder with another name."""
    return Path(shutil.copytree(built, tmp_path / "見本 site"))


def test_first_build_imports_and_says_where_the_pages_are(site: Path) -> None:
    assert (site / "content" / "briefings" / "2024" / "2024-02-03-shiomi.md").is_file()
    assert (site / "output" / "index.html").is_file()
    page = (site / "output" / "briefings" / "2024-02-03-shiomi" / "index.html").read_text(encoding="utf-8")
    assert "潮見県" in page


def test_the_package_is_the_same_program() -> None:
    told = [
        subprocess.run([sys.executable, *words, "--version"], cwd=ROOT, capture_output=True, check=True).stdout
        for words in (["-m", "yoroku"], ["build.py"])
    ]
    assert told[0] == told[1] != b""


def test_nothing_to_do_changes_nothing(site: Path) -> None:
    before = tree(site / "output")
    done = run(site, "--no-search")
    assert done.returncode == 0
    assert "0 written, 0 removed" in told(done)
    assert tree(site / "output") == before


# What is put into the site, and what the program must say of it.
MISTAKES: tuple[tuple[str, dict[str, str | bytes | None], tuple[str, ...]], ...] = (
    (
        "unknown key",
        {"site.yaml": "titel: x\n"},
        ("site.yaml:1:1: error: the key 'titel' is not known; did you mean 'title'?",),
    ),
    ("broken yaml", {"site.yaml": "title: [見本\n"}, ("site.yaml:1:8: error: the YAML cannot be read here",)),
    ("no settings", {"site.yaml": None}, ("site.yaml: error: there is no site.yaml here", "init DIR")),
    (
        "two mistakes in two files",
        {
            "content/briefings/2024/first.md": BRIEFING.format(slug="first").replace("2024-02-03", "2024-02-31"),
            "content/notes/n.md": "---\ntitle: x\nkind: nota\n---\n",
        },
        (
            "content/briefings/2024/first.md:3:7: error: date '2024-02-31' is not a date that exists",
            "content/notes/n.md:3:7: error: kind 'nota' is not known; did you mean 'note'?",
        ),
    ),
    (
        "one permalink twice",
        {"content/briefings/2024/second.md": BRIEFING.format(slug="first")},
        ("content/briefings/2024/", "/briefings/first/"),
    ),
    ("template error", {"templates/briefing.html": "{% if %}\n"}, ("templates/briefing.html:1: error: ",)),
    (
        "template names nothing",
        {"templates/briefing.html": "\n{{ page.titel }}\n"},
        ("templates/briefing.html:2:9: error: ", "titel"),
    ),
    ("no template", {"templates/briefing.html": None}, ("templates/briefing.html", "error: ")),
    ("empty bulletin", {"content/bulletins/leer.txt": b""}, ("content/bulletins/leer.txt", "error: ")),
    (
        "no text at all",
        {"content/bulletins/bild.txt": bytes(range(256)) * 40},
        ("content/bulletins/bild.txt", "error: "),
    ),
)


@pytest.mark.parametrize(
    ("files", "expected"), [mistake[1:] for mistake in MISTAKES], ids=[mistake[0] for mistake in MISTAKES]
)
def test_mistakes_have_a_place_and_leave_the_output(
    site: Path, files: dict[str, str | bytes | None], expected: tuple[str, ...]
) -> None:
    before = tree(site / "output")
    for path, text in files.items():
        if text is None:
            (site / path).unlink()
        else:
            write(site / path, text)
    done = run(site, "--no-search")
    assert done.returncode == 1, told(done)
    for text in expected:
        assert text in told(done)
    assert "Traceback" not in told(done)
    assert tree(site / "output") == before


def test_one_bad_bulletin_does_not_stop_the_others(site: Path) -> None:
    write(site / "content" / "bulletins" / "a-leer.txt", b"")
    write(site / "content" / "bulletins" / "2024-02-04-second.txt", BULLETIN.replace("3日", "4日"))
    assert run(site, "--no-search").returncode == 1
    assert (site / "content" / "briefings" / "2024" / "2024-02-04-second.md").is_file()


def test_a_large_bulletin_is_read(site: Path) -> None:
    sentences = [f"{number}番の観測点では波の高さが{number}センチだった。" for number in range(80_000)]
    lines = "".join("".join(sentences[at : at + 40]) + "\n" for at in range(0, len(sentences), 40))
    assert len(lines.encode()) > 5_000_000
    write(site / "content" / "bulletins" / "2024-02-05-large.txt", f"大きな見本\n2024年2月5日\n{lines}")
    done = run(site, "import", str(site / "content" / "bulletins" / "2024-02-05-large.txt"))
    assert done.returncode == 0, told(done)


def test_missing_pagefind_is_from_outside(site: Path, tmp_path: Path) -> None:
    before = tree(site / "output")
    write(tmp_path / "hidden" / "pagefind_bin" / "__init__.py", "raise ImportError('not installed')\n")
    done = run(site, PYTHONPATH=str(tmp_path / "hidden"))
    assert done.returncode == 3, told(done)
    assert "agefind" in told(done)
    assert "Traceback" not in told(done)
    assert tree(site / "output") == before


def test_taken_port_is_told_with_a_remedy(site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(site, "serve", "--port", str(port), "--host", "127.0.0.1", "--no-search")
    assert done.returncode == 3, told(done)
    assert str(port) in told(done)
    assert "--port" in told(done)


def test_import_prints_exactly_the_briefing(site: Path) -> None:
    bulletin = write(site.parent / "elsewhere.txt", BULLETIN)
    done = run(site, "import", str(bulletin), "--stdout")
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.startswith(b"---\ntitle: ")
    assert run(site, "import", "-", "--stdout", stdin=BULLETIN.encode()).returncode == 0


def test_import_explains_each_line(site: Path) -> None:
    done = run(site, "import", str(write(site.parent / "elsewhere.txt", BULLETIN)), "--explain")
    assert done.returncode == 0
    for number in "123":
        assert any(line.strip().startswith(number) for line in done.stdout.decode().splitlines())


def test_a_changed_bulletin_keeps_the_editors_words(site: Path) -> None:
    briefing = site / "content" / "briefings" / "2024" / "2024-02-03-shiomi.md"
    briefing.write_text(briefing.read_text(encoding="utf-8") + "\n編集者の補足です。\n", encoding="utf-8")
    bulletin = site / "content" / "bulletins" / "2024-02-03-shiomi.txt"
    write(bulletin, BULLETIN + "観測の結果は来月から公表する。\n")
    assert run(site, "--no-search").returncode == 0
    text = briefing.read_text(encoding="utf-8")
    assert "編集者の補足です。" in text
    assert "観測の結果は来月から公表する。" in text


def test_new_note_is_ready_and_builds(site: Path) -> None:
    done = run(site, "new", "note", "波の高さ", "--on", "first", "--kind", "correction")
    assert done.returncode == 0, told(done)
    note = site / done.stdout.decode().strip()
    assert "on: first" in note.read_text(encoding="utf-8")
    assert run(site, "--no-search").returncode == 0
    wrong = run(site, "new", "note", "x", "--on", "frist")
    assert wrong.returncode == 1
    assert "did you mean 'first'?" in told(wrong)


def test_json_is_one_object(site: Path) -> None:
    write(site / "content" / "notes" / "n.md", "---\ntitle: x\nkind: nota\n---\n")
    done = run(site, "--no-search", "--json")
    report = json.loads(done.stdout)
    assert report["ok"] is False
    assert report["problems"][0]["code"] == "unknown-value"
    assert report["problems"][0]["path"] == "content/notes/n.md"


def test_annotations_in_github_actions(site: Path) -> None:
    write(site / "content" / "notes" / "n.md", "---\ntitle: x\nkind: nota\n---\n")
    done = run(site, "--no-search", GITHUB_ACTIONS="true")
    assert done.stdout.decode().startswith("::error file=content/notes/n.md,line=3,col=7,title=unknown-value::")


def test_clean_removes_only_what_was_made(site: Path) -> None:
    before = tree(site / "content")
    assert run(site, "clean").returncode == 0
    assert not (site / "output" / "index.html").exists()
    assert tree(site / "content") == before


def test_explain_lists_what_a_page_was_made_from(site: Path) -> None:
    done = run(site, "explain", "/briefings/first/")
    assert done.returncode == 0
    assert "first" in done.stdout.decode()
    wrong = run(site, "explain", "/briefings/frist/")
    assert wrong.returncode == 1
    assert "/briefings/first/" in told(wrong)


@pytest.mark.parametrize(
    "words", [(), ("build",), ("serve",), ("import",), ("new",), ("check",), ("init",), ("clean",), ("explain",)]
)
def test_help_teaches(words: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), *words, "--help"], capture_output=True, check=False)
    assert done.returncode == 0
    assert b"usage:" in done.stdout


def test_bad_command_line() -> None:
    for words in (["bild"], ["--jobs", "0"], ["import"]):
        done = subprocess.run([sys.executable, str(ROOT / "build.py"), *words], capture_output=True, check=False)
        assert done.returncode == 2, words
