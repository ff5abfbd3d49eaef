"""The memory of a process: bounded, least recently used first out."""

from apps.map_services.held import Held

ENTRY = 400 + 100


def test_what_was_put_is_there_until_there_is_no_room() -> None:
    held = Held(limit=2 * ENTRY)
    held.put("a", b"a" * 100)
    held.put("b", b"b" * 100)
    assert held.get("a") == b"a" * 100
    held.put("c", b"c" * 100)
    assert held.get("b") is None
    assert (held.get("a"), held.get("c")) == (b"a" * 100, b"c" * 100)


def test_putting_the_same_again_takes_no_more_room() -> None:
    held = Held(limit=2 * ENTRY)
    for _ in range(5):
        held.put("a", b"a" * 100)
    held.put("b", b"b" * 100)
    assert held.get("a") is not None


def test_what_is_larger_than_all_room_is_not_held() -> None:
    held = Held(limit=ENTRY)
    held.put("a", b"a" * 101)
    assert held.get("a") is None
    held.put("b", b"b" * 100)
    assert held.get("b") == b"b" * 100


def test_empty_bodies_cost_room_too() -> None:
    held = Held(limit=1000)
    for n in range(10):
        held.put(n, b"")
    assert [n for n in range(10) if held.get(n) is not None] == [8, 9]


def test_clearing_gives_all_room_back() -> None:
    held = Held(limit=ENTRY)
    held.put("a", b"a" * 100)
    held.clear()
    assert held.get("a") is None
    held.put("b", b"b" * 100)
    assert held.get("b") is not None
