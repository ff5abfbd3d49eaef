"""Remembers finished steps by a hash of what they were made from, so that a second run does nothing."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from tools.stack.paths import Layout, ignored_dir


def digest(paths: Iterable[Path], *extra: str) -> str:
    """A hash over the names and contents of files, and a few words besides. A missing file counts as such."""
    total = hashlib.sha256()
    for word in extra:
        total.update(word.encode() + b"\0")
    for path in sorted(paths):
        total.update(os.fsencode(path) + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"-")
    return total.hexdigest()


def _file(layout: Layout, name: str) -> Path:
    return layout.tools / "stamps" / name


def is_fresh(layout: Layout, name: str, value: str) -> bool:
    """Whether the step was last finished with this very input."""
    try:
        return _file(layout, name).read_text(encoding="ascii") == value
    except OSError:
        return False


def forget(layout: Layout, name: str) -> None:
    """Before a step begins: if it is broken off, it must be done again."""
    _file(layout, name).unlink(missing_ok=True)


def remember(layout: Layout, name: str, value: str) -> None:
    """After a step has succeeded."""
    ignored_dir(layout.tools)
    _file(layout, name).parent.mkdir(parents=True, exist_ok=True)
    _file(layout, name).write_text(value, encoding="ascii")
