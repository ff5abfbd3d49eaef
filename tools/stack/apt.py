"""Installs system packages with apt when allowed, and otherwise says the exact line to run.

Installing must not start or create anything: a service policy forbids starting, and no `main` cluster is made.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.stack import procs, say
from tools.stack.needs import Need

POLICY = Path("/usr/sbin/policy-rc.d")
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/zz-parvaneh-setup.conf")
SERVICE = "redis-server"  # PostgreSQL's starts nothing as long as nobody has made a cluster
SERVICE_FILE = Path("/lib/systemd/system/redis-server.service")
FORBID = "#!/bin/sh\n# Put here by Parvaneh's set-up while it installs packages; safe to remove.\nexit 101\n"


def line_for(packages: Sequence[str]) -> str:
    """The command a person with root would run."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def how(*, uid: int, sudo: bool) -> str:
    """Who may install here: root, sudo, or nobody before we ask."""
    if uid == 0:
        return "root"
    return "sudo" if sudo else "ask"


def passwordless_sudo() -> bool:
    """Whether sudo works without a question."""
    if shutil.which("sudo") is None:
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def provide(needs: Sequence[Need]) -> None:
    """Install what is missing, or refuse with the line to run (exit code 3)."""
    if not needs:
        return
    names = ", ".join(need.name for need in needs)
    packages = sorted({package for need in needs for package in need.packages})
    if shutil.which("apt-get") is None or not all(need.packages for need in needs):
        raise say.StackError(
            f"Missing: {names}. This system's packages are not known here (Debian 12+ and Ubuntu 24.04 are); "
            "install these by hand and try again.",
            say.NEEDS_ROOT,
        )
    mode = how(uid=os.geteuid(), sudo=os.geteuid() != 0 and passwordless_sudo())
    if mode == "ask":
        raise say.StackError(
            f"Missing: {names}. Root is needed to install them. Run this and try again:\n    {line_for(packages)}",
            say.NEEDS_ROOT,
        )
    say.step(f"installing {names} (apt: {' '.join(packages)})")
    if mode == "root":
        install(packages)
    else:
        program = ["sudo", "-n", sys.executable, "-m", "tools.stack.apt", *packages]
        procs.require(program, env=os.environ, cwd=Path(__file__).resolve().parents[2])


def install(packages: Sequence[str]) -> None:
    """As root: apt-get update and install, with nothing started and nothing created."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    was_there = SERVICE_FILE.exists()
    with _no_service_starts(), _no_main_cluster():
        procs.require(["apt-get", "update", "-q"], env=env, cwd=Path("/"))
        words = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
        procs.require(words, env=env, cwd=Path("/"))
    if SERVICE_FILE.exists() and not was_there:
        _do_not_start_at_boot(env)


@contextlib.contextmanager
def _no_service_starts() -> Iterator[None]:
    saved = POLICY.with_name(POLICY.name + ".before-parvaneh")
    if POLICY.exists() and not saved.exists() and POLICY.read_text(encoding="utf-8") != FORBID:
        POLICY.rename(saved)
    POLICY.write_text(FORBID, encoding="utf-8")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)
        if saved.exists():
            saved.rename(POLICY)


@contextlib.contextmanager
def _no_main_cluster() -> Iterator[None]:
    made = [p for p in (NO_CLUSTER.parent, NO_CLUSTER.parent.parent) if not p.exists()]
    NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="utf-8")
    try:
        yield
    finally:
        NO_CLUSTER.unlink(missing_ok=True)
        for path in made:
            with contextlib.suppress(OSError):  # the package has put its own files there by now
                path.rmdir()


def _do_not_start_at_boot(env: dict[str, str]) -> None:
    # The package enables its service; whoever ran `make setup` did not ask for one. Without systemctl too.
    for words in (["deb-systemd-helper", "disable", f"{SERVICE}.service"], ["update-rc.d", SERVICE, "disable"]):
        if shutil.which(words[0]):
            procs.run(words, env=env, cwd=Path("/"))


if __name__ == "__main__":
    try:
        install(sys.argv[1:])
    except say.StackError as error:
        print(error, file=sys.stderr)
        sys.exit(error.code)
