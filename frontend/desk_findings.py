"""The findings of a run as one map: what each place is, in words, and the frame of the city."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.common.city import current_city
from apps.desk.models import IntakeRun
from frontend import wording
from frontend.templatetags.desk_intake import reason_name


def findings_data(run: IntakeRun) -> dict[str, Any]:
    """The JSON block of the report's map. Shapes in WGS 84."""
    return {**frame(), "shapes": {"type": "FeatureCollection", "features": list(_features(run.report))}}


def frame() -> dict[str, Any]:
    """What every small map of the intake needs."""
    west, south, east, north = current_city().bounds
    return {
        "language": get_language(),
        "bounds": [[south, west], [north, east]],
        "layers": "/api/v1/layers",
        "texts": {
            "failed": _("The answer did not come. Check your connection and try again."),
            "picture_failed": _("The map cannot be drawn: {why}"),
            "picture_of": _("{n} shapes are shown"),
            "row": _("Row {n}"),
        },
    }


def _features(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for row in report["quarantine"]["rows"]:
        yield _feature("quarantined", f"q-{row['row']}", row["shape"], _row(row["row"], reason_name(row["reason"])))
    for place, spot in enumerate(_spots(report, "gaps")):
        yield _feature("gap", f"g-{place}", spot["shape"], _("A gap of %(m2)s") % {"m2": _m2(spot)})
    for place, spot in enumerate(_spots(report, "overlaps")):
        said = _("Rows %(one)s and %(other)s share %(m2)s") % {
            "one": wording.digits(spot["rows"][0]),
            "other": wording.digits(spot["rows"][1]),
            "m2": _m2(spot),
        }
        yield _feature("overlap", f"o-{place}", spot["shape"], said)
    for place, spot in enumerate(_spots(report, "outside")):
        yield _feature("outside", f"d-{place}", spot["shape"], _row(spot["rows"][0], _m2(spot)))


def _spots(report: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return report[name]["spots"] if report[name] else []


def _feature(kind: str, key: str, shape: Any, said: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"kind": kind, "key": key, "said": said}, "geometry": shape}


def _row(number: int, said: str) -> str:
    return _("Row %(row)s: %(said)s") % {"row": wording.digits(number), "said": said}


def _m2(spot: Mapping[str, Any]) -> str:
    return wording.quantity(spot["m2"], "m²")
