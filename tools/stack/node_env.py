"""The page's packages and its build. Node itself comes from PyPI with the Python packages."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from tools.stack import procs, python_env, say, stamps
from tools.stack.paths import Layout

SKIPPED = {"node_modules", "dist", "__pycache__"}
CONFIGS = ("package.json", "package-lock.json", "vite.config.*", "tsconfig*.json", ".browserslistrc")
OUTPUT = "frontend/static/dist"


def node_env(layout: Layout) -> dict[str, str]:
    """The environment for npm: our Node first, and a cache even where there is no home."""
    env = {**os.environ, "NO_UPDATE_NOTIFIER": "1", "npm_config_update_notifier": "false"}
    env["PATH"] = f"{layout.venv / 'bin'}{os.pathsep}{os.environ['PATH']}"
    if not python_env.home_is_usable():
        env["npm_config_cache"] = str(layout.tools / "cache" / "npm")
    certificate = python_env.pip_settings(layout).get("cert", "")
    if Path(certificate).is_file():  # where pip needs a certificate of the house, npm needs it too
        env.setdefault("NODE_EXTRA_CA_CERTS", certificate)
    return env


def scripts(layout: Layout) -> set[str]:
    """The names of package.json's scripts; none without the file."""
    path = layout.root / "package.json"
    return set(json.loads(path.read_text(encoding="utf-8")).get("scripts", {})) if path.exists() else set()


def sources(layout: Layout) -> Iterator[Path]:
    """The files that the build is made from."""
    for pattern in CONFIGS:
        yield from layout.root.glob(pattern)
    for folder, folders, names in os.walk(layout.root / "frontend"):
        folders[:] = [f for f in folders if f not in SKIPPED]
        yield from (Path(folder) / name for name in names if not name.endswith((".pyc", ".mo")))


def ensure(layout: Layout) -> None:
    """Bring node_modules to the state of package-lock.json, and the build to that of its sources."""
    if not (layout.root / "package-lock.json").exists():
        return
    _packages(layout)
    _build(layout)


def npm(layout: Layout, *words: str) -> list[str | Path]:
    """npm's command line. Named with its interpreter: a script's first line has a length limit."""
    return [layout.python, layout.venv / "bin" / "npm", *words]


def _packages(layout: Layout) -> None:
    inputs = [layout.root / "package-lock.json", layout.root / "package.json", layout.root / "uv.lock"]
    value = stamps.digest(inputs, str(layout.root))
    if stamps.is_fresh(layout, "node", value) and (layout.root / "node_modules").is_dir():
        return
    stamps.forget(layout, "node")
    say.step("installing the page's packages (npm ci)")
    procs.require(npm(layout, "ci", "--no-audit", "--no-fund"), env=node_env(layout), cwd=layout.root)
    stamps.remember(layout, "node", value)


def _build(layout: Layout) -> None:
    value = stamps.digest(sources(layout), str(layout.root))
    if stamps.is_fresh(layout, "build", value) and (layout.root / OUTPUT).is_dir():
        return
    if "build" not in scripts(layout):
        return
    stamps.forget(layout, "build")
    say.step("building the page (npm run build)")
    procs.require(npm(layout, "run", "build"), env=node_env(layout), cwd=layout.root)
    # Hashed again: the build also makes files that a later one reads (fonts cut to their used letters).
    stamps.remember(layout, "build", stamps.digest(sources(layout), str(layout.root)))
