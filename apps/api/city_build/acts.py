"""The history of legal acts of a city, as the package tells it."""

from datetime import datetime, timedelta

from django.contrib.gis.geos import GEOSGeometry

from apps.api.city_build import reading, reading_people
from apps.api.city_build.ledger import Ledger
from apps.api.city_build.package import Entry, entries, fingerprint
from apps.common.city import City
from apps.legal.models import Instrument, LegalAct
from apps.legal.services import record_act
from apps.parties.services import ensure_person
from gis_layers.crs import city_srid

LAW_OFFICER = "law_officer"
TWO = 2


def build_acts(city: City, ledger: Ledger) -> None:
    """The history of acts, as recorded; what stands already is left alone, new entries are appended."""
    acts = entries(city, "acts", "act")
    ledger.run("acts", fingerprint(acts), lambda: f"{sum(_act(city, act) for act in acts)} acts recorded")


def _act(city: City, entry: Entry) -> int:
    """Record one entry for each instrument it names; returns how many were new."""
    first = reading.act_day(entry).recorded_at
    names = reading.instruments_of(entry)
    return sum(_record(city, entry, name, first + timedelta(microseconds=i)) for i, name in enumerate(names))


def _record(city: City, entry: Entry, code: str, recorded_at: datetime) -> bool:
    instrument = _known(entry, "instrument", code)
    days = reading.act_day(entry)
    same = {"instrument": instrument, "kind": entry["kind"], "number": entry["number"], "act_date": days.act_date}
    if LegalAct.objects.filter(**same).exists():
        return False
    body, officers = entry.text("body"), [ensure_person(**reading_people.person(p)) for p in officers_of(city)]
    reason = entry.text("reason") if entry.get("reason") else None
    successor = entry.get("replaced_by")
    record_act(
        **same,
        body_fa=body.fa,
        body_en=body.en,
        document=entry["document"],
        effective_on=days.effective_on,
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


def officers_of(city: City) -> list[Entry]:
    """The entries of the two people who sign the history. Raises IntakeError when there are not two."""
    people = entries(city, "people", "person")
    officers = [p for p in people if p["role"] == LAW_OFFICER]
    if len(officers) < TWO:
        where = people[0] if people else Entry(f"{city.root.name}/people.toml", 1, {})
        raise where.wrong(
            "role", "دو نفر با نقش law_officer لازم است.", "two people with the role law_officer are needed."
        )
    return officers[:TWO]
