"""Which parcels an act can change the answer of: a cheap look that may name too many and never too few."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from apps.cadastre.models import ParcelVersion
from apps.extracts.models import Cover, CoverageCut, OverlayChunk
from apps.legal.acts import ActKind
from apps.legal.models import InstrumentKind, LegalAct
from apps.legal.projecting import group_of
from gis_layers.models import Edition, IntakeState, Quarantined

_Version = tuple[int, int, int]  # parcel, version, chunk


def parcels_reached(act: LegalAct, parcels: Collection[int], *, on: date) -> set[int]:
    """Those of the parcels (ids) whose answer the act may change on a day.

    None for what changes no answer (an approval, a tariff); all for a rulebook, and for a layer that is not taken in
    or has rows without a sure place. Otherwise those that the coverage of an edition touches whose standing may hang
    on the act, inside the act's scope; a parcel that does not stand on that day is always among them.
    """
    kind = act.instrument.kind
    if act.kind == ActKind.APPROVE or kind == InstrumentKind.TARIFF:
        return set()
    group = group_of(act.instrument_id)
    editions = Edition.objects.filter(instrument__in=group)
    if kind == InstrumentKind.RULEBOOK or _anywhere(editions, len(group)):
        return set(parcels)
    versions = ParcelVersion.objects.filter(parcel__in=parcels, legal__contains=on, known__upper_inf=True)
    standing = set(versions.values_list("parcel_id", flat=True))
    if act.scope is not None:
        versions = versions.filter(geom__intersects=act.scope)
    near = list(versions.values_list("parcel_id", "pk", "chunk"))
    far = _outside(near, list(editions.values_list("pk", flat=True)))
    return (set(parcels) - standing) | {parcel for parcel, version, _ in near if version not in far}


def _anywhere(editions: QuerySet[Edition], wanted: int) -> bool:
    """Whether the place of these editions is not certain."""
    rows = editions.values_list("pk", "state", "unplaced")
    ready = [pk for pk, state, unplaced in rows if state == IntakeState.TAKEN_IN and not unplaced]
    return len(ready) < wanted or Quarantined.objects.filter(edition__in=ready).exists()


def _outside(versions: Collection[_Version], editions: Collection[int]) -> set[int]:
    """Versions that surely lie outside the coverage of every one of these editions."""
    chunks = {chunk for _, _, chunk in versions}
    records = OverlayChunk.objects.filter(edition__in=editions, chunk__in=chunks)
    known = {(e, c): (cover, through) for e, c, cover, through in records.values_list(
        "edition_id", "chunk", "cover", "through")}  # fmt: skip
    cut = CoverageCut.objects.filter(parcel_version__in=[v for _, v, _ in versions], edition__in=editions)
    uncovered = set(cut.filter(covered_share=0).values_list("edition_id", "parcel_version_id"))

    def misses(edition: int, version: int, chunk: int) -> bool:
        cover, through = known.get((edition, chunk), (Cover.INSIDE, 0))
        if version > through:  # not computed yet
            return False
        return cover == Cover.OUTSIDE or (cover == Cover.PARTIAL and (edition, version) in uncovered)

    return {v for _, v, chunk in versions if all(misses(edition, v, chunk) for edition in editions)}
