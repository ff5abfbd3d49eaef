"""What is worth saying of an event besides its kind: from its data, in both languages, never raw."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from apps.cases.models import CaseEvent
from apps.cases.types.definition import CaseType
from apps.common.calendar import day_en, jalali_fa
from apps.common.text import NOTHING, Text, isolated
from frontend.case_page_words import KINDS


def details_of(event: CaseEvent, definition: CaseType, parties: Mapping[int, Text]) -> Text:
    """What is worth saying beyond the sentence; nothing where there is nothing."""
    data = event.data
    if event.kind in KINDS:
        told = _DETAILS.get(event.kind)
        return told(data if event.kind != "document" else _named(data, definition), parties) if told else NOTHING
    return _step(data, definition)


def _named(data: Mapping[str, Any], definition: CaseType) -> dict[str, Any]:
    """A document the service asks for goes by its name there, in both languages; another as its sender named it."""
    wanted = next((d.name for d in definition.documents if d.code == data.get("code")), None)
    return {**data, "title": data.get("title", "") if wanted is None else wanted.as_dict()}


def _step(data: Mapping[str, Any], definition: CaseType) -> Text:
    """Where a step led to."""
    target = next((s for s in definition.states if s.code == data.get("to")), None)
    return NOTHING if target is None else Text(f"وضعیت تازه: {target.name.fa}", f"Now: {target.name.en}")


def _number(data: Mapping[str, Any], _parties: Mapping[int, Text]) -> Text:
    number = data.get("number")
    return Text(f"شمارهٔ \u2066{number}\u2069", f"no. {number}") if number else NOTHING


def _title(data: Mapping[str, Any], _parties: Mapping[int, Text]) -> Text:
    raw = data.get("title", "")
    return Text.of(raw) if raw else NOTHING


def _settled(data: Mapping[str, Any], _parties: Mapping[int, Text]) -> Text:
    if data.get("accepted"):
        return Text("پذیرفته شد", "Accepted")
    return Text("پذیرفته نشد و دوباره باز است", "Not accepted: it is open again")


def _document(data: Mapping[str, Any], _parties: Mapping[int, Text]) -> Text:
    title, number = Text.of(data.get("title", "")), data.get("number", 1)
    return Text(f"{title.fa}، نسخهٔ {isolated(number)}", f"{title.en}, version {number}")


def _version(data: Mapping[str, Any], _parties: Mapping[int, Text]) -> Text:
    number = data.get("version")
    return Text(f"نسخهٔ {isolated(number)}", f"version {number}") if number else NOTHING


def _party(data: Mapping[str, Any], parties: Mapping[int, Text]) -> Text:
    return parties.get(data.get("party", 0), NOTHING)


def _moved(data: Mapping[str, Any], _parties: Mapping[int, Text]) -> Text:
    days = [_day(data.get(key)) for key in ("from", "to")]
    if not all(day.fa for day in days):
        return NOTHING
    (was, now) = days
    return Text(f"از {was.fa} به {now.fa}", f"from {was.en} to {now.en}")


def _visit(data: Mapping[str, Any], _parties: Mapping[int, Text]) -> Text:
    """Day and hour of a visit."""
    if not data.get("day") or not data.get("starts"):
        return NOTHING
    day, hour = date.fromisoformat(str(data["day"])), data["starts"]
    return Text(f"{jalali_fa(day)} ساعت {isolated(hour)}", f"{day_en(day)}, {hour}")


def _day(raw: object) -> Text:
    if not raw:
        return NOTHING
    day = datetime.fromisoformat(str(raw)).astimezone().date()
    return Text(jalali_fa(day), day_en(day))


Details = Callable[[Mapping[str, Any], Mapping[int, Text]], Text]
_DETAILS: Mapping[str, Details] = {
    "held": _number,
    "warned": _number,
    "released": _number,
    "ask": _title,
    "settle": _settled,
    "document": _document,
    "proposal": _version,
    "visit_booked": _visit,
    "visit_moved": _visit,
    "visit_cancelled": _visit,
    "visit_freed": _visit,
    "co_owner": _party,
    "co_owner_confirmed": _party,
    "co_owner_reopened": _party,
    "co_owner_removed": _party,
    "consent": _party,
    "objection": _party,
    "deadline_moved": _moved,
}


def written_in(event: CaseEvent) -> str:
    """What the actor wrote themselves: the reason of a step, an answer, a dispute; as it was written."""
    data = event.data
    return str(data.get("said") or data.get("text") or "") if event.kind != "handed_over" else ""
