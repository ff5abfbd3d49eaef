"""Where rows speak: the parcel as a whole and every hit; a local plan's row displaces the city's on its own zones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.cells import Facts, Value
from tests.oracle.ground import Finding, Hit
from tests.oracle.package import Row

LIMITS = frozenset({"set", "reduce", "raise", "floor", "derive", "cap", "undecided"})
DISPLACED = frozenset({"set", "reduce", "raise", "floor", "derive"})
EDITION = "edition"


@dataclass(frozen=True)
class Spot:
    """A place that rows speak of, the rows that do, and the facts there. `theme` and `code` are '' for the whole."""

    theme: str
    code: str
    rows: tuple[Row, ...]
    facts: Facts

    def of(self, subject: str, *effects: str) -> list[Row]:
        """The rows here about one subject with one of these effects."""
        return [r for r in self.rows if r.subject == subject and r.effect in effects]


def spots(rows: Sequence[Row], findings: Mapping[str, Finding], facts: Facts) -> list[Spot]:
    """The whole first, then each hit of each theme that a row names."""
    found = [Spot("", "", tuple(r for r in rows if not r.theme), facts)]
    for theme in sorted({r.theme for r in rows if r.theme}):
        hits = findings[theme].hits if theme in findings else ()
        found += [_on_hit(hit, hits, rows, facts) for hit in hits]
    return found


def _on_hit(hit: Hit, hits: Sequence[Hit], rows: Sequence[Row], facts: Facts) -> Spot:
    share = sum(h.share for h in hits if h.code == hit.code)
    here: dict[str, Value | None] = {**facts, EDITION: hit.edition, "zone_share": Decimal(str(round(share, 9)))}
    speaking = [r for r in rows if r.theme == hit.theme and r.zone in ("", hit.code)]
    bound = [r for r in speaking if hit.edition in named_editions(r)]
    aside = {r.subject for r in bound if r.effect in DISPLACED}
    kept = [
        r for r in speaking if r in bound or not (named_editions(r) or (r.subject in aside and r.effect in DISPLACED))
    ]
    return Spot(hit.theme, hit.code, tuple(kept), here)


def named_editions(row: Row) -> tuple[str, ...]:
    """The editions that a row binds itself to; a `not` names none."""
    cell = row.when.get(EDITION, "")
    return () if not cell or cell.startswith("not ") else tuple(code.strip() for code in cell.split("|"))
