"""The parcel's block and the facts of a sheet, each fact with where it comes from."""

from collections.abc import Iterator, Mapping

from apps.common.city_law import CityLaw
from apps.documents.pen import Pen
from apps.documents.sheet.phrases import Json
from apps.documents.sheet.records import Row

_MEASURED = "measured_area_m2"
_MEASURES = (
    ("legal_area", "legal_area_m2", "m²"),
    ("deed_area", "deed_area_m2", "m²"),
    ("drawn_area", "drawn_area_m2", "m²"),
    ("measured_area", _MEASURED, "m²"),
    ("frontage", "frontage_m", "m"),
    ("passage_width", "passage_width_m", "m"),
    ("corner", "corner", ""),
    ("consolidated", "consolidated", ""),
    ("existing_storeys", "existing_storeys", "storey"),
    ("existing_height", "existing_height_m", "m"),
)


def parcel_rows(pen: Pen, parcel: Json, code_name: str) -> tuple[Row, ...]:
    """Names of the parcel, then its measures; a missing measure is 'not known', a missing name is left out.

    `code_name`: what the parcel's code is called in this city.
    """
    return (
        Row(code_name, pen.code(parcel["code"])),
        *_names(pen, parcel),
        *(_measure(pen, key, parcel[name], unit) for key, name, unit in _measures_of(parcel)),
    )


def _measures_of(parcel: Json) -> Iterator[tuple[str, str, str]]:
    """All measures; the one that only an inspection brings, where it did."""
    return (m for m in _MEASURES if m[1] != _MEASURED or _MEASURED in parcel)


def fact_rows(pen: Pen, extract: Json, law: CityLaw, kind: str) -> tuple[Row, ...]:
    """Facts with value and source. `kind`: the permit kind's name."""
    origins = _origins(pen, extract, law)
    register = pen.word("from_register").format(version=pen.digits(extract["parcel"]["version"]))
    return tuple(
        Row(
            label=pen.say(fact["label"]),
            value=kind if fact["name"] == "permit_kind" else _said(pen, fact["value"], fact["unit"]),
            extra=origins.get(fact["name"], register),
            open=fact["value"] is None,
        )
        for fact in extract["facts"]
    )


def _names(pen: Pen, parcel: Json) -> Iterator[Row]:
    if parcel["plate"]:
        yield Row(pen.word("plate"), pen.code(parcel["plate"]))
    for key in ("address", "neighbourhood", "passage_name"):
        if parcel[key]:
            yield Row(pen.word(key), pen.prose(parcel[key]))
    district = parcel["district"]
    if district:
        about = f" {pen.word('approximate')}" if district["approximate"] else ""
        yield Row(pen.word("district"), f"{pen.say(district['name'])}{about}")
    parts = [
        f"{pen.say(part['name'])} {pen.quantity(part['area_m2'], 'm²')} ({pen.quantity(part['share_pct'], '%')})"
        for part in parcel["districts"]
    ]
    if parts:
        yield Row(pen.word("districts"), pen.listed(parts))
    yield Row(pen.word("version"), pen.digits(parcel["version"]))


def _measure(pen: Pen, key: str, value: float | bool | None, unit: str) -> Row:
    return Row(pen.word(key), _said(pen, value, unit), open=value is None)


def _said(pen: Pen, value: object, unit: str) -> str:
    return pen.word("not_known") if value is None else pen.value(value, unit)


def _origins(pen: Pen, extract: Json, law: CityLaw) -> Mapping[str, str]:
    """Fact → source, for facts that do not come from the parcel register."""
    labels = {t["theme"]: pen.say(t["label"]) for answer in extract["themes"].values() for t in answer}
    layers = {rule.name: ("from_layers", rule.themes) for rule in law.facts}
    layers |= {net.name: ("from_net", net.minus) for net in law.net_areas}
    said = {
        name: pen.word(key).format(themes=pen.listed([labels.get(t, t) for t in themes]))
        for name, (key, themes) in layers.items()
    }
    return {**said, "permit_kind": pen.word("from_request")}
