"""Readable differences between the oracle's answer and an extract's JSON."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.oracle.governing import Governing, Ruled
from tests.oracle.ground import Hit
from tests.oracle.oracle import Answer
from tests.oracle.subjects import DIRECTIONS

AREA_M2, SHARE_PCT = 0.02, 0.01
UNSEEN_M2 = (0.02, 0.04)
"""Two, for a crumb may lie just above one of them on one side and just below on the other."""
ROUNDING = 0.005 + 1e-9
"""The extract writes two decimals."""

Zone = tuple[str, str, float, float]
"""Code, edition, area in m², share in %."""


def differences(mine: Answer, extract: Mapping[str, Any]) -> list[str]:
    """One line for each thing on which they differ; empty when they agree."""
    return [
        *_themes(mine, extract["themes"]),
        *_facts(mine, extract["facts"]),
        *_subjects(mine, extract["subjects"]),
        *_duties(mine, extract),
    ]


def _themes(mine: Answer, lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterable[str]:
    theirs = {entry["theme"]: (name, entry) for name, entries in lists.items() for entry in entries}
    for code in sorted(mine.findings.keys() | theirs.keys()):
        if code not in theirs or code not in mine.findings:
            yield f"theme {code}: only {'the oracle' if code in mine.findings else 'the extract'} has it"
            continue
        finding, (name, entry) = mine.findings[code], theirs[code]
        if finding.answer != name:
            yield f"theme {code}: oracle {finding.answer} {finding.doubts}, extract {name}"
        yield from _zones(f"theme {code} zones", finding.hits, entry.get("zones", ()))
        yield from _zones(f"theme {code} slivers", finding.slivers, entry["slivers"])


def _zones(what: str, hits: Sequence[Hit], zones: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    mine = sorted((h.code, h.edition, h.area, 100 * h.share) for h in hits)
    theirs = sorted((z["code"], z["edition"], z["area_m2"], z["share_pct"]) for z in zones)
    if not any(_same_zones(mine, theirs, unseen) for unseen in UNSEEN_M2):
        yield f"{what}: oracle {_written(mine)}, extract {_written(theirs)}"


def _same_zones(mine: Sequence[Zone], theirs: Sequence[Zone], unseen: float) -> bool:
    """Without the crumbs, of which rounding may show one side only."""
    one, other = ([zone for zone in zones if zone[2] > unseen] for zones in (mine, theirs))
    return len(one) == len(other) and all(map(_same_zone, one, other))


def _same_zone(one: Zone, other: Zone) -> bool:
    close = abs(one[2] - other[2]) <= AREA_M2 and abs(one[3] - other[3]) <= SHARE_PCT + ROUNDING
    return one[:2] == other[:2] and close


def _written(zones: Sequence[Zone]) -> str:
    return "[" + ", ".join(f"{code} of {ed} {area:.3f} m² {share:.3f} %" for code, ed, area, share in zones) + "]"


def _facts(mine: Answer, facts: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for fact in facts:
        name, one = fact["name"], mine.facts.get(fact["name"], "no such fact")
        if (float(one) if isinstance(one, Decimal) else one) != fact["value"]:
            yield f"fact {name}: oracle {one}, extract {fact['value']}"


def _subjects(mine: Answer, entries: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    theirs = {e["code"]: e for e in entries}
    nothing: dict[str, Any] = {"outcome": "none", "value": None, "bound": None, "parts": []}
    for code in sorted(mine.subjects.keys() | theirs.keys()):
        governing, entry = mine.subjects.get(code, Governing("none")), theirs.get(code, nothing)
        if entry.get("direction", DIRECTIONS[code]) != DIRECTIONS[code]:
            yield f"{code}: direction oracle {DIRECTIONS[code]}, extract {entry['direction']}"
        told = {
            "outcome": (governing.outcome, entry["outcome"]),
            "value": (plain(governing.value), _theirs(entry["value"])),
            "bound": (plain(governing.bound), _theirs(entry["bound"])),
        }
        because = f" (oracle: {'; '.join(mine.silent.get(code, ()))})"
        for name, (one, other) in told.items():
            if one != other:
                yield f"{code} {name}: oracle {one}, extract {other}{because}"
        yield from _parts(code, governing, entry.get("parts", ()))
        yield from _policy(code, governing, entry)


def _policy(code: str, governing: Governing, entry: Mapping[str, Any]) -> Iterable[str]:
    name = (entry.get("policy") or {"name": governing.policy})["name"]
    if name != governing.policy:
        yield f"{code} policy: oracle {governing.policy}, extract {name}"


def _parts(code: str, governing: Governing, entries: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    mine = sorted((p.theme, p.code, p.area, 100 * p.share, str(plain(p.value))) for p in governing.parts)
    theirs = sorted(
        (e["zone"]["theme"], e["zone"]["code"], e["zone"]["area_m2"], e["zone"]["share_pct"], str(_theirs(e["value"])))
        for e in entries
    )
    same = [_same_zone(a[:4], b[:4]) and a[4] == b[4] for a, b in zip(mine, theirs, strict=False)]
    if len(mine) != len(theirs) or not all(same):
        yield f"{code} parts: oracle {mine}, extract {theirs}"


def _duties(mine: Answer, extract: Mapping[str, Any]) -> Iterable[str]:
    theirs = {(d["kind"], d["code"], d["article"]) for d in extract["duties"]}
    for duty in sorted(mine.duties ^ theirs):
        yield f"duty {' '.join(duty)}: only {'the oracle' if duty in mine.duties else 'the extract'} names it"


def plain(value: Ruled) -> Any:
    """A value in the words of the extract."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, frozenset):
        return sorted(value)
    return None if value is None else [(row, _word(said)) for row, said in value]


def _theirs(value: Any) -> Any:
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return sorted((row["row"], _word(str(row["value"]))) for row in value)
    return sorted(value) if isinstance(value, list) else value


def _word(said: str) -> str:
    """A number of a schedule without its trailing zeros."""
    bare = said.replace(".", "", 1).isdigit()
    return f"{Decimal(said).normalize():f}" if bare else said
