"""A parcel in several zones: which candidates count under a policy, and what each part has. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from apps.legal.answers import Candidate, Policy, PolicyName, Strength, Value, ZoneHit
from apps.legal.subject_list import Direction
from apps.legal.subjects import SUBJECTS

_HALF = 0.5
_ORDER = {name: place for place, name in enumerate(PolicyName)}

Codes = Mapping[str, tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one zone's part of the parcel has: the zone with the area and share of all its pieces, and the value."""

    zone: ZoneHit
    value: Value | None


def standing(policies: Sequence[Policy]) -> Policy | None:
    """The policy that holds for one subject: the stricter where several are in force; None = nothing is declared."""
    return min(policies, key=lambda p: (_ORDER[p.name], p.rulebook, p.provision.row), default=None)


def counted(candidates: Sequence[Candidate], policy: Policy | None) -> tuple[Candidate, ...]:
    """The candidates that take part: all, or under `majority` not the ordinary ones of the smaller parts."""
    if policy is None or policy.name is not PolicyName.MAJORITY:
        return tuple(candidates)
    codes = _by_code(candidates, policy.theme)
    winner = next((code for code, found in codes.items() if _whole(found).share > _HALF), None)
    if winner is None:
        return tuple(candidates)
    lost = {id(c) for code, found in codes.items() if code != winner for c in found}
    return tuple(c for c in candidates if id(c) not in lost)


def parts(
    candidates: Sequence[Candidate], policy: Policy | None, *, value_of: Callable[[Sequence[Candidate]], Value | None]
) -> tuple[Part, ...]:
    """Each part's own value where two or more zones of one theme speak; () otherwise. `value_of`: what governs."""
    if not candidates or SUBJECTS[candidates[0].subject].direction is Direction.SCHEDULE:
        return ()
    theme = policy.theme if policy else _first_cut_theme(candidates)
    codes = _by_code(candidates, theme)
    if len(codes) < 2:  # noqa: PLR2004 - one zone is the whole
        return ()
    everywhere = [c for c in candidates if not _is_of(c, theme)]
    found = (Part(_whole(own), value_of([*own, *everywhere])) for own in codes.values())
    return tuple(sorted(found, key=lambda p: (-p.zone.share, p.zone.code)))


def _first_cut_theme(candidates: Sequence[Candidate]) -> str:
    themes = sorted({c.zone.theme for c in candidates if c.zone and c.strength is Strength.ORDINARY})
    return next((theme for theme in themes if len(_by_code(candidates, theme)) > 1), "")


def _by_code(candidates: Sequence[Candidate], theme: str) -> Codes:
    mine = [c for c in candidates if _is_of(c, theme)]
    codes = sorted({c.zone.code for c in mine if c.zone})
    return {code: tuple(c for c in mine if c.zone and c.zone.code == code) for code in codes}


def _is_of(candidate: Candidate, theme: str) -> bool:
    zone = candidate.zone
    return zone is not None and zone.theme == theme and candidate.strength is Strength.ORDINARY


def _whole(candidates: Sequence[Candidate]) -> ZoneHit:
    """The zone of these candidates with all its pieces on the parcel."""
    pieces = {c.zone.feature_id: c.zone for c in candidates if c.zone}
    area, share = (sum(getattr(z, name) for z in pieces.values()) for name in ("area_m2", "share"))
    return replace(pieces[min(pieces)], area_m2=area, share=share)
