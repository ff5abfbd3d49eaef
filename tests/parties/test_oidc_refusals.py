"""What a hostile or broken provider, browser or network sends: refused with a sentence, and no session."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
import requests
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from apps.common import clock
from apps.parties.models import Identity, Person
from apps.parties.oidc_fetch import ShortSession
from tests.oidc import START, Stub, claims_of, come_back, consent, is_in, leave, running_stub, through

pytestmark = pytest.mark.django_db
STALE = "پاسخ سامانهٔ ورود پذیرفته نشد"
AWAY = "سامانهٔ ورود پاسخ نمی‌دهد"
Change = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture(scope="module")
def running() -> Iterator[Stub]:
    with running_stub() as stub:
        yield stub


@pytest.fixture(autouse=True)
def stub(running: Stub, settings: Settings) -> Iterator[Stub]:
    running.app.extensions["spoil"] = None
    running.configure(settings)
    yield running
    running.app.extensions["spoil"] = None


def expect_refused(client: Client, response, *, says: str = STALE, status: int = 403) -> None:
    assert response.status_code == status
    page = response.content.decode()
    assert says in page
    assert 'role="alert"' in page
    assert "Traceback" not in page
    assert not is_in(client)
    assert not Person.objects.exists()
    assert not Identity.objects.exists()


def pem(key: Any) -> bytes:
    found: bytes = key.as_pem(is_private=True)
    return found


def resigned(change: Change, **header: str) -> Callable[[dict[str, Any], Any], None]:
    """The provider's own key under claims that were changed."""

    def spoil(said: dict[str, Any], key: Any) -> None:
        claims = jwt.decode(said["id_token"], options={"verify_signature": False})
        said["id_token"] = jwt.encode(change(claims), pem(key), algorithm="RS256", headers=header or None)

    return spoil


def unsigned(said: dict[str, Any], _key: Any) -> None:
    claims = jwt.decode(said["id_token"], options={"verify_signature": False})
    said["id_token"] = jwt.encode(claims, "", algorithm="none")


def signed_with_the_public_key(said: dict[str, Any], key: Any) -> None:
    """The classic: HS256 whose secret is what everybody can read."""
    claims = jwt.decode(said["id_token"], options={"verify_signature": False})
    head, body = ({"alg": "HS256", "typ": "JWT"}, claims)
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (head, body)]
    raw = b".".join(parts)
    mac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(raw, key.as_pem(is_private=False))
    said["id_token"] = (raw + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def signed_by_a_stranger(said: dict[str, Any], _key: Any) -> None:
    claims = jwt.decode(said["id_token"], options={"verify_signature": False})
    said["id_token"] = jwt.encode(claims, rsa.generate_private_key(65537, 2048), algorithm="RS256")


def bent(said: dict[str, Any], _key: Any) -> None:
    head, body, mark = said["id_token"].split(".")
    said["id_token"] = f"{head}.{body[:-4]}AAAA.{mark}"


def without_id_token(said: dict[str, Any], _key: Any) -> None:
    del said["id_token"]


def without_access_token(said: dict[str, Any], _key: Any) -> None:
    del said["access_token"]


def another_tokens(said: dict[str, Any], key: Any) -> None:
    """An ID token of Reza beside an access token of Sara."""
    resigned(lambda claims: {**claims, "sub": "reza"})(said, key)


SPOILED = {
    "wrong issuer": resigned(lambda claims: {**claims, "iss": "https://evil.example"}),
    "no issuer": resigned(lambda claims: {k: v for k, v in claims.items() if k != "iss"}),
    "wrong audience": resigned(lambda claims: {**claims, "aud": "somebody else"}),
    "two audiences, no party": resigned(lambda claims: {**claims, "aud": [claims_aud(claims), "other"]}),
    "another party": resigned(lambda claims: {**claims, "azp": "somebody else"}),
    "expired": resigned(lambda claims: {**claims, "iat": int(time.time()) - 900, "exp": int(time.time()) - 60}),
    "no expiry": resigned(lambda claims: {k: v for k, v in claims.items() if k != "exp"}),
    "not yet": resigned(lambda claims: {**claims, "iat": int(time.time()) + 600}),
    "no subject": resigned(lambda claims: {k: v for k, v in claims.items() if k != "sub"}),
    "subject is a number": resigned(lambda claims: {**claims, "sub": 7}),
    "other nonce": resigned(lambda claims: {**claims, "nonce": "of another visit"}),
    "no nonce": resigned(lambda claims: {k: v for k, v in claims.items() if k != "nonce"}),
    "unknown key": resigned(lambda claims: claims, kid="no such key"),
    "alg none": unsigned,
    "HS256 with the public key": signed_with_the_public_key,
    "signed by a stranger": signed_by_a_stranger,
    "bent": bent,
    "no ID token": without_id_token,
    "no access token": without_access_token,
    "about somebody else": another_tokens,
}


def claims_aud(claims: dict[str, Any]) -> str:
    return claims["aud"] if isinstance(claims["aud"], str) else claims["aud"][0]


@pytest.mark.parametrize("name", sorted(SPOILED))
def test_a_spoiled_token_lets_nobody_in(client: Client, stub: Stub, name: str) -> None:
    stub.app.extensions["spoil"] = SPOILED[name]
    expect_refused(client, through(client))


def test_the_same_token_unspoiled_does(client: Client, stub: Stub) -> None:
    """Otherwise the test above would prove nothing."""
    stub.app.extensions["spoil"] = resigned(lambda claims: claims)
    assert through(client).status_code == 302
    assert is_in(client)


def test_a_few_seconds_between_two_clocks_do_no_harm(client: Client, stub: Stub) -> None:
    stub.app.extensions["spoil"] = resigned(lambda claims: {**claims, "iat": int(time.time()) + 10})
    through(client)
    assert is_in(client)


def test_a_forged_state(client: Client) -> None:
    location = consent(leave(client))
    expect_refused(client, come_back(client, location.replace("state=", "state=x")))
    expect_refused(client, client.get("/oidc/callback/", {"code": claims_of(location)["code"]}))


def test_a_state_of_another_browser(client: Client) -> None:
    """Login CSRF: an attacker's answer in a victim's browser signs nobody in."""
    attackers = consent(leave(Client()))
    leave(client)
    expect_refused(client, come_back(client, attackers))


def test_a_state_that_waited_too_long(client: Client) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        location = consent(leave(client))
        traveller.shift(timedelta(seconds=601))
        expect_refused(client, come_back(client, location))


def test_an_answer_used_twice(client: Client) -> None:
    location = consent(leave(client))
    assert come_back(client, location).status_code == 302
    replayed = come_back(client, location)
    assert replayed.status_code == 403
    assert STALE in replayed.content.decode()


def test_a_code_replayed_under_a_fresh_state(client: Client) -> None:
    used = claims_of(consent(leave(Client())))["code"]
    thief = leave(client)
    expect_refused(client, client.get("/oidc/callback/", {"code": used, "state": claims_of(thief)["state"]}))


def test_the_code_is_worth_nothing_without_the_verifier(client: Client) -> None:
    """PKCE: the challenge is a digest, S256, and the provider got it."""
    asked = claims_of(leave(client))
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) >= 32
    assert asked["redirect_uri"] == "http://testserver/oidc/callback/"
    assert sorted(asked["scope"].split()) == ["openid", "phone", "profile"]


