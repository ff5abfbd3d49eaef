"""People and organisations of the package, with roles and memberships, as the doors of apps.parties take them.

Pure reading.
"""

from collections.abc import Container
from typing import Any

from apps.api.city_build.package import Entry
from apps.api.city_build.reading import day_of
from apps.parties.identifiers import is_legal_id
from apps.parties.models import MemberRole, OrganisationKind, Role
from apps.parties.national_id import is_national_id

ROLES = {role.value: role for role in Role}
MEMBERS = {role.value: role for role in MemberRole}
ORGANISATIONS = {kind.value: kind for kind in OrganisationKind}


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


def organisation(entry: Entry) -> dict[str, Any]:
    """Arguments of apps.parties.organisations.ensure_organisation."""
    found = str(entry["national_id"])
    if not is_legal_id(found):
        raise entry.wrong("national_id", "شناسهٔ ملی درستی نیست.", "it is no valid identifier of a legal person.")
    return {
        "kind": entry.choice("kind", ORGANISATIONS),
        "name": entry.text("name"),
        "national_id": found,
        "registration_number": str(entry.get("registration_number", "")),
        "synthetic": True,
    }


def memberships(entry: Entry, known: Container[object]) -> list[tuple[str, MemberRole]]:
    """(identifier of the organisation, role) for each membership of a person; `known`: those of the package."""
    bodies = entry.get("membership", ())
    return [_membership(Entry(entry.file, entry.number, body, f"person {entry.number}"), known) for body in bodies]


def _membership(entry: Entry, known: Container[object]) -> tuple[str, MemberRole]:
    found = str(entry["organisation"])
    if found not in known:
        raise entry.wrong("organisation", "چنین سازمانی در بسته نیست.", "the package has no such organisation.")
    return found, entry.choice("role", MEMBERS)
