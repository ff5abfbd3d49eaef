"""An instance: a private database and queue under one name, or those that the environment gives."""

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.stack import postgres, queue, say
from tools.stack.locks import lock
from tools.stack.paths import Layout, ignored_dir, private_dir, socket_dir
from tools.stack.postgres_conf import Cluster
from tools.stack.supervisor import Supervisor
from tools.stack.users import ServiceUser, can_keep_files, owner_of, service_user

SYSTEM_STATE = Path("/var/lib/parvaneh")
NAMES = ("demo", "test", "smoke", "bench")


@dataclass(frozen=True)
class Addresses:
    """Where the database and the queue are, as the application reads it."""

    database: str
    queue: str

    def env(self) -> dict[str, str]:
        """The same as environment variables."""
        return {"DATABASE_URL": self.database, "REDIS_URL": self.queue}


def external(environ: Mapping[str, str] = os.environ) -> Addresses:
    """What the environment gives; empty where ours is to be started."""
    return Addresses(environ.get("DATABASE_URL", ""), environ.get("REDIS_URL", ""))


def pointer(layout: Layout, name: str) -> Path:
    """The file that says where an instance's data went when it could not stay in the checkout."""
    return layout.var / f"{name}.location"


def recorded(layout: Layout, name: str) -> Path | None:
    """Where the pointer leads. One that came along in a copy of the checkout leads to another's data: not ours."""
    try:
        place = Path(pointer(layout, name).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None
    return place if place.parent.name == layout.key else None


def state_dir(layout: Layout, name: str, user: ServiceUser) -> Path:
    """The data directory: in the checkout, or, where the service user cannot enter that, in /var/lib."""
    place = recorded(layout, name)
    if place is not None:
        return private_dir(place, user.uid, user.gid)
    inside = private_dir(layout.var / name, user.uid, user.gid)
    if can_keep_files(user, inside):
        return inside
    if any(inside.iterdir()):
        raise say.StackError(f"{user.name} can no longer enter {inside}; mend the permissions on the way to it.")
    inside.rmdir()
    return _outside(layout, name, user)


def _outside(layout: Layout, name: str, user: ServiceUser) -> Path:
    if os.geteuid() != 0:
        raise say.StackError(f"{layout.var} is not writable.")
    outside = SYSTEM_STATE / layout.key / name
    outside.parent.mkdir(parents=True, exist_ok=True)
    private_dir(outside, user.uid, user.gid)
    if not can_keep_files(user, outside):
        raise say.StackError(f"{user.name} can write neither below {layout.var} nor in {outside}.")
    pointer(layout, name).write_text(f"{outside}\n", encoding="utf-8")
    say.note(f"the private database lives in {outside}: {user.name} may not enter this checkout")
    return outside


def _owner(layout: Layout, name: str) -> ServiceUser:
    """Who runs the instance: the owner of its data if there is any, so that it stays readable."""
    place = recorded(layout, name) or layout.var / name
    if not place.exists() or (os.access(place, os.X_OK) and not (place / "postgres").exists()):
        return service_user()
    owner = owner_of(place)
    if owner.uid == 0:
        raise say.StackError(f"{place} belongs to root, and PostgreSQL never runs as root; `make clean-state`.")
    if os.geteuid() not in {0, owner.uid}:
        raise say.StackError(f"{place} belongs to {owner.name}; run this as that user or as root.")
    return owner


@contextlib.contextmanager
def running(layout: Layout, name: str, supervisor: Supervisor, *, durable: bool, purpose: str) -> Iterator[Addresses]:
    """Start what the environment does not give, and hold the instance's lock meanwhile. The supervisor stops it."""
    given = external()
    if given.database and given.queue:
        yield given
        return
    ignored_dir(layout.var)
    with lock(layout.var / f"{name}.lock", purpose, wait=False):
        user = _owner(layout, name)
        data = state_dir(layout, name, user)
        sockets = private_dir(socket_dir(layout.key, name), user.uid, user.gid)
        database, broker = given.database, given.queue
        try:
            if not database:
                cluster = _cluster(layout, data, sockets, user, durable=durable)
                postgres.start(cluster, supervisor)
                database = cluster.url
            if not broker:
                own_queue = _queue(layout, data, sockets, user, durable=durable)
                queue.start(own_queue, supervisor)
                broker = own_queue.url
            yield Addresses(database, broker)
        finally:
            supervisor.stop()
            shutil.rmtree(sockets, ignore_errors=True)


def _cluster(layout: Layout, data: Path, sockets: Path, user: ServiceUser, *, durable: bool) -> Cluster:
    log = layout.logs / f"{sockets.name.rpartition('-')[2]}-postgres.log"
    return Cluster(data / "postgres", sockets, log, user, durable)


def _queue(layout: Layout, data: Path, sockets: Path, user: ServiceUser, *, durable: bool) -> queue.Queue:
    place = private_dir(data / "redis", user.uid, user.gid)
    log = layout.logs / f"{sockets.name.rpartition('-')[2]}-redis.log"
    return queue.Queue(place, sockets, log, user, durable)


def remove(layout: Layout, name: str, *, purpose: str) -> None:
    """Remove an instance's data, wherever it lies. Refuses while it is in use."""
    with lock(layout.var / f"{name}.lock", purpose, wait=False):
        place = recorded(layout, name)
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)
            with contextlib.suppress(OSError):
                place.parent.rmdir()
        pointer(layout, name).unlink(missing_ok=True)
        for path in (layout.var / name, socket_dir(layout.key, name)):
            shutil.rmtree(path, ignore_errors=True)
