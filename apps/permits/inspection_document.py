"""What an inspector reports, as it is sent and as the canonical document that is kept. Pure.

Lengths in metres, areas in m², two decimals; a position in degrees (WGS 84) with its accuracy in metres.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.extracts.canonical import number
from apps.permits import inspection_fields as fields
from apps.permits.inspection_fields import MOST_M2, MOST_STOREYS, Position

FORMAT = "parvaneh-inspection/1"


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
        return fields.figure(str(raw.get(field, "") or ""), field, most, problems, places=places)

    outcome = next((o for o in Outcome if o == raw.get("outcome")), None)
    area, storeys = of("area", MOST_M2), of("storeys", MOST_STOREYS, 0)
    found = Findings(
        outcome=outcome or Outcome.NOT_ENTERED,
        area_m2=area,
        sides_m=fields.sides(str(raw.get("sides", "") or ""), problems),
        storeys=None if storeys is None else int(storeys),
        position=fields.position(raw, problems),
        remarks=fields.words(raw, "remarks", problems),
        reason=fields.words(raw, "reason", problems),
        at=str(raw.get("at", ""))[:40],
        photos=fields.photos(raw.get("photo_sha", ()), problems),
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


_OUTCOME = Text("نتیجهٔ بازدید را برگزینید.", "Choose the outcome of the visit.")
_AREA = Text("مساحتی را که اندازه گرفتید بنویسید.", "Write the area that you measured.")
_REMARKS = Text("بنویسید چه فرقی دیدید یا چرا ورود ممکن نشد.", "Write what differs, or why you could not enter.")


def _wrong(problems: Sequence[Text]) -> BadInputError:
    return BadInputError(
        fa=" ".join(p.fa for p in problems),
        en=" ".join(p.en for p in problems),
        problems=[p.as_dict() for p in problems],
    )
