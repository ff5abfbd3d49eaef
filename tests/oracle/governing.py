"""What governs, over all spots and sources: the strictest, the common, all rows; policies; parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.ground import Finding
from tests.oracle.package import Row
from tests.oracle.said import Candidate, Said
from tests.oracle.subjects import DIRECTIONS

Ruled = Decimal | frozenset[str] | tuple[tuple[str, str], ...] | None
POLICIES = ("strictest", "by_part", "majority")
HALF = 0.5


@dataclass(frozen=True)
class Part:
    """What would govern if one code's part of a theme counted alone; share 0..1."""

    theme: str
    code: str
    area: float
    share: float
    value: Ruled


@dataclass(frozen=True)
class Governing:
    """The answer of one subject."""

    outcome: str
    value: Ruled = None
    bound: Ruled = None
    parts: tuple[Part, ...] = ()
    policy: str = POLICIES[0]


def govern(said: Said, findings: Mapping[str, Finding]) -> dict[str, Governing]:
    """Every subject that anything was said about."""
    spoken = {c.subject for c in said.candidates} | {s for s, why in said.silent.items() if why}
    return {subject: _one(subject, said, findings) for subject in spoken}


def _one(subject: str, said: Said, findings: Mapping[str, Finding]) -> Governing:
    direction, offered = DIRECTIONS[subject], [c for c in said.candidates if c.subject == subject]
    policy = _policy([p for p in said.policies if p.subject == subject])
    name = policy.value if policy else POLICIES[0]
    counted = _majority(offered, policy.theme, findings) if policy and name == "majority" else offered
    value, silent = _value(direction, counted), bool(said.silent.get(subject))
    settled = direction == "max" and value == 0
    if not settled and (silent or (direction == "max" and counted and all(c.cap for c in counted))):
        bound = None if direction == "schedule" or value == frozenset() else value
        return Governing("not_known", None, bound, policy=name)
    if value is None:
        return Governing("none", policy=name)
    parts = _parts(direction, offered, policy.theme if policy else "", findings)
    return Governing("value", value, None, parts, name)


def _value(direction: str, offered: Sequence[Candidate]) -> Ruled:
    if not offered:
        return None
    if direction == "schedule":
        return tuple(sorted((c.row.row, str(c.value)) for c in offered))
    if direction == "set":
        return frozenset.intersection(*(c.value for c in offered if isinstance(c.value, frozenset)))
    numbers = [c.value for c in offered if isinstance(c.value, Decimal)]
    return min(numbers) if direction == "max" else max(numbers)


def _policy(rows: Sequence[Row]) -> Row | None:
    """Of several the stricter."""
    return min(rows, key=lambda r: POLICIES.index(r.value), default=None)


def _majority(offered: list[Candidate], theme: str, findings: Mapping[str, Finding]) -> list[Candidate]:
    """Only what the code of more than half offers, provided that it offers an ordinary value at all."""
    for code in sorted(_codes(offered, theme)):
        if _hold(theme, code, findings)[1] > HALF:
            return _alone(offered, theme, code)
    return offered


def _parts(direction: str, offered: list[Candidate], theme: str, findings: Mapping[str, Finding]) -> tuple[Part, ...]:
    split = sorted({c.theme for c in offered if c.theme and len(_codes(offered, c.theme)) > 1})
    wanted = [t for t in split if not theme or t == theme][:1]
    if direction == "schedule" or not wanted:
        return ()
    (chosen,) = wanted
    return tuple(
        Part(chosen, code, *_hold(chosen, code, findings), _value(direction, _alone(offered, chosen, code)))
        for code in sorted(_codes(offered, chosen))
    )


def _alone(offered: list[Candidate], theme: str, code: str) -> list[Candidate]:
    return [c for c in offered if c.cap or c.theme != theme or c.code == code]


def _codes(offered: list[Candidate], theme: str) -> set[str]:
    return {c.code for c in offered if c.theme == theme and not c.cap}


def _hold(theme: str, code: str, findings: Mapping[str, Finding]) -> tuple[float, float]:
    mine = [h for h in findings[theme].hits if h.code == code]
    return sum(h.area for h in mine), sum(h.share for h in mine)
