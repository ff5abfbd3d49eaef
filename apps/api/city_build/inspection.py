"""The whole package read before anything is written: the first mistake is named by file, entry and key."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from apps.api.city_build import ground, reading, reading_people
from apps.api.city_build.acts import officers_of
from apps.api.city_build.frame import inspect_frame
from apps.api.city_build.package import Entry, entries
from apps.cadastre.parcel_code import scheme_of
from apps.cadastre.side_loading import require_known_kinds
from apps.common.city import City
from apps.common.work_calendar import calendar_of
from apps.legal.acts import ActKind
from apps.legal.rulebook_reading import read_table
from apps.legal.rulebook_words import words_of
from apps.permits.inspection_plan import plan_of
from gis_layers.ingest.formats import open_source
from gis_layers.ingest.reading import describe, require_fields

_ACTS = {kind.value: kind for kind in ActKind}


def inspect_city(city: City, folder: Path, *, files: bool) -> None:
    """Raises IntakeError (ImproperlyConfigured for calendar and inspections) for the first mistake.

    `files`: whether the files of a real city must lie there.
    """
    inspect_frame(city)
    calendar_of(city)
    plan_of(city)
    _codes(city)
    offices = _each(city, "offices", "office", lambda e: reading.office(e)["code"])
    bodies = _each(city, "people", "organisation", lambda e: reading_people.organisation(e)["national_id"])
    _each(city, "people", "person", lambda e: _person(e, bodies))
    officers_of(city)
    themes = _each(city, "themes", "theme", lambda e: _theme(e, offices))
    editions = _editions(city, folder, themes, files=files)
    _themes_of_facts(city, themes)
    rulebooks = _each(city, "rulebooks", "rulebook", lambda e: _rulebook(e, city))
    _each(city, "acts", "act", lambda e: _act(e, {**editions, **rulebooks}))
    if files:
        _ground(city, folder)


def _each(city: City, file: str, kind: str, read: Callable[[Entry], object]) -> Mapping[object, Entry]:
    """What every entry reads as, each once → the entry. Lists compare by what they say: nobody stands twice."""
    found: dict[object, Entry] = {}
    for entry in entries(city, file, kind):
        key = read(entry)
        if isinstance(key, str) and key in found:
            raise entry.wrong("code", f"«{key}» دو بار آمده است.", f"“{key}” stands twice.")
        found[key if isinstance(key, str) else entry.number] = entry
    return found


def _person(entry: Entry, bodies: Mapping[object, Entry]) -> object:
    return (
        reading_people.person(entry),
        reading_people.assignments(entry),
        reading_people.memberships(entry, bodies),
    )


def _codes(city: City) -> None:
    entry = Entry(f"{city.root.name}/city.toml", 0, {}, "[parcel_code]")
    try:
        scheme_of(city.raw)
    except KeyError as error:
        raise entry.wrong(str(error.args[0]), "کلید نیست.", "the key is missing.") from error
    except ValueError as error:
        raise entry.wrong("pattern", str(error), str(error)) from error


def _themes_of_facts(city: City, themes: Iterable[object]) -> None:
    """A fact that asks an unheard-of theme would never be known."""
    asked = [(f"[facts.{f.name}]", "themes", f.themes) for f in city.law.facts]
    asked += [(f"[net_areas.{n.name}]", "minus", n.minus) for n in city.law.net_areas]
    for table, key, names in asked:
        for name in names:
            if name not in themes:
                entry = Entry(f"{city.root.name}/city.toml", 0, {}, table)
                raise entry.wrong(key, f"موضوع «{name}» در themes.toml نیست.", f"themes.toml has no theme “{name}”.")


def _theme(entry: Entry, offices: Iterable[object]) -> object:
    told = reading.theme(entry)
    if told["office_code"] not in offices:
        raise entry.wrong("office", "چنین اداره‌ای در offices.toml نیست.", "offices.toml has no such office.")
    return told["code"]


def _editions(city: City, folder: Path, themes: Mapping[object, Entry], *, files: bool) -> Mapping[object, Entry]:
    return _each(city, "editions", "edition", lambda e: _edition(e, [folder, city.root], themes, files=files))


def _edition(entry: Entry, folders: list[Path], themes: Mapping[object, Entry], *, files: bool) -> object:
    if entry["theme"] not in themes:
        raise entry.wrong("theme", "چنین موضوعی در themes.toml نیست.", "themes.toml has no such theme.")
    if files:
        told = reading.edition(entry, folders)
        besides = [told["coverage"].layer] if told["coverage"].layer and told["coverage"].path is None else []
        with open_source(told["path"], layer=told["layer"]) as source:
            layer = describe(source, layer=told["layer"], besides=besides, encoding=told["encoding"])
            require_fields(layer, tuple(told["mapping"].values()))
    return reading.instrument(entry)["code"]


def _rulebook(entry: Entry, city: City) -> object:
    path: Path = reading.rulebook(entry, city.root)["path"]
    read_table(path.read_bytes(), file=f"{city.root.name}/{entry['file']}", words=words_of(city))
    return reading.instrument(entry)["code"]


def _act(entry: Entry, instruments: Mapping[object, Entry]) -> None:
    entry.choice("kind", _ACTS)
    reading.act_day(entry)
    entry.text("body")
    for key in ("number", "document"):
        entry[key]
    successors = [entry["replaced_by"]] if entry.get("replaced_by") else []
    for code in (*reading.instruments_of(entry), *successors):
        if code not in instruments:
            key = "instruments" if entry.get("instruments") else "instrument"
            raise entry.wrong(key, f"سند «{code}» در بسته نیست.", f"the package has no instrument “{code}”.")


def _ground(city: City, folder: Path) -> None:
    """The files lie there, and those of parcels and sides have the columns that the package names."""
    source, sides = ground.parcels_of(city), ground.sides_of(city)
    _columns(ground.file_of(city, folder, ground.PARCELS), source.layer, source.needed)
    if sides is not None:
        require_known_kinds(ground.file_of(city, folder, "sides"), sides)
    for name in ("districts", "places", "backdrop"):
        if ground.has(city, folder, name):
            ground.file_of(city, folder, name)


def _columns(path: Path, layer: str | None, wanted: tuple[str, ...]) -> None:
    with open_source(path, layer=layer) as source:
        require_fields(describe(source, layer=layer), wanted)
