"""How a city's files of parcels and of their sides are read: which column feeds what. Frozen; from the city package."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.cadastre.models import SideKind

FIELDS = (
    "code", "plate", "district", "neighbourhood_fa", "address_fa", "passage_name_fa", "deed_area", "passage_width",
    "frontage", "corner", "consolidated", "existing_storeys", "existing_height",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParcelSource:
    """`columns`: field of the house → column of the file; a field without a column is not known of any parcel.

    `attributes`: further columns, kept under their own names. `not_known`: column → values by which this file says
    that it does not know. `crs` only where the file is silent.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: {name: name for name in FIELDS})
    attributes: tuple[str, ...] = ()
    not_known: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    layer: str | None = None
    crs: str | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        """Every column that the file must have."""
        return tuple(dict.fromkeys((*self.columns.values(), *self.attributes, *self.not_known)))


@dataclass(frozen=True, slots=True)
class SideSource:
    """Lines, one for each side of a parcel. `kinds`: the file's word → ours; `skip`: words of rows that are no side."""

    parcel: str
    kind: str
    kinds: Mapping[str, str]
    skip: tuple[str, ...] = ()
    layer: str | None = None
    crs: str | None = None


def parcel_source(body: Mapping[str, Any], *, attributes: tuple[str, ...]) -> ParcelSource:
    """From `[files.parcels]`; without `columns` the file has all columns of the house. Raises ValueError."""
    columns = body.get("columns") or {name: name for name in FIELDS}
    strange = set(columns) - set(FIELDS)
    if strange or "code" not in columns:
        raise ValueError(f"columns feed {', '.join(FIELDS)}; code is needed; not known: {', '.join(strange) or '-'}")
    silent = {column: tuple(values) for column, values in body.get("not_known", {}).items()}
    return ParcelSource(dict(columns), attributes, silent, body.get("layer"), body.get("crs"))


def side_source(body: Mapping[str, Any]) -> SideSource:
    """From `[files.sides]`. Raises KeyError for a missing key, ValueError for a kind nobody knows."""
    kinds = dict(body["kinds"])
    strange = set(kinds.values()) - set(SideKind.values)
    if strange:
        raise ValueError(f"kinds are {', '.join(SideKind.values)}, not {', '.join(sorted(strange))}")
    return SideSource(
        body["parcel"], body["kind"], kinds, tuple(body.get("skip", ())), body.get("layer"), body.get("crs")
    )
