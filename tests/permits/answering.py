"""Extract documents in few words, for checks without a database."""

from typing import Any

from apps.legal.subject_list import ALL

VOCABULARY = {subject.code: subject for subject in ALL}
TEXT = {"fa": "متن", "en": "text"}
OFFICE = {"code": "district", "name": {"fa": "منطقه", "en": "District"}, "contact": {"fa": "", "en": ""}}


def fine(value: Any, **condition: str) -> dict[str, Any]:
    """A row of a schedule."""
    return {"value": value, "row": "r", "condition": condition, "text": TEXT}


def candidate(value: Any, *, strength: str = "ordinary", won: bool = True, also: Any = ()) -> dict[str, Any]:
    book = {"code": "b", "title": {"fa": "کتاب", "en": "Book"}, "act": None}
    return {"value": value, "won": won, "explain": TEXT, "text": TEXT, "strength": strength, "rulebook": book,
            "article": "8-1", "row": "r", "also": list(also), "zone": None}  # fmt: skip


def subject(code: str, value: Any, *, outcome: str = "value", unit: str | None = None, candidates: Any = None,
            parts: Any = (), policy: str = "by_part") -> dict[str, Any]:  # fmt: skip
    """A subject as an extract writes it; numbers as text are read ('1.1')."""
    known = VOCABULARY[code]
    number = float(value) if isinstance(value, str) else value
    return {
        "code": code,
        "label": known.label.as_dict(),
        "unit": known.unit if unit is None else unit,
        "direction": known.direction.value,
        "headline": False,
        "outcome": outcome,
        "value": number if outcome == "value" else None,
        "bound": None,
        "reason": TEXT,
        "candidates": [candidate(number)] if candidates is None else candidates,
        "unknown": [] if outcome == "value" else [{"text": {"fa": "؟", "en": "Nobody knows."}, "office": OFFICE}],
        "policy": {"name": policy if parts else "strictest"},
        "parts": [{"zone": {}, "value": part, "text": TEXT} for part in parts],
    }


def answer(*subjects: dict[str, Any]) -> dict[str, Any]:
    """An extract that knows these subjects and nothing against anybody."""
    facts = [
        {"name": "passage_m", "label": {"fa": "عرض گذر", "en": "Width of the passage"}, "value": None, "unit": "m"}
    ]
    return {
        "complete": True,
        "failures": [],
        "subjects": list(subjects),
        "duties": [],
        "facts": facts,
        "permit_kind": "NEW",
        "parcel": {"code": "1-1-1-1", "frontage_m": 20},
    }


EVERYTHING = {
    **{s.code: 5 for s in ALL},
    "permitted_use": ["RES"],
    "min_parking": [fine(1)],
    "min_lot_for_use": [fine(100)],
    "min_plot": 150,
    "min_frontage": 25,
}
"""A value for every subject."""
