"""The history of legal acts of a city, as the package tells it."""

from datetime import datetime, timedelta

from django.contrib.gis.geos import GEOSGeometry

from apps.api.city_build.ledger import Ledger
from apps.api.city_build.package import Entry, entries, fingerprint
from apps.common.calendar import parse_day
from apps.common.city import City
from apps.legal.models import Instrument, LegalAct
from apps.legal.services import record_act
from apps.parties.models import Person
from apps.parties.services import ensure_person
from gis_layers.crs import city_srid

LAW_OFFICER = "law_officer"
TWO = 2


def build_acts(city: City, ledger: Ledger) -> None:
    """The history of acts, as recorded; what stands already is left alone, new entries are appended."""
    acts = entries(city, "acts", "act")
    ledger.run("acts", fingerprint(acts), lambda: f"{sum(_act(city, act) for act in acts)} acts recorded")


def person_of(entry: Entry) -> Person:
    """The synthetic person of a `[[person]]` entry, made when missing."""
    name = entry.text("name")
    return ensure_person(mobile=entry["mobile"], name_fa=name.fa, name_en=name.en, synthetic=True, verified=True)


def _act(city: City, entry: Entry) -> int:
    """Record one entry for each instrument it names; returns how many were new."""
    names = entry.get("instruments") or [entry["instrument"]]
    first = _instant(entry)
    return sum(_record(city, entry, name, first + timedelta(microseconds=i)) for i, name in enumerate(names))


def _record(city: City, entry: Entry, code: str, recorded_at: datetime) -> bool:
    instrument = _known(entry, "instrument", code)
    act_date = parse_day(str(entry["act_date"]))
    same = {"instrument": instrument, "kind": entry["kind"], "number": entry["number"], "act_date": act_date}
    if LegalAct.objects.filter(**same).exists():
        return False
    body, officers = entry.text("body"), _officers(city)
    reason = entry.text("reason") if entry.get("reason") else None
    successor = entry.get("replaced_by")
    record_act(
        **same,
        body_fa=body.fa,
        body_en=body.en,
        document=entry["document"],
        effective_on=parse_day(str(entry["effective_on"])),
        recorded_by=officers[0],
        countersigned_by=officers[1],
        scope=GEOSGeometry(entry["scope_wkt"], srid=city_srid()) if entry.get("scope_wkt") else None,
        lifts=_lifted(entry, instrument),
        replaced_by=_known(entry, "replaced_by", successor) if successor else None,
        reason_fa=reason.fa if reason else "",
        reason_en=reason.en if reason else "",
        recorded_at=recorded_at,
    )
    return True


def _instant(entry: Entry) -> datetime:
    raw = entry["recorded_at"]
    try:
        instant = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
    except ValueError as error:
        raise entry.wrong("recorded_at", "زمان ISO نیست.", "it is not an ISO instant.") from error
    if instant.tzinfo is None:
        raise entry.wrong("recorded_at", "منطقهٔ زمانی ندارد.", "it has no time zone.")
    return instant


def _known(entry: Entry, key: str, code: str) -> Instrument:
    instrument = Instrument.objects.filter(code=code).first()
    if instrument is None:
        raise entry.wrong(key, f"سند «{code}» ثبت نشده است.", f"no instrument “{code}” is registered.")
    return instrument


def _lifted(entry: Entry, instrument: Instrument) -> LegalAct | None:
    number = entry.get("lifts")
    if number is None:
        return None
    act = LegalAct.objects.filter(instrument=instrument, number=number, kind="suspend").first()
    if act is None:
        raise entry.wrong("lifts", f"تعلیقی به شمارهٔ {number} نیست.", f"there is no suspension {number}.")
    return act


def _officers(city: City) -> list[Person]:
    """The two people who sign the sample history."""
    people = [p for p in entries(city, "people", "person") if p["role"] == LAW_OFFICER]
    if len(people) < TWO:
        first = entries(city, "people", "person")[0]
        raise first.wrong(
            "role", "دو نفر با نقش law_officer لازم است.", "two people with the role law_officer are needed."
        )
    return [person_of(p) for p in people[:TWO]]
