"""Forms and settings for editors' tools, made from the front matter tables: Pages CMS, Decap and Sveltia, VS Code.

Dates are text fields with a pattern in the forms: date pickers of git-based CMSs shift days across zones
(decaporg/decap-cms#7319), a pattern cannot.
Sources of the formats: pagescms.org/docs/configuration, decapcms.org/docs/configuration-options,
code.visualstudio.com/docs/editor/tasks#_defining-a-problem-matcher.
"""

from __future__ import annotations

import json
from typing import Any

from yoroku.briefing.line_spans import LineSpans
from yoroku.briefing.model import NOTE_KINDS
from yoroku.briefing.schema import BRIEFING, NOTE, PAGE
from yoroku.emit import Bare, document
from yoroku.fields import Choice, Field, Part, Record, Records, Text, Texts, Truth, When, Whole

_DATE = r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?$"
_DATE_HINT = "2023-01-12 か 2023-01-12T16:00+09:00"
_LINES = r"^\d+(-\d+)?$"
# The importer's own account: shown to nobody, kept as it is.
_HIDDEN = frozenset({"provenance"})
_COLLECTIONS: tuple[tuple[str, str, str, Record, bool], ...] = (
    ("notes", "ノート", "content/notes", NOTE, True),
    ("briefings", "ブリーフィング", "content/briefings", BRIEFING, False),
    ("pages", "固定ページ", "content/pages", PAGE, True),
)
# A vault that writes what the site reads: wikilinks relative to the file, pictures beside the notes, and line breaks
# as Markdown has them.
_OBSIDIAN = {
    "newLinkFormat": "relative",
    "useMarkdownLinks": False,
    "alwaysUpdateLinks": True,
    "newFileLocation": "folder",
    "newFileFolderPath": "notes",
    "attachmentFolderPath": "notes/images",
    "strictLineBreaks": True,
    "propertiesInDocument": "visible",
}
_TRUE = Bare("true")
_GENERATED = "# Made from the front matter tables by scripts/reference.py; change the tables, not this file.\n"


