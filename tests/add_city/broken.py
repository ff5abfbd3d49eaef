"""Ways to break a copy of the template, each with the words in which it must be refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Change = Callable[[Path], None]


def without(name: str) -> Change:
    """The package lacks a file."""
    return lambda root: (root / name).unlink()


def changed(name: str, old: str, new: str) -> Change:
    """One place of a text file reads otherwise."""

    def change(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def renamed(name: str, old: str, new: str) -> Change:
    """A column of a GeoJSON file has another name in every row."""

    def change(root: Path) -> None:
        path = root / "files" / name
        whole: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for feature in whole["features"]:
            feature["properties"][new] = feature["properties"].pop(old)
        path.write_text(json.dumps(whole), encoding="utf-8")

    return change


BROKEN = {
    # files that are not there
    **{f"no {n}": (without(f"{n}.toml"), f"town/{n}.toml: the file is missing")
       for n in ("themes", "offices", "people", "editions", "rulebooks", "acts")},
    "no layer": (
        without("files/zones.geojson"),
        "editions.toml, entry 1, key file: the file zones.geojson was not found",
    ),
    "no coverage": (
        without("files/flood_coverage.geojson"),
        "editions.toml, entry 2, key coverage_file: the file flood_coverage.geojson was not found",
    ),
    "no rulebook": (
        without("rulebooks/town-rules.csv"),
        "rulebooks.toml, entry 1, key file: the file rulebooks/town-rules.csv was not found",
    ),
    "no parcels": (
        without("files/parcels.geojson"),
        "city.toml, [files.parcels], key file: the file parcels.geojson was not found",
    ),
    "no sides": (without("files/sides.geojson"), "city.toml, [files.sides], key file: the file sides.geojson"),
    # city.toml: the frame and the declarations of the law
    "no city": (without("city.toml"), "lacks city.toml"),
    "no srid": (changed("city.toml", "srid = 32639", ""), "city.toml lacks the key 'srid'"),
    "no column": (
        changed("city.toml", 'column = "lot_width"\n', ""),
        "city.toml lacks the key '[parcel_facts.lot_width] column'",
    ),
    "no label": (
        changed("city.toml", 'label = { fa = "شمار واحدها", en = "Dwellings" }', ""),
        "lacks the key '[inputs.dwellings] label'",
    ),
    "no kind of remedy": (changed("city.toml", 'kind = "consolidation"\n', ""), "lacks the key '[remedies 1] kind'"),
    "broken TOML": (changed("city.toml", "srid = 32639", "srid = = 32639"), "city.toml is not valid TOML"),
    "unknown source": (
        changed("city.toml", 'rule_sources = ["detailed_plan"]', 'rule_sources = ["council"]'),
        "rule_sources: known are detailed_plan, heritage_zones, not council",
    ),
    "unknown unit": (
        changed("city.toml", 'length = "m" ', 'length = "yd" '),
        "city.toml: units: length is one of ['m', 'ft']",
    ),
    "unknown kind of unit": (
        changed("city.toml", 'length = "m" ', 'weight = "kg" '),
        "[units] knows length, area, not weight",
    ),
    "unknown kind of fact": (
        changed("city.toml", 'kind = "number"  ', 'kind = "colour"  '),
        "lot_width: kind is one of number, yes_no, code, not colour",
    ),
    "unknown theme of a fact": (
        changed("city.toml", 'themes = ["flood"]', 'themes = ["flud"]'),
        "city.toml, [facts.flood], key themes: themes.toml has no theme “flud”",
    ),
    "unknown theme of an area": (
        changed("city.toml", 'minus = ["flood"]', 'minus = ["flud"]'),
        "city.toml, [net_areas.dry_m2], key minus: themes.toml has no theme “flud”",
    ),
    "degrees": (
        changed("city.toml", "srid = 32639", "srid = 4326"),
        "key srid: 4326 is no EPSG number of a metric reference system",
    ),
    "feet": (changed("city.toml", "srid = 32639", "srid = 2276"), "key srid: 2276 is no EPSG number of a metric"),
    "unknown system": (changed("city.toml", "srid = 32639", "srid = 99"), "key srid: 99 is no EPSG number"),
    "unknown language": (
        changed("city.toml", '["en", "fa"]', '["en", "xx"]'),
        "city.toml: languages: known are fa, en, not en, xx",
    ),
    "no language": (changed("city.toml", '["en", "fa"]', "[]"), "languages: known are fa, en, not nothing"),
    "unknown calendar": (
        changed("city.toml", '"gregorian"', '"lunar"'),
        "city.toml: calendar: known are jalali, gregorian, not lunar",
    ),
    "unknown time zone": (changed("city.toml", "Asia/Tehran", "Asia/Nowhere"), "time_zone: “Asia/Nowhere”"),
    "no phone": (changed("city.toml", "[phone]", "[fone]"), "city.toml, [phone], key country: the key is missing"),
    "phone without a rule": (
        changed("city.toml", 'national = "9[0-9]{9}"', 'national = "9["'),
        "city.toml, [phone], key national: it is no regular expression",
    ),
    "example against its pattern": (
        changed("city.toml", 'example = "101"', 'example = "A-1"'),
        "city.toml, [parcel_code], key pattern: parcel_code.example does not fit its own pattern: A-1",
    ),
    "code without a pattern": (
        changed("city.toml", 'pattern = "[0-9]{3}"', ""),
        "city.toml, [parcel_code], key pattern: the key is missing",
    ),
    "unknown field of parcels": (changed("city.toml", 'code = "plot"\n', 'kode = "plot"\n'), "not known: kode"),
    "unknown kind of side in words": (
        changed("city.toml", 'back = "rear"', 'back = "behind"'),
        "city.toml, [files.sides], key kinds: kinds are front, rear",
    ),
    # the other entries
    "theme without tolerance": (
        changed("themes.toml", "tolerance_m2 = 2.0", ""),
        "themes.toml, entry 1, key tolerance_m2: the key is missing",
    ),
    "theme without share": (
        changed("themes.toml", "tolerance_share = 0.02", ""),
        "themes.toml, entry 1, key tolerance_share: the key is missing",
    ),
    "tolerance that is none": (
        changed("themes.toml", "tolerance_share = 0.02", "tolerance_share = 2.0"),
        "themes.toml, entry 1, key tolerance_share: it must be a number from 0 to 1",
    ),
    "theme twice": (changed("themes.toml", '"flood"', '"zone"'), "themes.toml, entry 2, key code: “zone” stands twice"),
    "office of nobody": (
        changed("themes.toml", 'office = "planning"', 'office = "nobody"'),
        "themes.toml, entry 1, key office: offices.toml has no such office",
    ),
    "broken acts": (changed("acts.toml", "[[act]]", "[[act]"), "town/acts.toml: it is no valid TOML"),
    "unknown act": (changed("acts.toml", '"approve"', '"applaud"'), "acts.toml, entry 1, key kind: “applaud”"),
    "act on nothing": (
        changed("acts.toml", '"town-rules"]', '"city-rules"]'),
        "acts.toml, entry 1, key instruments: the package has no instrument “city-rules”",
    ),
    "edition of no theme": (
        changed("editions.toml", 'theme = "zone"', 'theme = "zones"'),
        "editions.toml, entry 1, key theme: themes.toml has no such theme",
    ),
    "edition without a word where it speaks": (
        changed("editions.toml", 'coverage_file = "zones_coverage.geojson"\n', ""),
        "editions.toml, entry 1, key coverage_…: Say where this layer speaks",
    ),
    "edition of another column": (changed("editions.toml", 'code = "code"', 'code = "kode"'), "kode"),
    "rulebook of no source": (
        changed("rulebooks.toml", '"detailed_plan"', '"council"'),
        "rulebooks.toml, entry 1, key source: “council” is not one of",
    ),
    # the tables and the layers
    "rulebook of an unknown subject": (
        changed("rulebooks/town-rules.csv", "front,6,GEN,front_setback", "front,6,GEN,front_garden"),
        "“town/rulebooks/town-rules.csv”, cell D9 (row 9, column subject): unknown",
    ),
    "rulebook that contradicts itself": (
        changed("rulebooks/town-rules.csv", "HIGH,300..", "HIGH,200.."),
        "contradicts F3 (“high-storeys-small”): both hold where plot_m2 = 200..300, “4” here and “3” there",
    ),
    "rulebook with a gap": (
        changed("rulebooks/town-rules.csv", "HIGH,300..", "HIGH,350.."),
        "no row gives max_storeys for plot_m2 = 300..350",
    ),
    "rulebook of an unknown fact": (
        changed("rulebooks/town-rules.csv", "0.1*lot_width", "0.1*lot_wide"),
        "cell F9 (row 9, column value): this city knows no fact “lot_wide”",
    ),
    "a damaged layer": (
        changed("files/zones.geojson", "730000, 3790000", "1e400, 3790000"),
        "zones.geojson could not be read",
    ),
    "parcels without a code": (renamed("parcels.geojson", "plot", "number"), "plot"),
    "parcels without a fact's column": (renamed("parcels.geojson", "lot_width", "width"), "lot_width"),
    "sides of an unknown kind": (
        changed("files/sides.geojson", '"side": "back"', '"side": "behind"'),
        "sides.geojson: Row 2, field side: “behind” is not one of street, back, neighbour, corner",
    ),
    "sides without a kind": (renamed("sides.geojson", "side", "kind_of_side"), "side"),
}  # fmt: skip
