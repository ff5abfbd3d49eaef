"""The law of a city: offices, people, themes, editions, rulebooks."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from apps.api.city_build import reading, reading_people
from apps.api.city_build.ledger import Ledger
from apps.api.city_build.package import Entry, entries, fingerprint, located
from apps.common.city import City
from apps.legal.models import Instrument, InstrumentKind
from apps.legal.rulebooks import load_rulebook
from apps.legal.services import register_instrument
from apps.parties.models import Organisation
from apps.parties.organisations import ensure_membership, ensure_organisation
from apps.parties.sample_factor import ensure_sample
from apps.parties.services import ensure_assignment, ensure_office, ensure_person
from gis_layers.services import register_theme, take_in


def build_offices(city: City, ledger: Ledger) -> None:
    """Offices and the demo's people."""
    offices, people = entries(city, "offices", "office"), entries(city, "people", "person")
    bodies = entries(city, "people", "organisation")
    ledger.run(
        "offices", fingerprint(offices), lambda: f"{len([ensure_office(**reading.office(o)) for o in offices])} offices"
    )
    ledger.run("people", fingerprint(people, bodies), lambda: _people(people, bodies))


def _people(people: Sequence[Entry], bodies: Sequence[Entry]) -> str:
    made = [ensure_organisation(**reading_people.organisation(body)) for body in bodies]
    known: dict[object, Organisation] = {organisation.national_id: organisation for organisation in made}
    for entry in people:
        _person(entry, known)
    return f"{len(people)} synthetic people, {len(made)} organisations"


def _person(entry: Entry, known: Mapping[object, Organisation]) -> None:
    person = ensure_person(**reading_people.person(entry))
    for assignment in reading_people.assignments(entry):
        ensure_assignment(person=person, **assignment)
    for organisation, role in reading_people.memberships(entry, known):
        ensure_membership(person=person, organisation=known[organisation], role=role)
    ensure_sample(person)


def build_themes(city: City, ledger: Ledger) -> None:
    """Themes with their tolerances and styles."""
    themes = entries(city, "themes", "theme")
    ledger.run(
        "themes", fingerprint(themes), lambda: f"{len([register_theme(**reading.theme(t)) for t in themes])} themes"
    )


def build_editions(city: City, folder: Path, ledger: Ledger, key: str) -> None:
    """Every layer of law through the same intake that planners use."""
    for entry in entries(city, "editions", "edition"):
        name = f"edition:{entry['instrument']}"
        ledger.run(name, fingerprint(key, entry), partial(_edition, entry, [folder, city.root]))


def build_rulebooks(city: City, ledger: Ledger) -> None:
    """Every decision table."""
    for entry in entries(city, "rulebooks", "rulebook"):
        path = located(entry, "file", [city.root])
        ledger.run(f"rulebook:{entry['instrument']}", fingerprint(entry, path), partial(_rulebook, entry, city.root))


def _edition(entry: Entry, folders: Sequence[Path]) -> str:
    instrument = _instrument(entry, InstrumentKind.EDITION)
    report = take_in(instrument=instrument.code, **reading.edition(entry, folders))
    return f"{report.features} features, {len(report.quarantined)} quarantined, {report.unplaced} without a place"


def _rulebook(entry: Entry, root: Path) -> str:
    instrument = _instrument(entry, InstrumentKind.RULEBOOK)
    rulebook = load_rulebook(instrument=instrument, **reading.rulebook(entry, root))
    return f"{rulebook.rows.count()} provisions"


def _instrument(entry: Entry, kind: InstrumentKind) -> Instrument:
    return register_instrument(kind=kind, **reading.instrument(entry))
