"""An act (suspension) from the moment it is recorded until the API, the map's keys and a tile show it."""

import itertools
import json
import time
from collections.abc import Callable
from typing import Any

from tools.bench.report import Row
from tools.bench.web import Web

_PATIENCE_S = 30.0
_numbers = itertools.count(1)


def measure(web: Web, codes: list[str]) -> list[Row]:
    """Suspends the city's height codes, waits for every face, lifts the suspension again."""
    from apps.legal.acts import ActKind

    layer, instrument = _governing_edition()
    before = _layers(web)["tiles"][layer]
    z, x, y = _a_tile()
    begun = time.perf_counter()
    suspension = record(instrument, ActKind.SUSPEND)
    recorded = time.perf_counter() - begun
    on_map = _until(lambda: _layers(web)["tiles"].get(layer) != before, begun)
    url = _layers(web)["tiles"].get(layer)
    if url is not None:
        web.get(url.format(z=z, x=x, y=y))
    drawn = time.perf_counter() - begun
    in_extract = _until(lambda: _pending(web, codes, instrument.code), begun)
    record(instrument, ActKind.LIFT, lifts=suspension)
    slowest = max(on_map, drawn, in_extract)
    told = f"recorded {recorded:.2f}, layers {on_map:.2f}, tile {drawn:.2f}, extract {in_extract:.2f} s"
    return [Row(f"act until visible everywhere, s ({told})", f"{slowest:.2f} s", slowest, 1.0, 3.0, less=True)]


def record(instrument: Any, kind: Any, **extra: Any) -> Any:
    """One act, by two synthetic officers, in force from today."""
    from apps.common.clock import today
    from apps.legal.services import record_act
    from apps.parties.services import ensure_person

    first, second = (
        ensure_person(mobile=f"0912999000{n}", name_fa=f"ساختگی {n}", name_en=f"Synthetic {n}", synthetic=True)
        for n in (1, 2)
    )
    return record_act(
        instrument=instrument,
        kind=kind,
        number=f"سنجش-{next(_numbers)}",
        act_date=today(),
        effective_on=today(),
        body_fa="مرجع ساختگی",
        body_en="Synthetic body",
        document="bench",
        recorded_by=first,
        countersigned_by=second,
        **extra,
    )


def _governing_edition() -> tuple[str, Any]:
    """The theme and instrument of the largest edition in force everywhere, of a partition theme."""
    from apps.common.clock import today
    from apps.legal.acts import Status
    from apps.legal.models import Instrument
    from apps.legal.selectors import law_snapshot
    from gis_layers.models import Edition

    whole = [law.id for law in law_snapshot(on=today()).instruments if law.status is Status.IN_FORCE]
    held = Edition.objects.filter(instrument__in=whole, theme__kind="partition").defer("coverage")
    largest = held.select_related("theme").order_by("-feature_count")[:1].get()
    return largest.theme.code, Instrument.objects.get(pk=largest.instrument_id)


def _a_tile() -> tuple[int, int, int]:
    from apps.cadastre.models import ParcelVersion
    from tools.bench.tiles import column_row

    x0, y0, _, _ = ParcelVersion.objects.order_by("pk")[:1].get().geom_web.extent
    return (15, *column_row(x0, y0, 15))


def _layers(web: Web) -> Any:
    return json.loads(web.get("/api/v1/layers"))


def _pending(web: Web, codes: list[str], instrument: str) -> bool:
    """Whether the extract of one of the first parcels names the instrument as suspended."""
    for code in codes[:5]:
        extract = json.loads(web.get(f"/api/v1/parcels/{code}/extract"))
        if any(p["instrument"]["code"] == instrument and p["status"] == "suspended" for p in extract["pending"]):
            return True
    return False


def _until(seen: Callable[[], bool], begun: float) -> float:
    while not seen():
        if time.perf_counter() - begun > _PATIENCE_S:
            raise TimeoutError("the act was not seen in time")
    return time.perf_counter() - begun
