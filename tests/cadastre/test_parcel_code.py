"""How a city writes its parcels' identifiers is data; what does not fit is refused with an example."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from apps.cadastre.parcel_code import LONGEST, PlainScheme, RenovationScheme, parse, scheme, scheme_of
from apps.common.errors import BadInputError
from tests.city.package import make_package

PLAIN = {
    "scheme": "plain",
    "pattern": "[0-9]{6}",
    "prefix": "County_parcel_",
    "name": {"fa": "شمارهٔ ملک", "en": "lot number"},
    "example": "218635",
}


def plain(**changes: Any) -> dict[str, Any]:
    return {"parcel_code": {k: v for k, v in {**PLAIN, **changes}.items() if v is not None}}


def test_without_a_word_it_is_the_renovation_code() -> None:
    code = RenovationScheme().parse("۳/۲/۱۴/۵")
    assert (str(code), code.land) == ("3-2-14-5-0-0-0", "3-2-14-5")
    assert isinstance(scheme_of({}), RenovationScheme)
    assert isinstance(scheme_of({"parcel_code": {"scheme": "renovation"}}), RenovationScheme)
    assert scheme().example.en == "3-2-14-5"


@pytest.mark.parametrize(
    "raw",
    ["218635", " 218635\u200f", "۲۱۸۶۳۵", "County_parcel_218635", "COUNTY_PARCEL_ 218635", "county_parcel_218635"],
)
def test_a_plain_code_is_read_as_people_write_it(raw: str) -> None:
    code = scheme_of(plain()).parse(raw)
    assert (str(code), code.text, code.land) == ("218635", "218635", "218635")


@pytest.mark.parametrize("raw", ["", "21863", "2186350", "21863x", "County_parcel_", "218635/", "218 635", "218635\n1"])
def test_what_does_not_fit_is_refused_with_an_example(raw: str) -> None:
    with pytest.raises(BadInputError) as caught:
        scheme_of(plain()).parse(raw)
    assert "lot number" in caught.value.message.en
    assert "Write it like 218635" in caught.value.message.en
    assert "۲۱۸۶۳۵" in caught.value.message.fa


@pytest.mark.parametrize("raw", ["a/b", "a b", "-a", "a" * (LONGEST + 1), "<b>", "a\x00"])
def test_no_pattern_lets_in_what_an_address_cannot_hold(raw: str) -> None:
    """Whatever the city's pattern says, a code is one word of at most 60 letters, digits, dots and dashes."""
    anything = scheme_of(plain(pattern=".*", example="x", prefix=None))
    with pytest.raises(BadInputError):
        anything.parse(raw)
    assert str(anything.parse("Lot-7.b_2")) == "Lot-7.b_2"


@pytest.mark.parametrize(
    ("changes", "error", "says"),
    [
        ({"scheme": "roman"}, ValueError, "renovation or plain, not roman"),
        ({"pattern": "("}, ValueError, "no regular expression"),
        ({"example": "12"}, ValueError, "does not fit its own pattern"),
        ({"pattern": None}, KeyError, "pattern"),
        ({"name": None}, KeyError, "name"),
        ({"example": None}, KeyError, "example"),
    ],
)
def test_a_bad_declaration_is_named(changes: dict[str, Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        scheme_of(plain(**changes))


def test_the_door_follows_the_city(tmp_path: Path, settings: Settings) -> None:
    root = make_package(tmp_path / "tiny")
    lines = '\n[parcel_code]\nscheme = "plain"\npattern = "[a-z]+"\nname = "plot"\nexample = "abc"\n'
    (root / "city.toml").write_text((root / "city.toml").read_text(encoding="utf-8") + lines, encoding="utf-8")
    settings.CITY_ROOT = root
    assert str(parse("xyz")) == "xyz"
    assert isinstance(scheme(), PlainScheme)
