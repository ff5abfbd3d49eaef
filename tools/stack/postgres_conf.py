"""What a private PostgreSQL cluster is: its place, its settings, and who may connect."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.stack import say
from tools.stack.machine import memory_bytes
from tools.stack.users import ServiceUser, allowed, caller

ROLE = "parvaneh"
DATABASE = "parvaneh"
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
        "synchronous_commit": safe,  # an act that was confirmed on screen must outlive a power cut
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
