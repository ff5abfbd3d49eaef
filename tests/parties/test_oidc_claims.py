"""Reading what a provider says about somebody, and the checks of its configuration."""

import pytest
from pytest_django import Settings

from apps.common.text import Text
from apps.parties.oidc_checks import provider_is_whole, sign_ins_are_kept_long_enough
from apps.parties.oidc_claims import read_claims
from apps.parties.oidc_config import NEEDED, Provider, provider

SSO = Provider(
    issuer="https://sso.example", discovery="", client_id="c", client_secret="s", name=Text("س", "S"),
    national_id_claim="nationalCode", phone_claim="phone_number", scopes=("openid",),
)  # fmt: skip


def read(**said: object):
    return read_claims({"sub": "x", **said}, provider=SSO)


@pytest.mark.parametrize(
    ("said", "mobile"),
    [
        ({"phone_number": "0912 000 0001", "phone_number_verified": True}, "+989120000001"),
        ({"phone_number": "۰۹۱۲۰۰۰۰۰۰۱", "phone_number_verified": True}, "+989120000001"),
        ({"phone_number": "09120000001"}, ""),
        ({"phone_number": "09120000001", "phone_number_verified": False}, ""),
        ({"phone_number": "09120000001", "phone_number_verified": "true"}, ""),
        ({"phone_number": "09120000001", "phone_number_verified": 1}, ""),
        ({"phone_number": "+14155550100", "phone_number_verified": True}, ""),
        ({"phone_number": 9120000001, "phone_number_verified": True}, "+989120000001"),
        ({"phone_number_verified": True}, ""),
        ({"phone_number": None, "phone_number_verified": True}, ""),
    ],
)
def test_a_number_counts_only_when_it_was_confirmed(said: dict[str, object], mobile: str) -> None:
    assert read(**said).mobile == mobile


@pytest.mark.parametrize(
    ("raw", "national_id"),
    [
        ("0013542419", "0013542419"),
        ("۰۰۱۳۵۴۲۴۱۹", "0013542419"),
        (13542419, "0013542419"),  # a provider that wrote it as a number
        ("13542418", ""),
        ("0013542418", ""),
        ("15", ""),
        ("", ""),
        (None, ""),
        (["0013542419"], ""),
    ],
)
def test_a_national_id_counts_only_when_its_check_fits(raw: object, national_id: str) -> None:
    assert read(nationalCode=raw).national_id == national_id


def test_the_claims_have_the_names_of_the_configuration() -> None:
    other = Provider(**{**{f: getattr(SSO, f) for f in SSO.__slots__}, "national_id_claim": "nid", "phone_claim": "m"})
    said = {"sub": "x", "nid": "0013542419", "m": "09120000001", "m_verified": True, "nationalCode": "0000001015"}
    claims = read_claims(said, provider=other)
    assert (claims.national_id, claims.mobile) == ("0013542419", "+989120000001")


@pytest.mark.parametrize(
    ("raw", "name"),
    [(" سارا\n نمونه ", "سارا نمونه"), ("a\u202eb\x00c", "abc"), (7, ""), (None, ""), ("x" * 500, "x" * 120)],
)
def test_a_name_is_one_clean_line(raw: object, name: str) -> None:
    assert read(name=raw).name == name


@pytest.mark.parametrize("sub", ["", "x" * 256, 7, None, "a\x00b"])
def test_without_a_subject_there_is_nobody(sub: object) -> None:
    with pytest.raises(ValueError, match="subject"):
        read_claims({"sub": sub}, provider=SSO)


@pytest.fixture
def whole(settings: Settings) -> Settings:
    settings.OIDC_ISSUER = "https://sso.example"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "parvaneh", "a secret"
    settings.OIDC_NAME_FA, settings.OIDC_NAME_EN = "سامانه", "Service"
    return settings


def ids(found) -> list[str]:
    return [message.id for message in found]


def test_nothing_configured_is_well(settings: Settings) -> None:
    for name in NEEDED:
        setattr(settings, name, "")
    assert provider_is_whole() == []
    assert provider() is None


def test_all_of_it_is_well(whole: Settings) -> None:
    assert provider_is_whole() == []
    found = provider()
    assert found is not None
    assert found.discovery == "https://sso.example/.well-known/openid-configuration"


@pytest.mark.parametrize("name", NEEDED)
def test_half_of_it_is_an_error_that_names_what_lacks(whole: Settings, name: str) -> None:
    setattr(whole, name, "")
    (found,) = provider_is_whole()
    assert found.id == "parvaneh.E014"
    assert name in found.msg
    assert provider() is None


def test_in_production_only_https(whole: Settings) -> None:
    whole.OIDC_ISSUER = "http://127.0.0.1:9400"
    assert provider_is_whole() == []
    whole.STRICT = True
    assert ids(provider_is_whole()) == ["parvaneh.E015"]
    whole.OIDC_ISSUER, whole.OIDC_DISCOVERY_URL = "https://sso.example", "http://sso.example/x"
    assert ids(provider_is_whole()) == ["parvaneh.E015"]


def test_without_openid_there_is_no_id_token(whole: Settings) -> None:
    whole.OIDC_SCOPES = "profile openidx"
    assert ids(provider_is_whole()) == ["parvaneh.E016"]


def test_sign_ins_are_kept_as_long_as_the_table_wants(settings: Settings) -> None:
    assert sign_ins_are_kept_long_enough() == []
    settings.SIGN_INS_KEPT_DAYS = 89
    assert ids(sign_ins_are_kept_long_enough()) == ["parvaneh.E017"]
