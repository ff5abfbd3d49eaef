"""The facts of `extracts.facts.facts_of` for all parcels of a table, as numbers of values."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.city_law import CityLaw, NetArea
from apps.extracts.facts import of_record
from apps.extracts.site import Site
from apps.impact.columns import HUNDRED, Column
from apps.impact.ground_table import GroundTable
from apps.impact.signs import Register, ThemeSigns
from apps.impact.zones import hits_at
from apps.legal.answers import Outcome
from gis_layers import postgis_impact
from gis_layers.postgis_impact import NONE, Ints

_MEASURES = {"passage_m": "passage_width_cm", "frontage_m": "frontage_cm", "existing_height_m": "existing_height_cm"}
_COUNTS = ("consolidated", "existing_storeys")


@dataclass(slots=True)
class Columns:
    """One column per fact that rules ask for; what nobody asks for has none."""

    by_name: dict[str, Column] = field(default_factory=dict)

    def open_for(self, *cells: Mapping[str, Iterable[str]]) -> None:
        """A column for every fact that these conditions (by fact) ask for; '' conditions = its value is taken."""
        asked: dict[str, set[str]] = {}
        for one in cells:
            for name, found in one.items():
                asked.setdefault(name, set()).update(found)
        self.by_name.update({name: Column(found) for name, found in asked.items()})

    def of(self, name: str) -> Column | None:
        """The fact's column; None = no rule asks for it."""
        return self.by_name.get(name)


@dataclass(frozen=True, slots=True)
class Record:
    """What the parcels' record says, before any layer. `legal_dm2`: hundredths of m².

    `extra`: further columns: numbers of `raws` by position, 0 = not there.
    """

    legal_dm2: Ints
    extra: Mapping[str, Ints]
    raws: Mapping[str, Sequence[Any]]


def read_record(table: GroundTable, law: CityLaw) -> Record:
    """The record of the table's parcels; one query for each further column that the city declares."""
    extra, raws = {}, {}
    for column in sorted({declared.column for declared in law.parcel_facts}):
        numbers, values = np.zeros(len(table.versions), dtype=np.int64), [None]
        for raw, versions in postgis_impact.read_attribute(table.where, column):
            mine = versions[np.isin(versions, table.versions)]
            numbers[np.searchsorted(table.versions, mine)] = len(values)
            values.append(json.loads(raw))
        extra[column], raws[column] = numbers, values
    return Record(_legal(table.sites), extra, raws)


def _legal(sites: Mapping[str, Ints]) -> Ints:
    """`cadastre.areas.legal_area` in columns."""
    deed, drawn, measured = sites["deed_area_dm2"], sites["drawn_area_dm2"], sites["measured_area_dm2"]
    none = deed == NONE
    ground = np.where(measured == NONE, drawn, measured)
    absurd = (drawn <= 0) | ~_near(ground, drawn) | (~none & ~_near(deed, ground))
    return np.where(absurd, NONE, np.where(none, ground, np.minimum(deed, ground)))


def _near(one: Ints, other: Ints) -> NDArray[np.bool_]:
    near: NDArray[np.bool_] = (other < 2 * one) & (one < 2 * other)
    return near


def plain_facts(table: GroundTable, record: Record, law: CityLaw, columns: Columns) -> dict[str, Ints]:
    """Facts that follow from the record alone, for those that rules ask for."""
    sites = table.sites
    found: dict[str, Ints] = {}

    def put(name: str, raw: Ints, *, hundredths: bool) -> None:
        column = columns.of(name)
        kept = law.record is None or name in law.record or name == "plot_m2"
        if column is not None and kept:
            found[name] = column.hundredths(raw) if hundredths else column.mapped(raw, Decimal)

    put("plot_m2", record.legal_dm2, hundredths=True)
    for name, source in _MEASURES.items():
        put(name, sites[source], hundredths=True)
    for name in _COUNTS:
        put(name, sites[name], hundredths=False)
    corner, area = columns.of("corner"), columns.of("plot_area")
    if corner is not None and (law.record is None or "corner" in law.record):
        found["corner"] = corner.mapped(sites["corner"], bool)
    if area is not None and law.units.area != "m²":
        found["plot_area"] = area.mapped(record.legal_dm2, lambda dm2: law.units.area_of(Decimal(dm2) / HUNDRED))
    found.update(_declared(record, law, columns))
    return found


