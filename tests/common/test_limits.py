"""Counting calls, in the shared cache and inside the process, with Redis there and away."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from apps.common import clock
from apps.common.cache import SteadyClient
from apps.common.errors import TooManyCallsError
from apps.common.limits import Limit, LocalWindow, spend, too_many

NOWHERE = "unix:///nonexistent/redis.sock"


def redis_is_away(settings: Settings) -> None:
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": NOWHERE}}


@pytest.mark.parametrize("away", [False, True])
def test_spend_counts_per_key_and_forgets_after_the_window(settings: Settings, away: bool) -> None:
    if away:
        redis_is_away(settings)
    request, limit = RequestFactory().get("/"), Limit("test", 3, 60)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(3):
            spend(request, limit=limit, key="a")
        with pytest.raises(TooManyCallsError) as refused:
            spend(request, limit=limit, key="a")
        assert 0 < refused.value.details["retry_after"] <= 60
        spend(request, limit=limit, key="b")
        traveller.shift(timedelta(seconds=61))
        spend(request, limit=limit, key="a")


def test_cache_answers_from_memory_while_redis_is_away(settings: Settings) -> None:
    redis_is_away(settings)
    cache.set("x", {"a": 1}, 30)
    assert cache.get("x") == {"a": 1}
    assert cache.add("x", 2, 30) is False
    assert cache.get_or_set("n", 5) == 5
    assert cache.incr("n") == 6
    cache.set_many({"p": 1, "q": 2})
    assert cache.get_many(["p", "q", "z"]) == {"p": 1, "q": 2}
    cache.delete_many(["p"])
    assert "p" not in cache
    assert cache.touch("q", 60) is True
    assert cache.delete("q") is True
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")


def test_redis_is_asked_again_when_it_is_back(settings: Settings) -> None:
    here = settings.CACHES["default"]["LOCATION"]
    client = SteadyClient([NOWHERE], socket_connect_timeout=1)
    client.set("k", "local", 30)
    SteadyClient._away_until[NOWHERE] = 0.0  # as if the waiting time were over
    client._redis = SteadyClient([here])._redis
    client.set("test-steady-k", "shared", 30)
    assert SteadyClient([here]).get("test-steady-k", None) == "shared"
    client.delete("test-steady-k")


def test_local_window_counts_each_key_and_turns() -> None:
    with time_machine.travel(clock.now(), tick=False):
        window = LocalWindow(amount=2, seconds=60)
        assert [window.left_to_wait("a") for _ in range(2)] == [0, 0]
        assert 1 <= window.left_to_wait("a") <= 60
        assert window.left_to_wait("b") == 0


def test_local_window_memory_is_bounded() -> None:
    window = LocalWindow(amount=3, seconds=3600, most_keys=2)
    for key in ("a", "b"):
        assert window.left_to_wait(key) == 0
    waits = [window.left_to_wait(f"other-{n}") for n in range(5)]
    assert waits[:3] == [0, 0, 0]
    assert all(waits[3:])
    assert len(window._counts) <= 3


def test_the_waiting_time_is_said_in_the_digits_of_the_language() -> None:
    assert "۴۷ ثانیه" in too_many(seconds=47).message.fa
    assert "۲ دقیقه" in too_many(seconds=61).message.fa
    assert "2 min" in too_many(seconds=61).message.en
