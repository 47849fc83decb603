"""The layers of docs/architecture.md hold: a folder imports only from those before it, and no module is too long."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "yoroku"

# From the ground up; the names in one line may use each other in the order given.
LAYERS = (
    "records",
    "atomic",
    "patterns",
    "problems",
    "problems_ja",
    "help_ja",
    "speech",
    "remedies",
    "yaml_nodes",
    "quick_yaml",
    "full_yaml",
    "strict_yaml",
    "emit",
    "fields",
    "config",
    "briefing",
    "bulletin",
    "markdown",
    "site",
    "search",
    "build",
    "preview",
    "report",
    "terminal",
    "commands",
    "cli",
    "__main__",
)
# Neither of these knows the other, although one comes first in the list.
STRANGERS = (("markdown", "bulletin"), ("markdown", "briefing"), ("site", "bulletin"), ("search", "bulletin"))

MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def name_of(file: Path) -> str:
    parts = list(file.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path) -> set[str]:
    """The modules of the package that a file imports when it runs (imports for type checkers aside)."""
    found: set[str] = set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    only_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in only_types:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("yoroku")}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("yoroku"):
            for alias in node.names:
                inner = PACKAGE / "/".join(node.module.split(".")[1:]) / f"{alias.name}.py"
                found.add(f"{node.module}.{alias.name}" if inner.exists() else node.module)
    return found


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_point_down(file: Path) -> None:
    own = layer(name_of(file))
    if not own:
        return
    for module in imports(file):
        other = layer(module)
        if not other or other == own:
            continue
        assert LAYERS.index(other) < LAYERS.index(own), f"{name_of(file)} imports {module}"
        assert (own, other) not in STRANGERS, f"{name_of(file)} must not know {module}"


def test_no_cycles() -> None:
    graph = {name_of(file): imports(file) for file in MODULES}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module in done:
            return
        for other in graph.get(module, ()):
            visit(other, (*path, module))
        done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_modules_stay_small(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def test_every_folder_stands_in_the_document() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in {layer(name_of(file)) for file in MODULES} - {""}:
        assert re.search(rf"`(?:yoroku/)?{name}(?:/|\.py)`", text), f"docs/architecture.md does not mention {name}"


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_patterns_mean_the_same_in_every_python(file: Path) -> None:
    """No group is repeated possessively: 3.11.0 to 3.11.4 then misread what it looks ahead for (gh-106052)."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            bare = re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "[]", node.value)
            assert not re.search(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>", bare), f"line {node.lineno}"
