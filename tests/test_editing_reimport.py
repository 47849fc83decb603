"""A bulletin or the importer changes: through files, nothing that an editor wrote is lost, and every conflict is told.

YOROKU_MERGE_FILES=1000 makes the long run.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from editors_site import Site

from yoroku.build import bulletins
from yoroku.bulletin.importer import IMPORTER

RUNS = int(os.environ.get("YOROKU_MERGE_FILES", "60"))
BULLETIN = "content/bulletins/2024-05-10-shiomi-buoys.txt"
NEWS = (
    "汐見市 報道発表\n令和6年5月10日\n観測ブイの増設について（見本）\n\n"
    "汐見市は、沖合に観測ブイを八基増やすことを決定した。\n"
    "真壁宏部長は、費用を公表した。\n"
    "工事は来年の春に始まる。\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.write(BULLETIN, NEWS)
    made.made()
    return made


def briefing(site: Site) -> Path:
    folder = site.root / "content/briefings"
    found = [path for path in folder.rglob("*.md") if "buoys" in path.name and "2024-05" in path.name]
    return next(path for path in found if "/." not in path.relative_to(site.root).as_posix())


def codes(site: Site) -> list[str]:
    outcome = site.build()
    assert outcome.ok, [str(problem) for problem in outcome.problems]
    return [problem.code for problem in outcome.problems]


def test_the_light_name_of_the_importer_is_the_importers() -> None:
    assert bulletins.IMPORTER == IMPORTER


def test_another_importer_imports_once_and_keeps_the_editors_words(site: Site) -> None:
    file = briefing(site)
    text = file.read_text("utf-8")
    base = site.root / "content/briefings/.imported" / file.relative_to(site.root / "content/briefings")
    older = text.replace(IMPORTER, "yoroku 0.0.1").replace("費用を公表した", "費用を公開した")
    base.write_text(older, "utf-8")
    file.write_text(older.replace("工事は来年の春に始まる。", "工事は来年の春に始まる（編集者の注）。"), "utf-8")
    assert codes(site) == []
    now = file.read_text("utf-8")
    assert IMPORTER in now
    assert "費用を公表した" in now
    assert "編集者の注" in now
    assert site.build().imported == ()


def test_a_bulletin_that_changes_updates_what_nobody_edited(site: Site) -> None:
    file = briefing(site)
    file.write_text(file.read_text("utf-8").replace("費用を公表した。", "費用を公表した（確認済み）。", 1), "utf-8")
    site.write(BULLETIN, NEWS.replace("来年の春", "来年の秋"))
    codes(site)
    now = file.read_text("utf-8")
    assert "来年の秋" in now
    assert "来年の春" not in now
    assert "確認済み" in now


def test_a_conflict_is_told_until_its_page_is_deleted(site: Site) -> None:
    file = briefing(site)
    text = file.read_text("utf-8")
    body = text.index("\n---\n", 4)
    file.write_text(text[:body] + text[body:].replace("費用を公表した", "費用の内訳を公表した"), "utf-8")
    site.write(BULLETIN, NEWS.replace("費用を公表した", "費用を公表しなかった"))
    page = site.root / "content/briefings/.merge" / file.relative_to(site.root / "content/briefings")
    for _ in range(2):
        assert "merge-conflict" in codes(site)
    assert "費用の内訳を公表した" in file.read_text("utf-8")
    assert "費用を公表しなかった" in page.read_text("utf-8")
    page.unlink()
    assert codes(site) == []


def test_a_renamed_briefing_keeps_its_address_and_is_updated(site: Site) -> None:
    file = briefing(site)
    address = f"briefings/{file.stem}/index.html"
    file.rename(file.with_name("ブイ増設.md"))
    site.made()
    site.write(BULLETIN, NEWS.replace("来年の春", "来年の秋"))
    codes(site)
    file = file.with_name("ブイ増設.md")
    assert "来年の秋" in file.read_text("utf-8")
    assert site.page(address)
    files = [path.name for path in (site.root / "content/briefings").rglob("*.md") if "/." not in path.as_posix()]
    assert sorted(files) == ["2024-02-01-buoys.md", "ブイ増設.md"]
    file.write_text(file.read_text("utf-8").replace(f"slug: {address.split('/')[1]}", "slug: buoys-of-shiomi"), "utf-8")
    site.write(BULLETIN, NEWS.replace("来年の春", "来年の冬"))
    codes(site)
    assert "来年の冬" in file.read_text("utf-8")
    assert site.page("briefings/buoys-of-shiomi/index.html")
    assert not (site.root / "output" / address).exists()


def test_a_review_that_is_done_stays_done(site: Site) -> None:
    file = briefing(site)
    text = file.read_text("utf-8")
    item = "review:\n  - field: title\n    reason: 見本\n"
    base = site.root / "content/briefings/.imported" / file.relative_to(site.root / "content/briefings")
    asked = text.replace("provenance:\n", f"{item}provenance:\n") if "review:" not in text else text
    base.write_text(asked, "utf-8")
    before, mark, rest = asked.partition("review:\n")
    first, _, others = rest.partition("    reason: ")
    line, _, tail = others.partition("\n")
    file.write_text(f"{before}{mark}{first}    reason: {line}\n    done: true\n{tail}", "utf-8")
    site.write(BULLETIN, NEWS.replace("来年の春", "来年の秋"))
    codes(site)
    assert "done: true" in file.read_text("utf-8")


def test_a_deleted_briefing_is_not_made_again_unasked(site: Site) -> None:
    file = briefing(site)
    file.unlink()
    outcome = site.build()
    assert [(problem.code, problem.severity.value, problem.at.path) for problem in outcome.problems] == [
        ("deleted-briefing", "note", BULLETIN)
    ]
    assert not file.exists()
    assert outcome.imported == ()
    from yoroku.build.importing import import_bulletins

    assert import_bulletins(site.root, [str(site.root / BULLETIN)]).created
    assert codes(site) == []


def _edited(text: str, chance: random.Random, words: list[str]) -> str:
    lines = text.split("\n")
    end = lines.index("---", 1)
    for number in range(chance.randint(1, 4)):
        word = f"編集{chance.randrange(10**6)}語{number}"
        place = chance.randrange(end + 1, len(lines))
        action = chance.choice(("append", "insert", "title"))
        if action == "title":
            at = next(at for at, line in enumerate(lines) if line.startswith("title: "))
            lines[at] = f"title: {word}"
            words[:] = [old for old in words if old in "\n".join(lines)]
        elif action == "append" and lines[place].strip():
            head, mark, tail = lines[place].partition(" ^L")
            lines[place] = f"{head}{word}{mark}{tail}"
        else:
            lines[place:place] = ["", word, ""]
        words.append(word)
    return "\n".join(lines)


def test_random_edits_through_files_lose_no_word(site: Site) -> None:
    from yoroku.build.importing import import_bulletins

    file = briefing(site)
    words: list[str] = []
    for seed in range(RUNS):
        chance = random.Random(seed)
        if seed % 10 == 0:  # begin anew, so that the file does not grow without end
            for old in (file, site.root / BULLETIN):
                old.unlink()
            site.write(BULLETIN, NEWS)
            import_bulletins(site.root, [str(site.root / BULLETIN)])
            words.clear()
        file.write_text(_edited(file.read_text("utf-8"), chance, words), "utf-8")
        lines = NEWS.split("\n")
        at = chance.choice([4, 5, 6])
        lines[at] = chance.choice([lines[at] + f"新着{seed}。", f"新着{seed}。\n{lines[at]}", "", lines[at]])
        site.write(BULLETIN, "\n".join(lines))
        outcome = import_bulletins(site.root, [str(site.root / BULLETIN)])
        assert outcome.ok
        now = file.read_text("utf-8")
        assert all(word in now for word in words), (seed, [word for word in words if word not in now])
    assert codes(site) is not None
