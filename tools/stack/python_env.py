"""uv, and with it the project's virtual environment, exactly as the lock file says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.stack import pipconf, procs, say, stamps
from tools.stack.paths import Layout, ignored_dir

UV_VERSION = "0.13.9"
STAMP = "python"


def works(python: Path) -> bool:
    """Whether the interpreter of a virtual environment still runs (its base may have been removed)."""
    try:
        return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def ensure(layout: Layout) -> None:
    """Bring `.venv` to the state of uv.lock, unless it is there already."""
    inputs = [layout.root / "uv.lock", layout.root / "pyproject.toml"]
    value = stamps.digest(inputs, UV_VERSION, str(layout.root))
    if stamps.is_fresh(layout, STAMP, value) and works(layout.python):
        return
    stamps.forget(layout, STAMP)
    uv = ensure_uv(layout)
    say.step("installing the Python packages of uv.lock into .venv")
    _sync(layout, uv)
    stamps.remember(layout, STAMP, value)


def ensure_uv(layout: Layout) -> Path:
    """uv, in an environment of its own, by pip: so from whatever index pip uses here."""
    python, uv = layout.tools / "bin" / "python", layout.tools / "bin" / "uv"
    if works(python) and _version(uv) == UV_VERSION:
        return uv
    say.step(f"installing uv {UV_VERSION} into .tools")
    ignored_dir(layout.tools)
    cwd = layout.root
    if not works(python):
        procs.require([sys.executable, "-m", "venv", "--clear", layout.tools], env=os.environ, cwd=cwd)
        ignored_dir(layout.tools)  # --clear took the mark away
    words = ["install", "-q", "--disable-pip-version-check", f"uv=={UV_VERSION}"]
    procs.require([python, "-m", "pip", *words], env=os.environ, cwd=cwd)
    return uv


def _version(uv: Path) -> str:
    try:
        done = subprocess.run([uv, "--version"], capture_output=True, check=False, text=True)
    except OSError:
        return ""
    return [*done.stdout.split(), "", ""][1]


def uv_env(layout: Layout, pip: dict[str, str]) -> dict[str, str]:
    """uv's environment: pip's connection, this Python, a cache even where there is no home."""
    env = {**pipconf.connection_env(pip), "UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1", **os.environ}
    env.pop("VIRTUAL_ENV", None)
    env["UV_PROJECT_ENVIRONMENT"] = str(layout.venv)
    if not home_is_usable():
        env.setdefault("UV_CACHE_DIR", str(layout.tools / "cache" / "uv"))
    return env


def home_is_usable() -> bool:
    """Whether caches can go where they usually go."""
    home = os.environ.get("HOME", "")
    return bool(home) and os.access(home, os.W_OK | os.X_OK)


def pip_settings(layout: Layout) -> dict[str, str]:
    """pip's configuration as it is in force here."""
    python = layout.tools / "bin" / "python"
    return pipconf.parse(procs.ask([python, "-m", "pip", "config", "list"], env=os.environ, cwd=layout.root))


def _sync(layout: Layout, uv: Path) -> None:
    pip = pip_settings(layout)
    env = uv_env(layout, pip)
    if not works(layout.python):
        shutil.rmtree(layout.venv, ignore_errors=True)
        procs.require([uv, "venv", "-q", "--python", sys.executable, layout.venv], env=env, cwd=layout.root)
    if not pipconf.needs_other_index(pip):
        procs.require([uv, "sync", "--frozen", "--all-groups"], env=env, cwd=layout.root)
        return
    # The lock holds addresses at PyPI. Keep its versions and hashes, and get the files from pip's index.
    say.note("pip has an index of its own here: using that")
    listed = layout.tools / "requirements.txt"
    export: list[str | Path] = ["export", "-q", "--frozen", "--all-groups", "--no-emit-project", "-o", listed]
    procs.require([uv, *export], env=env, cwd=layout.root)
    sync: list[str | Path] = ["pip", "sync", "--require-hashes", "--python", layout.python, listed]
    procs.require([uv, *sync], env={**pipconf.index_env(pip), **env}, cwd=layout.root)