def test_what_the_address_adds_changes_nothing(client: Client) -> None:
    """allauth would take scope, auth_params and process from the query."""
    page = client.post(f"{START}?scope=email&auth_params=prompt%3Dnone&process=connect").content.decode()
    there = page.split('http-equiv="refresh"')[1].split(">")[0]
    assert "email" not in there
    assert "prompt" not in there


def test_saying_no_over_there(client: Client) -> None:
    refused = come_back(client, consent(leave(client), action="deny"))
    expect_refused(client, refused, says="از آن منصرف شدید")


def test_other_answers_of_the_provider(client: Client) -> None:
    for query in ({}, {"error": "server_error"}, {"state": "x", "error": "access_denied"}, {"code": "", "state": ""}):
        expect_refused(client, client.get("/oidc/callback/", query))


@pytest.fixture
def nobody_there(settings: Settings) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"  # the discard port: nothing listens


@pytest.mark.usefixtures("nobody_there")
def test_a_provider_that_is_away(client: Client) -> None:
    refused = client.post(START)
    expect_refused(client, refused, says=AWAY, status=503)
    assert refused["Retry-After"] == "60"
    assert 'href="/account/login/code/"' in refused.content.decode()
    assert client.get("/account/login/").status_code == 200
    assert client.post("/account/login/", {"phone": "09121234567"}).status_code == 302


@pytest.mark.usefixtures("nobody_there")
def test_one_that_is_away_is_not_asked_again_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = ShortSession.get
    monkeypatch.setattr(ShortSession, "get", lambda self, url, **kw: asked.append(url) or real(self, url, **kw))
    for _ in range(3):
        assert client.post(START).status_code == 503
    assert len(asked) == 1
    cache.clear()
    assert client.post(START).status_code == 503
    assert len(asked) == 2


def test_one_that_goes_away_meanwhile(client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    location = consent(leave(client))

    def cut(*_: object, **__: object) -> None:
        raise requests.ConnectionError("cut")

    monkeypatch.setattr(ShortSession, "request", cut)
    expect_refused(client, come_back(client, location), says=AWAY, status=503)


def test_calls_wait_briefly_and_follow_nothing(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    real = requests.Session.request

    def watch(self, method, url, **kwargs):
        seen.update(kwargs)
        return real(self, method, url, **kwargs)

    monkeypatch.setattr(requests.Session, "request", watch)
    ShortSession().get(f"{stub.url}/jwks", timeout=900, allow_redirects=True)
    assert seen["timeout"] == (2.0, 4.0)
    assert seen["allow_redirects"] is False


def test_an_endless_answer_is_cut(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.parties.oidc_fetch._MOST_BYTES", 10)
    with pytest.raises(requests.RequestException, match="too long"):
        ShortSession().get(f"{stub.url}/jwks")


@pytest.mark.parametrize("url", ["http://sso.example/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "//127.0.0.1/"])
def test_unguarded_addresses_are_not_called(url: str) -> None:
    with pytest.raises(requests.RequestException, match="neither https"):
        ShortSession().get(url)


DOCUMENTS = {
    "of another issuer": {"issuer": "https://evil.example"},
    "a token endpoint in the clear": {"token_endpoint": "http://sso.example/token"},
    "no keys": {"jwks_uri": None},
}


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_discovery_document_that_cannot_be_right(
    client: Client, stub: Stub, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = requests.get(f"{stub.url}/.well-known/openid-configuration", timeout=5).json()
    monkeypatch.setattr(requests.Response, "json", lambda *_a, **_k: {**real, **DOCUMENTS[name]})
    expect_refused(client, client.post(START), says=AWAY, status=503)


def test_a_discovery_address_of_its_own(client: Client, stub: Stub, settings: Settings) -> None:
    settings.OIDC_DISCOVERY_URL = f"{stub.url}/.well-known/openid-configuration"
    assert through(client).status_code == 302
    other = Client()
    settings.OIDC_DISCOVERY_URL = f"{stub.url}/jwks"
    assert other.post(START).status_code == 503
