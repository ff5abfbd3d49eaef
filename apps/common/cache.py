"""The shared cache, and what happens while Redis is away: each process counts and remembers for itself.

Nothing in the cache is the only copy of anything, so its loss may cost work but never an answer.
"""

import logging
import time
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

log = logging.getLogger(__name__)
RETRY_SECONDS = 5.0
AWAY = (RedisConnectionError, RedisTimeoutError)


class SteadyClient:
    """Asks Redis; when it is away, this process's own memory, and asks Redis again after RETRY_SECONDS."""

    # Shared by the threads of this process: one of them finding Redis away is enough.
    _away_until: ClassVar[dict[str, float]] = {}

    def __init__(self, servers: list[str], **options: Any) -> None:
        self._server = servers[0]
        self._redis = RedisCacheClient(servers, **options)
        # Keys arrive here already made and versioned, so the stand-in must not prefix them again.
        self._local = LocMemCache("redis-is-away", {"KEY_FUNCTION": _plain_key, "OPTIONS": {"MAX_ENTRIES": 20_000}})

    def _ask(self, name: str, *args: Any) -> Any:
        if time.monotonic() >= self._away_until.get(self._server, 0.0):
            try:
                return getattr(self._redis, name)(*args)
            except AWAY as error:
                self._away_until[self._server] = time.monotonic() + RETRY_SECONDS
                log.warning("Redis is away (%s); this process remembers for itself", type(error).__name__)
        return getattr(self._local, name)(*args)

    def add(self, key: str, value: Any, timeout: float | None) -> bool:
        """Set only when absent; True when set."""
        return bool(self._ask("add", key, value, timeout))

    def get(self, key: str, default: Any) -> Any:
        """The value, or `default`."""
        return self._ask("get", key, default)

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        """Store for `timeout` seconds; None = for ever."""
        self._ask("set", key, value, timeout)

    def touch(self, key: str, timeout: float | None) -> bool:
        """Give a new timeout; False when the key is not there."""
        return bool(self._ask("touch", key, timeout))

    def delete(self, key: str) -> bool:
        """Forget; False when the key was not there."""
        return bool(self._ask("delete", key))

    def get_many(self, keys: Any) -> dict[str, Any]:
        """The values that are there."""
        found: dict[str, Any] = self._ask("get_many", list(keys))
        return found

    def has_key(self, key: str) -> bool:
        """Whether the key is there."""
        return bool(self._ask("has_key", key))

    def incr(self, key: str, delta: int) -> int:
        """Add atomically. Raises ValueError when the key is not there."""
        return int(self._ask("incr", key, delta))

    def set_many(self, data: Mapping[str, Any], timeout: float | None) -> None:
        """Store several."""
        self._ask("set_many", data, timeout)

    def delete_many(self, keys: Any) -> None:
        """Forget several."""
        self._ask("delete_many", list(keys))

    def clear(self) -> bool:
        """Forget everything in this Redis database and in this process."""
        self._local.clear()
        return bool(self._ask("clear"))


class SteadyCache(RedisCache):
    """Django's Redis cache that outlives Redis (settings.CACHES)."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SteadyClient


def _plain_key(key: str, _prefix: str, _version: int) -> str:
    return key
