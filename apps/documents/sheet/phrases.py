"""Small phrases that recur in a sheet: offices, acts, sources, zones, gaps."""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.documents.pen import Pen
from apps.documents.sheet.records import Gap

Json = Mapping[str, Any]


def office(pen: Pen, raw: Json | None) -> str:
    """'Name — contact'; '' without an office."""
    if not raw:
        return ""
    parts = (pen.say(raw["name"]), pen.say(raw["contact"]))
    return " — ".join(part for part in parts if part)


def act(pen: Pen, raw: Json | None) -> str:
    """'Body, no. 12, 22 June 2014; in effect from …'; '' without an act."""
    if not raw:
        return ""
    said = pen.word("act").format(body=pen.say(raw["body"]), number=pen.code(raw["number"]), date=pen.day(raw["date"]))
    if raw["effective_on"] == raw["date"]:
        return said
    since = pen.word("effective").format(date=pen.day(raw["effective_on"]))
    return f"{said}؛ {since}" if pen.persian else f"{said}; {since}"


def source(pen: Pen, raw: Json) -> str:
    """'Rulebook, article 8-3 · act' of a candidate or a duty."""
    book = pen.word("source").format(book=pen.say(raw["rulebook"]["title"]), article=pen.code(raw["article"]))
    return " · ".join(part for part in (book, act(pen, raw["rulebook"]["act"])) if part)


def zone(pen: Pen, raw: Json) -> str:
    """'Four storeys H4: 240 m², 100% of the parcel'."""
    label, code = pen.say(raw["label"]), pen.code(raw["code"])
    named = label and raw["label"][pen.language] != raw["code"]
    return pen.word("zone").format(
        name=f"{label} {code}" if named else code,
        area=pen.quantity(raw["area_m2"], "m²"),
        share=pen.quantity(raw["share_pct"], "%"),
    )


def edition(pen: Pen, raw: Json) -> str:
    """'Title · act' of an edition."""
    return " · ".join(part for part in (pen.say(raw["title"]), act(pen, raw["act"])) if part)


def gaps(pen: Pen, about: str, raw: Sequence[Json]) -> tuple[Gap, ...]:
    """Unknowns of one subject or theme, each sentence once."""
    found = (Gap(about, _why(pen, one), office(pen, one["office"])) for one in raw)
    return tuple(dict.fromkeys(found))


def _why(pen: Pen, raw: Json) -> str:
    share = raw["share_pct"]
    if not share:
        return pen.say(raw["text"])
    return f"{pen.say(raw['text'])} ({pen.word('share').format(share=pen.quantity(share, '%'))})"
