"""python -m tools.bench.impact [--parcels N]: the impact table of a revision of the whole city's height codes.

Every zone gets the next height code, so that nearly every parcel gets another answer. Measured: from the question to
the stored report, and, for the ratio, composing a sample of parcels twice, one by one, as extracts are composed.
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping
from typing import Any

import django

from tools.bench.place import manage, place
from tools.bench.report import Row, table

_PARCELS, _SAMPLE = 120_000, 300
_TARGET_S, _FLOOR_S = 5.0, 15.0
_AT = 100_000  # the target speaks of so many touched parcels
_CODE = "bench-heights"


def main() -> int:
    """Exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.impact", description=__doc__)
    parser.add_argument("--parcels", type=int, default=_PARCELS)
    asked = parser.parse_args()
    urls = {"database_url": os.environ["DATABASE_URL"], "redis_url": os.environ["REDIS_URL"]}
    with place(**urls) as env:
        os.environ.update(env)
        _build(env, asked.parcels)
        print(f"\n{asked.parcels:,} parcels, load {os.getloadavg()[0]:.1f}\n\n{table(measure())}")
    return 0


def measure() -> list[Row]:
    """The revision's report, and its ratio to composing parcel by parcel."""
    revise()
    report, took, cpu = _report()
    touched, changed = report.looked_at, report.summary["NEW"]["parcels"]
    one_by_one = _twice() * touched
    per = took * _AT / touched
    return [
        Row(f"impact table, {touched:,} touched, {changed:,} changed", f"{took:.1f} s", per, _TARGET_S, _FLOOR_S,
            less=True),
        Row("its processor time in Python", f"{cpu:.1f} s"),
        Row("composing each of them twice / the table", f"{one_by_one:.0f} s", one_by_one / took),
    ]  # fmt: skip


def revise() -> None:
    """A draft edition with the features of the governing height codes, each with the next code; overlays computed."""
    from apps.extracts.overlays import compute_overlays
    from apps.legal.models import InstrumentKind
    from apps.legal.services import register_instrument
    from gis_layers.models import Edition, Feature

    old = Edition.objects.get(instrument__code="hc-1393")
    codes = sorted(Feature.objects.filter(edition=old).values_list("code", flat=True).distinct())
    following = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
    instrument = register_instrument(
        code=_CODE, kind=InstrumentKind.EDITION, title_fa="بازنگری سنجش", title_en="A revision for the bench"
    )
    new = Edition.objects.get(pk=old.pk)
    new.pk, new.instrument = None, instrument
    new._state.adding = True
    new.save()
    copies = []
    for feature in Feature.objects.filter(edition=old):
        feature.pk, feature.edition, feature.code = None, new, following[feature.code]
        feature._state.adding = True
        copies.append(feature)
    Feature.objects.bulk_create(copies)
    compute_overlays(edition_ids=[new.pk])


def _report() -> tuple[Any, float, float]:
    from apps.common.clock import today
    from apps.common.text import Text
    from apps.impact import running, services
    from apps.legal.models import Instrument

    asked = services.request_report_for_instruments(
        instruments=[Instrument.objects.get(code=_CODE)], on=today(), person=_planner(), label=Text("-", "-")
    )
    begun, used = time.perf_counter(), time.process_time()
    running.perform(asked.pk)
    took, cpu = time.perf_counter() - begun, time.process_time() - used
    asked.refresh_from_db()
    if asked.state != "done":
        raise RuntimeError(f"the report is {asked.state}: {asked.error}")
    return asked, took, cpu


def _planner() -> Any:
    from apps.common.clock import today
    from apps.parties.models import Role
    from apps.parties.services import ensure_assignment, ensure_person

    person = ensure_person(mobile="09129990009", name_fa="طراح ساختگی", name_en="Synthetic planner", synthetic=True)
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=today())
    return person


def _twice() -> float:
    """Seconds for one parcel: read, findings, facts and resolution, under two laws."""
    from functools import partial

    from apps.cadastre.models import Parcel
    from apps.common import clock
    from apps.common.city import current_city
    from apps.extracts import law_reader
    from apps.extracts.answers import resolve
    from apps.extracts.facts import facts_of
    from apps.extracts.findings import find
    from apps.extracts.ground_reader import ground_of, walk_exactly
    from apps.extracts.site import site_of
    from gis_layers import postgis_extract

    day, now, city = clock.today(), clock.now(), current_city().law
    law = law_reader.current(day)
    codes = list(Parcel.objects.order_by("?").values_list("code", flat=True)[:_SAMPLE])
    begun = time.perf_counter()
    for code in codes:
        for _ in range(2):
            row = postgis_extract.read_parcel(
                code=code, on=day, known_at=now, editions=law.edition_ids, scopes=law.scope_periods
            )
            if row is None:
                raise LookupError(code)
            site, ground = site_of(row), ground_of(row, law)
            findings = {t.code: find(t, ground, walker=partial(walk_exactly, site)) for t in law.themes}
            resolve(
                facts=facts_of(site, permit_kind="NEW", law=city, findings=findings),
                findings=findings,
                rulebooks=law.rulebooks,
            )
    return (time.perf_counter() - begun) / len(codes)


def _build(env: Mapping[str, str], parcels: int) -> None:
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "build_demo", "--parcels", str(parcels), "--overlays", "here")
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
