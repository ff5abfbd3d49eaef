"""From a number of parcels and a seed to the files of a city."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

import json
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tools.synth_city import VERSION
from tools.synth_city.backdrop import Backdrop
from tools.synth_city.city import City, plan_city
from tools.synth_city.geo import union
from tools.synth_city.law_shapes import LawShape
from tools.synth_city.layers import THEMES, LawFiles
from tools.synth_city.naming import persian
from tools.synth_city.parcels import FIELDS, ParcelTable
from tools.synth_city.places import all_places, districts_of
from tools.synth_city.reach import estimate
from tools.synth_city.sample_revision import write_sample_revision
from tools.synth_city.showcase import Candidate, published
from tools.synth_city.sink import NOTICE, Sink, sha256_of
from tools.synth_city.worker import FaceResult, work

BUFFERED = 40_000
"""Up to so many parcels the city is cut off at an exact distance; larger ones are streamed by super-block."""
SMALLER = 1.15
"""Streets do not shrink with plots, so plots have to shrink by more than the missing room."""
SEEK = 48
"""Showcase parcels are sought in the first so many super-blocks."""
PARCEL_KINDS = {
    **dict.fromkeys(("code", "plate", "neighbourhood_fa", "address_fa", "passage_name_fa"), "text"),
    **dict.fromkeys(("deed_area", "passage_width", "frontage", "passage_sum", "existing_height"), "float"),
    **dict.fromkeys(("district", "consolidated", "existing_storeys"), "int"),
    "corner": "bool",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    parcels: int
    seed: int
    out: Path
    frame: Path
    only_core: bool = False
    workers: int = 0


@dataclass
class Site:
    """Files being written and what has to be remembered until the end."""

    parcels: Sink
    laws: LawFiles
    backdrop: Backdrop
    faces: list[Any] = field(default_factory=list)
    showcase: list[Candidate] = field(default_factory=list)
    collectors: list[tuple[str, float, float]] = field(default_factory=list)


def build(order: Order) -> dict[str, Any]:
    """Make all files; returns the manifest, which is also written."""
    order.out.mkdir(parents=True, exist_ok=True)
    for old in order.out.glob("*.gpkg"):
        old.unlink()
    city = plan_city(order.frame, order.seed, only_core=order.only_core)
    expected = estimate(city)
    shrink = min(1.0, (0.97 * expected.capacity / order.parcels) ** SMALLER)
    if shrink < 1.0:
        city = plan_city(order.frame, order.seed, only_core=order.only_core, shrink=shrink)
    site = Site(
        Sink(order.out / "parcels.gpkg", "parcels", "Polygon", {n: PARCEL_KINDS[n] for n in FIELDS}),
        LawFiles.opened(order.out, only_core=order.only_core),
        Backdrop(order.out),
    )
    if order.parcels <= BUFFERED:
        _build_exact(city, order, expected.reach(order.parcels), site)
    else:
        _build_streaming(city, order, site)
    return _finish(city, order, site, shrink)


def _build_exact(city: City, order: Order, reach: float, site: Site) -> None:
    """Grow a little too far, then keep the parcels of the nearest blocks."""
    results: list[FaceResult] = []
    while True:
        with _results(city, order, reach) as stream:
            results = list(stream)
        if sum(len(r.table.shapes) for r in results) >= order.parcels or not np.isfinite(reach):
            break
        reach *= 1.12
    rows = [
        (d, r.number, b, i, at)
        for at, r in enumerate(results)
        for i, (d, b) in enumerate(zip(r.table.distance.tolist(), r.table.block.tolist(), strict=True))
    ]
    kept: dict[int, list[int]] = {}
    for _, _, _, row, at in sorted(rows)[: order.parcels]:
        kept.setdefault(at, []).append(row)
    for at, result in enumerate(results):
        _take(site, result, np.asarray(sorted(kept.get(at, [])), dtype=np.int64))


def _build_streaming(city: City, order: Order, site: Site) -> None:
    """Super-blocks in order of distance until the number is reached."""
    left = order.parcels
    with _results(city, order, float("inf")) as stream:
        for result in stream:
            rows = np.arange(min(left, len(result.table.shapes)))
            _take(site, result, rows)
            left -= len(rows)
            if left <= 0:
                break


@contextmanager
def _results(city: City, order: Order, reach: float) -> Iterator[Iterator[FaceResult]]:
    """Super-blocks within reach, always in the same order, worked on by as many processes as asked for."""
    away = city.face_distances()
    numbers = [int(i) for i in np.argsort(away, kind="stable") if away[i] <= reach]
    tasks = [(number, rank < SEEK) for rank, number in enumerate(numbers)]
    count = order.workers or min(os.cpu_count() or 1, 8)
    if count == 1 or len(tasks) < 3:
        yield (_task(city, reach, task) for task in tasks)
        return
    with multiprocessing.get_context("fork").Pool(count, _remember, (city,)) as pool:
        yield pool.imap(partial(_remembered_task, reach), tasks, chunksize=1)


_CITY: list[City] = []


def _remember(city: City) -> None:
    """Keep the city in a worker process, which inherits it instead of receiving it with every task."""
    _CITY[:] = [city]


def _remembered_task(reach: float, task: tuple[int, bool]) -> FaceResult:
    return _task(_CITY[0], reach, task)


def _task(city: City, reach: float, task: tuple[int, bool]) -> FaceResult:
    return work(city, task[0], reach, seek=task[1])


def _take(site: Site, result: FaceResult, rows: np.ndarray) -> None:
    """Write one super-block."""
    table = result.table.taken(rows) if len(rows) else None
    if table is not None:
        site.parcels.add(table.shapes, table.columns)
        site.laws.add("starred_plot", _starred(table))
        codes = set(table.columns["code"].tolist())
        fits = [c for c in result.showcase if c.code in codes and set(c.others) <= codes]
        site.showcase += fits
    for stem, features in result.laws.items():
        site.laws.add(stem, features, {"target_width": result.widths} if stem == "road_widening" else None)
    site.backdrop.add(result)
    site.faces.append(result.face)
    for line, _, kind, name in result.streets:
        if kind == "collector":
            middle = line.centroid
            site.collectors.append((name, middle.x, middle.y))


def _starred(table: ParcelTable) -> list[LawShape]:
    return [LawShape("STARRED", shape, name) for shape, name in zip(table.shapes, table.starred, strict=True) if name]


def _finish(city: City, order: Order, site: Site, shrink: float) -> dict[str, Any]:
    done = union(site.faces)
    site.parcels.flush()
    sinks = [
        site.parcels,
        *site.laws.close(city, done),
        *site.backdrop.close(city, order.frame / "landcover_2024.tif"),
        _write_districts(city, order.out),
        _write_places(city, order.out, site.collectors),
        *write_sample_revision(order.out),
    ]
    known = {c.code for c in site.showcase} | {o for c in site.showcase for o in c.others}
    manifest = {
        "synthetic": True,
        "notice": NOTICE,
        "generator": "synth_city",
        "version": VERSION,
        "epsg": 32639,
        "parcels_asked": order.parcels,
        "parcels": site.parcels.count,
        "seed": order.seed,
        "only_core": order.only_core,
        "plot_area_factor": round(shrink, 4),
        "remarks": _remarks(order, site, shrink),
        "files": _files(sinks),
        "showcase": published(site.showcase, known),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (order.out / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return manifest


def _remarks(order: Order, site: Site, shrink: float) -> list[str]:
    found = []
    if shrink < 1:
        found.append(
            f"The built-up ground cannot hold {order.parcels} plots of usual size: "
            f"plots are {shrink:.2f} times as large."
        )
    if site.parcels.count < order.parcels:
        found.append(f"The frame is full: {site.parcels.count} parcels instead of {order.parcels}.")
    return found


def _files(sinks: list[Sink]) -> list[dict[str, Any]]:
    digests = {path: sha256_of(path) for path in sorted({s.path for s in sinks})}
    return [
        {
            "file": s.path.name,
            "layer": s.layer,
            "theme": THEMES.get(s.path.stem, s.path.stem),
            "count": s.count,
            "synthetic": s.synthetic,
            "sha256": digests[s.path],
        }
        for s in sinks
    ]


def _write_districts(city: City, out: Path) -> Sink:
    sink = Sink(
        out / "districts.gpkg",
        "districts",
        "MultiPolygon",
        {"number": "int", "name_fa": "text", "name_en": "text", "approximate": "bool"},
    )
    for number, cell in city.districts.cells(city.known.frame).items():
        sink.add_row(
            cell, number=number, name_fa=f"منطقهٔ {persian(number)}", name_en=f"District {number}", approximate=True
        )
    sink.flush()
    return sink


def _write_places(city: City, out: Path, collectors: list[tuple[str, float, float]]) -> Sink:
    sink = Sink(
        out / "places.gpkg",
        "places",
        "Point",
        {"kind": "text", "name_fa": "text", "name_en": "text", "district": "int", "source": "text"},
    )
    places = all_places(city, collectors)
    for place, district in zip(places, districts_of(city, places), strict=True):
        sink.add_row(
            shapely.Point(place.x, place.y),
            kind=place.kind,
            name_fa=place.name_fa,
            name_en=place.name_en or None,
            district=district,
            source=place.source,
        )
    sink.flush()
    return sink
