"""The plain way: acts are really recorded, every parcel is composed under both laws, and all of it is taken back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from apps.cadastre.models import Parcel
from apps.common import clock
from apps.common.city import current_city
from apps.extracts import law_reader
from apps.extracts.answers import resolve
from apps.extracts.facts import facts_of
from apps.extracts.findings import find
from apps.extracts.ground_reader import ground_of, walk_exactly
from apps.extracts.site import site_of
from apps.impact.differences import Change, difference
from apps.impact.said import Said, said
from apps.legal.rehearsal import rehearsed
from gis_layers import postgis_extract


def changes(
    *,
    acts: Sequence[Mapping[str, Any]],
    on: date,
    kinds: Sequence[str] = ("NEW",),
    versions: Sequence[int] | None = None,
) -> dict[Any, Change]:
    """(parcel version, permit kind) → what differs, for every parcel (or these versions) where anything does."""
    parcels = Parcel.objects.order_by("pk") if versions is None else Parcel.objects.filter(versions__in=versions)
    codes = list(parcels.values_list("code", flat=True))
    with transaction.atomic():
        before = dict(_all(codes, on, kinds))
        with rehearsed(acts):
            after = dict(_all(codes, on, kinds))
    found = {key: difference(key[1], before[key], after[key]) for key in before}
    return {key: change for key, change in found.items() if change.anything}


def _all(codes: Sequence[str], on: date, kinds: Sequence[str]) -> Iterator[tuple[tuple[int, str], Said]]:
    law, now, city = law_reader.law_day(on=on, known_at=None), clock.now(), current_city().law
    for code in codes:
        row = postgis_extract.read_parcel(
            code=code, on=on, known_at=now, editions=law.edition_ids, scopes=law.scope_periods
        )
        if row is None:
            continue
        site, ground = site_of(row), ground_of(row, law)
        findings = {t.code: find(t, ground, walker=partial(walk_exactly, site)) for t in law.themes}
        for kind in kinds:
            facts = facts_of(site, permit_kind=kind, law=city, findings=findings)
            found = resolve(facts=facts, findings=findings, rulebooks=law.rulebooks)
            yield (site.version_id, kind), said(findings, found)
