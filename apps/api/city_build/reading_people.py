"""People of the package, with their roles, as the doors of apps.parties take them. Pure reading."""

from typing import Any

from apps.api.city_build.package import Entry
from apps.api.city_build.reading import day_of
from apps.parties.models import Role
from apps.parties.national_id import is_national_id

ROLES = {role.value: role for role in Role}


def person(entry: Entry) -> dict[str, Any]:
    """Arguments of apps.parties.services.ensure_person."""
    name = entry.text("name")
    return {
        "mobile": entry["mobile"],
        "name_fa": name.fa,
        "name_en": name.en,
        "national_id": _national_id(entry),
        "synthetic": True,
        "verified": True,
    }


def _national_id(entry: Entry) -> str:
    found = str(entry.get("national_id", ""))
    if found and not is_national_id(found):
        raise entry.wrong("national_id", "شمارهٔ ملی درستی نیست.", "it is no valid national ID.")
    return found


def assignments(entry: Entry) -> list[dict[str, Any]]:
    """Arguments of apps.parties.services.ensure_assignment, but the person, for each role of a person."""
    bodies = entry.get("assignment", ())
    return [_assignment(Entry(entry.file, entry.number, body, f"person {entry.number}")) for body in bodies]


def _assignment(entry: Entry) -> dict[str, Any]:
    return {
        "role": entry.choice("role", ROLES),
        "since": day_of(entry, "since"),
        "themes": entry.get("themes"),
        "districts": entry.get("districts"),
    }
