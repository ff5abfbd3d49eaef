"""Which zones of an extract cut a lot, and which parts of it have values of their own. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.common.text import Text
from apps.common.units import AREAS, LENGTHS
from apps.envelope.city_rules import CutTheme
from apps.envelope.inputs import Provision

Document = Mapping[str, Any]
_FACTORS = {**LENGTHS, **AREAS}
_BY_PART = "by_part"


@dataclass(frozen=True, slots=True)
class Piece:
    """A feature's hold on the lot; `behind`: features of stronger editions, which take their place from it."""

    feature: int
    behind: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part with its own value: what holds it, and how much that is by the extract (m²)."""

    subject: str
    label: Text
    pieces: tuple[Piece, ...]
    area_m2: float
    value: Decimal
    provision: Provision | None


@dataclass(frozen=True, slots=True)
class CutRead:
    """A zone that is cut out of the lot, and how much it holds by the extract (m²)."""

    theme: str
    label: Text
    feature: int
    area_m2: float
    ceded: bool
    provision: Provision | None


def metric(raw: object, unit: str) -> Decimal | None:
    """A value in metres or m²; storeys and percentages as they are. None for what is no number."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    return Decimal(str(raw)) * _FACTORS.get(unit, Decimal(1))


def provision_of(subject: Document, candidate: Document) -> Provision:
    """The row that a candidate (or a duty) comes from."""
    book = candidate["rulebook"]
    return Provision(
        subject=subject["code"],
        label=Text.of(subject["label"]),
        rulebook=book["code"],
        title=Text.of(book["title"]),
        article=candidate["article"],
        row=candidate["row"],
        text=Text.of(candidate["explain"]),
        act=book["act"],
    )


def themes_of(document: Document, *lists: str) -> Iterable[Document]:
    """The themes in these lists of the extract."""
    return (theme for name in lists for theme in document["themes"][name])


def cuts_of(document: Document, rule: CutTheme, subject: Document | None) -> Iterable[CutRead]:
    """The zones of a theme that takes land away, each with the provision that says so."""
    for theme in themes_of(document, "applies", "not_known"):
        if theme["theme"] == rule.theme:
            for zone in theme["zones"]:
                provision = _reason(document, subject, zone["feature"])
                yield CutRead(
                    rule.theme, Text.of(zone["label"]), zone["feature"], zone["area_m2"], rule.ceded, provision
                )


def _reason(document: Document, subject: Document | None, feature: int) -> Provision | None:
    """The row that speaks of this very zone: a value of the subject, else a duty."""
    for candidate in subject["candidates"] if subject else ():
        if subject and candidate["zone"] and candidate["zone"]["feature"] == feature:
            return provision_of(subject, candidate)
    for duty in document["duties"]:
        if duty["zone"] and duty["zone"]["feature"] == feature:
            shown = {**duty, "explain": duty["text"], "row": duty["code"]}
            named = subject or {"code": duty["code"], "label": duty["zone"]["label"]}
            return provision_of(named, shown)
    return None


def parts_of(document: Document, subject: Document) -> Iterable[PartRead]:
    """The parts of a subject that is read part by part; none where its policy is another."""
    policy = subject.get("policy")
    if subject["outcome"] != "value" or not policy or policy["name"] != _BY_PART:
        return
    for part in subject["parts"]:
        value = metric(part["value"], subject["unit"])
        if value is None:
            continue
        theme, code = part["zone"]["theme"], part["zone"]["code"]
        own = next((c for c in subject["candidates"] if _on(c, theme, code) and c["value"] == part["value"]), None)
        yield PartRead(
            subject=subject["code"],
            label=Text.of(part["zone"]["label"]),
            pieces=tuple(_pieces(document, theme, code)),
            area_m2=part["zone"]["area_m2"],
            value=value,
            provision=None if own is None else provision_of(subject, own),
        )


def _pieces(document: Document, name: str, code: str) -> Iterable[Piece]:
    """The features of a code, each behind those of editions that come before its own."""
    for theme in themes_of(document, "applies", "not_known"):
        if theme["theme"] != name:
            continue
        order = {e["instrument"]: n for n, e in enumerate(theme["editions"])}
        zones = sorted({z["feature"]: order.get(z["edition"], len(order)) for z in theme["zones"]}.items())
        ranks = dict(zones)
        for feature in sorted({z["feature"] for z in theme["zones"] if z["code"] == code}):
            yield Piece(feature, tuple(other for other, rank in zones if rank < ranks[feature]))


def _on(candidate: Document, theme: str, code: str) -> bool:
    zone = candidate["zone"]
    return bool(zone) and (zone["theme"], zone["code"]) == (theme, code)
