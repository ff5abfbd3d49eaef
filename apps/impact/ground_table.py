"""The ground of many parcels, as columns; and of one of them, in the form that `extracts.findings` asks for.

Positions: a parcel is known by its place in `versions`. Areas m², shares 0..1, as the overlay has them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from apps.common.text import Text
from apps.extracts.ground import Cover, Ground
from apps.extracts.law_day import ThemeDay
from apps.legal.answers import ZoneHit
from gis_layers import postgis_impact
from gis_layers.postgis_impact import Floats, Hits, Ints, Where

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lay:
    """How one edition lies over the parcels: computed or not, and the covered share."""

    complete: Flags
    share: Floats


@dataclass(slots=True)
class GroundTable:
    """All that the overlay says of these parcels, for the editions and scopes of two laws.

    `first`: where a parcel's overlay rows begin (one more at the end). `codes`: feature → code.
    `touched`: scope → flags. `quarantined`: edition → position → m².
    """

    where: Where
    sites: Mapping[str, Ints]
    area_m2: Floats
    hits: Hits
    first: Ints
    lays: Mapping[int, Lay]
    touched: Mapping[int, Flags]
    quarantined: Mapping[int, Mapping[int, float]]
    codes: Mapping[int, str]
    labels: dict[int, tuple[Text, Mapping[str, object]]] = field(default_factory=dict)

    @property
    def versions(self) -> Ints:
        """Ids of the parcel versions, ascending."""
        return self.sites["id"]

    def rows(self, at: int) -> range:
        """Overlay rows of one parcel."""
        return range(int(self.first[at]), int(self.first[at + 1]))

    def ground(self, at: int, themes: Sequence[tuple[ThemeDay, Mapping[int, str]]]) -> Ground:
        """One parcel's ground as far as these themes ask. Instruments by edition id stand beside each theme."""
        named = {e: (theme.code, code) for theme, codes in themes for e, code in codes.items()}
        hits: dict[int, tuple[ZoneHit, ...]] = {}
        for row in self.rows(at):
            edition = int(self.hits.edition[row])
            if edition in named:
                theme, instrument = named[edition]
                hits[edition] = (*hits.get(edition, ()), self.hit(row, theme, instrument))
        return Ground(
            area_m2=float(self.area_m2[at]),
            hits=hits,
            covers={e: Cover(bool(self.lays[e].complete[at]), float(self.lays[e].share[at])) for e in named},
            touched=frozenset(scope for scope, flags in self.touched.items() if flags[at]),
            quarantined={e: held[at] for e, held in self.quarantined.items() if e in named and at in held},
        )

    def read_labels(self, positions: Collection[int]) -> None:
        """Labels and attributes of the features on these parcels, for a `ground` with nothing left out."""
        features = {int(self.hits.feature[row]) for at in positions for row in self.rows(at)} - self.labels.keys()
        for feature, fa, en, attributes in postgis_impact.read_labels(sorted(features)):
            self.labels[feature] = (Text(fa=fa, en=en), attributes)

    def narrowed(self, wanted: Flags) -> "GroundTable":
        """Only the wanted parcels."""
        at = np.flatnonzero(wanted)
        if len(at) == len(self.versions):
            return self
        place = {int(old): new for new, old in enumerate(at)}
        rows = np.isin(self.hits.version, self.versions[at])
        hits = self.hits
        versions = self.versions[at]
        kept = Hits(
            version=hits.version[rows],
            feature=hits.feature[rows],
            edition=hits.edition[rows],
            area_m2=hits.area_m2[rows],
            share=hits.share[rows],
        )
        return GroundTable(
            where=self.where,
            area_m2=self.area_m2[at],
            sites={name: column[at] for name, column in self.sites.items()},
            hits=kept,
            first=_first(kept, versions),
            lays={e: Lay(lay.complete[at], lay.share[at]) for e, lay in self.lays.items()},
            touched={scope: flags[at] for scope, flags in self.touched.items()},
            quarantined={
                e: {place[old]: m2 for old, m2 in held.items() if old in place} for e, held in self.quarantined.items()
            },
            codes=self.codes,
        )

    def hit(self, row: int, theme: str, instrument: str) -> ZoneHit:
        """One overlay row as a zone."""
        feature = int(self.hits.feature[row])
        label, attributes = self.labels.get(feature, (_NO_LABEL, {}))
        return ZoneHit(
            theme=theme,
            feature_id=feature,
            code=self.codes[feature],
            label=label,
            attributes=attributes,
            edition=instrument,
            area_m2=float(self.hits.area_m2[row]),
            share=float(self.hits.share[row]),
        )


