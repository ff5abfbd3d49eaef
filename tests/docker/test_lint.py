"""The images are written and linted here; there is no engine on a test machine to run them."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LINTS = {
    "dockerfile": ["hadolint", "docker/Dockerfile"],
    "compose": ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker/compose.yaml"],
    "yaml": ["yamllint", "--strict", "docker"],
    "entry": ["shellcheck", "docker/entry.sh"],
}


def lint(command: list[str], *, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    program = shutil.which(command[0])
    assert program, f"{command[0]} is not installed: run the set-up"
    return subprocess.run([program, *command[1:]], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", sorted(LINTS))
def test_lint_is_clean(name):
    result = lint(LINTS[name])
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_linters_would_notice(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM debian\nRUN apt-get install curl\n")
    (tmp_path / "compose.yaml").write_text("services:\n  web:\n    imagee: x\n")
    assert lint(["hadolint", "Dockerfile"], cwd=tmp_path).returncode != 0
    command = ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"]
    assert lint(command, cwd=tmp_path).returncode != 0


def test_every_role_has_its_own_service():
    services = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())["services"]
    assert {"db", "redis", "web", "worker", "beat", "proxy"} <= services.keys()
    entry = (ROOT / "docker" / "entry.sh").read_text()
    for role in ("web", "worker", "beat", "migrate"):
        assert services[role]["command"] == [role]
        assert f"  {role}) exec " in entry
