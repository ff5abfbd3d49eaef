"""A report as files: a table for spreadsheets, and a GeoPackage."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from apps.common.city import current_city
from apps.impact.models import ImpactReport
from apps.impact.rows import Field, rows, sheet
from gis_layers.export.impact_package import write_impact_package

BOM = "\ufeff"
_ACT = ("instrument", "kind", "number", "act_date", "effective_on", "body_en", "body_fa", "scope", "replaced_by")


def csv_lines(report: ImpactReport) -> Iterator[str]:
    """UTF-8 text with a byte-order mark; the header in both languages."""
    made = sheet(report)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BOM)
    writer.writerow([f"{field.label.fa} | {field.label.en}" for field in made.fields])
    for _, row in rows(report, made):
        writer.writerow([_plain(row.get(field.name)) for field in made.fields])
        if buffer.tell() > _BLOCK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def write_geopackage(report: ImpactReport, out: Path) -> None:
    """Parcels with what is and what would be; the acts assumed; how the report was made."""
    made = sheet(report)
    write_impact_package(
        out,
        parcels=rows(report, made),
        fields={field.name: field.kind for field in made.fields},
        tables={"acts_assumed": _acts(report), "metadata": _metadata(report), "columns": _columns(made.fields)},
    )


def metadata(report: ImpactReport) -> dict[str, str]:
    """How the report was made, and how far to trust it."""
    city = current_city()
    return {
        "report": str(report.pk),
        "label_fa": report.label_fa,
        "label_en": report.label_en,
        "legal_day": report.on.isoformat(),
        "permit_kinds": " ".join(report.kinds),
        "law_version": str(report.law_version),
        "parcels_as_recorded_by": report.known_at.isoformat() if report.known_at else "",
        "parcels_looked_at": str(report.looked_at),
        "computed_at": report.finished_at.isoformat() if report.finished_at else "",
        "synthetic_parcels": "yes" if city.synthetic else "no",
        "sample_rules": "yes, unofficial" if city.sample_rules else "no",
        "not_law": "These acts were assumed, not signed. Blank cells: as it is today.",
    }


_BLOCK = 64_000
# A cell that begins so would be read as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _plain(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _acts(report: ImpactReport) -> dict[str, list[str]]:
    return {name: [str(act.get(name) or "") for act in report.acts] for name in _ACT}


def _metadata(report: ImpactReport) -> dict[str, list[str]]:
    told = metadata(report)
    return {"name": list(told), "value": list(told.values())}


def _columns(fields: tuple[Field, ...]) -> dict[str, list[str]]:
    listed = list(fields)
    return {
        "name": [field.name for field in listed],
        "fa": [field.label.fa for field in listed],
        "en": [field.label.en for field in listed],
    }
