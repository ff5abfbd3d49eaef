"""The queue lies in the database of Redis that the address names."""

import pytest

from apps.common.broker import broker_url


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("unix:///tmp/r.sock?db=3", "redis+socket:///tmp/r.sock?virtual_host=3"),
        ("unix:///tmp/r.sock", "redis+socket:///tmp/r.sock?virtual_host=0"),
        ("redis://queue:6379/2", "redis://queue:6379/2"),
    ],
)
def test_the_database_is_kept(address: str, wanted: str) -> None:
    assert broker_url(address) == wanted
