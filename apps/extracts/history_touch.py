"""Which editions can have a say on a parcel at all. Leaves none out that might: what is not computed counts too."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from apps.cadastre.models import ParcelVersion
from apps.extracts.models import Cover, CoverageCut, OverlayChunk
from gis_layers.models import Edition, IntakeState, Quarantined, ThemeKind


@dataclass(frozen=True, slots=True)
class _Known:
    """How editions lie over versions: `chunks` (chunk, edition) → (through, cover), `cuts` (version, edition) → share.

    `everywhere`: editions that speak of every parcel, because a row of theirs has no place.
    """

    chunks: Mapping[tuple[int, int], tuple[int, str]]
    cuts: Mapping[tuple[int, int], float]
    doubtful: Collection[tuple[int, int]]
    editions: Sequence[int]
    everywhere: frozenset[int] = field(default_factory=frozenset)


def touched(versions: Mapping[int, int], *, editions: Collection[int] | None = None) -> dict[int, frozenset[int]]:
    """Parcel version id → ids of the editions taken in (of these, or of all) that may speak on it.

    `versions`: version id → its chunk. A constant number of queries.
    """
    known = _read(versions, editions)
    return {version: frozenset(_of(version, chunk, known)) for version, chunk in versions.items()}


def _of(version: int, chunk: int, known: _Known) -> Iterator[int]:
    for edition in known.editions:
        through, cover = known.chunks.get((chunk, edition), (-1, ""))
        computed = version <= through
        outside = cover == Cover.OUTSIDE or (cover == Cover.PARTIAL and known.cuts.get((version, edition), 1.0) <= 0)
        doubtful = edition in known.everywhere or (version, edition) in known.doubtful
        if not computed or not outside or doubtful:
            yield edition


def _read(versions: Mapping[int, int], wanted: Collection[int] | None) -> _Known:
    taken_in = Edition.objects.filter(state=IntakeState.TAKEN_IN)
    if wanted is not None:
        taken_in = taken_in.filter(pk__in=wanted)
    rows = list(taken_in.values_list("pk", "unplaced", "theme__kind"))
    ids = [pk for pk, _, _ in rows]
    chunks = OverlayChunk.objects.filter(chunk__in=set(versions.values()), edition__in=ids)
    cuts = CoverageCut.objects.filter(parcel_version__in=versions, edition__in=ids)
    return _Known(
        chunks={
            (chunk, edition): (through, cover)
            for chunk, edition, through, cover in chunks.values_list("chunk", "edition", "through", "cover")
        },
        cuts={(v, e): share for v, e, share in cuts.values_list("parcel_version", "edition", "covered_share")},
        doubtful=_under_quarantine(versions, ids),
        editions=ids,
        everywhere=frozenset(pk for pk, unplaced, kind in rows if unplaced and kind == ThemeKind.CUMULATIVE),
    )


def _under_quarantine(versions: Mapping[int, int], editions: Sequence[int]) -> set[tuple[int, int]]:
    """(version, edition) where a row that could not be taken in lies over the parcel."""
    found: dict[int, set[int]] = defaultdict(set)
    with_footprints = Quarantined.objects.filter(edition__in=editions, footprint__isnull=False)
    for edition in set(with_footprints.values_list("edition", flat=True)):
        over = Quarantined.objects.filter(edition=edition, footprint__intersects=OuterRef("geom"))
        hit = ParcelVersion.objects.filter(pk__in=versions).filter(Exists(over))
        found[edition].update(hit.values_list("pk", flat=True))
    return {(version, edition) for edition, hit in found.items() for version in hit}
