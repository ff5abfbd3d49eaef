"""A very small city package with files: two parcels, two editions of one theme, one rulebook, a short history."""

import csv
from pathlib import Path

import geopandas
from shapely import Point, box

from tests.cadastre.parcel_rows import rows
from tests.gis_layers.files import ORIGIN, cell, frame, write

CITY = """
code = "tiny"
name = { fa = "کوچک", en = "Tiny" }
srid = 32639
languages = ["fa", "en"]
calendar = "jalali"
time_zone = "Asia/Tehran"
center = [51.64, 32.64]
zoom = 14
bounds = [51.50, 32.52, 51.85, 32.80]
synthetic = %s
sample_rules = true
credits = []
[backdrop_ranks]
river = 2
[phone]
country = "98"
trunk = "0"
national = "9[0-9]{9}"
example = "0912 345 6789"
"""
CALENDAR = """
weekend = ["thursday", "friday"]
known_from = "1404/01/01"
known_until = "1406/12/29"
[hours]
opens = "07:30"
closes = "14:30"
"""
OFFICES = """
[[office]]
code = "planning"
name = { fa = "شهرسازی", en = "Planning" }
contact = { fa = "ساختگی", en = "synthetic" }
"""
PEOPLE = """
[[person]]
mobile = "0912 000 0001"
role = "law_officer"
name = { fa = "یک", en = "One" }
[[person]]
mobile = "0912 000 0002"
role = "law_officer"
name = { fa = "دو", en = "Two" }
[[person]]
mobile = "0912 000 0003"
role = "citizen"
name = { fa = "سه", en = "Three" }
"""
THEMES = """
[[theme]]
code = "height_code"
kind = "partition"
position = 1
label = { fa = "ارتفاع", en = "Height" }
tolerance_m2 = 2.0
tolerance_share = 0.02
office = "planning"
"""
EDITIONS = """
[[edition]]
instrument = "hc-1"
theme = "height_code"
file = "heights.gpkg"
layer = "features"
coverage_layer = "coverage"
rank = "city"
title = { fa = "یک", en = "One" }
mapping = { code = "code", label_fa = "label_fa" }
[[edition]]
instrument = "hc-2"
theme = "height_code"
file = "heights.gpkg"
layer = "features"
coverage_is_extent_of_features = true
rank = "local"
title = { fa = "دو", en = "Two" }
mapping = { code = "code", label_fa = "label_fa" }
"""
RULEBOOKS = """
[[rulebook]]
instrument = "rb-1"
code = "rb-1"
source = "detailed_plan"
file = "rulebooks/rb-1.csv"
rank = "city"
title = { fa = "ضوابط", en = "Rules" }
"""
ACTS = """
[[act]]
instruments = ["hc-1", "rb-1"]
kind = "approve"
number = "1"
act_date = "1393-05-12"
effective_on = "1393-05-12"
recorded_at = "2014-08-05T06:00:00+00:00"
body = { fa = "کمیسیون", en = "Commission" }
document = "one.pdf"
[[act]]
instruments = ["hc-1", "rb-1"]
kind = "promulgate"
number = "2"
act_date = "1393-06-20"
effective_on = "1393-07-05"
recorded_at = "2014-09-14T06:00:00+00:00"
body = { fa = "استانداری", en = "Governor" }
document = "two.pdf"
[[act]]
instrument = "hc-1"
kind = "suspend"
number = "3"
act_date = "1400-01-10"
effective_on = "1400-01-10"
recorded_at = 2021-04-01T06:00:00Z
body = { fa = "دیوان", en = "Court" }
document = "three.pdf"
reason = { fa = "دستور موقت", en = "Interim order" }
scope_wkt = "POLYGON ((560000 3612000, 560050 3612000, 560050 3612050, 560000 3612050, 560000 3612000))"
"""
LIFT = """
[[act]]
instrument = "hc-1"
kind = "lift"
number = "4"
act_date = "1401-01-10"
effective_on = "1401-01-10"
recorded_at = "2022-04-01T06:00:00+00:00"
body = { fa = "دیوان", en = "Court" }
document = "four.pdf"
lifts = "3"
"""
COLUMNS = ("row", "article", "category", "subject", "effect", "value", "theme", "zone", "text_fa", "text_en")


def make_package(root: Path, *, synthetic: bool = False) -> Path:
    """The package in a new folder `root`, its files in `root/files`."""
    (root / "rulebooks").mkdir(parents=True)
    texts = {
        "city": CITY % str(synthetic).lower(),
        "calendar": CALENDAR,
        "offices": OFFICES,
        "people": PEOPLE,
        "themes": THEMES,
        "editions": EDITIONS,
        "rulebooks": RULEBOOKS,
        "acts": ACTS,
    }
    for name, text in texts.items():
        (root / f"{name}.toml").write_text(text, encoding="utf-8")
    with (root / "rulebooks" / "rb-1.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerow(
            ("r1", "8-1", "ISF-08", "max_storeys", "set", "5", "height_code", "H1", "پنج طبقه", "Five storeys")
        )
    if not synthetic:
        make_files(root / "files")
    return root


def make_files(folder: Path, *, parcels: int = 2) -> None:
    """Districts, places, backdrop, parcels and one law layer."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = box(ORIGIN[0] - 100, ORIGIN[1] - 100, ORIGIN[0] + 5000, ORIGIN[1] + 5000)
    district = {"number": [3], "name_fa": ["سه"], "name_en": ["Three"], "approximate": [True]}
    write(geopandas.GeoDataFrame(district, geometry=[whole], crs=32639), folder / "districts.gpkg")
    place = {"kind": ["street"], "name_fa": ["گذر"], "name_en": ["Passage"], "district": [3]}
    write(geopandas.GeoDataFrame(place, geometry=[Point(*ORIGIN)], crs=32639), folder / "places.gpkg")
    river = geopandas.GeoDataFrame({"name_fa": ["رود"], "width": [9.5]}, geometry=[whole.boundary], crs=32639)
    write(river, folder / "backdrop.gpkg", layer="river")
    write(rows(*(f"3-1-1-{n + 1}" for n in range(parcels))), folder / "parcels.gpkg", layer="parcels")
    heights = write(frame([cell(0, 0), cell(1, 0)]), folder / "heights.gpkg")
    write(frame([cell(-1, -1, 40, 40)]), heights, layer="coverage")
