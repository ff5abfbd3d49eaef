"""What a city package declares about its law: facts, inputs, units, sources, vocabulary. Frozen, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
        facts=tuple(_fact(name, body) for name, body in _tables(raw, "facts")),
        parcel_facts=tuple(_parcel_fact(name, body) for name, body in _tables(raw, "parcel_facts")),
        net_areas=tuple(
            NetArea(name, tuple(body["minus"]), Text.of(body["label"])) for name, body in _tables(raw, "net_areas")
        ),
        inputs=tuple(_input(name, body) for name, body in _tables(raw, "inputs")),
        remedies=tuple(Remedy(b["kind"], tuple(b["facts"]), Text.of(b["label"])) for b in raw.get("remedies", ())),
        subjects=tuple(_subject(code, body) for code, body in _tables(raw, "subjects")),
        rule_sources=sources,
        record=tuple(raw["record"]) if "record" in raw else None,
        units=Units(**raw.get("units", {})),
    )


def _tables(raw: Mapping[str, Any], name: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple(raw.get(name, {}).items())


def _fact(name: str, body: Mapping[str, Any]) -> FactRule:
    return FactRule(
        name=name,
        themes=tuple(body["themes"]),
        codes=tuple(body.get("codes", ())),
        label=Text.of(body["label"]),
    )


def _parcel_fact(name: str, body: Mapping[str, Any]) -> ParcelFact:
    return ParcelFact(name, body["column"], _kind(name, body), body.get("unit", ""), Text.of(body["label"]))


def _input(name: str, body: Mapping[str, Any]) -> Input:
    return Input(name, _kind(name, body), body.get("unit", ""), Text.of(body["label"]))


def _kind(name: str, body: Mapping[str, Any]) -> str:
    kind: str = body.get("kind", "number")
    if kind not in _KINDS:
        raise ValueError(f"{name}: kind is one of {', '.join(_KINDS)}, not {kind}")
    return kind


def _subject(code: str, body: Mapping[str, Any]) -> SubjectWords:
    return SubjectWords(code, Text.of(body["label"]) if "label" in body else None, body.get("headline"))
