"""What a city package declares about its law: facts, inputs, units, sources, vocabulary. Frozen, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.common.city_tables import each, each_of
from apps.common.text import Text
from apps.common.units import Units

SOURCES = ("detailed_plan", "heritage_zones")
_KINDS = ("number", "yes_no", "code")


@dataclass(frozen=True, slots=True)
class FactRule:
    """A fact read from overlay findings: yes where any of `themes` applies (optionally with these codes)."""

    name: str
    themes: tuple[str, ...]
    codes: tuple[str, ...]
    label: Text


@dataclass(frozen=True, slots=True)
class ParcelFact:
    """A fact read from an extra column of the parcels file. `kind`: number, yes_no or code."""

    name: str
    column: str
    kind: str
    unit: str
    label: Text


@dataclass(frozen=True, slots=True)
class NetArea:
    """A fact in m²: the legal area less what these themes hold of the parcel."""

    name: str
    minus: tuple[str, ...]
    label: Text


@dataclass(frozen=True, slots=True)
class Input:
    """A fact of the proposal: not known until there is one."""

    name: str
    kind: str
    unit: str
    label: Text


@dataclass(frozen=True, slots=True)
class Remedy:
    """What an owner may set in motion, and the facts that it changes."""

    kind: str
    facts: tuple[str, ...]
    label: Text


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """A subject of the city's own vocabulary; None = as the house calls it."""

    code: str
    label: Text | None
    headline: bool | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class CityLaw:
    """The declarations of `city.toml` that rules and extracts read. `subjects` empty = the whole vocabulary.

    `record`: the facts that this city's parcel record keeps at all; None = every one the house knows.
    """

    facts: tuple[FactRule, ...] = ()
    parcel_facts: tuple[ParcelFact, ...] = ()
    net_areas: tuple[NetArea, ...] = ()
    inputs: tuple[Input, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    subjects: tuple[SubjectWords, ...] = ()
    rule_sources: tuple[str, ...] = SOURCES
    record: tuple[str, ...] | None = None
    units: Units = field(default_factory=Units)


def city_law(raw: Mapping[str, Any]) -> CityLaw:
    """From the parsed `city.toml`. Raises KeyError for a missing key, ValueError for a word nobody knows."""
    sources = tuple(raw.get("rule_sources", SOURCES))
    if not set(sources) <= set(SOURCES):
        raise ValueError(f"rule_sources: known are {', '.join(SOURCES)}, not {', '.join(sources)}")
    return CityLaw(
        facts=each(raw, "facts", _fact),
        parcel_facts=each(raw, "parcel_facts", _parcel_fact),
        net_areas=each(raw, "net_areas", _net_area),
        inputs=each(raw, "inputs", _input),
        remedies=each_of(raw, "remedies", _remedy),
        subjects=each(raw, "subjects", _subject),
        rule_sources=sources,
        record=tuple(raw["record"]) if "record" in raw else None,
        units=_units(raw.get("units", {})),
    )


def _units(body: Mapping[str, str]) -> Units:
    if strange := set(body) - {"length", "area"}:
        raise ValueError(f"[units] knows length, area, not {', '.join(sorted(strange))}")
    return Units(**body)


def _fact(name: str, body: Mapping[str, Any]) -> FactRule:
    return FactRule(name, tuple(body["themes"]), tuple(body.get("codes", ())), Text.of(body["label"]))


def _parcel_fact(name: str, body: Mapping[str, Any]) -> ParcelFact:
    return ParcelFact(name, body["column"], _kind(name, body), body.get("unit", ""), Text.of(body["label"]))


def _net_area(name: str, body: Mapping[str, Any]) -> NetArea:
    return NetArea(name, tuple(body["minus"]), Text.of(body["label"]))


def _remedy(_number: str, body: Mapping[str, Any]) -> Remedy:
    return Remedy(body["kind"], tuple(body["facts"]), Text.of(body["label"]))


def _input(name: str, body: Mapping[str, Any]) -> Input:
    return Input(name, _kind(name, body), body.get("unit", ""), Text.of(body["label"]))


def _kind(name: str, body: Mapping[str, Any]) -> str:
    kind: str = body.get("kind", "number")
    if kind not in _KINDS:
        raise ValueError(f"{name}: kind is one of {', '.join(_KINDS)}, not {kind}")
    return kind


def _subject(code: str, body: Mapping[str, Any]) -> SubjectWords:
    return SubjectWords(
        code, Text.of(body["label"]) if "label" in body else None, body.get("headline"), body.get("unit")
    )