_NO_LABEL = Text(fa="", en="")


def read_table(
    where: Where, *, editions: Sequence[int], scopes: Mapping[int, bytes], codes: dict[int, str]
) -> GroundTable:
    """The parcels there. `codes`: feature → code as far as known; filled up."""
    sites = postgis_impact.read_sites(where)
    versions = sites["id"]
    hits = postgis_impact.read_hits(where, editions)
    _name(hits, codes)
    return GroundTable(
        where=where,
        sites=sites,
        area_m2=sites["drawn_area_dm2"] / 100,
        hits=hits,
        first=_first(hits, versions),
        lays=_lays(sites, where, editions),
        touched=_touched(versions, where, scopes),
        quarantined=_quarantined(versions, where, editions),
        codes=codes,
    )


def _first(hits: Hits, versions: Ints) -> Ints:
    return np.searchsorted(hits.version, np.append(versions, np.iinfo(np.int64).max))


def _name(hits: Hits, codes: dict[int, str]) -> None:
    missing = np.array([f for f in np.unique(hits.feature).tolist() if f not in codes], dtype=np.int64)
    if len(missing):
        codes.update((feature, code) for feature, _, code in postgis_impact.read_features(missing))


def _lays(sites: Mapping[str, Ints], where: Where, editions: Sequence[int]) -> dict[int, Lay]:
    versions, chunk_of = sites["id"], sites["chunk"]
    edition, chunk, through, cover = postgis_impact.read_chunks(where, editions)
    cuts = postgis_impact.read_cuts(where, editions)
    known = {(int(e), int(c)): (int(t), int(v)) for e, c, t, v in zip(edition, chunk, through, cover, strict=True)}
    spots, back = np.unique(chunk_of, return_inverse=True)
    lays = {}
    for one in editions:
        rows = [known.get((one, int(c)), (-1, 0)) for c in spots]
        table = np.array(rows or [(-1, 0)], dtype=np.int64)
        reach, lies = table[:, 0][back.reshape(-1)], table[:, 1][back.reshape(-1)]
        share = _shares(one, versions, lies, cuts)
        complete = (versions <= reach) & ~np.isnan(share)
        lays[one] = Lay(complete, np.where(complete, share, 0.0))
    return lays


def _shares(edition: int, versions: Ints, lies: Ints, cuts: tuple[Ints, Ints, Floats]) -> Floats:
    """The covered share of each parcel; not a number where its chunk is cut and its own share is not recorded."""
    cut_version, cut_edition, cut_share = cuts
    mine = cut_edition == edition
    own = np.full(len(versions), np.nan)
    own[np.searchsorted(versions, cut_version[mine])] = cut_share[mine]
    return np.where(lies == 1, 1.0, np.where(lies == 0, 0.0, own))


def _touched(versions: Ints, where: Where, scopes: Mapping[int, bytes]) -> dict[int, Flags]:
    flags = {scope: np.zeros(len(versions), dtype=bool) for scope in scopes}
    if scopes:
        scope, version = postgis_impact.read_touched(where, scopes)
        for one, at in zip(scope.tolist(), np.searchsorted(versions, version), strict=True):
            flags[one][at] = True
    return flags


def _quarantined(versions: Ints, where: Where, editions: Sequence[int]) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {}
    edition, version, area = postgis_impact.read_quarantined(where, editions)
    for one, at, held in zip(edition.tolist(), np.searchsorted(versions, version).tolist(), area.tolist(), strict=True):
        found.setdefault(one, {})[at] = held
    return found
