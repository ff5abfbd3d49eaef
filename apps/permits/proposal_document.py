"""A proposal as JSON: what faces send, and the canonical document that is kept with its digest. Pure.

The footprint stands in it in the city's metric CRS, to the millimetre, so that a file's shape stays what it was.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.extracts.canonical import number
from apps.permits.proposal import Proposal, Storey, StoreyKind, totals

SCHEMA = "parvaneh-proposal/1"
_USE = re.compile(r"[A-Za-z0-9_-]{0,24}")
_DECIMALS = ("gross_m2", "countable_m2", "height_m")
_MOST_DIGITS = 12
Polygons = list[list[list[list[float]]]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a footprint came from: 'none' | 'drawn' | 'geojson' | 'dxf', the file's name, layer and sha256."""

    kind: str = "none"
    name: str = ""
    layer: str = ""
    sha256: str = ""


def document_of(proposal: Proposal, footprint: Polygons, crs: str, origin: Origin) -> dict[str, Any]:
    """The document without its digest. `footprint`: MultiPolygon coordinates in the city's CRS; [] = none."""
    sums = totals(proposal)
    return {
        "schema": SCHEMA,
        "crs": crs,
        "footprint": footprint or None,
        "source": {"kind": origin.kind, "name": origin.name, "layer": origin.layer, "sha256": origin.sha256},
        "plinth_m": number(proposal.plinth_m),
        "parapet_m": _maybe(proposal.parapet_m),
        "storeys": [_row(row) for row in proposal.storeys],
        "totals": {
            "storeys": sums.storeys,
            "units": sums.units,
            "parking": sums.parking,
            **{name: _maybe(getattr(sums, name)) for name in ("gross_m2", "countable_m2", "height_m")},
        },
    }


def _row(row: Storey) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind.value,
        "use": row.use,
        "units": row.units,
        "parking": row.parking,
        **{name: _maybe(getattr(row, name)) for name in _DECIMALS},
    }


def _maybe(raw: Decimal | None) -> int | float | None:
    return None if raw is None else number(raw)


def proposal_of(document: Mapping[str, Any]) -> Proposal:
    """The table of a document or of a body that was sent. Raises BadInputError that names the row and the field."""
    rows = document.get("storeys") or []
    if not isinstance(rows, list):
        raise _unreadable("storeys")
    return Proposal(
        storeys=tuple(storey_of(row, f"storeys[{n}]") for n, row in enumerate(rows, start=1)),
        plinth_m=decimal_of(document.get("plinth_m"), "plinth_m") or Decimal(0),
        parapet_m=decimal_of(document.get("parapet_m"), "parapet_m"),
    )


def storey_of(raw: object, where: str) -> Storey:
    """One row. Raises BadInputError."""
    if not isinstance(raw, Mapping):
        raise _unreadable(where)
    use, kind = raw.get("use") or "", raw.get("kind")
    if not isinstance(use, str) or not _USE.fullmatch(use):
        raise _unreadable(f"{where}.use")
    if kind not in tuple(StoreyKind):
        raise _unreadable(f"{where}.kind")
    found = whole_of(raw.get("number"), f"{where}.number")
    if found is None:
        raise _unreadable(f"{where}.number")
    return Storey(
        number=found,
        kind=StoreyKind(kind),
        use=use,
        units=whole_of(raw.get("units"), f"{where}.units"),
        parking=whole_of(raw.get("parking"), f"{where}.parking"),
        **{name: decimal_of(raw.get(name), f"{where}.{name}") for name in _DECIMALS},
    )


def decimal_of(raw: object, where: str) -> Decimal | None:
    """A number to the hundredth; None stays. Raises BadInputError for everything else."""
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise _unreadable(where)
    try:
        found = Decimal(str(raw))
    except InvalidOperation as error:
        raise _unreadable(where) from error
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        raise _unreadable(where)
    return found.quantize(Decimal("0.01"))


def whole_of(raw: object, where: str) -> int | None:
    """A whole number; None stays. Raises BadInputError."""
    found = decimal_of(raw, where)
    if found is None:
        return None
    if found != found.to_integral_value() or math.isnan(found):
        raise _unreadable(where)
    return int(found)


def _unreadable(where: str) -> BadInputError:
    text = Text(
        f"«{where}» خوانا نیست. عددها با رقم، نوع طبقه یکی از {'، '.join(StoreyKind)} و کاربری کد لاتین است.",
        f"“{where}” cannot be read. Numbers are in digits, a kind is one of {', '.join(StoreyKind)}, a use is a code.",
    )
    return BadInputError(fa=text.fa, en=text.en, field=where)
