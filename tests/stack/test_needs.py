import os
import shutil
from pathlib import Path

import pytest

from tools.stack import apt, chromium, machine, needs, say
from tools.stack.needs import Need
from tools.stack.paths import Layout

DEBIAN_12 = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n# a comment = x\n'
UBUNTU_2404 = 'ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\nUBUNTU_CODENAME=noble\nVERSION_ID="24.04"\n'
MINT_22 = "ID=linuxmint\nID_LIKE='ubuntu debian'\nVERSION_CODENAME=wilma\nUBUNTU_CODENAME=noble\n"
FEDORA = 'ID=fedora\nVERSION_ID="43"\n'


def release(tmp_path: Path, text: str) -> dict[str, str]:
    (tmp_path / "os-release").write_text(text)
    return machine.os_release(tmp_path / "os-release")


def packages(found: list[Need]) -> set[str]:
    return {package for need in found for package in need.packages}


@pytest.mark.parametrize(("text", "major"), [(DEBIAN_12, 15), (UBUNTU_2404, 16), (MINT_22, 16)])
def test_the_database_package_follows_the_distribution(tmp_path: Path, text: str, major: int) -> None:
    wanted = packages(needs.all_needs(release(tmp_path, text), database=True, broker=True))
    assert {f"postgresql-{major}", f"postgresql-{major}-postgis-3", "redis-server", "gdal-bin"} <= wanted


def test_what_the_environment_gives_is_not_installed(tmp_path: Path) -> None:
    wanted = packages(needs.all_needs(release(tmp_path, DEBIAN_12), database=False, broker=False))
    assert not any(p.startswith(("postgresql", "redis")) for p in wanted)


def test_an_unknown_system_is_told_what_is_missing(tmp_path: Path) -> None:
    server = needs.all_needs(release(tmp_path, FEDORA), database=True, broker=False)[-1]
    assert server.packages == ()
    with pytest.raises(say.StackError, match=r"Missing: PostgreSQL 15\+ with PostGIS.*by hand") as caught:
        apt.provide([server])
    assert caught.value.code == say.NEEDS_ROOT


def test_without_root_the_exact_line_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(apt, "passwordless_sudo", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(apt, "install", lambda _packages: pytest.fail("must not install"))
    gone = [Need("Redis", lambda: False, ("redis-server",)), Need("GDAL", lambda: False, ("gdal-bin",))]
    with pytest.raises(say.StackError) as caught:
        apt.provide(gone)
    assert caught.value.code == 3
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends gdal-bin redis-server"
    assert str(caught.value).splitlines()[-1].strip() == line


def test_nothing_missing_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apt, "passwordless_sudo", lambda: pytest.fail("must not ask"))
    apt.provide(needs.missing([Need("here", lambda: True, ("x",))]))


def test_ubuntu_is_not_asked_for_a_chromium_package(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    assert packages(chromium.need(layout, release(tmp_path, DEBIAN_12))) == {"chromium"}
    assert chromium.need(layout, release(tmp_path, UBUNTU_2404)) == []
    assert chromium.need(layout, release(tmp_path, MINT_22)) == []


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_a_snap_stub_is_no_browser(tmp_path: Path) -> None:
    executable(tmp_path / "bin" / "chromium-browser", "#!/bin/sh\nexec /snap/bin/chromium\n")
    environ = {"PATH": str(tmp_path / "bin")}
    assert chromium.find(Layout(tmp_path), environ) is None
    chrome = executable(tmp_path / "bin" / "google-chrome", "#!/bin/sh\n")
    assert chromium.find(Layout(tmp_path), environ) == chrome


def test_playwrights_own_browser_is_found(tmp_path: Path) -> None:
    own = executable(tmp_path / ".tools/browsers/chromium-1200/chrome-linux64/chrome", "")
    assert chromium.find(Layout(tmp_path), {"PATH": str(tmp_path)}) == own


def test_the_named_browser_wins_and_must_exist(tmp_path: Path) -> None:
    mine = executable(tmp_path / "mine", "")
    assert chromium.find(Layout(tmp_path), {"PARVANEH_CHROMIUM": str(mine)}) == mine
    with pytest.raises(say.StackError, match="is not a program"):
        chromium.find(Layout(tmp_path), {"PARVANEH_CHROMIUM": str(tmp_path / "none")})
