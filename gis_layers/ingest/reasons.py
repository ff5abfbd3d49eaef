"""Why a row is kept out of an edition: one code and one sentence in two languages for each."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.common.text import Text


class Reason(StrEnum):
    """The code of a quarantined row."""

    EMPTY = "empty_geometry"
    UNREADABLE = "unreadable_geometry"
    NOT_FINITE = "coordinates_not_finite"
    CURVED = "curved_geometry"
    NOT_POLYGON = "not_a_polygon"
    INVALID = "invalid_geometry"
    OUT_OF_BOUNDS = "out_of_the_city"
    NO_CODE = "no_code"
    TOO_LONG = "value_too_long"
    OVERLAP = "overlaps_another_row"
    PLACELESS = "declared_without_place"


_TEXTS = {
    Reason.EMPTY: Text(
        "این ردیف شکل ندارد. شکل آن را بکشید یا ردیف را بردارید.",
        "This row has no shape. Draw it, or remove the row.",
    ),
    Reason.UNREADABLE: Text(
        "شکل این ردیف خوانا نیست (حلقهٔ باز یا نوع ناشناخته). آن را از نو بکشید.",
        "The shape of this row cannot be read (open ring or unknown kind). Draw it anew.",
    ),
    Reason.NOT_FINITE: Text(
        "در مختصات این ردیف عددی هست که عدد نیست (NaN یا بی‌نهایت). گوشه‌های آن را درست کنید.",
        "A coordinate of this row is not a number (NaN or infinite). Correct its corners.",
    ),
    Reason.CURVED: Text(
        "این شکل کمان دارد. در نرم‌افزار خود آن را به پاره‌خط تبدیل کنید (densify / linearize).",
        "This shape has arcs. Turn them into straight pieces in your software (densify, linearize).",
    ),
    Reason.NOT_POLYGON: Text(
        "این ردیف {kind} است و لایه چندضلعی می‌خواهد. محدودهٔ آن را چندضلعی بکشید.",
        "This row is a {kind}, and the layer needs polygons. Draw its area as a polygon.",
    ),
    Reason.INVALID: Text(
        "شکل درست نیست ({why}) و بی تغییرِ مساحت درست نمی‌شود. آن را در نرم‌افزار خود اصلاح کنید.",
        "The shape is not valid ({why}) and cannot be mended without changing its area. Correct it in your software.",
    ),
    Reason.OUT_OF_BOUNDS: Text(
        "این ردیف از محدودهٔ شهر بیرون است ({where}). مختصات آن را درست کنید یا ردیف را بردارید.",
        "This row lies outside the city's bounds ({where}). Correct its coordinates, or remove the row.",
    ),
    Reason.NO_CODE: Text(
        "ستون {field} در این ردیف خالی است. کد پهنه را بنویسید.",
        "Field {field} of this row is empty. Write the zone's code.",
    ),
    Reason.TOO_LONG: Text(
        "مقدار ستون {field} از {limit} نویسه درازتر است. آن را کوتاه کنید.",
        "The value of field {field} is longer than {limit} characters. Shorten it.",
    ),
    Reason.OVERLAP: Text(
        "این ردیف با ردیف {other} در {area} متر مربع روی هم است؛ هر جا باید یک مقدار داشته باشد. مرز را یکی کنید.",
        "This row and row {other} overlap by {area} m²; each place must have one value only. Make their border one.",
    ),
    Reason.PLACELESS: Text(
        "«{code}» در منبع خود شکلی ندارد و چنین نیز اعلام شده است: در هیچ جا الزامی نمی‌آورد.",
        "“{code}” has no shape in its source, and is declared so: it binds nowhere.",
    ),
}


# What GEOS says of a shape, with the place in brackets: "Self-intersection[562869 3611780]".
_GEOS = re.compile(r"^([^\[]+)\[([^\]]+)\]$")
_GEOS_FA = {
    "self-intersection": "ضلع‌ها یکدیگر را می‌برند",
    "ring self-intersection": "حلقه به خود برمی‌خورد",
    "hole lies outside shell": "حفره بیرون از شکل است",
    "holes are nested": "حفره‌ای درون حفرهٔ دیگر است",
    "nested shells": "تکه‌ای درون تکهٔ دیگر است",
    "interior is disconnected": "درون شکل یکپارچه نیست",
    "duplicate rings": "حلقه‌ای تکراری است",
    "too few points in geometry component": "گوشه‌ها کم‌اند",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is kept out. `footprint`: where it may lie, a shapely polygon in the city's CRS; None = unknown."""

    reason: Reason
    text: Text
    footprint: Any | None


def refusal(reason: Reason, *, footprint: Any | None = None, **words: object) -> Refusal:
    """A refusal with its sentence; `words` fill the sentence's places."""
    text = _TEXTS[reason]
    return Refusal(reason, Text(fa=text.fa.format(**_in_persian(words)), en=text.en.format(**words)), footprint)


def _in_persian(words: dict[str, object]) -> dict[str, object]:
    """The same words for a Persian sentence: decimals by their own mark, the common faults of shapes by name."""
    said = dict(words)
    if "area" in said:
        said["area"] = str(said["area"]).removesuffix(".00").replace(".", "٫")
    found = _GEOS.match(str(said.get("why", "")))
    if found and (known := _GEOS_FA.get(found[1].strip().lower())):
        said["why"] = f"{known}، نزدیک \u2066{found[2]}\u2069"
    return said
