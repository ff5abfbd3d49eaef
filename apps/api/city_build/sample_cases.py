"""Invented cases of a demo city, made through the same doors as real ones: once, and only for invented people."""

from functools import partial
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

from apps.api.city_build.ledger import Ledger
from apps.api.city_build.package import Entry, entries, fingerprint
from apps.cadastre.models import Parcel
from apps.cases import asks
from apps.cases.asked import Asked
from apps.cases.documents import Upload, add_version
from apps.cases.models import Case
from apps.cases.opening import Where, open_service, save_form
from apps.cases.steps import take_step
from apps.cases.types.registry import definition_of
from apps.common.city import City
from apps.common.text import Text
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.models import Person
from apps.permits import services, stepping
from apps.permits.case_type import CODE

_FILE = "sample_cases"


def build_cases(city: City, ledger: Ledger) -> None:
    """The city's invented cases, none for a city of real parcels or without such a file. A whole case, or none of it.

    Raises what the doors raise; a case whose people do not stand is left out.
    """
    if not city.synthetic or not (city.root / f"{_FILE}.toml").exists():
        return
    for number, entry in enumerate(entries(city, _FILE, "case")):
        ledger.run(f"sample case:{number}", fingerprint("made once"), partial(_make, entry))


def _make(entry: Entry) -> str:
    owner = _person(entry["owner"])
    if owner is None:
        return "left out: nobody has this number here"
    case = _opened(entry, owner)
    if case is None:
        return "left out: no free parcel there"
    save_form(person=owner, tracking=case.tracking, answers=entry.get("answers", {}))
    for code in entry.get("documents", ()):
        add_version(person=owner, tracking=case.tracking, upload=Upload(_paper(code), f"{code}.pdf"), code=code)
    for step in entry.get("step", ()):
        _do(case, step)
    return f"{case.tracking} ({Case.objects.get(pk=case.pk).status})"


def _opened(entry: Entry, owner: Person) -> Case | None:
    parcel = _parcel(entry)
    if entry.get("districts") and parcel is None:
        return None
    code = "" if parcel is None else parcel.code
    kind = entry.get("kind")
    if kind is not None:
        return services.start(person=owner, parcel_code=code, kind=kind, extract_digest="").case
    return open_service(person=owner, code=entry["service"], where=Where(parcel=code))


def _parcel(entry: Entry) -> Parcel | None:
    """The nth parcel, by code, on which nothing is open, of the first of the districts that has so many."""
    taken = Case.objects.open().filter(holds_land=True).values("land_code")
    free = (
        Parcel.objects.exclude(land_code__in=taken).filter(versions__known__upper_inf=True).order_by("code").distinct()
    )
    nth = int(entry.get("nth", 0))
    found = (free.filter(versions__district__number=n)[nth : nth + 1].first() for n in entry.get("districts", ()))
    return next((parcel for parcel in found if parcel is not None), None)


def _do(case: Case, step: dict[str, Any]) -> None:
    person = _person(step["by"])
    if person is None:
        return
    if "ask" in step:
        wanted = next(d for d in definition_of(case).documents if d.code == step["ask"])
        asked = Asked("document", wanted.name, Text.of(step["reason"]), code=wanted.code)
        asks.ask(person=person, tracking=case.tracking, asked=asked)
        return
    words = {"verb": step["verb"], "said": step.get("said", ""), "article": step.get("article", "")}
    if case.case_type == CODE:
        standing = Case.objects.get(pk=case.pk).status
        stepping.take(person=person, tracking=case.tracking, expected=standing, **words)
    else:
        take_step(tracking=case.tracking, actor=person, **words)


def _person(mobile: str) -> Person | None:
    number = canonical_mobile(mobile, plan=city_plan())
    return Person.objects.filter(mobile=number, synthetic=True, is_active=True).first()


def _paper(code: str) -> BytesIO:
    """An empty page that says in its properties what it is."""
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": f"Synthetic document of the demo: {code}", "/Subject": "نمونه / غیررسمی"})
    writer.write(made)
    made.seek(0)
    return made
