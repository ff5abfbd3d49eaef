"""A small load generator: keep-alive connections to loopback, each asking one thing after the other."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median

_OK = b"HTTP/1.1 200"


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: answers per second, latencies in ms in the order they came, bytes of each body."""

    per_second: float
    latencies: tuple[float, ...]
    sizes: tuple[int, ...]

    @property
    def p50(self) -> float:
        """Median latency, ms."""
        return median(self.latencies)


class WrongAnswerError(Exception):
    """An answer that is not 200: the measurement would mean nothing."""


def run_for(port: int, paths: Sequence[str], *, seconds: float, connections: int = 8) -> Load:
    """Ask the paths again and again for some seconds."""
    until = time.perf_counter() + seconds
    feeds = [islice(cycle(paths), n * len(paths) // connections, None) for n in range(connections)]
    return asyncio.run(_run(port, feeds, until))


def run_once(port: int, paths: Sequence[str], *, connections: int = 1) -> Load:
    """Ask each path once; latencies and sizes in the order of the paths when there is one connection."""
    shared = iter(paths)
    return asyncio.run(_run(port, [shared] * connections, float("inf")))


async def _run(port: int, feeds: Sequence[Iterator[str]], until: float) -> Load:
    seen: list[tuple[float, int]] = []
    begun = time.perf_counter()
    await asyncio.gather(*(_ask(port, feed, until, seen) for feed in feeds))
    took = time.perf_counter() - begun
    return Load(len(seen) / took, tuple(s[0] for s in seen), tuple(s[1] for s in seen))


async def _ask(port: int, feed: Iterator[str], until: float, seen: list[tuple[float, int]]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for path in feed:
            begun = time.perf_counter()
            if begun >= until:
                return
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            body = await _answer(reader, path)
            seen.append(((time.perf_counter() - begun) * 1000, len(body)))
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader, path: str) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    if b"content-length" not in fields:
        raise WrongAnswerError(f"{path}: an answer without Content-Length costs the server chunks: {head!r}")
    body = await reader.readexactly(int(fields[b"content-length"]))
    if not head.startswith(_OK):
        raise WrongAnswerError(f"{path}: {head.splitlines()[0]!r} {body[:300]!r}")
    return body
