"""Each process of a parallel run has a queue of its own."""

import pytest

from tests.lanes import own_queue


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("unix:///run/r.sock?db=0", "unix:///run/r.sock?db=2"),
        ("unix:///run/r.sock", "unix:///run/r.sock?db=2"),
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/2"),
    ],
)
def test_the_second_process_takes_another_database_of_the_same_server(address: str, own: str) -> None:
    assert own_queue(address, "gw1") == own
    assert own_queue(address, "gw0") == own[:-1] + "1"
