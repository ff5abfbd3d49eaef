"""With tiny children that write down what happens to them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.stack import procs
from tools.stack.say import StackError
from tools.stack.supervisor import Interrupted, Spec, Supervisor

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import signal, sys, time
def stop(number, frame):
    open(sys.argv[1], "a").write(sys.argv[2] + " " + signal.Signals(number).name + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
open(sys.argv[1], "a").write(sys.argv[2] + " up\\n")
time.sleep(60)
"""


def spec(tmp_path: Path, name: str, program: str = CHILD, **more: object) -> Spec:
    args: list[str | Path] = [sys.executable, "-c", program, tmp_path / "diary", name]
    return Spec(name, args, dict(os.environ), tmp_path, tmp_path / f"{name}.log", **more)  # type: ignore[arg-type]


def diary(tmp_path: Path) -> list[str]:
    path = tmp_path / "diary"
    return path.read_text().splitlines() if path.exists() else []


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_children_stop_in_the_reverse_order_of_their_start(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        for name in ("postgres", "redis", "worker", "web"):
            number = signal.SIGINT if name == "postgres" else signal.SIGTERM
            supervisor.start(spec(tmp_path, name, stop_signal=number))
            until(lambda name=name: f"{name} up" in diary(tmp_path))  # type: ignore[misc]
    assert diary(tmp_path)[4:] == ["web SIGTERM", "worker SIGTERM", "redis SIGTERM", "postgres SIGINT"]


def test_a_dead_child_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    dying = "import sys; print('first'); print('no such table', flush=True); sys.exit(7)"
    with Supervisor() as supervisor:
        other = supervisor.start(spec(tmp_path, "redis"))
        supervisor.start(spec(tmp_path, "worker", dying))
        with pytest.raises(StackError, match=r"(?s)worker ended by itself \(exit code 7\).*worker\.log.*no such table"):
            supervisor.pause(10)
    assert other.returncode is not None


def test_a_child_that_does_not_listen_is_ended_with_its_group(tmp_path: Path) -> None:
    deaf = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "open(sys.argv[1], 'a').write(str(p.pid) + '\\n'); time.sleep(60)"
    )
    with Supervisor() as supervisor:
        child = supervisor.start(spec(tmp_path, "web", deaf, grace=0.2))
        until(lambda: len(diary(tmp_path)) == 1)
    assert child.returncode == -signal.SIGKILL
    until(lambda: not procs.alive(int(diary(tmp_path)[0])))


def test_a_signal_stops_everything(tmp_path: Path) -> None:
    def body() -> None:
        with Supervisor() as supervisor:
            supervisor.start(spec(tmp_path, "web"))
            until(lambda: "web up" in diary(tmp_path))
            os.kill(os.getpid(), signal.SIGTERM)
            supervisor.pause(10)

    with pytest.raises(Interrupted):
        body()
    assert diary(tmp_path)[-1] == "web SIGTERM"
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_command_is_broken_off_when_a_child_dies(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        supervisor.start(spec(tmp_path, "worker", "import time; time.sleep(0.3)"))
        began = time.monotonic()
        with pytest.raises(StackError, match="worker ended by itself"):
            supervisor.run([sys.executable, "-c", "import time; time.sleep(30)"], env=os.environ, cwd=tmp_path)
        assert time.monotonic() - began < 10


def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    program = f"""
import os, sys, time
from pathlib import Path
from tools.stack.supervisor import Spec, Supervisor
from tests.stack.test_supervisor import spec
with Supervisor() as supervisor:
    print(supervisor.start(spec(Path({str(tmp_path)!r}), "web")).pid, flush=True)
    time.sleep(60)
"""
    outer = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)
    assert outer.stdout is not None
    child = int(outer.stdout.readline())
    until(lambda: "web up" in diary(tmp_path))
    outer.kill()
    outer.wait()
    outer.stdout.close()
    until(lambda: not procs.alive(child))
    assert diary(tmp_path)[-1] == "web SIGTERM"
