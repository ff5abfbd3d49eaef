"""Fields of an inspector's report, read one by one: what is wrong is added to a list, and said together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from apps.common.text import Text, has_controls, latin_digits

MOST_SIDES, MOST_PHOTOS, LONGEST = 40, 30, 4000
MOST_METRES, MOST_M2, MOST_STOREYS = Decimal(10_000), Decimal(10_000_000), Decimal(100)
_MOST_ACCURACY = Decimal(100_000)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
NAMES = {
    "area": Text("مساحت اندازه‌گیری‌شده", "Measured area"),
    "sides": Text("ضلع‌ها", "Sides"),
    "storeys": Text("طبقه‌های موجود", "Storeys found"),
}


@dataclass(frozen=True, slots=True)
class Position:
    """Where the device was."""

    lon: Decimal
    lat: Decimal
    accuracy_m: Decimal


def figure(raw: str, field: str, most: Decimal, problems: list[Text], *, places: int = 2) -> Decimal | None:
    """A figure in any keyboard's digits, 0 to `most`; None = not written, or wrong, then a problem is added."""
    plain = latin_digits(raw).replace("٫", ".").replace("٬", ",").strip()
    if _GROUPED.fullmatch(plain):  # 12,5 is no 125
        plain = plain.replace(",", "")
    if not plain:
        return None
    try:
        found = Decimal(plain)
        if found.is_finite() and 0 <= found <= most and found == round(found, places):
            return found
    except InvalidOperation:
        pass
    name = NAMES[field]
    problems.append(
        Text(
            f"«{name.fa}» عدد درستی نیست. عددی از صفر تا {most:f} با حداکثر {places} رقم اعشار بنویسید.",
            f"“{name.en}” is not a sound figure. Write one from 0 to {most:f} with at most {places} decimals.",
        )
    )
    return None


def sides(raw: str, problems: list[Text]) -> tuple[Decimal, ...]:
    """Sides one after the other, parted by spaces, lines, plus signs or semicolons."""
    parts = [part for part in re.split(r"[\s;؛+]+", raw) if part]
    if len(parts) > MOST_SIDES:
        problems.append(Text(f"حداکثر {MOST_SIDES} ضلع بنویسید.", f"Write at most {MOST_SIDES} sides."))
        return ()
    read_ones = [figure(part, "sides", MOST_METRES, problems) for part in parts]
    return tuple(side for side in read_ones if side is not None)


def position(raw: Mapping[str, Any], problems: list[Text]) -> Position | None:
    """Longitude, latitude and accuracy; all or none of them."""
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


def words(raw: Mapping[str, Any], field: str, problems: list[Text]) -> str:
    """What somebody wrote, without what cannot be kept."""
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


def photos(raw: Sequence[str] | str, problems: list[Text]) -> tuple[str, ...]:
    """Digests of photos, each once."""
    listed = tuple(dict.fromkeys([raw] if isinstance(raw, str) and raw else raw))
    if len(listed) > MOST_PHOTOS or not all(_SHA256.fullmatch(str(one)) for one in listed):
        problems.append(
            Text(f"حداکثر {MOST_PHOTOS} عکس بفرستید و صفحه را تازه کنید.", f"Send at most {MOST_PHOTOS} photos.")
        )
        return ()
    return listed
