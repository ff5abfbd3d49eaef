"""What parts two extracts of one parcel: values, themes, consultations, forbidden works, what is not known. Pure.

Only what a request can rest on is compared. Wording, reasons, areas, tolerances and the stated instants may change
without making a difference; where there is one, both sides are given whole, with their reasons.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.common.text import Text

Document = Mapping[str, Any]
NOT_KNOWN = "not_known"


class What(StrEnum):
    """What a difference is about."""

    SUBJECT = "subject"
    THEME = "theme"
    CONSULTATION = "consultation"
    FORBIDDEN = "forbidden"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing that the two documents do not say alike. `then`, `now`: its part of each document, None = absent.

    A subject's and a duty's part is that of the document; a theme's has its `outcome` besides; completeness is
    {"complete": bool}.
    """

    what: What
    code: str
    label: Text
    then: Document | None
    now: Document | None

    @property
    def lost(self) -> bool:
        """Whether it was known then and is not known now."""
        return not _unknown(self.then) and _unknown(self.now)

    @property
    def still_unknown(self) -> bool:
        """Whether it was not known then and is not known now; only how much of it is."""
        return _unknown(self.then) and _unknown(self.now)


def compare(old_document: Document, new_document: Document) -> tuple[Differing, ...]:
    """Everything the two documents do not say alike, subjects first, in the order of the old document."""
    return (
        *subjects(old_document["subjects"], new_document["subjects"]),
        *_themes(old_document["themes"], new_document["themes"]),
        *_duties(What.CONSULTATION, old_document, new_document),
        *_duties(What.FORBIDDEN, old_document, new_document),
        *_complete(old_document, new_document),
    )


def subjects(then: Sequence[Document], now: Sequence[Document]) -> tuple[Differing, ...]:
    """The subjects that are not answered alike; one that only one side speaks of is a difference."""
    pairs = _pairs({s["code"]: s for s in then}, {s["code"]: s for s in now})
    return tuple(
        Differing(What.SUBJECT, code, Text.of(_either(a, b).get("label", code)), a, b)
        for code, a, b in pairs
        if said(a) != said(b)
    )


def said(subject: Document | None) -> object:
    """What a subject's answer comes to: its outcome, the value, the strictest known bound, the values of its parts."""
    if subject is None:
        return None
    parts = [(p["zone"]["code"], _value(p["value"])) for p in subject.get("parts", ())]
    by_part = (subject.get("policy") or {}).get("name") == "by_part"
    return (
        subject["outcome"],
        _value(subject["value"]),
        _value(subject.get("bound")),
        sorted(parts, key=repr) if by_part else None,
    )


def _value(raw: object) -> object:
    """A value without the wording around it: of a row of a schedule, only its condition and its value."""
    if isinstance(raw, list):
        return sorted((_value(item) for item in raw), key=repr)
    if isinstance(raw, Mapping):
        return (_value(raw.get("value")), sorted(raw.get("condition", {}).items()))
    return raw


def _themes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Differing]:
    for code, a, b in _pairs(_by_theme(then), _by_theme(now)):
        if a is None or b is None or a["outcome"] != b["outcome"]:
            yield Differing(What.THEME, code, Text.of(_either(a, b)["label"]), a, b)


def _by_theme(lists: Mapping[str, Any]) -> dict[str, Document]:
    return {t["theme"]: {**t, "outcome": outcome} for outcome, themes in lists.items() for t in themes}


def _duties(kind: What, then: Document, now: Document) -> Iterator[Differing]:
    for code, a, b in _pairs(_by_code(kind, then["duties"]), _by_code(kind, now["duties"])):
        if a is None or b is None:
            duty = _either(a, b)
            label = Text.of((duty["office"] or {}).get("name") or duty["text"])
            yield Differing(kind, code, label, a or _doubt(duty, then), b or _doubt(duty, now))


def _doubt(duty: Document, there: Document) -> Document | None:
    """A duty that the other document has is not gone where the theme it hangs on is not known: it is not known too."""
    unknown = {theme["theme"] for theme in there["themes"].get(NOT_KNOWN, ())}
    hangs_on = {duty["zone"]["theme"]} if duty.get("zone") else unknown
    return {"outcome": NOT_KNOWN} if unknown & hangs_on else None


def _by_code(kind: What, duties: Sequence[Document]) -> dict[str, Document]:
    return {d["code"]: d for d in reversed(duties) if d["kind"] == kind}


def _complete(then: Document, now: Document) -> Iterator[Differing]:
    if then["complete"] != now["complete"]:
        a, b = ({"complete": d["complete"]} for d in (then, now))
        yield Differing(What.COMPLETE, "complete", Text("کامل بودن پاسخ", "Completeness of the answer"), a, b)


def _pairs(
    then: Mapping[str, Document], now: Mapping[str, Document]
) -> Iterator[tuple[str, Document | None, Document | None]]:
    for code in (*then, *(code for code in now if code not in then)):
        yield code, then.get(code), now.get(code)


def _either(one: Document | None, other: Document | None) -> Document:
    return one or other or {}


def _unknown(side: Document | None) -> bool:
    return side is not None and (side.get("outcome") == NOT_KNOWN or side.get("complete") is False)
