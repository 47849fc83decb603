"""The files for editors' tools are what the tables say, and are valid for the tools that read them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from preview_site import make_project, running, write

from yoroku.briefing.editors import files
from yoroku.briefing.schema import BRIEFING, NOTE
from yoroku.problems import Place, Problem

ROOT = Path(__file__).resolve().parent.parent

# What each tool's documentation allows, as far as the generated files go.
PAGES_CMS_FIELD = {
    "type": "object",
    "required": ["name", "type"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "pattern": "^[a-zA-Z0-9-_]+$"},
        "label": {"type": "string"},
        "description": {"type": "string"},
        "type": {"enum": ["boolean", "code", "number", "object", "select", "string", "text"]},
        "required": {"type": "boolean"},
        "hidden": {"type": "boolean"},
        "list": {"type": "boolean"},
        "default": {},
        "pattern": {"type": "object", "required": ["regex"], "properties": {"regex": {"format": "regex"}}},
        "options": {"type": "object"},
        "fields": {"type": "array", "items": {"$ref": "#/$defs/field"}},
    },
}
PAGES_CMS = {
    "type": "object",
    "required": ["media", "content"],
    "additionalProperties": False,
    "properties": {
        "media": {"type": "object", "required": ["input", "output"]},
        "content": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "type", "path", "fields"],
                "properties": {
                    "type": {"const": "collection"},
                    "subfolders": {"type": "boolean"},
                    "fields": {"type": "array", "items": {"$ref": "#/$defs/field"}},
                },
            },
        },
    },
    "$defs": {"field": PAGES_CMS_FIELD},
}
DECAP_FIELD = {
    "type": "object",
    "required": ["name", "widget"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "label": {"type": "string"},
        "hint": {"type": "string"},
        "widget": {"enum": ["boolean", "hidden", "list", "number", "object", "select", "string", "text"]},
        "required": {"type": "boolean"},
        "default": {},
        "min": {"type": "integer"},
        "value_type": {"enum": ["int", "float", "string"]},
        "options": {"type": "array", "minItems": 1},
        "pattern": {"type": "array", "minItems": 2, "maxItems": 2},
        "fields": {"type": "array", "items": {"$ref": "#/$defs/field"}},
    },
}
DECAP = {
    "type": "object",
    "required": ["backend", "media_folder", "collections"],
    "properties": {
        "backend": {"type": "object", "required": ["name", "repo"]},
        "publish_mode": {"enum": ["simple", "editorial_workflow"]},
        "collections": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "folder", "fields"],
                "properties": {
                    "create": {"type": "boolean"},
                    "format": {"const": "yaml-frontmatter"},
                    "fields": {"type": "array", "items": {"$ref": "#/$defs/field"}},
                },
            },
        },
    },
    "$defs": {"field": DECAP_FIELD},
}


def test_committed_files_agree_with_the_tables() -> None:
    for path, text in files().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"run scripts/reference.py: {path}"


@pytest.mark.parametrize(("path", "schema"), [(".pages.yml", PAGES_CMS), ("editors/decap-config.yml", DECAP)])
def test_forms_are_valid(path: str, schema: dict[str, object]) -> None:
    config = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    jsonschema.validate(config, schema)


@pytest.mark.parametrize("path", [".pages.yml", "editors/decap-config.yml"])
def test_forms_know_every_key(path: str) -> None:
    config = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    collections = {item["name"]: item for item in config.get("content") or config["collections"]}
    for name, record in (("notes", NOTE), ("briefings", BRIEFING)):
        keys = [field["name"] for field in collections[name]["fields"]]
        assert keys == [*(field.key for field in record.fields), "body"]


def test_problem_matcher_reads_our_messages() -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    for place in (Place("a b/日本.md", 4, 11), Place("x.md", 4), Place("x.md")):
        match = re.match(pattern["regexp"], str(Problem(place, "unknown-kind", "kind 'x: y' is not known", "do this")))
        assert match
        assert match[pattern["file"]] == place.path
        assert (match[pattern["line"]], match[pattern["column"]]) == (
            str(place.line) if place.line else None,
            str(place.column) if place.column else None,
        )
        assert match[pattern["code"]] == "unknown-kind"


def test_the_preview_task_says_where_a_list_of_problems_begins_and_ends(tmp_path: Path) -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    preview = next(task for task in tasks if "serve" in task["args"])
    around = preview["problemMatcher"]["background"]
    assert "--for-editor" in preview["args"]
    with running(make_project(tmp_path), for_editor=True) as it:
        write(tmp_path / "content/tea.md", "だめ\n")
        it.until(lambda: it.state()["problem"])
        write(tmp_path / "content/other.md", "title: 別\n本文。\n")
        it.until(lambda: sum(bool(re.match(around["endsPattern"], line)) for line in it.said) >= 3)
    lists: list[list[str]] = []
    for line in it.said:
        if re.match(around["beginsPattern"], line):
            lists.append([])
        elif lists and re.match(preview["problemMatcher"]["pattern"]["regexp"], line):
            lists[-1].append(line)
    assert len(lists) >= 3
    # The problem that was not mended is told again, or the editor would forget it.
    assert [len(found) for found in lists[-2:]] == [1, 1]
