"""A queue of its own for each process of a parallel test run. A plugin, because settings read the address first.

pytest-django gives each process its own database in the same way.
"""

import os

WORKER, QUEUE = "PYTEST_XDIST_WORKER", "REDIS_URL"


def own_queue(address: str, worker: str) -> str:
    """The address with the database number of this worker: 'gw0' → 1, 'gw1' → 2."""
    base, _, query = address.partition("?")
    if query or base.startswith("unix:"):
        return f"{base}?db={int(worker.removeprefix('gw')) + 1}"
    return f"{base.rsplit('/', 1)[0]}/{int(worker.removeprefix('gw')) + 1}"


if WORKER in os.environ and os.environ.get(QUEUE):
    os.environ[QUEUE] = own_queue(os.environ[QUEUE], os.environ[WORKER])
