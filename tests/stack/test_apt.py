"""Installing leaves the machine's own arrangements as they were."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tools.stack import apt, procs, say


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system root with only the directories that matter."""
    (tmp_path / "sbin").mkdir()
    monkeypatch.setattr(apt, "POLICY", tmp_path / "sbin" / "policy-rc.d")
    monkeypatch.setattr(apt, "NO_CLUSTER", tmp_path / "postgresql-common" / "createcluster.d" / "zz.conf")
    monkeypatch.setattr(apt, "SERVICE_FILE", tmp_path / "redis-server.service")
    return tmp_path


def during_install(monkeypatch: pytest.MonkeyPatch, system: Path, *, fail: bool = False) -> list[str]:
    calls: list[str] = []

    def require(args: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> None:
        calls.append(" ".join(args))
        assert "exit 101" in apt.POLICY.read_text()
        assert apt.NO_CLUSTER.read_text() == "create_main_cluster = false\n"
        assert env["DEBIAN_FRONTEND"] == "noninteractive"
        if fail:
            raise say.StackError("no network")

    monkeypatch.setattr(procs, "require", require)
    return calls


def test_nothing_is_started_or_created_and_nothing_stays(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = during_install(monkeypatch, system)
    apt.install(["redis-server"])
    assert calls == ["apt-get update -q", "apt-get install -y -q --no-install-recommends redis-server"]
    assert [p for p in system.rglob("*") if p.is_file()] == []
    assert not (system / "postgresql-common").exists()


@pytest.mark.parametrize("fail", [False, True])
def test_an_existing_policy_comes_back(system: Path, monkeypatch: pytest.MonkeyPatch, fail: bool) -> None:
    apt.POLICY.write_text("#!/bin/sh\nexit 0\n")
    during_install(monkeypatch, system, fail=fail)
    try:
        apt.install(["redis-server"])
    except say.StackError:
        assert fail
    assert apt.POLICY.read_text() == "#!/bin/sh\nexit 0\n"


def test_a_policy_left_by_a_killed_run_does_not_become_the_saved_one(
    system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apt.POLICY.write_text(apt.FORBID)
    apt.POLICY.with_name("policy-rc.d.before-parvaneh").write_text("theirs")
    during_install(monkeypatch, system)
    apt.install(["redis-server"])
    assert apt.POLICY.read_text() == "theirs"


@pytest.mark.parametrize("was_there", [False, True])
def test_only_a_service_that_came_with_us_is_kept_from_booting(
    system: Path, monkeypatch: pytest.MonkeyPatch, was_there: bool
) -> None:
    if was_there:
        apt.SERVICE_FILE.touch()
    disabled: list[Sequence[str]] = []
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(procs, "run", lambda args, **_: disabled.append(args))
    monkeypatch.setattr(procs, "require", lambda *_, **__: apt.SERVICE_FILE.touch())
    apt.install(["redis-server"])
    both = [["deb-systemd-helper", "disable", "redis-server.service"], ["update-rc.d", "redis-server", "disable"]]
    assert disabled == ([] if was_there else both)
