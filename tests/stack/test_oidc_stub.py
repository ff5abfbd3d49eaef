"""The stand-in for the sign-in service: when `make demo` starts it, what it says of itself, and that it is strict."""

import os
import tomllib
from pathlib import Path

import pytest
import requests

from apps.parties.national_id import is_national_id
from tools.oidc_stub.__main__ import read_identities
from tools.stack import oidc
from tools.stack.paths import ROOT, Layout
from tools.stack.say import StackError
from tools.stack.supervisor import Supervisor

IDENTITIES = ROOT / "cities" / "isfahan" / "identities.toml"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    folder = tmp_path / "cities" / "isfahan"
    folder.mkdir(parents=True)
    (folder / "identities.toml").write_bytes(IDENTITIES.read_bytes())
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return Layout(tmp_path)


@pytest.fixture
def env() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


def test_it_is_started_and_speaks_as_a_provider(layout: Layout, env: dict[str, str]) -> None:
    with Supervisor() as supervisor:
        told = oidc.start_stub(layout, supervisor, env)
        url = told["OIDC_ISSUER"]
        document = requests.get(url + oidc.DISCOVERY, timeout=5).json()
        ask = {"client_id": "x", "redirect_uri": "http://x/", "response_type": "code", "scope": "openid", "nonce": "n"}
        bare = requests.get(document["authorization_endpoint"], ask, timeout=5)
        pkce = ask | {"code_challenge": "y" * 43, "code_challenge_method": "S256"}
        page = requests.get(document["authorization_endpoint"], pkce, timeout=5).text
    assert document["issuer"] == url
    assert url.startswith("http://127.0.0.1:")
    assert "synthetic" in told["OIDC_NAME_EN"]
    assert bare.status_code == 400
    assert "ساختگی" in page
    assert "سارا نمونه" in page
    assert "http" not in page.split("<style>")[1]


def test_a_city_without_identities_and_one_with_a_provider_start_none(layout: Layout, env: dict[str, str]) -> None:
    with Supervisor() as supervisor:
        assert oidc.start_stub(layout, supervisor, env | {"CITY": "elsewhere"}) == {}
        assert oidc.start_stub(layout, supervisor, env | {"OIDC_ISSUER": "https://sso.example"}) == {}
        assert supervisor.children == []


def test_one_that_does_not_come_up_is_told(
    layout: Layout, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc, "DISCOVERY", "/no-such-page")
    monkeypatch.setattr(oidc, "PATIENCE_SECONDS", 0)
    with Supervisor() as supervisor, pytest.raises(StackError, match="does not answer"):
        oidc.start_stub(layout, supervisor, env)


def test_the_identities_are_invented_and_usable() -> None:
    people = read_identities(IDENTITIES)
    assert len({p["sub"] for p in people}) == len(people) >= 3
    assert all(p["sub"].startswith("synthetic-") and is_national_id(p["nationalCode"]) for p in people)
    demo = tomllib.loads((IDENTITIES.parent / "people.toml").read_text(encoding="utf-8"))["person"]
    taken = {p["national_id"] for p in demo if p.get("national_id")}
    assert not taken & {p["nationalCode"] for p in people}
