"""A private PostgreSQL cluster: unprivileged, on a Unix socket in a 0700 directory, no TCP."""

import contextlib
import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tools.stack import procs, say
from tools.stack.machine import memory_bytes
from tools.stack.supervisor import Spec, Supervisor, tail
from tools.stack.users import ServiceUser, allowed, caller

ROLE = "parvaneh"
DATABASE = "parvaneh"
SERVER_ROOTS = ("/usr/lib/postgresql", "/usr/share/postgresql")
LOWEST_MAJOR = 15
MIB = 1024 * 1024


@dataclass(frozen=True)
class Cluster:
    """Where a cluster lives and how it is to run. `durable` keeps fsync on."""

    data: Path
    sockets: Path
    log: Path
    user: ServiceUser
    durable: bool

    @property
    def url(self) -> str:
        """The address for DATABASE_URL."""
        return f"postgresql://{ROLE}@{str(self.sockets).replace('/', '%2F')}/{DATABASE}"


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


def configure(cluster: Cluster) -> None:
    """Write our settings and who may connect: the server's own user and the caller, by the kernel's word (peer)."""
    _write(cluster, "pg_hba.conf", "local all all peer map=parvaneh\n")
    names = sorted({cluster.user.name, caller().name})
    _write(cluster, "pg_ident.conf", "".join(f'parvaneh "{name}" {ROLE}\n' for name in names))
    _write(cluster, "postgresql.auto.conf", "".join(f"{k} = '{v}'\n" for k, v in settings(cluster).items()))


def _write(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.data / name
    # As its owner: root must not write through whatever that user may have put there.
    if not allowed(cluster.user, lambda: path.write_text(text, encoding="utf-8")):
        raise say.StackError(f"{cluster.user.name} cannot write {path}.")


def settings(cluster: Cluster) -> dict[str, str]:
    """Moderate tuning for one city on one machine; a test cluster gives durability away."""
    buffers = max(64, min(512, memory_bytes() // MIB // 8))
    safe = "on" if cluster.durable else "off"
    return {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "80",
        "shared_buffers": f"{buffers}MB",
        "work_mem": "64MB",
        "maintenance_work_mem": "128MB",
        "max_parallel_workers": "2",
        "max_wal_size": "2GB",
        "synchronous_commit": "off",  # an embedded city may lose its last half second, never its order
        "fsync": safe,
        "full_page_writes": safe,
        "jit": "off",  # compiling costs more than our short spatial queries
        "random_page_cost": "1.1",
        # A container's /dev/shm may be too small for parallel queries.
        "dynamic_shared_memory_type": "posix" if _roomy_shm() else "mmap",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }


def _roomy_shm() -> bool:
    try:
        return shutil.disk_usage("/dev/shm").total >= 512 * MIB  # noqa: S108 - asked for its size only
    except OSError:
        return False


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
    words: list[str | Path] = [programs / "pg_isready", "-q", "-h", cluster.sockets]
    while procs.run(words, env=_clean_env(), cwd=Path("/"), user=cluster.user) != 0:
        if time.monotonic() > deadline:
            raise say.StackError(f"PostgreSQL does not answer. The end of {cluster.log}:\n{tail(cluster.log)}")
        supervisor.pause(0.1)


def _make_database(cluster: Cluster, programs: Path) -> None:
    found = _psql(cluster, programs, "postgres", f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'")  # noqa: S608
    if found != "1":
        _psql(cluster, programs, "postgres", f"CREATE DATABASE {DATABASE}")
