"""Makes uv use the package index that pip is configured for on this machine."""

import ast
from collections.abc import Mapping

PYPI = "https://pypi.org/simple"


def parse(listing: str) -> dict[str, str]:
    """The output of `pip config list` as option → value. The environment beats [install] beats [global]."""
    levels: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.splitlines():
        key, sign, value = line.partition("=")
        section, dot, option = key.strip().rpartition(".")
        if sign and dot and section in levels:
            levels[section][option] = _unquote(value.strip())
    return {**levels["global"], **levels["install"], **levels[":env:"]}


def _unquote(value: str) -> str:
    try:
        return str(ast.literal_eval(value))
    except (SyntaxError, ValueError):
        return value


def connection_env(pip: Mapping[str, str]) -> dict[str, str]:
    """How to reach any index: certificate, proxy, patience."""
    env: dict[str, str] = {}
    names = {"cert": "SSL_CERT_FILE", "client-cert": "SSL_CLIENT_CERT", "timeout": "UV_HTTP_TIMEOUT"}
    for option, variable in names.items():
        if pip.get(option):
            env[variable] = pip[option]
    if pip.get("trusted-host"):
        env["UV_INSECURE_HOST"] = " ".join(pip["trusted-host"].split())
    if pip.get("proxy"):
        env |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), pip["proxy"])
    return env


def index_env(pip: Mapping[str, str]) -> dict[str, str]:
    """Which indexes to ask, in uv's words."""
    env: dict[str, str] = {}
    if pip.get("index-url"):
        env["UV_DEFAULT_INDEX"] = pip["index-url"]
    if pip.get("extra-index-url"):
        env["UV_INDEX"] = " ".join(pip["extra-index-url"].split())
        # pip takes the best file of all indexes. Safe here: every file must have the hash in the lock.
        env["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if pip.get("find-links"):
        env["UV_FIND_LINKS"] = ",".join(pip["find-links"].split())
    if pip.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        env["UV_NO_INDEX"] = "1"
    return env


def needs_other_index(pip: Mapping[str, str]) -> bool:
    """Whether pip is sent elsewhere than to PyPI, to which the lock file's addresses lead."""
    url = pip.get("index-url", "").rstrip("/")
    return "UV_NO_INDEX" in index_env(pip) or url not in {"", PYPI}