def _declared(record: Record, law: CityLaw, columns: Columns) -> dict[str, Ints]:
    found = {}
    for declared in law.parcel_facts:
        column = columns.of(declared.name)
        if column is not None:
            values = [column.id_of(of_record(declared, raw)) for raw in record.raws[declared.column]]
            found[declared.name] = np.array(values, dtype=np.int64)[record.extra[declared.column]]
    return found


def net_facts(
    table: GroundTable,
    record: Record,
    law: CityLaw,
    columns: Columns,
    signs: Mapping[str, ThemeSigns],
    register: Register,
) -> dict[str, Ints]:
    """Facts that follow from what lies on the parcel and are numbers: net areas, as `extracts.facts` nets them."""
    found = {}
    for declared in law.net_areas:
        column = columns.of(declared.name)
        if column is not None:
            found[declared.name] = column.hundredths(_net(declared, table, record, signs, register))
    return found


def _net(
    declared: NetArea, table: GroundTable, record: Record, signs: Mapping[str, ThemeSigns], register: Register
) -> Ints:
    taken = np.zeros(len(table.versions), dtype=np.int64)
    open_ = record.legal_dm2 == NONE
    known = np.array([s.outcome is not Outcome.NOT_KNOWN for s in register.signs], dtype=bool)
    for theme in declared.minus:
        mine = signs.get(theme)
        if mine is None:
            return np.full(len(taken), NONE, dtype=np.int64)
        open_ = open_ | ~known[mine.ids]
        for at in mine.occupied().tolist():
            taken[at] += sum(_cents(hit.area_m2) for hit in hits_at(at, table, mine))
    return np.where(open_, NONE, np.maximum(record.legal_dm2 - taken, 0))


def _cents(area_m2: float) -> int:
    return round(round(area_m2, 2) * 100)


def site_at(table: GroundTable, record: Record, at: int) -> Site:
    """The site of one parcel, as far as facts are read from it."""
    sites = {name: None if column[at] == NONE else int(column[at]) for name, column in table.sites.items()}
    version = int(table.versions[at])

    def hundredths(name: str) -> Decimal | None:
        raw = sites[name]
        return None if raw is None else Decimal(raw) / HUNDRED

    return replace(
        nowhere(),
        version_id=version,
        deed_area_m2=hundredths("deed_area_dm2"),
        drawn_area_m2=hundredths("drawn_area_dm2") or Decimal(0),
        passage_width_m=hundredths("passage_width_cm"),
        frontage_m=hundredths("frontage_cm"),
        corner=None if sites["corner"] is None else bool(sites["corner"]),
        consolidated=sites["consolidated"],
        existing_storeys=sites["existing_storeys"],
        existing_height_m=hundredths("existing_height_cm"),
        attributes={c: record.raws[c][numbers[at]] for c, numbers in record.extra.items() if numbers[at]},
    )


def nowhere() -> Site:
    """A site of which nothing is known."""
    return Site(
        code="",
        version_id=0,
        version=1,
        chunk=0,
        plate="",
        address="",
        passage_name="",
        neighbourhood="",
        district=None,
        deed_area_m2=None,
        drawn_area_m2=Decimal(0),
        passage_width_m=None,
        frontage_m=None,
        corner=None,
        consolidated=None,
        existing_storeys=None,
        existing_height_m=None,
        centroid_web=(0.0, 0.0),
        bbox_web=(0.0, 0.0, 0.0, 0.0),
    )
