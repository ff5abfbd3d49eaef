"""Tiles held in the memory of this process: keys are immutable, so what is held can never be wrong."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

LIMIT_BYTES = 16_000_000
_OVERHEAD_BYTES = 400  # what an entry costs beside its body


class Held:
    """The most recently used bodies, together not larger than a limit. Safe between threads."""

    def __init__(self, limit: int = LIMIT_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        """The body, which becomes the most recently used one."""
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def put(self, key: Hashable, body: bytes) -> None:
        """Hold a body; the least recently used ones go when there is no room."""
        with self._lock:
            self._drop(key)
            self._bodies[key] = body
            self._size += len(body) + _OVERHEAD_BYTES
            while self._size > self._limit:
                self._drop(next(iter(self._bodies)))

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._bodies.clear()
            self._size = 0

    def _drop(self, key: Hashable) -> None:
        body = self._bodies.pop(key, None)
        if body is not None:
            self._size -= len(body) + _OVERHEAD_BYTES
