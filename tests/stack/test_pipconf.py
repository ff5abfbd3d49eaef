import pytest

from tools.stack import pipconf

LISTING = r"""
:env:.timeout='90'
global.cert='/etc/ssl/corp.pem'
global.extra-index-url='https://b.example/simple\nhttps://c.example/simple'
global.index-url='https://a.example/simple'
global.timeout='15'
install.find-links='/srv/wheels'
install.trusted-host='a.example b.example'
freeze.all='true'
"""


def test_the_more_specific_setting_wins() -> None:
    pip = pipconf.parse(LISTING)
    assert pip["timeout"] == "90"
    assert pip["index-url"] == "https://a.example/simple"
    assert "all" not in pip


def test_indexes_in_uvs_words() -> None:
    assert pipconf.index_env(pipconf.parse(LISTING)) == {
        "UV_DEFAULT_INDEX": "https://a.example/simple",
        "UV_INDEX": "https://b.example/simple https://c.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/srv/wheels",
    }


def test_connection_in_uvs_words() -> None:
    assert pipconf.connection_env(pipconf.parse(LISTING)) == {
        "SSL_CERT_FILE": "/etc/ssl/corp.pem",
        "UV_HTTP_TIMEOUT": "90",
        "UV_INSECURE_HOST": "a.example b.example",
    }
    proxied = pipconf.connection_env({"proxy": "http://proxy.example:3128"})
    assert proxied == {
        "HTTP_PROXY": "http://proxy.example:3128",
        "HTTPS_PROXY": "http://proxy.example:3128",
    }


@pytest.mark.parametrize(
    ("pip", "other"),
    [
        ({}, False),
        ({"index-url": "https://pypi.org/simple/"}, False),
        ({"extra-index-url": "https://b.example/simple"}, False),
        ({"index-url": "https://a.example/simple"}, True),
        ({"no-index": "true", "find-links": "/srv/wheels"}, True),
    ],
)
def test_when_the_locks_addresses_cannot_be_used(pip: dict[str, str], other: bool) -> None:
    assert pipconf.needs_other_index(pip) is other


def test_an_unconfigured_pip_changes_nothing() -> None:
    assert pipconf.parse("") == {}
    assert pipconf.index_env({}) == {}
    assert pipconf.connection_env({}) == {}