def files() -> dict[str, str]:
    """Path below the project's root → text, for every generated editor file."""
    return {
        ".pages.yml": _GENERATED + document(_pages_cms()),
        "editors/decap-config.yml": _GENERATED + document(_decap()),
        "content/.obsidian/app.json": _json(_OBSIDIAN),
        ".vscode/settings.json": _json(_vscode_settings()),
        ".vscode/tasks.json": _json(_vscode_tasks()),
        ".vscode/yoroku.code-snippets": _json(_vscode_snippets()),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _pages_cms() -> dict[str, object]:
    collections = []
    for name, label, folder, record, create in _COLLECTIONS:
        collections.append(
            {
                "name": name,
                "label": label,
                "type": "collection",
                "path": folder,
                "subfolders": _TRUE,
                "filename": "{year}-{month}-{day}-{primary}.md",
                **({} if create else {"operations": {"create": Bare("false")}}),
                "fields": (*_fields(record, _pages_field), {"name": "body", "label": "本文", "type": "code"}),
            }
        )
    return {"media": {"input": "content/notes/images", "output": "images"}, "content": tuple(collections)}


def _decap() -> dict[str, object]:
    collections = []
    for name, label, folder, record, create in _COLLECTIONS:
        collections.append(
            {
                "name": name,
                "label": label,
                "folder": folder,
                "nested": {"depth": Bare("3")},
                "create": Bare("true" if create else "false"),
                "extension": "md",
                "format": "yaml-frontmatter",
                "slug": "{{year}}-{{month}}-{{day}}-{{slug}}",
                "fields": (
                    *_fields(record, _decap_field),
                    {"name": "body", "label": "本文", "widget": "text", "required": Bare("false")},
                ),
            }
        )
    return {
        "backend": {"name": "github", "repo": "OWNER/REPOSITORY", "branch": "main"},
        "publish_mode": "editorial_workflow",
        "locale": "ja",
        "media_folder": "content/notes/images",
        "public_folder": "images",
        "slug": {"encoding": "ascii", "clean_accents": _TRUE},
        "collections": tuple(collections),
    }


def _fields(record: Record, form: Any) -> tuple[dict[str, object], ...]:
    return tuple(form(field) for field in record.fields)


def _pages_field(field: Field) -> dict[str, object]:
    shape: dict[str, object] = {"name": field.key, "label": field.doc_ja}
    if field.key in _HIDDEN:
        shape["hidden"] = _TRUE
    if field.required:
        shape["required"] = _TRUE
    kind = field.kind
    match kind:
        case Choice():
            shape |= {"type": "select", "options": {"values": kind.words}}
        case Truth():
            shape |= {"type": "boolean", "default": Bare("true" if kind.default else "false")}
        case Whole():
            shape |= {"type": "number", "options": {"min": Bare("0")}}
        case When():
            shape |= {"type": "string", "description": _DATE_HINT, "pattern": {"regex": _DATE, "message": _DATE_HINT}}
        case LineSpans():
            shape |= {"type": "string", "list": _TRUE, "pattern": {"regex": _LINES, "message": "6 か 9-10"}}
        case Texts():
            shape |= {"type": "string", "list": _TRUE}
        case Records() | Part():
            shape |= {"type": "object", "fields": _fields(kind.record, _pages_field)}
            if isinstance(kind, Records):
                shape["list"] = _TRUE
        case _:
            assert isinstance(kind, Text)
            shape["type"] = "text" if field.key in ("text", "reason", "was", "now") else "string"
    return shape


def _decap_field(field: Field) -> dict[str, object]:
    shape: dict[str, object] = {
        "name": field.key,
        "label": field.doc_ja,
        "required": Bare("true" if field.required else "false"),
    }
    kind = field.kind
    if field.key in _HIDDEN:
        return {**shape, "widget": "hidden"}
    match kind:
        case Choice():
            shape |= {"widget": "select", "options": kind.words}
        case Truth():
            shape |= {"widget": "boolean", "default": Bare("true" if kind.default else "false")}
        case Whole():
            shape |= {"widget": "number", "value_type": "int", "min": Bare("0")}
        case When():
            shape |= {"widget": "string", "hint": _DATE_HINT, "pattern": (_DATE, _DATE_HINT)}
        case LineSpans() | Texts():
            shape |= {"widget": "list"}
        case Records():
            shape |= {"widget": "list", "fields": _fields(kind.record, _decap_field)}
        case Part():
            shape |= {"widget": "object", "fields": _fields(kind.record, _decap_field)}
        case _:
            shape["widget"] = "text" if field.key in ("text", "reason", "was", "now") else "string"
    return shape


def _vscode_settings() -> dict[str, object]:
    entities = {
        f"./schema/{name}.schema.json": f"content/entities/{name}.yaml"
        for name in ("people", "organisations", "places")
    }
    return {
        "yaml.schemas": {"./schema/site.schema.json": "site.yaml", **entities},
        "files.associations": {"*.txt": "plaintext"},
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.autoGuessEncoding": True,
        "[markdown]": {"editor.wordWrap": "on", "editor.quickSuggestions": {"other": True}},
        "search.exclude": {"output/**": True, "content/briefings/.imported/**": True},
        "files.watcherExclude": {"output/**": True, ".yoroku/**": True},
    }


def _vscode_tasks() -> dict[str, object]:
    matcher = {
        "owner": "yoroku",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {
            "regexp": r"^(.+?):(?:(\d+):)?(?:(\d+):)? (error|warning|note): (.*) \[([a-z0-9-]+)\]$",
            "file": 1,
            "line": 2,
            "column": 3,
            "severity": 4,
            "message": 5,
            "code": 6,
        },
    }

    def task(label: str, *command: str, **more: object) -> dict[str, object]:
        python = {
            "command": "${workspaceFolder}/.venv/bin/python",
            "windows": {"command": "${workspaceFolder}\\.venv\\Scripts\\python.exe"},
        }
        return {
            "label": label,
            "type": "process",
            **python,
            "args": ["build.py", *command],
            "problemMatcher": matcher,
            **more,
        }

    background = {"activeOnStart": True, "beginsPattern": "^changed$", "endsPattern": "^ready$"}
    return {
        "version": "2.0.0",
        "tasks": [
            task("Yoroku: check", "check"),
            task("Yoroku: build", "build", group={"kind": "build", "isDefault": True}),
            task(
                "Yoroku: preview",
                "serve",
                "--for-editor",
                isBackground=True,
                problemMatcher={**matcher, "background": background},
            ),
        ],
    }


def _vscode_snippets() -> dict[str, object]:
    date = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
    kinds = "|".join(NOTE_KINDS).replace("|", ",")
    head = [
        "---",
        "title: ${1:題名}",
        f"kind: ${{2|{kinds}|}}",
        f"date: {date}",
        "on: ${3:2023-01-12-slug}",
        "---",
        "",
        "$0",
    ]
    correction = [*head[:5], "was: ${4:訂正前}", "now: ${5:訂正後}", "reason: ${6:理由}", "---", "", "$0"]
    correction[2] = "kind: correction"
    return {
        "Note": {"scope": "markdown", "prefix": "note", "body": head, "description": "編集ノート / editor's note"},
        "Correction": {
            "scope": "markdown",
            "prefix": "correction",
            "body": correction,
            "description": "訂正 / correction",
        },
        "Callout": {"scope": "markdown", "prefix": "callout", "body": ["> [!${1|note,tip,warning|}] ${2:題}", "> $0"]},
        "Ruby": {"scope": "markdown", "prefix": "ruby", "body": ["{${1:漢字}|${2:かんじ}}$0"]},
        "Link to a page": {"scope": "markdown", "prefix": "link", "body": ["[[${1:page}|${2:label}]]$0"]},
    }
