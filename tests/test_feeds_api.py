"""The JSON API: every file that is made fits its schema, says what the pages say, and follows what changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from machine_site import BASE, CASES, ROOT, build_site
from referencing import Registry, Resource

from yoroku.briefing.file import load
from yoroku.build.pipeline import Options, build

SCHEMAS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schema" / "api").glob("*.json")}
KINDS = ("people", "orgs", "places", "topics")
# Which files each schema is about.
FILES = {
    "index.json": ["api/index.json"],
    "briefings.json": ["api/briefings/*.json"],
    "briefing.json": ["briefings/*/index.json"],
    "entities.json": [f"api/{kind}.json" for kind in KINDS],
    "entity.json": [f"{kind}/*/index.json" for kind in KINDS],
    "notes.json": ["api/notes.json"],
    "feed.json": ["feed.json", "*/feed.json", *(f"{kind}/*/feed.json" for kind in KINDS)],
    "statement.json": ["api/statements/*.ndjson"],
}


def validator(name: str) -> Draft202012Validator:
    registry = Registry().with_resources((key, Resource.from_contents(value)) for key, value in SCHEMAS.items())
    return Draft202012Validator(SCHEMAS[name], registry=registry, format_checker=FormatChecker())


def read(path: Path) -> list[Any]:
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".ndjson" else [json.loads(text)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(CASES / "feeds" / "site", tmp_path_factory.mktemp("api") / "site")


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", sorted(FILES))
def test_files_fit_their_schema(site: Path, name: str) -> None:
    paths = [path for pattern in FILES[name] for path in sorted(site.glob(pattern))]
    assert paths
    check = validator(name)
    for path in paths:
        for value in read(path):
            assert [f"{path.name}{error.json_path}: {error.message}" for error in check.iter_errors(value)] == []


def test_every_json_file_has_a_schema(site: Path) -> None:
    known = {path for patterns in FILES.values() for pattern in patterns for path in site.glob(pattern)}
    assert set(site.rglob("*.json")) | set(site.rglob("*.ndjson")) == known


def test_a_wrong_answer_would_be_noticed(site: Path) -> None:
    value = read(site / "briefings" / "2031-03-04-talks" / "index.json")[0]
    check = validator("briefing.json")
    assert not check.is_valid({**value, "draft": True})
    assert not check.is_valid({key: item for key, item in value.items() if key != "withheld"})
    assert not check.is_valid({**value, "url": "briefings/x"})


def test_everything_can_be_found_from_the_index(site: Path) -> None:
    index = read(site / "api" / "index.json")[0]
    assert index["base_url"] == BASE
    assert index["counts"]["briefings"] == 4
    assert [month["month"] for month in index["months"]] == ["2030-01", "2031-03", "2031-04", None]
    seen = set()
    for month in index["months"]:
        listed = read(site / month["url"].lstrip("/"))[0]["briefings"]
        assert len(listed) == month["briefings"]
        seen |= {row["json"] for row in listed}
        assert (site / month["statements"].lstrip("/")).is_file()
    for address in seen | {index[kind] for kind in (*KINDS, "notes")} | set(index["feeds"].values()):
        assert (site / address.lstrip("/")).is_file()
    # An unlisted briefing belongs to those who have its address.
    assert len(seen) == 4
    assert (site / "briefings" / "2031-05-01-unlisted" / "index.json").is_file()


def test_statements_say_who_and_where(site: Path) -> None:
    said = read(site / "api" / "statements" / "2031-03.ndjson")
    assert [(row["text"], row["person"], row["lines"]) for row in said] == [
        ("観測は</script>続ける", "/people/mihon-taro/", [[3, 3]])
    ]
    assert read(site / "api" / "statements" / "undated.ndjson")[0]["date"] is None
    assert read(site / "api" / "statements" / "2030-01.ndjson") == []


def test_entities_lead_to_their_briefings(site: Path) -> None:
    person = read(site / "people" / "mihon-taro" / "index.json")[0]
    assert person["name"] == "見本太郎"
    assert person["in_authority_file"] is True
    assert person["in_briefings"] == ["/briefings/2031-03-04-talks/", "/briefings/no-date/"]
    assert person["statements"] == {"all": 2, "direct": 2}


def test_a_note_tells_its_briefing(site: Path) -> None:
    notes = read(site / "api" / "notes.json")[0]["notes"]
    fix = next(note for note in notes if note["kind"] == "correction")
    assert (fix["briefing"], fix["was"], fix["now"]) == ("/briefings/2031-03-04-talks/", "11席", "17席")
    assert fix in read(site / "briefings" / "2031-03-04-talks" / "index.json")[0]["notes"]


def test_a_correction_moves_the_date_of_its_briefing(site: Path) -> None:
    page = "/briefings/2031-03-04-talks/"
    assert read(site / page.strip("/") / "index.json")[0]["updated"].startswith("2031-03-08")
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert sitemap.partition(f"{page}</loc><lastmod>")[2].startswith("2031-03-08")
    items = {item["url"]: item for item in read(site / "feed.json")[0]["items"]}
    told = next(item for url, item in items.items() if url.endswith(page))
    assert told["date_modified"].startswith("2031-03-08")
    assert told["date_modified"].startswith("2031-03-08")


def test_ids_are_those_of_the_feeds(site: Path) -> None:
    feed = {item["url"]: item["id"] for item in read(site / "feed.json")[0]["items"]}
    for path in sorted((site / "briefings").glob("*/index.json")):
        value = read(path)[0]
        if value["link"] in feed:
            assert feed.pop(value["link"]) == value["id"]
    assert all("/notes/" in url for url in feed)


def test_the_markdown_copy_can_be_read_back_with_its_rights(site: Path) -> None:
    text = (site / "briefings" / "2031-03-04-talks" / "index.md").read_text(encoding="utf-8")
    copy = load(text, path="index.md")
    assert copy.sources[0].policy == "full"
    assert "観測を<広げる>こと" in copy.body
    excerpt = load((site / "briefings" / "2030-01-02-offset" / "index.md").read_text(encoding="utf-8"), path="index.md")
    assert excerpt.sources[0].policy == "excerpt"
    assert "took place" not in excerpt.body


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    root = tmp_path / "site"
    build_site(CASES / "feeds" / "site", root)
    path = root / "content" / "briefings" / "2030-01-02-offset.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Sample call at", "Sample phone call at"), encoding="utf-8"
    )
    outcome = build(root, Options(base_url=BASE, search=False, jobs=1))
    machine = {name for name in outcome.written if not name.endswith(".html")}
    assert {"feed.xml", "calendar.ics", "api/briefings/2030-01.json"} <= machine
    assert {"briefings/2030-01-02-offset/index.json", "people/sample-person/feed.xml"} <= machine
    assert not {name for name in machine if "2031-0" in name or "mihon" in name or "robots" in name}
    assert "api/index.json" not in machine
