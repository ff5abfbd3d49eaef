"""A report parcel by parcel, as rows of a file: one row per parcel and permit kind. Blank = as it is today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.text import Text
from apps.impact.models import ImpactReport
from apps.impact.transitions import DOUBT, course_of_gone
from apps.impact.words import Names, name_of, names, told
from gis_layers import postgis_impact_rows

WAS, WOULD_BE = Text("اکنون", "now"), Text("پس از آن", "then")


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in files, what people call it, 'text', 'real' or 'whole'."""

    name: str
    label: Text
    kind: str = "text"


_FIXED = (
    Field("parcel", Text("قطعه", "Parcel")),
    Field("district", Text("منطقه", "District")),
    Field("area_m2", Text("مساحت ترسیمی (متر مربع)", "Drawn area (m²)"), "real"),
    Field("permit_kind", Text("نوع پروانه", "Permit kind")),
)
_FLAGS = (
    Field("consultations_new", Text("استعلام‌های تازه", "Consultations that appear")),
    Field("consultations_gone", Text("استعلام‌های برداشته", "Consultations that vanish")),
    Field("forbidden_new", Text("کارهای ممنوع تازه", "Works that become forbidden")),
    Field("forbidden_gone", Text("کارهای آزادشده", "Works no longer forbidden")),
    Field("becomes_not_known", Text("نامعلوم می‌شود", "Becomes not known")),
    Field("becomes_known", Text("معلوم می‌شود", "Becomes known")),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a report's file, and the cells of each change by its number."""

    fields: tuple[Field, ...]
    cells: Mapping[int, Mapping[str, Any]]


def sheet(report: ImpactReport, language: str | None = None) -> Sheet:
    """Columns for every theme and subject that changes anywhere. `language` None = English cells."""
    known = names()
    changes = {n: (k, d) for n, k, d in report.changes.values_list("number", "kind", "difference")}
    about = sorted(
        {(w, n) for _, d in changes.values() for w in ("theme", "subject") for n in d[f"{w}s"]}, reverse=True
    )
    pairs = [Field(f"{name}_{when}", _both(what, name, known, label)) for what, name in about
             for when, label in (("now", WAS), ("then", WOULD_BE))]  # fmt: skip
    return Sheet((*_FIXED, *pairs, *_FLAGS), {n: _cells(k, d, language or "en") for n, (k, d) in changes.items()})


def rows(report: ImpactReport, made: Sheet) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """(shape as WKB in the city's CRS, cells by column) of every parcel and permit kind, in the order of parcels."""
    for row in postgis_impact_rows.shapes(report=report.pk):
        own = {"parcel": row["code"], "district": row["district"], "area_m2": row["drawn_area_dm2"] / 100}
        yield bytes(row["wkb"]), {**own, **made.cells[row["change"]]}


def _both(what: str, name: str, known: Names, when: Text) -> Text:
    label = name_of(what, name, known)
    return Text(f"{label.fa}: {when.fa}", f"{label.en}: {when.en}")


def _cells(kind: str, difference: Mapping[str, Any], language: str) -> dict[str, Any]:
    cells: dict[str, Any] = {"permit_kind": kind}
    opens, settles = [], []
    for what in ("theme", "subject"):
        for name, (was, would_be) in difference[f"{what}s"].items():
            cells[f"{name}_now"] = told(what, name, was).in_language(language)
            cells[f"{name}_then"] = told(what, name, would_be).in_language(language)
            if was["outcome"] != would_be["outcome"]:
                if would_be["outcome"] == "not_known":
                    opens.append(name)
                elif was["outcome"] == "not_known":
                    settles.append(name)
    doubtful = course_of_gone(difference) == DOUBT
    for duty, word in (("consultation", "consultations"), ("forbidden", "forbidden")):
        named = {course: [code for k, code in difference[course] if k == duty] for course in ("new", "gone")}
        cells[f"{word}_new"] = " ".join(named["new"])
        cells[f"{word}_gone"] = "" if doubtful else " ".join(named["gone"])
        opens += [f"{duty}:{code}" for code in named["gone"] if doubtful]
    return {**cells, "becomes_not_known": " ".join(opens), "becomes_known": " ".join(settles)}
