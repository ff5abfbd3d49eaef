"""A forwarded address counts only as far as our own proxies vouch for it."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from apps.common.addresses import client_address


def seen(*, peer: str, forwarded: str = "") -> str:
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **extra))


def test_without_proxies_the_header_is_ignored(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    assert seen(peer="192.0.2.1", forwarded="203.0.113.5") == "192.0.2.1"


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.5", "203.0.113.5"),  # the caller wrote 6.6.6.6 himself
        ("10.0.0.1", "203.0.113.5, 10.0.0.2", "203.0.113.5"),  # two of our proxies
        ("192.0.2.1", "203.0.113.5", "192.0.2.1"),  # not our proxy
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "rubbish", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.5, rubbish", "10.0.0.1"),
        ("", "203.0.113.5", "203.0.113.5"),  # a socket of ours
        ("10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # one subscriber owns the /64
        ("10.0.0.1", "::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_behind_our_proxies(settings: Settings, peer: str, forwarded: str, expected: str) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "unix"]
    assert seen(peer=peer, forwarded=forwarded) == expected


def test_a_socket_is_not_trusted_by_itself(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    assert seen(peer="", forwarded="203.0.113.5") == "unix"
