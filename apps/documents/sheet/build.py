"""From an extract's JSON to a sheet. Nothing is decided here, only said."""

from collections.abc import Iterator

from apps.common.city_law import CityLaw
from apps.documents.pen import Pen
from apps.documents.sheet import law as laws
from apps.documents.sheet import phrases
from apps.documents.sheet.parcel import fact_rows, parcel_rows
from apps.documents.sheet.phrases import Json
from apps.documents.sheet.records import Gap, Sheet
from apps.documents.sheet.subjects import rule


def sheet(pen: Pen, extract: Json, *, law: CityLaw, kind: str, code_name: str) -> Sheet:
    """The sheet of an extract; `kind`, `code_name`: what permit kind and parcel code are called."""
    parcel = extract["parcel"]
    ordered = sorted(extract["subjects"], key=lambda s: not s["headline"])
    return Sheet(
        title=f"{pen.word('title')} {pen.code(parcel['code'])}",
        code=pen.code(parcel["code"]),
        city=pen.say(extract["city"]["name"]),
        day=pen.day(extract["on"]),
        known_at=pen.instant(extract["known_at"]),
        kind=kind,
        marks=tuple(_marks(pen, extract)),
        complete=extract["complete"],
        parcel=parcel_rows(pen, parcel, code_name),
        gaps=tuple(dict.fromkeys(_gaps(pen, extract))),
        rules=tuple(rule(pen, subject) for subject in ordered),
        pending=tuple(laws.pending(pen, one) for one in extract["pending"]),
        duties=laws.duty_groups(pen, extract["duties"], extract["notes"]),
        facts=fact_rows(pen, extract, law, kind),
        layers=laws.layer_lists(pen, extract["themes"]),
        failures=tuple(pen.say(one["text"]) for one in extract["failures"]),
        digest=extract["digest"],
        law_version=pen.digits(extract["law"]["version"]),
        crs=extract["city"]["crs"],
    )


def _marks(pen: Pen, extract: Json) -> Iterator[str]:
    if extract["sample_rules"]:
        yield pen.word("sample")
    if extract["synthetic"]:
        yield pen.word("synthetic")


def _gaps(pen: Pen, extract: Json) -> Iterator[Gap]:
    """What is not known: themes first, then subjects and failures.

    A fact that is not recorded stands in the table of facts; where a rule needs it, the subject is open and says so.
    """
    for theme in extract["themes"]["not_known"]:
        yield from phrases.gaps(pen, pen.say(theme["label"]), theme["unknown"])
    yield from _open_subjects(pen, extract)
    for failure in extract["failures"]:
        yield Gap(pen.word("failures"), pen.say(failure["text"]), "")


def _open_subjects(pen: Pen, extract: Json) -> Iterator[Gap]:
    """Each reason once, with every subject that it keeps open."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for subject in extract["subjects"]:
        if subject["outcome"] != "not_known":
            continue
        label = pen.say(subject["label"])
        found = phrases.gaps(pen, label, subject["unknown"])
        for gap in found or (Gap(label, pen.say(subject["reason"]), ""),):
            by_reason.setdefault((gap.why, gap.ask), []).append(label)
    for (why, ask), labels in by_reason.items():
        yield Gap(pen.listed(labels), why, ask)
