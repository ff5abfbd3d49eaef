"""What the documents promise is there."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    broken = [
        target for target in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_python_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in wanted}
    said = text("dependencies.md").lower()
    assert [n for n in sorted(names) if n not in said] == []


def test_every_page_dependency_has_its_reason():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    names = {*package.get("dependencies", {}), *package.get("devDependencies", {})}
    said = text("dependencies-frontend.md")
    assert [n for n in sorted(names) if n not in said] == []


def test_decisions_are_numbered_once():
    numbers = [p.name[:4] for p in (ROOT / "docs" / "decisions").glob("0*.md")]
    assert len(numbers) == len(set(numbers)) > 5


def test_make_help_lists_every_public_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE).group(1).split()
    helped = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert sorted(phony) == sorted(helped)
    assert {"demo", "test", "smoke", "bench", "help"} <= set(phony)


def test_ci_calls_make_test():
    script = ROOT / ".ci" / "run"
    assert "make test" in script.read_text(encoding="utf-8")
    assert script.stat().st_mode & 0o111
