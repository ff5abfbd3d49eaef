"""The unprivileged user that the private database and queue run as when the caller is root."""

import os
import pwd
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

NAME = "parvaneh"
HIGHEST_SYSTEM_UID = 999


@dataclass(frozen=True)
class ServiceUser:
    """An operating-system user: name and numbers."""

    name: str
    uid: int
    gid: int


def _lookup(name: str) -> ServiceUser | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return ServiceUser(name, found.pw_uid, found.pw_gid)


def _create() -> ServiceUser | None:
    words = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run([*words, "--shell", "/usr/sbin/nologin", NAME], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None  # a read-only /etc, or no such tool: an existing user will do
    return _lookup(NAME)


def caller() -> ServiceUser:
    """The user who runs this command."""
    uid = os.geteuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = str(uid)
    return ServiceUser(name, uid, os.getegid())


def owner_of(path: Path) -> ServiceUser:
    """The user to whom existing state belongs: it stays with them."""
    found = path.stat()
    try:
        name = pwd.getpwuid(found.st_uid).pw_name
    except KeyError:
        name = str(found.st_uid)
    return ServiceUser(name, found.st_uid, found.st_gid)


def service_user() -> ServiceUser:
    """The caller; or, when that is root, a system user of ours, else postgres, else nobody."""
    if os.geteuid() != 0:
        return caller()
    own = _lookup(NAME)
    if own is None:
        own = _create()
    if own is not None and 0 < own.uid <= HIGHEST_SYSTEM_UID:
        return own
    return _lookup("postgres") or _lookup("nobody") or caller()


def _become(user: ServiceUser) -> None:
    if os.geteuid() == 0 and user.uid != 0:
        os.setgroups([])
        os.setgid(user.gid)
        os.setuid(user.uid)


def allowed(user: ServiceUser, attempt: Callable[[], object]) -> bool:
    """Whether `attempt` succeeds when done as `user`. Tried in a forked child: modes alone tell too little."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _become(user)
            attempt()
            code = 0
        except OSError:
            pass
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def can_keep_files(user: ServiceUser, directory: Path) -> bool:
    """Whether `user` can enter `directory` and write there, all the way down from the root."""
    probe = directory / ".probe"

    def attempt() -> None:
        probe.write_bytes(b"")
        probe.unlink()

    return allowed(user, attempt)
