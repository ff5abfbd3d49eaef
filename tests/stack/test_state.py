"""Locks, stamps, ports, stale process numbers."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools.stack import ports, postgres, procs, say, stamps
from tools.stack.locks import lock
from tools.stack.paths import Layout
from tools.stack.postgres_conf import Cluster, settings
from tools.stack.users import caller


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    for name in ("data", "sockets"):
        (tmp_path / name).mkdir()
    return Cluster(tmp_path / "data", tmp_path / "sockets", tmp_path / "log", caller(), durable=True)


def sleeper(cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], cwd=cwd)


def test_a_stale_pid_that_another_program_has_now_is_cleared_and_that_one_lives(cluster: Cluster) -> None:
    stranger = sleeper(Path("/"))
    try:
        (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n")
        (cluster.sockets / ".s.PGSQL.5432.lock").touch()
        postgres.clear_leftovers(cluster)
        assert stranger.poll() is None
        assert list(cluster.data.iterdir()) == list(cluster.sockets.iterdir()) == []
    finally:
        procs.end(stranger, grace=1)


def test_a_server_that_still_works_in_our_directory_is_stopped(cluster: Cluster) -> None:
    leftover = sleeper(cluster.data)
    try:
        (cluster.data / "postmaster.pid").write_text(f"{leftover.pid}\n")
        postgres.clear_leftovers(cluster)
        assert not procs.alive(leftover.pid)
    finally:
        procs.end(leftover, grace=1)


@pytest.mark.parametrize("text", ["", "not a number\n", "4194999\n"])
def test_a_damaged_or_dead_pid_file_is_cleared(cluster: Cluster, text: str) -> None:
    (cluster.data / "postmaster.pid").write_text(text)
    postgres.clear_leftovers(cluster)
    assert not (cluster.data / "postmaster.pid").exists()


def test_only_a_test_cluster_gives_durability_away(cluster: Cluster) -> None:
    assert settings(cluster)["fsync"] == "on"
    assert settings(cluster)["listen_addresses"] == ""
    fast = Cluster(cluster.data, cluster.sockets, cluster.log, cluster.user, durable=False)
    assert settings(fast)["fsync"] == "off"


def test_a_held_lock_names_its_holder(tmp_path: Path) -> None:
    with lock(tmp_path / "demo.lock", "demo", wait=False):
        with (
            pytest.raises(say.StackError, match=rf"`make demo` \(pid {os.getpid()}\)") as caught,
            lock(tmp_path / "demo.lock", "demo", wait=False),
        ):
            pytest.fail("two had the lock")
        assert caught.value.code == say.BUSY
    with lock(tmp_path / "demo.lock", "demo", wait=False):
        pass


def test_a_stamp_is_fresh_only_for_the_same_input(tmp_path: Path) -> None:
    layout, source = Layout(tmp_path), tmp_path / "uv.lock"
    source.write_text("one")
    value = stamps.digest([source, tmp_path / "missing"], "word")
    assert not stamps.is_fresh(layout, "python", value)
    stamps.remember(layout, "python", value)
    assert stamps.is_fresh(layout, "python", value)
    source.write_text("two")
    assert not stamps.is_fresh(layout, "python", stamps.digest([source, tmp_path / "missing"], "word"))
    stamps.forget(layout, "python")
    assert not stamps.is_fresh(layout, "python", value)


def test_a_wanted_port_must_be_free_and_a_number() -> None:
    with socket.socket() as taken:
        taken.bind((ports.LOOPBACK, 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(say.StackError, match="is taken"):
            ports.choose(str(number))
    for word in ("http", "0", "70000", "-1"):
        with pytest.raises(say.StackError, match="not a port number"):
            ports.choose(word)


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "is_free", lambda port: port >= 8002)
    assert ports.choose(None) == 8002
    assert ports.choose("8003") == 8003
