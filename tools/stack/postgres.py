"""A private PostgreSQL cluster: unprivileged, on a Unix socket in a 0700 directory, no TCP."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

from tools.stack import procs, say
from tools.stack.postgres_conf import DATABASE, ROLE, Cluster, configure
from tools.stack.supervisor import Spec, Supervisor, tail

SERVER_ROOTS = ("/usr/lib/postgresql", "/usr/share/postgresql")
LOWEST_MAJOR = 15


def find_server() -> tuple[int, Path] | None:
    """Newest installed server, 15 or later, that has PostGIS: (major, directory of its programs)."""
    programs, shared = (Path(p) for p in SERVER_ROOTS)
    majors = sorted((int(p.name) for p in programs.glob("[0-9]*") if p.name.isdecimal()), reverse=True)
    for major in majors:
        has_postgis = (shared / str(major) / "extension" / "postgis.control").exists()
        if major >= LOWEST_MAJOR and has_postgis and (programs / str(major) / "bin" / "postgres").exists():
            return major, programs / str(major) / "bin"
    return None


def _programs(data: Path) -> Path:
    found = find_server()
    if found is None:
        raise say.StackError("No PostgreSQL 15 or later with PostGIS is installed; run `make setup`.")
    version = data / "PG_VERSION"
    if not version.exists():
        return found[1]
    major = version.read_text(encoding="ascii").strip()
    own = Path(SERVER_ROOTS[0]) / major / "bin"
    if not (own / "postgres").exists():
        raise say.StackError(f"{data} was made by PostgreSQL {major}, which is gone. `make clean-state` starts anew.")
    return own


def _clean_env() -> dict[str, str]:
    # Nothing of the caller's: PGHOST, PGDATA or a locale would lead the server elsewhere.
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/nonexistent"}


def initialise(cluster: Cluster) -> None:
    """initdb next to the final place, then rename: a half-made cluster never has the final name."""
    draft = cluster.data.with_name(cluster.data.name + ".new")
    for path in (cluster.data, draft):
        shutil.rmtree(path, ignore_errors=True)
    words = ["--username", ROLE, "--encoding", "UTF8", "--locale", "C.UTF-8", "--auth", "peer"]
    program = _programs(cluster.data) / "initdb"
    say.note("making a private PostgreSQL cluster")
    with contextlib.suppress(FileNotFoundError):
        cluster.log.unlink()
    procs.ask([program, *words, "-D", draft], env=_clean_env(), cwd=Path("/"), user=cluster.user)
    draft.rename(cluster.data)


def clear_leftovers(cluster: Cluster) -> None:
    """After a kill -9: stop a server that still works in our directory, and remove files of one that is gone."""
    pid_file = cluster.data / "postmaster.pid"
    pid = _read_pid(pid_file)
    if pid is not None and procs.alive(pid) and procs.works_in(pid, cluster.data):
        say.note(f"stopping the PostgreSQL of an earlier run (pid {pid})")
        _stop_leftover(pid)
    for path in (pid_file, cluster.sockets / ".s.PGSQL.5432", cluster.sockets / ".s.PGSQL.5432.lock"):
        path.unlink(missing_ok=True)


def _read_pid(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _stop_leftover(pid: int) -> None:
    for number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 10)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while procs.alive(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        if not procs.alive(pid):
            return
    raise say.StackError(f"The PostgreSQL of an earlier run (pid {pid}) does not stop; end it by hand.")


def start(cluster: Cluster, supervisor: Supervisor) -> None:
    """Make the cluster if need be, start it as a child, wait until it answers, and make the database."""
    if not (cluster.data / "PG_VERSION").exists():
        initialise(cluster)
    clear_leftovers(cluster)
    configure(cluster)
    programs = _programs(cluster.data)
    spec = Spec(
        name="postgres",
        args=[programs / "postgres", "-D", cluster.data],
        env=_clean_env(),
        cwd=Path("/"),
        log=cluster.log,
        user=cluster.user,
        stop_signal=signal.SIGINT,  # "fast": ends sessions, keeps data
        grace=30,
    )
    supervisor.start(spec)
    _wait_until_ready(cluster, programs, supervisor)
    _make_database(cluster, programs)


def _psql(cluster: Cluster, programs: Path, database: str, sql: str) -> str:
    words: list[str | Path] = ["-X", "-A", "-t", "-q", "-h", cluster.sockets, "-U", ROLE, "-d", database, "-c", sql]
    return procs.ask([programs / "psql", *words], env=_clean_env(), cwd=Path("/"), user=cluster.user).strip()


def _wait_until_ready(cluster: Cluster, programs: Path, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + 120  # recovery after a crash takes its time
    words: list[str | Path] = [programs / "pg_isready", "-q", "-h", cluster.sockets, "-U", ROLE, "-d", "postgres"]
    while procs.run(words, env=_clean_env(), cwd=Path("/"), user=cluster.user) != 0:
        if time.monotonic() > deadline:
            raise say.StackError(f"PostgreSQL does not answer. The end of {cluster.log}:\n{tail(cluster.log)}")
        supervisor.pause(0.1)


def _make_database(cluster: Cluster, programs: Path) -> None:
    found = _psql(cluster, programs, "postgres", f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'")  # noqa: S608
    if found != "1":
        _psql(cluster, programs, "postgres", f"CREATE DATABASE {DATABASE}")
