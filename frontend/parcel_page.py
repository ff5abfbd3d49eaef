"""From an extract document to what the parcel's template shows. Nothing is decided here, only arranged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.common.city import current_city
from apps.extracts.services import compose
from apps.legal.subjects import SUBJECTS, Direction
from frontend.asking import Ask
from frontend.other_day import other_day
from frontend.wording import kind_names, say
from gis_layers.models import Theme

HERITAGE_FACT, HERITAGE_SOURCE = "heritage", "heritage_zones"


@dataclass(frozen=True, slots=True)
class Heritage:
    """What the heritage themes say together: 'inside' | 'not_known' | 'outside', with the themes that say so.

    'unasked': this city's package asks no source of heritage rules, and nothing is said.
    """

    status: str
    themes: tuple[Mapping[str, Any], ...]


def parcel_context(*, code: str, ask: Ask) -> dict[str, Any]:
    """Template context of the parcel `code` on the day of `ask`. Raises NotFoundError with suggestions."""
    document = compose(parcel=code, on=ask.on, known_at=ask.known_at, permit_kind=ask.kind).data
    subjects = with_names(document["subjects"])
    return {
        "ask": ask,
        "other_day": other_day(code=code, ask=ask, then=document, arranged=main_numbers),
        "extract": document,
        "parcel": document["parcel"],
        "headlines": headlines(subjects),
        "others": [s for s in subjects if not s["headline"]],
        "heritage": heritage(document["themes"]),
        "duties": duties(document["duties"]),
        "kinds": kind_names(),
        "area": area(document["facts"]),
        "recorded": {fact["name"] for fact in document["facts"]},
    }


def area(facts: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The legal area as this city measures plots: `plot_area` where its law has a unit of its own, else m²."""
    named = {fact["name"]: fact for fact in facts}
    return named.get("plot_area", named["plot_m2"])


def with_names(subjects: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Subjects whose values are codes get the codes' names, as the layers' legends say them."""
    if not any(s["direction"] == Direction.SET for s in subjects):
        return list(subjects)
    names = {
        entry["code"]: say(entry["label"])
        for style in Theme.objects.values_list("style", flat=True)
        for entry in style.get("colors", ())
    }
    names |= {code: say(label) for code, label in current_city().raw.get("names", {}).items()}
    return [{**s, "names": names} if s["direction"] == Direction.SET else s for s in subjects]


def main_numbers(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The headlines of an extract document."""
    return headlines(with_names(document["subjects"]))


def headlines(subjects: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The few big numbers, always all of them: one that nothing spoke about is an empty 'none', never missing."""
    spoken = {s["code"]: s for s in subjects}
    return [spoken.get(s.code) or _silent(s.code) for s in SUBJECTS.values() if s.headline]


def heritage(themes: Mapping[str, Sequence[Mapping[str, Any]]]) -> Heritage:
    """Heritage in plain words. 'outside' only when every heritage theme says 'does not apply'."""
    names = {theme for rule in current_city().facts if rule.name == HERITAGE_FACT for theme in rule.themes}
    hit = tuple(t for t in themes["applies"] if t["theme"] in names)
    unknown = tuple(t for t in themes["not_known"] if t["theme"] in names)
    clear = {t["theme"] for t in themes["does_not_apply"]}
    if not names and HERITAGE_SOURCE not in current_city().law.rule_sources:
        return Heritage("unasked", ())
    if hit:
        return Heritage("inside", hit)
    if unknown or not names or names - clear:
        return Heritage("not_known", unknown)
    return Heritage("outside", ())


def duties(raw: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Duties by kind, each sentence once."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    seen: set[tuple[str, str, str]] = set()
    for duty in raw:
        key = (duty["kind"], duty["code"], duty["text"]["en"])
        if key not in seen:
            seen.add(key)
            groups.setdefault(duty["kind"], []).append(duty)
    return groups


def _silent(code: str) -> Mapping[str, Any]:
    subject = SUBJECTS[code]
    return {
        "code": code,
        "label": subject.label.as_dict(),
        "unit": subject.unit,
        "direction": subject.direction.value,
        "headline": True,
        "outcome": "none",
        "value": None,
        "bound": None,
        "reason": {},
        "candidates": [],
        "unknown": [],
        "policy": None,
        "parts": [],
        "would_change": [],
    }
