"""The report of a run as one table for a spreadsheet: one finding a line, UTF-8 with a mark so that Excel reads it."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

HEADER = ("kind", "row", "other_row", "code", "m2", "reason", "text_fa", "text_en", "lon", "lat")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report_csv(report: Mapping[str, Any]) -> bytes:
    """Every finding that the report lists. Cells that a spreadsheet would take for a formula are made text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for line in _lines(report):
        writer.writerow([_safe(line.get(name, "")) for name in HEADER])
    return ("\ufeff" + out.getvalue()).encode()


def _lines(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for row in report["quarantine"]["rows"]:
        text = {"reason": row["reason"], "text_fa": row["fa"], "text_en": row["en"]}
        yield {"kind": "quarantined", "row": row["row"], **text, **_middle(row["shape"])}
    for kind, name in (("gap", "gaps"), ("overlap", "overlaps"), ("outside_district", "outside")):
        for spot in (report[name] or {"spots": []})["spots"]:
            rows = dict(zip(("row", "other_row"), spot["rows"], strict=False))
            yield {"kind": kind, **rows, "code": spot["code"], "m2": spot["m2"], **_middle(spot["shape"])}
    for found in report["codes"]["unknown"]:
        yield {"kind": "code_without_rule", "code": found["code"], "row": found["row"]}
    for found in report["codes"]["unused"]:
        yield {"kind": "code_not_in_layer", "code": found["code"], "reason": " ".join(found["books"])}
    for row in report["beyond"]:
        yield {"kind": "beyond_coverage", "row": row}


def _middle(shape: Mapping[str, Any] | None) -> dict[str, float]:
    """The first point, WGS 84: enough to fly to."""
    if not shape or not shape.get("coordinates"):
        return {}
    point: Any = shape["coordinates"]
    while isinstance(point[0], list):
        point = point[0]
    return {"lon": point[0], "lat": point[1]}


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
