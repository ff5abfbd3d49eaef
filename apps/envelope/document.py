"""An envelope as plain JSON values: the summary that pages and callers read."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from apps.envelope.floor_area import Weighed
from apps.envelope.inputs import CutOut, Doubt, Lot, Provision
from apps.envelope.levels import Level
from apps.envelope.reading import Reading
from apps.envelope.shares import wells_of
from apps.envelope.solve import NOT_KNOWN, Envelope

PLACES = 4
SCHEMA = "parvaneh-envelope/1"
_ASKED = ("synthetic", "sample_rules", "city", "on", "known_at", "permit_kind")


def head(extract: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, and the extract that the envelope rests on."""
    return {
        "schema": SCHEMA,
        **{name: extract[name] for name in _ASKED},
        "parcel": extract["parcel"]["code"],
        "extract_digest": extract["digest"],
    }


def summary(found: Envelope, lot: Lot, reading: Reading) -> dict[str, Any]:
    """The answer without its shapes. When not known, every number is only an upper bound. Areas m², volumes m³."""
    levels = found.stack.levels
    return {
        "outcome": found.outcome,
        "upper_bound": found.outcome == NOT_KNOWN,
        "strict": found.strict,
        "reasons": [reason(r) for r in found.reasons],
        "notes": [note.as_dict() for note in found.notes],
        "plot_m2": maybe(lot.plot_m2),
        "lot_m2": fine(lot.shape.area),
        "max_floor_area_m2": maybe(found.floor.max_m2),
        "max_footprint_m2": maybe(max((level.built_m2 for level in levels), default=None)),
        "storeys": sum(level.counted for level in levels) if levels and not found.stack.unlimited else None,
        "top_m": maybe(levels[-1].to_m) if levels else None,
        "max_height_m": maybe(reading.law.limit("max_height").value),
        "space_m3": maybe(found.space_m3),
        "built_m3": maybe(found.built_m3),
        "binding": None if found.floor.text is None else found.floor.text.as_dict(),
        "binding_limits": list(found.floor.named),
        "limits": [_limit(row) for row in found.floor.limits],
        "light_wells_m2": fine(wells_of(reading.law)),
        "cut_outs": [_cut_out(c) for c in lot.cut_outs],
        "levels": [_level(level) for level in levels],
    }


def unknown(reasons: Iterable[Doubt]) -> dict[str, Any]:
    """A summary that knows nothing but why."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("plot_m2", "lot_m2", "max_floor_area_m2", "max_footprint_m2", "storeys", "top_m", "max_height_m")
    )
    return {
        "outcome": NOT_KNOWN,
        "upper_bound": True,
        "strict": False,
        "reasons": [reason(r) for r in reasons],
        "notes": [],
        **nothing,
        "space_m3": None,
        "built_m3": None,
        "binding": None,
        "binding_limits": [],
        "limits": [],
        "light_wells_m2": 0,
        "cut_outs": [],
        "levels": [],
    }


def reason(raw: Doubt) -> dict[str, Any]:
    """Why an envelope is not known, or impossible, and whom to ask."""
    return {"why": raw.why, "text": raw.text.as_dict(), "office": None if raw.office is None else dict(raw.office)}


def provision(raw: Provision | None) -> dict[str, Any] | None:
    """The provision that made something."""
    if raw is None:
        return None
    return {
        "subject": raw.subject,
        "label": raw.label.as_dict(),
        "rulebook": {"code": raw.rulebook, "title": raw.title.as_dict(), "act": raw.act},
        "article": raw.article,
        "row": raw.row,
        "text": raw.text.as_dict(),
    }


def fine(raw: Decimal | float) -> int | float:
    """Four decimals: fine enough for a law in feet to find its own round numbers again. Integers without a fraction."""
    rounded = round(float(raw), PLACES)
    return int(rounded) if rounded.is_integer() else rounded


def maybe(raw: Decimal | float | None) -> int | float | None:
    """As `fine`; None stays."""
    return None if raw is None else fine(raw)


def _limit(row: Weighed) -> dict[str, Any]:
    return {
        "key": row.key,
        "label": row.label.as_dict(),
        "allows_m2": fine(row.allows_m2),
        "binds": row.binds,
        "provisions": [provision(p) for p in row.provisions],
    }


def _cut_out(raw: CutOut) -> dict[str, Any]:
    return {
        "theme": raw.theme,
        "label": raw.label.as_dict(),
        "area_m2": fine(raw.shape.area),
        "ceded": raw.ceded,
        "provision": provision(raw.provision),
    }


def _level(level: Level) -> dict[str, Any]:
    return {
        "index": level.index,
        "label": level.label.as_dict(),
        "from_m": fine(level.from_m),
        "to_m": maybe(level.to_m),
        "counted": level.counted,
        "region_m2": fine(level.region_m2),
        "coverage_m2": maybe(level.coverage_m2),
        "built_m2": fine(level.built_m2),
    }
