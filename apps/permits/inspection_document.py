"""What an inspector reports, as it is sent and as the canonical document that is kept. Pure.

Lengths in metres, areas in m², two decimals; a position in degrees (WGS 84) with its accuracy in metres.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from apps.common.errors import BadInputError
from apps.common.text import Text, has_controls, latin_digits
from apps.extracts.canonical import number

FORMAT = "parvaneh-inspection/1"
MOST_SIDES, MOST_PHOTOS, LONGEST = 40, 30, 4000
_MOST_METRES, _MOST_M2, _MOST_STOREYS, _MOST_ACCURACY = Decimal(10_000), Decimal(10_000_000), 100, Decimal(100_000)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


class Outcome(StrEnum):
    """How the land was found."""

    AS_DESCRIBED = "as_described"
    DIFFERS = "differs"
    NOT_ENTERED = "not_entered"


OUTCOMES = {
    Outcome.AS_DESCRIBED: Text("همان است که گفته شده", "as described"),
    Outcome.DIFFERS: Text("با آنچه گفته شده فرق دارد", "differs from what was described"),
    Outcome.NOT_ENTERED: Text("ورود ممکن نشد", "could not enter"),
}


@dataclass(frozen=True, slots=True)
class Position:
    """Where the device was."""

    lon: Decimal
    lat: Decimal
    accuracy_m: Decimal


@dataclass(frozen=True, slots=True)
class Findings:
    """One report. `area_m2` None only where nobody could enter. `at`: as the device said, free text of an instant.

    `reason`: why a later version corrects the one before it. `photos`: sha256 of pictures in the case.
    """

    outcome: Outcome
    area_m2: Decimal | None
    sides_m: tuple[Decimal, ...] = ()
    storeys: int | None = None
    position: Position | None = None
    remarks: str = ""
    reason: str = ""
    at: str = ""
    photos: tuple[str, ...] = ()


def read(raw: Mapping[str, Any]) -> Findings:
    """From fields of a form or JSON. Raises BadInputError with `details.problems`: everything that is wrong."""
    problems: list[Text] = []

    def of(field: str, most: Decimal, places: int = 2) -> Decimal | None:
        return _figure(str(raw.get(field, "") or ""), field, most, problems, places=places)

    outcome = next((o for o in Outcome if o == raw.get("outcome")), None)
    area, storeys = of("area", _MOST_M2), of("storeys", Decimal(_MOST_STOREYS), 0)
    found = Findings(
        outcome=outcome or Outcome.NOT_ENTERED,
        area_m2=area,
        sides_m=_sides(str(raw.get("sides", "") or ""), problems),
        storeys=None if storeys is None else int(storeys),
        position=_position(raw, problems),
        remarks=_words(raw, "remarks", problems),
        reason=_words(raw, "reason", problems),
        at=str(raw.get("at", ""))[:40],
        photos=_photos(raw.get("photo_sha", ()), problems),
    )
    problems += [] if outcome else [_OUTCOME]
    if outcome in (Outcome.AS_DESCRIBED, Outcome.DIFFERS) and not area:
        problems.append(_AREA)
    if outcome in (Outcome.DIFFERS, Outcome.NOT_ENTERED) and not found.remarks:
        problems.append(_REMARKS)
    if problems:
        raise _wrong(problems)
    return found


def document(found: Findings, *, tracking: str, parcel: str, visit: str, version: int, received: str) -> dict[str, Any]:
    """The document that is kept and that the digest is over; figures that were not taken are null."""
    at = found.position
    return {
        "format": FORMAT,
        "tracking": tracking,
        "parcel": parcel,
        "visit": visit,
        "version": version,
        "received_at": received,
        "visited_at": found.at,
        "outcome": found.outcome.value,
        "area_m2": None if found.area_m2 is None else number(found.area_m2),
        "sides_m": [number(side) for side in found.sides_m],
        "storeys": found.storeys,
        "position": None
        if at is None
        else {"lon": number(at.lon, 7), "lat": number(at.lat, 7), "accuracy_m": number(at.accuracy_m)},
        "remarks": found.remarks,
        "reason": found.reason,
        "photos": list(found.photos),
    }


def _figure(raw: str, field: str, most: Decimal, problems: list[Text], *, places: int = 2) -> Decimal | None:
    plain = latin_digits(raw).replace("٫", ".").replace("٬", ",").strip()
    if _GROUPED.fullmatch(plain):  # 12,5 is no 125
        plain = plain.replace(",", "")
    if not plain:
        return None
    try:
        figure = Decimal(plain)
        if figure.is_finite() and 0 <= figure <= most and figure == round(figure, places):
            return figure
    except InvalidOperation:
        pass
    name = _NAMES[field]
    problems.append(
        Text(
            f"«{name.fa}» عدد درستی نیست. عددی از صفر تا {most:f} با حداکثر {places} رقم اعشار بنویسید.",
            f"“{name.en}” is not a sound figure. Write one from 0 to {most:f} with at most {places} decimals.",
        )
    )
    return None


def _sides(raw: str, problems: list[Text]) -> tuple[Decimal, ...]:
    """Sides one after the other, parted by spaces, lines, plus signs or semicolons."""
    parts = [part for part in re.split(r"[\s;؛+]+", raw) if part]
    if len(parts) > MOST_SIDES:
        problems.append(Text(f"حداکثر {MOST_SIDES} ضلع بنویسید.", f"Write at most {MOST_SIDES} sides."))
        return ()
    read_ones = [_figure(part, "sides", _MOST_METRES, problems) for part in parts]
    return tuple(side for side in read_ones if side is not None)


def _position(raw: Mapping[str, Any], problems: list[Text]) -> Position | None:
    said = [str(raw.get(name, "") or "").strip() for name in ("lon", "lat", "accuracy")]
    if not any(said):
        return None
    try:
        lon, lat, accuracy = (Decimal(part) for part in said)
        if abs(lon) <= 180 and abs(lat) <= 90 and 0 <= accuracy <= _MOST_ACCURACY:  # noqa: PLR2004 - degrees
            return Position(lon, lat, round(accuracy, 2))
    except InvalidOperation:
        pass
    problems.append(
        Text(
            "موقعیت خوانا نیست. آن را پاک کنید یا دوباره بگیرید.",
            "The position cannot be read. Clear it or take it anew.",
        )
    )
    return None


def _words(raw: Mapping[str, Any], field: str, problems: list[Text]) -> str:
    said = str(raw.get(field, "") or "").strip()
    if len(said) > LONGEST or has_controls(said):
        problems.append(
            Text(
                f"نوشته را کوتاه‌تر از {LONGEST} نویسه و بی نویسهٔ نامرئی بنویسید.",
                f"Write at most {LONGEST} characters, without invisible ones.",
            )
        )
        return ""
    return said


def _photos(raw: Sequence[str] | str, problems: list[Text]) -> tuple[str, ...]:
    listed = tuple(dict.fromkeys([raw] if isinstance(raw, str) and raw else raw))
    if len(listed) > MOST_PHOTOS or not all(_SHA256.fullmatch(str(one)) for one in listed):
        problems.append(
            Text(f"حداکثر {MOST_PHOTOS} عکس بفرستید و صفحه را تازه کنید.", f"Send at most {MOST_PHOTOS} photos.")
        )
        return ()
    return listed


_NAMES = {
    "area": Text("مساحت اندازه‌گیری‌شده", "Measured area"),
    "sides": Text("ضلع‌ها", "Sides"),
    "storeys": Text("طبقه‌های موجود", "Storeys found"),
}
_OUTCOME = Text("نتیجهٔ بازدید را برگزینید.", "Choose the outcome of the visit.")
_AREA = Text("مساحتی را که اندازه گرفتید بنویسید.", "Write the area that you measured.")
_REMARKS = Text("بنویسید چه فرقی دیدید یا چرا ورود ممکن نشد.", "Write what differs, or why you could not enter.")


def _wrong(problems: Sequence[Text]) -> BadInputError:
    return BadInputError(
        fa=" ".join(p.fa for p in problems),
        en=" ".join(p.en for p in problems),
        problems=[p.as_dict() for p in problems],
    )
