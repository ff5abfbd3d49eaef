"""How often one address or one number may do a thing.

Two counters. `spend` counts in the shared cache (strict limits: codes, requests); while Redis is away each
process counts alone, so a limit may stretch to its multiple but never closes the site. `LocalWindow` counts
inside the process without any call (the hot paths): its limit is per worker process, and generous.
"""

import math
import time
from dataclasses import dataclass

from django.http import HttpRequest
from django_ratelimit.core import get_usage

from apps.common.errors import TooManyCallsError
from apps.common.text import persian_digits


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `amount` in each window of `seconds`."""

    name: str
    amount: int
    seconds: int

    @property
    def rate(self) -> str:
        """In the notation of django-ratelimit."""
        return f"{self.amount}/{self.seconds}s"


def spend(request: HttpRequest, *, limit: Limit, key: str) -> None:
    """Count one use of `limit` by `key`. Raises TooManyCallsError when it is used up."""
    usage = get_usage(request, group=limit.name, key=lambda _group, _request: key, rate=limit.rate, increment=True)
    if usage is not None and usage["should_limit"]:
        raise too_many(seconds=max(1, int(usage["time_left"])))


def check(request: HttpRequest, *, limit: Limit, key: str) -> None:
    """Raises TooManyCallsError when `limit` is used up by `key`; counts nothing. For limits on failures alone."""
    usage = get_usage(request, group=limit.name, key=lambda _group, _request: key, rate=limit.rate, increment=False)
    if usage is not None and usage["count"] >= limit.amount:
        raise too_many(seconds=max(1, int(usage["time_left"])))


def too_many(*, seconds: int) -> TooManyCallsError:
    """The error of every limit; says how long to wait."""
    minutes = math.ceil(seconds / 60)
    fa, en = (
        (f"{seconds} ثانیه", f"{seconds} s") if seconds < 60 else (f"{minutes} دقیقه", f"{minutes} min")  # noqa: PLR2004
    )
    return TooManyCallsError(
        fa=f"تعداد درخواست‌ها از این نشانی یا شماره زیاد است. {persian_digits(fa)} دیگر دوباره تلاش کنید.",
        en=f"Too many calls from this address or for this number. Try again in {en}.",
        retry_after=seconds,
    )


class LocalWindow:
    """Counts per key in a fixed window inside one process; forgets everything when the window turns.

    Memory is bounded by `most_keys`: callers beyond that share one counter. Lost updates between threads
    only make it more generous.
    """

    def __init__(self, *, amount: int, seconds: int, most_keys: int = 50_000) -> None:
        self.amount = amount
        self.seconds = seconds
        self._most_keys = most_keys
        self._window = 0
        self._counts: dict[str, int] = {}

    def left_to_wait(self, key: str) -> int:
        """Count one call; 0 when it is allowed, else the seconds until the window turns."""
        instant = time.monotonic()
        window = int(instant // self.seconds)
        if window != self._window:
            self._window, self._counts = window, {}
        counts = self._counts
        if key not in counts and len(counts) >= self._most_keys:
            key = ""
        count = counts[key] = counts.get(key, 0) + 1
        if count <= self.amount:
            return 0
        return max(1, math.ceil((window + 1) * self.seconds - instant))
