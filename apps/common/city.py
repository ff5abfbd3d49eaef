"""The city package: a folder of data that makes this installation one city. No city is named in code.

Layout of a package: docs/how-to/add-a-city.md. Read once per process; frozen.
"""

import tomllib
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from apps.common.city_law import CityLaw, FactRule, city_law
from apps.common.text import Text

_LANGUAGES = ("fa", "en")
_CALENDARS = ("jalali", "gregorian")

__all__ = ["City", "Credit", "FactRule", "current_city", "load_city", "read_toml"]


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a source and under what terms; shown on the map."""

    text: Text
    url: str
    licence: str


@dataclass(frozen=True, slots=True)
class City:
    """One city: frame, languages, facts and file locations. Lengths in metres, `srid` is a metric CRS."""

    code: str
    name: Text
    srid: int
    languages: tuple[str, ...]
    calendar: str
    time_zone: str
    center: tuple[float, float]
    zoom: int
    bounds: tuple[float, float, float, float]
    synthetic: bool
    sample_rules: bool
    credits: tuple[Credit, ...]
    law: CityLaw
    root: Path
    raw: Mapping[str, Any]

    @property
    def facts(self) -> tuple[FactRule, ...]:
        """Facts read from the layers."""
        return self.law.facts

    def toml(self, name: str) -> Mapping[str, Any]:
        """A TOML file of the package ('themes', 'editions', …). Raises ImproperlyConfigured when missing."""
        return read_toml(self.root / f"{name}.toml")


def read_toml(path: Path) -> Mapping[str, Any]:
    """Parsed TOML; ImproperlyConfigured with the path and the parser's word when missing or broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ImproperlyConfigured(f"The city package lacks {path.name}: expected {path}") from error
    except tomllib.TOMLDecodeError as error:
        raise ImproperlyConfigured(f"{path} is not valid TOML: {error}") from error


@lru_cache(maxsize=4)
def load_city(root: Path) -> City:
    """The package in `root`. Raises ImproperlyConfigured naming the missing file or key."""
    raw = read_toml(root / "city.toml")
    try:
        return _city(root=root, raw=raw)
    except KeyError as error:
        raise ImproperlyConfigured(f"{root / 'city.toml'} lacks the key {error}") from error
    except (TypeError, ValueError) as error:
        raise ImproperlyConfigured(f"{root / 'city.toml'}: {error}") from error


def current_city() -> City:
    """The city this installation serves (settings.CITY_ROOT)."""
    return load_city(Path(settings.CITY_ROOT))


def _city(*, root: Path, raw: Mapping[str, Any]) -> City:
    return City(
        code=raw["code"],
        name=Text.of(raw["name"]),
        srid=int(raw["srid"]),
        languages=_words("languages", raw["languages"], _LANGUAGES),
        calendar=_words("calendar", [raw["calendar"]], _CALENDARS)[0],
        time_zone=_time_zone(raw["time_zone"]),
        center=tuple(raw["center"]),
        zoom=int(raw["zoom"]),
        bounds=tuple(raw["bounds"]),
        synthetic=bool(raw["synthetic"]),
        sample_rules=bool(raw["sample_rules"]),
        credits=tuple(Credit(text=Text.of(c["text"]), url=c["url"], licence=c["licence"]) for c in raw["credits"]),
        law=city_law(raw),
        root=root,
        raw=raw,
    )


def _words(key: str, words: Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    given = tuple(words)
    if not given or not set(given) <= set(known):
        raise ValueError(f"{key}: known are {', '.join(known)}, not {', '.join(map(str, given)) or 'nothing'}")
    return given


def _time_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"time_zone: “{name}” is no name of the time zone database, such as Asia/Tehran") from error
    return name
