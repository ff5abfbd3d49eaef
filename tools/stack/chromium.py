"""A Chromium for the browser tests: the system's, the one you name, or Playwright's own."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from tools.stack import apt, procs, say
from tools.stack.needs import Need
from tools.stack.paths import Layout

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VARIABLE = "PARVANEH_CHROMIUM"


def is_snap_stub(path: Path) -> bool:
    """Ubuntu's /usr/bin/chromium-browser is a script that asks for a snap, and a snap cannot read our files."""
    real = path.resolve()
    if "snap" in real.parts or real.name == "snap":
        return True
    with real.open("rb") as file:
        head = file.read(4096)
    return head.startswith(b"#!") and b"/snap/bin/" in head


def find(layout: Layout, environ: Mapping[str, str] = os.environ) -> Path | None:
    """The browser to use, if there is one."""
    named = environ.get(VARIABLE)
    if named:
        if not os.access(named, os.X_OK):
            raise say.StackError(f"{VARIABLE}={named} is not a program.", say.USAGE)
        return Path(named)
    for name in NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found and not is_snap_stub(Path(found)):
            return Path(found)
    return next(iter(sorted(_own_dir(layout).glob("chromium-*/chrome-linux*/chrome"), reverse=True)), None)


def _own_dir(layout: Layout) -> Path:
    return layout.tools / "browsers"


def need(layout: Layout, release: Mapping[str, str]) -> list[Need]:
    """What apt is to bring. Ubuntu has no Chromium package but a snap, so nothing is asked of apt there."""
    if "ubuntu" in {release.get("ID", ""), *release.get("ID_LIKE", "").split()}:
        return []
    return [Need("Chromium (for the browser tests)", lambda: find(layout) is not None, ("chromium",))]


def ensure(layout: Layout) -> Path:
    """The browser; where the system has none, Playwright's build is fetched into .tools."""
    found = find(layout)
    if found is not None:
        return found
    say.step("fetching Playwright's Chromium into .tools (this system packages it only as a snap)")
    env = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(_own_dir(layout))}
    with_deps = ["--with-deps"] if os.geteuid() == 0 or apt.passwordless_sudo() else []
    words: list[str | Path] = [layout.python, "-m", "playwright", "install", *with_deps, "chromium"]
    if procs.run(words, env=env, cwd=layout.root) == 0:
        found = find(layout)
    if found is None or procs.run([found, "--version"], env=os.environ, cwd=layout.root) != 0:
        raise say.StackError(
            "The browser tests need Chromium. Install Google Chrome, or name a browser with "
            f"{VARIABLE}=/path/to/chromium; for the libraries of Playwright's own build run:\n"
            f"    sudo {layout.python} -m playwright install-deps chromium",
            say.NEEDS_ROOT,
        )
    return found
