"""The queue's address from the cache's: kombu writes Unix sockets in a way of its own."""

from urllib.parse import parse_qs, urlsplit


def broker_url(redis_url: str) -> str:
    """'unix:///run/r.sock?db=2' as 'redis+socket:///run/r.sock?virtual_host=2'; other addresses unchanged."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"
