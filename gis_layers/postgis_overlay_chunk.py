"""One chunk of the overlay: all that its parcels owe to a few editions, in the caller's one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from gis_layers import postgis_overlay as ledger
from gis_layers import postgis_overlay_rows as rows
from gis_layers.overlay_cut import Parcels, Reals
from gis_layers.postgis_overlay import Debt

INSIDE, OUTSIDE, PARTIAL = "inside", "outside", "partial"


def compute(*, chunk: int, edition_ids: Sequence[int] | None, at: datetime) -> int:
    """Pay what the chunk owes (None = to every edition) and return how many editions were paid.

    Editions computed before get only the parcels that came since. Needs a transaction: either all of it stands
    or nothing. `at` is written as computed_at.
    """
    through = ledger.watermark()
    ledger.lock_chunk(chunk)
    groups: defaultdict[int, list[Debt]] = defaultdict(list)
    for debt in ledger.debts(chunk=chunk, edition_ids=edition_ids):
        groups[debt.through or 0].append(debt)
    for after, group in groups.items():
        _pay(group, chunk=chunk, after=after, through=through, at=at)
    return sum(len(group) for group in groups.values())


def recompute(*, chunk: int, edition_ids: Sequence[int], at: datetime) -> int:
    """Forget the editions in this chunk and compute them from nothing. Needs a transaction."""
    ledger.watermark()
    ledger.lock_chunk(chunk)
    rows.forget(chunk=chunk, edition_ids=edition_ids)
    return compute(chunk=chunk, edition_ids=edition_ids, at=at)


def _pay(group: Sequence[Debt], *, chunk: int, after: int, through: int, at: datetime) -> None:
    parcels = Parcels(rows.read_parcels(chunk=chunk, after=after, through=through))
    edition_ids = [debt.edition_id for debt in group]
    features = rows.read_features(chunk=chunk, edition_ids=edition_ids)
    cuts = parcels.cut_by(features.geoms)
    rows.write_overlay(
        parcels=parcels.ids[cuts.parcels],
        features=features.ids[cuts.features],
        editions=features.editions[cuts.features],
        areas=cuts.areas,
        shares=cuts.shares,
    )
    coverages = rows.read_coverages(edition_ids)
    shares = dict(zip(coverages.ids.tolist(), parcels.covered(coverages.geoms), strict=True))
    covers = {d.edition_id: _cover(d, parcels, shares[d.edition_id], chunk=chunk) for d in group}
    rows.record(rows.Computed(edition, chunk, through, cover, at) for edition, cover in covers.items())


def _cover(debt: Debt, parcels: Parcels, shares: Reals, *, chunk: int) -> str:
    """The chunk's cover after these parcels; a partial chunk has the share of every parcel written down."""
    cover = _joined(debt.cover, shares)
    if cover == PARTIAL:
        if debt.through is not None and debt.cover != PARTIAL:
            whole = 1.0 if debt.cover == INSIDE else 0.0
            rows.write_old_cuts(edition_id=debt.edition_id, chunk=chunk, through=debt.through, share=whole)
        rows.write_cuts(edition_id=debt.edition_id, parcels=parcels.ids, shares=shares)
    return cover


def _joined(before: str | None, shares: Reals) -> str:
    now = INSIDE if np.all(shares == 1.0) else OUTSIDE if np.all(shares == 0.0) else PARTIAL
    return now if before in {None, now} else PARTIAL
