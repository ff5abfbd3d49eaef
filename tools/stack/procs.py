"""Starting, asking after and ending processes: always by pid, never by name."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from tools.stack.say import StackError
from tools.stack.users import ServiceUser

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)  # loaded here: a forked child must not load libraries


def die_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """A pre-exec hook: the kernel sends `death_signal` when the parent ends, even by SIGKILL."""
    parent = os.getpid()

    def hook() -> None:
        _LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it ended between fork and here
            os._exit(1)

    return hook


def stop_with(parent: int) -> None:
    """For this very process: SIGTERM when `parent`, our parent, ends."""
    _LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        raise StackError("The command that started this one has ended.")


def spawn(
    args: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    user: ServiceUser | None = None,
    output: IO[bytes] | int | None = None,
    merge: bool = False,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, as `user` when the caller is root. `merge` joins stderr to output."""
    switch = user if user is not None and os.geteuid() == 0 and user.uid != 0 else None
    return subprocess.Popen(
        [str(a) for a in args],
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr if output is None else output,
        stderr=subprocess.STDOUT if merge else None,
        start_new_session=True,
        user=switch.uid if switch else None,
        group=switch.gid if switch else None,
        extra_groups=[] if switch else None,
        # After the change of user, which would clear it. We start no threads, so a hook is safe.
        preexec_fn=die_with_parent(death_signal),  # noqa: PLW1509
    )


def run(args: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, user: ServiceUser | None = None) -> int:
    """Run to the end, output to stderr; when we are interrupted the process goes too. Returns its exit code."""
    process = spawn(args, env=env, cwd=cwd, user=user)
    try:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    finally:
        code = end(process, grace=5)
    return code


def require(args: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> None:
    """Run to the end, and fail with a sentence unless it succeeded."""
    code = run(args, env=env, cwd=cwd)
    if code != 0:
        raise StackError(f"`{' '.join(str(a) for a in args)}` failed with exit code {code} (see above).")


def ask(args: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, user: ServiceUser | None = None) -> str:
    """Run to the end and return its output; a failure carries what the process said."""
    process = spawn(args, env=env, cwd=cwd, user=user, output=subprocess.PIPE)
    try:
        out, _ = process.communicate()
    finally:
        end(process, grace=5)
    if process.returncode != 0:
        raise StackError(f"`{' '.join(str(a) for a in args)}` failed with exit code {process.returncode}.")
    return out.decode()


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has ended. Left unreaped, so that its number, and its group's, cannot be given to another."""
    if process.returncode is not None:
        return True
    try:
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return process.poll() is not None


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def end(
    process: subprocess.Popen[bytes],
    *,
    grace: float,
    first: signal.Signals = signal.SIGTERM,
    hurry: Callable[[], bool] = lambda: False,
) -> int:
    """Ask a process to end, wait `grace` seconds, then end its whole group. Returns its exit code."""
    if not has_ended(process):
        process.send_signal(first)
        deadline = time.monotonic() + grace
        while not has_ended(process) and time.monotonic() < deadline and not hurry():
            time.sleep(0.02)
    _kill_group(process)
    return process.wait()


def alive(pid: int) -> bool:
    """Whether a process with this number exists and is not a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return fields.rpartition(")")[2].split()[0] not in {"Z", "X"}


def works_in(pid: int, directory: Path) -> bool:
    """Whether the process's working directory is `directory`: tells ours from one that took over its number."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(directory)
    except OSError:
        return False
