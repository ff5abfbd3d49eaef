"""Where things are: the checkout, its private state, and the short directory for sockets."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from tools.stack.say import StackError

ROOT = Path(__file__).resolve().parents[2]
SOCKET_LIMIT = 107  # bytes the kernel takes in sockaddr_un, less the closing zero
LONGEST_SOCKET = ".s.PGSQL.5432.lock"
SHORT_PARENTS = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - the directory below is private, and checked


@dataclass(frozen=True)
class Layout:
    """The paths of one checkout."""

    root: Path = ROOT

    @property
    def tools(self) -> Path:
        """Virtual environment that holds uv, and the stamps of finished steps."""
        return self.root / ".tools"

    @property
    def venv(self) -> Path:
        """Virtual environment of the project."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Interpreter of the project."""
        return self.venv / "bin" / "python"

    @property
    def var(self) -> Path:
        """Private state: clusters, logs, locks."""
        return self.root / "var"

    @property
    def logs(self) -> Path:
        """One log file per child."""
        return self.var / "log"

    @property
    def key(self) -> str:
        """A short name of this checkout, from its real path."""
        return checkout_key(self.root)


def checkout_key(root: Path) -> str:
    """Twelve hex digits that stand for a checkout's path."""
    return hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:12]


def ignored_dir(path: Path) -> Path:
    """Make a directory that git ignores by itself, whatever the checkout's .gitignore says."""
    path.mkdir(parents=True, exist_ok=True)
    mark = path / ".gitignore"
    if not mark.exists():
        mark.write_text("*\n", encoding="ascii")
    return path


def socket_dir(key: str, instance: str) -> Path:
    """The socket directory of an instance: short wherever the checkout lies, because the kernel's limit is."""
    parent = next((p for p in SHORT_PARENTS if os.access(p, os.W_OK | os.X_OK)), None)
    if parent is None:
        raise StackError(f"None of {', '.join(SHORT_PARENTS)} is writable, and the sockets need a short path.")
    path = Path(parent) / f"parvaneh-{key}-{instance}"
    longest = path / LONGEST_SOCKET
    if len(os.fsencode(longest)) > SOCKET_LIMIT:
        raise StackError(f"The socket path {longest} is longer than {SOCKET_LIMIT} bytes.")
    return path


def private_dir(path: Path, uid: int, gid: int) -> Path:
    """Make `path` a 0700 directory of `uid`, and refuse one that somebody else put there first."""
    try:
        path.mkdir(mode=0o700)
        os.chown(path, uid, gid)
    except FileExistsError:
        pass
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
        raise StackError(f"{path} belongs to another user; have it removed, it is in our way.")
    if (found.st_uid, found.st_gid) != (uid, gid):
        os.chown(path, uid, gid)
    path.chmod(0o700)
    return path
