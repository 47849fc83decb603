"""The workflows are valid, pinned, and allowed no more than they need."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from yoroku.build.begin import begin

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def load(name: str) -> dict[str, object]:
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The project's own workflows, and those of a site that was begun with it."""
    site = tmp_path_factory.mktemp("site")
    begin(site)
    begun = sorted((site / ".github" / "workflows").glob("*.yml"))
    assert {path.name for path in begun} == {"pages.yml", "links.yml"}
    return [str(path) for path in (*WORKFLOWS, *begun)]


def test_the_schema_of_workflows_accepts_them(every: list[str]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, *every], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_security_linter_finds_nothing(every: list[str]) -> None:
    zizmor = Path(sys.executable).with_name("zizmor.exe" if sys.platform == "win32" else "zizmor")
    command = [str(zizmor), "--offline", "--no-progress", *every]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_with_their_version(workflow: Path) -> None:
    uses = re.findall(r"uses: (.*)", workflow.read_text(encoding="utf-8"))
    assert uses
    for line in uses:
        assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_publishing_takes_the_address_and_never_cancels() -> None:
    pages = load("pages.yml")
    assert pages["permissions"] == {"contents": "read"}
    assert pages["concurrency"]["cancel-in-progress"] is False  # type: ignore[index]
    build, deploy = pages["jobs"]["build"], pages["jobs"]["deploy"]  # type: ignore[index]
    steps = {step.get("uses", step.get("name", "")).split("@")[0]: step for step in build["steps"]}
    assert steps["Build"]["env"]["YOROKU_BASE_URL"] == "${{ steps.pages.outputs.base_url }}"
    upload = steps["actions/upload-pages-artifact"]["with"]
    assert upload["include-hidden-files"] is True
    assert upload["name"] == "site-${{ github.run_attempt }}" == build["outputs"]["artifact"]
    assert deploy["steps"][0]["with"]["artifact_name"] == "${{ needs.build.outputs.artifact }}"
    assert deploy["if"].startswith("github.event_name != 'pull_request'")
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}


def test_links_have_a_schedule_of_their_own() -> None:
    assert "schedule" not in load("pages.yml")[True]  # YAML 1.1 reads the key `on` as true
    assert "schedule" in load("links.yml")[True]
