"""The walk of `make smoke`: what a citizen's browser would do, by plain HTTP. Each stop says what it saw."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from tools.stack import say
from tools.stack.browser import Browser
from tools.stack.paths import Layout

MOBILE = "09123456789"
SEA = (51.0, 27.5)  # in the Persian Gulf: no city has a parcel there
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
TAGS = re.compile(r"<(script|style).*?</\1>|<[^>]*>", re.DOTALL)
PERSIAN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
OUTCOMES = {"value", "not_known", "none"}


class WrongError(Exception):
    """The platform answered something that is not right; the sentence says what."""


def expect(right: object, wrong: str) -> None:
    """Raise WrongError with `wrong` unless `right`."""
    if not right:
        raise WrongError(wrong)


def walk(layout: Layout, url: str, env: Mapping[str, str]) -> dict[str, Any]:
    """All stops in order, ending at the first that is wrong. `ok` says whether none was."""
    seen: dict[str, Any] = {"ok": False}
    citizen, stranger = Browser(url), Browser(url)
    try:
        seen["parcel"] = code = find_parcel(citizen, city_center(layout, env.get("CITY", "isfahan")))
        extract = read_extract(citizen, code)
        seen["extract"] = summary(extract)
        refuse_strangers(stranger, code)
        sign_in(citizen, MOBILE)
        seen["request"] = draft_request(citizen, stranger, code, extract["digest"])
    except (WrongError, OSError, KeyError, TypeError) as error:
        seen["wrong"] = f"{type(error).__name__}: {error}"
        say.note(seen["wrong"])
    else:
        seen["ok"] = True
    return seen


def city_center(layout: Layout, city: str) -> tuple[float, float]:
    """Longitude and latitude of the middle of the city."""
    with (layout.root / "cities" / city / "city.toml").open("rb") as file:
        lon, lat = tomllib.load(file)["center"]
    return lon, lat


def find_parcel(browser: Browser, center: tuple[float, float]) -> str:
    """The code of a parcel, from a point. A point in a street leads to the nearest parcel; one at sea to none."""
    at = "/api/v1/parcels/at"
    answer = browser.get(at, lon=center[0], lat=center[1])
    if answer.status == 404:  # noqa: PLR2004 - the middle of the city may be a street
        nearest = answer.json().get("error", {}).get("details", {}).get("nearest")
        expect(nearest, f"no parcel anywhere near the middle of the city: {answer.text[:300]}")
        lon, lat = nearest["centroid"]
        answer = browser.get(at, lon=lon, lat=lat)
    expect(answer.status == 200, f"{answer.url} answered {answer.status}: {answer.text[:300]}")  # noqa: PLR2004
    code: str = answer.json()["parcel"]["code"]
    by_code = browser.get(f"/api/v1/parcels/{code}").json()
    expect(by_code.get("code") == code, f"the parcel at the point is {code}, but by that code: {by_code}")
    missed = browser.get(at, lon=SEA[0], lat=SEA[1])
    expect(missed.json()["error"]["code"] == "no_parcel_here", f"a point at sea: {missed.text[:300]}")
    return code


def read_extract(browser: Browser, code: str) -> dict[str, Any]:
    """The extract of the parcel, checked for what must hold in every extract."""
    answer = browser.get(f"/api/v1/parcels/{code}/extract")
    expect(answer.status == 200, f"the extract answered {answer.status}: {answer.text[:300]}")  # noqa: PLR2004
    extract: dict[str, Any] = answer.json()
    expect(extract["schema"] == "parvaneh-extract/1", f"schema {extract['schema']}")
    expect(extract["parcel"]["code"] == code, f"the extract is of {extract['parcel']['code']}")
    expect(answer.tag == extract["digest"], "the entity tag is not the digest")
    subjects, themes = extract["subjects"], extract["themes"]
    expect(subjects and {s["outcome"] for s in subjects} <= OUTCOMES, "no subjects, or unknown outcomes")
    known = [s for s in subjects if s["outcome"] == "value"]
    expect(known, "no subject has a value")
    expect(all(s["reason"]["fa"] and s["candidates"] for s in known), "a value without a reason")
    unknown = themes["not_known"] or [s for s in subjects if s["outcome"] == "not_known"]
    expect(not (extract["complete"] and unknown), "complete, and yet something is not known")
    expect(not extract["failures"], f"a source failed: {extract['failures']}")
    again = browser.get(f"/api/v1/parcels/{code}/extract", on=extract["on"], known_at=extract["known_at"])
    expect(again.tag == extract["digest"], "the same question got another answer")
    return extract


def summary(extract: Mapping[str, Any]) -> dict[str, Any]:
    """What is worth a line: the headline values and how many themes gave which answer."""
    return {
        "digest": extract["digest"],
        "complete": extract["complete"],
        "themes": {name: len(found) for name, found in extract["themes"].items()},
        "values": {s["code"]: s["value"] for s in extract["subjects"] if s["headline"] and s["outcome"] == "value"},
    }


def refuse_strangers(stranger: Browser, code: str) -> None:
    """Who has not signed in starts nothing."""
    answer = stranger.post_json("/api/v1/requests", {"parcel": code, "permit_kind": "NEW"})
    expect(answer.status == 401, f"a request without signing in: {answer.status}")  # noqa: PLR2004


def sign_in(browser: Browser, mobile: str) -> None:
    """By a mobile number and the code that was sent to it, read from the demo's outbox."""
    asked = browser.get("/en/account/login/")
    expect(asked.status == 200 and browser.token, f"the sign-in page: {asked.status}")  # noqa: PLR2004
    confirm = browser.post_form("/en/account/login/", phone=mobile)
    expect("confirm" in confirm.url, f"the number led to {confirm.url} ({confirm.status})")
    code = sent_code(browser.get("/en/outbox/").text)
    browser.get(confirm.url)
    done = browser.post_form(confirm.url, code=code)
    mine = browser.get("/api/v1/requests")
    expect(mine.status == 200, f"the code led to {done.url} ({done.status}), and still {mine.status}")  # noqa: PLR2004


def sent_code(page: str) -> str:
    """The newest code on the outbox page."""
    found = CODE.search(TAGS.sub(" ", page).translate(PERSIAN_DIGITS))
    expect(found, "no code in the outbox")
    return found[0] if found else ""


def draft_request(citizen: Browser, stranger: Browser, code: str, digest: str) -> dict[str, Any]:
    """A draft for a new building; asked for twice it is still one, and nobody else sees it."""
    body = {"parcel": code, "permit_kind": "NEW", "extract_digest": digest}
    first = citizen.post_json("/api/v1/requests", body)
    expect(first.status == 201, f"the request answered {first.status}: {first.text[:300]}")  # noqa: PLR2004
    tracking = first.json()["tracking"]
    second = citizen.post_json("/api/v1/requests", body).json()
    expect(second.get("tracking") == tracking, f"asked twice: {tracking}, then {second}")
    read = citizen.get(f"/api/v1/requests/{tracking}").json()
    expect(read.get("parcel") == code, f"the request is for {read.get('parcel')}")
    hidden = stranger.get(f"/api/v1/requests/{tracking}").status
    expect(hidden in {401, 403, 404}, f"a stranger reads the request: {hidden}")
    return {"tracking": tracking, "status": first.json()["status"], "url": first.json()["url"]}
