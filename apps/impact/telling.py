"""What governs each subject on many parcels: judged once for all that heard the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from apps.extracts.policies import standing
from apps.extracts.rules import govern
from apps.impact.contents import Contents
from apps.impact.differences import NOTHING_TOLD
from apps.impact.formulas import Formula, Formulas
from apps.impact.hearing import Ground, sorts_with_first
from apps.impact.said import Told
from apps.impact.zones import hits_at
from apps.legal.answers import Candidate, Policy, PolicyName, Strength
from apps.legal.subjects import SUBJECTS
from gis_layers.postgis_impact import Ints

_HALF, _NEAR = 0.5, 1e-9


@dataclass(slots=True)
class Tolds:
    """Verdicts and formulas by number; 0 = nothing is said of the subject."""

    listed: list[Told | Formula] = field(default_factory=lambda: [NOTHING_TOLD])
    _ids: dict[Told | Formula, int] = field(default_factory=lambda: {NOTHING_TOLD: 0})

    def id_of(self, told: Told | Formula) -> int:
        """The verdict's number."""
        known = self._ids.get(told)
        if known is None:
            known = self._ids[told] = len(self.listed)
            self.listed.append(told)
        return known


@dataclass(slots=True)
class Teller:
    """Judges for one set of rulebooks. `judged`: how often the judge was asked."""

    contents: Contents
    tolds: Tolds
    formulas: Formulas
    judged: int = 0
    _known: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _larger: dict[object, int] = field(default_factory=lambda: {None: 0})

    def told(self, subject: str, sequences: Ints, policies: Sequence[Policy], ground: Ground) -> Ints:
        """The number of what governs the subject on each parcel, from the sequences of contents heard there."""
        policy = standing(policies)
        by_majority = policy is not None and policy.name is PolicyName.MAJORITY
        larger = self._larger_parts(policy.theme, ground) if policy and by_majority else np.zeros_like(sequences)
        rows, sort, first = sorts_with_first([sequences, larger])
        numbers = [
            self._judged(subject, sequence, part, policies, ground=ground, at=at, theme=policy.theme if policy else "")
            for (sequence, part), at in zip(rows, first, strict=True)
        ]
        return np.array(numbers, dtype=np.int64)[sort]

    def _judged(
        self, subject: str, sequence: int, part: int, policies: Sequence[Policy], *, ground: Ground, at: int, theme: str
    ) -> int:
        key = (subject, sequence, part)
        if sequence and key not in self._known:
            contents = [self.contents.listed[n] for n in self.contents.sequences[sequence]]
            candidates = [c for content in contents for c in content.candidates]
            unknowns = [u for content in contents for u in content.unknowns]
            if part:
                candidates = [own for c in candidates for own in _on_its_zones(c, theme, ground, at)]
            self.judged += 1
            self._known[key] = self.tolds.id_of(
                self.formulas.read(govern(SUBJECTS[subject], candidates, unknowns, policies), part)
            )
        return self._known.get(key, 0)

    def _larger_parts(self, theme: str, ground: Ground) -> Ints:
        """Which zone has more than half, on parcels in several zones of the theme; 0 = there is only one."""
        found = np.zeros(len(ground.table.versions), dtype=np.int64)
        signs = ground.signs.get(theme)
        for at in signs.crowded() if signs else ():
            if len({hit.code for hit in hits_at(at, ground.table, ground.signs[theme])}) > 1:
                key = _larger(at, theme, ground)
                found[at] = self._larger.setdefault(key, len(self._larger))
        return found


def _larger(at: int, theme: str, ground: Ground) -> object:
    """The code with more than half; where that hangs on a rounding or on editions, all that lies there."""
    hits = hits_at(at, ground.table, ground.signs[theme])
    shares: dict[str, float] = {}
    for hit in hits:
        shares[hit.code] = shares.get(hit.code, 0.0) + hit.share
    mixed = len({(hit.edition, hit.code) for hit in hits}) > len(shares)
    if mixed or any(abs(share - _HALF) < _NEAR for share in shares.values()):
        return (theme, tuple((hit.feature_id, hit.edition, hit.share) for hit in hits))
    return (theme, next((code for code, share in sorted(shares.items()) if share > _HALF), ""))


def _on_its_zones(candidate: Candidate, theme: str, ground: Ground, at: int) -> list[Candidate]:
    """The candidate on each zone of this parcel that it speaks of, with that zone's own share."""
    zone = candidate.zone
    if zone is None or zone.theme != theme or candidate.strength is not Strength.ORDINARY:
        return [candidate]
    hits = hits_at(at, ground.table, ground.signs[theme])
    return [replace(candidate, zone=h) for h in hits if (h.code, h.edition) == (zone.code, zone.edition)]
