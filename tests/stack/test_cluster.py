"""A real private database and queue, in a directory as long and as closed as they come."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.stack import instance, postgres, queue
from tools.stack.paths import Layout, socket_dir
from tools.stack.supervisor import Supervisor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.find_server() is None or queue.find_server() is None, reason="no server here"),
]


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Layout]:
    """A checkout in a long path. As root the service user cannot enter it, so the state goes elsewhere."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path.joinpath(*["a long directory name"] * 8)
    root.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as outside:
        Path(outside).chmod(0o755)
        monkeypatch.setattr(instance, "SYSTEM_STATE", Path(outside))
        yield Layout(root)
        instance.remove(Layout(root), "smoke", purpose="test")


def test_it_starts_twice_answers_its_owner_only_and_leaves_nothing(layout: Layout) -> None:
    for _ in range(2):
        with (
            Supervisor() as supervisor,
            instance.running(layout, "smoke", supervisor, durable=False, purpose="test") as found,
        ):
            sockets = socket_dir(layout.key, "smoke")
            assert queue.answers(sockets / "redis.sock")
            assert select_one(found.database).stdout.strip() == "1"
            assert no_tcp(supervisor)
            if os.geteuid() == 0:
                assert select_one(found.database, user=65534).returncode != 0
            pids = [process.pid for _, process in supervisor.children]
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
        assert not sockets.exists()


def select_one(url: str, user: int | None = None) -> subprocess.CompletedProcess[str]:
    server = postgres.find_server()
    assert server is not None
    words: list[str | Path] = [server[1] / "psql", "-X", "-A", "-t", "-d", url, "-c", "SELECT 1"]
    return subprocess.run(words, user=user, cwd="/", capture_output=True, text=True, check=False)


def no_tcp(supervisor: Supervisor) -> bool:
    """Whether no child listens on a TCP port: none of its sockets is in the kernel's list."""
    tables = [Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6")]
    inodes = {line.split()[9] for table in tables for line in table.splitlines()[1:] if line.split()[3] == "0A"}
    for _, process in supervisor.children:
        links = [str(p.readlink()) for p in Path(f"/proc/{process.pid}/fd").iterdir()]
        if any(f"socket:[{inode}]" in links for inode in inodes):
            return False
    return True
